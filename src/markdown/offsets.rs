//! A text with insertions, and where its bytes stood before.

use std::borrow::Cow;
use std::ops::Range;

/// A text that has been prepared for the parser; nothing of the original is left out, some bytes are inserted.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    /// The text that is parsed.
    pub(super) text: Cow<'a, str>,
    /// Pairs of (offset here, offset in the original), ascending in both; between two pairs bytes are the same.
    shifts: Vec<(u32, u32)>,
}

impl<'a> Prepared<'a> {
    /// `original` with each of `insertions`, (offset, what goes there), in the order of offsets.
    pub(super) fn new(original: &'a str, insertions: &[(usize, &'static str)]) -> Self {
        if insertions.is_empty() {
            return Self { text: Cow::Borrowed(original), shifts: Vec::new() };
        }
        let added: usize = insertions.iter().map(|(_, inserted)| inserted.len()).sum();
        let mut text = String::with_capacity(original.len() + added);
        let mut shifts = Vec::with_capacity(2 * insertions.len());
        let mut done = 0;
        for &(at, inserted) in insertions {
            text.push_str(&original[done..at]);
            shifts.push((narrow(text.len()), narrow(at)));
            text.push_str(inserted);
            shifts.push((narrow(text.len()), narrow(at)));
            done = at;
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
        let prepared = Prepared::new("abcd", &[(1, "__"), (3, "-")]);
        assert_eq!(prepared.text, "a__bc-d");
        let back: Vec<u32> = (0..=7).map(|at| prepared.original(at..at).start).collect();
        assert_eq!(back, [0, 1, 1, 1, 2, 3, 3, 4]);
    }
}
