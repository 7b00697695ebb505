//! Everything that a language shows in the default language, with the reason.

use crate::load::LiquidText;
use crate::model::{Fallback, Page, Site};
use crate::render::ui::forms::needless_forms;
use crate::variant::{LanguageId, VersionId};

/// One thing that a language shows in the default language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FallbackRecord {
    /// The language.
    pub language: LanguageId,
    /// The page's path below `content`, or the key of the data.
    pub subject: String,
    /// Which string of the page (`page` for all of it), or `data`.
    pub string: &'static str,
    /// Why.
    pub reason: Fallback,
    /// The version, where only that one falls back.
    pub version: Option<VersionId>,
}

/// Every fallback in the languages given.
pub fn fallbacks(site: &Site, languages: &[LanguageId]) -> Vec<FallbackRecord> {
    let mut records = Vec::new();
    for language in languages.iter().filter(|language| !language.is_default()) {
        for page in &site.pages {
            of_page(page, *language, &mut records);
        }
        of_data(site, *language, &mut records);
    }
    records
}

fn of_page(page: &Page, language: LanguageId, records: &mut Vec<FallbackRecord>) {
    let mut record = |string, reason| {
        let subject = page.path.clone();
        records.push(FallbackRecord { language, subject, string, reason, version: None });
    };
    let Some(edition) = page.translations.get(&language) else {
        record("page", Fallback::Missing);
        return;
    };
    if edition.damaged {
        record("page", Fallback::Damaged);
        return;
    }
    edition.fallbacks(&page.source).for_each(|(name, reason)| record(name, reason));
}

fn of_data(site: &Site, language: LanguageId, records: &mut Vec<FallbackRecord>) {
    let is_empty = |text: &LiquidText| site.sources.text(text.id).trim().is_empty();
    let needless = needless_forms(site, language);
    for datum in site.data.values().iter().filter(|datum| !needless.contains(&*datum.key)) {
        let reason =
            |version| datum.resolve(language, version, &is_empty).and_then(|found| found.fallback);
        let mut record = |reason, version| {
            let subject = datum.key.clone();
            records.push(FallbackRecord { language, subject, string: "data", reason, version });
        };
        if !datum.is_versioned() {
            if let Some(reason) = reason(VersionId::from_index(0)) {
                record(reason, None);
            }
            continue;
        }
        for version in site.versions().iter() {
            if let Some(reason) = reason(version) {
                record(reason, Some(version));
            }
        }
    }
}
