//! A text and its translation, with their segments side by side.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::{Prose, WrittenLink, links_in, prose};
use crate::translation::segments::{Segment, Segments};

/// A text and its translation.
pub(super) struct Sides<'a> {
    pub(super) source: Side<'a>,
    pub(super) own: Side<'a>,
    /// Segments that stand for each other, by their positions.
    pub(super) pairs: Vec<(usize, usize)>,
}

/// One of the two.
pub(super) struct Side<'a> {
    pub(super) text: &'a str,
    /// The text without its code and its tags.
    pub(super) prose: Prose,
    pub(super) segments: Segments,
    /// Its links and pictures.
    pub(super) links: Vec<WrittenLink>,
    /// The brackets behind the texts of pictures.
    pictures: BTreeSet<usize>,
}

impl<'a> Sides<'a> {
    pub(super) fn new(source: &'a str, own: &'a str) -> Self {
        let (source, own) = (Side::new(source), Side::new(own));
        let pairs = source.segments.beside(&own.segments).into_iter();
        let pairs = pairs.filter_map(|beside| Some((beside.source?, beside.own?))).collect();
        Self { source, own, pairs }
    }

    /// The segments that stand for each other.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&Segment, &Segment)> {
        let both = |(source, own): &(usize, usize)| {
            (&self.source.segments.list[*source], &self.own.segments.list[*own])
        };
        self.pairs.iter().map(both)
    }

    /// The segment of the source for each of the translation's, by position.
    pub(super) fn counterparts(&self) -> Vec<Option<&Segment>> {
        let mut counterparts = vec![None; self.own.segments.list.len()];
        for (source, own) in &self.pairs {
            counterparts[*own] = Some(&self.source.segments.list[*source]);
        }
        counterparts
    }
}

impl<'a> Side<'a> {
    fn new(text: &'a str) -> Self {
        let prose = prose(text);
        let links = links_in(&prose.text);
        let pictures = pictures(&prose.text);
        Self { text, prose, segments: Segments::new(text), links, pictures }
    }

    /// The links and pictures in a range.
    pub(super) fn links_in(&self, range: &Range<usize>) -> &[WrittenLink] {
        inside(&self.links, range, |link| link.end.clone())
    }

    /// Whether a link is a picture.
    pub(super) fn is_picture(&self, link: &WrittenLink) -> bool {
        self.pictures.contains(&link.end.start)
    }

    /// The code in lines of text in a range, with its backticks.
    pub(super) fn code_in(&self, range: &Range<usize>) -> &[Range<usize>] {
        inside(&self.prose.code, range, Clone::clone)
    }
}

/// Where the brackets stand that close one with `!` before it, in the same line.
fn pictures(prose: &str) -> BTreeSet<usize> {
    let mut pictures = BTreeSet::new();
    let mut open: Vec<bool> = Vec::new();
    let mut before = b' ';
    for (at, byte) in prose.bytes().enumerate() {
        match byte {
            b'\n' => open.clear(),
            b'[' => open.push(before == b'!'),
            b']' if open.pop() == Some(true) => drop(pictures.insert(at)),
            _ => {}
        }
        before = byte;
    }
    pictures
}

/// Those of some things in order that lie in a range.
fn inside<'t, T>(
    things: &'t [T],
    range: &Range<usize>,
    at: impl Fn(&T) -> Range<usize>,
) -> &'t [T] {
    let start = things.partition_point(|thing| at(thing).start < range.start);
    let count = things[start..].partition_point(|thing| at(thing).end <= range.end);
    &things[start..start + count]
}
