//! Blocks in another language than the text around them.

use std::ops::Range;

use pulldown_cmark::Tag;

use super::OtherLanguage;
use super::render::Renderer;

/// Which parts of a text are in another language, and how far the block reaches that says so.
#[derive(Debug, Default)]
pub(super) struct OtherParts {
    /// How many bytes of the other language stand before each part.
    before: Vec<u32>,
    /// The end of the last block that was marked, in the prepared text: what is inside needs no mark of its own.
    marked_to: usize,
}

impl OtherParts {
    pub(super) fn new(other: Option<OtherLanguage<'_>>) -> Self {
        let sum = |sum: &mut u32, part: &Range<u32>| {
            let before = *sum;
            *sum += part.end - part.start;
            Some(before)
        };
        let parts = other.map(|other| other.parts).unwrap_or_default();
        Self { before: parts.iter().scan(0, sum).collect(), marked_to: 0 }
    }

    /// How many of the first `end` bytes are in the other language.
    fn count_to(&self, parts: &[Range<u32>], end: u32) -> u32 {
        let next = parts.partition_point(|part| part.start < end);
        let Some(last) = next.checked_sub(1) else { return 0 };
        self.before[last] + parts[last].end.min(end) - parts[last].start
    }
}

impl Renderer<'_> {
    /// Has the block that begins say its language, if most of it is in the other one.
    pub(super) fn mark_language(&mut self, tag: &Tag<'_>, at: &Range<usize>) {
        let Some(other) = self.options.other_language else { return };
        let is_block = matches!(
            tag,
            Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::BlockQuote(_)
                | Tag::List(_)
                | Tag::Item
                | Tag::Table(_)
                | Tag::FootnoteDefinition(_)
        );
        if !is_block || at.start < self.other_parts.marked_to {
            return;
        }
        let Range { start, end } = self.prepared.original(at.clone());
        let count = |end| self.other_parts.count_to(other.parts, end);
        if 2 * (count(end) - count(start)) > end.saturating_sub(start) {
            self.other_parts.marked_to = at.end;
            self.out.language = Some(other.tag.to_owned());
            self.body.has_other_language = true;
        }
    }
}
