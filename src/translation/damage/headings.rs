//! Headings of another level than the source's, and such without text.

use std::collections::BTreeSet;
use std::ops::Range;

use super::sides::Sides;
use super::{FaultKind, Found};
use crate::markdown::BlockKind;
use crate::translation::segments::Segment;

/// A level that differs is damage where most others agree, and where it is one that the source does not use, or leaves
/// one out that the source does not: else the source may have changed them since.
pub(super) fn headings(found: &mut Found, sides: &Sides<'_>) {
    let used: BTreeSet<u8> = sides.source.segments.list.iter().filter_map(level).collect();
    let mut before = (0, 0);
    let (mut differing, mut all) = (Vec::new(), 0_usize);
    for (source, own) in sides.pairs() {
        let (Some(right), Some(wrong)) = (level(source), level(own)) else { continue };
        all += 1;
        if right != wrong {
            let leaves_out = wrong > before.1 + 1 && right <= before.0 + 1;
            differing.push((source, own, leaves_out || !used.contains(&wrong)));
        }
        before = (right, wrong);
    }
    if differing.len() * 4 <= all {
        for (source, own, _) in differing.iter().filter(|(.., is_damage)| *is_damage) {
            let (Some(right), Some(wrong)) = (level(source), level(own)) else { continue };
            let kind = FaultKind::Level { wrong, right };
            found.add(kind, own.range.clone(), Some(source.range.clone()), None);
        }
    }
    let theirs = empty(&sides.source.prose.text).count();
    for at in empty(&sides.own.prose.text).skip(theirs) {
        found.add(FaultKind::EmptyHeading, at, None, None);
    }
}

fn level(segment: &Segment) -> Option<u8> {
    match segment.kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    }
}

/// Lines that have nothing but the marks of a heading.
fn empty(prose: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    prose.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let marks = line.trim();
        let is_empty = (2..=6).contains(&marks.len()) && marks.bytes().all(|byte| byte == b'#');
        let start = start + line.len() - line.trim_start().len();
        is_empty.then(|| start..start + marks.len())
    })
}
