//! Two variants of a page side by side.

use super::api::{OWN, Place};
use super::info::Editor;
use super::snapshot::Snapshot;
use super::standing::Translations;
use crate::model::PageId;
use crate::source::{FileId, Location, Span};
use crate::translation::{Comparison, Facing, Ground, fronts};
use crate::variant::Variant;

/// The page that compares a page in two variants; why there is none.
pub(super) fn comparison(
    snapshot: &Snapshot,
    editor: &Editor,
    translations: &Translations,
    id: PageId,
    (own, other): (Variant, Variant),
) -> Result<String, String> {
    let site = snapshot.prepared.site();
    let (left, right) = in_order(own, other);
    let half = |variant: Variant| {
        Facing::new(&snapshot.prepared, snapshot.bodies(id, variant.language), id, variant)
    };
    let (left, right) = (half(left)?, half(right)?);
    let is_source = |file: FileId| site.language_of(file).is_default();
    let edit = |at: &Location<'_>| editor.open(at.path, at.line, at.column);
    let texts = [&left, &right].into_iter().filter_map(Facing::text);
    let expansions: Vec<_> = texts.map(|text| text.expansion).collect();
    let mut ground =
        Ground::new(&site.sources, &site.config.syntax(), &expansions, &is_source, &edit);
    let language = right.variant.language;
    let is_translation = left.variant.language.is_default() && !language.is_default();
    let reads = expansions.iter().flat_map(|expansion| expansion.reads.iter().copied());
    let known = is_translation.then(|| translations.of(site, language, id, reads));
    if let Some((standing, _)) = &known {
        ground = ground.known(standing);
    }
    let place = |file: FileId| -> Place { editor.place(&site.sources, Span::start_of(file)) };
    let (source, translation) = (place(left.file), place(right.file));
    let (styles, scripts) = (styles(snapshot), ["compare.js", "rows.js"]);
    let styles: Vec<&str> = styles.iter().map(String::as_str).collect();
    let scripts = scripts.map(|name| format!("{OWN}{name}"));
    let page = site.page(id);
    let comparison = Comparison {
        left: left.side(site, &source),
        right: right.side(site, &translation),
        ground: &ground,
        fronts: if is_translation { &fronts(page) } else { &[] },
        own: page.translations.get(&language).filter(|_| is_translation).map(|own| own.file),
        notices: known.as_ref().map_or(&[], |(_, notices)| notices),
        contents: None,
        policy: None,
        styles: &styles,
        scripts: &[&scripts[0], &scripts[1]],
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
