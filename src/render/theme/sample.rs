//! Contexts with something in every field, for tests.

use super::super::context::{
    Alternate, Card, Crumb, Day, Direction, FeaturedList, Formats, Guide, Html, IntroLink, Landing,
    LanguageContext, NavNode, NavigationContext, News, NotFoundContext, NoteGroup, NoteSection,
    Notice, NoticeKind, PageContext, PageFields, PageKind, PageLink, PickerItem, RedirectContext,
    Release, SiteContext, TocItem, Track, TrackPlace, VersionContext,
};
use super::super::ui::UiStrings;

/// An article in English with everything that a page can have.
pub(super) fn page(ui: UiStrings) -> PageContext {
    PageContext {
        site: site("en"),
        language: english(),
        version: version(),
        page: article(),
        body: Html::new("<h2 id=\"first\">First</h2>\n<p>Text &amp; more.</p>\n"),
        notices: notices(),
        breadcrumbs: vec![
            crumb("Product", "/docs/en/product", false),
            crumb("Watering", "/docs/en/product/watering", true),
        ],
        toc: vec![toc(0, "first", ""), toc(1, "second", "mac")],
        versions: vec![
            picker("Garden 2.1", "/docs/en/garden@2.1/product", None),
            PickerItem {
                is_current: false,
                exists: false,
                ..picker("Garden 2.0", "/docs/en/garden@2.0", None)
            },
        ],
        languages: languages(),
        navigation: Some(Html::new("<ul><li>navigation</li></ul>")),
        previous: Some(link("Sowing", "/docs/en/product/sowing")),
        next: Some(link("Weeding", "/docs/en/product/weeding")),
        children: vec![Card {
            title: Html::new("Beds"),
            href: "/docs/en/product/beds".to_owned(),
            intro: Some(Html::new("<p>About beds.</p>")),
            children: vec![link("Raised beds", "/docs/en/product/beds/raised")],
        }],
        landing: landing(),
        tracks: vec![TrackPlace {
            name: "beginners".to_owned(),
            title: Html::new("For beginners"),
            previous: Some(link("Sowing", "/docs/en/product/sowing?learn=beginners")),
            next: None,
        }],
        formats: Formats {
            markdown: Some("/docs/en/product/watering/index.md".to_owned()),
            json: Some("/docs/en/product/watering/page.json".to_owned()),
            overview: Some("/docs/en/llms.txt".to_owned()),
            feed: Some("/docs/en/feed.xml".to_owned()),
        },
        structured_data: Some(Html::new(r#"{"@type":"BreadcrumbList"}"#)),
        alternates: vec![Alternate {
            tag: "en".to_owned(),
            href: "https://example.org/docs/en/product/watering".to_owned(),
        }],
        ui,
    }
}

/// The navigation of a product with two branches.
pub(super) fn navigation(ui: UiStrings) -> NavigationContext {
    let leaf = |title: &str, href: &str| node(title, href, Vec::new());
    let children = vec![
        node(
            "Beds",
            "/docs/en/product/beds",
            vec![
                leaf("Raised beds", "/docs/en/product/beds/raised"),
                node(
                    "Soil",
                    "/docs/en/product/beds/soil",
                    vec![leaf("Compost &amp; mulch", "/docs/en/product/beds/soil/compost")],
                ),
            ],
        ),
        leaf("Watering", "/docs/en/product/watering"),
    ];
    NavigationContext {
        site: site("en"),
        language: english(),
        version: version(),
        product: node("Product", "/docs/en/product", children),
        ui,
    }
}

/// An old address.
pub(super) fn redirect(ui: UiStrings) -> RedirectContext {
    RedirectContext {
        site: site("en"),
        language: english(),
        target: "/docs/en/product/watering".to_owned(),
        canonical: Some("https://example.org/docs/en/product/watering".to_owned()),
        ui,
    }
}

/// The Chinese page that says that there is no page.
pub(super) fn not_found(ui: UiStrings) -> NotFoundContext {
    NotFoundContext {
        site: site("cn"),
        language: chinese(),
        languages: languages(),
        language_codes: vec!["en".to_owned(), "cn".to_owned()],
        ui,
    }
}

fn site(code: &str) -> SiteContext {
    SiteContext {
        title: "Garden Docs".to_owned(),
        base_path: "/docs".to_owned(),
        home: format!("/docs/{code}"),
        search: Some("/docs/search/".to_owned()),
    }
}

pub(super) fn english() -> LanguageContext {
    LanguageContext {
        code: "en".to_owned(),
        tag: "en".to_owned(),
        name: "English".to_owned(),
        native_name: "English".to_owned(),
        dir: Direction::Ltr,
    }
}

pub(super) fn chinese() -> LanguageContext {
    LanguageContext {
        code: "cn".to_owned(),
        tag: "zh-Hans".to_owned(),
        name: "Simplified Chinese".to_owned(),
        native_name: "简体中文".to_owned(),
        dir: Direction::Ltr,
    }
}

fn version() -> VersionContext {
    VersionContext {
        id: "garden@2.1".to_owned(),
        title: "Garden 2.1".to_owned(),
        plan: "garden".to_owned(),
        release: "2.1".to_owned(),
        is_default: true,
    }
}

fn article() -> PageFields {
    PageFields {
        title: Html::new("Watering <em>well</em>"),
        plain_title: "Watering well".to_owned(),
        full_title: "Watering well - Garden Docs".to_owned(),
        intro: Some(Html::new("<p>How much is enough.</p>")),
        description: Some("How much is enough.".to_owned()),
        product: Some(Html::new("<p>For gardens with a well.</p>")),
        permissions: Some(Html::new("<p>Gardeners can water.</p>")),
        kind: PageKind::Article,
        layout: None,
        sort: Some("overview".to_owned()),
        topics: vec!["Water".to_owned()],
        default_platform: Some("linux".to_owned()),
        default_tool: None,
        edit_href: Some("https://example.org/edit/content/product/watering.md".to_owned()),
        last_changed: Some(Day {
            datetime: "2020-11-05".to_owned(),
            text: "2020-11-05".to_owned(),
        }),
        source_path: "content/product/watering.md".to_owned(),
        canonical: Some("https://example.org/docs/en/product/watering".to_owned()),
        is_fallback: false,
        text_language: None,
        title_language: None,
        intro_language: None,
        product_language: None,
        permissions_language: Some("fr".to_owned()),
    }
}

fn landing() -> Landing {
    let card = |title: &str, href: &str| Card {
        title: Html::new(title),
        href: href.to_owned(),
        intro: Some(Html::new("About it.")),
        children: Vec::new(),
    };
    Landing {
        intro_links: vec![IntroLink {
            name: "overview".to_owned(),
            title: Html::new("Overview"),
            href: "/docs/en/product/overview".to_owned(),
        }],
        featured: vec![FeaturedList {
            name: "popular".to_owned(),
            title: Some("Popular".to_owned()),
            links: vec![card("Sowing", "/docs/en/product/sowing")],
        }],
        changelog: vec![News {
            title: "Hoses".to_owned(),
            date: "2020-06-01".to_owned(),
            day: None,
            href: "https://example.org/hoses".to_owned(),
        }],
        changelog_href: Some("https://example.org/news".to_owned()),
        guides: vec![Guide {
            card: card("Weeding", "/docs/en/product/weeding"),
            sort: Some("how_to".to_owned()),
            topics: vec!["Soil".to_owned()],
        }],
        tracks: vec![Track {
            name: "beginners".to_owned(),
            title: Html::new("For beginners"),
            description: Some(Html::new("<p>First steps.</p>")),
            is_featured: true,
            guides: vec![link("Sowing", "/docs/en/product/sowing?learn=beginners")],
        }],
        releases: vec![Release {
            name: "2.1.1".to_owned(),
            date: Some("2020-06-01".to_owned()),
            day: Some(Day { datetime: "2020-06-01".to_owned(), text: "June 1, 2020".to_owned() }),
            is_candidate: true,
            is_deprecated: true,
            intro: Some(Html::new("<p>Much is new.</p>")),
            sections: vec![NoteSection {
                name: "bugs".to_owned(),
                title: "Bug fixes".to_owned(),
                groups: vec![NoteGroup {
                    heading: Some(Html::new("Taps")),
                    notes: vec![Html::new("Taps close.")],
                }],
            }],
        }],
    }
}

fn notices() -> Vec<Notice> {
    let notice = |kind, html: &str| Notice::new(kind, Html::new(html), None);
    vec![
        notice(NoticeKind::Plan, "This plan is <b>new</b>."),
        notice(NoticeKind::Retirement, "Garden 2.1 was discontinued."),
    ]
}

fn languages() -> Vec<PickerItem> {
    vec![
        picker("English", "/docs/en/product/watering", Some("en")),
        PickerItem {
            is_current: false,
            ..picker("简体中文", "/docs/cn/product/watering", Some("zh-Hans"))
        },
    ]
}

pub(super) fn picker(title: &str, href: &str, tag: Option<&str>) -> PickerItem {
    PickerItem {
        title: title.to_owned(),
        href: href.to_owned(),
        is_current: true,
        exists: true,
        tag: tag.map(str::to_owned),
    }
}

fn crumb(title: &str, href: &str, is_current: bool) -> Crumb {
    Crumb { title: Html::new(title), href: href.to_owned(), is_current }
}

fn toc(level: u8, id: &str, platform: &str) -> TocItem {
    TocItem { level, href: format!("#{id}"), html: Html::new(id), platform: platform.to_owned() }
}

fn link(title: &str, href: &str) -> PageLink {
    PageLink { title: Html::new(title), href: href.to_owned() }
}

pub(super) fn node(title: &str, href: &str, children: Vec<NavNode>) -> NavNode {
    NavNode { title: Html::new(title), href: href.to_owned(), children }
}
