//! Two variants of a page side by side.

use std::sync::Arc;

use super::api::{OWN, Place};
use super::info::{Editor, fallback};
use super::snapshot::Snapshot;
use crate::model::PageId;
use crate::render::PageBodies;
use crate::source::{FileId, Location, Span};
use crate::translation::{Comparison, Ground, Side, Text};
use crate::variant::{LanguageId, Variant};

/// The page that compares a page in two variants; why there is none.
pub(super) fn comparison(
    snapshot: &Snapshot,
    editor: &Editor,
    id: PageId,
    (own, other): (Variant, Variant),
) -> Result<String, String> {
    let site = snapshot.prepared.site();
    let (left, right) = in_order(own, other);
    let left = Half::new(snapshot, editor, id, left)?;
    let right = Half::new(snapshot, editor, id, right)?;
    let (one, two) = (left.text()?, right.text()?);
    let is_source = |file: FileId| site.language_of(file).is_default();
    let edit = |at: &Location<'_>| editor.open(at.path, at.line, at.column);
    let expansions = [one.expansion, two.expansion];
    let ground = Ground::new(&site.sources, &site.config.syntax(), &expansions, &is_source, &edit);
    let (styles, script) = (styles(snapshot), format!("{OWN}compare.js"));
    let styles: Vec<&str> = styles.iter().map(String::as_str).collect();
    let comparison = Comparison {
        left: left.side(snapshot, one),
        right: right.side(snapshot, two),
        ground: &ground,
        styles: &styles,
        scripts: &[&script],
        interface: &site.config.language(own.language).tag,
    };
    comparison.html().map_err(|error| format!("the comparison cannot be shown: {error}"))
}

/// The source of a translation stands on the left.
fn in_order(own: Variant, other: Variant) -> (Variant, Variant) {
    match (own.language.is_default(), other.language.is_default()) {
        (false, true) => (other, own),
        _ => (own, other),
    }
}

/// The theme's style and that of comparisons, by their addresses.
fn styles(snapshot: &Snapshot) -> Vec<String> {
    let base = snapshot.prepared.site().config.base_path();
    let assets = snapshot.prepared.theme_assets().map(|(path, _)| path);
    let theme = assets.filter(|path| path.ends_with("/theme.css"));
    theme.map(|path| format!("{base}/{path}")).chain([format!("{OWN}compare.css")]).collect()
}

/// One of the two pages.
struct Half {
    variant: Variant,
    bodies: Arc<PageBodies>,
    html: String,
    title: String,
    href: String,
    file: Place,
    fallback: Option<String>,
}

impl Half {
    fn new(
        snapshot: &Snapshot,
        editor: &Editor,
        id: PageId,
        variant: Variant,
    ) -> Result<Self, String> {
        let prepared = &snapshot.prepared;
        let site = prepared.site();
        let page = site.page(id);
        let missing = || {
            let version = &site.config.versions.get(variant.version).title;
            format!("{version} does not have this page")
        };
        let bodies = snapshot.bodies(id, variant.language);
        let html = prepared.article(&bodies, variant).ok_or_else(missing)?;
        let written_in = bodies.written_in(variant).unwrap_or(LanguageId::DEFAULT);
        let edition = page.edition(written_in).unwrap_or(&page.source);
        Ok(Self {
            variant,
            html,
            title: prepared.title(id, variant).to_owned(),
            href: prepared.nearest_href(id, variant).ok_or_else(missing)?,
            file: editor.place(&site.sources, Span::start_of(edition.file)),
            fallback: (written_in != variant.language).then(|| fallback(page, variant.language)),
            bodies,
        })
    }

    fn text(&self) -> Result<Text<'_>, String> {
        let shown = self.bodies.shown(self.variant);
        let (expansion, body) = shown.ok_or("the page has no text to compare")?;
        Ok(Text { html: &self.html, body, expansion })
    }

    fn side<'a>(&'a self, snapshot: &'a Snapshot, text: Text<'a>) -> Side<'a> {
        let config = &snapshot.prepared.site().config;
        let language = config.language(self.variant.language);
        Side {
            title: &self.title,
            language: &language.native_name,
            tag: &language.tag,
            version: &config.versions.get(self.variant.version).title,
            href: &self.href,
            file: &self.file,
            fallback: self.fallback.as_deref(),
            text,
        }
    }
}
