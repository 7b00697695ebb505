//! `variorum refs` as it is used: sites in, what is printed out.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/program.rs"]
mod program;
#[path = "support/shared.rs"]
mod shared;
#[path = "support/stages.rs"]
mod stages;

use std::time::Instant;

use program::{Files, program, put};
use shared::say;
use variorum::references::{References, unused};

const CONFIGURATION: &str = "\
title: Manual
languages:
  en: { name: English }
  zh: { name: Chinese, tag: zh-Hans, dir: translations/zh }
versions:
  - plan: product
    name: Product
    releases: ['2.0', '1.0']
notices:
  translation: reusables.notice
";

const SITE: [(&str, &str); 14] = [
    ("variorum.yml", CONFIGURATION),
    ("content/index.md", "---\ntitle: Home\nversions: '*'\n---\n"),
    (
        "content/lamps.md",
        "---\ntitle: 'Lamps of {% data variables.product.name %}'\nversions: '*'\n---\n\
         Use {% data reusables.lamps.oil %} in {% data variables.product.name %}.\n\n\
         ![A lamp](/assets/lamp.png)\n",
    ),
    (
        "content/ropes.md",
        "---\ntitle: Ropes\nversions:\n  product: '2.0'\n---\n\
         {% ifversion night %}{% data reusables.lamps.oil %}{% endif %} [Lamps](/lamps#oil)\n",
    ),
    (
        "translations/zh/content/lamps.md",
        "---\ntitle: 灯\n---\n用{% data reusables.lamps.oil %}。{% data variables.product.name %}\n",
    ),
    ("data/reusables/lamps/oil.md", "oil from {% data reusables.lamps.store %}\n"),
    ("data/reusables/lamps/store.md", "the store of {{ site.data.variables.product.name }}\n"),
    ("data/reusables/notice.md", "{% data variables.product.name %} in another language\n"),
    (
        "data/variables/product.yml",
        "name: >-\n  {% ifversion product > 1.0 %}Lantern{% else %}Lamp{% endif %}\nother: x\n",
    ),
    ("data/versions/product@1.0/variables/fact.yml", "wick: cotton\n"),
    ("data/variables/fact.yml", "wick: hemp\n"),
    ("translations/zh/data/variables/fact.yml", "wick: 麻\n"),
    ("data/features/night.yml", "versions:\n  product: '*'\n"),
    ("assets/lamp.png", "no picture"),
];

/// What is printed for a name, and the exit code where it is not 0.
fn told(arguments: &[&str]) -> String {
    let folder = folder::tempdir().expect("a temporary folder");
    let site = SITE.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    put(folder.path(), &site.collect::<Files>());
    let mut command = program(folder.path());
    let output = command.arg("refs").args(arguments).output().expect("the program can be started");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    match output.status.code() {
        Some(0) => printed,
        code => format!("{printed}{}{code:?}", String::from_utf8_lossy(&output.stderr)),
    }
}

#[test]
fn a_variable_is_told_with_its_chain_and_its_values() {
    insta::assert_snapshot!("variable", told(&["variables.product.name"]));
    insta::assert_snapshot!("json", told(&["variables.product.name", "--format", "json"]));
}

#[test]
fn a_value_of_one_version_and_a_fallback_are_told_apart() {
    insta::assert_snapshot!("fact", told(&["variables.fact.wick"]));
}

#[test]
fn files_are_told_like_what_they_hold() {
    insta::assert_snapshot!("reusable", told(&["data/reusables/lamps/store.md"]));
    assert_eq!(told(&["data/reusables/lamps/store.md"]), told(&["reusables.lamps.store"]));
    insta::assert_snapshot!("picture", told(&["assets/lamp.png"]));
    insta::assert_snapshot!("page", told(&["content/lamps.md"]));
    insta::assert_snapshot!("feature", told(&["night"]));
}

#[test]
fn what_there_is_not_is_told_with_what_may_have_been_meant() {
    insta::assert_snapshot!(told(&["variables.product.nmae"]), @"
    error: nothing of the site is called `variables.product.nmae`: did you mean `variables.product.name` or `variables.product.other`?
    Some(1)
    ");
    insta::assert_snapshot!(told(&["qqqqqqqqqqqqqqqq"]), @"
    error: nothing of the site is called `qqqqqqqqqqqqqqqq`: name a key of the data, a file of the site, or a feature
    Some(1)
    ");
}

#[test]
#[ignore = "measures with the corpus, where it is: run it in a release build"]
fn figures_of_the_corpus() {
    let Some((root, config)) = shared::corpus() else { return };
    let site = stages::read(&root, &config).value;
    let begun = Instant::now();
    let references = References::new(&site);
    let gathered = begun.elapsed();
    let found = unused(&site, &references);
    let all = begun.elapsed();
    say(&format!("{} references in {gathered:?}", references.all().len()));
    say(&format!("{} unused in {:?}", found.len(), all - gathered));
    for one in found {
        say(&format!("  {} {}", one.target.kind(), one.target.name(&site)));
    }
}
