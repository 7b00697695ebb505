//! Texts that go to translators and come back: what is written, what is taken, what is refused, in every format.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "translations_exchange/corpus.rs"]
mod corpus;
#[path = "translations_exchange/desk.rs"]
mod desk;
#[path = "support/edits.rs"]
mod edits;
#[path = "support/folder.rs"]
mod folder;
#[path = "translations_exchange/hostile.rs"]
mod hostile;
#[path = "support/program.rs"]
mod program;
#[path = "translations_exchange/readers.rs"]
mod readers;
#[path = "support/shared.rs"]
mod shared;
#[path = "translations_exchange/translator.rs"]
mod translator;

use desk::Desk;
use translator::{FORMATS, translated, with_target};

#[test]
fn what_comes_back_untouched_changes_nothing() {
    for format in FORMATS {
        let desk = Desk::new();
        let file = desk.export(format, &["--all"]);
        assert!(file.contains("First steps"), "{file}");
        let before = desk.files();
        let (code, told) = desk.import(format, &file, &[]);
        assert_eq!(code, 0, "{told}");
        assert!(told.contains("0 texts are written"), "{told}");
        assert_eq!(desk.files(), before, "{format}");
    }
}

#[test]
fn what_is_translated_is_written_alike_from_every_format() {
    let mut outcomes = Vec::new();
    for format in FORMATS {
        let desk = Desk::new();
        let file = translated(format, &desk.export(format, &["--all"]));
        let (code, told) = desk.import(format, &file, &[]);
        assert_eq!(code, 0, "{format}: {told}");
        let again = desk.export(format, &["--all"]);
        assert_eq!(translator::targets(format, &again), translator::targets(format, &file));
        assert!(!desk.export(format, &[]).contains("First steps"), "nothing is left to do");
        outcomes.push(desk.files());
    }
    assert_eq!(outcomes[0], outcomes[1]);
    assert_eq!(outcomes[0], outcomes[2]);
}

/// The files of the small site once all of it is translated.
#[test]
fn a_translation_has_the_structure_of_its_source() {
    let desk = Desk::new();
    let file = translated("csv", &desk.export("csv", &[]));
    let (code, told) = desk.import("csv", &file, &[]);
    assert_eq!(code, 0, "{told}");
    insta::assert_snapshot!(desk.shown("translations/zh/"));
}

#[test]
fn a_dry_run_shows_what_it_would_write() {
    let desk = Desk::new();
    let before = desk.files();
    let file = translated("xliff", &desk.export("xliff", &["guides/start"]));
    let (code, told) = desk.import("xliff", &file, &["--dry-run"]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("+++ b/translations/zh/content/guides/start.md"), "{told}");
    assert_eq!(desk.files(), before);
}

#[test]
fn one_page_can_be_exported() {
    let desk = Desk::new();
    let file = desk.export("po", &["content/guides/new.md"]);
    assert!(file.contains("content/guides/new.md") && !file.contains("start.md"), "{file}");
}

#[test]
fn a_page_with_little_of_it_translated_is_whole_and_stays_open() {
    let desk = Desk::new();
    let file = desk.export("csv", &["guides/new"]);
    let (code, told) = desk.import("csv", with_target(&file, "Begin.", "开始。"), &[]);
    assert_eq!(code, 0, "{told}");
    let page = desk.read("translations/zh/content/guides/new.md");
    assert_eq!(
        page,
        "---\n---\n\n开始。\n\n{% note %}\n\n**Note**: Look around.\n\n{% endnote %}\n\n```sh\nls\n```\n"
    );
    let again = desk.export("csv", &["guides/new"]);
    assert!(again.contains("Look around") && !again.contains("Begin."), "{again}");
}

#[test]
fn a_stale_text_comes_with_its_translation_and_is_fresh_afterwards() {
    let desk = Desk::new();
    desk.run(&["translations", "accept", "zh", "--all"]);
    desk.edit("content/guides/start.md", "Open the door", "Open both doors");
    let file = desk.export("po", &["guides/start"]);
    assert!(file.contains("#, fuzzy\nmsgctxt"), "{file}");
    let (_, told) = desk.import("po", &file, &[]);
    assert!(told.contains("0 texts are written"), "{told}");
    let (code, told) = desk.import("po", translated("po", &file), &[]);
    assert_eq!(code, 0, "{told}");
    assert!(!desk.export("po", &["guides/start"]).contains("both doors"));
}

#[test]
fn a_source_that_has_changed_refuses_its_text_alone() {
    let desk = Desk::new();
    let file = translated("xliff", &desk.export("xliff", &["guides/new"]));
    desk.edit("content/guides/new.md", "Begin.", "Begin now.");
    let (code, told) = desk.import("xliff", &file, &[]);
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("has changed since the export"), "{told}");
    assert!(told.contains("1 text is refused"), "{told}");
    assert!(desk.read("translations/zh/content/guides/new.md").contains("Begin now."));
}

#[test]
fn a_newer_translation_of_the_site_is_not_overwritten() {
    for format in FORMATS {
        let desk = Desk::new();
        let file = translated(format, &desk.export(format, &["guides/start", "--all"]));
        desk.edit("translations/zh/content/guides/start.md", "打开门", "推开门");
        let (code, told) = desk.import(format, &file, &[]);
        assert_eq!(code, 1, "{told}");
        assert!(told.contains("another translation"), "{told}");
        assert!(desk.read("translations/zh/content/guides/start.md").contains("推开门"));
    }
}

#[test]
fn damage_is_told_with_its_place_and_the_way_out() {
    #[track_caller]
    fn check(target: &str, expected: &str) {
        let desk = Desk::new();
        let file = with_target(&desk.export("csv", &["guides/start"]), "Turn the", target);
        let (code, told) = desk.import("csv", &file, &[]);
        assert_eq!(code, 1, "{told}");
        let at = file.lines().position(|line| line.contains("Turn the")).unwrap() + 1;
        assert!(told.contains(&format!("csv:{at}:")), "{told}");
        assert!(told.contains(expected), "{told}");
        assert!(told.contains("help: "), "{told}");
    }
    check("转动钥匙，见 [门](/guides/new)。", "`{% data variables.things.key %}` is missing");
    check("{% data variables.things.lock %} [门](/guides/new) `x`", "was changed into");
    check(
        "{% data variables.things.key %} [门](/elsewhere)",
        "`[…](/guides/new)` was changed into `[…](/elsewhere)`",
    );
    check(
        "{% data variables.things.key %} [门](/guides/new) <b>粗</b>",
        "`</b>` is not in the source",
    );
    check(
        "{% data variables.things.key %} [门](/guides/new) {% if x %}",
        "`{% if x %}` is not in the source",
    );
    check(
        "{% data variables.things.key %} {% data variables.things.key %} [门](/guides/new)",
        "is there 2 times",
    );
}

#[test]
fn messages_come_in_chinese_too() {
    let desk = Desk::new();
    let file = with_target(&desk.export("csv", &["guides/start"]), "Turn the", "转动");
    let (_, told) = desk.import("csv", &file, &["--message-language", "zh-CN"]);
    assert!(told.contains("缺少 `"), "{told}");
}

#[test]
fn a_text_without_a_place_in_yaml_is_refused_alone() {
    let desk = Desk::new();
    let own = "translations/zh/data/variables/things.yml";
    desk.edit(own, "key: 钥匙", "key: &k 钥匙\nlock: *k\nlist: []");
    let before = desk.read(own);
    let file = translated("csv", &desk.export("csv", &["data/variables/things.yml", "--all"]));
    let (code, told) = desk.import("csv", &file, &[]);
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("`translations/zh/data/variables/things.yml` is written in a way"),
        "{told}"
    );
    assert!(told.contains("4 texts are refused"), "{told}");
    let written = before.replace("*k", "|-\n  eht kcol\n  fo eht rood");
    assert_eq!(desk.read(own), written, "{told}");
}
