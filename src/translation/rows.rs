//! Two bodies as rows of a table with two columns: which block stands beside which, and what is to say about it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Serialize;

use super::align::{Order, Pair, align};
use super::cells::{Cells, Ids, Items};
use super::conditions::Conditions;
use super::differences::{Marked, differences};
use super::ground::Ground;
use super::likeness::Wording;
use super::outline::Outline;
use super::place::{Condition, Place};
use super::work::Work;
use crate::liquid::Expansion;
use crate::markdown::Body;
use crate::source::{Span, TextId};

/// A body as it is shown: in two columns, the source of a translation is on the left.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    /// The HTML of the body, its slots filled: a block's with ` data-block="n"`.
    pub html: &'a str,
    /// The body.
    pub body: &'a Body,
    /// What it was made from.
    pub expansion: &'a Expansion,
}

/// A block, and what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// How they differ.
    pub status: Status,
    /// What is on the left; nothing where there is a gap.
    pub left: Option<Cell>,
    /// What is on the right; nothing where there is a gap.
    pub right: Option<Cell>,
    /// What else is to say.
    pub remarks: Vec<Remark>,
    /// What a translator has to do about it.
    pub work: Work,
}

/// How two blocks differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// In the same language: not at all.
    Same,
    /// In the same language: in words, pictures or addresses.
    Changed,
    /// Only the right page has it.
    Added,
    /// Only the left page has it.
    Removed,
    /// The right one is a translation of the left one.
    Translated,
    /// It is one of what the source said before.
    Stale,
    /// It is one of a part of the left one.
    Incomplete,
    /// It is one, and something in it is damaged.
    Damaged,
    /// There is no translation of the left one.
    Missing,
    /// The right one is written in the default language.
    Fallback,
}

/// A block on one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Its HTML: balanced.
    pub html: String,
    /// Where it is written.
    pub place: Option<Place>,
    /// The conditions that let it in, and nothing on the other side.
    pub conditions: Vec<Condition>,
}

/// Something about a row that cannot be seen in its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remark {
    /// The right one stands elsewhere on its page.
    Moved,
    /// The words are the same, but a link, a picture or a code block is another.
    Target,
    /// Something inside it has nothing beside it.
    Partial,
}

/// The rows of two bodies, in the order of the left one.
pub fn rows(left: Text<'_>, right: Text<'_>, wording: Wording, ground: &Ground<'_>) -> Vec<Row> {
    let (left, right) =
        (Side::new(left, Ids::Kept, ground), Side::new(right, Ids::Dropped, ground));
    let alignment = align(&left.outline, &right.outline, wording);
    let mut maker = Maker { left: &left, right: &right, wording, ground, rows: Vec::new() };
    maker.leads();
    for pairs in alignment.top() {
        maker.block(pairs);
    }
    maker.rows
}

struct Side<'a> {
    text: Text<'a>,
    cells: Cells<'a>,
    outline: Outline,
    conditions: Conditions<'a>,
}

impl<'a> Side<'a> {
    fn new(text: Text<'a>, ids: Ids, ground: &Ground<'_>) -> Self {
        Self {
            text,
            cells: Cells::new(text.html, text.body, ids),
            outline: Outline::new(text.body, text.expansion, |span| ground.written(span)),
            conditions: Conditions::new(text.expansion, ground),
        }
    }

    fn at(&self, block: u32) -> &Range<u32> {
        &self.text.body.blocks[block as usize].at
    }

    /// Where a block was written, but for the names in it: texts that have less than a quarter of its bytes.
    fn written(&self, block: u32) -> Vec<Span> {
        let (at, expansion) = (self.at(block), self.text.expansion);
        let (start, end) = (at.start as usize, at.end as usize);
        let ends = expansion.segments.iter().skip(1).map(|next| next.start as usize);
        let parts = expansion.segments.iter().zip(ends.chain([expansion.text.len()]));
        let first = expansion.segments.partition_point(|segment| segment.start <= at.start);
        let inside = parts.skip(first.saturating_sub(1));
        let mut bytes: BTreeMap<TextId, usize> = BTreeMap::new();
        let mut spans = Vec::new();
        for (segment, until) in inside.take_while(|(segment, _)| segment.start < at.end) {
            let (from, until) = (start.max(segment.start as usize), end.min(until));
            let part = expansion.text.get(from..until).unwrap_or_default();
            // White space between texts belongs to none of them.
            if !part.trim().is_empty()
                && let Some((span, _)) = expansion.origin(from..until)
            {
                *bytes.entry(span.text).or_default() += part.len();
                spans.push(span);
            }
        }
        let all: usize = bytes.values().sum();
        spans.retain(|span| 4 * bytes.get(&span.text).copied().unwrap_or_default() >= all);
        spans
    }

    fn place(&self, block: u32, ground: &Ground<'_>) -> Option<Place> {
        let at = self.at(block);
        let (span, _) = self.text.expansion.origin(at.start as usize..at.end as usize)?;
        Some(ground.place(span))
    }

    /// Whether most of a block was written in the default language.
    fn is_source(&self, block: u32, ground: &Ground<'_>) -> bool {
        let (at, segments) = (self.at(block), &self.text.expansion.segments);
        let first = segments.partition_point(|segment| segment.start <= at.start).saturating_sub(1);
        let mut bytes = 0;
        for (number, segment) in segments.iter().enumerate().skip(first) {
            if segment.start >= at.end {
                break;
            }
            let end = segments.get(number + 1).map_or(u32::MAX, |next| next.start).min(at.end);
            if ground.is_source(segment.source.text) {
                bytes += end - segment.start.max(at.start);
            }
        }
        2 * bytes > at.end - at.start
    }
}

struct Maker<'a> {
    left: &'a Side<'a>,
    right: &'a Side<'a>,
    wording: Wording,
    ground: &'a Ground<'a>,
    rows: Vec<Row>,
}

/// The HTML of a row on both sides, and the blocks that it stands for.
struct Draft {
    left: Option<(u32, String)>,
    right: Option<(u32, String)>,
    remarks: Vec<Remark>,
}

impl Maker<'_> {
    /// What stands before the first blocks.
    fn leads(&mut self) {
        let (left, right) = (self.left.cells.lead(), self.right.cells.lead());
        if left.is_none() && right.is_none() {
            return;
        }
        let marked = left.as_ref().zip(right.as_ref());
        let marked = marked.and_then(|(left, right)| differences(left, right));
        let status = match (self.wording, &left, &right) {
            (_, None, _) => Status::Added,
            (Wording::Same, _, None) => Status::Removed,
            (Wording::Translated, _, None) => Status::Missing,
            (Wording::Same, ..) if marked.is_some() => Status::Changed,
            (Wording::Same, ..) => Status::Same,
            (Wording::Translated, ..) => Status::Translated,
        };
        let cell = |html| Cell { html, place: None, conditions: Vec::new() };
        let (left, right) = (left.map(cell), right.map(cell));
        self.rows.push(Row { status, left, right, remarks: Vec::new(), work: Work::default() });
    }

    /// A block outside any other with the pairs inside it.
    fn block(&mut self, pairs: &[Pair]) {
        let Some((pair, inside)) = pairs.split_first() else { return };
        if let (Some(left), Some(right)) = (pair.left, pair.right)
            && pair.order == Order::Kept
            && self.list((left, right), inside)
        {
            return;
        }
        let (left_lone, right_lone) = lone_beside(pair, inside);
        let draft = Draft {
            left: pair.left.map(|block| (block, self.left.cells.top(block, &left_lone))),
            right: pair.right.map(|block| (block, self.right.cells.top(block, &right_lone))),
            remarks: self.remarks(pair, inside),
        };
        self.row(draft);
    }

    /// A list in rows of items; says whether it could be.
    fn list(&mut self, (left, right): (u32, u32), inside: &[Pair]) -> bool {
        let items = |side: &Side<'_>, list| {
            let numbers = &side.outline.node(list).children;
            side.cells.items(list, numbers).map(|items| (items, numbers.clone()))
        };
        let Some(left) = items(self.left, left) else { return false };
        let Some(right) = items(self.right, right) else { return false };
        let mut rest = inside;
        while let Some((pair, behind)) = rest.split_first() {
            let deeper = behind.iter().take_while(|inner| inner.depth > pair.depth).count();
            let (inner, behind) = behind.split_at(deeper);
            rest = behind;
            let (left_lone, right_lone) = lone_beside(pair, inner);
            let draft = Draft {
                left: item(self.left, &left, pair.left, &left_lone),
                right: item(self.right, &right, pair.right, &right_lone),
                remarks: self.remarks(pair, inner),
            };
            self.row(draft);
        }
        true
    }

    fn remarks(&self, pair: &Pair, inside: &[Pair]) -> Vec<Remark> {
        let mut remarks = Vec::new();
        if pair.order == Order::Moved {
            remarks.push(Remark::Moved);
        }
        let is_whole = pair.left.is_some() && pair.right.is_some();
        if is_whole && self.wording == Wording::Translated && lone(inside) != Default::default() {
            remarks.push(Remark::Partial);
        }
        remarks
    }

    fn row(&mut self, mut draft: Draft) {
        let status = self.status(&mut draft);
        let Draft { left, right, remarks } = draft;
        let (left_conditions, right_conditions) = self.conditions(status, &left, &right);
        let (status, work) = self.work(status, &left, &right, &remarks);
        let cell = |side: &Side<'_>, half: Option<(u32, String)>, conditions| {
            half.map(|(block, html)| Cell {
                html,
                place: side.place(block, self.ground),
                conditions,
            })
        };
        let left = cell(self.left, left, left_conditions);
        let right = cell(self.right, right, right_conditions);
        self.rows.push(Row { status, left, right, remarks, work });
    }

    /// What a translator has to do about a row whose halves differ so.
    fn work(
        &self,
        status: Status,
        left: &Option<(u32, String)>,
        right: &Option<(u32, String)>,
        remarks: &[Remark],
    ) -> (Status, Work) {
        let standing = self.ground.standing().filter(|_| self.wording == Wording::Translated);
        let Some(standing) = standing else { return (status, Work::default()) };
        let spans = |side: &Side<'_>, half: &Option<(u32, String)>| {
            half.as_ref().map(|(block, _)| side.written(*block)).unwrap_or_default()
        };
        let (left, right) = (spans(self.left, left), spans(self.right, right));
        let work = standing.work(&left, &right, self.ground);
        let is_partial = remarks.contains(&Remark::Partial);
        (work.status(status, &standing.states(&left), is_partial), work)
    }

    /// How the halves differ; words that do are marked.
    fn status(&self, draft: &mut Draft) -> Status {
        let (Some((left, left_html)), Some((right, right_html))) =
            (&mut draft.left, &mut draft.right)
        else {
            return match (&draft.right, self.wording) {
                (Some((right, _)), Wording::Translated)
                    if self.right.is_source(*right, self.ground) =>
                {
                    Status::Fallback
                }
                (Some(_), _) => Status::Added,
                (None, Wording::Same) => Status::Removed,
                (None, Wording::Translated) => Status::Missing,
            };
        };
        if self.wording == Wording::Translated {
            let is_fallback = self.right.is_source(*right, self.ground);
            return if is_fallback { Status::Fallback } else { Status::Translated };
        }
        if let Some(marked) = differences(left_html, right_html) {
            Marked { left: *left_html, right: *right_html } = marked;
            return Status::Changed;
        }
        let whole = |side: &Side<'_>, block| side.outline.node(block).traits.whole;
        if whole(self.left, *left) != whole(self.right, *right) {
            draft.remarks.push(Remark::Target);
            return Status::Changed;
        }
        Status::Same
    }

    /// The conditions that are around one half, and around nothing that stands beside it.
    fn conditions(
        &self,
        status: Status,
        left: &Option<(u32, String)>,
        right: &Option<(u32, String)>,
    ) -> (Vec<Condition>, Vec<Condition>) {
        if matches!(status, Status::Same | Status::Translated | Status::Fallback) {
            return (Vec::new(), Vec::new());
        }
        let own = |side: &'_ Side<'_>, half: &Option<(u32, String)>| match half {
            Some((block, _)) => side.conditions.of(side.at(*block)).into_iter().cloned().collect(),
            None => side.conditions.all().into_iter().cloned().collect::<BTreeSet<_>>(),
        };
        let (on_left, on_right) = (own(self.left, left), own(self.right, right));
        let only = |these: &BTreeSet<(Span, String)>, others: &BTreeSet<(Span, String)>| {
            // A translation has its conditions in files of its own.
            let is_there = |(span, text): &(Span, String)| {
                let alike = |(other, words): &(Span, String)| {
                    text == words && (span == other || self.wording == Wording::Translated)
                };
                others.iter().any(alike)
            };
            let own = these.iter().filter(|condition| !is_there(condition));
            own.map(|condition| self.ground.condition(condition)).collect()
        };
        (only(&on_left, &on_right), only(&on_right, &on_left))
    }
}

/// The blocks inside a pair that have nothing beside them, on the left and on the right.
fn lone(inside: &[Pair]) -> (BTreeSet<u32>, BTreeSet<u32>) {
    let left = inside.iter().filter(|pair| pair.right.is_none()).filter_map(|pair| pair.left);
    let right = inside.iter().filter(|pair| pair.left.is_none()).filter_map(|pair| pair.right);
    (left.collect(), right.collect())
}

/// The same where the pair itself is whole: of one that is not, nothing inside needs a mark of its own.
fn lone_beside(pair: &Pair, inside: &[Pair]) -> (BTreeSet<u32>, BTreeSet<u32>) {
    let is_whole = pair.left.is_some() && pair.right.is_some();
    if is_whole { lone(inside) } else { Default::default() }
}

/// An item of a list with its HTML.
fn item(
    side: &Side<'_>,
    (items, numbers): &(Items, Vec<u32>),
    block: Option<u32>,
    lone: &BTreeSet<u32>,
) -> Option<(u32, String)> {
    let block = block?;
    let place = numbers.binary_search(&block).ok()?;
    Some((block, side.cells.item(items, place, lone)))
}
