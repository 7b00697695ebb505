//! Cuts the HTML of a body, its slots filled, into its blocks.

use std::collections::BTreeSet;
use std::ops::Range;

use super::html::{Piece, attribute, attribute_range, is_blank, is_void, pieces};
use crate::markdown::{BlockKind, Body};

/// The attribute that has the number of a block.
const NUMBER: &str = " data-block=\"";

/// The HTML of a body, and where its blocks are in it.
pub(super) struct Cells<'a> {
    html: &'a str,
    body: &'a Body,
    /// The element of each block; nothing where it was not found.
    elements: Vec<Option<Range<usize>>>,
    ids: Ids,
}

/// Whether elements keep their ids: of two bodies on a page, one may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ids {
    Kept,
    Dropped,
}

impl<'a> Cells<'a> {
    /// Finds the blocks of `body` in `html`. An author's own attribute of that name is nothing: a block has its number,
    /// its name and its depth.
    pub(super) fn new(html: &'a str, body: &'a Body, ids: Ids) -> Self {
        let mut elements = vec![None; body.blocks.len()];
        let mut open: Vec<(usize, usize)> = Vec::new();
        let (mut depth, mut next) = (0_usize, 0);
        for (piece, at) in pieces(html) {
            match piece {
                Piece::Text(_) => {}
                Piece::Start(name) => {
                    let is_next = number(&html[at.clone()], name) == Some(next)
                        && body.blocks.get(next).is_some_and(|block| {
                            block.depth as usize == depth
                                && body.html[block.html as usize + 1..].starts_with(name)
                        });
                    if is_next {
                        elements[next] = Some(at.clone());
                        open.push((next, depth));
                        next += 1;
                    }
                    depth += 1;
                    if is_void(name) {
                        depth -= 1;
                        open.pop_if(|(_, own)| *own == depth);
                    }
                }
                Piece::End(_) => {
                    depth = depth.saturating_sub(1);
                    let ended = open.pop_if(|(_, own)| *own == depth);
                    if let Some(element) = ended.and_then(|(block, _)| elements[block].as_mut()) {
                        element.end = at.end;
                    }
                }
            }
        }
        Self { html, body, elements, ids }
    }

    /// What stands before the first block; nothing where that is only white space.
    pub(super) fn lead(&self) -> Option<String> {
        let first = self.elements.iter().flatten().next();
        let end = first.map_or(self.html.len(), |element| element.start);
        let lead = &self.html[..end];
        (!is_blank(lead)).then(|| self.cell(0..end, &BTreeSet::new()))
    }

    /// The HTML of a block outside any other, with what stands between it and the next. Of the blocks inside it, those
    /// in `lone` are marked.
    pub(super) fn top(&self, block: u32, lone: &BTreeSet<u32>) -> String {
        let Some(element) = &self.elements[block as usize] else { return String::new() };
        let behind =
            self.elements[block as usize + 1..].iter().zip(&self.body.blocks[block as usize + 1..]);
        let mut tops =
            behind.filter(|(_, block)| block.depth == 0).filter_map(|(at, _)| at.as_ref());
        let end = tops.next().map_or(self.html.len(), |next| next.start);
        self.cell(element.start..end, lone)
    }

    /// The items of a list, each in a list of its own that looks like a part of the whole; nothing where there is more
    /// than items in it.
    pub(super) fn items(&self, list: u32, items: &[u32]) -> Option<Items> {
        let block = &self.body.blocks[list as usize];
        let element = self.elements[list as usize].clone()?;
        let (name, first) = match block.kind {
            BlockKind::OrderedList => ("ol", Some(1)),
            BlockKind::BulletList => ("ul", None),
            _ => return None,
        };
        let tag = &self.html[element.clone()];
        let tag = &tag[..=tag.find('>')?];
        let first = attribute(tag, "start").and_then(|start| start.parse().ok()).or(first);
        let ranges: Option<Vec<_>> =
            items.iter().map(|item| self.elements[*item as usize].clone()).collect();
        let ranges = ranges?;
        let mut end = element.start + tag.len();
        for item in &ranges {
            if !is_blank(self.html.get(end..item.start)?) {
                return None;
            }
            end = item.end;
        }
        let language = attribute_range(tag, "lang").map_or("", |at| &tag[at]);
        let start = format!("<{name} class=\"part\"{language}");
        Some(Items { name, start, first, ranges })
    }

    /// The item with this place among those of its list.
    pub(super) fn item(&self, items: &Items, place: usize, lone: &BTreeSet<u32>) -> String {
        let number = items.first.map(|first: u64| first.saturating_add(place as u64));
        let number = number.map_or(String::new(), |number| format!(" start=\"{number}\""));
        let item = self.cell(items.ranges[place].clone(), lone);
        format!("{}{number}>{item}</{}>", items.start, items.name)
    }

    /// A part of the HTML that is balanced.
    fn cell(&self, range: Range<usize>, lone: &BTreeSet<u32>) -> String {
        let part = &self.html[range.clone()];
        let mut cell = String::with_capacity(part.len());
        for (piece, at) in pieces(part) {
            let Piece::Start(name) = piece else {
                cell.push_str(&part[at]);
                continue;
            };
            let tag = &part[at.clone()];
            let (head, mut rest) = tag.split_at(1 + name.len());
            cell.push_str(head);
            let is_lone = number(tag, name)
                .and_then(|block| u32::try_from(block).ok())
                .is_some_and(|block| {
                    let element = self.elements.get(block as usize).and_then(Option::as_ref);
                    lone.contains(&block)
                        && element.is_some_and(|element| element.start == range.start + at.start)
                });
            if is_lone {
                cell.push_str(" data-lone=\"\"");
            }
            if self.ids == Ids::Dropped
                && let Some(id) = attribute_range(rest, "id")
            {
                cell.push_str(&rest[..id.start]);
                rest = &rest[id.end..];
            }
            cell.push_str(rest);
        }
        cell
    }
}

/// The items of a list.
pub(super) struct Items {
    name: &'static str,
    /// The start tag of the list, still open.
    start: String,
    /// The number of the first item, where they have numbers.
    first: Option<u64>,
    ranges: Vec<Range<usize>>,
}

/// The number of the block that a start tag says it is.
fn number(tag: &str, name: &str) -> Option<usize> {
    let value = tag.get(1 + name.len()..)?.strip_prefix(NUMBER)?;
    value.split_once('"')?.0.parse().ok()
}
