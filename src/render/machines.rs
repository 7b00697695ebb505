//! What programs read: search engines, feed readers, language models.

mod files;
mod search;
mod sitemap;

pub(super) use files::site_files;
pub(super) use search::{alternates, structured_data};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Prepared;
use super::links::percent_encoded;
use crate::config::{Config, EDITED_PATH};
use crate::model::{Page, PageId, Site};
use crate::variant::{LanguageId, Variant};

/// What is known before any page about the files for programs.
#[derive(Debug, Default)]
pub(super) struct Machines {
    /// Into how many files the list of a language's pages is divided, by the number of the language.
    sitemaps: Vec<usize>,
}

impl Machines {
    /// That of a site.
    pub(super) fn new(prepared: &Prepared<'_>) -> Self {
        let languages = prepared.site.languages();
        Self { sitemaps: languages.map(|language| sitemap::count(prepared, language)).collect() }
    }
}

impl Prepared<'_> {
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
