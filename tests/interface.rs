//! Words of the interface in the languages of a site: forms for numbers, days, and what is found about translations.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/pipeline.rs"]
mod pipeline;

use std::io::Write;
use std::path::Path;
use std::process::Command;

use pipeline::{HOME, Outcome};
use variorum::check::fallbacks;
use variorum::translation::documents;

const CONFIGURATION: &str = "\
title: Manual
languages:
  en: { name: English }
  ru: { name: Russian, dir: translations/ru }
versions:
  - { plan: product, name: Product, releases: ['2.0'] }
";

/// A site of a home page with these files.
fn built(files: &[(&str, &str)]) -> Outcome {
    let folder = folder::tempdir().expect("a folder");
    let own = [("variorum.yml", CONFIGURATION), ("content/index.md", HOME)];
    pipeline::write(folder.path(), own.into_iter().chain(files.iter().copied()));
    pipeline::build(folder.path())
}

/// What the search of a page says of its results, as the page has it.
fn found(page: &str) -> serde_json::Value {
    let (_, rest) = page.split_once("data-found=\"").expect("the page has a search");
    let (json, _) = rest.split_once('"').expect("an attribute ends");
    serde_json::from_str(&json.replace("&quot;", "\"")).expect("it is JSON")
}

const RUSSIAN: &str = "\
search:
  found:
    one: '{count} ответ'
    few: '{count} ответа'
    many: '{count} ответов'
    other: '{count} ответа'
";

#[test]
fn a_translation_has_the_forms_of_its_language() {
    let outcome = built(&[("translations/ru/data/ui.yml", RUSSIAN)]);
    assert_eq!(outcome.shown(), Vec::<String>::new());
    let russian = found(&outcome.page("ru/product@2.0/index.html"));
    assert_eq!((&russian["lang"], &russian["many"]), (&"ru".into(), &"{count} ответов".into()));
    let english = found(&outcome.page("en/product@2.0/index.html"));
    assert_eq!((&english["lang"], &english["few"]), (&"en".into(), &serde_json::Value::Null));
}

#[test]
fn words_that_nobody_has_translated_keep_the_forms_of_their_language() {
    let own = "search: { found: { one: '{count} hit', other: '{count} hits' } }\n";
    let torn = "search: { found: { few: '{count} ответа' } }\n";
    let outcome = built(&[("data/ui.yml", own), ("translations/ru/data/ui.yml", torn)]);
    let russian = found(&outcome.page("ru/product@2.0/index.html"));
    assert_eq!(
        russian,
        serde_json::json!({
            "lang": "en", "one": "{count} hit", "other": "{count} hits",
        })
    );
}

/// What is found in a translation of the interface beside this `data/ui.yml`.
#[track_caller]
fn check(source: &str, own: &str, expected: &[&str]) {
    let outcome = built(&[("data/ui.yml", source), ("translations/ru/data/ui.yml", own)]);
    assert_eq!(outcome.shown(), expected);
}

#[test]
fn a_translation_is_held_against_the_site_and_the_theme() {
    check(
        "links:\n  shop: The shop of {owner}\n",
        "links:\n  shop: Магазин\n  shpo: Магазин\npages:\n  fallback_notice: 'Здесь {language}.'\n",
        &[
            "translations/ru/data/ui.yml:2:9 ui-placeholder: the placeholder `{owner}` is lost",
            "translations/ru/data/ui.yml:3:9 unknown-key: `links.shpo` is neither a string of the \
             default language nor of the theme",
        ],
    );
    check(
        "links: { shop: Shop }\n",
        "links: { shop: '<i>Магазин</i>' }\nsearch:\n  found:\n    one: '{count} ответ'\n    other: '{count} ответа'\n",
        &[
            "translations/ru/data/ui.yml:1:17 ui-html: `<i>` is not used in the source",
            "translations/ru/data/ui.yml:5:13 ui-plural-form: `search.found` has no form `few`",
            "translations/ru/data/ui.yml:5:13 ui-plural-form: `search.found` has no form `many`",
        ],
    );
}

#[test]
fn the_default_language_has_its_own_forms() {
    let outcome = built(&[("data/ui.yml", "eggs:\n  few: '{count} eggs'\n  other: eggs\n")]);
    assert_eq!(
        outcome.shown(),
        [
            "data/ui.yml:2:9 ui-plural-form: en has no form `few`: `eggs.few` is never shown",
            "data/ui.yml:3:10 ui-plural-form: `eggs` has no form `one`",
        ],
    );
}

#[test]
fn a_translation_that_equals_its_source_has_no_finding_but_for_forms() {
    let words = "links:\n  shop: <a href=\"/x\">{owner}</a>, {% data variables.x.y %}\n";
    let outcome = built(&[
        ("data/ui.yml", words),
        ("data/variables/x.yml", "y: z\n"),
        ("translations/ru/data/ui.yml", words),
    ]);
    assert_eq!(outcome.shown(), Vec::<String>::new());
}

#[test]
fn days_are_written_as_readers_of_the_language_do() {
    let page = "\
---
title: Home
versions: '*'
changelog:
  - { title: The lid locks, date: '2020-11-05', href: 'https://example.com/lid' }
  - { title: The lid opens, date: Last year, href: 'https://example.com/open' }
---
";
    let outcome = built(&[("content/index.md", page)]);
    for (language, day) in [("en", "November 5, 2020"), ("ru", "5 ноября 2020\u{202f}г.")] {
        let html = outcome.page(&format!("{language}/product@2.0/index.html"));
        let time = format!("<time datetime=\"2020-11-05\">{day}</time>");
        assert!(html.contains(&time), "{time} in {html}");
        assert!(html.contains("<time>Last year</time>"));
    }
}

#[test]
fn the_script_of_the_search_chooses_the_form() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/assets/search.js");
    let forms = r#"{ one: "{count} a", few: "{count} b", many: "{count} c", other: "{count} d" }"#;
    let program = format!(
        "require('vm').runInThisContext(require('fs').readFileSync({script:?}, 'utf8'));\n\
         const say = (lang, count) => variorumSearch.counted({{ lang, ...{forms} }}, count);\n\
         console.log([say('ru', 1), say('ru', 3), say('ru', 11), say('en', 3), say('', 1),\n\
         variorumSearch.counted({{ lang: 'ru', other: 'x {{count}}' }}, 3)].join('; '));"
    );
    let Ok(output) = Command::new("node").arg("-e").arg(program).output() else {
        let text = "skipped: there is no `node` to run the script of the search in";
        writeln!(std::io::stdout(), "{text}").expect("standard output is open");
        return;
    };
    let printed = String::from_utf8_lossy(&output.stdout);
    assert_eq!(printed.trim(), "1 a; 3 b; 11 c; 3 d; 1 d; x 3");
}

/// The keys of the interface that are to be translated into a language with this tag, where it has none of them. All of
/// them, and no others, are told to be in the default language.
fn wanted(tag: &str) -> Vec<String> {
    let folder = folder::tempdir().expect("a folder");
    let configuration =
        CONFIGURATION.replace("name: Russian,", &format!("name: Other, tag: {tag},"));
    let words = "hits:\n  one: '{count} hit'\n  other: '{count} hits'\nlinks: { one: One }\n";
    let files =
        [("variorum.yml", &*configuration), ("content/index.md", HOME), ("data/ui.yml", words)];
    pipeline::write(folder.path(), files);
    let site = pipeline::build(folder.path()).site;
    let language = site.config.find_language("ru").expect("the site has it");
    let documents = documents(&site, language);
    let units = documents.iter().flat_map(|document| &document.units);
    let keys: Vec<String> = units.map(|unit| unit.name.key(&site).to_owned()).collect();
    let wanted: Vec<String> = keys.into_iter().filter(|key| key.starts_with("ui.")).collect();
    let records = fallbacks(&site, &[language]).into_iter().map(|record| record.subject);
    assert_eq!(records.filter(|key| key.starts_with("ui.")).collect::<Vec<_>>(), wanted);
    wanted
}

#[test]
fn forms_that_a_language_does_not_have_are_not_to_be_translated() {
    assert_eq!(wanted("de"), ["ui.hits.one", "ui.hits.other", "ui.links.one"]);
    assert_eq!(wanted("ja"), ["ui.hits.other", "ui.links.one"]);
}
