//! What a value of the data says in each variant, equal ones put together.

use crate::load::LiquidText;
use crate::model::{Datum, Fallback, PageId};
use crate::render::Prepared;
use crate::variant::{LanguageId, VariantSet, VersionSet};

/// What a value says in some variants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The text after Liquid.
    pub text: String,
    /// Why it is in the default language in a language that is another one.
    pub fallback: Option<Fallback>,
    /// The variants.
    pub variants: VariantSet,
}

/// What a value says in every variant that is built, in the order of languages and versions.
///
/// Its text is evaluated in the name of the home page, as a text must be on some page.
pub fn said(prepared: &Prepared<'_>, datum: &Datum) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    for language in prepared.languages() {
        for (versions, text) in evaluated(prepared, datum, *language) {
            for (fallback, versions) in reasons(prepared, datum, *language, versions) {
                let same = |said: &&mut Said| said.text == text && said.fallback == fallback;
                match all.iter_mut().find(same) {
                    Some(known) => known.variants.add(*language, versions),
                    None => {
                        let variants = VariantSet::of(*language, versions);
                        all.push(Said { text: text.clone(), fallback, variants });
                    }
                }
            }
        }
    }
    all
}

fn evaluated(
    prepared: &Prepared<'_>,
    datum: &Datum,
    language: LanguageId,
) -> Vec<(VersionSet, String)> {
    let site = prepared.site();
    let page = site.tree.home().unwrap_or(PageId(0));
    let Some(page) = site.pages.get(page.index()) else { return Vec::new() };
    let tag = format!("{{{{ site.data.{} }}}}", datum.key);
    prepared.evaluated(page, language, &tag)
}

/// The versions by why a language does not have a value of its own in them.
fn reasons(
    prepared: &Prepared<'_>,
    datum: &Datum,
    language: LanguageId,
    versions: VersionSet,
) -> Vec<(Option<Fallback>, VersionSet)> {
    let sources = &prepared.site().sources;
    let is_empty = |text: &LiquidText| sources.text(text.id).trim().is_empty();
    let mut found: Vec<(Option<Fallback>, VersionSet)> = Vec::new();
    for version in versions.iter() {
        // A version that has no value says nothing.
        let Some(value) = datum.resolve(language, version, &is_empty) else { continue };
        match found.iter_mut().find(|(reason, _)| *reason == value.fallback) {
            Some((_, known)) => *known = known.with(version),
            None => found.push((value.fallback, VersionSet::only(version))),
        }
    }
    found
}
