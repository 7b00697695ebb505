//! Gathers the references of a site, text by text, on all processors.

use rayon::prelude::*;

use super::addresses::{answered, assets, fixed, links, path};
use super::{Reference, Target};
use crate::liquid::{Name, Named};
use crate::load::{FrontMatter, LiquidText, Mention, VersionsField};
use crate::model::{Datum, DatumValue, Destination, Edition, Page, PageId, Site, link_argument};
use crate::source::{FileId, Span, Spanned, TextId};

/// A part of the sources.
enum Part<'a> {
    Page(&'a Page),
    Data(&'a Datum),
    Include(&'a LiquidText),
    Template(FileId),
}

/// All references, in no order.
pub(super) fn references(site: &Site) -> Vec<Reference> {
    let mut parts: Vec<Part<'_>> = site.pages.iter().map(Part::Page).collect();
    parts.extend(site.data.values().iter().map(Part::Data));
    parts.extend(site.includes.values().map(Part::Include));
    parts.extend(site.templates.iter().map(|(_, file)| Part::Template(*file)));
    let gathered = parts.par_iter().map(|part| of_part(site, part));
    let mut found: Vec<Reference> = gathered.flatten_iter().collect();
    found.extend(of_configuration(site));
    found
}

/// The references in one file, in no order: at once, where nobody needs those of the others.
pub fn references_in(site: &Site, file: FileId) -> Vec<Reference> {
    let has = |page: &&Page| {
        let translations = page.translations.values().map(|edition| edition.file);
        translations.chain([page.source.file]).any(|own| own == file)
    };
    let pages = site.pages.iter().filter(has).map(Part::Page);
    let values = site.data.values().iter();
    let values = values.filter(|datum| datum.all().any(|(.., value)| value.text().file == file));
    let includes = site.includes.values().filter(|text| text.id.file == file);
    let templates = site.templates.iter().map(|(_, template)| *template);
    let parts = pages
        .chain(values.map(Part::Data))
        .chain(includes.map(Part::Include))
        .chain(templates.filter(|template| *template == file).map(Part::Template));
    let mut found: Vec<Reference> = parts.flat_map(|part| of_part(site, &part)).collect();
    found.extend(of_configuration(site));
    found.retain(|reference| reference.span.text.file == file);
    found
}

fn of_part(site: &Site, part: &Part<'_>) -> Vec<Reference> {
    let mut gatherer = Gatherer { site, found: Vec::new() };
    gatherer.part(part);
    gatherer.found
}

/// The data that the configuration names for banners.
fn of_configuration(site: &Site) -> impl Iterator<Item = Reference> {
    let notices = &site.config.notices;
    let own = [
        &notices.translation,
        &notices.version_will_retire,
        &notices.version_retired,
        &notices.retirement_details,
    ];
    let plans = site.config.versions.plans().iter().map(|plan| &plan.notice);
    own.into_iter()
        .chain(plans)
        .flatten()
        .map(|key| Reference { target: Target::Data(key.value.clone()), span: key.span })
}

struct Gatherer<'a> {
    site: &'a Site,
    found: Vec<Reference>,
}

impl Gatherer<'_> {
    fn part(&mut self, part: &Part<'_>) {
        match part {
            Part::Page(page) => self.page(page),
            Part::Data(datum) => self.datum(datum),
            Part::Include(text) => {
                self.text(text, None);
                self.assets(text.id);
            }
            Part::Template(file) => {
                self.links(TextId::whole(*file), None);
                self.assets(TextId::whole(*file));
            }
        }
    }

    fn page(&mut self, page: &Page) {
        self.edition(page, &page.source);
        for edition in page.translations.values() {
            self.edition(page, edition);
        }
        self.structure(page);
    }

    fn edition(&mut self, page: &Page, edition: &Edition) {
        for text in strings(&edition.front) {
            self.text(text, Some(page));
        }
        self.text(&edition.body, Some(page));
        self.assets(edition.body.id);
        self.front_assets(edition);
        for mention in mentions(&edition.front) {
            match &mention.computed {
                Some(text) => self.text(text, Some(page)),
                None => self.mention(&mention.address),
            }
        }
    }

    /// What the keys of front matter name that come from the default language alone.
    fn structure(&mut self, page: &Page) {
        let front = &page.source.front;
        for child in &front.children {
            if let Some(child_page) = self.site.child(page, &child.value) {
                self.put(Target::Page(child_page), child.span);
            }
        }
        for item in &front.changelog {
            self.address(&item.href, item.href_at, Some(page));
        }
        if let Some(feed) = &front.changelog_feed {
            self.put(Target::Data(format!("changelog.{}", feed.label)), feed.label_at);
        }
        if let Some(VersionsField::Plans(plans)) = &front.versions {
            for (_, name) in plans.iter().filter(|(plan, _)| plan.value == "feature") {
                self.put(Target::Feature(name.value.clone()), name.span);
            }
        }
        for track in &front.learning_tracks {
            self.track(page, track);
        }
    }

    /// A learning track of the page's product, by its name; which of them, may be computed.
    fn track(&mut self, page: &Page, text: &LiquidText) {
        let product = page.folder().split('/').next().unwrap_or_default();
        let written = self.site.sources.text(text.id);
        let (name, is_computed) = fixed(written.trim());
        let key = match is_computed {
            true => format!("learning-tracks.{product}"),
            false => format!("learning-tracks.{product}.{name}"),
        };
        self.put(Target::Data(key), Span::new(text.id, 0..written.len()));
    }

    /// Keys of front matter whose values are addresses of pictures; whatever they are called.
    fn front_assets(&mut self, edition: &Edition) {
        let whole = TextId::whole(edition.file);
        let body = self.site.sources.locate(Span::new(edition.body.id, 0..0)).bytes.start;
        let text = self.site.sources.text(whole);
        let front = &text[..text.floor_char_boundary(body)];
        self.assets_in(front, whole);
    }

    fn datum(&mut self, datum: &Datum) {
        let is_guide = datum.key.starts_with("learning-tracks.") && datum.key.contains(".guides");
        let is_feature = datum.key.ends_with(".versions.feature");
        for (_, _, value) in datum.all() {
            let DatumValue::Text(text) = value else { continue };
            let written = self.site.sources.text(text.id);
            let span = Span::new(text.id, 0..written.len());
            if is_guide {
                self.mention(&Spanned { value: written.to_owned(), span });
            }
            if is_feature {
                self.put(Target::Feature(written.to_owned()), span);
            }
            self.text(text, None);
            self.assets(text.id);
        }
    }

    /// What a text with Liquid names, and the addresses in it.
    fn text(&mut self, text: &LiquidText, page: Option<&Page>) {
        if !text.template.is_plain() {
            for named in self.site.source(text).named() {
                self.named(named, page);
            }
        }
        self.links(text.id, page);
    }

    fn named(&mut self, Named { name, span }: Named, page: Option<&Page>) {
        match name {
            Name::Data(key) => self.put(Target::Data(key), span),
            Name::Include(name) => {
                let name = self.site.include_name(&name).map_or(name.clone(), str::to_owned);
                self.put(Target::Include(name), span);
            }
            Name::Word(word) if self.site.features.contains_key(&word) => {
                self.put(Target::Feature(word), span);
            }
            Name::Word(_) => {}
            Name::Argument { tag, argument } if tag.contains("link") => {
                let route = link_argument(&argument, page.map_or("", Page::folder));
                let found = self.site.find_page(&route);
                let found = found.or_else(|| self.led_to(&format!("/{route}")));
                if let Some(found) = found {
                    self.put(Target::Page(found), span);
                }
            }
            Name::Argument { .. } => {}
        }
    }

    fn links(&mut self, id: TextId, page: Option<&Page>) {
        let text = self.site.sources.text(id);
        for range in links(text) {
            self.address(&text[range.clone()], Span::new(id, range), page);
        }
    }

    /// The page that an address in a text leads to; addresses of assets are found by [`Self::assets`].
    fn address(&mut self, address: &str, span: Span, page: Option<&Page>) {
        let config = &self.site.config;
        let version = &config.versions.get(config.default_version).id;
        let Some(address) = answered(address, version, &config.languages[0].code) else { return };
        let address = address.split(['?', '#']).next().unwrap_or_default();
        if page.is_none() && !address.starts_with('/') {
            return;
        }
        let path = path(address, page.map_or("", Page::folder));
        if let Some(found) = path.and_then(|path| self.led_to(&path)) {
            self.put(Target::Page(found), span);
        }
    }

    fn mention(&mut self, address: &Spanned<String>) {
        if let Some(found) = self.site.mentioned(&address.value) {
            self.put(Target::Page(found), address.span);
        }
    }

    fn led_to(&self, path: &str) -> Option<PageId> {
        match self.site.destination(path) {
            Destination::Page { page, .. } => Some(page),
            _ => None,
        }
    }

    fn assets(&mut self, id: TextId) {
        self.assets_in(self.site.sources.text(id), id);
    }

    /// The assets that a text names; where the end of an address is computed or left out, all that it could be.
    fn assets_in(&mut self, text: &str, id: TextId) {
        for range in assets(text) {
            let span = Span::new(id, range.clone());
            let (name, is_computed) = fixed(&text[range]);
            if self.site.assets.contains(&name) {
                self.put(Target::Asset(name), span);
                continue;
            }
            let beginning = if is_computed { name.clone() } else { format!("{name}.") };
            let from = self.site.assets.range(beginning.clone()..);
            let alike = from.take_while(|asset| asset.starts_with(&beginning));
            let alike: Vec<Target> = alike.cloned().map(Target::Asset).collect();
            self.found.extend(alike.into_iter().map(|target| Reference { target, span }));
        }
    }

    fn put(&mut self, target: Target, span: Span) {
        self.found.push(Reference { target, span });
    }
}

/// The strings of front matter.
fn strings(front: &FrontMatter) -> impl Iterator<Item = &LiquidText> {
    let strings =
        [&front.title, &front.short_title, &front.intro, &front.product, &front.permissions];
    strings.into_iter().flatten().chain(&front.learning_tracks)
}

/// The addresses of front matter.
fn mentions(front: &FrontMatter) -> impl Iterator<Item = &Mention> {
    let featured = front.featured_links.lists.iter().flat_map(|(_, links)| links);
    let intro = front.intro_links.iter().map(|(_, mention)| mention);
    featured.map(|link| &link.mention).chain(&front.include_guides).chain(intro)
}
