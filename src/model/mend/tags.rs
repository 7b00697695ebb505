//! The tags of a translation beside those of its source: which are damaged, and which the source can stand in for.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::damage::{Cure, Damage, DamageKind};
use super::judge::{Known, Pair};
use super::vocabulary::{Flaw, is_condition, plain};
use crate::liquid::{Mark, MarkForm, is_tag, marks};
use crate::model::tree::link_argument;
use crate::source::Splice;

/// How much longer than the source's a damaged tag may be: a longer one has swallowed text.
const SWALLOWED: usize = 24;

/// What is wrong with the tags of the translation. `faults` are the places where its Liquid does not parse.
pub(super) fn tag_damage(
    pair: &Pair<'_>,
    known: &Known<'_>,
    faults: &[Range<usize>],
) -> Vec<Damage> {
    let faults: BTreeSet<(usize, usize)> =
        faults.iter().map(|fault| (fault.start, fault.end)).collect();
    let (mut source, mut own) = (marks(pair.source), marks(pair.own));
    let mut damage = raw_again(pair, &mut source, &mut own);
    let (source_left, own_left) = unmatched(&source, &own);
    let flaws: BTreeMap<usize, Flaw> = own_left
        .iter()
        .filter_map(|at| Some((*at, flaw(&own[*at], pair, known, &faults)?)))
        .collect();
    if flaws.is_empty() {
        return damage;
    }
    let counterparts = in_order(&source, &own, &flaws)
        .or_else(|| only_one(&source_left, &own_left, &source, &own, &flaws));
    let told = |at: usize| {
        let (mark, flaw) = (&own[at], flaws[&at]);
        let is_parsed = !faults.contains(&(mark.span.start, mark.span.end));
        let is_old = flaw == Flaw::Broken
            && is_parsed
            && is_condition(mark)
            && known.is_only_old(mark.arguments);
        if is_old { Flaw::Outdated } else { flaw }
    };
    match counterparts {
        Some(pairs) => damage
            .extend(pairs.iter().map(|(theirs, at)| replaced(pair, theirs, &own[*at], told(*at)))),
        None => {
            damage.extend(flaws.iter().map(|(at, flaw)| lost(pair, &own[*at], *flaw, told(*at))));
        }
    }
    damage
}

/// Whether both texts have the same marks, whatever their order.
pub(super) fn same_marks(source: &str, own: &str) -> bool {
    let (source, own) = (marks(source), marks(own));
    let (source_left, own_left) = unmatched(&source, &own);
    source_left.is_empty() && own_left.is_empty()
}

/// What a mark says, apart from how it is written.
fn key(mark: &Mark<'_>) -> (MarkForm, String) {
    let said = match mark.name {
        "raw" | "comment" if mark.form == MarkForm::Verbatim => mark.name.to_owned(),
        // The label of an icon is for readers.
        "octicon" => format!("octicon {}", icon(mark.arguments)),
        name => format!("{name} {}", plain(mark.arguments)),
    };
    (mark.form, said)
}

/// The name of an icon; a label that is lost by a blank before it makes another one.
fn icon(arguments: &str) -> String {
    let name = arguments.split_whitespace().next().unwrap_or_default();
    let lost = if arguments.contains("= ") { " =" } else { "" };
    format!("{}{lost}", name.trim_matches(['"', '\'']))
}

/// The marks of each side that the other does not have, by position.
fn unmatched(source: &[Mark<'_>], own: &[Mark<'_>]) -> (Vec<usize>, Vec<usize>) {
    let mut counts: BTreeMap<(MarkForm, String), usize> = BTreeMap::new();
    for mark in source {
        *counts.entry(key(mark)).or_default() += 1;
    }
    let mut take = |mark: &Mark<'_>| match counts.get_mut(&key(mark)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    let own_left = (0..own.len()).filter(|at| !take(&own[*at])).collect();
    let mut source_left: Vec<usize> = Vec::new();
    for at in (0..source.len()).rev() {
        if take(&source[at]) {
            source_left.push(at);
        }
    }
    source_left.reverse();
    (source_left, own_left)
}

/// An output that is raw in the source, but not any more in the translation, is made raw again.
fn raw_again(pair: &Pair<'_>, source: &mut Vec<Mark<'_>>, own: &mut Vec<Mark<'_>>) -> Vec<Damage> {
    let is_raw = |mark: &Mark<'_>| mark.form == MarkForm::Verbatim && mark.name == "raw";
    let raws = source.iter().filter(|theirs| is_raw(theirs));
    let raws: BTreeMap<&str, Range<usize>> = raws
        .rev()
        .flat_map(|raw| outputs(raw.arguments).map(|output| (output, raw.span.clone())))
        .collect();
    if raws.is_empty() {
        return Vec::new();
    }
    let printed = source.iter().filter(|theirs| theirs.form == MarkForm::Output);
    let printed: BTreeSet<_> = printed.map(key).collect();
    let mut damage = Vec::new();
    let mut lost = BTreeSet::new();
    for (at, mark) in own.iter().enumerate().filter(|(_, mark)| mark.form == MarkForm::Output) {
        let written = &pair.own[mark.span.clone()];
        if let Some(raw) = raws.get(written).filter(|_| !printed.contains(&key(mark))) {
            lost.insert(at);
            damage.push(Damage {
                at: mark.span.clone(),
                kind: DamageKind::NotRaw { output: written.to_owned() },
                counterpart: Some(raw.clone()),
                cure: Cure::Splices(vec![Splice {
                    range: mark.span.clone(),
                    text: format!("{{% raw %}}{written}{{% endraw %}}"),
                }]),
            });
        }
    }
    if !lost.is_empty() {
        let mut at = 0..own.len();
        own.retain(|_| at.next().is_none_or(|at| !lost.contains(&at)));
        own.retain(|mark| !is_raw(mark));
        source.retain(|mark| !is_raw(mark));
    }
    damage
}

/// What looks like an output in a text that is raw.
fn outputs(raw: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    raw.match_indices("}}").filter_map(move |(end, braces)| {
        let piece = raw.get(from..end)?;
        let start = from + piece.rfind("{{")?;
        from = end + braces.len();
        raw.get(start..from)
    })
}

/// What is wrong with a mark that the source does not have.
fn flaw(
    mark: &Mark<'_>,
    pair: &Pair<'_>,
    known: &Known<'_>,
    faults: &BTreeSet<(usize, usize)>,
) -> Option<Flaw> {
    if faults.contains(&(mark.span.start, mark.span.end)) && !closes(mark) {
        return Some(Flaw::Broken);
    }
    match (mark.form, mark.name) {
        (MarkForm::Loose | MarkForm::Broken, _) => Some(Flaw::Broken),
        (MarkForm::Verbatim, _) => None,
        (MarkForm::Output, _) => match mark.arguments.strip_prefix("site.data.") {
            Some(name) if !known.has_data(plain(name).trim()) => Some(Flaw::Lost),
            _ => (!known.has_output(mark.arguments)).then_some(Flaw::Outdated),
        },
        (_, "data" | "indented_data_reference") => {
            let name = mark.arguments.split_whitespace().next().unwrap_or_default();
            let name = name.strip_prefix("site.data.").unwrap_or(name);
            (!known.has_data(name)).then_some(Flaw::Lost)
        }
        (_, "octicon") => Some(Flaw::Outdated),
        (_, name) if name == "link" || name.contains("link_") || name.contains("_link") => {
            let route = link_argument(mark.arguments, pair.folder);
            (!known.has_route(&route)).then_some(Flaw::Lost)
        }
        (_, name) if !is_tag(name, known.syntax()) => Some(Flaw::Broken),
        _ if is_condition(mark) => known.condition_flaw(mark.arguments),
        _ => None,
    }
}

/// A tag that opens, divides or closes a block without fault of its own is not to be replaced by another one.
fn closes(mark: &Mark<'_>) -> bool {
    mark.name.starts_with("end") || mark.name == "else"
}

/// Marks of the source, each with the position of the damaged one that stands for it.
type Counterparts<'m, 's> = Vec<(&'m Mark<'s>, usize)>;

/// The damaged marks with those of the source at the same places, where all others are equal.
fn in_order<'m, 's>(
    source: &'m [Mark<'s>],
    own: &[Mark<'_>],
    flaws: &BTreeMap<usize, Flaw>,
) -> Option<Counterparts<'m, 's>> {
    if source.len() != own.len() {
        return None;
    }
    let mut pairs = Vec::new();
    for (at, (theirs, own)) in source.iter().zip(own).enumerate() {
        if key(theirs) == key(own) {
            continue;
        }
        if !flaws.contains_key(&at) || !stands_for(theirs, own) {
            return None;
        }
        pairs.push((theirs, at));
    }
    Some(pairs)
}

/// The one damaged mark and the one that is missing, where the translation only has another order.
fn only_one<'m, 's>(
    source_left: &[usize],
    own_left: &[usize],
    source: &'m [Mark<'s>],
    own: &[Mark<'_>],
    flaws: &BTreeMap<usize, Flaw>,
) -> Option<Counterparts<'m, 's>> {
    let ([theirs], [at]) = (source_left, own_left) else { return None };
    let (theirs, own) = (&source[*theirs], &own[*at]);
    let fits = flaws.contains_key(at) && prints(theirs) && prints(own) && stands_for(theirs, own);
    fits.then(|| vec![(theirs, *at)])
}

/// Whether the mark prints something by itself, so that its place among the others does not matter.
fn prints(mark: &Mark<'_>) -> bool {
    mark.form == MarkForm::Output
        || matches!(mark.name, "data" | "octicon" | "indented_data_reference")
        || mark.name.contains("link")
}

/// Whether a mark of the source can be what the damaged one was.
fn stands_for(theirs: &Mark<'_>, own: &Mark<'_>) -> bool {
    let swallowed = own.span.len() > 3 * theirs.span.len() + SWALLOWED;
    if swallowed || own.form == MarkForm::Broken || theirs.form > MarkForm::Output {
        return false;
    }
    theirs.name == own.name || (prints(theirs) && prints(own)) || !is_known_kind(own)
}

/// Whether the damaged mark still tells what kind of mark it was.
fn is_known_kind(mark: &Mark<'_>) -> bool {
    mark.form == MarkForm::Output || prints(mark) || is_condition(mark) || closes(mark)
}

fn replaced(pair: &Pair<'_>, theirs: &Mark<'_>, own: &Mark<'_>, flaw: Flaw) -> Damage {
    let (right, wrong) = (&pair.source[theirs.span.clone()], &pair.own[own.span.clone()]);
    Damage {
        at: own.span.clone(),
        kind: DamageKind::Mark { wrong: plain(wrong), right: plain(right), flaw },
        counterpart: Some(theirs.span.clone()),
        cure: Cure::Splices(vec![Splice { range: own.span.clone(), text: right.to_owned() }]),
    }
}

/// A mark without a counterpart. What was right once, or prints nothing, hurts nothing else.
fn lost(pair: &Pair<'_>, own: &Mark<'_>, flaw: Flaw, told: Flaw) -> Damage {
    Damage {
        at: own.span.clone(),
        kind: DamageKind::LostMark { wrong: plain(&pair.own[own.span.clone()]), flaw: told },
        counterpart: None,
        cure: if flaw == Flaw::Broken { Cure::Fallback } else { Cure::Nothing },
    }
}
