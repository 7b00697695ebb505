//! The links of a translation beside those of its source: addresses that were translated or torn off.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::ops::Range;

use super::damage::{Cure, Damage, DamageKind};
use super::judge::Pair;
use super::prose::prose;
use crate::source::Splice;

/// A link or a picture as Markdown writes it.
#[derive(Clone, Debug)]
pub struct Link {
    /// From the bracket behind its text to the end.
    pub end: Range<usize>,
    /// The address.
    pub address: Range<usize>,
    /// Whether it is one for Markdown too.
    pub is_whole: bool,
    /// Whether the address has blanks or letters that are not ASCII.
    pub is_damaged: bool,
}

/// What is wrong with the links of the translation.
pub(super) fn link_damage(pair: &Pair<'_>) -> Vec<Damage> {
    let own = links(pair.own);
    if own.iter().all(|link| link.is_whole && !link.is_damaged) {
        return Vec::new();
    }
    let source: Vec<Link> = links(pair.source).into_iter().filter(|link| link.is_whole).collect();
    let (source_left, own_left) = unmatched(pair, &source, &own);
    let mut places: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    for (at, theirs) in source_left.iter().enumerate() {
        places.entry(&pair.source[theirs.address.clone()]).or_default().push_back(at);
    }
    let mut damage = Vec::new();
    let mut taken = BTreeSet::new();
    for link in own.iter().filter(|link| !link.is_whole) {
        let same = places.get_mut(&pair.own[link.address.clone()]);
        if let Some(at) = same.and_then(VecDeque::pop_front) {
            taken.insert(at);
            damage.push(repaired(pair, source_left[at], link));
        }
    }
    let left = source_left.into_iter().enumerate().filter(|(at, _)| !taken.contains(at));
    let source_left: Vec<&Link> = left.map(|(_, link)| link).collect();
    let provable = source_left.len() == own_left.len();
    if provable && own_left.iter().all(|link| link.is_damaged) {
        damage.extend(
            source_left.iter().zip(&own_left).map(|(theirs, own)| repaired(pair, theirs, own)),
        );
    } else {
        let openings = partners(pair.own, ['[', '['], [']', ']']);
        damage.extend(own_left.iter().filter_map(|link| unlinked(pair, link, &openings)));
    }
    damage
}

/// The links of each side that the other does not have.
fn unmatched<'l>(
    pair: &Pair<'_>,
    source: &'l [Link],
    own: &'l [Link],
) -> (Vec<&'l Link>, Vec<&'l Link>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for link in own.iter().filter(|link| link.is_whole) {
        *counts.entry(&pair.own[link.address.clone()]).or_default() += 1;
    }
    let mut source_left = Vec::new();
    for link in source {
        match counts.get_mut(&pair.source[link.address.clone()]) {
            Some(count) if *count > 0 => *count -= 1,
            _ => source_left.push(link),
        }
    }
    let own_left = own.iter().filter(|link| {
        let count = counts.get_mut(&pair.own[link.address.clone()]);
        link.is_whole
            && count.is_some_and(|count| std::mem::replace(count, count.saturating_sub(1)) > 0)
    });
    (source_left, own_left.collect())
}

/// The link with the address that the source has.
fn repaired(pair: &Pair<'_>, theirs: &Link, own: &Link) -> Damage {
    let (right, wrong) = (&pair.source[theirs.address.clone()], &pair.own[own.end.clone()]);
    Damage {
        at: own.end.clone(),
        kind: DamageKind::Link { wrong: wrong.to_owned(), right: right.to_owned() },
        counterpart: Some(theirs.end.clone()),
        cure: Cure::Splices(vec![Splice {
            range: own.end.clone(),
            text: format!("]({}", &pair.source[theirs.address.start..theirs.end.end]),
        }]),
    }
}

/// An address with blanks is none: the text of the link stays.
fn unlinked(pair: &Pair<'_>, link: &Link, openings: &HashMap<usize, usize>) -> Option<Damage> {
    let address = &pair.own[link.address.clone()];
    let start = *openings.get(&link.end.start)?;
    let has_blank = address.contains(char::is_whitespace) && !address.contains('{');
    (link.is_damaged && has_blank).then(|| Damage {
        at: link.end.clone(),
        kind: DamageKind::NoAddress { address: address.to_owned() },
        counterpart: None,
        cure: Cure::Splices(vec![
            Splice { range: start..start + 1, text: String::new() },
            Splice { range: link.end.clone(), text: String::new() },
        ]),
    })
}

/// The brackets of a text that close one in the same line, by place, each with the place of that one. All are found in
/// one go, as a line can have as many as it has letters.
fn partners(text: &str, opening: [char; 2], closing: [char; 2]) -> HashMap<usize, usize> {
    let mut partners = HashMap::new();
    let mut open = Vec::new();
    for (at, character) in text.char_indices() {
        if character == '\n' {
            open.clear();
        } else if opening.contains(&character) {
            open.push(at);
        } else if closing.contains(&character) {
            partners.extend(open.pop().map(|start| (at, start)));
        }
    }
    partners
}

/// The links of a text, those that were torn apart too.
fn links(text: &str) -> Vec<Link> {
    if !text.contains(']') {
        return Vec::new();
    }
    links_in(&prose(text).text)
}

/// The links of a text whose code and tags were blanked.
pub fn links_in(prose: &str) -> Vec<Link> {
    if !prose.contains(']') {
        return Vec::new();
    }
    let partners = partners(prose, ['(', '（'], [')', '）']);
    let ends: HashMap<usize, usize> =
        partners.into_iter().map(|(end, start)| (start, end)).collect();
    prose.match_indices(']').filter_map(|(at, _)| link(prose, at, &ends)).collect()
}

fn link(prose: &str, bracket: usize, ends: &HashMap<usize, usize>) -> Option<Link> {
    let behind = &prose[bracket + 1..];
    let trimmed = behind.trim_start_matches(' ');
    let opens = trimmed.chars().next().filter(|c| matches!(c, '(' | '（'))?;
    let is_whole = opens == '(' && trimmed.len() == behind.len();
    let start = prose.len() - trimmed.len() + opens.len_utf8();
    let length = ends.get(&(start - opens.len_utf8()))? - start;
    let inside = &prose[start..start + length];
    let closes = prose[start + length..].chars().next()?;
    let blanks = inside.len() - inside.trim_start().len();
    let address = address(inside.trim());
    let from = start + blanks;
    // A gloss in parentheses is no link.
    if !is_whole && !address.starts_with(['/', '#']) && !address.starts_with("http") {
        return None;
    }
    Some(Link {
        end: bracket..start + length + closes.len_utf8(),
        address: from..from + address.len(),
        is_whole,
        is_damaged: address.contains(char::is_whitespace) || !address.is_ascii(),
    })
}

/// The address without the title behind it.
fn address(inside: &str) -> &str {
    let titled = inside
        .split_once(char::is_whitespace)
        .filter(|(_, title)| title.trim_start().starts_with(['"', '\'', '(']));
    titled.map_or(inside, |(address, _)| address)
}
