//! What templates can read: one struct per template. This is the reference for authors of themes.
//!
//! Fields of type [`Html`] are written as they are; all other text is escaped where a template writes it. A field
//! that is `Option` is `none` in a template when there is nothing. Addresses (`href`) are complete: they begin with
//! the site's base path.
//!
//! Templates can also call `t("pages.miniToc")` for a string of the interface (with values for the `{names}` in it:
//! `t("pages.fallback_notice", language="English")`), `asset("theme.css")` for the address of one of the theme's
//! assets below the base path, `has_asset("custom.css")` for whether there is one, and
//! `icon("gear", class="large")` for an icon as SVG; the filter `plain` makes plain text of HTML. A name that does not exist, of a field or of a string, is an error.

use minijinja::value::Value;
use serde::{Serialize, Serializer};

use super::ui::UiStrings;

/// What `page.html`, `home.html` and the layouts that pages name can read.
#[derive(Clone, Debug, Serialize)]
pub struct PageContext {
    /// The interface's strings, which `t("pages.miniToc")` reads.
    pub ui: UiStrings,
    /// The site.
    pub site: SiteContext,
    /// The language of this variant.
    pub language: LanguageContext,
    /// The version of this variant.
    pub version: VersionContext,
    /// The page itself.
    pub page: PageFields,
    /// The page's content: balanced, so that it can stand in any element.
    pub body: Html,
    /// What the reader should know before reading, most important first.
    pub notices: Vec<Notice>,
    /// The way from the product to this page. The last is the page itself.
    pub breadcrumbs: Vec<Crumb>,
    /// The headings for "In this article". Templates show the list when it has more than one item.
    pub toc: Vec<TocItem>,
    /// This page in all versions of the site, newest first.
    pub versions: Vec<PickerItem>,
    /// This page in all languages of the site.
    pub languages: Vec<PickerItem>,
    /// The product's navigation with this page marked, made by `navigation.html`.
    pub navigation: Option<Html>,
    /// The page before this one in the navigation.
    pub previous: Option<PageLink>,
    /// The page after this one in the navigation.
    pub next: Option<PageLink>,
    /// What is below this page in the tree, for pages that are laid out from it.
    pub children: Vec<Card>,
    /// What the front matter adds: featured links, guides, learning tracks, news, release notes.
    pub landing: Landing,
    /// The learning tracks that this page is a guide of.
    pub tracks: Vec<TrackPlace>,
    /// The real translations of this page for `hreflang`, this language among them. None on a page in fallback.
    pub alternates: Vec<Alternate>,
    /// This page in other forms, and what programs can read beside it.
    pub formats: Formats,
    /// The way to this page as JSON-LD, for a `script` element that is data.
    pub structured_data: Option<Html>,
}

/// What `navigation.html` can read: a product's tree. It is rendered once for all pages of the product.
///
/// Neither the current page nor open branches are marked by the template:
/// [`RenderedNavigation::for_page`](super::navigation::RenderedNavigation::for_page) adds `aria-current` to the link
/// and `open` to the `<details>` around it and beside it in the same `<li>`. Other `<details>` are left out
/// of the page, but for a `<summary>` with a link.
#[derive(Clone, Debug, Serialize)]
pub struct NavigationContext {
    /// The interface's strings, which `t("pages.miniToc")` reads.
    pub ui: UiStrings,
    /// The site.
    pub site: SiteContext,
    /// The language of this variant.
    pub language: LanguageContext,
    /// The version of this variant.
    pub version: VersionContext,
    /// The product: its title, its address, and what is below it.
    pub product: NavNode,
}

/// What `redirect.html` can read: the page at an old address.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectContext {
    /// The interface's strings, which `t("redirect.moved")` reads.
    pub ui: UiStrings,
    /// The site.
    pub site: SiteContext,
    /// The language of the page that it leads to.
    pub language: LanguageContext,
    /// Where it leads: an address for a link.
    pub target: String,
    /// The same with scheme and host, for search engines, where the site has a base URL.
    pub canonical: Option<String>,
}

/// What `404.html` can read.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundContext {
    /// The interface's strings, which `t("errors.page_doesnt_exist")` reads.
    pub ui: UiStrings,
    /// The site.
    pub site: SiteContext,
    /// The language of this page.
    pub language: LanguageContext,
    /// The home pages of all languages.
    pub languages: Vec<PickerItem>,
    /// The segments of these languages in URLs. Each has a page of this kind: `en/404.html`.
    pub language_codes: Vec<String>,
}

/// What `robots.txt` can read.
#[derive(Clone, Debug, Serialize)]
pub struct RobotsContext {
    /// The address of the list of all pages with scheme and host, where the site has a base URL.
    pub sitemap: Option<String>,
}

/// The site as a whole.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SiteContext {
    /// Its title.
    pub title: String,
    /// The path that the site is published under, without a slash at the end: `/docs`, or empty at the root.
    pub base_path: String,
    /// The address of the home page of this variant.
    pub home: String,
    /// The address of the folder of the search index, with a slash at its end, where the site has a search.
    pub search: Option<String>,
}

/// A language.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LanguageContext {
    /// Its segment in URLs.
    pub code: String,
    /// Its BCP 47 tag.
    pub tag: String,
    /// Its English name.
    pub name: String,
    /// Its name in itself.
    pub native_name: String,
    /// `ltr` or `rtl`.
    pub dir: Direction,
}

/// The direction of writing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

/// A version.
#[derive(Clone, Debug, Default, Serialize)]
pub struct VersionContext {
    /// `plan@release`.
    pub id: String,
    /// The name for readers.
    pub title: String,
    /// The plan's name.
    pub plan: String,
    /// The release.
    pub release: String,
    /// Whether this is the site's default version.
    pub is_default: bool,
}

/// What the front matter and the tree say about a page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageFields {
    /// The title as HTML.
    pub title: Html,
    /// The title as plain text.
    pub plain_title: String,
    /// What stands in `<title>`: usually the plain title and the site's.
    pub full_title: String,
    /// The lead.
    pub intro: Option<Html>,
    /// The lead as plain text, for search engines and link previews.
    pub description: Option<String>,
    /// Which products the page is for.
    pub product: Option<Html>,
    /// Who may do what the page describes.
    pub permissions: Option<Html>,
    /// Its place in the tree.
    pub kind: PageKind,
    /// The layout that the page names: the template `NAME.html` where the theme or the site has one.
    pub layout: Option<String>,
    /// What sort of article it is (`overview`, `quick_start`, `how_to`, …), as the page says with `type`.
    pub sort: Option<String>,
    /// What the article is about.
    pub topics: Vec<String>,
    /// The platform whose blocks are shown first, as the page says with `defaultPlatform`.
    pub default_platform: Option<String>,
    /// The tool whose blocks are shown first, as the page says with `defaultTool`.
    pub default_tool: Option<String>,
    /// The path of the source file, relative to the site's folder.
    pub source_path: String,
    /// Where that file is edited, as `edit_url` of the configuration says.
    pub edit_href: Option<String>,
    /// When that file was last changed, where the site knows that.
    pub last_changed: Option<Day>,
    /// The address for search engines, with scheme and host.
    pub canonical: Option<String>,
    /// Whether the page is shown in the default language because it is not translated.
    pub is_fallback: bool,
    /// The tag of the language of the body when it is not the variant's, for `lang`.
    pub text_language: Option<String>,
    /// The same of the title.
    pub title_language: Option<String>,
    /// The same of the lead.
    pub intro_language: Option<String>,
    /// The same of what `product` says.
    pub product_language: Option<String>,
    /// The same of what `permissions` says.
    pub permissions_language: Option<String>,
}

/// A page in other forms, and what programs can read beside it. Nothing of it is there for `--no-twins` but the feed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Formats {
    /// The address of the page as Markdown.
    pub markdown: Option<String>,
    /// The address of what is known of the page, as JSON.
    pub json: Option<String>,
    /// The address of the list of all pages of this variant, `llms.txt`.
    pub overview: Option<String>,
    /// The address of the feed of changed pages of this variant, where the site knows when pages were changed.
    pub feed: Option<String>,
}

/// A day.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    /// For programs: `2020-11-05`.
    pub datetime: String,
    /// For readers.
    pub text: String,
}

/// The place of a page in the tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// The home page of a variant.
    Home,
    /// A product.
    Product,
    /// A category of a product.
    Category,
    /// A map topic of a category.
    MapTopic,
    /// A page with text.
    #[default]
    Article,
}

/// A message above the title.
#[derive(Clone, Debug, Serialize)]
pub struct Notice {
    /// What it is about.
    pub kind: NoticeKind,
    /// The message.
    pub html: Html,
    /// The tag of its language when it is not the variant's.
    pub lang: Option<String>,
    /// The first day on which it is true, where that is not every day.
    pub from: Option<String>,
    /// The first day on which it is no longer true.
    pub until: Option<String>,
    /// Whether it is not true on the day of the build. A script shows it when its day has come.
    pub is_hidden: bool,
}

impl Notice {
    /// A message that is true on every day.
    pub fn new(kind: NoticeKind, html: Html, lang: Option<String>) -> Self {
        Self { kind, html, lang, from: None, until: None, is_hidden: false }
    }
}

/// What a notice is about; the theme's style hangs on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// The page is translated, and may be behind the original.
    Translation,
    /// The page is not translated.
    Fallback,
    /// Parts of the page are not translated.
    Partial,
    /// About the plan of this version.
    Plan,
    /// This version will be retired, or was.
    Retirement,
}

/// A step of the way from the product to the page.
#[derive(Clone, Debug, Serialize)]
pub struct Crumb {
    /// Its title.
    pub title: Html,
    /// Its address.
    pub href: String,
    /// Whether this is the page itself.
    pub is_current: bool,
}

/// A heading in "In this article".
#[derive(Clone, Debug, Serialize)]
pub struct TocItem {
    /// How far it is indented, from 0.
    pub level: u8,
    /// `#` and the heading's id.
    pub href: String,
    /// The heading without links.
    pub html: Html,
    /// Class names of the platform that it is for (`mac`, `windows`, `linux`), or empty.
    pub platform: String,
}

/// The page in another version or language.
#[derive(Clone, Debug, Serialize)]
pub struct PickerItem {
    /// The version's title, or the language's name in itself.
    pub title: String,
    /// The page there; where it does not exist, the nearest that does.
    pub href: String,
    /// Whether this is the variant being read.
    pub is_current: bool,
    /// Whether the page itself exists there.
    pub exists: bool,
    /// The language's BCP 47 tag; nothing for a version.
    pub tag: Option<String>,
}

/// A link to a page.
#[derive(Clone, Debug, Serialize)]
pub struct PageLink {
    /// The page's title.
    pub title: Html,
    /// Its address.
    pub href: String,
}

/// A page below this one, with what a reader needs to choose it.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// The page's title.
    pub title: Html,
    /// Its address.
    pub href: String,
    /// Its lead.
    pub intro: Option<Html>,
    /// What is below it.
    pub children: Vec<PageLink>,
}

/// What a page shows besides its text. Every list is empty on a page whose front matter does not ask for it; what a
/// version does not have is left out.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Landing {
    /// The links of the lead (`introLinks`).
    pub intro_links: Vec<IntroLink>,
    /// Lists of links (`featuredLinks`). They are empty where the text of the page lists them itself.
    pub featured: Vec<FeaturedList>,
    /// News (`changelog`).
    pub changelog: Vec<News>,
    /// Where all news are, where the page says that.
    pub changelog_href: Option<String>,
    /// Guides (`includeGuides`).
    pub guides: Vec<Guide>,
    /// Learning tracks (`learningTracks`), the featured one first.
    pub tracks: Vec<Track>,
    /// The patch releases of the version, the newest first (`layout: release-notes`).
    pub releases: Vec<Release>,
}

/// A link of the lead.
#[derive(Clone, Debug, Serialize)]
pub struct IntroLink {
    /// Its name in the front matter: `overview`, `quickstart`, ….
    pub name: String,
    /// What it is called.
    pub title: Html,
    /// Its address.
    pub href: String,
}

/// A list of links with a heading.
#[derive(Clone, Debug, Serialize)]
pub struct FeaturedList {
    /// Its name in the front matter: `gettingStarted`, `popular`, ….
    pub name: String,
    /// Its heading.
    pub title: Option<String>,
    /// The links.
    pub links: Vec<Card>,
}

/// Something new.
#[derive(Clone, Debug, Serialize)]
pub struct News {
    /// What it is.
    pub title: String,
    /// The day, as written.
    pub date: String,
    /// The same as readers of the language write it, where it is written as `2020-11-05`.
    pub day: Option<Day>,
    /// Where to read more.
    pub href: String,
}

/// A guide in a list of guides.
#[derive(Clone, Debug, Serialize)]
pub struct Guide {
    /// The page.
    pub card: Card,
    /// What sort of article it is.
    pub sort: Option<String>,
    /// What it is about.
    pub topics: Vec<String>,
}

/// Guides in the order in which they are to be read.
#[derive(Clone, Debug, Serialize)]
pub struct Track {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Html,
    /// What it leads to.
    pub description: Option<Html>,
    /// Whether it is to be shown before all others.
    pub is_featured: bool,
    /// Its guides.
    pub guides: Vec<PageLink>,
}

/// The place of a page in a learning track.
#[derive(Clone, Debug, Serialize)]
pub struct TrackPlace {
    /// The name of the track.
    pub name: String,
    /// Its title.
    pub title: Html,
    /// The guide before this one.
    pub previous: Option<PageLink>,
    /// The guide after this one.
    pub next: Option<PageLink>,
}

/// A patch release and what is new in it.
#[derive(Clone, Debug, Serialize)]
pub struct Release {
    /// Its name, which is also its anchor: `3.0.1`.
    pub name: String,
    /// The day, as written.
    pub date: Option<String>,
    /// The same as readers of the language write it, where it is written as `2020-11-05`.
    pub day: Option<Day>,
    /// Whether it is a candidate.
    pub is_candidate: bool,
    /// Whether nobody should use it any more.
    pub is_deprecated: bool,
    /// What stands before the notes.
    pub intro: Option<Html>,
    /// The notes.
    pub sections: Vec<NoteSection>,
}

/// A part of the notes of a release.
#[derive(Clone, Debug, Serialize)]
pub struct NoteSection {
    /// Its name: `features`, `bugs`, ….
    pub name: String,
    /// Its title.
    pub title: String,
    /// The notes.
    pub groups: Vec<NoteGroup>,
}

/// Notes under a heading of their own.
#[derive(Clone, Debug, Serialize)]
pub struct NoteGroup {
    /// The heading.
    pub heading: Option<Html>,
    /// The notes.
    pub notes: Vec<Html>,
}

/// The page in another language, for search engines.
#[derive(Clone, Debug, Serialize)]
pub struct Alternate {
    /// The BCP 47 tag, or `x-default`.
    pub tag: String,
    /// The address with scheme and host.
    pub href: String,
}

/// A page in the navigation. Its address is its name: no two nodes of a tree have the same.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NavNode {
    /// The page's short title, or its title.
    pub title: Html,
    /// Its address.
    pub href: String,
    /// The pages below it.
    pub children: Vec<NavNode>,
}

/// HTML that a template writes as it is. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Html(Value);

impl Html {
    /// HTML made by this program from text that it checked.
    pub fn new(html: impl Into<String>) -> Self {
        Self(Value::from_safe_string(html.into()))
    }

    /// Plain text as HTML.
    pub fn escaped(text: &str) -> Self {
        Self::new(escape(text))
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        self.0.as_str().unwrap_or_default()
    }
}

impl Default for Html {
    fn default() -> Self {
        Self::new("")
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Text with the five characters escaped that mean something in HTML text or in a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escaped_pieces(text).for_each(|piece| html.push_str(piece));
    html
}

/// The same in pieces, for writing without a copy.
pub(super) fn escaped_pieces(text: &str) -> impl Iterator<Item = &str> {
    let special = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    text.split_inclusive(move |char: char| char.is_ascii() && special(char as u8)).flat_map(
        move |piece| match piece.as_bytes().last() {
            Some(&byte) if special(byte) => [&piece[..piece.len() - 1], entity(byte)],
            _ => [piece, ""],
        },
    )
}

fn entity(byte: u8) -> &'static str {
    match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        _ => "&#39;",
    }
}
