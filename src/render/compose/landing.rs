//! What a page shows besides its text: featured links, guides, learning tracks, news, release notes.

use super::super::context::{
    Card, Day, FeaturedList, Guide, Html, IntroLink, Landing, News, NoteGroup, NoteSection,
    PageLink, Release, Track, TrackPlace, escape,
};
use super::super::host::PageHost;
use super::super::links::link_address;
use super::super::strings::{PageString, Part};
use super::super::tracks::ShownTrack;
use super::super::trust::data_part;
use super::{Composer, topics};
use crate::diagnostic::{Diagnostic, codes};
use crate::liquid::{Live, evaluate};
use crate::load::{ChangelogItem, FeaturedLink, LiquidText, Mention};
use crate::model::{self, Branch, DataId, PageId, leaf};
use crate::source::{Span, TextId};
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
            changelog: self.changelog(),
            changelog_href: front
                .changelog_feed
                .as_ref()
                .and_then(|feed| self.address(&feed.url.as_ref()?.value)),
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
        self.read(track.reads.iter().copied());
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
        let site = &self.prepared.site;
        if site.mentioned(address).is_some_and(|page| !self.has(page)) {
            return None;
        }
        let (address, is_known) = link_address(site, self.page, self.variant, address);
        is_known.then_some(address)
    }

    /// The address that front matter gives a link in this version, as written.
    fn written(&mut self, mention: &Mention) -> Option<String> {
        let (language, version) = (self.variant.language, self.variant.version);
        self.host(language).address(mention, version, &mut self.diagnostics)
    }

    fn intro_link(&mut self, (name, mention): &(String, Mention)) -> Option<IntroLink> {
        let address = self.written(mention)?;
        let href = self.address(&address)?;
        let named = self.ui_title("product_landing", name).map(|title| Html::escaped(&title));
        let page = self.mentioned(&address);
        let title = named.or_else(|| Some(self.title(page?, PageString::ShortTitle)));
        let title = title.unwrap_or_else(|| Html::escaped(name));
        Some(IntroLink { name: name.clone(), title, href })
    }

    /// The lists of links, unless the text of the page goes through them itself.
    fn featured(&mut self) -> Vec<FeaturedList> {
        let front = &self.page.source.front;
        let mut lists = Vec::new();
        for (name, links) in &front.featured_links.lists {
            let links: Vec<Card> =
                links.iter().filter_map(|link| self.featured_link(link)).collect();
            if !links.is_empty() {
                lists.push(FeaturedList { name: name.clone(), title: self.heading(name), links });
            }
        }
        if self.lists_featured() { Vec::new() } else { lists }
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

    fn featured_link(&mut self, link: &FeaturedLink) -> Option<Card> {
        let address = self.written(&link.mention)?;
        match (self.mentioned(&address), &link.title) {
            (Some(page), None) => Some(Card { children: Vec::new(), ..self.card(page) }),
            (_, title) => {
                let href = self.address(&address)?;
                let title = Html::escaped(title.as_deref().unwrap_or(&href));
                Some(Card { title, href, intro: None, children: Vec::new() })
            }
        }
    }

    /// The news of the page, and those that the data has under the label that the page names.
    fn changelog(&mut self) -> Vec<News> {
        let front = &self.page.source.front;
        let mut news: Vec<News> = front.changelog.iter().map(|item| self.news(item)).collect();
        if let Some(feed) = &front.changelog_feed
            && let Some(Branch::List(items)) =
                self.prepared.site.data.branch(&format!("changelog.{}", feed.label))
        {
            news.extend(items.iter().filter_map(|item| self.news_of_data(item, &feed.prefix)));
        }
        news
    }

    fn news_of_data(&mut self, item: &Branch, prefix: &str) -> Option<News> {
        let mut text = |name| leaf(item, name).and_then(|id| self.plain(id));
        let (title, date, href) = (text("title")?, text("date"), text("href")?);
        let title = title.strip_prefix(prefix).unwrap_or(&title).trim_start().to_owned();
        let date = date.unwrap_or_default();
        Some(News { title, day: self.written_day(&date), date, href: self.address(&href)? })
    }

    /// Something new, in the words of the translation where it has them.
    fn news(&self, item: &ChangelogItem) -> News {
        let edition = self.page.edition(self.variant.language);
        let translated = edition.and_then(|edition| {
            edition.front.changelog.iter().find(|other| other.href == item.href)
        });
        let (href, _) = link_address(&self.prepared.site, self.page, self.variant, &item.href);
        let title = translated.unwrap_or(item).title.clone();
        News { title, day: self.written_day(&item.date), date: item.date.clone(), href }
    }

    /// A day that is written as such: `2020-11-05`. Other texts are shown as they are.
    fn written_day(&self, text: &str) -> Option<Day> {
        let day = text.trim().parse::<jiff::civil::Date>().ok()?;
        (day.to_string() == text.trim()).then(|| self.day(day))
    }

    fn guides(&mut self) -> Vec<Guide> {
        let guides = self.page.source.front.include_guides.iter();
        guides.filter_map(|mention| self.guide(mention)).collect()
    }

    fn guide(&mut self, mention: &Mention) -> Option<Guide> {
        let address = self.written(mention)?;
        let page = self.mentioned(&address)?;
        let of = self.prepared.site.page(page);
        self.read([TextId::whole(of.source.file)]);
        Some(Guide {
            card: Card { children: Vec::new(), ..self.card(page) },
            sort: of.source.front.kind.as_ref().map(|kind| kind.value.clone()),
            topics: topics(of),
        })
    }

    fn tracks(&mut self) -> Vec<Track> {
        let names = &self.page.source.front.learning_tracks;
        let mut tracks: Vec<Track> = names.iter().filter_map(|name| self.track(name)).collect();
        tracks.sort_by_key(|track| !track.is_featured);
        tracks
    }

    /// The track with this name; one that this version does not have is left out.
    fn track(&mut self, name: &LiquidText) -> Option<Track> {
        let site = &self.prepared.site;
        let host = self.host(LanguageId::DEFAULT);
        let mut live = Live::new(VersionSet::only(self.variant.version))?;
        let expansion = evaluate(site.source(name), &host, &mut live, &site.config.limits.liquid);
        let expansion = expansion.collect(&mut self.diagnostics);
        self.read(expansion.reads.iter().copied());
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
        self.read(track.reads.iter().copied());
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
            title: self.title(page, PageString::Title),
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
        let date = notes.date.and_then(|date| self.plain(date));
        Release {
            name: notes.name.clone(),
            day: date.as_deref().and_then(|date| self.written_day(date)),
            date,
            is_candidate: notes.is_candidate,
            is_deprecated: notes.is_deprecated,
            intro: notes.intro.and_then(|intro| self.data(intro, PageString::Intro)),
            sections: notes.sections.iter().map(|section| self.section(section)).collect(),
        }
    }

    fn section(&mut self, (name, groups): &(String, Vec<model::NoteGroup>)) -> NoteSection {
        let group = |group: &model::NoteGroup| NoteGroup {
            heading: group.heading.and_then(|heading| self.data(heading, PageString::Title)),
            notes: group
                .notes
                .iter()
                .filter_map(|note| self.data(*note, PageString::Title))
                .collect(),
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
    fn data(&mut self, id: DataId, which: PageString) -> Option<Html> {
        let (language, version) = (self.variant.language, self.variant.version);
        let part = data_part(&self.host(language), id, version, which, &mut self.diagnostics)?;
        (!part.is_empty()).then(|| self.html(&part))
    }

    fn plain(&mut self, id: DataId) -> Option<String> {
        let (language, version) = (self.variant.language, self.variant.version);
        let expansion = self.host(language).data_text(id, version, &mut self.diagnostics);
        self.read(expansion.iter().flat_map(|expansion| expansion.reads.iter().copied()));
        expansion.map(|expansion| expansion.text.trim().to_owned())
    }

    /// A string as HTML that says its language, when that is not the page's.
    fn html(&mut self, part: &Part) -> Html {
        let html = self.body(&part.expansion, &part.body);
        match self.foreign_tag(part.language) {
            // A phrase can stand in a heading; blocks cannot stand in a phrase.
            Some(_) if !html.starts_with('<') => {
                self.prepared.marked(&html, part.language, self.variant.language)
            }
            Some(tag) => {
                Html::new(format!(r#"<div lang="{}" dir="auto">{html}</div>"#, escape(&tag)))
            }
            None => Html::new(html),
        }
    }

    fn host(&self, language: LanguageId) -> PageHost<'a> {
        PageHost { context: self.prepared.context(), page: self.page, language }
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
