//! Learning tracks as each variant shows them, made once for all pages.

use std::collections::HashMap;

use super::Context;
use super::host::PageHost;
use super::strings::{Part, Short, part_for};
use crate::diagnostic::{Checked, Diagnostic, codes};
use crate::liquid::Expansion;
use crate::model::{DataId, Page, PageId, Resolution, Track};
use crate::variant::{LanguageId, Variant, VersionSet};

/// The tracks of a variant.
#[derive(Debug, Default)]
pub(super) struct ShownTracks {
    tracks: Vec<ShownTrack>,
    /// By guide: the number of the track, and the place in it.
    places: HashMap<PageId, Vec<(usize, usize)>>,
}

/// A track as a variant shows it.
#[derive(Debug)]
pub(super) struct ShownTrack {
    product: String,
    /// Its name.
    pub(super) name: String,
    /// Its title.
    pub(super) title: Part,
    /// What it leads to.
    pub(super) description: Option<Part>,
    /// Whether it is shown before all others.
    pub(super) is_featured: bool,
    /// Those of its guides that the version has.
    pub(super) guides: Vec<PageId>,
}

impl ShownTracks {
    /// The track of a product with this name.
    pub(super) fn find(&self, product: &str, name: &str) -> Option<&ShownTrack> {
        self.tracks.iter().find(|track| track.product == product && track.name == name)
    }

    /// The tracks that a page is a guide of, and its place in each.
    pub(super) fn places(&self, page: PageId) -> impl Iterator<Item = (&ShownTrack, usize)> {
        let places = self.places.get(&page).into_iter().flatten();
        places.map(|(track, at)| (&self.tracks[*track], *at))
    }
}

/// The tracks of every variant that is built.
pub(super) fn tracks(
    context: Context<'_>,
    languages: &[LanguageId],
    versions: VersionSet,
) -> Checked<HashMap<Variant, ShownTracks>> {
    let mut diagnostics = Vec::new();
    let mut shown = HashMap::new();
    if context.site.tracks.is_empty() {
        return Checked::clean(shown);
    }
    for language in languages {
        for version in versions.iter() {
            let variant = Variant { language: *language, version };
            shown.insert(variant, of_variant(context, variant, &mut diagnostics));
        }
    }
    Checked { value: shown, diagnostics }
}

fn of_variant(
    context: Context<'_>,
    variant: Variant,
    diagnostics: &mut Vec<Diagnostic>,
) -> ShownTracks {
    let mut shown = ShownTracks::default();
    for track in &context.site.tracks {
        let Some(page) = page_for(context, track) else { continue };
        let mut maker = Maker { context, page, variant, diagnostics };
        let Some(track) = maker.shown(track) else { continue };
        for (at, guide) in track.guides.iter().enumerate() {
            shown.places.entry(*guide).or_default().push((shown.tracks.len(), at));
        }
        shown.tracks.push(track);
    }
    shown
}

/// The page in whose name the Liquid of a track is evaluated.
fn page_for<'a>(context: Context<'a>, track: &Track) -> Option<&'a Page> {
    let site = context.site;
    let product = site.find_page(&track.product).map(|page| site.page(page));
    product.or_else(|| site.pages.first())
}

struct Maker<'a, 'd> {
    context: Context<'a>,
    page: &'a Page,
    variant: Variant,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Maker<'_, '_> {
    /// The track, where the version has it and at least one of its guides.
    fn shown(&mut self, track: &Track) -> Option<ShownTrack> {
        if !track.versions.contains(self.variant.version) {
            return None;
        }
        let guides: Vec<PageId> =
            track.guides.iter().filter_map(|guide| self.guide(*guide)).collect();
        if guides.is_empty() {
            return None;
        }
        // What is structure comes from the default language alone.
        let featured = track.featured.and_then(|id| self.text(id, LanguageId::DEFAULT));
        let title = track.title.and_then(|title| self.part(title, Short::Title));
        Some(ShownTrack {
            product: track.product.clone(),
            name: track.name.clone(),
            title: title.unwrap_or_default(),
            description: track.description.and_then(|text| self.part(text, Short::Intro)),
            is_featured: featured.is_some_and(|text| text.text.trim() == "true"),
            guides,
        })
    }

    fn guide(&mut self, guide: DataId) -> Option<PageId> {
        let site = self.context.site;
        let expansion = self.text(guide, LanguageId::DEFAULT)?;
        // A path in a condition is none in some versions.
        let address = expansion.text.trim();
        if address.is_empty() {
            return None;
        }
        match site.resolve(address, self.variant) {
            Resolution::Page { page, .. } => {
                site.page(page).versions.contains(self.variant.version).then_some(page)
            }
            _ => {
                let (span, trace) = expansion.origin(0..expansion.text.len())?;
                let message = format!("`{address}` leads to no page");
                let finding = Diagnostic::new(codes::BROKEN_LINK, span, message).trace(trace);
                let known = site.pages.iter().map(|page| format!("/{}", page.route));
                let known: Vec<String> = known.collect();
                let known = known.iter().map(String::as_str);
                self.diagnostics.push(finding.hint_nearest(address, known));
                None
            }
        }
    }

    fn part(&mut self, id: DataId, which: Short) -> Option<Part> {
        let language = self.variant.language;
        let expansion = self.text(id, language)?;
        let versions = VersionSet::only(self.variant.version);
        let part = part_for(versions, language, expansion, which, self.diagnostics);
        (!part.is_empty()).then_some(part)
    }

    fn text(&mut self, id: DataId, language: LanguageId) -> Option<Expansion> {
        let host = PageHost { context: self.context, page: self.page, language, lists: 0 };
        host.data_text(id, self.variant.version, self.diagnostics)
    }
}
