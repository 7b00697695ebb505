//! Marks what differs between two pieces of HTML in the same language: words, with the tags left as they are.

use std::ops::Range;

use similar::{Algorithm, DiffOp, DiffableStr, capture_diff_slices_by_key};

use super::html::{Piece, attribute, is_blank, pieces};

/// Two pieces of HTML, with what the other has not in `<del>` and `<ins>`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) left: String,
    pub(super) right: String,
}

/// More words than this are compared by lines, and more lines not at all.
const MOST: usize = 6_000;

/// The differences of two pieces of HTML; nothing where they read the same.
pub(super) fn differences(left: &str, right: &str) -> Option<Marked> {
    let (mut old, mut new) = (tokens(left, Grain::Words), tokens(right, Grain::Words));
    if old.iter().map(|token| token.key).eq(new.iter().map(|token| token.key)) {
        return None;
    }
    if old.len() + new.len() > MOST {
        (old, new) = (tokens(left, Grain::Texts), tokens(right, Grain::Texts));
    }
    if old.len() + new.len() > MOST {
        return Some(Marked { left: left.to_owned(), right: right.to_owned() });
    }
    let (mut gone, mut come) = (vec![false; old.len()], vec![false; new.len()]);
    for op in capture_diff_slices_by_key(Algorithm::Myers, &old, &new, |token| token.key) {
        if !matches!(op, DiffOp::Equal { .. }) {
            gone[op.old_range()].fill(true);
            come[op.new_range()].fill(true);
        }
    }
    Some(Marked {
        left: marked(left, &old, &gone, ["<del>", "</del>"]),
        right: marked(right, &new, &come, ["<ins>", "</ins>"]),
    })
}

/// How finely text is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grain {
    Words,
    /// All text between two tags, or in a line of code, is one.
    Texts,
}

/// A part of the HTML.
#[derive(Clone, Debug)]
struct Token<'a> {
    key: Key<'a>,
    at: Range<usize>,
}

/// What is compared of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key<'a> {
    /// A start tag: attributes are those of the variant.
    Start(&'a str),
    End(&'a str),
    /// A picture, by the name of its file.
    Picture(&'a str),
    Word(&'a str),
}

fn tokens(html: &str, grain: Grain) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for (piece, at) in pieces(html) {
        match piece {
            Piece::Start("img") => {
                let source = attribute(&html[at.clone()], "src").unwrap_or_default();
                let name = source.rsplit('/').next().unwrap_or(source);
                tokens.push(Token { key: Key::Picture(name), at });
            }
            Piece::Start(name) => tokens.push(Token { key: Key::Start(name), at }),
            Piece::End(name) => tokens.push(Token { key: Key::End(name), at }),
            Piece::Text(text) => add_text(text, at.start, grain, &mut tokens),
        }
    }
    tokens
}

fn add_text<'a>(text: &'a str, start: usize, grain: Grain, tokens: &mut Vec<Token<'a>>) {
    let mut at = start;
    let mut add = |part: &'a str| {
        // White space stands between words, and is none.
        if !is_blank(part) {
            tokens.push(Token { key: Key::Word(part), at: at..at + part.len() });
        }
        at += part.len();
    };
    if grain == Grain::Texts {
        text.split_inclusive('\n').for_each(add);
        return;
    }
    let mut rest = text;
    while !rest.is_empty() {
        // An entity is one character.
        let plain = rest.find('&').unwrap_or(rest.len());
        let (words, behind) = rest.split_at(plain);
        words.tokenize_unicode_words().into_iter().for_each(&mut add);
        let length = behind.find(';').map_or(behind.len(), |length| length + 1);
        if length > 0 {
            add(&behind[..length]);
        }
        rest = &behind[length..];
    }
}

/// Puts tags around the parts that are marked, with the white space between them. A run of them ends at each tag, so
/// that all stays balanced.
fn marked(html: &str, tokens: &[Token<'_>], marks: &[bool], [start, end]: [&str; 2]) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 4);
    let (mut closed, mut done) = (0_usize, 0);
    let mut at = 0;
    while at < tokens.len() {
        out.push_str(&html[done..tokens[at].at.start]);
        let run = if closed == 0 { run(&tokens[at..], &marks[at..]) } else { 0 };
        if run > 0 {
            out.push_str(start);
            done = tokens[at + run - 1].at.end;
            out.push_str(&html[tokens[at].at.start..done]);
            out.push_str(end);
            at += run;
            continue;
        }
        match tokens[at].key {
            Key::Start(name) if holds_no_marks(name) => closed += 1,
            Key::End(name) if holds_no_marks(name) => closed = closed.saturating_sub(1),
            _ => {}
        }
        done = tokens[at].at.end;
        out.push_str(&html[tokens[at].at.clone()]);
        at += 1;
    }
    out.push_str(&html[done..]);
    out
}

/// How many words from here on are marked.
fn run(tokens: &[Token<'_>], marks: &[bool]) -> usize {
    let is_marked = |(token, mark): &(&Token<'_>, &bool)| {
        **mark && matches!(token.key, Key::Word(_) | Key::Picture(_))
    };
    tokens.iter().zip(marks).take_while(is_marked).count()
}

/// Whether `<ins>` may not stand in an element.
fn holds_no_marks(name: &str) -> bool {
    matches!(name, "svg" | "math" | "select" | "textarea" | "datalist" | "progress" | "meter")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, expected: Option<[&str; 2]>) {
        let found = differences(left, right);
        let expected =
            expected.map(|[left, right]| Marked { left: left.to_owned(), right: right.to_owned() });
        assert_eq!(found, expected);
    }

    #[test]
    fn changed_words_are_marked_on_both_sides() {
        check(
            "<p>You can run it here.</p>",
            "<p>You can see it there.</p>",
            Some([
                "<p>You can <del>run</del> it <del>here</del>.</p>",
                "<p>You can <ins>see</ins> it <ins>there</ins>.</p>",
            ]),
        );
    }

    #[test]
    fn words_in_a_row_are_marked_together() {
        check(
            "<p>a z</p>",
            "<p>a b c d z</p>",
            Some(["<p>a z</p>", "<p>a <ins>b c d</ins> z</p>"]),
        );
    }

    #[test]
    fn characters_are_the_words_of_chinese() {
        check("运行它", "运作它", Some(["运<del>行</del>它", "运<ins>作</ins>它"]));
    }

    #[test]
    fn marks_end_at_tags() {
        check(
            "<p>a</p>",
            "<p>b <em>c</em> d</p>",
            Some(["<p><del>a</del></p>", "<p><ins>b</ins> <em><ins>c</ins></em> <ins>d</ins></p>"]),
        );
    }

    #[test]
    fn addresses_and_white_space_are_no_difference() {
        check("<a href=\"/en/1\">b  c</a>", "<a href=\"/en/2\">b\nc</a>", None);
    }

    #[test]
    fn another_picture_is_a_difference() {
        check(
            "<img src=\"/a/b.png\">",
            "<img src=\"/a/c.png\">",
            Some(["<del><img src=\"/a/b.png\"></del>", "<ins><img src=\"/a/c.png\"></ins>"]),
        );
        check("<img src=\"/a/b.png\">", "<img src=\"/x/b.png\">", None);
    }

    #[test]
    fn an_entity_is_marked_whole() {
        check("a &lt; b", "a &gt; b", Some(["a <del>&lt;</del> b", "a <ins>&gt;</ins> b"]));
    }

    #[test]
    fn white_space_between_elements_is_no_difference() {
        check("<ul><li>a</li></ul>", "<ul> <li>a</li></ul>", None);
    }
}
