//! Writes HTML that is always balanced: a stack of open elements, and slots at their offsets.
//!
//! Knows elements, not Markdown. Elements have an owner: Markdown closes its own in order; raw HTML can close
//! only what raw HTML opened, and whatever it leaves open ends with the container it stands in.

use super::blocks::{Block, Coming, End};
use super::elements::{Kind, implied_ends};
use super::escape::{escape_attribute, escape_text};
use super::holes::{Hole, Id};
use super::nesting::{between, may_hold_blocks};
use super::offsets::narrow;
use super::{Slot, SlotKind};

/// The start tag of a paragraph; one that stays empty is left out.
const PARAGRAPH: &str = "<p>";

/// Who opened an element and may close it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Markdown: closed by its end.
    Markdown,
    /// Raw HTML: closed by an end tag in the same container, or with the container.
    Raw,
}

/// Where an element is between its tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Its end tag is still to be written.
    Open,
    /// Its end tag came inside a deeper Markdown container: to be closed when that ends.
    Closing,
    /// Its end tag has been written already, its owner does not know yet.
    Closed,
}

#[derive(Debug)]
struct Open {
    name: &'static str,
    /// The name that its author wrote, and by which it is closed.
    written: &'static str,
    kind: Kind,
    owner: Owner,
    state: State,
    platform: Option<Box<str>>,
    /// Its number, where it is a block of raw HTML, whose end is only known when it comes.
    block: Option<u32>,
    /// Whether the first cells of rows in it are headers.
    row_headers: bool,
}

/// HTML in the making.
#[derive(Debug, Default)]
pub(super) struct Writer {
    /// What has been written.
    pub(super) html: String,
    /// The slots in it.
    pub(super) slots: Vec<Slot>,
    /// Where ids are to go, in order.
    pub(super) holes: Vec<Hole>,
    /// The language that the next element of Markdown is in, where that is not the language around it.
    pub(super) language: Option<String>,
    /// The blocks that have been begun.
    pub(super) blocks: Vec<Block>,
    /// What the next element is.
    pub(super) coming: Option<Coming>,
    /// How far the text has been read, in bytes of the prepared text.
    pub(super) reached: usize,
    /// How far it had been read when each block of raw HTML ended.
    pub(super) ends: Vec<End>,
    stack: Vec<Open>,
    /// Elements inside elements; raw elements beyond this are left out.
    nesting: usize,
    /// Items of ordered lists that are open.
    steps: usize,
    /// Open `a` elements.
    links: usize,
}

impl Writer {
    /// Writes raw elements that nest so deep.
    pub(super) fn new(nesting: usize) -> Self {
        Self { nesting, ..Self::default() }
    }

    /// How deep raw elements may nest.
    pub(super) fn nesting(&self) -> usize {
        self.nesting
    }

    /// Writes an element's start tag without attributes.
    pub(super) fn open(&mut self, name: &'static str, kind: Kind, owner: Owner) {
        self.begin(name, kind, owner);
        self.end_tag_start();
    }

    /// Writes `<name`; attributes and [`Self::end_tag_start`] are to follow.
    pub(super) fn begin(&mut self, name: &'static str, kind: Kind, owner: Owner) {
        if matches!(kind, Kind::Block | Kind::VoidBlock) {
            self.end_phrases();
        }
        self.bridge(name);
        self.html.push('<');
        self.html.push_str(name);
        let block = self.begin_block(name);
        if let Some(tag) = self.language.take() {
            self.attribute("lang", &tag);
            self.attribute("dir", "auto");
        }
        if !matches!(kind, Kind::Void | Kind::VoidBlock) {
            self.push(Open { block, ..Open::new(name, kind, owner) });
        }
    }

    /// Notes the name that the author wrote for the element opened last.
    pub(super) fn set_written(&mut self, name: &'static str) {
        if let Some(top) = self.stack.last_mut() {
            top.written = name;
        }
    }

    /// Changes what the element opened last is: its start tag has been rewritten.
    pub(super) fn rename(&mut self, name: &'static str) {
        if let Some(top) = self.stack.last_mut() {
            top.name = name;
        }
    }

    /// The innermost open element that does not stand in a line of text.
    pub(super) fn container(&self) -> Option<&'static str> {
        let is_one = |open: &&Open| open.kind == Kind::Block && open.state != State::Closed;
        self.stack.iter().rev().find(is_one).map(|open| open.name)
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.stack.iter().filter(|open| open.state != State::Closed).count()
    }

    /// Opens what is missing between the innermost element and what begins in it.
    pub(super) fn bridge(&mut self, name: &str) {
        let is_open = |open: &&Open| open.state != State::Closed;
        let Some(top) = self.stack.iter().rev().find(is_open) else { return };
        for missing in between(top.name, name) {
            self.html.push('<');
            self.html.push_str(missing);
            self.html.push('>');
            self.push(Open::new(missing, Kind::Block, Owner::Raw));
        }
    }

    /// Ends a start tag.
    pub(super) fn end_tag_start(&mut self) {
        self.html.push('>');
    }

    /// Writes an attribute of the tag that has begun.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        escape_attribute(&mut self.html, value);
        self.html.push('"');
    }

    /// Writes an attribute whose value is filled in later.
    pub(super) fn slot_attribute(&mut self, name: &str, kind: SlotKind) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        self.slot(kind);
        self.html.push('"');
    }

    /// Writes a flag of the tag that has begun.
    pub(super) fn flag(&mut self, name: &str) {
        self.html.push(' ');
        self.html.push_str(name);
    }

    /// Leaves a place for an id.
    pub(super) fn hole(&mut self, id: Id) {
        self.holes.push(Hole { at: self.html.len(), id });
    }

    /// Leaves a place to be filled in later.
    pub(super) fn slot(&mut self, kind: SlotKind) {
        self.slots.push(Slot { at: narrow(self.html.len()), kind });
    }

    /// Writes text.
    pub(super) fn text(&mut self, text: &str) {
        if !text.trim_ascii().is_empty() {
            self.bridge("");
        }
        escape_text(&mut self.html, text);
    }

    /// Notes the platform that the element opened last stands for.
    pub(super) fn set_platform(&mut self, platform: String) {
        if let Some(top) = self.stack.last_mut() {
            top.platform = Some(platform.into_boxed_str());
        }
    }

    /// Notes that tables in the element opened last have headers in front of their rows.
    pub(super) fn set_row_headers(&mut self) {
        if let Some(top) = self.stack.last_mut() {
            top.row_headers = true;
        }
    }

    /// Whether an open element asks for headers in front of rows.
    pub(super) fn has_row_headers(&self) -> bool {
        self.stack.iter().any(|open| open.row_headers && open.state == State::Open)
    }

    /// The platform of the nearest element that has one.
    pub(super) fn platform(&self) -> &str {
        self.stack.iter().rev().find_map(|open| open.platform.as_deref()).unwrap_or_default()
    }

    /// Whether an item of an ordered list is open.
    pub(super) fn in_step(&self) -> bool {
        self.steps > 0
    }

    /// Ends the paragraph here for a block; says whether a block may stand here at all.
    pub(super) fn leave_paragraph(&mut self) -> bool {
        let Some(top) = self.stack.last() else { return true };
        if top.is_open_paragraph() {
            self.coming = self.write_end("p");
            return true;
        }
        top.kind == Kind::Block && top.name != "p"
    }

    /// Goes on with the paragraph that was left.
    pub(super) fn resume_paragraph(&mut self) {
        if self.stack.last().is_some_and(Open::is_open_paragraph) {
            self.html.push_str(PARAGRAPH);
        }
    }

    /// Whether a link is open.
    pub(super) fn in_link(&self) -> bool {
        self.links > 0
    }

    /// Whether another raw element may be opened.
    pub(super) fn has_room(&self) -> bool {
        self.stack.len() < self.nesting
    }

    /// Closes the innermost element of Markdown and all raw elements inside it.
    pub(super) fn close(&mut self) {
        while let Some(open) = self.pop() {
            if open.owner == Owner::Markdown {
                break;
            }
        }
        self.close_waiting();
    }

    /// Closes the raw elements inside the innermost element of Markdown.
    pub(super) fn close_inner(&mut self) {
        let raw = self.stack.iter().rev().take_while(|open| open.owner == Owner::Raw).count();
        self.pop_to(self.stack.len() - raw);
    }

    /// Closes the raw element of this name; says whether there was one.
    pub(super) fn close_raw(&mut self, name: &str) -> bool {
        let Some(at) = self.stack.iter().rposition(|open| open.is_open_raw(name)) else {
            return false;
        };
        if self.stack[at..].iter().all(|open| open.owner == Owner::Raw) {
            self.pop_to(at);
        } else {
            self.stack[at].state = State::Closing;
        }
        true
    }

    /// Closes what a start tag of raw `name` closes without an end tag (`li` before `li`).
    pub(super) fn close_implied(&mut self, name: &str) {
        let Some((ended, barriers)) = implied_ends(name) else { return };
        let mut at = self.stack.len();
        while let Some(open) = at.checked_sub(1).map(|below| &self.stack[below]) {
            at -= 1;
            if open.owner == Owner::Markdown || barriers.contains(&open.name) {
                return;
            }
            if ended.contains(&open.name) {
                self.pop_to(at);
                return;
            }
        }
    }

    /// Closes all that is open.
    pub(super) fn finish(&mut self) {
        self.pop_to(0);
    }

    /// Neither a paragraph nor words in a line can hold a block: they end before it.
    fn end_phrases(&mut self) {
        let phrases = self.stack.iter().rev().take_while(|open| open.kind == Kind::Phrase).count();
        let first = self.stack.len() - phrases;
        let paragraph = first.checked_sub(1).filter(|at| self.stack[*at].is_unclosed_paragraph());
        let holding = || self.stack[first..].iter().take_while(|open| may_hold_blocks(open.name));
        let from = paragraph.unwrap_or_else(|| first + holding().count());
        if from == self.stack.len() {
            return;
        }
        for index in (from..self.stack.len()).rev() {
            let open = &mut self.stack[index];
            if open.state != State::Closed {
                open.state = State::Closed;
                let name = open.name;
                self.write_end(name);
            }
        }
        self.stack.retain(|open| open.owner == Owner::Markdown || open.state != State::Closed);
    }

    fn close_waiting(&mut self) {
        let raw = self.stack.iter().rev().take_while(|open| open.owner == Owner::Raw).count();
        let first = self.stack.len() - raw;
        let waiting = self.stack[first..].iter().position(|open| open.state == State::Closing);
        if let Some(at) = waiting {
            self.pop_to(first + at);
        }
    }

    fn push(&mut self, open: Open) {
        self.steps += usize::from(open.name == "li" && self.is_in_ordered_list());
        self.links += usize::from(open.name == "a");
        self.stack.push(open);
    }

    fn pop_to(&mut self, length: usize) {
        while self.stack.len() > length {
            self.pop();
        }
    }

    fn pop(&mut self) -> Option<Open> {
        let open = self.stack.pop()?;
        if open.state != State::Closed {
            self.write_end(open.name);
        }
        self.steps -= usize::from(open.name == "li" && self.is_in_ordered_list());
        if let Some(number) = open.block {
            self.end_block(number);
        }
        Some(open)
    }

    /// Writes an end tag. A paragraph that stayed empty is left out instead, and its block is returned.
    fn write_end(&mut self, name: &'static str) -> Option<Coming> {
        if name == "p" && self.html.trim_end().ends_with(PARAGRAPH) {
            let start = self.html.trim_end().len() - PARAGRAPH.len();
            // One that has an id is there to be led to.
            if self.holes.last().is_none_or(|hole| hole.at < start) {
                self.html.truncate(start);
                return self.withdraw_block(start);
            }
        }
        self.links -= usize::from(name == "a");
        self.html.push_str("</");
        self.html.push_str(name);
        self.html.push('>');
        None
    }

    /// Whether the innermost element is an ordered list; asked with an item of it above, or just removed.
    fn is_in_ordered_list(&self) -> bool {
        self.stack.last().is_some_and(|open| open.name == "ol")
    }
}

impl Open {
    fn new(name: &'static str, kind: Kind, owner: Owner) -> Self {
        let (state, platform) = (State::Open, None);
        let block = None;
        Self { name, written: name, kind, owner, state, platform, block, row_headers: false }
    }

    fn is_unclosed_paragraph(&self) -> bool {
        self.name == "p" && self.state != State::Closed
    }

    fn is_open_paragraph(&self) -> bool {
        self.name == "p" && self.owner == Owner::Markdown && self.state == State::Open
    }

    fn is_open_raw(&self, name: &str) -> bool {
        self.owner == Owner::Raw && self.state == State::Open && self.written == name
    }
}
