//! Two texts in, pairs out: the cases in `tests/*.md`, and what holds for any text.

mod laws;
mod rows;

use std::fmt::Write;

use super::{Alignment, Order, Outline, Wording, align};
use crate::liquid::{Expansion, Frame, Segment};
use crate::markdown::{Body, Options, to_body};
use crate::source::{FileId, Span, TextId};

/// A text as the body of a page. What stands in `«key»` is the value of a data reference with that key, and reads
/// the same.
struct Page {
    source: String,
    expansion: Expansion,
    body: Body,
}

impl Page {
    fn new(source: &str) -> Self {
        let id = TextId::whole(FileId(0));
        let mut expansion = Expansion::default();
        for (number, part) in source.split(['«', '»']).enumerate() {
            let at = part.as_ptr() as usize - source.as_ptr() as usize;
            let span = Span::new(id, at..at + part.len());
            let start = u32::try_from(expansion.text.len()).expect("texts are short");
            let frame = (number % 2 == 1).then(|| {
                expansion.frames.push(Frame { tag: span, parent: None });
                u32::try_from(expansion.frames.len() - 1).expect("texts are short")
            });
            expansion.segments.push(Segment { start, source: span, frame });
            expansion.text.push_str(part);
        }
        let body = to_body(&expansion.text, Options::default());
        Self { source: source.to_owned(), expansion, body }
    }

    fn outline(&self) -> Outline {
        Outline::new(&self.body, &self.expansion, |span| &self.source[span.range()])
    }

    /// The first line of a block as it is written.
    fn shown(&self, block: Option<u32>) -> &str {
        let Some(block) = block else { return "-" };
        let at = &self.body.blocks[block as usize].at;
        let text = &self.expansion.text[at.start as usize..at.end as usize];
        text.trim().lines().next().unwrap_or_default()
    }
}

fn aligned(left: &Page, right: &Page, wording: Wording) -> Alignment {
    align(&left.outline(), &right.outline(), wording)
}

/// A pair a line: what it is indented by is how deep it stands.
fn shown(left: &Page, right: &Page, wording: Wording) -> String {
    let mut shown = String::new();
    for pair in aligned(left, right, wording).pairs {
        let sign = if pair.order == Order::Moved { " (moved)" } else { "" };
        let indent = "  ".repeat(pair.depth);
        let (left, right) = (left.shown(pair.left), right.shown(pair.right));
        let _ = writeln!(shown, "{indent}{left} | {right}{sign}");
    }
    shown
}

/// A case: its name, and its blocks by their info strings.
struct Case<'a> {
    name: &'a str,
    blocks: Vec<(&'a str, String)>,
}

/// The cases of a file: each is a heading and blocks between lines of four backticks.
fn parse(file: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    let mut is_open = false;
    for line in file.lines() {
        let last = cases.last_mut();
        match (line.strip_prefix("````"), last) {
            (Some(info), Some(case)) => {
                is_open = !is_open;
                if is_open {
                    case.blocks.push((info, String::new()));
                }
            }
            (None, Some(case)) if is_open => {
                if let Some((_, text)) = case.blocks.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
            _ => {
                if let Some(name) = line.strip_prefix("## ") {
                    cases.push(Case { name, blocks: Vec::new() });
                }
            }
        }
    }
    cases
}

/// A case has a block `left`, one `right`, and one of `same` or `translated` with the pairs.
#[test]
fn cases() {
    let mut failures = String::new();
    for file in [include_str!("tests/same.md"), include_str!("tests/translated.md")] {
        for Case { name, blocks } in parse(file) {
            let [("left", left), ("right", right), (mode, expected)] = &*blocks else {
                panic!("`{name}` has not its three blocks");
            };
            let wording = if *mode == "same" { Wording::Same } else { Wording::Translated };
            let found = shown(&Page::new(left), &Page::new(right), wording);
            if found.trim() != expected.trim() {
                let _ = writeln!(failures, "## {name}\n{found}");
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn sections_begin_at_headings_of_either_side() {
    let left = Page::new("a\n\n## B\n\nc\n\n### D\n\ne");
    let right = Page::new("a\n\n## B\n\nc\n\n## New\n\nnews\n\n### D\n\ne");
    let alignment = aligned(&left, &right, Wording::Same);
    let sections = alignment.sections(&left.body, &right.body);
    let found: Vec<(u8, usize)> =
        sections.iter().map(|section| (section.level, section.pairs.len())).collect();
    assert_eq!(found, [(0, 1), (2, 2), (2, 2), (3, 2)]);
}
