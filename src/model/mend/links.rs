//! The links of a translation beside those of its source: addresses that were translated or torn off.

use std::collections::BTreeMap;
use std::ops::Range;

use super::judge::{Cure, Damage, Pair};
use super::prose::prose;
use crate::source::Splice;

/// A link as Markdown writes it.
#[derive(Clone, Debug)]
struct Link {
    /// From the bracket behind its text to the end.
    end: Range<usize>,
    /// The address.
    address: Range<usize>,
    /// Whether it is one for Markdown too.
    is_whole: bool,
    /// Whether the address has blanks or letters that no address of the source has.
    is_damaged: bool,
}

/// What is wrong with the links of the translation.
pub(super) fn link_damage(pair: &Pair<'_>) -> Vec<Damage> {
    let own = links(pair.own);
    if own.iter().all(|link| link.is_whole && !link.is_damaged) {
        return Vec::new();
    }
    let source: Vec<Link> = links(pair.source).into_iter().filter(|link| link.is_whole).collect();
    let (mut source_left, own_left) = unmatched(pair, &source, &own);
    let mut damage = Vec::new();
    for link in own.iter().filter(|link| !link.is_whole) {
        let same =
            |theirs: &&Link| pair.source[theirs.address.clone()] == pair.own[link.address.clone()];
        if let Some(at) = source_left.iter().position(same) {
            let theirs = source_left.remove(at);
            damage.push(repaired(pair, theirs, link));
        }
    }
    let provable = source_left.len() == own_left.len();
    if provable && own_left.iter().all(|link| link.is_damaged) {
        damage.extend(
            source_left.iter().zip(&own_left).map(|(theirs, own)| repaired(pair, theirs, own)),
        );
    } else {
        damage.extend(own_left.iter().filter_map(|link| unlinked(pair, link)));
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
        message: format!("`{wrong}` leads to `{right}` in the source"),
        hint: format!("write `]({right})`"),
        counterpart: Some(theirs.end.clone()),
        cure: Cure::Splices(vec![Splice {
            range: own.end.clone(),
            text: format!("]({}", &pair.source[theirs.address.start..theirs.end.end]),
        }]),
    }
}

/// An address with blanks is none: the text of the link stays.
fn unlinked(pair: &Pair<'_>, link: &Link) -> Option<Damage> {
    let address = &pair.own[link.address.clone()];
    let start = opening(&pair.own[..link.end.start])?;
    let has_blank = address.contains(char::is_whitespace) && !address.contains('{');
    (link.is_damaged && has_blank).then(|| Damage {
        at: link.end.clone(),
        message: format!("`{address}` is no address; the link is left out"),
        hint: "take the address from the source".to_owned(),
        counterpart: None,
        cure: Cure::Splices(vec![
            Splice { range: start..start + 1, text: String::new() },
            Splice { range: link.end.clone(), text: String::new() },
        ]),
    })
}

/// The bracket that begins the text of a link which ends here.
fn opening(before: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in before.char_indices().rev().take_while(|(_, c)| *c != '\n') {
        match character {
            ']' => depth += 1,
            '[' if depth == 0 => return Some(at),
            '[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The links of a text, those that were torn apart too.
fn links(text: &str) -> Vec<Link> {
    if !text.contains(']') {
        return Vec::new();
    }
    let prose = prose(text).text;
    prose.match_indices(']').filter_map(|(at, _)| link(&prose, at)).collect()
}

fn link(prose: &str, bracket: usize) -> Option<Link> {
    let behind = &prose[bracket + 1..];
    let trimmed = behind.trim_start_matches(' ');
    let opens = trimmed.chars().next().filter(|c| matches!(c, '(' | '（'))?;
    let is_whole = opens == '(' && trimmed.len() == behind.len();
    let start = prose.len() - trimmed.len() + opens.len_utf8();
    let length = closing(&prose[start..])?;
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

/// Where the parenthesis is closed, in the same line.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        match character {
            '\n' => return None,
            '(' | '（' => depth += 1,
            ')' | '）' if depth == 0 => return Some(at),
            ')' | '）' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The address without the title behind it.
fn address(inside: &str) -> &str {
    let titled = inside
        .split_once(char::is_whitespace)
        .filter(|(_, title)| title.trim_start().starts_with(['"', '\'', '(']));
    titled.map_or(inside, |(address, _)| address)
}
