//! Every kind of finding is found in its own example, which the manual shows, and nowhere else in the site around it.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/pipeline.rs"]
mod pipeline;

use std::collections::{BTreeMap, BTreeSet};

use variorum::diagnostic::{Code, Finding, codes};
use variorum::messages::{Catalog, MessageLanguage};
use variorum::model::Site;
use variorum::translation::damage;

/// What no text of a site can show: bytes, links of the file system, sizes, faults of the program, another state of the
/// site (tests/since.rs), other sites (tests/external.rs).
const WITHOUT_EXAMPLE: &[&str] = &[
    "not-utf-8",
    "nul-byte",
    "file-too-large",
    "symlink-outside",
    "unsafe-name",
    "program-fault",
    "yaml-limit",
    "no-history",
    "liquid-limit",
    "markdown-limit",
    "missing-redirect",
    "dead-external-link",
    "unknown-source-commit",
    "translation-budget",
];

/// The site around the examples: two plans, of which one has releases and one to come, and two languages.
const SITE: &[(&str, &str)] = &[
    (
        "variorum.yml",
        "title: Kettles\n\
         languages:\n  \
           en: { name: English }\n  \
           zh: { name: Chinese, tag: zh-Hans, dir: translations/zh }\n\
         versions:\n  \
           - { plan: cloud, name: Cloud }\n  \
           - { plan: server, name: Server, releases: ['2.0', '1.0'], next: '3.0', retired: ['0.9'] }\n",
    ),
    (
        "content/index.md",
        "---\ntitle: Home\nversions: '*'\n---\n\nMore about {% data variables.product.name %}.\n",
    ),
    (
        "content/guides/start.md",
        "---\ntitle: Start\nversions: '*'\n---\n\n## Install\n\nOpen {% data variables.product.name %}. {% data reusables.sign-in %} ![The kettle](/assets/images/kettle.png)\n\n{% ifversion dark %}Switch the light on.{% endif %}\n",
    ),
    (
        "translations/zh/content/guides/start.md",
        "---\ntitle: 开始\n---\n\n## 安装\n\n打开{% data variables.product.name %}。{% data reusables.sign-in %} ![水壶](/assets/images/kettle.png)\n\n{% ifversion dark %}开灯。{% endif %}\n",
    ),
    ("data/variables/product.yml", "name: Kettle\n"),
    ("data/reusables/sign-in.md", "Sign in.\n"),
    ("data/features/dark.yml", "versions:\n  cloud: '*'\n  server: '>=2.0'\n"),
    ("assets/images/kettle.png", "a picture\n"),
];

/// The front matter of an example's page that has none.
const FRONT: &str = "---\ntitle: Tea\nversions: '*'\n---\n\n";

/// The site with an example in it; the index of the guides lists all guides that there are.
fn site(code: Option<&Code>) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> =
        SITE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    for (path, text) in code.iter().flat_map(|code| code.example) {
        // The example for a page without front matter is one that has none.
        let is_whole = !path.contains("content/")
            || text.starts_with("---")
            || code.is_some_and(|code| code.name == "missing-front-matter");
        let text = if is_whole { (*text).to_owned() } else { format!("{FRONT}{text}") };
        files.insert((*path).to_owned(), text);
    }
    let guides = files.keys().filter_map(|path| path.strip_prefix("content/guides/"));
    let guides: BTreeSet<&str> =
        guides.map(|path| path.split(['/', '.']).next().unwrap_or(path)).collect();
    let listed: String = guides
        .iter()
        .filter(|guide| **guide != "index")
        .map(|guide| format!("  - /{guide}\n"))
        .collect();
    let index = format!("---\ntitle: Guides\nversions: '*'\nchildren:\n{listed}---\n");
    files.entry("content/guides/index.md".to_owned()).or_insert(index);
    files
}

/// What is found in the site with an example in it.
fn found(code: Option<&Code>) -> Vec<String> {
    let folder = folder::tempdir().expect("a folder");
    let files = site(code);
    pipeline::write(folder.path(), files.iter().map(|(path, text)| (&**path, text)));
    let built = pipeline::build(folder.path());
    let mut found = built.shown();
    found.extend(damage_in(&built.site));
    found
}

/// What `variorum translations check` finds.
fn damage_in(site: &Site) -> Vec<String> {
    let catalog = Catalog::of(MessageLanguage::English);
    let languages = site.languages().filter(|language| !language.is_default());
    let faults = languages.flat_map(|language| damage::check(site, language));
    let findings: Vec<Finding> =
        faults.map(|fault| Finding::from(fault.diagnostic(&catalog))).collect();
    pipeline::shown(site, &findings)
}

#[test]
fn nothing_is_wrong_with_the_site_around_the_examples() {
    assert_eq!(found(None), Vec::<String>::new());
}

#[test]
fn every_kind_of_finding_is_found_in_its_example() {
    let mut wrong = Vec::new();
    for code in codes::all() {
        if code.example.is_empty() != WITHOUT_EXAMPLE.contains(&code.name) {
            wrong.push(format!(
                "{}: has an example or is one of those without, not both",
                code.name
            ));
        }
        if code.example.is_empty() {
            continue;
        }
        let found = found(Some(code));
        let is_it = |line: &&String| line.contains(&format!(" {}: ", code.name));
        if found.iter().filter(is_it).count() == 0 {
            wrong.push(format!("{}: not found, but {found:#?}", code.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_of_finding_says_what_why_and_what_to_do() {
    for code in codes::all() {
        for text in [code.summary, code.why, code.cure] {
            assert!(text.ends_with('.') && text.len() > 10, "{}: {text:?}", code.name);
        }
    }
}
