//! What a page shows besides its text: featured links, guides, learning tracks, news, release notes.

use super::super::context::{
    Card, FeaturedList, Guide, Html, IntroLink, Landing, News, NoteGroup, NoteSection, PageLink,
    Release, Track, TrackPlace,
};
use super::super::host::PageHost;
use super::super::links::link_address;
use super::super::strings::{Part, Short, part_for};
use super::super::tracks::ShownTrack;
use super::{Composer, topics};
use crate::diagnostic::{Diagnostic, codes};
use crate::liquid::{Live, evaluate};
use crate::load::{ChangelogItem, FeaturedLink, LiquidText};
use crate::model::{self, DataId, PageId};
use crate::source::Span;
use crate::variant::{LanguageId, VersionSet};

/// The layout of pages that list the patch releases of their version.
const RELEASE_NOTES: &str = "release-notes";

impl<'a> Composer<'a> {
    /// What the front matter of the page adds to its text.
    pub(super) fn landing(&mut self) -> Landing {
        let front = &self.page.source.front;
        Landing {
            intro_links: front
                .intro_links
                .iter()
                .filter_map(|link| self.intro_link(link))
                .collect(),
            featured: self.featured(),
            changelog: front.changelog.iter().map(|item| self.news(item)).collect(),
            guides: self.guides(),
            tracks: self.tracks(),
            releases: self.releases(),
        }
    }

    /// The learning tracks that the page is a guide of.
    pub(super) fn track_places(&mut self) -> Vec<TrackPlace> {
        let Some(shown) = self.prepared.tracks.get(&self.variant) else { return Vec::new() };
        // A track of one guide leads nowhere.
        let places = shown.places(self.page.id).filter(|(track, _)| track.guides.len() > 1);
        places.map(|(track, at)| self.track_place(track, at)).collect()
    }

    fn track_place(&mut self, track: &ShownTrack, at: usize) -> TrackPlace {
        let guide = |at: usize| track.guides.get(at).map(|page| self.guide_link(*page, track));
        let (previous, next) = (at.checked_sub(1).and_then(guide), guide(at + 1));
        TrackPlace { name: track.name.clone(), title: self.html(&track.title), previous, next }
    }

    /// The page that an address in front matter names, where this version has it.
    fn mentioned(&self, address: &str) -> Option<PageId> {
        let page = self.prepared.site.mentioned(address)?;
        self.has(page).then_some(page)
    }

    fn has(&self, page: PageId) -> bool {
        self.prepared.site.page(page).versions.contains(self.variant.version)
    }

    /// The address of a link in front matter; nothing where the version does not have the page, or there is none.
    fn address(&self, address: &str) -> Option<String> {
        let site = self.prepared.site;
        if site.mentioned(address).is_some_and(|page| !self.has(page)) {
            return None;
        }
        let (address, is_known) = link_address(site, self.page, self.variant, address);
        is_known.then_some(address)
    }

    fn intro_link(
        &self,
        (name, address): &(String, crate::source::Spanned<String>),
    ) -> Option<IntroLink> {
        let href = self.address(&address.value)?;
        let named = self.ui_title("product_landing", name).map(|title| Html::escaped(&title));
        let page = self.mentioned(&address.value);
        let title = named.or_else(|| Some(self.title(page?, Short::ShortTitle)));
        let title = title.unwrap_or_else(|| Html::escaped(name));
        Some(IntroLink { name: name.clone(), title, href })
    }

    /// The lists of links, unless the text of the page goes through them itself.
    fn featured(&self) -> Vec<FeaturedList> {
        let front = &self.page.source.front;
        if self.lists_featured() {
            return Vec::new();
        }
        let list = |(name, links): &(String, Vec<FeaturedLink>)| FeaturedList {
            name: name.clone(),
            title: self.heading(name),
            links: links.iter().filter_map(|link| self.featured_link(link)).collect(),
        };
        let lists = front.featured_links.lists.iter().map(list);
        lists.filter(|list| !list.links.is_empty()).collect()
    }

    /// The heading of a list of links: the page's own, or that of the interface.
    fn heading(&self, name: &str) -> Option<String> {
        let own = |edition: &model::Edition| {
            let headings = edition.front.featured_links.headings.iter();
            headings.clone().find(|(of, _)| of == name).map(|(_, heading)| heading.clone())
        };
        let translated = self.page.edition(self.variant.language).and_then(own);
        let own = translated.or_else(|| own(&self.page.source));
        let title = own.or_else(|| self.ui_title("toc", name));
        title.or_else(|| self.ui_title("product_landing", name))
    }

    fn featured_link(&self, link: &FeaturedLink) -> Option<Card> {
        match (self.mentioned(&link.address.value), &link.title) {
            (Some(page), None) => Some(Card { children: Vec::new(), ..self.card(page) }),
            (_, title) => {
                let href = self.address(&link.address.value)?;
                let title = Html::escaped(title.as_deref().unwrap_or(&href));
                Some(Card { title, href, intro: None, children: Vec::new() })
            }
        }
    }

    /// Something new, in the words of the translation where it has them.
    fn news(&self, item: &ChangelogItem) -> News {
        let edition = self.page.edition(self.variant.language);
        let translated = edition.and_then(|edition| {
            edition.front.changelog.iter().find(|other| other.href == item.href)
        });
        let (href, _) = link_address(self.prepared.site, self.page, self.variant, &item.href);
        News { title: translated.unwrap_or(item).title.clone(), date: item.date.clone(), href }
    }

    fn guides(&self) -> Vec<Guide> {
        let guides = self.page.source.front.include_guides.iter();
        let guide = |page: PageId| {
            let of = self.prepared.site.page(page);
            Guide {
                card: Card { children: Vec::new(), ..self.card(page) },
                sort: of.source.front.kind.as_ref().map(|kind| kind.value.clone()),
                topics: topics(of),
            }
        };
        guides.filter_map(|path| self.mentioned(&path.value)).map(guide).collect()
    }

    fn tracks(&mut self) -> Vec<Track> {
        let names = &self.page.source.front.learning_tracks;
        let mut tracks: Vec<Track> = names.iter().filter_map(|name| self.track(name)).collect();
        tracks.sort_by_key(|track| !track.is_featured);
        tracks
    }

    /// The track with this name; one that this version does not have is left out.
    fn track(&mut self, name: &LiquidText) -> Option<Track> {
        let site = self.prepared.site;
        let host = self.host(LanguageId::DEFAULT);
        let mut live = Live::new(VersionSet::only(self.variant.version))?;
        let expansion = evaluate(site.source(name), &host, &mut live, &site.config.limits.liquid);
        let expansion = expansion.collect(&mut self.diagnostics);
        let name_text = expansion.text.trim();
        if name_text.is_empty() {
            return None;
        }
        let product = self.page.route.split('/').next().unwrap_or_default();
        let of_product = || site.tracks.iter().filter(|track| track.product == product);
        if !of_product().any(|track| track.name == name_text) {
            let message = format!("`{name_text}` is no learning track of `{product}`");
            let span = Span::new(name.id, 0..site.sources.text(name.id).len());
            let known = of_product().map(|track| &*track.name);
            let finding = Diagnostic::new(codes::UNKNOWN_DATA, span, message);
            self.diagnostics.push(finding.hint_nearest(name_text, known));
        }
        let track = self.prepared.tracks.get(&self.variant)?.find(product, name_text)?;
        let guides = track.guides.iter();
        Some(Track {
            name: track.name.clone(),
            guides: guides.map(|page| self.guide_link(*page, track)).collect(),
            is_featured: track.is_featured,
            title: self.html(&track.title),
            description: track.description.as_ref().map(|part| self.html(part)),
        })
    }

    /// A guide as a step of a track: the address says of which.
    fn guide_link(&self, page: PageId, track: &ShownTrack) -> PageLink {
        PageLink {
            title: self.title(page, Short::Title),
            href: format!("{}?learn={}", self.href(page), track.name),
        }
    }

    /// The patch releases of the version, on a page that is laid out for them.
    fn releases(&mut self) -> Vec<Release> {
        let layout = self.page.source.front.layout.as_ref();
        if layout.is_none_or(|layout| layout.value != RELEASE_NOTES) {
            return Vec::new();
        }
        let notes = self.prepared.site.release_notes.iter();
        let version = self.variant.version;
        let own = notes.filter(|notes| notes.version == version);
        own.map(|notes| self.release(notes)).collect()
    }

    fn release(&mut self, notes: &model::ReleaseNotes) -> Release {
        Release {
            name: notes.name.clone(),
            date: notes.date.and_then(|date| self.plain(date)),
            is_candidate: notes.is_candidate,
            is_deprecated: notes.is_deprecated,
            intro: notes.intro.and_then(|intro| self.data(intro, Short::Intro)),
            sections: notes.sections.iter().map(|section| self.section(section)).collect(),
        }
    }

    fn section(&mut self, (name, groups): &(String, Vec<model::NoteGroup>)) -> NoteSection {
        let group = |group: &model::NoteGroup| NoteGroup {
            heading: group.heading.and_then(|heading| self.data(heading, Short::Title)),
            notes: group.notes.iter().filter_map(|note| self.data(*note, Short::Title)).collect(),
        };
        let groups = groups.iter().map(group).collect();
        let title = self.ui_title("release_notes", name);
        let title = title.unwrap_or_else(|| name.replace('_', " "));
        NoteSection { name: name.clone(), title, groups }
    }

    /// The string of the interface for something that front matter or data calls so, in camel or in snake case.
    fn ui_title(&self, group: &str, name: &str) -> Option<String> {
        let found = self.ui().get(&format!("{group}.{name}"));
        let found = found.or_else(|| self.ui().get(&format!("{group}.{}", snake_case(name))));
        found.map(str::to_owned)
    }

    /// A text of the data as HTML; nothing where it is empty.
    fn data(&mut self, id: DataId, which: Short) -> Option<Html> {
        let (language, version) = (self.variant.language, self.variant.version);
        let expansion = self.host(language).data_text(id, version, &mut self.diagnostics)?;
        let versions = VersionSet::only(version);
        let part = part_for(versions, language, expansion, which, &mut self.diagnostics);
        (!part.is_empty()).then(|| self.html(&part))
    }

    fn plain(&mut self, id: DataId) -> Option<String> {
        let (language, version) = (self.variant.language, self.variant.version);
        let expansion = self.host(language).data_text(id, version, &mut self.diagnostics);
        expansion.map(|expansion| expansion.text.trim().to_owned())
    }

    fn html(&mut self, part: &Part) -> Html {
        Html::new(self.body(&part.expansion, &part.body))
    }

    fn host(&self, language: LanguageId) -> PageHost<'a> {
        PageHost { context: self.prepared.context(), page: self.page, language, lists: 0 }
    }
}

/// `gettingStarted` as `getting_started`.
fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
