//! One page in one variant: the body's slots filled, the theme around it.

mod landing;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::collate::Use;
use super::context::{
    Card, Crumb, Day, Html, Notice, PageContext, PageFields, PageKind, PageLink, PickerItem,
    Release, TocItem, escape,
};
use super::facts::{TextFacts, VariantTexts, text_facts};
use super::links::{Addresses, addresses};
use super::machines::Whole;
use super::menu::{Menu, Order, shown_children};
use super::notices::Translated;
use super::reads::Reads;
use super::slots::{filled, filled_text};
use super::strings::{PageString, Part};
use super::theme::TemplateFault;
use super::titles::{HeadingsById, LinkTitle, headings_by_id};
use super::{Prepared, facts_of, machines, notices};
use crate::diagnostic::Diagnostic;
use crate::liquid::Expansion;
use crate::markdown::{Body, CodeBlock, SlotKind, Twin, destination, escape_markdown, mark_lines};
use crate::model::{Kind, Page, PageId, is_link_tag};
use crate::source::{Spanned, TextId};
use crate::variant::{LanguageId, Variant};

/// The deepest heading in "In this article" unless the page says otherwise.
const MINI_TOC_LEVEL: u8 = 3;

/// More headings than this are no outline for anybody.
const LONGEST_TOC: usize = 1_000;

/// What the pages of a product share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// The navigation by variant.
    pub(super) menus: HashMap<Variant, Menu>,
    /// The order of pages by version.
    pub(super) orders: HashMap<crate::variant::VersionId, Order>,
}

/// Code blocks by language and text, highlighted.
pub(super) type Highlighted = HashMap<String, HashMap<String, String>>;

/// What is the same in all variants that show a body.
#[derive(Debug)]
pub(super) struct Fillings<'a> {
    addresses: Addresses,
    /// Code blocks, highlighted.
    code: Vec<Cow<'a, str>>,
    /// What is known of the text.
    facts: Arc<TextFacts>,
}

impl<'a> Fillings<'a> {
    /// Those of a text of `page`. Code that was not highlighted stands as it is.
    pub(super) fn new(
        prepared: &Prepared<'_>,
        page: &Page,
        (expansion, body): (&Expansion, &Body),
        highlighted: &'a Highlighted,
    ) -> Self {
        let addresses = addresses(&prepared.site, page, body);
        let code = |block: &CodeBlock| {
            let html = highlighted.get(&block.language).and_then(|code| code.get(&block.text));
            let html =
                html.map_or_else(|| Cow::Owned(escape(&block.text)), |html| Cow::Borrowed(&**html));
            if block.marked.is_empty() {
                html
            } else {
                Cow::Owned(mark_lines(&html, &block.marked))
            }
        };
        let facts = Arc::new(text_facts(&prepared.site, page, (expansion, body)));
        Self { addresses, code: body.code.iter().map(code).collect(), facts }
    }
}

/// A page in a variant.
#[derive(Debug)]
pub(super) struct RenderedPage {
    /// The HTML of the whole page.
    pub(super) html: String,
    /// What is known of its texts.
    pub(super) facts: VariantTexts,
    /// The page in other forms, where it has them.
    pub(super) forms: Option<Forms>,
    /// What was wrong with the data that it shows.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What it was made from.
    pub(super) reads: Reads,
}

/// A page in other forms.
#[derive(Debug)]
pub(super) struct Forms {
    /// The page as Markdown.
    pub(super) markdown: String,
    /// What is known of it, as JSON.
    pub(super) json: String,
}

/// Whether blocks of a page say which they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// They do not: a build.
    None,
    /// By `data-block`, for the preview.
    Blocks,
}

/// What a page shows in a variant.
pub(super) struct Shown<'a> {
    /// The languages and versions of its body.
    pub(super) used: &'a Use,
    /// The body.
    pub(super) body: &'a Body,
    /// What goes into the body.
    pub(super) fillings: &'a Fillings<'a>,
    /// The body as Markdown, where pages have twins.
    pub(super) twin: Option<&'a Twin>,
    /// What the pages of the product share.
    pub(super) shared: &'a Shared,
    /// Whether its blocks say which they are.
    pub(super) marks: Marks,
}

/// Composes a page in a variant.
pub(super) fn compose(
    prepared: &Prepared<'_>,
    page: &Page,
    variant: Variant,
    shown: &Shown<'_>,
) -> Result<RenderedPage, TemplateFault> {
    let mut composer = Composer::new(prepared, page, variant);
    composer.read(shown.used.reads.iter().copied());
    let html = composer.filled(shown.body, shown.fillings, shown.marks);
    let context = composer.context(Html::new(html), shown);
    let html = prepared.theme.page(&context)?;
    let forms = shown.twin.map(|twin| composer.forms(twin, &context, shown));
    let Composer { mut facts, diagnostics, reads, .. } = composer;
    facts.anchors = anchors(&context);
    let menu = shown.shared.menus.get(&variant).map(|menu| menu.reads.clone());
    let interface = prepared.ui_reads[usize::from(variant.language.0)].clone();
    let shared = menu.into_iter().chain([interface]).collect();
    let reads = Reads::new(reads.into_inner(), shared);
    Ok(RenderedPage { html, facts, forms, diagnostics, reads })
}

/// The anchors of a page that its text does not have: those of what the theme shows besides.
fn anchors(context: &PageContext) -> Vec<String> {
    let landing = &context.landing;
    let tracks = landing.tracks.iter().map(|track| &track.name);
    tracks.chain(landing.releases.iter().map(|release| &release.name)).cloned().collect()
}

/// The HTML of a page's body in a variant, without the theme.
pub(super) fn article(
    prepared: &Prepared<'_>,
    page: &Page,
    variant: Variant,
    body: &Body,
    fillings: &Fillings<'_>,
) -> String {
    Composer::new(prepared, page, variant).filled(body, fillings, Marks::Blocks)
}

struct Composer<'a> {
    prepared: &'a Prepared<'a>,
    page: &'a Page,
    variant: Variant,
    facts: VariantTexts,
    diagnostics: Vec<Diagnostic>,
    /// What is shown of other pages is read in many places, each of which only looks.
    reads: RefCell<BTreeSet<TextId>>,
}

impl<'a> Composer<'a> {
    fn new(prepared: &'a Prepared<'a>, page: &'a Page, variant: Variant) -> Self {
        let own = std::iter::once(&page.source).chain(page.translations.get(&variant.language));
        let reads = own.map(|edition| TextId::whole(edition.file)).collect();
        let (facts, diagnostics) = (VariantTexts::default(), Vec::new());
        Self { prepared, page, variant, facts, diagnostics, reads: RefCell::new(reads) }
    }

    /// Notes what is read for the page.
    fn read(&self, texts: impl IntoIterator<Item = TextId>) {
        self.reads.borrow_mut().extend(texts);
    }

    /// A string of a page in this variant.
    fn part_of(&self, page: PageId, which: PageString) -> &'a Part {
        let string = self.prepared.strings.get(page, self.variant.language, which);
        let part = string.for_version(self.variant.version);
        self.read(part.reads.iter().copied());
        part
    }

    /// The HTML of a text of the page in this variant.
    fn body(&mut self, expansion: &Expansion, body: &Body) -> String {
        self.read(expansion.reads.iter().copied());
        // Only the code of pages is highlighted.
        let none = Highlighted::new();
        let fillings = Fillings::new(self.prepared, self.page, (expansion, body), &none);
        self.filled(body, &fillings, Marks::None)
    }

    fn filled(&mut self, body: &Body, fillings: &Fillings<'_>, marks: Marks) -> String {
        self.facts.add(&fillings.facts);
        let Fillings { addresses, code, .. } = fillings;
        let headings = headings_by_id(body);
        let (site, permalinks) = (&self.prepared.site, &self.prepared.permalinks);
        filled(body, |kind, html| match kind {
            SlotKind::Link(number) => {
                addresses.links[*number as usize].write(site, permalinks, self.variant, html);
            }
            SlotKind::Image(number) => html.push_str(&addresses.images[*number as usize].address),
            SlotKind::ImageSize(number) => addresses.images[*number as usize].write_size(html),
            SlotKind::LinkTitle(number) => {
                let title = self.link_title(&headings, &body.links[*number as usize].address);
                html.push_str(&escape(&title));
            }
            SlotKind::Code(number) => html.push_str(&code[*number as usize]),
            SlotKind::Block(_) if marks == Marks::None => {}
            SlotKind::Block(number) => html.push_str(&format!(r#" data-block="{number}""#)),
            SlotKind::Ui(key) => html.push_str(&escape(self.ui().get(key).unwrap_or(key))),
        })
    }

    /// The page in other forms.
    fn forms(&self, twin: &Twin, context: &PageContext, shown: &Shown<'_>) -> Forms {
        let (prepared, page, variant) = (self.prepared, self.page, self.variant);
        let whole = prepared.whole(page.id, variant);
        let text = self.filled_twin(twin, shown, &whole);
        let headings = &shown.body.headings;
        Forms {
            markdown: machines::twin(context, &text, &whole),
            json: machines::record(prepared, page, variant, context, headings, &whole),
        }
    }

    /// The twin of the body with its addresses and titles.
    fn filled_twin(&self, twin: &Twin, shown: &Shown<'_>, whole: &Whole<'_>) -> String {
        let (site, permalinks) = (&self.prepared.site, &self.prepared.permalinks);
        let (body, addresses) = (shown.body, &shown.fillings.addresses);
        let headings = headings_by_id(body);
        let mut address = String::new();
        filled_text(&twin.text, &twin.slots, |kind, text| match kind {
            SlotKind::Link(number) => {
                address.clear();
                let link = &addresses.links[*number as usize];
                link.write(site, permalinks, self.variant, &mut address);
                text.push_str(&destination(&whole.of_escaped(&address)));
            }
            SlotKind::Image(number) => {
                let image = &addresses.images[*number as usize];
                text.push_str(&destination(&whole.of_escaped(&image.address)));
            }
            SlotKind::LinkTitle(number) => {
                let title = self.link_title(&headings, &body.links[*number as usize].address);
                text.push_str(&escape_markdown(&title));
            }
            SlotKind::Code(_) | SlotKind::ImageSize(_) | SlotKind::Ui(_) | SlotKind::Block(_) => {}
        })
    }

    /// What a link says that asks for the title of its target.
    fn link_title(&self, headings: &HeadingsById<'_>, address: &str) -> String {
        let context = self.prepared.context();
        let title = LinkTitle::of(context, self.page, self.variant, headings, address);
        self.read(title.reads());
        title.text().to_owned()
    }

    /// A day as readers of the language write it.
    fn day(&self, day: jiff::civil::Date) -> Day {
        let dates = &self.prepared.dates[usize::from(self.variant.language.0)];
        Day { datetime: day.to_string(), text: dates.long(day) }
    }

    fn ui(&self) -> &super::ui::UiStrings {
        &self.prepared.ui[usize::from(self.variant.language.0)]
    }

    /// A string of the page as HTML; nothing where it is empty.
    fn string(&mut self, which: PageString) -> Option<Html> {
        let part = self.part_of(self.page.id, which);
        (!part.is_empty()).then(|| Html::new(self.body(&part.expansion, &part.body)))
    }

    fn context(&mut self, html: Html, shown: &Shown<'_>) -> PageContext {
        let Shown { used, body, shared, .. } = *shown;
        let prepared = self.prepared;
        let facts = facts_of(prepared, self.variant);
        let is_fallback = used.written_in != self.variant.language;
        let menu = shared.menus.get(&self.variant);
        let (landing, way) = (self.landing(), self.way());
        PageContext {
            page: self.fields(is_fallback, used.written_in),
            notices: self.notices(is_fallback, body),
            breadcrumbs: self.breadcrumbs(&way),
            toc: self.toc(body, &landing.releases),
            versions: self.versions(),
            languages: self.languages(),
            navigation: menu
                .map(|menu| Html::new(menu.navigation.for_page(&self.href(self.page.id)))),
            previous: self.neighbour(shared, Order::previous),
            next: self.neighbour(shared, Order::next),
            children: self.cards(),
            landing,
            tracks: self.track_places(),
            alternates: machines::alternates(prepared, self.page, self.variant),
            formats: machines::formats(prepared, self.page.id, self.variant),
            structured_data: machines::structured_data(prepared, &way, self.variant),
            body: html,
            site: facts.site,
            language: facts.language,
            version: facts.version,
            ui: facts.ui,
        }
    }

    fn notices(&self, is_fallback: bool, body: &Body) -> Vec<Notice> {
        self.read(notices::reads(self.prepared, self.variant));
        let strings = [PageString::Title, PageString::Intro];
        let is_partial = body.has_other_language
            || strings.iter().any(|which| self.language_of(*which).is_some());
        let translated = match (is_fallback, is_partial) {
            (true, _) => Translated::No,
            (false, true) => Translated::Partly,
            (false, false) => Translated::Whole,
        };
        notices::for_page(self.prepared, self.page, self.variant, translated)
    }

    fn fields(&mut self, is_fallback: bool, written_in: LanguageId) -> PageFields {
        let title = self.string(PageString::Title).unwrap_or_default();
        let plain_title = self.part_of(self.page.id, PageString::Title).plain.clone();
        let description = self.part_of(self.page.id, PageString::Intro).plain.clone();
        let prepared = self.prepared;
        let site = &prepared.site;
        let full_title = match self.page.kind {
            Kind::Home => plain_title.clone(),
            _ => format!("{plain_title} - {}", site.config.title),
        };
        let edition = self.page.edition(written_in).unwrap_or(&self.page.source);
        let source_path = &site.sources.file(edition.file).path;
        PageFields {
            title,
            plain_title,
            full_title,
            intro: self.string(PageString::Intro),
            description: Some(description).filter(|text| !text.is_empty()),
            product: self.string(PageString::Product),
            permissions: self.string(PageString::Permissions),
            kind: kind(self.page.kind),
            layout: value(self.page.source.front.layout.as_ref()),
            sort: value(self.page.source.front.kind.as_ref()),
            topics: topics(self.page),
            default_platform: value(self.page.source.front.default_platform.as_ref()),
            default_tool: value(self.page.source.front.default_tool.as_ref()),
            edit_href: machines::edit_address(&site.config, source_path),
            source_path: source_path.clone(),
            last_changed: prepared
                .changed(self.page, written_in)
                .map(|moment| self.day(machines::day(moment))),
            canonical: self.canonical(written_in),
            is_fallback,
            text_language: self.foreign_tag(written_in),
            title_language: self.language_of(PageString::Title),
            intro_language: self.language_of(PageString::Intro),
            product_language: self.language_of(PageString::Product),
            permissions_language: self.language_of(PageString::Permissions),
        }
    }

    /// The tag of a language that is not the one around it.
    fn foreign_tag(&self, written_in: LanguageId) -> Option<String> {
        self.prepared.foreign_tag(self.variant.language, written_in)
    }

    fn language_of(&self, which: PageString) -> Option<String> {
        self.foreign_tag(self.part_of(self.page.id, which).language)
    }

    /// The address for search engines: a page shown in the default language points at that.
    fn canonical(&self, written_in: LanguageId) -> Option<String> {
        let variant = Variant { language: written_in, ..self.variant };
        self.prepared.site.web_address(self.page.id, variant)
    }

    fn href(&self, page: PageId) -> String {
        self.prepared.href(page, self.variant)
    }

    fn title(&self, page: PageId, which: PageString) -> Html {
        let part = self.part_of(page, which);
        self.prepared.marked(&part.html, part.language, self.variant.language)
    }

    /// From the product to the page; the home page has none.
    fn way(&self) -> Vec<PageId> {
        let site = &self.prepared.site;
        let mut way: Vec<PageId> = site.tree.ancestors(self.page.id).collect();
        way.retain(|page| Some(*page) != site.tree.home());
        way.reverse();
        // An index that this version does not have cannot be a step.
        way.retain(|page| site.page(*page).versions.contains(self.variant.version));
        if self.page.kind != Kind::Home {
            way.push(self.page.id);
        }
        way
    }

    fn breadcrumbs(&self, way: &[PageId]) -> Vec<Crumb> {
        let crumb = |page| Crumb {
            title: self.title(page, PageString::ShortTitle),
            href: self.href(page),
            is_current: page == self.page.id,
        };
        way.iter().copied().map(crumb).collect()
    }

    fn toc(&self, body: &Body, releases: &[Release]) -> Vec<TocItem> {
        let release = |release: &Release| TocItem {
            level: 0,
            href: format!("#{}", release.name),
            html: Html::escaped(&release.name),
            platform: String::new(),
        };
        if !releases.is_empty() {
            return releases.iter().map(release).collect();
        }
        let front = &self.page.source.front;
        let shown = front.show_mini_toc.unwrap_or(self.page.kind == Kind::Article);
        let deepest = front.mini_toc_max_heading_level.unwrap_or(MINI_TOC_LEVEL);
        let listed = body.headings.iter().filter(|heading| {
            shown && (2..=deepest).contains(&heading.level) && !heading.id.is_empty()
        });
        let top = listed.clone().map(|heading| heading.level).min().unwrap_or(2);
        let item = |heading: &crate::markdown::Heading| TocItem {
            level: heading.level - top,
            href: format!("#{}", heading.id),
            html: Html::new(heading.html.clone()),
            platform: heading.platform.clone(),
        };
        listed.map(item).take(LONGEST_TOC).collect()
    }

    /// This page in every version; where a version does not have it, the home page of that version.
    fn versions(&self) -> Vec<PickerItem> {
        let site = &self.prepared.site;
        let item = |(version, settings): (_, &crate::variant::Version)| {
            let variant = Variant { version, ..self.variant };
            let exists = self.page.versions.contains(version);
            let nearest =
                if exists { Some(self.page.id) } else { self.prepared.nearest(self.page, version) };
            Some(PickerItem {
                title: settings.title.clone(),
                href: self.prepared.href(nearest?, variant),
                is_current: version == self.variant.version,
                exists,
                tag: None,
            })
        };
        let offered =
            site.config.versions.iter().filter(|(id, _)| self.prepared.versions.contains(*id));
        offered.filter_map(item).collect()
    }

    fn languages(&self) -> Vec<PickerItem> {
        let site = &self.prepared.site;
        let offered =
            site.config.languages().filter(|(id, _)| self.prepared.languages.contains(id));
        let item = |(language, settings): (LanguageId, &crate::config::Language)| PickerItem {
            title: settings.native_name.clone(),
            href: self.prepared.href(self.page.id, Variant { language, ..self.variant }),
            is_current: language == self.variant.language,
            exists: self.page.edition(language).is_some(),
            tag: Some(settings.tag.clone()),
        };
        offered.map(item).collect()
    }

    fn neighbour(
        &self,
        shared: &Shared,
        step: fn(&Order, PageId) -> Option<PageId>,
    ) -> Option<PageLink> {
        let page = step(shared.orders.get(&self.variant.version)?, self.page.id)?;
        Some(self.link(page))
    }

    /// The pages below an index that has no list of its own.
    fn cards(&self) -> Vec<Card> {
        let site = &self.prepared.site;
        let has_list = || {
            let mut tags = site.source(&self.page.source.body).tags();
            let lists_own = self.page.kind != Kind::Home && self.lists_featured();
            tags.any(|tag| is_link_tag(tag.name)) || lists_own
        };
        let is_index = self.page.kind.is_index() || self.page.is_index();
        if !is_index || has_list() {
            return Vec::new();
        }
        let children = shown_children(self.prepared, self.page.id, self.variant.version);
        children.map(|page| self.card(page)).collect()
    }

    /// Whether the text of the page goes through the featured links itself.
    fn lists_featured(&self) -> bool {
        self.prepared.site.sources.text(self.page.source.body.id).contains("featuredLinks")
    }

    /// A page with its lead and what is below it.
    fn card(&self, page: PageId) -> Card {
        let intro = self.part_of(page, PageString::Intro);
        let language = self.variant.language;
        let shown = self.prepared.marked(&escape(&intro.plain), intro.language, language);
        let below = shown_children(self.prepared, page, self.variant.version);
        Card {
            title: self.title(page, PageString::Title),
            href: self.href(page),
            intro: (!intro.plain.is_empty()).then_some(shown),
            children: below.map(|page| self.link(page)).collect(),
        }
    }

    fn link(&self, page: PageId) -> PageLink {
        PageLink { title: self.title(page, PageString::ShortTitle), href: self.href(page) }
    }
}

fn value(key: Option<&Spanned<String>>) -> Option<String> {
    key.map(|key| key.value.clone())
}

fn topics(page: &Page) -> Vec<String> {
    page.source.front.topics.iter().map(|topic| topic.value.clone()).collect()
}

fn kind(kind: Kind) -> PageKind {
    match kind {
        Kind::Home => PageKind::Home,
        Kind::Product => PageKind::Product,
        Kind::Category => PageKind::Category,
        Kind::MapTopic => PageKind::MapTopic,
        Kind::Article => PageKind::Article,
    }
}
