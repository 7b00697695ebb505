//! A text with a place for everything protected in it, by ids: as formats with places have it.

use std::collections::{BTreeMap, BTreeSet};

use super::protect::{Piece, PieceKind, protect};
use super::{End, FlowPart};

/// A piece with the id of its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed<'a> {
    pub(super) text: &'a str,
    /// The id and the end; none of words.
    pub(super) place: Option<(String, End)>,
}

/// The pieces of a source and of its translation, with the same ids for the same things.
pub(super) struct Places<'a> {
    pub(super) source: Vec<Placed<'a>>,
    pub(super) target: Vec<Placed<'a>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(source: &'a str, target: Option<&'a str>) -> Self {
        let pieces = protect(source);
        let things = things(&pieces);
        let ids: Vec<String> = (1..=things.len()).map(|number| number.to_string()).collect();
        let source = placed(&pieces, &things, &ids);
        let Some(target) = target else { return Self { source, target: Vec::new() } };
        let own_pieces = protect(target);
        let own_things = self::things(&own_pieces);
        let own_ids = ids_of(&own_things, &things, &ids);
        Self { source, target: placed(&own_pieces, &own_things, &own_ids) }
    }

    /// What each id and end stands for.
    pub(super) fn texts(&self) -> BTreeMap<(&str, u8), &'a str> {
        let all = self.target.iter().chain(&self.source);
        let place = |placed: &'_ Placed<'a>| placed.text;
        all.filter_map(|placed| {
            let (id, end) = placed.place.as_ref()?;
            Some(((&**id, *end as u8), place(placed)))
        })
        .collect()
    }
}

/// Something protected: what it says, in two texts where it is a pair, and the pieces that it has.
struct Thing<'a> {
    texts: (&'a str, Option<&'a str>),
    pieces: (usize, Option<usize>),
}

fn things<'a>(pieces: &[Piece<'a>]) -> Vec<Thing<'a>> {
    let mut things = Vec::new();
    let mut open: BTreeMap<u32, usize> = BTreeMap::new();
    for (number, piece) in pieces.iter().enumerate() {
        match piece.kind {
            PieceKind::Text => {}
            PieceKind::Whole => {
                things.push(Thing { texts: (piece.text, None), pieces: (number, None) });
            }
            PieceKind::Open(pair) => {
                open.insert(pair, things.len());
                things.push(Thing { texts: (piece.text, None), pieces: (number, None) });
            }
            PieceKind::Close(pair) => {
                if let Some(thing) = open.get(&pair).and_then(|at| things.get_mut(*at)) {
                    thing.texts.1 = Some(piece.text);
                    thing.pieces.1 = Some(number);
                }
            }
        }
    }
    things
}

/// Everything protected: what it says, in two texts where it is a pair.
pub(super) fn things_of(pieces: &[Piece<'_>]) -> Vec<(String, Option<String>)> {
    let text = |thing: Thing<'_>| {
        // Blanks behind a marker or in a table are no matter.
        (thing.texts.0.trim().to_owned(), thing.texts.1.map(|text| text.trim().to_owned()))
    };
    things(pieces).into_iter().map(text).collect()
}

/// The ids of what a translation has: those of the same things of the source, each once; else ids of their own.
fn ids_of(own: &[Thing<'_>], source: &[Thing<'_>], ids: &[String]) -> Vec<String> {
    let mut used = BTreeSet::new();
    let mut others = 0;
    let id = |thing: &Thing<'_>| {
        let same = |number: &usize| source[*number].texts == thing.texts && !used.contains(number);
        match (0..source.len()).find(same) {
            Some(number) => {
                used.insert(number);
                ids[number].clone()
            }
            None => {
                others += 1;
                format!("own{others}")
            }
        }
    };
    own.iter().map(id).collect()
}

fn placed<'a>(pieces: &[Piece<'a>], things: &[Thing<'_>], ids: &[String]) -> Vec<Placed<'a>> {
    let mut placed: Vec<Placed<'a>> =
        pieces.iter().map(|piece| Placed { text: piece.text, place: None }).collect();
    for (thing, id) in things.iter().zip(ids) {
        let (first, second) = thing.pieces;
        let end = if second.is_some() { End::Open } else { End::Whole };
        placed[first].place = Some((id.clone(), end));
        if let Some(second) = second {
            placed[second].place = Some((id.clone(), End::Close));
        }
    }
    placed
}

/// A text that came back with everything in its places. Where an id stands for nothing, the part itself.
pub(super) fn filled<'p>(
    parts: &'p [FlowPart],
    texts: &BTreeMap<(&str, u8), &str>,
) -> Result<String, &'p FlowPart> {
    let mut all = String::new();
    for part in parts {
        match part {
            FlowPart::Text(text) => all.push_str(text),
            FlowPart::Mark(id, end, _) => {
                all.push_str(texts.get(&(&**id, *end as u8)).ok_or(part)?);
            }
        }
    }
    Ok(all)
}
