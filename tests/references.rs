//! Who refers to what in a site, and what nobody comes to: sites in, lines out.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/stages.rs"]
mod stages;

use std::path::Path;
use std::sync::Arc;

use variorum::model::Site;
use variorum::references::{Reference, References, Target, references_in, unused};

const CONFIGURATION: &str = "\
title: Manual
languages:
  en: { name: English }
  zh: { name: Chinese, tag: zh-Hans, dir: translations/zh }
versions:
  - plan: product
    name: Product
    releases: ['2.0', '1.0']
    notice: reusables.banner
";

const HOME: &str = "---\ntitle: Home\nversions: '*'\n---\n";

fn site(root: &Path, files: &[(&str, &str)]) -> Arc<Site> {
    let own = [("variorum.yml", CONFIGURATION), ("content/index.md", HOME)];
    for (path, text) in own.iter().chain(files) {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    stages::read(root, &root.join("variorum.yml")).value
}

fn shown(site: &Site, target: &Target) -> String {
    match target {
        Target::Data(key) => key.clone(),
        Target::Include(name) => format!("include {name}"),
        Target::Feature(name) => format!("feature {name}"),
        Target::Asset(name) => format!("asset {name}"),
        Target::Page(page) => format!("page {}", site.page(*page).path),
    }
}

/// The references of a site, each with its place and what stands there.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let folder = folder::tempdir().expect("a temporary folder");
    let site = site(folder.path(), files);
    let references = References::new(&site);
    let line = |reference: &Reference| {
        let at = site.sources.locate(reference.span);
        let written = &site.sources.text(reference.from())[reference.span.range()];
        let target = shown(&site, &reference.target);
        format!("{}:{}:{} {written} → {target}", at.path, at.line, at.column)
    };
    let found: Vec<String> = references.all().iter().map(line).collect();
    for (file, _) in site.sources.files() {
        let mut alone = references_in(&site, file);
        alone.sort_by_key(|reference| reference.span);
        alone.dedup();
        assert_eq!(alone, references.within(file), "those of one file are those of the whole");
    }
    // The configuration has one of its own.
    assert_eq!(found[1..], *expected);
}

#[track_caller]
fn check_unused(files: &[(&str, &str)], expected: &[&str]) {
    let folder = folder::tempdir().expect("a temporary folder");
    let site = site(folder.path(), files);
    let found = unused(&site, &References::new(&site));
    let found: Vec<String> = found.iter().map(|unused| shown(&site, &unused.target)).collect();
    assert_eq!(found, expected);
}

/// A page with this body.
fn page(body: &str) -> String {
    format!("---\ntitle: A\nversions: '*'\n---\n{body}")
}

#[test]
fn bodies_refer_to_data_pages_and_pictures() {
    let body = "{% data reusables.x %} [a](/b?q#c) ![p](/assets/images/p.png)\n<a href='/zh/product@1.0/b'>";
    check(
        &[
            ("content/a.md", &page(body)),
            ("content/b.md", &page("")),
            ("data/reusables/x.md", "{{ site.data.variables.y.z }}"),
            ("data/variables/y.yml", "z: 1\n"),
            ("assets/images/p.png", "x"),
        ],
        &[
            "content/a.md:5:9 reusables.x → reusables.x",
            "content/a.md:5:28 /b → page b.md",
            "content/a.md:5:49 images/p.png → asset images/p.png",
            "content/a.md:6:10 /zh/product@1.0/b → page b.md",
            "data/reusables/x.md:1:14 variables.y.z → variables.y.z",
        ],
    );
}

#[test]
fn front_matter_refers_to_features_pages_data_and_pictures() {
    let front = "---\ntitle: '{% data variables.y.z %}'\nversions:\n  feature: dark\nheroImage: /assets/p\n\
                 children:\n  - /b\nchangelog:\n  label: news\nlearningTracks:\n  - one\n\
                 featuredLinks:\n  guides:\n    - /c/b\n---\n";
    check(
        &[
            ("content/c/index.md", front),
            ("content/c/b.md", &page("")),
            ("data/features/dark.yml", "versions:\n  product: '*'\n"),
            ("data/variables/y.yml", "z: it\n"),
            ("assets/p.png", "x"),
        ],
        &[
            "content/c/index.md:4:12 dark → feature dark",
            "content/c/index.md:5:20 p → asset p.png",
            "content/c/index.md:7:5 /b → page c/b.md",
            "content/c/index.md:9:10 news → changelog.news",
            "content/c/index.md:14:7 /c/b → page c/b.md",
            "content/c/index.md:2:17 variables.y.z → variables.y.z",
            "content/c/index.md:11:5 one → learning-tracks.c.one",
        ],
    );
}

#[test]
fn translations_refer_too() {
    check(
        &[
            ("content/a.md", &page("")),
            ("translations/zh/content/a.md", &page("{% data reusables.x %}")),
            ("data/reusables/x.md", "one"),
        ],
        &["translations/zh/content/a.md:5:9 reusables.x → reusables.x"],
    );
}

#[test]
fn addresses_with_the_version_lead_to_their_page() {
    check(
        &[
            ("content/a.md", &page("[b](/{{ currentVersion }}/b#c) [x]({{ site.data.u }}/b)")),
            ("content/b.md", &page("")),
        ],
        &["content/a.md:5:5 /{{ currentVersion }}/b → page b.md", "content/a.md:5:49 u → u"],
    );
}

#[test]
fn conditions_refer_to_features() {
    check(
        &[
            ("content/a.md", &page("{% ifversion dark and product %}x{% endif %}")),
            ("data/features/dark.yml", "versions:\n  product: '*'\n"),
        ],
        &["content/a.md:5:14 dark → feature dark"],
    );
}

#[test]
fn references_above_and_below_a_key_are_references_to_it() {
    let folder = folder::tempdir().expect("a temporary folder");
    let body = "{{ site.data.a.b.c }}{% for x in site.data.a %}{% endfor %}{{ site.data.ab }}";
    let site = site(folder.path(), &[("content/a.md", &page(body))]);
    let references = References::new(&site);
    let count = |key: &str| references.to(&Target::Data(key.to_owned())).len();
    assert_eq!(
        [count("a.b"), count("a.b.c"), count("a.c"), count("ab"), count("b")],
        [2, 2, 1, 1, 0]
    );
}

#[test]
fn what_only_unused_things_refer_to_is_unused() {
    check_unused(
        &[
            ("content/a.md", &page("{% data reusables.used %}")),
            ("data/reusables/used.md", "{% data variables.v.a %} ![p](/assets/a.png)"),
            ("data/reusables/first.md", "{% data reusables.second %} ![p](/assets/b.png)"),
            ("data/reusables/second.md", "{% ifversion dark %}{% include one %}{% endif %}"),
            ("data/reusables/banner.md", "the configuration names it"),
            ("data/variables/v.yml", "a: 1\nb: 2\n"),
            ("data/ui.yml", "search: Search\n"),
            ("data/features/dark.yml", "versions:\n  product: '*'\n"),
            ("templates/includes/one.html", "x"),
            ("assets/a.png", "x"),
            ("assets/b.png", "x"),
            ("assets/c.css", "x"),
            ("templates/own.html", "<link href=\"{{ site.base_path }}/assets/c.css\">"),
        ],
        &[
            "reusables.first",
            "reusables.second",
            "variables.v.b",
            "include one.html",
            "feature dark",
            "asset b.png",
        ],
    );
}

#[test]
fn a_whole_file_is_one_thing() {
    check_unused(
        &[
            ("data/lists/words.yml", "- a: 1\n  b: 2\n- a: 3\n"),
            ("data/variables/v.yml", "a: {x: 1, y: 2}\nb: 2\n"),
            ("content/a.md", &page("{% data variables.v.b %}")),
        ],
        &["lists.words", "variables.v.a"],
    );
}

#[test]
fn what_is_computed_uses_everything_that_it_could_be() {
    check_unused(
        &[
            ("content/a.md", &page("{{ site.data.variables[x].a }} ![](/assets/{{ x }}.png)")),
            ("data/variables/v.yml", "a: 1\n"),
            ("assets/b.png", "x"),
        ],
        &[],
    );
}
