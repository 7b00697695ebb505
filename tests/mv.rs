//! Moving pages: what is edited, what is refused, and that no other page differs but for the addresses.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/edits.rs"]
mod edits;
#[path = "support/folder.rs"]
mod folder;
#[path = "support/moved.rs"]
mod moved;
#[path = "support/program.rs"]
mod program;
#[path = "support/shared.rs"]
mod shared;

use std::path::{Path, PathBuf};

use edits::Dice;
use moved::with_corpus_in;
use program::{Files, files, program, put};
use tempfile::TempDir;

const CONFIGURATION: &str = "\
title: T
default_language: en
languages:
  en: { name: English }
  zh: { name: Chinese, native_name: 中文, dir: translations/zh }
versions:
  - { plan: p, name: P, releases: ['2.0', '1.0'] }
  - { plan: q, name: Q }
default_version: p@2.0
";

/// A small site: each part is a path behind `//- `, and the text of that file.
fn site(parts: &str) -> (TempDir, PathBuf) {
    let mut site = Files::from([("variorum.yml".to_owned(), CONFIGURATION.into())]);
    for part in parts.split("//- ").skip(1) {
        let (path, text) = part.split_once('\n').unwrap();
        site.insert(path.trim().to_owned(), text.into());
    }
    let folder = folder::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    put(&root, &site);
    (folder, root)
}

/// Runs `mv`: the exit code, and all that was printed.
fn mv(root: &Path, arguments: &[&str]) -> (i32, String) {
    let output = program(root).arg("mv").args(arguments).output().unwrap();
    let printed = [output.stdout, output.stderr].map(|out| String::from_utf8(out).unwrap());
    (output.status.code().unwrap(), printed.concat())
}

#[track_caller]
fn does(root: &Path, from: &str, to: &str) -> Files {
    let (code, printed) = mv(root, &[from, to, "--yes"]);
    assert_eq!(code, 0, "{printed}");
    assert!(!printed.contains("note:"), "{printed}");
    files(root)
}

#[track_caller]
fn is(files: &Files, path: &str, expected: &str) {
    let found = files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    assert_eq!(found.as_deref(), Some(expected), "{path}");
}

const SITE: &str = "\
//- content/index.md
---
title: Home
versions: '*'
children: [/guides, /other]
featuredLinks:
  popular:
    - /guides/start
    - { title: x, href: '/guides/start#a' }
---
[s](/guides/start) [t](/guides/start-not) `[s](/guides/start)` [u](/zh/p@1.0/guides/start/?a#b)
[r]: /guides/start 't'
//- content/guides/index.md
---
title: Guides
versions: '*'
children:
  - /start   # the first
  - '/start-not'
---
//- content/guides/start.md
---
title: Start
versions: '*'
---
[n](start-not) [m](./start-not.md#x) [o](../other) <a href=\"/guides/start\">me</a> [old](/old/address)
//- content/guides/start-not.md
---
title: Not
versions: '*'
redirect_from: [/old/address]
---
[rel](start) [up](../guides/start.md) {% data reusables.r %}
//- content/other/index.md
---
title: Other
versions: '*'
---
{% link_in_list /a %}
{% link_in_list /guides/start %}
//- content/other/a.md
---
title: A
versions: '*'
---
[x](/{{ currentVersion }}/guides/start)
//- data/reusables/r.md
See [s](/guides/start).
//- data/learning-tracks/guides.yml
t:
  title: T
  guides:
    - /guides/start
    - '{% ifversion p %}/guides/start{% else %}/guides/start-not{% endif %}'
//- translations/zh/content/guides/start.md
---
title: 开始
versions: '*'
---
[n](start-not) [我](/guides/start)
//- translations/zh/data/reusables/r.md
看 [s](/guides/start)。
";

#[test]
fn a_page_is_renamed_with_all_that_names_it() {
    let (_folder, root) = site(SITE);
    let after = does(&root, "content/guides/start.md", "content/guides/begin.md");
    assert!(!after.contains_key("content/guides/start.md"));
    is(
        &after,
        "content/guides/begin.md",
        "---\ntitle: Start\nversions: '*'\nredirect_from:\n  - /guides/start\n---\n[n](start-not) \
         [m](./start-not.md#x) [o](../other) <a href=\"/guides/begin\">me</a> [old](/old/address)\n",
    );
    is(
        &after,
        "translations/zh/content/guides/begin.md",
        "---\ntitle: 开始\nversions: '*'\n---\n[n](start-not) [我](/guides/begin)\n",
    );
    is(
        &after,
        "content/index.md",
        "---\ntitle: Home\nversions: '*'\nchildren: [/guides, /other]\nfeaturedLinks:\n  popular:\n    - \
         /guides/begin\n    - { title: x, href: '/guides/begin#a' }\n---\n[s](/guides/begin) \
         [t](/guides/start-not) `[s](/guides/start)` [u](/zh/p@1.0/guides/begin/?a#b)\n[r]: /guides/begin \
         't'\n",
    );
    is(
        &after,
        "content/guides/index.md",
        "---\ntitle: Guides\nversions: '*'\nchildren:\n  - /begin   # the first\n  - '/start-not'\n---\n",
    );
    is(
        &after,
        "content/guides/start-not.md",
        "---\ntitle: Not\nversions: '*'\nredirect_from: [/old/address]\n---\n[rel](begin) \
         [up](../guides/begin.md) {% data reusables.r %}\n",
    );
    is(
        &after,
        "content/other/a.md",
        "---\ntitle: A\nversions: '*'\n---\n[x](/{{ currentVersion }}/guides/begin)\n",
    );
    is(&after, "data/reusables/r.md", "See [s](/guides/begin).\n");
    is(&after, "translations/zh/data/reusables/r.md", "看 [s](/guides/begin)。\n");
    is(
        &after,
        "data/learning-tracks/guides.yml",
        "t:\n  title: T\n  guides:\n    - /guides/begin\n    - '{% ifversion p %}/guides/begin{% else \
         %}/guides/start-not{% endif %}'\n",
    );
}

#[test]
fn a_page_that_moves_to_another_folder_changes_lists() {
    let (_folder, root) = site(SITE);
    let after = does(&root, "/guides/start", "/other/");
    is(
        &after,
        "content/guides/index.md",
        "---\ntitle: Guides\nversions: '*'\nchildren:\n  - '/start-not'\n---\n",
    );
    is(
        &after,
        "content/other/index.md",
        "---\ntitle: Other\nversions: '*'\n---\n{% link_in_list /a %}\n{% link_in_list /other/start %}\n",
    );
    let moved = String::from_utf8_lossy(&after["content/other/start.md"]).into_owned();
    assert!(
        moved.ends_with(
            "[n](../guides/start-not) [m](../guides/start-not.md#x) [o](../other) <a \
             href=\"/other/start\">me</a> [old](/old/address)\n"
        ),
        "{moved}"
    );
    let other = String::from_utf8_lossy(&after["content/guides/start-not.md"]).into_owned();
    assert!(other.contains("[rel](../other/start) [up](../other/start.md)"), "{other}");
}

#[test]
fn a_folder_moves_with_everything_in_it() {
    let (_folder, root) = site(&format!("{SITE}//- content/guides/README.md\nFor writers.\n"));
    let after = does(&root, "content/guides", "content/handbook");
    let old = |path: &&String| path.contains("/guides") && !path.contains("learning-tracks");
    assert_eq!(after.keys().filter(old).collect::<Vec<_>>(), [""; 0]);
    is(&after, "content/handbook/README.md", "For writers.\n");
    is(
        &after,
        "data/learning-tracks/handbook.yml",
        "t:\n  title: T\n  guides:\n    - /handbook/start\n    - '{% ifversion p %}/handbook/start{% else %}/handbook/start-not{% endif %}'\n",
    );
    let home = String::from_utf8_lossy(&after["content/index.md"]).into_owned();
    assert!(home.contains("children: [/handbook, /other]"), "{home}");
    let index = String::from_utf8_lossy(&after["content/handbook/index.md"]).into_owned();
    assert!(index.contains("redirect_from:\n  - /guides\n"), "{index}");
    assert!(index.contains("  - /start   # the first\n  - '/start-not'\n"), "{index}");
}

#[test]
fn a_page_that_goes_back_has_each_address_once() {
    let (_folder, root) = site(SITE);
    does(&root, "/guides/start", "/guides/begin");
    let after = does(&root, "/guides/begin", "/guides/start");
    let page = String::from_utf8_lossy(&after["content/guides/start.md"]).into_owned();
    assert!(page.contains("redirect_from:\n  - /guides/begin\n---"), "{page}");
}

#[test]
fn line_ends_and_byte_order_marks_stay() {
    let (_folder, root) = site(SITE);
    let path = root.join("content/guides/start.md");
    let text = std::fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
    std::fs::write(&path, format!("\u{feff}{text}")).unwrap();
    let after = does(&root, "/guides/start", "/guides/begin");
    let page = String::from_utf8_lossy(&after["content/guides/begin.md"]).into_owned();
    assert!(page.starts_with("\u{feff}---\r\n"), "{page:?}");
    assert!(page.contains("\r\nredirect_from:\r\n  - /guides/start\r\n---\r\n"), "{page:?}");
    assert_eq!(page.matches('\n').count(), page.matches("\r\n").count());
}

#[test]
fn what_cannot_be_is_refused_with_a_way_out() {
    let (_folder, root) = site(SITE);
    let before = files(&root);
    for (from, to, message) in [
        (
            "/guides/strat",
            "/guides/x",
            "`/guides/strat` is no page of the site: did you mean `/guides/start`?",
        ),
        ("content/index.md", "/x", "the home page stays where it is: name another page"),
        (
            "/guides/start",
            "/guides/start-not",
            "there is `content/guides/start-not.md` already: choose another name",
        ),
        (
            "/guides/start",
            "/Guides/START-not",
            "there is `content/guides/start-not.md` already: choose another name",
        ),
        (
            "/guides/start",
            "/other",
            "there is `content/other/index.md` already: end the name with `/` to move the page into `other/`",
        ),
        (
            "/guides/start",
            "/old/address",
            "`/old/address` is an old address of `content/guides/start-not.md`: remove it from `redirect_from` there, or choose another name",
        ),
        (
            "/guides/start",
            "data/x.md",
            "`data/x.md` does not lie in `content`: name a file there, or an address that begins with `/`",
        ),
        (
            "/guides/start",
            "../x",
            "no page can be `content/../x.md`: `..` leads out of its folder; choose another name",
        ),
        (
            "/guides/start",
            "/guides/a b",
            "no page can be `content/guides/a b.md`: ` ` cannot stand in an address as it is; choose another name",
        ),
        (
            "/guides/start",
            "/guides/con",
            "no page can be `content/guides/con.md`: `con.md` is a reserved name; choose another name",
        ),
        (
            "/guides/start",
            "/zh",
            "no page can be `content/zh.md`: `zh` begins the addresses of a language or a version; choose another name",
        ),
        (
            "/guides/start",
            "/guides/start",
            "`content/guides/start.md` is where the page is: choose another place",
        ),
        (
            "/guides",
            "/guides/start/x",
            "`content/guides/index.md` cannot move into itself: choose a place outside of `content/guides`",
        ),
    ] {
        let (code, printed) = mv(&root, &[from, to, "--yes"]);
        assert_eq!(printed, format!("error: {message}\n"), "{from} {to}");
        assert_eq!(code, 2);
    }
    assert_eq!(files(&root), before);
}

#[test]
fn without_a_terminal_nothing_is_done_unless_it_is_said() {
    let (_folder, root) = site(SITE);
    let before = files(&root);
    let (code, printed) = mv(&root, &["/guides/start", "/guides/begin"]);
    assert_eq!(code, 2);
    assert!(
        printed.starts_with(
            "2 files are moved:\n  content/guides/start.md → content/guides/begin.md, changed\n"
        ),
        "{printed}"
    );
    assert!(printed.ends_with("error: there is nobody to ask: say --yes to change the files, or --dry-run to see the changes\n"), "{printed}");
    let (code, diff) = mv(&root, &["/guides/start", "/guides/begin", "--dry-run"]);
    assert_eq!(code, 0);
    assert!(
        diff.contains("\nrename from content/guides/start.md\nrename to content/guides/begin.md\n"),
        "{diff}"
    );
    assert_eq!(files(&root), before);
}

#[test]
fn what_would_be_wrong_afterwards_is_told() {
    let list = "title: Guides\nversions: '*'\nchildren: &c\n  - /start\nx: *c\n";
    let parts = SITE.replace(
        "title: Guides\nversions: '*'\nchildren:\n  - /start   # the first\n  - '/start-not'\n",
        list,
    );
    let (_folder, root) = site(&parts);
    let (code, printed) = mv(&root, &["/guides/start", "/other/", "--dry-run"]);
    assert_eq!(code, 0);
    assert!(printed.contains("note: "), "{printed}");
}

/// The sites of the project, but for what their builds write.
fn samples() -> Vec<(&'static str, Files)> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let part = |root: &Path| -> Files {
        let is_site = |path: &String| {
            ["content/", "data/", "translations/", "assets/", "templates/includes/", "variorum.yml"]
                .iter()
                .any(|start| path.starts_with(start))
        };
        files(root).into_iter().filter(|(path, _)| is_site(path)).collect()
    };
    let browser = own.join("tests/browser");
    vec![
        ("the browser tests", part(&browser.join("site"))),
        ("the preview tests", part(&browser.join("preview-site"))),
    ]
}

#[test]
fn no_other_page_differs_but_for_the_address() {
    for (name, site) in samples() {
        let folder = folder::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        put(&root, &site);
        moved::check(name, &root, &[], &mut Dice::new(7), 6);
    }
}

#[test]
fn no_other_page_of_the_corpus_differs_but_for_the_address() {
    let Some((corpus, _)) = shared::corpus() else { return };
    if cfg!(debug_assertions) {
        return shared::say("skipped: a build of the corpus takes long without --release");
    }
    let (_folder, root) = with_corpus_in(&corpus);
    moved::check("the corpus", &root, &["--date", "2020-11-15"], &mut Dice::new(1), 4);
}

#[test]
#[ignore = "minutes, also with --release"]
fn fifty_moves_in_the_corpus_change_no_other_page() {
    let Some((corpus, _)) = shared::corpus() else { return };
    let (_folder, root) = with_corpus_in(&corpus);
    moved::check("the corpus", &root, &["--date", "2020-11-15"], &mut Dice::new(50), 50);
}
