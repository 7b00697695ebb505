//! What a person sees of a finding, as it is printed.

use insta::assert_snapshot;

use super::*;
use crate::diagnostic::codes::{BROKEN_LINK, UNDEFINED_VALUE, UNKNOWN_DATA};
use crate::source::{SourceFile, TextId};

/// A finding about the first `part` of a file with this text.
fn finding(sources: &mut Sources, path: &str, text: &str, part: &str) -> Diagnostic {
    let start = text.find(part).expect("the part is in the text");
    let file = sources.add(SourceFile::new(path, text));
    let span = Span::new(TextId::whole(file), start..start + part.len());
    Diagnostic::new(UNKNOWN_DATA, span, format!("`{part}` is not defined"))
}

fn printed(findings: Vec<Finding>, sources: &Sources, colour: Colour) -> String {
    let mut out = Vec::new();
    print(&findings, sources, colour, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("text is printed")
}

/// One finding about `part` of `text`, printed.
fn check(text: &str, part: &str) -> String {
    let mut sources = Sources::default();
    let diagnostic = finding(&mut sources, "content/a.md", text, part);
    printed(vec![diagnostic.into()], &sources, Colour::Never)
}

#[test]
fn the_marked_line_stands_below_message_and_place() {
    assert_snapshot!(check("---\n---\nSee {% data reusables.a.b %}.\n", "reusables.a.b"), @"
    error[unknown-data-reference]: `reusables.a.b` is not defined
     --> content/a.md:3:13
      |
    3 | See {% data reusables.a.b %}.
      |             ^^^^^^^^^^^^^
    ");
}

#[test]
fn the_way_there_the_reach_and_the_hints_follow() {
    let mut sources = Sources::default();
    let page = finding(&mut sources, "content/a.md", "\n{% data x %}\n", "{% data x %}");
    let inner = finding(&mut sources, "data/x.md", "  {% data y %}\n", "{% data y %}");
    let diagnostic = finding(&mut sources, "data/y.md", "{% data zz.b %}", "zz.b")
        .trace(vec![page.span, inner.span])
        .hint_nearest("zz.b", ["zz.a"])
        .hint("add `b` to `data/zz.yml`");
    assert_snapshot!(printed(vec![Finding { pages: 41, ..diagnostic.into() }], &sources, Colour::Never), @"
    error[unknown-data-reference]: `zz.b` is not defined
     --> data/y.md:1:9
      |
    1 | {% data zz.b %}
      |         ^^^^
      |
      = note: in the inclusion at content/a.md:2:1
      = note: in the inclusion at data/x.md:1:3
      = note: reaches 41 pages
      = help: did you mean `zz.a`?
      = help: add `b` to `data/zz.yml`
    ");
}

#[test]
fn findings_are_sorted_and_each_is_printed_once() {
    let mut sources = Sources::default();
    let b = finding(&mut sources, "b.md", "one two\n", "two");
    let a = finding(&mut sources, "a.md", "one\ntwo\n", "two");
    let link = Diagnostic::new(BROKEN_LINK, a.span, "`two` is not there");
    let early = Diagnostic { span: Span::start_of(a.span.text.file), ..link.clone() };
    let count = |diagnostic: &Diagnostic, pages| Finding { pages, ..diagnostic.clone().into() };
    let all = vec![count(&b, 2), count(&a, 0), count(&link, 1), count(&early, 0), count(&b, 3)];
    assert_snapshot!(printed(all, &sources, Colour::Never), @"
    error[broken-link]: `two` is not there
     --> a.md:1:1
      |
    1 | one
      | ^

    error[broken-link]: `two` is not there
     --> a.md:2:1
      |
    2 | two
      | ^^^

    error[unknown-data-reference]: `two` is not defined
     --> a.md:2:1
      |
    2 | two
      | ^^^

    error[unknown-data-reference]: `two` is not defined
     --> b.md:1:5
      |
    1 | one two
      |     ^^^
      |
      = note: reaches 3 pages
    ");
}

#[test]
fn a_long_line_is_cut_around_the_mark() {
    let line = format!("{}here{}", "before ".repeat(300), " after".repeat(300));
    assert_snapshot!(check(&line, "here"), @"
    error[unknown-data-reference]: `here` is not defined
     --> content/a.md:1:2101
      |
    1 | ... before before before before before before here after after after after after after after ...
      |                                               ^^^^
    ");
}

#[test]
fn a_long_mark_is_cut() {
    let line = format!("a {} b", "很长".repeat(900));
    let mut sources = Sources::default();
    let mut diagnostic = finding(&mut sources, "a.md", &line, &"很长".repeat(900));
    diagnostic.message = "too long".into();
    assert_snapshot!(printed(vec![diagnostic.into()], &sources, Colour::Never), @"
    error[unknown-data-reference]: too long
     --> a.md:1:3
      |
    1 | a 很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很...
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    ");
}

#[test]
fn a_mark_over_many_lines_is_shown_in_its_first() {
    let mut sources = Sources::default();
    let mut diagnostic = finding(&mut sources, "a.md", "x {% if a %}\ny\nz\n", "{% if a %}\ny\nz");
    diagnostic.message = "`if` is not closed".into();
    assert_snapshot!(printed(vec![diagnostic.into()], &sources, Colour::Never), @"
    error[unknown-data-reference]: `if` is not closed
     --> a.md:1:3
      |
    1 | x {% if a %}
      |   ^^^^^^^^^^
    ");
}

#[test]
fn wide_characters_are_marked_where_they_stand() {
    assert_snapshot!(check("使用 {% data 变量 %} 。\n", "变量"), @"
    error[unknown-data-reference]: `变量` is not defined
     --> content/a.md:1:12
      |
    1 | 使用 {% data 变量 %} 。
      |              ^^^^
    ");
}

#[test]
fn what_a_terminal_would_obey_is_shown_as_a_sign() {
    let line = "a\u{1b}[31m\u{9b}2J \u{202e}b\u{200b}\tc\u{feff} here\u{7}";
    assert_snapshot!(check(line, "here\u{7}"), @"
    error[unknown-data-reference]: `here␇` is not defined
     --> content/a.md:1:18
      |
    1 | a␛[31m�2J �b� c� here␇
      |                  ^^^^^
    ");
}

#[test]
fn a_finding_in_an_empty_file_has_a_place() {
    assert_snapshot!(check("", ""), @"
    error[unknown-data-reference]: `` is not defined
     --> content/a.md:1:1
      |
    1 |
      | ^
    ");
}

#[test]
fn a_line_of_megabytes_is_not_shown() {
    let line = format!("{} here", "x".repeat(3_000_000));
    assert_snapshot!(check(&line, "here"), @"
    error[unknown-data-reference]: `here` is not defined
    --> content/a.md:1:3000002
    ");
}

#[test]
fn a_finding_at_the_end_of_a_line_points_behind_it() {
    let mut sources = Sources::default();
    let mut diagnostic = finding(&mut sources, "a.md", "abc\n\nd", "abc");
    diagnostic.span.start = 3;
    let empty_line = Diagnostic {
        span: Span::new(diagnostic.span.text, 4..4),
        code: UNDEFINED_VALUE,
        ..diagnostic.clone().softened()
    };
    let all = vec![diagnostic.into(), empty_line.into()];
    assert_snapshot!(printed(all, &sources, Colour::Never), @"
    error[unknown-data-reference]: `abc` is not defined
     --> a.md:1:4
      |
    1 | abc
      |    ^

    warning[undefined-value]: `abc` is not defined
     --> a.md:2:1
      |
    2 |
      | ^
    ");
}

#[test]
fn colours_are_escape_codes_and_the_text_is_the_same() {
    let mut sources = Sources::default();
    let diagnostic = finding(&mut sources, "a.md", "{{ x }}", "x").hint("remove it");
    let coloured = printed(vec![diagnostic.clone().into()], &sources, Colour::Always);
    let plain = printed(vec![diagnostic.into()], &sources, Colour::Never);
    assert!(coloured.contains("\u{1b}["));
    let mut pieces = coloured.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    let stripped = pieces
        .fold(first, |text, piece| text + piece.split_once('m').map_or(piece, |(_, rest)| rest));
    assert_eq!(stripped, plain);
}

#[test]
fn no_span_of_any_text_makes_it_panic() {
    let text = "a中\u{200b}\n\n\u{1b}é\t\u{301}{% x %}\n";
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new("a.md", text));
    for start in 0..=text.len() + 2 {
        for end in start..=text.len() + 2 {
            let span = Span::new(TextId::whole(file), start..end);
            let finding = Diagnostic::new(UNKNOWN_DATA, span, "x").into();
            let shown = printed(vec![finding], &sources, Colour::Never);
            assert!(!shown.contains(['\u{1b}', '\u{200b}']));
        }
    }
}
