//! Translations are untrusted: what could run does not reach a page, whatever it is written as, and structure comes
//! from the source alone. The output is read again by an HTML5 parser that the program does not use.

#[path = "support/dom.rs"]
mod dom;
#[path = "support/folder.rs"]
mod folder;
#[path = "support/payloads.rs"]
mod payloads;
#[path = "support/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::io::Write;

use dom::page;
use payloads::payloads;
use program::{Files, files, put, run};
use serde_json::Value;

const CONFIGURATION: &str = "\
title: Manual
base_url: https://docs.example.com
default_language: en
languages:
  en: { name: English }
  cn: { name: Chinese, tag: zh-Hans, dir: translations/zh-CN }
versions:
  - plan: product
    releases: ['2.0', '1.0']
default_version: product@2.0
";

/// Where a text of a page can stand: its name, and the page around it.
const SINKS: [(&str, &str); 20] = [
    ("paragraph", "---\ntitle: T\n---\nBefore TEXT behind.\n"),
    ("block", "---\ntitle: T\n---\nBefore.\n\nTEXT\n\nBehind.\n"),
    ("item", "---\ntitle: T\n---\n1. One\n\n   TEXT\n\n   - TEXT\n"),
    ("quote", "---\ntitle: T\n---\n> [!NOTE]\n> TEXT\n"),
    ("heading", "---\ntitle: T\n---\n## One\n\nText.\n\n## Two TEXT\n\n### TEXT\n"),
    ("heading id", "---\ntitle: T\n---\n## One {#TEXT}\n\n## Two\n"),
    ("table cell", "---\ntitle: T\n---\n| a | b |\n| - | - |\n| TEXT | c |\n"),
    ("link text", "---\ntitle: T\n---\n[TEXT](/target) and [a](/target)\n"),
    ("link title", "---\ntitle: T\n---\n[a](/target \"TEXT\")\n"),
    ("image alternative", "---\ntitle: T\n---\n![TEXT](/assets/a.png)\n"),
    ("image title", "---\ntitle: T\n---\n![a](/assets/a.png \"TEXT\")\n"),
    ("fence info", "---\ntitle: T\n---\n```js TEXT\na\n```\n"),
    ("code", "---\ntitle: T\n---\n```shell\nTEXT\n```\n\n```mermaid\nTEXT\n```\n\n`TEXT`\n"),
    ("note", "---\ntitle: T\n---\n{% note %}\n\nTEXT\n\n{% endnote %}\n"),
    ("icon", "---\ntitle: T\n---\n{% octicon \"gear\" aria-label=\"TEXT\" %}\n"),
    ("title", "---\ntitle: TEXT\nshortTitle: TEXT\n---\n[AUTOTITLE](/target)\n"),
    ("intro", "---\ntitle: T\nintro: TEXT\n---\nText.\n"),
    ("permissions", "---\ntitle: T\npermissions: TEXT\nproduct: TEXT\n---\nText.\n"),
    (
        "output",
        "---\ntitle: T\n---\n{% assign a = TEXT %}{{ a }} {% capture b %}x{% endcapture %}{{ b }}\n",
    ),
    ("reference", "---\ntitle: T\n---\n{% data DATUM %} and\n\n{% data DATUM %}\n"),
];

#[test]
fn no_payload_in_a_translation_lives() {
    let payloads = payloads();
    assert!(payloads.len() >= 300, "{} payloads", payloads.len());
    let (clean, dirty) = (site("plain", &["安全".to_owned()]), site("plain", &payloads));
    let (clean, dirty) = (build(&clean), build(&dirty));
    let mut pages = 0;
    let mut wrong = Vec::new();
    for (sink, (name, _)) in SINKS.iter().enumerate() {
        let plain = page(&clean[&path("cn", sink, 0)]);
        for (number, payload) in payloads.iter().enumerate() {
            let found = page(&dirty[&path("cn", sink, number)]);
            pages += 1;
            wrong.extend(
                found.beyond(&plain).into_iter().map(|what| format!("{name}: {what}: {payload}")),
            );
        }
    }
    // Titles are shown on other pages too: in navigation, breadcrumbs, lists, and addresses that have moved.
    let others = dirty.iter().filter(|(path, _)| path.ends_with(".html") && !path.contains("/s"));
    for (path, bytes) in others {
        pages += 1;
        wrong.extend(page(bytes).live().into_iter().map(|what| format!("{path}: {what}")));
    }
    for (path, bytes) in dirty.iter().filter(|(path, _)| path.ends_with("/index.md")) {
        pages += 1;
        wrong.extend(twin(bytes).live().into_iter().map(|what| format!("{path}: {what}")));
    }
    say(&format!("{} payloads, {} places, {pages} pages", payloads.len(), SINKS.len()));
    assert!(wrong.is_empty(), "{}\n{} live", wrong.join("\n"), wrong.len());
}

/// The twin of a page as a program shows it that lets HTML through.
fn twin(markdown: &[u8]) -> dom::Page {
    let text = String::from_utf8_lossy(markdown);
    let mut html = String::new();
    let syntax = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_GFM;
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(&text, syntax));
    page(html.as_bytes())
}

#[test]
fn no_payload_in_the_source_runs() {
    let payloads = payloads();
    let written = build_with(&sources(&payloads), &["--version", "product@2.0", "--lang", "en"]);
    let mut wrong = Vec::new();
    for (path, bytes) in written.iter().filter(|(path, _)| path.ends_with(".html")) {
        wrong.extend(page(bytes).live().into_iter().map(|what| format!("{path}: {what}")));
    }
    assert!(wrong.is_empty(), "{}\n{} live", wrong.join("\n"), wrong.len());
}

#[test]
fn strings_of_the_interface_are_text() {
    let payloads = payloads();
    let keys = keys();
    let mut wrong = Vec::new();
    for some in payloads.chunks(keys.len()) {
        let mut ui = Value::Object(serde_json::Map::new());
        for (key, payload) in keys.iter().zip(some) {
            insert(&mut ui, key, payload);
        }
        let mut site = site("plain", &["安全".to_owned()]);
        site.insert("data/ui.yml".to_owned(), blank(&ui).to_string().into_bytes());
        site.insert("translations/zh-CN/data/ui.yml".to_owned(), ui.to_string().into_bytes());
        for (path, bytes) in build(&site).iter().filter(|(path, _)| path.ends_with(".html")) {
            wrong.extend(page(bytes).live().into_iter().map(|what| format!("{path}: {what}")));
        }
    }
    assert!(wrong.is_empty(), "{}\n{} live", wrong.join("\n"), wrong.len());
}

#[test]
fn structure_comes_from_the_source_alone() {
    const PAGES: usize = 1_000;
    let (mut clean, mut dirty) = (base(), base());
    for number in 0..PAGES {
        let versions = ["'*'", "{ product: '>=2.0' }", "{ product: '<2.0' }"][number % 3];
        let source = format!(
            "---\ntitle: Page {number}\nredirect_from: [/old/{number}, /older/{number}]\nversions: {versions}\n---\nText {number}.\n"
        );
        let path = format!("p{}/a{number}.md", number % 7);
        for site in [&mut clean, &mut dirty] {
            site.insert(format!("content/{path}"), source.clone().into_bytes());
        }
        let own = format!("---\ntitle: 页 {number}\n---\n文 {number}。\n");
        clean.insert(format!("translations/zh-CN/content/{path}"), own.into_bytes());
        let own = format!("---\ntitle: 页 {number}\n{}---\n文 {number}。\n", structure(number));
        dirty.insert(format!("translations/zh-CN/content/{path}"), own.into_bytes());
    }
    let (clean, dirty) = (build_with(&clean, &[]), build_with(&dirty, &[]));
    let (theirs, own) = (redirects(&clean), redirects(&dirty));
    for (from, to) in &theirs {
        assert_eq!(own.get(from), Some(to), "{from}");
    }
    // What a translation alone has is below its own language, and leads to a page that has no such address.
    let more: Vec<_> = own.iter().filter(|(from, _)| !theirs.contains_key(*from)).collect();
    assert!(!more.is_empty(), "the pages have such addresses");
    for (from, to) in &more {
        assert!(from.starts_with("/cn/") && to.starts_with("/cn/"), "{from} {to}");
        assert!(dirty.contains_key(&format!("{}/index.html", to.trim_start_matches('/'))), "{to}");
    }
    let added: Vec<&String> = dirty.keys().filter(|path| !clean.contains_key(*path)).collect();
    let allowed: Vec<String> = more
        .iter()
        .map(|(from, _)| format!("{}/index.html", from.trim_start_matches('/')))
        .collect();
    assert!(added.iter().all(|path| allowed.contains(path)), "{added:?}");
    for (path, bytes) in &clean {
        let kept = path.ends_with(".json") || dirty.get(path) == Some(bytes);
        assert!(kept, "{path} differs");
    }
}

/// Keys of front matter that are not for translators, with values by chance.
fn structure(seed: usize) -> String {
    let other = (seed * 7 + 3) % 1_000;
    let all = [
        format!(
            "redirect_from: [/old/{other}, /p{}/a{other}, /neu/{seed}, //evil.example, '/../{seed}']\n",
            other % 7
        ),
        "redirect_from: https://evil.example/\n".to_owned(),
        format!("redirect_from: /en/product@2.0/p{}/a{other}\n", other % 7),
        "versions: { product: '<1.0' }\n".to_owned(),
        "versions: { other: '*' }\n".to_owned(),
        "versions: 7\n".to_owned(),
        format!("children: [/a{other}, /../..]\n"),
        "hidden: true\n".to_owned(),
        "mapTopic: true\n".to_owned(),
        "layout: release-notes\n".to_owned(),
        "type: tutorial\n".to_owned(),
        "featuredLinks: { popular: [/p1/a1, 'javascript:alert(1)'] }\n".to_owned(),
        "introLinks: { overview: 'javascript:alert(1)' }\n".to_owned(),
        "learningTracks: [evil]\n".to_owned(),
        "includeGuides: [/p1/a1]\n".to_owned(),
        "changelog: { label: evil }\n".to_owned(),
        "permalink: /evil\n".to_owned(),
        "showMiniToc: false\n".to_owned(),
        "miniTocMaxHeadingLevel: 4\n".to_owned(),
        "interactive: true\n".to_owned(),
    ];
    let redirect = &all[seed % 3];
    let others = all[3..].iter().enumerate().filter(|(at, _)| !(seed / 3).is_multiple_of(at + 2));
    // One value of `versions` is enough, as a key that is there twice costs the file.
    let versions = format!("{}\n", all[3 + seed % 3].trim_end());
    let others: String = others.filter(|(at, _)| *at > 2).map(|(_, text)| text.as_str()).collect();
    format!("{redirect}{versions}{others}")
}

fn redirects(written: &Files) -> BTreeMap<String, String> {
    serde_json::from_slice(&written["redirects.json"]).expect("a map of addresses")
}

fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("standard output is open");
}

fn base() -> Files {
    let home = "---\ntitle: Home\nversions: '*'\n---\n";
    let files = [
        ("variorum.yml", CONFIGURATION),
        ("content/index.md", home),
        ("content/target.md", "---\ntitle: Target\nversions: '*'\n---\nText.\n"),
        ("assets/a.png", "picture"),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

/// A page for each sink and payload, in translation; the source has plain text there.
fn site(plain: &str, payloads: &[String]) -> Files {
    let mut site = base();
    let mut data = (BTreeMap::new(), BTreeMap::new());
    for (sink, (_, around)) in SINKS.iter().enumerate() {
        for (number, payload) in payloads.iter().enumerate() {
            let name = format!("s{sink}x{number}.md");
            let key = format!("d{number}");
            data.0.insert(key.clone(), plain.to_owned());
            data.1.insert(key.clone(), payload.clone());
            let source = filled(around, plain, &key).replacen("---\n", "---\nversions: '*'\n", 1);
            site.insert(format!("content/{name}"), source.into_bytes());
            let own = filled(around, payload, &key);
            site.insert(format!("translations/zh-CN/content/{name}"), own.into_bytes());
        }
    }
    site.insert("content/list.md".to_owned(), list(payloads.len()).into_bytes());
    let json = |data: &BTreeMap<String, String>| serde_json::to_vec(data).expect("texts");
    site.insert("data/variables/d.yml".to_owned(), json(&data.0));
    site.insert("translations/zh-CN/data/variables/d.yml".to_owned(), json(&data.1));
    site
}

/// A page that shows the titles and intros of others.
fn list(pages: usize) -> String {
    let shown = |(sink, (name, _)): (usize, &(&str, &str))| {
        let lines =
            (0..pages).map(move |number| format!("{{% link_with_intro /s{sink}x{number} %}}\n"));
        matches!(*name, "title" | "intro").then(|| lines.collect::<String>())
    };
    let lines: String = SINKS.iter().enumerate().filter_map(shown).collect();
    format!("---\ntitle: List\nversions: '*'\n---\n{lines}")
}

/// A page with the text in its place. Front matter and tags have it in quotation marks.
fn filled(around: &str, text: &str, key: &str) -> String {
    let (front, body) = around[4..].split_once("---\n").expect("front matter");
    let quoted = Value::String(text.to_owned()).to_string();
    let liquid =
        format!("'{}'", text.replace('\'', "\u{2019}").replace("%}", "").replace('\n', " "));
    let body = body.replace("DATUM", &format!("variables.d.{key}"));
    let body = body.replace("a = TEXT", &format!("a = {liquid}"));
    format!("---\n{}---\n{}", front.replace("TEXT", &quoted), body.replace("TEXT", text))
}

/// A page for each payload in the default language, with all places on it.
fn sources(payloads: &[String]) -> Files {
    let mut site = base();
    let mut data = BTreeMap::new();
    for (sink, (_, around)) in SINKS.iter().enumerate() {
        for (number, payload) in payloads.iter().enumerate() {
            let key = format!("d{number}");
            data.insert(key.clone(), payload.clone());
            let text = filled(around, payload, &key).replacen("---\n", "---\nversions: '*'\n", 1);
            site.insert(format!("content/s{sink}x{number}.md"), text.into_bytes());
        }
    }
    let json = serde_json::to_vec(&data).expect("texts");
    site.insert("data/variables/d.yml".to_owned(), json);
    site
}

fn path(language: &str, sink: usize, number: usize) -> String {
    format!("{language}/product@2.0/s{sink}x{number}/index.html")
}

/// Builds the site in one version; what was written.
fn build(site: &Files) -> Files {
    build_with(site, &["--version", "product@2.0", "--lang", "cn"])
}

fn build_with(site: &Files, arguments: &[&str]) -> Files {
    let folder = folder::tempdir().expect("a temporary folder");
    put(folder.path(), site);
    let ran =
        run(folder.path(), &[&["build", "--quiet", "--date", "2020-11-01"], arguments].concat());
    assert!((0..=1).contains(&ran.code), "{}", ran.printed);
    files(&folder.path().join("public"))
}

/// The names of all strings of the interface that the theme has.
fn keys() -> Vec<String> {
    let text = include_str!("../templates/ui/en.yml");
    let mut keys = Vec::new();
    let mut path: Vec<&str> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim().starts_with('#'))
    {
        let depth = (line.len() - line.trim_start().len()) / 2;
        let Some((key, value)) = line.trim().split_once(':') else { continue };
        path.truncate(depth);
        path.push(key);
        if !value.trim().is_empty() {
            keys.push(path.join("."));
        }
    }
    keys
}

fn insert(tree: &mut Value, key: &str, text: &str) {
    let pointer = key.split('.').fold(tree, |tree, part| {
        if !tree.is_object() {
            *tree = Value::Object(serde_json::Map::new());
        }
        &mut tree[part]
    });
    *pointer = Value::String(text.to_owned());
}

/// The same tree with plain texts.
fn blank(tree: &Value) -> Value {
    match tree {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), blank(value))).collect(),
        _ => Value::String("plain".to_owned()),
    }
}
