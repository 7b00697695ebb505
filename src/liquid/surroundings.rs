//! Which conditions stand around a place of a text, without evaluating.

use super::host::Source;
use super::node::{Arm, Guard, Kind, Opening, Place, bytes};
use crate::source::Span;

/// A branch of an `if`, `unless`, `ifversion` or `case` that a text stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surrounding {
    /// The tag that begins the branch: `if`, `elsif`, `when`, `else`.
    pub tag: Span,
    /// The tag that begins the block.
    pub block: Span,
    /// Of an `else`, the tags of the block whose conditions do not hold there.
    pub refused: Vec<Span>,
}

impl Source<'_> {
    /// The branches around the byte `at`, which is one that is printed or stands for what is; outermost first.
    pub fn surroundings(self, at: usize) -> Vec<Surrounding> {
        let mut found = Vec::new();
        let mut nodes = &*self.template.nodes;
        // Blocks nest no deeper than the parser's limit.
        loop {
            let next = nodes.partition_point(|node| node.place.start as usize <= at);
            let Some(node) = next.checked_sub(1).map(|last| &nodes[last]) else { return found };
            let Kind::Block(opening, arms) = &node.kind else { return found };
            let next = arms.partition_point(|arm| arm.place.end as usize <= at);
            let Some((arm, before)) = arms[..next].split_last() else { return found };
            if matches!(**opening, Opening::If | Opening::Case(_)) {
                found.push(self.surrounding(&node.place, arm, before));
            }
            nodes = &arm.body;
        }
    }

    fn surrounding(self, block: &Place, arm: &Arm, before: &[Arm]) -> Surrounding {
        let span = |place: &Place| Span::new(self.id, bytes(place));
        let conditions = before.iter().filter(|arm| !matches!(arm.guard, Guard::Never));
        let refused = match arm.guard {
            Guard::Else => conditions.map(|arm| span(&arm.place)).collect(),
            _ => Vec::new(),
        };
        Surrounding { tag: span(&arm.place), block: span(block), refused }
    }
}

impl Surrounding {
    /// The condition for people, as it is written in `text`: `if a`, `not if a`, `case a, when b`.
    pub fn words(&self, text: &str) -> String {
        let inside = |span: &Span| {
            let tag = text.get(span.range()).unwrap_or_default();
            tag.trim_matches(['{', '}', '%', '-', ' ', '\t', '\n']).to_owned()
        };
        let mut words: Vec<String> =
            self.refused.iter().map(|tag| format!("not {}", inside(tag))).collect();
        if words.is_empty() {
            words.push(inside(&self.tag));
        }
        if self.block != self.tag && !self.refused.contains(&self.block) {
            let block = inside(&self.block);
            if block.starts_with("case") {
                words.insert(0, block);
            }
        }
        words.join(", ")
    }
}
