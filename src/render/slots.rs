//! Fills the slots of a body: addresses, highlighted code, interface strings.

use crate::markdown::{AUTOMATIC_TITLE, Body, SlotKind};

use super::context::escape;

/// What goes into the slots of a body in one variant, by the number of the link, image or code block.
pub(super) struct Filling<'a> {
    /// Addresses of links, not escaped.
    pub(super) links: &'a [String],
    /// Addresses of images, not escaped.
    pub(super) images: &'a [String],
    /// Titles of the pages that links lead to, not escaped.
    pub(super) titles: &'a dyn Fn(usize) -> String,
    /// What stands inside `<code>`.
    pub(super) code: &'a dyn Fn(usize) -> &'a str,
    /// Interface strings.
    pub(super) ui: &'a dyn Fn(&str) -> String,
}

/// The HTML of a body in a variant.
pub(super) fn filled(body: &Body, filling: &Filling<'_>) -> String {
    with_slots(body, |kind, html| match kind {
        SlotKind::Link(number) => html.push_str(&escape(&filling.links[*number as usize])),
        SlotKind::Image(number) => html.push_str(&escape(&filling.images[*number as usize])),
        SlotKind::LinkTitle(number) => {
            html.push_str(&escape(&(filling.titles)(*number as usize)));
        }
        SlotKind::Code(number) => html.push_str((filling.code)(*number as usize)),
        SlotKind::Ui(key) => html.push_str(&escape(&(filling.ui)(key))),
    })
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
    with_slots(body, |kind, html| match kind {
        SlotKind::Link(number) => html.push_str(&escape(&body.links[*number as usize].address)),
        SlotKind::Image(number) => html.push_str(&escape(&body.images[*number as usize].address)),
        SlotKind::LinkTitle(_) if titles == Titles::Awaited => html.push_str(AUTOMATIC_TITLE),
        SlotKind::LinkTitle(number) => {
            html.push_str(&escape(&body.links[*number as usize].address));
        }
        SlotKind::Code(number) => html.push_str(&escape(&body.code[*number as usize].text)),
        SlotKind::Ui(_) => {}
    })
}

fn with_slots(body: &Body, mut fill: impl FnMut(&SlotKind, &mut String)) -> String {
    let mut html = String::with_capacity(body.html.len() + body.slots.len() * 48);
    let mut done = 0;
    for slot in &body.slots {
        let at = slot.at as usize;
        html.push_str(&body.html[done..at]);
        fill(&slot.kind, &mut html);
        done = at;
    }
    html.push_str(&body.html[done..]);
    html
}
