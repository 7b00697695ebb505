//! The conditions that let text into one page and not into another.

use std::collections::BTreeSet;
use std::ops::Range;

use super::ground::Ground;
use crate::liquid::Expansion;
use crate::source::Span;

/// The conditions that the parts of an expansion stand in, also those around the tags that included them.
pub(super) struct Conditions<'a> {
    expansion: &'a Expansion,
    /// Of each segment.
    around: Vec<BTreeSet<(Span, String)>>,
}

impl<'a> Conditions<'a> {
    pub(super) fn new(expansion: &'a Expansion, ground: &Ground<'_>) -> Self {
        let ends = expansion.segments.iter().skip(1).map(|next| next.start as usize);
        let ends = ends.chain([expansion.text.len()]);
        let around = expansion.segments.iter().zip(ends).map(|(segment, end)| {
            // White space makes no difference that can be seen.
            if expansion.text[segment.start as usize..end].trim().is_empty() {
                return BTreeSet::new();
            }
            let start = segment.start as usize;
            let (span, trace) =
                expansion.origin(start..start).unwrap_or((segment.source, Vec::new()));
            let places = trace.into_iter().chain([span]);
            places.flat_map(|place| ground.conditions(place)).collect()
        });
        Self { expansion, around: around.collect() }
    }

    /// All conditions that something in these bytes stands in.
    pub(super) fn of(&self, range: &Range<u32>) -> BTreeSet<&(Span, String)> {
        let segments = &self.expansion.segments;
        let first = segments.partition_point(|segment| segment.start <= range.start);
        let end = segments.partition_point(|segment| segment.start < range.end);
        self.around[first.saturating_sub(1)..end.max(first)].iter().flatten().collect()
    }

    /// All conditions that anything stands in.
    pub(super) fn all(&self) -> BTreeSet<&(Span, String)> {
        self.around.iter().flatten().collect()
    }
}
