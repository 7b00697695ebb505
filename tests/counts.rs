//! How much a build does, as it counts it itself: what is the same is done once.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/program.rs"]
mod program;

use std::fs;

use program::Files;

/// What a build counts.
#[derive(Debug, PartialEq, Eq)]
struct Counts {
    pages: u64,
    evaluations: u64,
    bodies: u64,
    code_blocks: u64,
}

/// The counts of a site with these releases, and these files besides its home page.
#[track_caller]
fn check(releases: &[&str], files: &[(&str, &str)], expected: [u64; 4]) {
    let [pages, evaluations, bodies, code_blocks] = expected;
    assert_eq!(counts(releases, files), Counts { pages, evaluations, bodies, code_blocks });
}

fn counts(releases: &[&str], files: &[(&str, &str)]) -> Counts {
    let folder = folder::tempdir().expect("a temporary folder");
    let mut site: Files = Files::new();
    for (path, text) in files {
        // What follows the path is the body of a page, or all of a data file.
        let page = format!("---\ntitle: T\nversions: '*'\n---\n{text}");
        let text = if path.contains("content/") { page } else { (*text).to_owned() };
        site.insert((*path).to_owned(), text.into_bytes());
    }
    let home = "---\ntitle: Home\nversions: '*'\n---\nHome.\n";
    site.insert("content/index.md".to_owned(), home.into());
    site.insert("variorum.yml".to_owned(), configuration(releases).into_bytes());
    program::put(folder.path(), &site);
    let ran = program::run(folder.path(), &["build", "--timings=timings.json"]);
    assert_eq!((ran.code, &*ran.printed), (0, ""));
    let told = fs::read(folder.path().join("timings.json")).expect("times were written");
    let told: serde_json::Value = serde_json::from_slice(&told).expect("times are JSON");
    let count = |name: &str| told["counts"][name].as_u64().expect("a count");
    Counts {
        pages: count("pages"),
        evaluations: count("evaluations"),
        bodies: count("bodies"),
        code_blocks: count("code_blocks"),
    }
}

/// Two languages; the newest release is the default.
fn configuration(releases: &[&str]) -> String {
    let newest = releases[0];
    let list = releases.join("\", \"");
    format!(
        "title: T\ndefault_language: en\nlanguages:\n  en: {{ name: English }}\n\
         \x20 zh: {{ name: Chinese, tag: zh-Hans, dir: translations/zh }}\n\
         versions:\n  - plan: p\n    name: P\n    releases: [\"{list}\"]\n\
         default_version: p@{newest}\n"
    )
}

const ONE: &[&str] = &["1.0"];
const TWO: &[&str] = &["2.0", "1.0"];
const THREE: &[&str] = &["3.0", "2.0", "1.0"];

#[test]
fn a_version_that_differs_in_nothing_costs_no_evaluation() {
    let files = [
        ("content/a.md", "A {% data variables.b %}.\n"),
        ("translations/zh/content/a.md", "甲 {% data variables.b %}。\n"),
        ("data/variables.yml", "b: B\n"),
    ];
    // Home and page, each in two languages, and home once more as the root of each language; home is not translated,
    // so that its languages share a body.
    check(ONE, &files, [6, 4, 3, 0]);
    check(THREE, &files, [14, 4, 3, 0]);
}

#[test]
fn a_version_that_differs_costs_one_evaluation() {
    let files = [
        ("content/a.md", "{% ifversion p = 2.0 %}A{% else %}B{% endif %}\n"),
        ("translations/zh/content/a.md", "{% ifversion p = 2.0 %}甲{% else %}乙{% endif %}\n"),
    ];
    check(TWO, &files, [10, 6, 5, 0]);
    check(THREE, &files, [14, 6, 5, 0]);
}

#[test]
fn a_value_of_one_version_costs_one_evaluation() {
    let files = [
        ("content/a.md", "{% data variables.b %}\n"),
        ("data/variables.yml", "b: B\n"),
        ("data/versions/p@2.0/variables.yml", "b: C\n"),
    ];
    check(THREE, &files, [14, 6, 3, 0]);
}

#[test]
fn versions_with_equal_texts_share_a_body() {
    let files = [("content/a.md", "{% ifversion p = 2.0 %}A{% else %}A{% endif %}\n")];
    check(THREE, &files, [14, 6, 2, 0]);
}

#[test]
fn languages_that_fall_back_share_a_body() {
    let files = [
        ("content/a.md", "{% ifversion p = 2.0 %}A{% else %}B{% endif %}\n"),
        ("content/b.md", "{% data variables.c %}\n"),
        ("data/variables.yml", "c: C\n"),
    ];
    check(THREE, &files, [20, 8, 4, 0]);
    // What is translated inside a page that is not makes a text of its own.
    let translated = ("translations/zh/data/variables.yml", "c: 丙\n");
    check(THREE, &[&files[..], &[translated]].concat(), [20, 8, 5, 0]);
}

#[test]
fn a_code_block_is_highlighted_once_wherever_it_stands() {
    let block = "```json\n{\"a\": 1}\n```\n";
    let differing = format!("{{% ifversion p = 2.0 %}}A{{% else %}}B{{% endif %}}\n\n{block}");
    let other = format!("{block}\n```yaml\na: 1\n```\n");
    let files = [
        ("content/a.md", &*differing),
        ("content/b.md", &*other),
        ("content/c.md", "{% data reusables.block %}\n"),
        ("data/reusables/block.md", block),
        ("translations/zh/content/b.md", &*other.replace("```yaml", "乙\n\n```yaml")),
    ]
    .map(|(path, text)| (path, text.to_owned()));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, &**text)).collect();
    assert_eq!(counts(THREE, &files).code_blocks, 2);
}
