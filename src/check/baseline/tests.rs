//! What is known stays known while lines move; what comes in addition is new.

use proptest::prelude::*;

use super::*;
use crate::check::rows::rows;
use crate::diagnostic::{Diagnostic, Finding};
use crate::source::{FileId, SourceFile, Sources, Span, TextId};

/// Two files of a hundred lines each.
fn sources() -> Sources {
    let mut sources = Sources::default();
    for path in ["content/a.md", "content/b `]]>.md"] {
        sources.add(SourceFile::new(path, "x\n".repeat(100)));
    }
    sources
}

/// A finding about a line of a file.
fn finding(file: u32, line: usize, message: &str) -> Finding {
    let at = (line - 1) * 2;
    let span = Span::new(TextId::whole(FileId(file)), at..at + 1);
    Diagnostic::new(codes::BROKEN_LINK, span, message).into()
}

/// Which findings are new beside what was there before, and how many of those are gone.
fn judged(before: &[Finding], now: &[Finding]) -> (Vec<(usize, String)>, usize) {
    let sources = sources();
    let baseline = Baseline::of(&rows(before, &sources, None));
    let mut rows = rows(now, &sources, None);
    let gone = baseline.mark(&mut rows, &Levels::default());
    let new = rows.iter().filter(|row| row.standing == Standing::New);
    (new.map(|row| (row.place.line, row.message.to_owned())).collect(), gone)
}

#[test]
fn what_has_moved_is_known() {
    let before = [finding(0, 3, "one"), finding(0, 9, "two")];
    let now = [finding(0, 13, "one"), finding(0, 2, "two")];
    assert_eq!(judged(&before, &now), (vec![], 0));
}

#[test]
fn of_more_than_were_known_the_last_are_new() {
    let before = [finding(0, 5, "one")];
    let now = [finding(0, 2, "one"), finding(0, 5, "one"), finding(0, 8, "one")];
    assert_eq!(judged(&before, &now), (vec![(5, "one".into()), (8, "one".into())], 0));
}

#[test]
fn the_same_in_another_file_is_new() {
    let (new, gone) = judged(&[finding(0, 1, "one")], &[finding(1, 1, "one")]);
    assert_eq!((new, gone), (vec![(1, "one".into())], 1));
}

#[test]
fn what_was_mended_is_gone_but_for_what_is_not_looked_at() {
    let before = [finding(0, 1, "one"), finding(0, 2, "one"), finding(0, 3, "two")];
    assert_eq!(judged(&before, &[finding(0, 1, "one")]), (vec![], 2));
    let sources = sources();
    let baseline = Baseline::of(&rows(&before, &sources, None));
    let mut levels = Levels::default();
    levels.set(codes::BROKEN_LINK, crate::diagnostic::Level::Off);
    assert_eq!(baseline.mark(&mut [], &levels), 0);
}

#[test]
fn a_fault_of_the_program_is_never_known() {
    let span = Span::start_of(FileId(0));
    let fault = [Finding::from(Diagnostic::new(codes::PROGRAM_FAULT, span, "failed"))];
    assert!(Baseline::of(&rows(&fault, &sources(), None)).is_empty());
}

#[test]
fn the_file_has_a_finding_a_line() {
    let findings = [finding(1, 1, "b"), finding(0, 7, "a\u{202e}"), finding(0, 1, "a\u{202e}")];
    let baseline = Baseline::of(&rows(&findings, &sources(), None));
    insta::assert_snapshot!(baseline.text(), @r#"
    {
      "baseline": 1,
      "findings": [
        {"code": "broken-link", "file": "content/a.md", "message": "a\u202e", "count": 2},
        {"code": "broken-link", "file": "content/b `]]>.md", "message": "b", "count": 1}
      ]
    }
    "#);
    assert_eq!(baseline.len(), 3);
    insta::assert_snapshot!(Baseline::of(&[]).text(), @r#"
    {
      "baseline": 1,
      "findings": []
    }
    "#);
}

#[track_caller]
fn check_damage(text: &str, place: (usize, usize), message: &str) {
    let Damage { line, column, message: told } =
        Baseline::parse(text.as_bytes()).expect_err("it is damaged");
    assert_eq!(((line, column), &*told), (place, message));
}

#[test]
fn damage_is_told_with_its_place() {
    let anew = "mend it, or write it anew with `--write-baseline`";
    check_damage("", (1, 1), &format!("EOF while parsing a value: {anew}"));
    check_damage("{\n<<<<<<< HEAD\n", (2, 1), &format!("key must be a string: {anew}"));
    let entry = r#"{"baseline": 1, "findings": [
        {"code": "a", "file": "b", "message": "c", "count": 0}]}"#;
    let zero = format!("invalid value: integer `0`, expected a nonzero usize: {anew}");
    check_damage(entry, (2, 61), &zero);
    check_damage(r#"{"baseline": 1}"#, (1, 15), &format!("missing field `findings`: {anew}"));
    let object = "expected an object with `baseline` and `findings`";
    check_damage("[]", (1, 2), &format!("invalid length 0, {object}: {anew}"));
    check_damage("3", (1, 1), &format!("invalid type: integer `3`, {object}: {anew}"));
}

#[test]
fn another_version_is_told_with_its_place() {
    check_damage(
        "{\n  \"baseline\": 2,\n  \"things\": {}\n}\n",
        (2, 3),
        "version 2 of baselines is not one that this program reads: use a newer program, or \
         write it anew with `--write-baseline`",
    );
}

#[test]
fn a_damaged_baseline_is_still_meant_to_be_one() {
    assert!(Baseline::is_meant(b"{\n  \"baseline\": 1,\n<<<<<<< HEAD"));
    assert!(!Baseline::is_meant(b"---\ntitle: A page\n---\n"));
}

prop_compose! {
    /// A finding anywhere, also one whose message is meant to break formats.
    fn anything()(
        file in 0..2_u32,
        line in 1..100_usize,
        message in "[ab`\"\\\\\n\u{0}\u{202e}\u{e0041}中|<&]{0,3}",
    ) -> Finding {
        finding(file, line, &message)
    }
}

proptest! {
    #[test]
    fn what_was_written_makes_nothing_new(
        findings in prop::collection::vec(anything(), 0..30),
        moved in 0..50_usize,
    ) {
        let sources = sources();
        let written = Baseline::of(&rows(&findings, &sources, None));
        let read = Baseline::parse(written.text().as_bytes()).expect("it was just written");
        prop_assert_eq!(&read, &written);
        let elsewhere: Vec<Finding> = findings
            .iter()
            .map(|known| {
                let mut known = known.clone();
                let span = known.diagnostic.span;
                let start = (span.start as usize + 2 * moved) % 200;
                known.diagnostic.span = Span::new(span.text, start..start + 1);
                known
            })
            .collect();
        let mut rows = rows(&elsewhere, &sources, None);
        prop_assert_eq!(read.mark(&mut rows, &Levels::default()), 0);
        prop_assert!(rows.iter().all(|row| row.standing == Standing::Known));
    }
}
