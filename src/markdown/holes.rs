//! What is filled into a body when all of it is known: the ids of headings and of raw HTML, each once.

use std::collections::BTreeSet;
use std::ops::Range;

use super::escape::escape_attribute;
use super::offsets::narrow;
use super::{Block, Body, Fault, Slot, SlotKind};
use crate::diagnostic::codes::DUPLICATE_ID;

/// A place in the HTML where an id goes.
#[derive(Clone, Debug)]
pub(super) struct Hole {
    /// Byte offset in the HTML.
    pub(super) at: usize,
    /// Which id.
    pub(super) id: Id,
}

/// An id that is to be filled in.
#[derive(Clone, Debug)]
pub(super) enum Id {
    /// The value of that of the heading with this number.
    Heading(usize),
    /// An attribute with this value, and where it was written; left out where another element of the page has it
    /// already.
    Raw(String, Range<u32>),
}

/// Fills the holes, which are in order, and moves the slots accordingly.
pub(super) fn fill(body: &mut Body, holes: &[Hole]) {
    if holes.is_empty() {
        return;
    }
    // Headings go first: readers and contents lead to them.
    let mut taken: BTreeSet<&str> = body.headings.iter().map(|heading| &*heading.id).collect();
    let mut filled = String::with_capacity(body.html.len() + 32 * holes.len());
    let mut slots = body.slots.iter_mut().peekable();
    let mut done = 0;
    let (mut faults, mut told) = (Vec::new(), BTreeSet::new());
    for hole in holes {
        while let Some(slot) = slots.next_if(|slot| (slot.at as usize) < hole.at) {
            move_slot(slot, &mut body.blocks, narrow(filled.len() - done));
        }
        filled.push_str(&body.html[done..hole.at]);
        done = hole.at;
        match &hole.id {
            Id::Heading(number) => escape_attribute(&mut filled, &body.headings[*number].id),
            Id::Raw(id, _) if taken.insert(id) => {
                filled.push_str(" id=\"");
                escape_attribute(&mut filled, id);
                filled.push('"');
            }
            // Of one that is there many times, one is enough to know.
            Id::Raw(id, at) => {
                if told.insert(&**id) {
                    faults.push(twice(id, at.clone()));
                }
            }
        }
    }
    for slot in slots {
        move_slot(slot, &mut body.blocks, narrow(filled.len() - done));
    }
    filled.push_str(&body.html[done..]);
    body.html = filled;
    body.faults.extend(faults);
}

/// An id that the page has already.
pub(super) fn twice(id: &str, at: Range<u32>) -> Fault {
    let message = format!("the id `{id}` is there already on this page");
    Fault { code: DUPLICATE_ID, message, hints: vec!["give one of them another id".to_owned()], at }
}

/// Moves a slot, and the element that it belongs to.
fn move_slot(slot: &mut Slot, blocks: &mut [Block], by: u32) {
    slot.at += by;
    if let SlotKind::Block(number) = slot.kind {
        blocks[number as usize].html += by;
    }
}
