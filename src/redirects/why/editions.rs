//! The files that a page shows in a language, and what it shows in the default language instead.

use serde::Serialize;

use crate::model::{Edition, Fallback, Page, Site};
use crate::variant::LanguageId;

/// A file that goes into a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EditionAnswer {
    /// The code of its language.
    pub language: String,
    /// The file.
    pub file: String,
    /// `source`, `translated`, or why it is not shown: `missing` or `damaged`.
    pub state: &'static str,
    /// What the page shows in the default language although there is a translation.
    pub strings: Vec<StringAnswer>,
}

/// A string of a page that is shown in the default language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StringAnswer {
    /// `title`, `shortTitle`, `intro`, `product`, `permissions` or `body`.
    pub string: &'static str,
    /// Why: `missing` or `damaged`.
    pub reason: &'static str,
}

/// The files of a page in a language: that of the default language, and the translation.
pub(super) fn editions(site: &Site, page: &Page, language: LanguageId) -> Vec<EditionAnswer> {
    let path = |edition: &Edition| site.sources.file(edition.file).path.clone();
    let code = |language| site.config.language(language).code.clone();
    let source = EditionAnswer {
        language: code(LanguageId::DEFAULT),
        file: path(&page.source),
        state: "source",
        strings: Vec::new(),
    };
    if language.is_default() {
        return vec![source];
    }
    let dir = &site.config.language(language).dir;
    let (file, state, strings) = match page.translations.get(&language) {
        None => (format!("{dir}/content/{}", page.path), Fallback::Missing.name(), Vec::new()),
        Some(edition) if edition.damaged => (path(edition), Fallback::Damaged.name(), Vec::new()),
        Some(edition) => (path(edition), "translated", strings(page, edition)),
    };
    vec![source, EditionAnswer { language: code(language), file, state, strings }]
}

/// The strings of a translation that give way to those of the source.
fn strings(page: &Page, edition: &Edition) -> Vec<StringAnswer> {
    let fallbacks = edition.fallbacks(&page.source);
    fallbacks.map(|(string, reason)| StringAnswer { string, reason: reason.name() }).collect()
}
