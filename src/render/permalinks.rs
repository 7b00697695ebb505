//! The permalinks of a site in pieces, so that an address in HTML is three copies and no search.

use super::links::in_attribute;
use crate::model::{PageId, Site};
use crate::variant::{LanguageId, Variant, VersionId};

/// What permalinks are made of, with the base path, escaped for an attribute.
#[derive(Debug)]
pub(super) struct Permalinks {
    /// By language.
    languages: Vec<String>,
    /// By language and version.
    variants: Vec<Vec<String>>,
    /// By page, with the slash before it.
    routes: Vec<String>,
}

impl Permalinks {
    /// Those of a site.
    pub(super) fn new(site: &Site) -> Self {
        let base = site.config.base_path();
        let route = |route: &str| match route {
            "" => String::new(),
            route => in_attribute(&format!("/{route}")),
        };
        let variants = |language: LanguageId| {
            let of = |version: VersionId| site.address("", Variant { language, version });
            let versions = site.config.versions.iter();
            versions.map(|(version, _)| in_attribute(&format!("{base}{}", of(version)))).collect()
        };
        let languages = || site.config.languages();
        Self {
            languages: languages()
                .map(|(_, language)| in_attribute(&format!("{base}/{}", language.code)))
                .collect(),
            variants: languages().map(|(language, _)| variants(language)).collect(),
            routes: site.pages.iter().map(|page| route(&page.route)).collect(),
        }
    }

    /// What every address in a language begins with.
    pub(super) fn language(&self, language: LanguageId) -> &str {
        &self.languages[usize::from(language.0)]
    }

    /// What every address in a variant begins with.
    pub(super) fn variant(&self, variant: Variant) -> &str {
        &self.variants[usize::from(variant.language.0)][variant.version.index()]
    }

    /// Writes the address of a page in a variant.
    pub(super) fn write(&self, page: PageId, variant: Variant, html: &mut String) {
        html.push_str(self.variant(variant));
        html.push_str(&self.routes[page.index()]);
    }
}
