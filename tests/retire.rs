//! Retiring a version: what is cut out of the files, and that no other version differs by a byte.

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

use moved::{build, neutral, with_corpus_in};
use program::{Files, files, program, put};
use shared::say;
use tempfile::TempDir;

const CONFIGURATION: &str = "\
title: T
default_language: en
languages:
  en: { name: English }
  zh: { name: Chinese, native_name: 中文, dir: translations/zh }
versions:
  - plan: p
    name: P
    releases:
      - { release: '3.0', released: 2022-01-01, deprecated: 2024-01-01 }
      - '2.0' # the one before
      - '1.0' # old
    next: '4.0'
  - { plan: q, name: Q }
default_version: p@3.0
";

const DATE: [&str; 2] = ["--date", "2022-06-01"];

/// A small site: each part is a path behind `//- `, and the text of that file.
fn site(parts: &str) -> (TempDir, PathBuf) {
    let home = "---\ntitle: Home\nversions: '*'\n---\n";
    let mut site = Files::from([
        ("variorum.yml".to_owned(), CONFIGURATION.into()),
        ("content/index.md".to_owned(), home.into()),
    ]);
    for part in parts.split("//- ").skip(1) {
        let (path, text) = part.split_once('\n').unwrap();
        site.insert(path.trim().to_owned(), text.into());
    }
    let folder = folder::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    put(&root, &site);
    (folder, root)
}

/// Runs `versions retire`: the exit code, and all that was printed.
fn retire(root: &Path, arguments: &[&str]) -> (i32, String) {
    let output =
        program(root).args(["versions", "retire"]).args(arguments).args(DATE).output().unwrap();
    let printed = [output.stdout, output.stderr].map(|out| String::from_utf8(out).unwrap());
    (output.status.code().unwrap(), printed.concat())
}

/// Retires `version`, and holds three sites side by side: with the version, without it, and without it and the
/// conditions. `others` are the versions that stay. Returns the files, and what was printed.
///
/// The second and the third are the same in every byte; only the report counts other findings, and addresses of
/// pages that are removed lead on: there are pages for that, and the records of the pages they lead to name them. Between the first and the others the list of versions on every page necessarily
/// differs, and so does the banner about the end of a version, which is on the oldest one: so the twins of pages are
/// compared there, which have the whole text of a page and nothing around it.
fn check(root: &Path, version: &str, others: &[&str]) -> (Files, String) {
    let site = files(root);
    let named: Vec<&str> = others.iter().flat_map(|version| ["--version", version]).collect();
    let (with, _) = build(root, &[&DATE[..], &named].concat());
    let (code, printed) = retire(root, &[version, "--yes"]);
    assert_eq!(code, 0, "{printed}");
    let after = files(root);
    let (conditions, _) = build(root, &DATE);

    let mut plain = site.clone();
    plain.insert("variorum.yml".to_owned(), after["variorum.yml"].clone());
    let folder = folder::tempdir().unwrap();
    let plain_root = folder.path().canonicalize().unwrap();
    put(&plain_root, &plain);
    let (without, _) = build(&plain_root, &DATE);

    let kept = |path: &&String| !path.ends_with("report.json") && !path.ends_with("redirects.json");
    let shown = |files: &Files, path: &String| {
        files.get(path).map(|bytes| {
            if path.ends_with("page.json") { neutral(path, bytes) } else { bytes.clone() }
        })
    };
    let differs = |path: &&String| shown(&without, path) != shown(&conditions, path);
    let found: Vec<&String> = without.keys().filter(kept).filter(differs).collect();
    assert_eq!(found, [""; 0], "{printed}");
    let is_new = |path: &&String| !without.contains_key(*path) && !is_redirect(&conditions[*path]);
    assert_eq!(conditions.keys().filter(is_new).collect::<Vec<_>>(), [""; 0]);

    let is_twin = |path: &&String| path.ends_with("index.md");
    let twins: Vec<&String> = with.keys().filter(is_twin).collect();
    assert!(!twins.is_empty());
    let lost = |path: &&&String| with.get(**path) != conditions.get(**path);
    let lost: Vec<_> = twins.iter().filter(lost).collect();
    say(&format!(
        "{} files alike, {} twins, of which {} differ",
        without.len(),
        twins.len(),
        lost.len()
    ));
    assert!(lost.is_empty(), "{lost:#?}\n{printed}");
    (after, printed)
}

fn is_redirect(bytes: &[u8]) -> bool {
    String::from_utf8_lossy(bytes).contains("http-equiv=\"refresh\"")
}

/// Retires `p@1.0` of a site with one page, and compares what is left of its body.
#[track_caller]
fn body(before: &str, after: &str) {
    let page = |body: &str| format!("---\ntitle: A\nversions: '*'\n---\n{body}");
    let (_folder, root) = site(&format!("//- content/a.md\n{}", page(before)));
    let (files, printed) = check(&root, "p@1.0", &["p@3.0", "p@2.0", "q"]);
    let found = String::from_utf8_lossy(&files["content/a.md"]).into_owned();
    assert_eq!(found, page(after), "{printed}");
}

#[test]
fn text_of_the_version_alone_is_removed() {
    body("a {% if currentVersion == \"p@1.0\" %}old{% endif %} b\n", "a  b\n");
    body("a\n\n{% ifversion p < 2.0 %}\nold\n{% endif %}\n\nb\n", "a\n\n\nb\n");
    body("{% ifversion p = 1.0 %}old{% else %}new{% endif %}\n", "new\n");
    body("a\n{% ifversion p = 1.0 %}\nold\n{% else %}\nnew\n{% endif %}\nb\n", "a\n\nnew\n\nb\n");
}

#[test]
fn conditions_that_always_hold_lose_their_tags() {
    body("{% ifversion q or p > 1.0 %}new{% endif %}\n", "new\n");
    body("{% if currentVersion != \"p@1.0\" %}new{% else %}old{% endif %}\n", "new\n");
    body("{% unless currentVersion == \"p@1.0\" %}new{% else %}old{% endunless %}\n", "new\n");
    body(
        "{% if currentVersion == \"q@latest\" or currentVersion ver_gt \"p@1.0\" %}\n\nnew\n\n{% endif %}\n",
        "\nnew\n\n",
    );
}

#[test]
fn parts_of_blocks_go() {
    body(
        "{% ifversion q %}q{% elsif p = 1.0 %}old{% elsif p = 2.0 %}2{% else %}new{% endif %}\n",
        "{% ifversion q %}q{% elsif p = 2.0 %}2{% else %}new{% endif %}\n",
    );
    body(
        "{% ifversion p = 1.0 %}old{% elsif p = 2.0 %}2{% else %}new{% endif %}\n",
        "{% ifversion p = 2.0 %}2{% else %}new{% endif %}\n",
    );
    body(
        "{% ifversion q %}q{% elsif p > 1.0 %}new{% elsif p = 1.0 %}old{% endif %}\n",
        "{% ifversion q %}q{% else %}new{% endif %}\n",
    );
    body(
        "{% unless currentVersion != \"p@1.0\" %}old{% elsif currentVersion == \"q@latest\" %}q{% endunless %}\n",
        "{% if currentVersion == \"q@latest\" %}q{% endif %}\n",
    );
}

#[test]
fn blocks_inside_blocks_are_decided_too() {
    body(
        "{% ifversion p %}{% ifversion p > 1.0 %}new{% else %}old{% endif %}{% endif %}\n",
        "{% ifversion p %}new{% endif %}\n",
    );
    body(
        "{% ifversion p or q %}{% ifversion p = 1.0 %}{% ifversion p %}x{% endif %}{% endif %}y{% endif %}\n",
        "{% ifversion p or q %}y{% endif %}\n",
    );
}

#[test]
fn what_the_version_does_not_decide_stays() {
    for text in [
        "{% ifversion p %}p{% else %}q{% endif %}\n",
        "{% ifversion p > 2.0 %}new{% endif %}\n",
        "{% ifversion p > 3.0 %}to come{% endif %}\n",
        "{% if page.title == \"A\" %}a{% endif %}\n",
        "{% raw %}{% if currentVersion == \"p@1.0\" %}{% endif %}{% endraw %}\n",
    ] {
        body(text, text);
    }
}

#[test]
fn white_space_is_as_it_was() {
    body("- a\n{% ifversion p = 1.0 %}\n- old\n{% endif %}\n- b\n", "- a\n\n- b\n");
    body("- a\n{% ifversion p > 1.0 or q %}- b\n{% endif %}\nc\n", "- a\n- b\n\nc\n");
    body("a {%- ifversion p = 1.0 %} old{% endif -%} b\n", "ab\n");
    body("```\na\n\n{% ifversion p = 1.0 %}\nold\n{% endif %}\nb\n```\n", "```\na\n\n\nb\n```\n");
    body("| a |\n| - |\n{% ifversion p = 1.0 %}| b |\n{% endif %}| c |\n", "| a |\n| - |\n| c |\n");
}

const SITE: &str = "\
//- content/index.md
---
title: Home
versions: '*'
children: [/a, /b, /old, /new]
---
{% data reusables.r %}
//- content/a.md
---
title: A
versions:
  p: '>=2.0'
  q: '*'
---
{% ifversion p > 1.0 %}p{% else %}q{% endif %} {% data variables.v.v %}
//- content/b.md
---
title: 'B {% ifversion p = 1.0 %}old{% endif %}'
intro: \"x {% ifversion q or p > 1.0 %}new{% endif %}\"
versions: '*'
---
//- content/old.md
---
title: Old
versions:
  p: '1.0'
redirect_from:
  - /older
---
Old.
//- content/new.md
---
title: New
versions:
  p: '>1.0 <3.0'
  q: '*' # all
---
{% ifversion p > 1.0 %}new{% endif %}
//- data/reusables/r.md
{% ifversion p = 1.0 %}

old

{% else %}

new

{% endif %}
//- data/variables/v.yml
v: 'a {% ifversion p = 1.0 %}old{% else %}new{% endif %}'
w: 'a {% ifversion p = 1.0 %}it''s{% else %}new{% endif %}'
//- data/features/f.yml
versions:
  p: '>1.0'
  q: '*'
//- translations/zh/content/a.md
---
title: '一 {% ifversion p = 1.0 %}旧{% endif %}'
versions: '*'
---
{% ifversion p > 1.0 %}p{% else %}q{% endif %} {% data variables.v.v %}
//- translations/zh/content/old.md
---
title: 旧
---
旧。
//- translations/zh/data/reusables/r.md
{% ifversion p = 1.0 %}

旧

{% else %}

新

{% endif %}
";

#[test]
fn every_file_follows() {
    let (_folder, root) = site(SITE);
    let (files, printed) = check(&root, "p@1.0", &["p@3.0", "p@2.0", "q"]);
    let is = |path: &str, expected: &str| {
        let found = files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        assert_eq!(found.as_deref(), Some(expected), "{path}\n{printed}");
    };
    is("variorum.yml", &CONFIGURATION.replace("      - '1.0' # old\n", "    retired: [\"1.0\"]\n"));
    is(
        "content/index.md",
        "---\ntitle: Home\nversions: '*'\nchildren: [/a, /b, /new]\nredirect_from:\n  - /old\n  - \
         /older\n---\n{% data reusables.r %}\n",
    );
    is(
        "content/a.md",
        "---\ntitle: A\nversions:\n  p: '*'\n  q: '*'\n---\n{% ifversion p > 1.0 %}p{% else \
         %}q{% endif %} {% data variables.v.v %}\n",
    );
    is("content/b.md", "---\ntitle: 'B '\nintro: \"x new\"\nversions: '*'\n---\n");
    is("data/reusables/r.md", "\nnew\n");
    is(
        "data/variables/v.yml",
        "v: 'a new'\nw: 'a {% ifversion p = 1.0 %}it''s{% else %}new{% endif %}'\n",
    );
    assert!(
        printed.contains("conditions in `data/variables/v.yml` are left as they are"),
        "{printed}"
    );
    is("data/features/f.yml", "versions:\n  p: '*'\n  q: '*'\n");
    is("translations/zh/data/reusables/r.md", "\n新\n");
    assert!(!files.contains_key("content/old.md"));
    assert!(!files.contains_key("translations/zh/content/old.md"));
    assert!(
        printed.contains("the pages of `p@2.0`") || printed.contains("`p@2.0` has no day"),
        "{printed}"
    );
    assert!(printed.contains("`content/old.md` has no version left and is removed: its addresses lead to `content/index.md`"), "{printed}");
}

#[test]
fn what_cannot_be_retired_is_refused_with_a_way_out() {
    let (_folder, root) = site(SITE);
    let before = files(&root);
    for (version, message) in [
        ("p@9", "`p@9` is no version of the site: use one of p@3.0, p@2.0, p@1.0, q@latest"),
        ("p@1.00", "`p@1.00` is no version of the site: did you mean `p@1.0`?"),
        ("p@3.0", "`p@3.0` is the default version: let `default_version` name another one first"),
        (
            "q@latest",
            "`q@latest` is the only release of its plan: add the next one first, or remove the plan from `versions`",
        ),
    ] {
        let (code, printed) = retire(&root, &[version, "--yes"]);
        assert_eq!((code, printed), (2, format!("error: {message}\n")));
    }
    let (code, _) = retire(&root, &["p@1.0"]);
    assert_eq!(code, 2);
    let (code, diff) = retire(&root, &["p@1.0", "--dry-run"]);
    assert_eq!(code, 0);
    assert!(diff.contains("diff --git a/variorum.yml b/variorum.yml\n"), "{diff}");
    assert_eq!(files(&root), before);
    assert_eq!(retire(&root, &["p@1.0", "--yes"]).0, 0);
    let (code, printed) = retire(&root, &["p@1.0", "--yes"]);
    assert_eq!(
        (code, &*printed),
        (2, "error: `p@1.0` is retired already: there is nothing to do\n")
    );
}

#[test]
#[ignore = "minutes, also with --release"]
fn the_corpus_loses_a_version_and_no_other_differs() {
    let Some((corpus, _)) = shared::corpus() else { return };
    let (_folder, root) = with_corpus_in(&corpus);
    let others = [
        "free-pro-team",
        "enterprise-server@2.22",
        "enterprise-server@2.21",
        "enterprise-server@2.20",
        "github-ae",
    ];
    let (_, printed) = check(&root, "enterprise-server@2.19", &others);
    say(&printed);
}
