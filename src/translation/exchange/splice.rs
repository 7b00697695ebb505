//! Translations of blocks put into a text: in the place of others, and where the source has them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::gather::Block;
use super::take::Accepted;
use crate::liquid;
use crate::source::{Splice, spliced};
use crate::translation::ExaminedUnit;

/// What is told of a text: its blocks, and the translations of some, by the positions of the blocks.
pub(super) struct Told<'a> {
    pub(super) blocks: &'a [Block],
    pub(super) accepted: &'a BTreeMap<usize, &'a Accepted>,
}

/// What has come of it.
pub(super) struct Done<'a> {
    /// What is replaced in the translation's text; in the source's, where there is none.
    pub(super) splices: Vec<Splice>,
    /// The translations that are in it.
    pub(super) accepted: Vec<&'a Accepted>,
    /// Those that are not, as they have no place.
    pub(super) without_place: Vec<&'a Accepted>,
}

/// Puts translations into a text.
pub(super) fn spliced_in<'a>(
    examined: &ExaminedUnit,
    source: &str,
    own: Option<&str>,
    told: &Told<'a>,
) -> Done<'a> {
    let mut done = Done { splices: Vec::new(), accepted: Vec::new(), without_place: Vec::new() };
    let Some(own) = own else {
        for (at, accepted) in told.accepted {
            done.put(told.blocks[*at].source.clone(), accepted.text.clone(), &[accepted]);
        }
        return done;
    };
    let counterparts = examined.counterparts();
    let ranges: Vec<Range<usize>> = examined
        .own
        .iter()
        .flat_map(|own| &own.list)
        .map(|segment| segment.range.clone())
        .collect();
    let inserting = Inserting { source, own, told, counterparts: &counterparts, ranges: &ranges };
    let mut next = 0;
    for (at, accepted) in told.accepted {
        match &told.blocks[*at].own {
            Some(range) => done.put(range.clone(), accepted.text.clone(), &[accepted]),
            None if *at < next => {}
            None => next = inserting.run(*at, &mut done),
        }
    }
    done.splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
    done
}

impl<'a> Done<'a> {
    /// Replaces a piece, unless it overlaps another.
    fn put(&mut self, range: Range<usize>, text: String, accepted: &[&'a Accepted]) {
        let overlaps =
            |other: &Splice| other.range.start < range.end && range.start < other.range.end;
        if self.splices.iter().any(overlaps) {
            self.without_place.extend(accepted);
        } else {
            self.accepted.extend(accepted);
            self.splices.push(Splice { range, text });
        }
    }
}

/// Puts in blocks that the translation does not have.
struct Inserting<'t, 'a> {
    source: &'t str,
    own: &'t str,
    told: &'t Told<'a>,
    counterparts: &'t [Option<usize>],
    ranges: &'t [Range<usize>],
}

impl<'a> Inserting<'_, 'a> {
    /// Puts in the run of blocks without counterparts that `at` is in; tells the block behind it.
    fn run(&self, at: usize, done: &mut Done<'a>) -> usize {
        let has_own = |block: &usize| self.counterparts[*block].is_some();
        let before = (0..at).rev().find(has_own);
        let behind = (at..self.counterparts.len()).find(has_own);
        let first = before.map_or(0, |before| before + 1);
        let end = behind.unwrap_or(self.counterparts.len());
        let accepted: Vec<(usize, &Accepted)> =
            self.told.accepted.range(first..end).map(|(at, accepted)| (*at, *accepted)).collect();
        let texts: Vec<&Accepted> = accepted.iter().map(|(_, accepted)| *accepted).collect();
        match self.between(before, behind) {
            // All that the source has between the two, tags and markers included.
            Some((gap, own_gap)) => {
                done.put(own_gap, self.translated(gap, first..end), &texts);
            }
            None => self.behind(before, first, &accepted, done),
        }
        end
    }

    /// The bytes between two blocks, in the source and in the translation, if there are no other blocks of its own.
    fn between(
        &self,
        before: Option<usize>,
        behind: Option<usize>,
    ) -> Option<(Range<usize>, Range<usize>)> {
        let own = |block: usize| self.counterparts[block];
        let (own_before, own_behind) = (before.and_then(own), behind.and_then(own));
        let next = own_before.map_or(0, |own| own + 1);
        if own_behind.unwrap_or(self.ranges.len()) != next {
            return None;
        }
        let start = before.map_or(0, |block| self.told.blocks[block].source.end);
        let end = behind.map_or(self.source.len(), |block| self.told.blocks[block].source.start);
        let own_start = own_before.map_or(0, |own| self.ranges[own].end);
        let own_end = own_behind.map_or(self.own.len(), |own| self.ranges[own].start);
        (start <= end && own_start <= own_end).then_some((start..end, own_start..own_end))
    }

    /// A part of the source with the translations of these blocks.
    fn translated(&self, part: Range<usize>, blocks: Range<usize>) -> String {
        let accepted = self.told.accepted.range(blocks);
        let splices = accepted.filter_map(|(at, accepted)| {
            let range = &self.told.blocks[*at].source;
            let range = range.start.checked_sub(part.start)?..range.end.checked_sub(part.start)?;
            Some(Splice { range, text: accepted.text.clone() })
        });
        spliced(&self.source[part.clone()], &splices.collect::<Vec<_>>())
    }

    /// Puts blocks behind the one before them, where the translation goes its own way from there. Tags cannot be put in
    /// so, as nobody knows what they belong to.
    fn behind(
        &self,
        before: Option<usize>,
        first: usize,
        accepted: &[(usize, &'a Accepted)],
        done: &mut Done<'a>,
    ) {
        let in_order = accepted.iter().zip(first..).take_while(|((at, _), wanted)| at == wanted);
        let count = in_order.count();
        let (fit, rest) = accepted.split_at(count);
        let texts: Vec<&Accepted> = fit.iter().map(|(_, accepted)| *accepted).collect();
        let place = || {
            let before = before?;
            let own = self.ranges.get(self.counterparts[before]?)?;
            let part =
                self.told.blocks[before].source.end..self.told.blocks[fit.last()?.0].source.end;
            let inside = self.source.get(part.clone())?;
            let has_tags = !liquid::marks(inside).is_empty();
            (!has_tags).then_some((own.end..own.end, part))
        };
        match place() {
            Some((at, part)) => done.put(at, self.translated(part, first..first + count), &texts),
            None => done.without_place.extend(texts),
        }
        done.without_place.extend(rest.iter().map(|(_, accepted)| *accepted));
    }
}
