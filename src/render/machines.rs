//! What programs read: search engines, feed readers, language models.

mod feed;
mod files;
mod overview;
mod record;
mod search;
mod sitemap;
mod twin;
mod whole;

pub(super) use files::{SiteFile, site_files};
pub(super) use record::record;
pub use record::{HeadingRecord, LanguageRecord, PageRecord, VersionRecord};
pub(super) use search::{alternates, structured_data};
pub(super) use twin::twin;
pub(super) use whole::Whole;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Prepared;
use super::context::Formats;
use super::links::percent_encoded;
use crate::config::{Config, EDITED_PATH, UrlStyle};
use crate::model::{Page, PageId, Site};
use crate::variant::{LanguageId, Variant, VersionSet};

/// Whether each page has a twin as Markdown and a record as JSON, and each variant a list of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twins {
    /// They are written.
    Written,
    /// They are left out.
    LeftOut,
}

/// What is known before any page about the files for programs.
#[derive(Debug, Default)]
pub(super) struct Machines {
    /// Into how many files the list of a language's pages is divided, by the number of the language.
    sitemaps: Vec<usize>,
    /// The versions in which a language has a feed, by the number of the language.
    feeds: Vec<VersionSet>,
}

impl Machines {
    /// That of a site.
    pub(super) fn new(prepared: &Prepared<'_>) -> Self {
        let languages = || prepared.site.languages();
        Self {
            sitemaps: languages().map(|language| sitemap::count(prepared, language)).collect(),
            feeds: languages().map(|language| feed::versions(prepared, language)).collect(),
        }
    }
}

/// The path of the twin of the page at an address.
pub(super) fn twin_path(config: &Config, address: &str) -> String {
    beside(config, address, "index.md", "md")
}

/// The path of the record of the page at an address.
pub(super) fn record_path(config: &Config, address: &str) -> String {
    beside(config, address, "page.json", "json")
}

/// The path of a file beside the page at an address.
fn beside(config: &Config, address: &str, name: &str, ending: &str) -> String {
    let path = address.trim_matches('/');
    match config.urls.style {
        UrlStyle::Directory => format!("{path}/{name}"),
        UrlStyle::File => format!("{path}.{ending}"),
    }
}

/// The path of the list of the pages of a variant.
fn overview_path(prepared: &Prepared<'_>, variant: Variant) -> String {
    format!("{}/llms.txt", prepared.site.address("", variant).trim_matches('/'))
}

/// The path of the feed of a variant.
fn feed_path(prepared: &Prepared<'_>, variant: Variant) -> String {
    format!("{}/feed.xml", prepared.site.address("", variant).trim_matches('/'))
}

/// Where a page is in other forms.
pub(super) fn formats(prepared: &Prepared<'_>, page: PageId, variant: Variant) -> Formats {
    let config = &prepared.site.config;
    let permalink = prepared.site.permalink(page, variant);
    let href = |path: String| format!("{}/{path}", config.base_path());
    let has_twin = prepared.twins == Twins::Written;
    let has_feed =
        prepared.machines.feeds[usize::from(variant.language.0)].contains(variant.version);
    Formats {
        markdown: has_twin.then(|| href(twin_path(config, &permalink))),
        json: has_twin.then(|| href(record_path(config, &permalink))),
        overview: has_twin.then(|| href(overview_path(prepared, variant))),
        feed: has_feed.then(|| href(feed_path(prepared, variant))),
    }
}

impl Prepared<'_> {
    /// The address of the twin of a page, with the base path.
    fn twin_href(&self, page: PageId, variant: Variant) -> String {
        let config = &self.site.config;
        let path = twin_path(config, &self.site.permalink(page, variant));
        format!("{}/{path}", config.base_path())
    }

    /// Makes the addresses on a page whole.
    pub(super) fn whole(&self, page: PageId, variant: Variant) -> Whole<'_> {
        Whole { origin: self.site.config.origin(), page: self.href(page, variant) }
    }

    /// When the file was last changed that a page shows in a language, where that is known.
    pub(super) fn changed(&self, page: &Page, language: LanguageId) -> Option<Timestamp> {
        let edition = page.edition(language).unwrap_or(&page.source);
        self.site.changed.get(&edition.file).copied()
    }
}

/// Letters that stand in the path of an address as they are.
const IN_PATHS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Where the file with this path in the site's folder is edited.
pub(super) fn edit_address(config: &Config, path: &str) -> Option<String> {
    let path = utf8_percent_encode(path, IN_PATHS).to_string();
    config.edit_url.as_ref().map(|url| url.replace(EDITED_PATH, &path))
}

/// The day of a moment, in UTC.
pub(super) fn day(moment: Timestamp) -> jiff::civil::Date {
    moment.to_zoned(TimeZone::UTC).date()
}

impl Site {
    /// Whether the text of a page is shown in this language as it was written in it.
    pub(super) fn is_written_in(&self, page: &Page, language: LanguageId) -> bool {
        let shown = page.string(language, |edition| Some(&edition.body));
        shown.is_some_and(|(_, written_in)| written_in == language)
    }

    /// The address of a page with scheme and host, where the site knows its own.
    pub(super) fn web_address(&self, page: PageId, variant: Variant) -> Option<String> {
        self.absolute(&self.permalink(page, variant))
    }

    /// A path of the site with scheme and host, where the site knows its own.
    pub(super) fn absolute(&self, path: &str) -> Option<String> {
        let base = &self.config.base_url;
        (!base.is_empty()).then(|| format!("{base}{}", percent_encoded(path)))
    }
}
