//! Fills the slots of a body: addresses, highlighted code, interface strings.

use crate::markdown::{AUTOMATIC_TITLE, Body, Slot, SlotKind};

use super::context::escape;

/// The HTML of a body, with what `fill` writes into each slot.
pub(super) fn filled(body: &Body, fill: impl FnMut(&SlotKind, &mut String)) -> String {
    filled_text(&body.html, &body.slots, fill)
}

/// A text, with what `fill` writes into each of its slots.
pub(super) fn filled_text(
    text: &str,
    slots: &[Slot],
    mut fill: impl FnMut(&SlotKind, &mut String),
) -> String {
    let mut filled = String::with_capacity(text.len() + slots.len() * 48);
    let mut done = 0;
    for slot in slots {
        let at = slot.at as usize;
        filled.push_str(&text[done..at]);
        fill(&slot.kind, &mut filled);
        done = at;
    }
    filled.push_str(&text[done..]);
    filled
}

/// What stands where the title of a page belongs that no variant has been chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Titles {
    /// The word for it, which the text that includes this one fills in.
    Awaited,
    /// The address, which can be read.
    Addresses,
}

/// The HTML of a body with addresses as they are written, for other texts to include.
pub(super) fn unresolved(body: &Body, titles: Titles) -> String {
    filled(body, |kind, html| match kind {
        SlotKind::Link(number) => html.push_str(&escape(&body.links[*number as usize].address)),
        SlotKind::Image(number) => html.push_str(&escape(&body.images[*number as usize].address)),
        SlotKind::LinkTitle(_) if titles == Titles::Awaited => html.push_str(AUTOMATIC_TITLE),
        SlotKind::LinkTitle(number) => {
            html.push_str(&escape(&body.links[*number as usize].address));
        }
        SlotKind::Code(number) => html.push_str(&escape(&body.code[*number as usize].text)),
        SlotKind::Ui(_) | SlotKind::ImageSize(_) | SlotKind::Block(_) => {}
    })
}
