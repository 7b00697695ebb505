//! `page.json`: what is known of a page, for programs. This is the reference of its fields.
//!
//! Addresses have scheme and host where the site has a base URL, and begin with the site's base path otherwise.

use serde::Serialize;

use super::super::Prepared;
use super::super::context::{PageContext, PageKind};
use super::Whole;
use crate::markdown::Heading;
use crate::model::Page;
use crate::variant::Variant;

/// A page in a language and a version.
#[derive(Debug, Serialize)]
pub struct PageRecord<'a> {
    /// The title as plain text.
    pub title: &'a str,
    /// The lead as plain text, where there is one.
    pub intro: Option<&'a str>,
    /// `home`, `product`, `category`, `map-topic` or `article`.
    pub kind: PageKind,
    /// The address of the page.
    pub address: String,
    /// The address of the page as Markdown.
    pub markdown: String,
    /// The address for search engines, where the site has a base URL.
    pub canonical: Option<&'a str>,
    /// The BCP 47 tag of the language.
    pub language: &'a str,
    /// The version: `plan@release`.
    pub version: &'a str,
    /// Whether the text is shown in the default language, as it is not translated.
    pub is_fallback: bool,
    /// The tag of the language that the text is written in.
    pub written_in: &'a str,
    /// The headings of the text, in order.
    pub headings: Vec<HeadingRecord<'a>>,
    /// The versions that have the page, the newest first, this one among them.
    pub versions: Vec<VersionRecord<'a>>,
    /// The languages of the site, this one among them.
    pub languages: Vec<LanguageRecord<'a>>,
    /// Old addresses that lead to the page.
    pub redirects: Vec<String>,
    /// The path of the file that is shown, relative to the site's folder.
    pub source: &'a str,
    /// Where that file is edited, where the site says so.
    pub edit: Option<&'a str>,
    /// The day on which that file was last changed, where the site knows it.
    pub last_changed: Option<&'a str>,
}

/// A heading of the text.
#[derive(Debug, Serialize)]
pub struct HeadingRecord<'a> {
    /// Its id: what stands behind `#` in its address.
    pub id: &'a str,
    /// 1 to 6.
    pub level: u8,
    /// Its plain text.
    pub text: &'a str,
}

/// A version that has the page.
#[derive(Debug, Serialize)]
pub struct VersionRecord<'a> {
    /// The version: `plan@release`.
    pub version: &'a str,
    /// The name for readers.
    pub title: &'a str,
    /// The page in it.
    pub address: String,
}

/// A language of the site.
#[derive(Debug, Serialize)]
pub struct LanguageRecord<'a> {
    /// Its BCP 47 tag.
    pub language: &'a str,
    /// Its name in itself.
    pub title: &'a str,
    /// The page in it.
    pub address: String,
    /// Whether the page is shown there in the default language.
    pub is_fallback: bool,
}

/// The record of a page as JSON.
pub(in crate::render) fn record(
    prepared: &Prepared<'_>,
    page: &Page,
    variant: Variant,
    context: &PageContext,
    headings: &[Heading],
    whole: &Whole<'_>,
) -> String {
    let shown = &context.page;
    let record = PageRecord {
        title: &shown.plain_title,
        intro: shown.description.as_deref(),
        kind: shown.kind,
        address: whole.of(&prepared.href(page.id, variant)),
        markdown: whole.of(context.formats.markdown.as_deref().unwrap_or_default()),
        canonical: shown.canonical.as_deref(),
        language: &context.language.tag,
        version: &context.version.id,
        is_fallback: shown.is_fallback,
        written_in: shown.text_language.as_deref().unwrap_or(&context.language.tag),
        headings: headings.iter().map(heading).collect(),
        versions: versions(prepared, page, variant, whole),
        languages: languages(prepared, page, variant, whole),
        redirects: redirects(prepared, page, variant, whole),
        source: &shown.source_path,
        edit: shown.edit_href.as_deref(),
        last_changed: shown.last_changed.as_ref().map(|day| &*day.datetime),
    };
    let mut json = serde_json::to_string_pretty(&record).unwrap_or_default();
    json.push('\n');
    json
}

fn heading(heading: &Heading) -> HeadingRecord<'_> {
    HeadingRecord { id: &heading.id, level: heading.level, text: &heading.text }
}

fn versions<'a>(
    prepared: &'a Prepared<'_>,
    page: &Page,
    variant: Variant,
    whole: &Whole<'_>,
) -> Vec<VersionRecord<'a>> {
    let versions = page.versions.and(prepared.versions);
    let record = |version| {
        let settings = prepared.site.config.versions.get(version);
        let address = whole.of(&prepared.href(page.id, Variant { version, ..variant }));
        VersionRecord { version: &settings.id, title: &settings.title, address }
    };
    versions.iter().map(record).collect()
}

fn languages<'a>(
    prepared: &'a Prepared<'_>,
    page: &Page,
    variant: Variant,
    whole: &Whole<'_>,
) -> Vec<LanguageRecord<'a>> {
    let record = |language| {
        let settings = prepared.site.config.language(language);
        LanguageRecord {
            language: &settings.tag,
            title: &settings.native_name,
            address: whole.of(&prepared.href(page.id, Variant { language, ..variant })),
            is_fallback: !prepared.site.is_written_in(page, language),
        }
    };
    prepared.languages.iter().copied().map(record).collect()
}

fn redirects(
    prepared: &Prepared<'_>,
    page: &Page,
    variant: Variant,
    whole: &Whole<'_>,
) -> Vec<String> {
    let base = prepared.site.config.base_path();
    let found = prepared.site.redirects.leading_to(page.id, variant);
    found.map(|from| whole.of(&format!("{base}{from}"))).collect()
}
