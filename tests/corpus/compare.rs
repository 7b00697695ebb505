//! A built page beside the same page of the reference: what differs, aspect by aspect.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::expected::{Item, Row};
use super::facts::{Facts, Ids, facts, facts_of, squeezed};

/// What is compared of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Aspect {
    Text,
    Headings,
    External,
    Structure,
    Title,
    Intro,
    Breadcrumbs,
    MiniToc,
}

/// Each aspect with its name in tables.
pub(crate) const ASPECTS: [(Aspect, &str); 8] = [
    (Aspect::Text, "Text"),
    (Aspect::Headings, "Headings"),
    (Aspect::External, "External links"),
    (Aspect::Structure, "Structure"),
    (Aspect::Title, "Title"),
    (Aspect::Intro, "Intro"),
    (Aspect::Breadcrumbs, "Breadcrumbs"),
    (Aspect::MiniToc, "Mini-TOC"),
];

/// An aspect in which the two pages differ, as lines.
#[derive(Debug)]
pub(crate) struct Difference {
    pub(crate) aspect: Aspect,
    pub(crate) expected: Vec<String>,
    pub(crate) found: Vec<String>,
}

/// A page of which both sides were read.
#[derive(Debug)]
pub(crate) struct Compared<'a> {
    pub(crate) row: &'a Row,
    pub(crate) differences: Vec<Difference>,
    /// The texts of links that stand for pages: of the reference, and ours.
    pub(crate) page_links: [Vec<String>; 2],
    /// Our breadcrumbs, address and title, and those of the page in English.
    pub(crate) ways: [Vec<(String, String)>; 2],
}

/// Reads the built page of `row` and compares the two.
pub(crate) fn compare<'a>(site: &Path, row: &'a Row) -> Result<Compared<'a>, String> {
    let html = page(site, &row.href).ok_or_else(|| format!("{}: no such page", row.href))?;
    let ids = if row.language == "en" { Ids::Compared } else { Ids::Ignored };
    let found = facts_of(&html, "article-contents", ids)
        .ok_or_else(|| format!("{}: a page without an article", row.href))?;
    let expected = facts(&row.body_html, ids);
    let english = row.href.replacen(&format!("/{}/", row.language), "/en/", 1);
    let english = page(site, &english).map(|html| breadcrumbs(&html)).unwrap_or_default();
    let own = breadcrumbs(&html);
    let page_links = [&expected, &found].map(|facts| facts.page_links.clone());
    let sides = [sides_of_body(expected, found), sides_of_frame(row, &html, &own, ids)].concat();
    let differences = sides.into_iter().filter(|(_, [expected, found])| expected != found);
    let difference = |(aspect, [expected, found]): Side| Difference { aspect, expected, found };
    Ok(Compared {
        row,
        differences: differences.map(difference).collect(),
        page_links,
        ways: [own, english],
    })
}

/// An aspect with the lines of the reference and ours.
type Side = (Aspect, [Vec<String>; 2]);

fn sides_of_body(expected: Facts, found: Facts) -> Vec<Side> {
    vec![
        (Aspect::Text, [expected.text, found.text]),
        (Aspect::Headings, [expected.headings, found.headings]),
        (Aspect::External, [expected.external, found.external]),
        (Aspect::Structure, [expected.structure, found.structure]),
    ]
}

fn sides_of_frame(row: &Row, html: &str, crumbs: &[(String, String)], ids: Ids) -> Vec<Side> {
    let intro = facts_of(html, "article-intro", ids).unwrap_or_default().text;
    let crumbs = crumbs.iter().map(|(href, title)| format!("{href} {title}")).collect();
    vec![
        (Aspect::Title, [text(&row.title), heading(html)]),
        (Aspect::Intro, [text(&row.intro), intro]),
        (Aspect::Breadcrumbs, [expected_breadcrumbs(row), crumbs]),
        (Aspect::MiniToc, [expected_toc(row, ids), toc(html, ids)]),
    ]
}

fn text(html: &Option<String>) -> Vec<String> {
    facts(html.as_deref().unwrap_or_default(), Ids::Ignored).text
}

/// The text of the first heading of the first level.
pub(crate) fn heading(html: &str) -> Vec<String> {
    let rest = html.find("<h1").map_or("", |start| &html[start..]);
    facts(&rest[..rest.find("</h1>").unwrap_or(0)], Ids::Ignored).text
}

/// The built page at an address.
pub(crate) fn page(site: &Path, href: &str) -> Option<String> {
    fs::read_to_string(site.join(href.trim_matches('/')).join("index.html")).ok()
}

/// Where the steps of the way to a page lead, and their titles.
fn breadcrumbs(html: &str) -> Vec<(String, String)> {
    let nav = between(html, "<nav class=\"breadcrumbs\"", "</nav>");
    links(nav).map(|(_, href, title)| (href.to_owned(), title)).collect()
}

fn expected_breadcrumbs(row: &Row) -> Vec<String> {
    let step = |step: &Value| {
        let part = |key: &str| step[key].as_str().unwrap_or_default().to_owned();
        let title = facts(&part("title"), Ids::Ignored).text.concat();
        format!("/{}{} {title}", row.language, part("href"))
    };
    row.breadcrumbs.iter().flat_map(|steps| steps.values()).map(step).collect()
}

/// The list of headings: level, platform, id where ids are compared, text.
fn toc(html: &str, ids: Ids) -> Vec<String> {
    let nav = between(html, "<nav class=\"toc\"", "</nav>");
    let item = |(before, href, title): (&str, &str, String)| {
        let class = between(before, "<li class=\"level-", "\"");
        let (level, platform) = class.split_once(' ').unwrap_or((class, ""));
        toc_line(level, platform, href, &title, ids)
    };
    links(nav).map(item).collect()
}

fn toc_line(level: &str, platform: &str, href: &str, title: &str, ids: Ids) -> String {
    let href = if ids == Ids::Compared { href } else { "" };
    format!("{level} {platform} {href} {title}")
}

/// A single heading is no list: neither side shows it.
fn expected_toc(row: &Row, ids: Ids) -> Vec<String> {
    let item = |item: &Item| {
        let platform = item.platform.as_deref().unwrap_or_default();
        let platform = platform.trim_start_matches("extended-markdown").trim();
        let href = between(&item.contents, "href=\"", "\"");
        let title = squeezed(&facts(&item.contents, Ids::Ignored).text.join(" "));
        toc_line(&item.indentation_level.to_string(), platform, href, &title, ids)
    };
    let items = row.mini_toc_items.as_deref().unwrap_or_default();
    if items.len() > 1 { items.iter().map(item).collect() } else { Vec::new() }
}

/// The links of a piece of HTML: what stands before each since the last, its address and its text.
fn links(html: &str) -> impl Iterator<Item = (&str, &str, String)> {
    html.split("</a>").filter_map(|piece| {
        let start = piece.rfind("<a ")?;
        let title = facts(&piece[start..], Ids::Ignored).text.join(" ");
        let (before, link) = piece.split_at(start);
        Some((before, between(link, "href=\"", "\""), title))
    })
}

/// What stands behind the first `start` and before the next `end`.
pub(crate) fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text.find(start).map_or("", |at| &text[at + start.len()..]);
    &rest[..rest.find(end).unwrap_or(0)]
}
