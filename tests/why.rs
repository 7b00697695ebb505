//! What answers an address, or why nothing does: the words for people, and that they agree with the table of redirects.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/pipeline.rs"]
mod pipeline;
#[path = "support/program.rs"]
mod program;
#[path = "support/shared.rs"]
mod shared;

use std::path::Path;

use variorum::redirects::why::{Answer, Why, why};
use variorum::render::{Prepared, Twins};

/// A site with two languages and two versions, in which something is missing everywhere.
const FILES: &[(&str, &str)] = &[
    (
        "content/guides/index.md",
        "---\ntitle: Guides\nchildren:\n  - /start\n  - /new\n  - /gone\n---\n",
    ),
    (
        "content/guides/start.md",
        "---\ntitle: Start here\nintro: A lead.\nversions: '*'\nredirect_from:\n  - /begin\n  - \
         /product@1.0/first\n---\n\n## Set it up\n\nText.\n\n<a id=\"place\"></a>\n",
    ),
    (
        "content/guides/new.md",
        "---\ntitle: New\nversions:\n  prod: '>=2.0'\nredirect_from: /newer\n---\nText.\n",
    ),
    ("content/guides/gone.md", "---\ntitle: Gone\nversions:\n  feature: dark\n---\nText.\n"),
    ("content/guides/other.md", "---\ntitle: Other\nversions:\n  server: '*'\n---\nText.\n"),
    ("data/features/dark.yml", "versions:\n  prod: '2.0'\n"),
    ("translations/zh/content/guides/start.md", "---\ntitle: 开始\n---\n\n## 设置\n\n{% if %}\n"),
    ("translations/zh/content/guides/new.md", "---\ntitle: [\n---\n"),
    ("assets/images/cat.png", "a cat"),
    ("variorum.yml", CONFIGURATION),
];

const CONFIGURATION: &str = "\
title: Manual
base_url: https://docs.example.com/docs
languages:
  en: { name: English }
  zh: { name: Chinese, tag: zh-Hans, dir: translations/zh }
versions:
  - plan: product
    name: Product
    short_name: prod
    releases: ['2.0', '1.0']
    retired: ['0.9']
  - plan: server
    name: Server
";

fn site() -> tempfile::TempDir {
    let folder = folder::tempdir().expect("a temporary folder");
    pipeline::write(folder.path(), FILES.iter().copied());
    folder
}

/// A site that is ready to be rendered.
fn prepared(root: &Path, config: &Path) -> Prepared<'static> {
    let site = pipeline::stages::read(root, config).value;
    pipeline::stages::prepared(&site, jiff::civil::date(2020, 6, 1), Twins::Written).value
}

/// What is said of these addresses, in the order given.
fn told(addresses: &[&str]) -> String {
    let folder = site();
    let prepared = prepared(folder.path(), &folder.path().join("variorum.yml"));
    addresses.iter().map(|address| why(&prepared, address).to_string()).collect()
}

#[test]
fn pages_are_told_with_their_files_versions_and_headings() {
    insta::assert_snapshot!(told(&[
        "https://docs.example.com/docs/en/product@2.0/guides/start",
        "/docs/en/product@1.0/guides/start/#set-it-up",
        "/en/product@2.0/guides/start/index.html?q=1#set-it-upp",
        "/en/product@2.0/guides/start#place",
        "/en/product@2.0/guides/start#nothing-like-it",
        "/zh/product@2.0/guides/start#set-it-up",
        "/zh/product@2.0/guides/new",
        "/zh/product@2.0/guides/gone",
        "/en/product@2.0/guides",
        "/en/product%402.0/guides/st%61rt",
        "/en/product@2.0/guides/start/index.md",
        "/en/product@2.0/guides/start/page.json",
        "/en",
    ]));
}

#[test]
fn old_addresses_are_told_with_their_entries() {
    insta::assert_snapshot!(told(&[
        "/begin",
        "/docs/begin/?x=y",
        "/zh/product@1.0/begin",
        "/en/begin/index.html",
        "/en/product@1.0/first",
        "https://DOCS.example.com/docs",
        "/",
    ]));
}

#[test]
fn files_are_told_by_what_they_are() {
    insta::assert_snapshot!(told(&[
        "/assets/images/cat.png",
        "/docs/assets/variorum/search.js",
        "/search/zh.json",
        "/search/0123456789abcdef.json",
        "/sitemap.xml",
        "/llms.txt",
        "/404.html",
        "/zh/404.html",
        "/redirects.json",
        "/report.json",
    ]));
}

#[test]
fn what_nothing_answers_is_told_with_the_reason() {
    insta::assert_snapshot!(told(&[
        "/en/product@0.9/guides/start",
        "/en/product@3.0/guides/start",
        "/en/prodct@2.0/guides/start",
        "/ja/product@2.0/guides/start",
        "/ja",
        "/guides/start",
        "/product@1.0/guides/start",
        "/en/guides/start",
        "/en/product@1.0/guides/new",
        "/en/product@1.0/guides/gone",
        "/en/product@1.0/guides/other",
        "/en/product@2.0/guides/other/",
        "/en/server@latest/begin",
        "/en/product@1.0/newer",
        "/en/product@2.0/guides/strat",
        "/en/product@2.0/tutorials/start",
        "/en/product@2.0/nothing/like/it",
        "/nothing",
        "/assets/images/cap.png",
        "/assets/pictures/cat.png",
        "/assets/none.svg",
        "/sitemaps.xml",
        "/content/guides/new.md",
        "/translations/zh/content/guides/start.md",
        "/en/product@2.0/guides/new/index.md/x",
    ]));
}

#[test]
fn addresses_of_others_are_told_apart() {
    insta::assert_snapshot!(told(&[
        "https://other.example/docs/en",
        "//other.example/docs/en",
        "https://docs.example.com/blog/en",
        "https://docs.example.com:8080/docs/en",
        "mailto:someone@docs.example.com",
        "/%ff",
    ]));
}

#[test]
fn where_the_default_version_is_left_out_its_long_addresses_lead_to_the_short_ones() {
    let folder = site();
    let config = format!("{CONFIGURATION}urls:\n  default_version: omit\n");
    std::fs::write(folder.path().join("variorum.yml"), config).expect("the folder is ours");
    let prepared = prepared(folder.path(), &folder.path().join("variorum.yml"));
    let told = [
        "/en/product@2.0/guides/start",
        "/en/guides/start",
        "/en/product@1.0/guides/start",
        "/en/guides/other",
        "/en/guides/strat",
    ];
    let told: String = told.iter().map(|address| why(&prepared, address).to_string()).collect();
    insta::assert_snapshot!(told);
}

#[test]
fn whatever_is_asked_is_answered() {
    let folder = site();
    let prepared = prepared(folder.path(), &folder.path().join("variorum.yml"));
    let odd = [
        "",
        "#",
        "?",
        "/",
        "//",
        "///",
        "http://",
        "https:",
        ":",
        "/..",
        "/../..",
        "\0",
        "/\n",
        "/en/",
        "/en//product@2.0",
        "/en/product@2.0/",
        "/en/@",
        "/@",
        "/en/product@",
        "/assets/",
        "/assets",
        "/search/",
        "/en/product@2.0/../x",
        "%",
        "/%2e%2e/%2f",
        "é",
        "/中文#文",
        "docs",
    ];
    for address in odd {
        let why = why(&prepared, address);
        assert_eq!(why.is_answered(), why.reasons.is_empty(), "{address:?}: {why}");
    }
}

#[test]
fn nothing_that_others_wrote_writes_over_the_terminal() {
    let folder = site();
    let page = "---\ntitle: \"Red \\e[31m \\u202e\"\nversions: '*'\n---\n";
    std::fs::write(folder.path().join("content/red.md"), page).expect("the folder is ours");
    let prepared = prepared(folder.path(), &folder.path().join("variorum.yml"));
    for address in ["/en/product@2.0/red", "/en/product@2.0/\u{1b}[2J%1b[2J\u{202e}"] {
        let told = why(&prepared, address).to_string();
        assert!(!told.contains(['\u{1b}', '\u{202e}']), "{told:?}");
    }
}

#[test]
fn json_has_the_same_and_the_exit_code_says_whether_anything_answers() {
    let folder = site();
    let run = |address: &str| {
        let mut command = program::program(folder.path());
        let output = command.args(["why", "--format", "json", address]).output();
        let output = output.expect("the program can be started");
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        (output.status.code(), json)
    };
    let (code, json) = run("/zh/product@2.0/guides/start#set-it-up");
    assert_eq!(code, Some(0));
    insta::assert_snapshot!(serde_json::to_string_pretty(&json).expect("JSON"));
    let (code, json) = run("/begin");
    assert_eq!(
        (code, &json["old"]["target"]),
        (Some(0), &"/docs/en/product@2.0/guides/start".into())
    );
    assert_eq!(json["old"]["place"]["line"], 6);
    let (code, json) = run("/en/product@1.0/guides/new");
    assert_eq!((code, &json["answer"]), (Some(1), &"nothing".into()));
    let (code, json) = run("https://other.example/");
    assert_eq!((code, &json["answer"]), (Some(1), &"elsewhere".into()));
}

#[test]
fn every_page_and_every_old_address_is_answered_as_the_build_answers_it() {
    let folder = site();
    agrees(&prepared(folder.path(), &folder.path().join("variorum.yml")));
    let manual = Path::new(env!("CARGO_MANIFEST_DIR"));
    agrees(&prepared(manual, &manual.join("variorum.yml")));
}

#[test]
fn every_address_of_the_corpus_is_answered_as_the_build_answers_it() {
    let Some((corpus, config)) = shared::corpus() else { return };
    let asked = agrees(&prepared(&corpus, &config));
    assert!(asked > 40_000, "{asked}");
}

/// Asks for every old address and every permalink. How many that were.
fn agrees(prepared: &Prepared<'_>) -> usize {
    let site = prepared.site();
    let base = site.config.base_path();
    let mut asked = 0;
    let mut ask = |address: &str| -> Why {
        asked += 1;
        why(prepared, address)
    };
    for (from, to) in site.redirects.iter() {
        let target = format!("{base}{}", site.permalink(to.page, to.variant));
        let answer = ask(&format!("{base}{}", from.replace('%', "%25")));
        let old = answer.old.as_ref().map(|old| &*old.target);
        // The home page stands at the root of its language too.
        let expected = site.page_at(from).is_none().then_some(&*target);
        assert_eq!(old, expected, "{from}: {answer}");
    }
    for page in &site.pages {
        for language in site.languages() {
            for version in page.versions.iter() {
                let variant = variorum::variant::Variant { language, version };
                let permalink = site.permalink(page.id, variant);
                let answer = ask(&permalink.replace('%', "%25"));
                assert_eq!(answer.answer, Answer::Page, "{permalink}: {answer}");
                let found = answer.page.expect("it is a page");
                assert!(found.is_canonical, "{permalink}");
                let code = &site.config.language(language).code;
                assert_eq!((&found.language, found.versions.len()), (code, page.versions.len()));
            }
        }
    }
    asked
}
