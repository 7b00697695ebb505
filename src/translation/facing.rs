//! A page in a variant, to be held beside another.

use std::sync::Arc;

use super::compare::Side;
use super::html::escaped;
use super::place::Place;
use super::rows::Text;
use super::units::{UnitName, written};
use super::work::Reason;
use crate::model::{Page, PageId, Site};
use crate::render::{PageBodies, Prepared};
use crate::source::{FileId, TextId};
use crate::variant::{LanguageId, Variant};

/// A page in a variant, to be held beside another.
pub struct Facing {
    /// The variant.
    pub variant: Variant,
    /// The file that it is written in.
    pub file: FileId,
    /// The address of the page itself, with the base path.
    pub href: String,
    bodies: Arc<PageBodies>,
    html: String,
    title: String,
    fallback: Option<Reason>,
}

impl Facing {
    /// A page with its bodies in the language of a variant; why it cannot be shown.
    pub fn new(
        prepared: &Prepared<'_>,
        bodies: Arc<PageBodies>,
        id: PageId,
        variant: Variant,
    ) -> Result<Self, String> {
        let site = prepared.site();
        let page = site.page(id);
        let missing = || {
            let version = &site.config.versions.get(variant.version).title;
            format!("{version} does not have this page")
        };
        let html = prepared.article(&bodies, variant).ok_or_else(missing)?;
        bodies.shown(variant).ok_or("the page has no text to compare")?;
        let written_in = bodies.written_in(variant).unwrap_or(LanguageId::DEFAULT);
        let edition = page.edition(written_in).unwrap_or(&page.source);
        let is_fallback = written_in != variant.language;
        Ok(Self {
            variant,
            file: edition.file,
            html,
            title: escaped(prepared.title(id, variant)),
            href: prepared.nearest_href(id, variant).ok_or_else(missing)?,
            fallback: is_fallback.then(|| fallback(site, page, variant.language)),
            bodies,
        })
    }

    /// What it says.
    pub fn text(&self) -> Option<Text<'_>> {
        let (expansion, body) = self.bodies.shown(self.variant)?;
        Some(Text { html: &self.html, body, expansion })
    }

    /// The same as a side of a comparison. Its file is at this place.
    pub fn side<'a>(&'a self, site: &'a Site, file: &'a Place) -> Side<'a> {
        let language = site.config.language(self.variant.language);
        Side {
            title: &self.title,
            language: &language.native_name,
            tag: &language.tag,
            version: &site.config.versions.get(self.variant.version).title,
            href: Some(&self.href),
            file,
            fallback: self.fallback,
            text: self.text(),
        }
    }
}

/// The texts of a page's file in the default language that stand outside its body.
pub fn fronts(page: &Page) -> Vec<TextId> {
    UnitName::FRONT.into_iter().filter_map(|name| Some(written(&page.source, name)?.id)).collect()
}

/// Why the text of a page is in the default language.
fn fallback(site: &Site, page: &Page, language: LanguageId) -> Reason {
    match page.translations.get(&language) {
        None => Reason::Untranslated,
        Some(own) if !own.damaged && site.sources.text(own.body.id).trim().is_empty() => {
            Reason::Empty
        }
        Some(_) => Reason::Damaged,
    }
}
