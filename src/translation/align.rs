//! Which block of one body stands for which block of another.
//!
//! First come blocks that are alike and stand out on both sides: they part the rest into short runs. In each run the
//! best order of pairs is searched for, in a band beside the diagonal where the run is long. So the time grows with the
//! number of blocks, and not with its square.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::likeness::Wording;
use super::outline::Outline;
use super::run::Run;
use crate::markdown::{BlockKind, Body};

/// A block and what stands for it, by their numbers in [`crate::markdown::Body::blocks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The block of the left body; none where only the right one has it.
    pub left: Option<u32>,
    /// The block of the right body; none where only the left one has it.
    pub right: Option<u32>,
    /// How many blocks it stands in.
    pub depth: usize,
    /// Whether the right block stands elsewhere among its like.
    pub order: Order,
}

/// Where the right block of a pair stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Between those of the pairs around it.
    Kept,
    /// Elsewhere.
    Moved,
}

/// The blocks of two bodies, aligned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    /// The pairs in the order of the left body, those of the right body alone in their places. What stands in a block
    /// follows it, one deeper.
    pub pairs: Vec<Pair>,
}

impl Alignment {
    /// The pairs outside any other block, each with those inside it.
    pub fn top(&self) -> impl Iterator<Item = &[Pair]> {
        let mut rest = &*self.pairs;
        std::iter::from_fn(move || {
            let (_, inside) = rest.split_first()?;
            let length = 1 + inside.iter().take_while(|pair| pair.depth > 0).count();
            let (first, behind) = rest.split_at(length);
            rest = behind;
            Some(first)
        })
    }
}

/// A heading with what stands below it, up to the next heading of any level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The level of its heading, 1 to 6; 0 of what stands before the first heading.
    pub level: u8,
    /// Its pairs in [`Alignment::pairs`], that of the heading first.
    pub pairs: Range<usize>,
}

impl Alignment {
    /// The sections, in order. A heading that only one side has begins one too.
    pub fn sections(&self, left: &Body, right: &Body) -> Vec<Section> {
        let level = |body: &Body, block: Option<u32>| match body.blocks[block? as usize].kind {
            BlockKind::Heading(level) => Some(level),
            _ => None,
        };
        let mut sections = vec![Section { level: 0, pairs: 0..0 }];
        for (at, pair) in self.pairs.iter().enumerate() {
            let begins = level(left, pair.left).or_else(|| level(right, pair.right));
            if let Some(level) = begins.filter(|_| pair.depth == 0) {
                sections.push(Section { level, pairs: at..at });
            }
            if let Some(section) = sections.last_mut() {
                section.pairs.end = at + 1;
            }
        }
        sections.retain(|section| !section.pairs.is_empty());
        sections
    }
}

/// Aligns two bodies.
pub fn align(left: &Outline, right: &Outline, wording: Wording) -> Alignment {
    let mut aligner = Aligner { left, right, wording, pairs: Vec::new() };
    aligner.siblings(&left.roots, &right.roots, 0);
    Alignment { pairs: aligner.pairs }
}

struct Aligner<'a> {
    left: &'a Outline,
    right: &'a Outline,
    wording: Wording,
    pairs: Vec<Pair>,
}

impl Aligner<'_> {
    /// Aligns blocks that stand in the same block. Blocks nest no deeper than Markdown's limit.
    fn siblings(&mut self, left: &[u32], right: &[u32], depth: usize) {
        let mut found = self.anchors(left, right);
        self.fill(left, right, &mut found);
        let moved = self.moved(left, right, &found);
        let mut to = 0;
        for (at, block) in left.iter().enumerate() {
            match found[at] {
                Some(other) => {
                    self.alone_on_the_right(&right[to..other], &moved, depth);
                    to = other + 1;
                    self.pair((*block, right[other]), depth, Order::Kept);
                }
                None => match moved.to.get(block) {
                    Some(other) => self.pair((*block, *other), depth, Order::Moved),
                    None => self.alone_on_the_left(*block, depth),
                },
            }
        }
        self.alone_on_the_right(&right[to..], &moved, depth);
    }

    fn pair(&mut self, (left, right): (u32, u32), depth: usize, order: Order) {
        self.pairs.push(Pair { left: Some(left), right: Some(right), depth, order });
        let (here, there) = (self.left, self.right);
        self.siblings(&here.node(left).children, &there.node(right).children, depth + 1);
    }

    fn alone_on_the_left(&mut self, block: u32, depth: usize) {
        self.pairs.push(Pair { left: Some(block), right: None, depth, order: Order::Kept });
        let outline = self.left;
        for child in &outline.node(block).children {
            self.alone_on_the_left(*child, depth + 1);
        }
    }

    fn alone_on_the_right(&mut self, blocks: &[u32], moved: &Moved, depth: usize) {
        let outline = self.right;
        for block in blocks.iter().filter(|block| !moved.right.contains(block)) {
            self.pairs.push(Pair { left: None, right: Some(*block), depth, order: Order::Kept });
            self.alone_on_the_right(&outline.node(*block).children, &Moved::default(), depth + 1);
        }
    }

    /// For each block on the left, its place on the right, where both stand out and are in the same order.
    fn anchors(&self, left: &[u32], right: &[u32]) -> Vec<Option<usize>> {
        let mut found = vec![None; left.len()];
        let mut candidates =
            self.unique(left, right, |outline, block| Some(outline.node(block).traits.whole));
        let forms = self.unique(left, right, |outline, block| {
            let traits = &outline.node(block).traits;
            (traits.things.len() >= STRONG).then_some(traits.form)
        });
        candidates.extend(forms);
        candidates.sort_unstable();
        candidates.dedup_by_key(|(at, _)| *at);
        for (at, to) in longest_rising(&candidates) {
            found[at] = Some(to);
        }
        found
    }

    /// The places of blocks with the same signature, of which each side has one.
    fn unique(
        &self,
        left: &[u32],
        right: &[u32],
        signature: impl Fn(&Outline, u32) -> Option<u64>,
    ) -> Vec<(usize, usize)> {
        let mut places: HashMap<u64, [Seen; 2]> = HashMap::new();
        for (side, (outline, blocks)) in [(self.left, left), (self.right, right)].iter().enumerate()
        {
            for (at, block) in blocks.iter().enumerate() {
                if let Some(signature) = signature(outline, *block) {
                    let seen = &mut places.entry(signature).or_default()[side];
                    *seen = if *seen == Seen::Never { Seen::Once(at) } else { Seen::Often };
                }
            }
        }
        let mut found: Vec<(usize, usize)> = places
            .into_values()
            .filter_map(|seen| match seen {
                [Seen::Once(at), Seen::Once(to)] => Some((at, to)),
                _ => None,
            })
            .collect();
        found.sort_unstable();
        found
    }

    /// Finds pairs between those that have been found.
    fn fill(&self, left: &[u32], right: &[u32], found: &mut [Option<usize>]) {
        let (mut from, mut to) = (0, 0);
        let mut anchors: Vec<(usize, usize)> =
            found.iter().enumerate().filter_map(|(at, other)| Some((at, (*other)?))).collect();
        anchors.push((left.len(), right.len()));
        for (at, other) in anchors {
            let (outlines, wording) = ((self.left, self.right), self.wording);
            let (left, right) = (&left[from..at], &right[to..other]);
            let run = Run { outlines, wording, left, right };
            let mut pairs = run.pairs();
            pairs.extend(run.remainders(&pairs));
            for (here, there) in pairs {
                found[from + here] = Some(to + there);
            }
            (from, to) = (at + 1, other + 1);
        }
    }

    /// Blocks that are alike and stand out, but in another order.
    fn moved(&self, left: &[u32], right: &[u32], found: &[Option<usize>]) -> Moved {
        let mut taken = vec![false; right.len()];
        found.iter().flatten().for_each(|to| taken[*to] = true);
        let pick = |blocks: &[u32], is_free: &dyn Fn(usize) -> bool| -> Vec<u32> {
            let free = blocks.iter().enumerate().filter(|(at, _)| is_free(*at));
            free.map(|(_, block)| *block).collect()
        };
        let left = pick(left, &|at| found[at].is_none());
        let right = pick(right, &|to| !taken[to]);
        let found = self.unique(&left, &right, |outline, block| {
            let traits = &outline.node(block).traits;
            let (things, words) = (traits.things.len(), traits.words.len());
            match self.wording {
                Wording::Same => (things + words >= STRONG).then_some(traits.whole),
                Wording::Translated => (things >= STRONG).then_some(traits.form),
            }
        });
        let mut moved = Moved::default();
        for (at, to) in found {
            moved.to.insert(left[at], right[to]);
            moved.right.insert(right[to]);
        }
        moved
    }
}

/// Pairs in another order.
#[derive(Debug, Default)]
struct Moved {
    /// The right block of a left one.
    to: HashMap<u32, u32>,
    /// The right blocks.
    right: HashSet<u32>,
}

/// Blocks with so many marks stand out.
const STRONG: usize = 2;

/// How often something has been seen, and where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Seen {
    #[default]
    Never,
    Once(usize),
    Often,
}

/// The longest part of `pairs`, which are in the order of the left, that is in order on the right too.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length, the pair that ends such a part with the lowest right; and for each pair, the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (number, (_, right)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *right);
        before.push(length.checked_sub(1).map(|length| ends[length]));
        if length == ends.len() {
            ends.push(number);
        } else {
            ends[length] = number;
        }
    }
    let mut rising = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(number) = next {
        rising.push(pairs[number]);
        next = before[number];
    }
    rising.reverse();
    rising
}

#[cfg(test)]
mod tests {
    use super::longest_rising;

    #[test]
    fn the_longest_part_in_order_is_kept() {
        let pairs = [(0, 1), (1, 0), (2, 2), (3, 5), (4, 3), (5, 4)];
        assert_eq!(longest_rising(&pairs), [(1, 0), (2, 2), (4, 3), (5, 4)]);
    }
}
