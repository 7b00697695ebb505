//! What a change brought is what all of the site has now and had not before, although few pages are looked at.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/stages.rs"]
mod stages;

use std::collections::BTreeMap;
use std::path::Path;

use variorum::check::{Ready, since};
use variorum::diagnostic::{Diagnostic, Finding};
use variorum::render::{Prepared, Twins};

type Files = BTreeMap<String, String>;

/// A site in which everything leads to everything.
fn site() -> Files {
    let page = |title: &str, more: &str, body: &str| {
        format!("---\ntitle: {title}\nversions: '*'\n{more}---\n\n{body}")
    };
    let files = [
        (
            "variorum.yml",
            "title: Kettles\n\
             languages:\n  en: { name: English }\n  zh: { name: Chinese, tag: zh-Hans, dir: translations/zh }\n\
             versions:\n  - { plan: cloud, name: Cloud }\n  \
             - { plan: server, name: Server, releases: ['2.0', '1.0'] }\n"
                .to_owned(),
        ),
        ("content/index.md", page("Home", "", "[Start](/guides/start#install)\n")),
        (
            "content/guides/index.md",
            page("Guides", "children:\n  - /start\n  - /tea\n  - /cups\n  - /dark\n", ""),
        ),
        (
            "content/guides/start.md",
            page(
                "Start",
                "redirect_from:\n  - /old-start\n",
                "## Install\n\nOpen {% data variables.product.name %}. See [tea](/guides/tea#leaves).\n",
            ),
        ),
        (
            "content/guides/tea.md",
            page(
                "Tea",
                "",
                "## Leaves\n\n{% data reusables.steps.boil %}\n\n[Start](/old-start), [here](#leaves).\n",
            ),
        ),
        (
            "content/guides/cups.md",
            page(
                "Cups",
                "",
                "{% include cup %} ![Cup](/assets/images/cup.png) [dark](/guides/dark)\n",
            ),
        ),
        (
            "content/guides/dark.md",
            "---\ntitle: Dark\nversions:\n  feature: dark\n---\n\n## Light\n\n\
             {% ifversion dark %}[Cups](/guides/cups){% endif %}\n"
                .to_owned(),
        ),
        ("translations/zh/content/guides/tea.md", "---\ntitle: 茶 Tea\n---\n\n## 茶叶\n\n{% data reusables.steps.boil %}\n\n[开始](/old-start)、[这里](#leaves)。\n".to_owned()),
        ("data/variables/product.yml", "name: Kettle\nshort: K\n".to_owned()),
        ("data/reusables/steps/boil.md", "Boil. {% data reusables.steps.pour %}\n".to_owned()),
        ("data/reusables/steps/pour.md", "Pour {% data variables.product.short %}. [Light](/guides/dark#light)\n".to_owned()),
        ("data/features/dark.yml", "versions:\n  cloud: '*'\n  server: '>=2.0'\n".to_owned()),
        ("templates/includes/cup.html", "<p><a href=\"/guides/tea#leaves\">Tea</a></p>\n".to_owned()),
        ("assets/images/cup.png", "a picture\n".to_owned()),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text)).collect()
}

/// A change: a file, what is replaced in it and by what. With nothing to replace, the file gets this text, or goes.
type Change = (&'static str, &'static str, Option<&'static str>);

const CHANGES: &[Change] = &[
    ("content/guides/start.md", "## Install", Some("## Set up")),
    ("content/guides/start.md", "  - /old-start", Some("  - /older-start")),
    ("content/guides/start.md", "#leaves", Some("#leafs")),
    ("content/guides/start.md", "variables.product.name", Some("variables.product.nmae")),
    ("content/guides/start.md", "versions: '*'", Some("versions:\n  cloud: '*'")),
    ("content/guides/tea.md", "## Leaves", Some("## Leaf")),
    ("content/guides/tea.md", "", None),
    ("content/guides/cups.md", "", None),
    ("content/guides/dark.md", "## Light", Some("## Lights")),
    ("content/guides/dark.md", "{% endif %}", Some("")),
    ("content/guides/dark.md", "feature: dark", Some("server: '<1.0'")),
    (
        "content/guides/new.md",
        "",
        Some("---\ntitle: Novel\nversions: '*'\n---\n\n[x](/guides/nowhere)\n"),
    ),
    ("content/guides/index.md", "  - /tea\n", Some("")),
    ("translations/zh/content/guides/tea.md", "#leaves", Some("#ye")),
    ("translations/zh/content/guides/tea.md", "", None),
    ("data/variables/product.yml", "short: K", Some("shorter: K")),
    ("data/variables/product.yml", "name: Kettle", Some("name: '{{ kettle }}'")),
    ("data/reusables/steps/pour.md", "#light", Some("#lights")),
    ("data/reusables/steps/pour.md", "", None),
    ("data/reusables/steps/boil.md", "Boil.", Some("{% boil %}")),
    ("data/reusables/steps/unused.md", "", Some("Nobody.\n")),
    ("data/features/dark.yml", ">=2.0", Some(">=1.0")),
    ("data/features/dark.yml", "", None),
    ("templates/includes/cup.html", "#leaves", Some("#cups")),
    ("templates/includes/cup.html", "", None),
    ("assets/images/cup.png", "", None),
    ("templates/page.html", "", Some("{{ body }}{{ nothing.at.all }}\n")),
];

fn changed(mut files: Files, changes: &[Change]) -> Files {
    for (path, old, new) in changes {
        match (files.get(*path).cloned(), new) {
            (Some(text), Some(new)) if !old.is_empty() => {
                files.insert((*path).to_owned(), text.replace(old, new));
            }
            (_, Some(new)) => {
                files.insert((*path).to_owned(), (*new).to_owned());
            }
            (_, None) => {
                files.remove(*path);
            }
        }
    }
    files
}

/// The site of these files, ready to be rendered.
fn ready(files: &Files) -> (Prepared<'static>, Vec<Diagnostic>) {
    let folder = folder::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    read(folder.path())
}

fn read(root: &Path) -> (Prepared<'static>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let site = stages::read(root, &root.join("variorum.yml")).collect(&mut found);
    let today = jiff::civil::date(2026, 1, 1);
    let prepared = stages::prepared(&site, today, Twins::LeftOut).collect(&mut found);
    (prepared, found)
}

/// The findings that are new, as lines.
fn brought(
    before: &(Prepared<'static>, Vec<Diagnostic>),
    now: &(Prepared<'static>, Vec<Diagnostic>),
    is_alike: bool,
) -> Vec<String> {
    let was = Ready { prepared: &before.0, found: before.1.clone() };
    let is = Ready { prepared: &now.0, found: now.1.clone() };
    let line = |finding: Finding| {
        let at = now.0.site().sources.locate(finding.diagnostic.span);
        let (path, line, column) = (at.path, at.line, at.column);
        format!(
            "{path}:{line}:{column} {}: {}",
            finding.diagnostic.code.name, finding.diagnostic.message
        )
    };
    let mut lines: Vec<String> = since(was, is, is_alike).findings.into_iter().map(line).collect();
    lines.sort();
    lines
}

#[track_caller]
fn check(changes: &[Change]) -> Vec<String> {
    let before = ready(&site());
    let now = ready(&changed(site(), changes));
    let found = brought(&before, &now, true);
    assert_eq!(found, brought(&before, &now, false), "after {changes:#?}");
    found
}

#[test]
fn each_change_brings_what_a_look_at_everything_finds() {
    let brought: Vec<usize> = CHANGES.iter().map(|change| check(&[*change]).len()).collect();
    // A test of changes that bring nothing would hold nothing.
    assert!(brought.iter().filter(|count| **count > 0).count() > 15, "{brought:?}");
}

#[test]
fn pairs_of_changes_bring_what_a_look_at_everything_finds() {
    for (at, change) in CHANGES.iter().enumerate() {
        check(&[*change, CHANGES[(at * 7 + 3) % CHANGES.len()]]);
    }
}

#[test]
fn nothing_is_brought_by_text_that_moves_what_is_wrong() {
    let faulty: Change = ("content/guides/start.md", "#leaves", Some("#leafs"));
    let before = ready(&changed(site(), &[faulty]));
    let moved: Change = ("content/guides/start.md", "## Install", Some("A word.\n\n## Install"));
    let now = ready(&changed(site(), &[faulty, moved]));
    assert_eq!(brought(&before, &now, true), Vec::<String>::new());
}

#[test]
fn a_page_that_is_gone_and_one_that_was_moved_want_a_redirect() {
    let mut files = site();
    let tea = files.remove("content/guides/tea.md").expect("it is there");
    files.insert("content/tea.md".to_owned(), tea);
    files.remove("content/guides/cups.md");
    let found = brought(&ready(&site()), &ready(&files), true);
    let missing: Vec<&String> =
        found.iter().filter(|line| line.contains("missing-redirect")).collect();
    assert_eq!(
        missing,
        [
            "content/guides/index.md:1:1 missing-redirect: `content/guides/cups.md` was at `/guides/cups`, where nothing answers now",
            "content/tea.md:1:1 missing-redirect: the page was at `/guides/tea`, where nothing answers now",
        ]
    );
    let rules = "languages:\n";
    let off = changed(
        files.clone(),
        &[("variorum.yml", rules, Some("rules: { missing-redirect: off }\nlanguages:\n"))],
    );
    let found = brought(&ready(&site()), &ready(&off), true);
    assert!(!found.iter().any(|line| line.contains("missing-redirect")), "{found:#?}");
    let with_redirects = changed(
        files,
        &[
            ("content/tea.md", "versions: '*'", Some("versions: '*'\nredirect_from: /guides/tea")),
            (
                "content/index.md",
                "versions: '*'",
                Some("versions: '*'\nredirect_from: /guides/cups"),
            ),
        ],
    );
    let found = brought(&ready(&site()), &ready(&with_redirects), true);
    assert!(!found.iter().any(|line| line.contains("missing-redirect")), "{found:#?}");
}
