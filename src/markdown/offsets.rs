//! A text with small edits, and where its bytes stood before.

use std::borrow::Cow;
use std::ops::Range;

/// A change to a text before it is parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edit {
    /// Where, in the original.
    pub(super) at: usize,
    /// How many bytes go.
    pub(super) removed: usize,
    /// What comes.
    pub(super) inserted: &'static str,
}

impl Edit {
    /// Nothing goes, `inserted` comes.
    pub(super) fn insert(at: usize, inserted: &'static str) -> Self {
        Self { at, removed: 0, inserted }
    }
}

/// A text that has been prepared for the parser.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    /// The text that is parsed.
    pub(super) text: Cow<'a, str>,
    /// Pairs of (offset here, offset in the original), ascending in both; between two pairs bytes are the same.
    shifts: Vec<(u32, u32)>,
}

impl<'a> Prepared<'a> {
    /// `original` with `edits`, which are in the order of their places; one that overlaps another is left out.
    pub(super) fn new(original: &'a str, edits: &[Edit]) -> Self {
        if edits.is_empty() {
            return Self { text: Cow::Borrowed(original), shifts: Vec::new() };
        }
        let added: usize = edits.iter().map(|edit| edit.inserted.len()).sum();
        let mut text = String::with_capacity(original.len() + added);
        let mut shifts = Vec::with_capacity(2 * edits.len());
        let mut done = 0;
        for edit in edits {
            let Some(kept) = original.get(done..edit.at) else { continue };
            text.push_str(kept);
            shifts.push((narrow(text.len()), narrow(edit.at)));
            text.push_str(edit.inserted);
            done = edit.at + edit.removed;
            shifts.push((narrow(text.len()), narrow(done)));
        }
        text.push_str(&original[done..]);
        Self { text: Cow::Owned(text), shifts }
    }

    /// The bytes of the original that stand at `range`.
    pub(super) fn original(&self, range: Range<usize>) -> Range<u32> {
        let start = self.offset(range.start);
        start..self.offset(range.end).max(start)
    }

    fn offset(&self, at: usize) -> u32 {
        let at = narrow(at);
        let after = self.shifts.partition_point(|(here, _)| *here <= at);
        let Some(before) = after.checked_sub(1) else { return at };
        let (here, there) = self.shifts[before];
        let limit = self.shifts.get(after).map_or(u32::MAX, |(_, next)| *next);
        (there + (at - here)).min(limit)
    }
}

/// Expansions are limited to 8 MiB, so that an offset fits 32 bits.
pub(super) fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_back_behind_insertions() {
        let prepared = Prepared::new("abcd", &[Edit::insert(1, "__"), Edit::insert(3, "-")]);
        assert_eq!(prepared.text, "a__bc-d");
        let back: Vec<u32> = (0..=7).map(|at| prepared.original(at..at).start).collect();
        assert_eq!(back, [0, 1, 1, 1, 2, 3, 3, 4]);
    }
}
