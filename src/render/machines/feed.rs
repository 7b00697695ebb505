//! What has changed in a variant, for feed readers: Atom.

use std::cmp::Reverse;
use std::fmt::Write as _;

use jiff::Timestamp;

use super::super::Prepared;
use super::super::context::escape;
use super::super::strings::PageString;
use super::feed_path;
use crate::model::Page;
use crate::variant::{LanguageId, Variant, VersionSet};

/// How many pages a feed has.
const LONGEST: usize = 50;

/// The versions in which a language has a feed: those with a page of its own whose last change is known.
pub(super) fn versions(prepared: &Prepared<'_>, language: LanguageId) -> VersionSet {
    let mut versions = VersionSet::EMPTY;
    if prepared.site.config.base_url.is_empty() || !prepared.languages.contains(&language) {
        return versions;
    }
    for page in prepared.site.pages.iter() {
        if !page.versions.minus(versions).is_empty() && date(prepared, page, language).is_some() {
            versions = versions.or(page.versions);
        }
    }
    versions.and(prepared.versions)
}

/// When a page of a language was last changed; nothing for what is in no list, or in fallback.
fn date(prepared: &Prepared<'_>, page: &Page, language: LanguageId) -> Option<Timestamp> {
    let is_listed = !page.source.front.hidden && prepared.site.is_written_in(page, language);
    is_listed.then(|| prepared.changed(page, language))?
}

/// The pages of a variant that were changed last.
pub(super) fn feed(prepared: &Prepared<'_>, variant: Variant) -> String {
    let site = &prepared.site;
    let has = |page: &&Page| page.versions.contains(variant.version);
    let dated = |page| Some((date(prepared, page, variant.language)?, page));
    let mut pages: Vec<(Timestamp, &Page)> =
        site.pages.iter().filter(has).filter_map(dated).collect();
    pages.sort_by_key(|(date, page)| (Reverse(*date), page.id));
    pages.truncate(LONGEST);
    let address = |path: &str| escape(&site.absolute(path).unwrap_or_default());
    let own = address(&format!("/{}", feed_path(prepared, variant)));
    let home = address(&site.address("", variant));
    let title = escape(&site.config.title);
    let version = escape(&site.config.versions.get(variant.version).title);
    let tag = escape(&site.config.language(variant.language).tag);
    let updated = pages.first().map(|(date, _)| date.to_string()).unwrap_or_default();
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{tag}\">\n\
         <title>{title}: {version}</title>\n<id>{own}</id>\n\
         <link rel=\"self\" href=\"{own}\"/>\n<link href=\"{home}\"/>\n\
         <author><name>{title}</name></author>\n<updated>{updated}</updated>\n"
    );
    for (date, page) in pages {
        write_entry(prepared, page, variant, date, &mut feed);
    }
    feed.push_str("</feed>\n");
    feed
}

fn write_entry(
    prepared: &Prepared<'_>,
    page: &Page,
    variant: Variant,
    date: Timestamp,
    feed: &mut String,
) {
    let string = |which| {
        let string = prepared.strings.get(page.id, variant.language, which);
        escape(&without_controls(&string.for_version(variant.version).plain))
    };
    let address = escape(&prepared.site.web_address(page.id, variant).unwrap_or_default());
    let title = string(PageString::Title);
    let _ = writeln!(feed, "<entry>\n<title>{title}</title>\n<id>{address}</id>");
    let _ = writeln!(feed, "<link href=\"{address}\"/>\n<updated>{date}</updated>");
    let lead = string(PageString::Intro);
    if !lead.is_empty() {
        let _ = writeln!(feed, "<summary>{lead}</summary>");
    }
    feed.push_str("</entry>\n");
}

/// Text without the characters that XML cannot hold.
fn without_controls(text: &str) -> String {
    let fits = |letter: &char| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}');
    text.chars().filter(fits).collect()
}
