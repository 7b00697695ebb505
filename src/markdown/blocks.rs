//! The blocks of a body: what each is, where it was written, and where its element stands in the HTML.

use std::ops::Range;

use pulldown_cmark::Tag;

use super::SlotKind;
use super::offsets::{Prepared, narrow};
use super::render::Renderer;
use super::writer::Writer;

/// A block-level element of a body: one that Markdown makes, or one of raw HTML outside any other element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The bytes of the expansion.
    pub at: Range<u32>,
    /// Where its `<` stands in [`super::Body::html`].
    pub html: u32,
    /// How many elements are open around it.
    pub depth: u32,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// A paragraph. Items of tight lists have none.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// A list whose items have no order.
    BulletList,
    /// A list whose items are numbered.
    OrderedList,
    /// An item of a list.
    Item,
    /// A quotation.
    Quote,
    /// A quotation that is a note, a tip or a warning.
    Alert,
    /// A code block, with the frame around it.
    Code,
    /// A table, with the wrapper around it.
    Table,
    /// A row of a table.
    Row,
    /// A footnote.
    Footnote,
    /// A rule between paragraphs.
    Rule,
    /// An element of raw HTML, by its name.
    Raw(&'static str),
}

/// A block whose element is about to be written.
#[derive(Clone, Debug)]
pub(super) struct Coming {
    kind: BlockKind,
    at: Range<u32>,
    /// Its depth, of one that takes the place of an element that was left out.
    depth: Option<u32>,
}

impl Renderer<'_> {
    /// Makes the element that is written next a block.
    pub(super) fn block(&mut self, kind: BlockKind, at: &Range<usize>) {
        // Notes beside code belong to the block of code.
        if !self.in_note {
            let at = self.prepared.original(at.clone());
            self.out.coming = Some(Coming { kind, at, depth: None });
        }
    }

    /// The same for what `tag` begins, if its element comes at once.
    pub(super) fn block_of(&mut self, tag: &Tag<'_>, at: &Range<usize>) {
        let kind = match tag {
            Tag::Paragraph => BlockKind::Paragraph,
            Tag::Heading { level, .. } => BlockKind::Heading(*level as u8),
            Tag::BlockQuote(None) => BlockKind::Quote,
            Tag::BlockQuote(Some(_)) => BlockKind::Alert,
            Tag::List(None) => BlockKind::BulletList,
            Tag::List(Some(_)) => BlockKind::OrderedList,
            Tag::Item => BlockKind::Item,
            Tag::Table(_) => BlockKind::Table,
            Tag::FootnoteDefinition(_) => BlockKind::Footnote,
            _ => return,
        };
        self.block(kind, at);
    }
}

impl Writer {
    /// Makes the element whose name has just been written the block that was to come. Returns its number where its end
    /// is to be noted.
    pub(super) fn begin_block(&mut self, name: &str) -> Option<u32> {
        let Coming { kind, at, depth } = self.coming.take()?;
        let is_raw = matches!(kind, BlockKind::Raw(_));
        let depth = depth.unwrap_or_else(|| narrow(self.depth()));
        if is_raw && depth > 0 {
            return None;
        }
        let html = narrow(self.html.len() - name.len() - 1);
        let number = narrow(self.blocks.len());
        self.blocks.push(Block { kind, at, html, depth });
        self.slot(SlotKind::Block(number));
        is_raw.then_some(number)
    }

    /// Takes back the block of an element that began at `start` and is left out.
    pub(super) fn withdraw_block(&mut self, start: usize) -> Option<Coming> {
        let block = self.blocks.pop_if(|last| last.html as usize == start)?;
        self.slots.pop();
        Some(Coming { kind: block.kind, at: block.at, depth: Some(block.depth) })
    }

    /// Notes that the block of raw HTML with this number ends here.
    pub(super) fn end_block(&mut self, number: u32) {
        let (block, next) = (number as usize, self.blocks.len());
        self.ends.push(End { block, next, at: self.reached });
    }
}

/// The end of a block of raw HTML.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    block: usize,
    /// The first block that is not inside it.
    next: usize,
    /// Where the text was that ended it, in bytes of the prepared text.
    at: usize,
}

/// Stretches blocks of raw HTML to their ends. An end tag may stand inside a deeper block, and is true for that too.
pub(super) fn stretch(blocks: &mut [Block], ends: &[End], prepared: &Prepared<'_>) {
    for End { block, next, at } in ends {
        // A paragraph that stayed empty is no block any more.
        let Some(inside) = blocks.get_mut(*block..*next) else { continue };
        let end = prepared.original(*at..*at).start;
        let end = inside.iter().map(|block| block.at.end).fold(end, u32::max);
        if let Some(block) = inside.first_mut() {
            block.at.end = end;
        }
    }
}
