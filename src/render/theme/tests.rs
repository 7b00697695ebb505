//! What the built-in theme prints, and what a site can change of it.

use super::sample;
use super::*;
use crate::render::context::Html;

fn theme() -> Theme {
    Theme::new(Vec::new()).expect("the built-in theme has no faults")
}

fn english(theme: &Theme) -> UiStrings {
    theme.ui_strings("en", BTreeMap::new())
}

fn with_file(name: &str, text: &str) -> Result<Theme, TemplateFault> {
    Theme::new(vec![(name.to_owned(), text.to_owned())])
}

/// The page without the marks of the assets' content, which change with every edit of the style.
fn stable(html: &str) -> String {
    let asset = |line: &str| match line.split_once("s?") {
        Some((address, rest)) if address.contains("/assets/") => {
            format!("{address}s?MARK{}", &rest[8..])
        }
        _ => line.to_owned(),
    };
    html.lines().map(asset).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_page_with_everything() {
    let theme = theme();
    let html = theme.page(&sample::page(english(&theme))).expect("it renders");
    insta::assert_snapshot!(stable(&html));
}

#[test]
fn a_home_page() {
    let theme = theme();
    let mut page = sample::page(english(&theme));
    page.page =
        PageFields { kind: PageKind::Home, title: Html::new("Garden Docs"), ..Default::default() };
    (page.navigation, page.previous, page.next) = (None, None, None);
    page.notices.clear();
    page.toc.truncate(1);
    page.breadcrumbs.clear();
    insta::assert_snapshot!(stable(&theme.page(&page).expect("it renders")));
}

#[test]
fn a_navigation() {
    let theme = theme();
    let navigation = theme.navigation(&sample::navigation(english(&theme))).expect("it renders");
    insta::assert_snapshot!(navigation.html());
}

#[test]
fn a_redirect() {
    let theme = theme();
    insta::assert_snapshot!(
        theme.redirect(&sample::redirect(english(&theme))).expect("it renders")
    );
}

#[test]
fn a_page_that_is_not_there() {
    let theme = theme();
    let ui = theme.ui_strings("zh-Hans", BTreeMap::new());
    insta::assert_snapshot!(stable(&theme.not_found(&sample::not_found(ui)).expect("it renders")));
}

#[test]
fn text_stands_in_the_order_of_reading() {
    let theme = theme();
    let html = theme.page(&sample::page(english(&theme))).expect("it renders");
    let order = [
        "This plan is",
        "was discontinued",
        "<h1>",
        "How much is enough.</p>",
        "For gardens",
        "Gardeners can",
        "In this article",
        "#first",
        "id=\"article-contents\"",
        "Text &amp; more",
    ];
    let places: Vec<_> = order.iter().map(|text| html.rfind(text).expect(text)).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn what_is_not_there_leaves_nothing_behind() {
    let theme = theme();
    let mut page = sample::page(english(&theme));
    page.page = PageFields { title: Html::new("Title"), ..Default::default() };
    page.toc.truncate(1);
    page.versions.truncate(1);
    page.languages.truncate(1);
    page.notices.clear();
    page.children.clear();
    page.tracks.clear();
    page.landing = crate::render::context::Landing::default();
    let html = theme.page(&page).expect("it renders");
    for absent in [
        "article-intro",
        "class=\"toc\"",
        "class=\"picker\"",
        "class=\"notice",
        "class=\"card",
        "<section",
        "intro-links",
        "track",
        "none",
    ] {
        assert!(!html.contains(absent), "{absent}");
    }
}

#[test]
fn text_in_another_language_says_so() {
    let theme = theme();
    let mut page = sample::page(theme.ui_strings("zh-Hans", BTreeMap::new()));
    page.language = sample::chinese();
    page.page.text_language = Some("en".to_owned());
    page.page.title_language = Some("en".to_owned());
    let html = theme.page(&page).expect("it renders");
    assert!(html.contains("<html lang=\"zh-Hans\" dir=\"ltr\">"));
    assert!(html.contains(
        "<article id=\"article-contents\" data-default-platform=\"linux\" lang=\"en\" dir=\"auto\">"
    ));
    assert!(html.contains("<h1 lang=\"en\" dir=\"auto\">"));
    assert!(html.contains("本文内容"));
}

/// Markup in each field that is text: it must come out as text.
#[test]
fn text_never_becomes_markup() {
    let theme = theme();
    let bad = || "\"><script>'&".to_owned();
    let mut page = sample::page(theme.ui_strings("en", theme_strings_all(&bad())));
    page.site = crate::render::context::SiteContext {
        title: bad(),
        base_path: bad(),
        home: bad(),
        search: Some(bad()),
    };
    page.language.tag = bad();
    page.language.native_name = bad();
    page.version.title = bad();
    page.page.full_title = bad();
    page.page.description = Some(bad());
    page.page.canonical = Some(bad());
    page.page.text_language = Some(bad());
    page.page.title_language = Some(bad());
    page.page.default_tool = Some(bad());
    page.landing.changelog_href = Some(bad());
    for notice in &mut page.notices {
        notice.lang = Some(bad());
    }
    for item in page.versions.iter_mut().chain(&mut page.languages) {
        (item.title, item.href, item.tag) = (bad(), bad(), Some(bad()));
    }
    page.toc[0].href = bad();
    page.toc[0].platform = bad();
    page.breadcrumbs[0].href = bad();
    page.alternates[0].tag = bad();
    page.alternates[0].href = bad();
    page.children[0].href = bad();
    page.children[0].children[0].href = bad();
    let html = theme.page(&page).expect("it renders");
    assert!(!html.contains("<script>") && !html.contains("\"\">"), "{html}");

    let mut redirect = sample::redirect(theme.ui_strings("en", theme_strings_all(&bad())));
    (redirect.target, redirect.canonical) = (bad(), Some(bad()));
    let html = theme.redirect(&redirect).expect("it renders");
    assert!(!html.contains("<script>") && !html.contains("\"\">"), "{html}");
}

/// Every string of the theme replaced by `text`.
fn theme_strings_all(text: &str) -> BTreeMap<String, String> {
    english(&theme()).keys().map(|key| (key.to_owned(), text.to_owned())).collect()
}

#[test]
fn slashes_in_addresses_stay_as_they_are() {
    let theme = theme();
    let html = theme.page(&sample::page(english(&theme))).expect("it renders");
    assert!(!html.contains("&#x2f;") && html.contains("href=\"/docs/en/product/sowing\""));
}

#[test]
fn a_site_replaces_one_template() {
    let theme = with_file("partials/pager.html", "<p>{{ t('ours.next') }} {{ next.href }}</p>")
        .expect("no faults");
    let ui =
        theme.ui_strings("en", BTreeMap::from([("ours.next".to_owned(), "Onward".to_owned())]));
    let html = theme.page(&sample::page(ui)).expect("it renders");
    assert!(html.contains("<p>Onward /docs/en/product/weeding</p>"), "{html}");
    assert!(html.contains("id=\"article-contents\""));
}

#[test]
fn a_page_names_a_layout_of_the_site() {
    let theme = with_file("poster.html", "{{ page.plain_title }}!").expect("no faults");
    let mut page = sample::page(english(&theme));
    page.page.layout = Some("poster".to_owned());
    assert!(theme.has_layout("poster"));
    for name in ["unknown", "navigation", "partials/toc"] {
        assert!(!theme.has_layout(name), "{name}");
    }
    assert_eq!(theme.page(&page).expect("it renders"), "Watering well!");
    page.page.layout = Some("unknown".to_owned());
    assert!(theme.page(&page).expect("it renders").contains("article-contents"));
}

#[test]
fn a_site_replaces_the_style_and_adds_assets() {
    let files = [("assets/theme.css", "p{}"), ("assets/more.css", "a{}")];
    let theme = Theme::new(files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec());
    let theme = theme.expect("no faults");
    let assets: Vec<_> = theme.assets().map(|(path, bytes)| (path, bytes.len())).collect();
    assert!(assets.contains(&("assets/variorum/more.css", 3)));
    assert!(assets.contains(&("assets/variorum/theme.css", 3)));
}

#[test]
fn the_style_holds_nothing_from_elsewhere() {
    for (path, bytes) in theme().assets() {
        let text = std::str::from_utf8(bytes).expect("assets are text");
        // The name of the language of icons is no address.
        let text = text.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        assert!(!text.contains("://") && !text.contains("@import"), "{path}");
    }
}

/// A template with a fault, and what is said about it.
#[track_caller]
fn check_fault(name: &str, template: &str, line: usize, message: &str) {
    let fault =
        with_file(name, template).and_then(|theme| theme.page(&sample::page(english(&theme))));
    let expected =
        TemplateFault { name: name.to_owned(), line: Some(line), message: message.to_owned() };
    assert_eq!(fault, Err(expected));
}

#[test]
fn a_broken_template_is_named_with_its_line() {
    check_fault(
        "partials/pager.html",
        "a\n{% if x %}",
        2,
        "unexpected end of input, expected end of block",
    );
    check_fault("partials/pager.html", "a\n\n{{ page.titel }}", 3, "`page.titel` is undefined");
    check_fault("page.html", "{{ t('no.such') }}", 1, "unknown interface string `no.such`");
    check_fault("page.html", "\n{{ icon('no-such') }}", 2, "unknown icon `no-such`");
    check_fault("page.html", "\n{{ asset('no.css') }}", 2, "unknown asset `no.css`");
    check_fault("page.html", "{{ page.title|bad }}", 1, "filter bad is unknown");
    check_fault(
        "page.html",
        "{% include 'no-such.html' %}",
        1,
        "tried to include non-existing template `no-such.html`",
    );
    check_fault(
        "page.html",
        "{% extends 'no-such.html' %}",
        1,
        "template `no-such.html` does not exist",
    );
    check_fault(
        "ui/fr.yml",
        "a: b\nc: \"d",
        2,
        "while scanning a quoted scalar, found unexpected end of stream",
    );
    check_fault("ui/en.yml", "a: b\nc: [d]", 2, "interface strings are a mapping of strings");
}

#[test]
fn a_template_cannot_run_for_ever() {
    let endless =
        "{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}";
    check_fault("page.html", endless, 1, "takes more than the limit of 5000000 steps");
    check_fault("page.html", "{% include 'page.html' %}", 1, "recursion limit exceeded");
}

#[test]
fn strings_come_from_the_site_then_the_language_then_english() {
    let theme = with_file("ui/zh.yml", "pages: { miniToc: 本文 }").expect("no faults");
    let site = BTreeMap::from([("pages.next".to_owned(), "后页".to_owned())]);
    let ui = theme.ui_strings("zh-Hans-CN", site);
    assert_eq!(ui.get("pages.next"), Some("后页"));
    assert_eq!(ui.get("pages.miniToc"), Some("本文"));
    assert_eq!(ui.get("pages.previous"), Some("上一页"));
    assert_eq!(ui.get("no.such"), None);
    assert_eq!(theme.ui_strings("fr", BTreeMap::new()).get("pages.next"), Some("Next"));
    let filled = ui.filled("pages.fallback_notice", &[("language", "English")]);
    assert_eq!(filled.as_deref(), Some("此页面尚未翻译，显示的是原文（English）。"));
}

/// A page with this text in the place of the pager, and strings of the site in a language.
#[track_caller]
fn check_words(tag: &str, site: &[(&str, &str)], template: &str, expected: &str) {
    let theme = with_file("partials/pager.html", &format!("<p>{template}</p>")).expect("no faults");
    let site = site.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
    let html = theme.page(&sample::page(theme.ui_strings(tag, site))).expect("it renders");
    assert!(html.contains(&format!("<p>{expected}</p>")), "{expected} in {html}");
}

#[test]
fn a_count_chooses_the_form_of_a_word() {
    let found = |count: u64| format!("{{{{ t('search.found', count={count}) }}}}");
    check_words("en", &[], &found(1), "1 result.");
    check_words("en", &[], &found(0), "0 results.");
    check_words("zh-Hans", &[], &found(1), "找到 1 条结果。");
    let russian = [
        ("search.found.one", "{count} ответ"),
        ("search.found.few", "{count} ответа"),
        ("search.found.many", "{count} ответов"),
        ("search.found.other", "{count} ответа"),
    ];
    for (count, expected) in [(1, "1 ответ"), (3, "3 ответа"), (11, "11 ответов"), (21, "21 ответ")]
    {
        check_words("ru", &russian, &found(count), expected);
    }
    check_words("ru", &russian, "{{ t('search.found') }}", "{count} ответа");
    // A length is a count as well.
    check_words("ru", &russian, "{{ t('search.found', count=toc|length) }}", "2 ответа");
}

#[test]
fn words_in_another_language_have_the_forms_of_theirs() {
    let found = "{{ t('search.found', count=1) }}";
    // Nobody has written it in Japanese, which has one form.
    check_words("ja", &[], found, "1 result.");
    // Forms of two languages are not mixed.
    check_words("ru", &[("search.found.other", "Ответы: {count}")], found, "Ответы: 1");
    check_words("ru", &[("search.found.few", "{count} ответа")], found, "1 result.");
    check_words("ru", &[("search.found", "Ответы: {count}")], found, "Ответы: 1");
    check_words(
        "ru",
        &[("pages.next.one", "a"), ("pages.next.other", "b")],
        "{{ t('pages.next') }}{{ t('pages.next', count=1) }}",
        "ba",
    );
}

#[test]
fn scripts_get_all_forms_with_their_language() {
    let forms = "{{ forms('search.found') }}";
    check_words(
        "en",
        &[],
        forms,
        "{&quot;lang&quot;:&quot;en&quot;,&quot;one&quot;:&quot;{count} result.&quot;,\
         &quot;other&quot;:&quot;{count} results.&quot;}",
    );
    check_words(
        "zh-Hans",
        &[("search.found", "<{count}>")],
        forms,
        "{&quot;lang&quot;:&quot;&quot;,&quot;other&quot;:&quot;&lt;{count}&gt;&quot;}",
    );
    check_fault("page.html", "\n{{ forms('no.such') }}", 2, "unknown interface string `no.such`");
}

#[test]
fn a_navigation_marks_the_current_page_and_opens_its_branches() {
    let theme = theme();
    let navigation = theme.navigation(&sample::navigation(english(&theme))).expect("it renders");
    let soil = navigation.for_page("/docs/en/product/beds/soil");
    assert_eq!(soil.matches("<details open>").count(), 2, "{soil}");
    assert!(soil.contains("<a href=\"/docs/en/product/beds/soil\" aria-current=\"page\">Soil</a>"));
    let watering = navigation.for_page("/docs/en/product/watering");
    assert_eq!(watering.matches("open").count(), 0);
    assert_eq!(watering.matches("aria-current").count(), 1);
    assert!(!navigation.for_page("/elsewhere").contains("<details"));
}

/// With `default-src 'self'` a browser runs nothing and styles nothing that stands in the page itself.
#[test]
fn a_strict_content_security_policy_takes_nothing_away() {
    for (name, text) in BUILT_IN.iter().filter(|(name, _)| name.ends_with(".html")) {
        for inline in [" style=", "<style", "<script>", " onclick=", " onload=", "javascript:"] {
            assert!(!text.contains(inline), "{inline} in {name}");
        }
    }
}

/// Every icon that the style names is published beside it.
#[test]
fn the_icons_of_the_style_are_there() {
    let theme = theme();
    let assets: Vec<&str> = theme.assets().map(|(path, _)| path).collect();
    let (_, style) =
        theme.assets().find(|(path, _)| path.ends_with("theme.css")).expect("there is a style");
    let style = std::str::from_utf8(style).expect("assets are text");
    let named: Vec<&str> =
        style.split("url(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(named.len() > 5, "{named:?}");
    for name in named {
        assert!(assets.contains(&&*format!("assets/variorum/{name}")), "{name}");
    }
}
