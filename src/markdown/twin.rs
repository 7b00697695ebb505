//! HTML that this program has made, as Markdown that any reader of Markdown reads alike: for the twin of a page.
//!
//! It is made from the HTML and not from the source, as that has what every reader is to see: after Liquid, with steps,
//! emphasis and lists as people meant them, and without what a translation may not bring in.

mod blocks;
mod inlines;
mod quoting;
mod table;
mod tree;

use std::fmt::Write as _;

pub use quoting::{destination, escape_markdown};

use self::blocks::Blocks;
use super::offsets::narrow;
use super::{Body, Slot, SlotKind};

/// A body as Markdown, the same for every variant that shares the body.
#[derive(Debug, Default)]
pub struct Twin {
    /// The Markdown; slots are to be inserted at their offsets.
    pub text: String,
    /// Addresses and titles, in the order of offsets.
    pub slots: Vec<Slot>,
}

/// Stands on both sides of what a slot is: a character that no text may hold.
const MARK: char = '\u{fdd1}';

/// Stands for a character that no text may hold, and is as long.
const REPLACEMENT: &str = "\u{fffd}";

/// The Markdown of a body.
pub fn twin(body: &Body) -> Twin {
    let html = marked(body);
    let text = to_markdown(&html, &|address| address.to_owned());
    unmarked(&text)
}

/// The Markdown of HTML, with `address` for each address of a link or an image.
pub fn to_markdown(html: &str, address: &dyn Fn(&str) -> String) -> String {
    let nodes = tree::nodes(html);
    let mut text = Blocks { address }.text(&nodes);
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The HTML of a body with a mark for each slot that a twin has too, and its code.
fn marked(body: &Body) -> String {
    // Replaced by what is as long, so that the places of slots stay.
    let source = without_marks(&body.html);
    let mut html = String::with_capacity(source.len() + 16 * body.slots.len());
    let mut done = 0;
    for slot in &body.slots {
        let at = slot.at as usize;
        html.push_str(&source[done..at]);
        done = at;
        let (letter, number) = match &slot.kind {
            SlotKind::Link(number) => ('L', number),
            SlotKind::Image(number) => ('I', number),
            SlotKind::LinkTitle(number) => ('T', number),
            SlotKind::Code(number) => {
                let code = &body.code[*number as usize].text;
                super::escape::escape_text(&mut html, &without_marks(code));
                continue;
            }
            SlotKind::ImageSize(_) | SlotKind::Ui(_) | SlotKind::Block(_) => continue,
        };
        let _ = write!(html, "{MARK}{letter}{number}{MARK}");
    }
    html.push_str(&source[done..]);
    html
}

fn without_marks(text: &str) -> String {
    text.replace(MARK, REPLACEMENT)
}

/// The Markdown with slots in the place of marks.
fn unmarked(marked: &str) -> Twin {
    let mut twin = Twin { text: String::with_capacity(marked.len()), slots: Vec::new() };
    for (number, part) in marked.split(MARK).enumerate() {
        // Every second part stands between two marks.
        match slot(part).filter(|_| number % 2 == 1) {
            Some(kind) => twin.slots.push(Slot { at: narrow(twin.text.len()), kind }),
            None => twin.text.push_str(part),
        }
    }
    twin
}

fn slot(mark: &str) -> Option<SlotKind> {
    let (letter, number) = mark.split_at_checked(1)?;
    let number = number.parse().ok()?;
    match letter {
        "L" => Some(SlotKind::Link(number)),
        "I" => Some(SlotKind::Image(number)),
        "T" => Some(SlotKind::LinkTitle(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
