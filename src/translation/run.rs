//! Blocks that stand between two pairs: the best order of pairs among them, in a band beside the diagonal where there
//! are many.

use std::ops::Range;

use super::likeness::{NONE, Wording, likeness};
use super::outline::Outline;

/// A run with so many possible pairs is searched as a whole.
const SMALL: usize = 40_000;

/// What a damaged translation is worth at least beside its source.
const DAMAGED: i64 = -120;

/// How far from the diagonal pairs are looked for in longer runs.
const BAND: usize = 24;

/// Blocks between two anchors.
pub(super) struct Run<'a> {
    /// What the blocks on both sides are known by.
    pub(super) outlines: (&'a Outline, &'a Outline),
    pub(super) wording: Wording,
    pub(super) left: &'a [u32],
    pub(super) right: &'a [u32],
}

/// How the best way came to a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Pair,
    SkipLeft,
    SkipRight,
}

impl Run<'_> {
    /// The pairs that are most alike in all, in order.
    pub(super) fn pairs(&self) -> Vec<(usize, usize)> {
        let (rows, columns) = (self.left.len(), self.right.len());
        if rows == 0 || columns == 0 {
            return Vec::new();
        }
        let bands: Vec<Range<usize>> = (0..=rows).map(|row| self.band(row)).collect();
        let mut steps: Vec<Vec<Step>> = Vec::with_capacity(rows + 1);
        let mut above: Vec<i64> = Vec::new();
        for (row, band) in bands.iter().enumerate() {
            let upper = row.checked_sub(1).map(|row| bands[row].clone()).unwrap_or_default();
            let mut best = Vec::with_capacity(band.len());
            let mut ways = Vec::with_capacity(band.len());
            for column in band.clone() {
                let over =
                    |column: usize| upper.contains(&column).then(|| above[column - upper.start]);
                let pair = (row > 0 && column > 0)
                    .then(|| over(column - 1).map(|value| value + self.gain(row - 1, column - 1)))
                    .flatten();
                let beside = (column > band.start).then(|| best[column - 1 - band.start]);
                let ways_here =
                    [(pair, Step::Pair), (over(column), Step::SkipLeft), (beside, Step::SkipRight)];
                let (value, step) = choose(ways_here);
                best.push(value);
                ways.push(step);
            }
            steps.push(ways);
            above = best;
        }
        trace(&steps, &bands)
    }

    /// Pairs of a translation among what is left over between two others, where as many are left on both sides: a
    /// damaged translation rather than none, with something else in its place.
    pub(super) fn remainders(&self, pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
        if self.wording == Wording::Same {
            return Vec::new();
        }
        let mut found = Vec::new();
        let (mut row, mut column) = (0, 0);
        let end = (self.left.len(), self.right.len());
        for (next_row, next_column) in pairs.iter().copied().chain([end]) {
            if next_row - row == next_column - column {
                let left_over = (row..next_row).zip(column..next_column);
                found.extend(left_over.filter(|(row, column)| self.gain(*row, *column) > DAMAGED));
            }
            (row, column) = (next_row + 1, next_column + 1);
        }
        found
    }

    /// The columns that a row is compared with.
    fn band(&self, row: usize) -> Range<usize> {
        let (rows, columns) = (self.left.len(), self.right.len());
        if rows * columns <= SMALL {
            return 0..columns + 1;
        }
        let reach = |row: usize| row * columns / rows;
        let start = reach(row.saturating_sub(1)).saturating_sub(BAND);
        start..(reach((row + 1).min(rows)) + BAND).min(columns) + 1
    }

    fn gain(&self, row: usize, column: usize) -> i64 {
        let (left, right) = self.outlines;
        let (left, right) = (left.node(self.left[row]), right.node(self.right[column]));
        likeness(&left.traits, &right.traits, self.wording)
    }
}

/// The best of the ways to a cell; no way leads to the first one.
fn choose(ways: [(Option<i64>, Step); 3]) -> (i64, Step) {
    let mut best = (NONE, Step::SkipRight);
    for (value, step) in ways {
        if let Some(value) = value.filter(|value| *value > best.0) {
            best = (value, step);
        }
    }
    if best.0 == NONE { (0, best.1) } else { best }
}

/// Follows the best way back.
fn trace(steps: &[Vec<Step>], bands: &[Range<usize>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut row = steps.len() - 1;
    let mut column = bands[row].end - 1;
    while row > 0 && column > 0 {
        match steps[row][column - bands[row].start] {
            Step::Pair => {
                (row, column) = (row - 1, column - 1);
                pairs.push((row, column));
            }
            Step::SkipLeft => row -= 1,
            Step::SkipRight => column -= 1,
        }
    }
    pairs.reverse();
    pairs
}
