//! What a translation has that its source has not: leftovers of machines, characters that nobody sees, and markup
//! that is opened or closed once too often.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::judge::{Cure, Damage, Pair};
use super::prose::{Prose, prose};
use crate::source::Splice;

/// Elements whose number of beginnings and ends is compared.
const ELEMENTS: [&str; 30] = [
    "a",
    "b",
    "blockquote",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "h2",
    "h3",
    "h4",
    "i",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// Everything odd about a translation.
pub(super) fn odd(pair: &Pair<'_>) -> Vec<Damage> {
    let mut damage = unseen(pair);
    if pair.own.contains(['<', '`']) {
        let (source, own) = (prose(pair.source), prose(pair.own));
        let placeholders = placeholders(&own.text);
        if self::placeholders(&source.text).is_empty() {
            damage.extend(placeholders.into_iter().map(|at| removed(pair, at)));
        }
        damage.extend(unbalanced(&source.text, &own.text));
        damage.extend(stray_backtick(&source, &own));
    }
    damage
}

/// `<0>` and `</0>` stood for markup while a machine translated.
fn placeholders(prose: &str) -> Vec<Range<usize>> {
    let placeholder = |(at, _): (usize, &str)| {
        let inside = prose[at + 1..].trim_start_matches('/');
        let number = inside.trim_start_matches(|c: char| c.is_ascii_digit());
        let end = prose.len() - number.len() + 1;
        (number.len() < inside.len() && number.starts_with('>')).then_some(at..end)
    };
    prose.match_indices('<').filter_map(placeholder).collect()
}

fn removed(pair: &Pair<'_>, at: Range<usize>) -> Damage {
    Damage {
        message: format!("`{}` is left over from a machine", &pair.own[at.clone()]),
        hint: "remove it".to_owned(),
        counterpart: None,
        cure: Cure::Splices(vec![Splice { range: at.clone(), text: String::new() }]),
        at,
    }
}

/// Characters that nobody sees and the source does not have.
fn unseen(pair: &Pair<'_>) -> Vec<Damage> {
    if pair.own.is_ascii() {
        return Vec::new();
    }
    let right_to_left = pair.own.chars().any(is_right_to_left);
    let theirs: BTreeSet<char> =
        pair.source.chars().filter(|character| instead_of(*character).is_some()).collect();
    let mut damage = Vec::new();
    let mut start = Start::OfLine;
    for (at, character) in pair.own.char_indices() {
        start = start.behind(character);
        let Some(instead) = instead_of(character) else { continue };
        let before = pair.own[..at].chars().next_back().unwrap_or(' ');
        let behind = pair.own[at + character.len_utf8()..].chars().next().unwrap_or(' ');
        let is_meant = match character {
            '\u{200c}' | '\u{200d}' => !before.is_ascii() && !behind.is_ascii(),
            '\u{a0}' => is_typographic(before) || is_typographic(behind),
            _ => right_to_left && is_direction(character),
        };
        if !is_meant && !theirs.contains(&character) {
            damage.push(unseen_at(at, character, instead, start));
        }
    }
    damage
}

/// What stands in for a character that nobody sees.
fn instead_of(character: char) -> Option<&'static str> {
    match character {
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => Some(""),
        character if is_direction(character) => Some(""),
        '\u{a0}' | '\u{2028}' | '\u{2029}' => Some(" "),
        _ => None,
    }
}

fn is_direction(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_right_to_left(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Some languages keep a blank from breaking beside these.
fn is_typographic(character: char) -> bool {
    matches!(character, ':' | ';' | '!' | '?' | '%' | '«' | '»' | '‹' | '›' | '–' | '—')
}

/// Whether a line has had anything but marks of Markdown and blanks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    OfLine,
    Over,
}

impl Start {
    fn behind(self, character: char) -> Self {
        let is_marker = character.is_whitespace()
            || character.is_ascii_digit()
            || "#>-*+.|".contains(character);
        match (character, self) {
            ('\n', _) => Self::OfLine,
            (_, Self::OfLine) if is_marker => Self::OfLine,
            _ => Self::Over,
        }
    }
}

/// A blank that does not break is kept where it stands inside a line, as it does no harm there.
fn unseen_at(at: usize, character: char, instead: &str, start: Start) -> Damage {
    let range = at..at + character.len_utf8();
    let is_kept = character == '\u{a0}' && start == Start::Over;
    let splice = Splice { range: range.clone(), text: instead.to_owned() };
    Damage {
        at: range,
        message: format!("U+{:04X}, which nobody sees, is not in the source", character as u32),
        hint: "remove the character, or write a plain blank".to_owned(),
        counterpart: None,
        cure: if is_kept { Cure::Mention } else { Cure::Splices(vec![splice]) },
    }
}

/// How often each element begins more often than it ends, and where it does last.
fn balance(prose: &str) -> BTreeMap<&'static str, (isize, usize)> {
    let mut balance: BTreeMap<&'static str, (isize, usize)> = BTreeMap::new();
    for (at, _) in prose.match_indices('<') {
        let behind = &prose[at + 1..];
        let name = behind.trim_start_matches('/');
        let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let Some(element) = ELEMENTS.iter().find(|element| **element == &name[..length]) else {
            continue;
        };
        let end = name.find(['<', '>']).filter(|end| name.as_bytes()[*end] == b'>');
        let inside = &name[..end.unwrap_or(0)];
        let step = match (name.len() < behind.len(), inside.ends_with('/')) {
            (true, _) => -1,
            (_, closed) => isize::from(!closed),
        };
        let entry = balance.entry(element).or_default();
        *entry = (entry.0 + step, at);
    }
    balance
}

/// Elements that begin or end once too often, where those of the source do not. The page closes them.
fn unbalanced(source: &str, own: &str) -> Option<Damage> {
    let source = balance(source);
    let is_off = |(name, (count, _)): &(&&str, &(isize, usize))| {
        let theirs = source.get(**name).map_or(0, |(count, _)| *count);
        *count != 0 && theirs == 0
    };
    let own = balance(own);
    let (name, (count, at)) = own.iter().find(is_off).map(|(name, found)| (*name, *found))?;
    let more =
        if count > 0 { "begins more often than it ends" } else { "ends more often than it begins" };
    Some(Damage {
        at: at..at + 1 + name.len(),
        message: format!("`<{name}>` {more}"),
        hint: "write the elements as in the source".to_owned(),
        counterpart: None,
        cure: Cure::Mention,
    })
}

/// A backtick that begins no code, where the source has none.
fn stray_backtick(source: &Prose, own: &Prose) -> Option<Damage> {
    let stray = own.strays.last().filter(|_| own.strays.len() > source.strays.len())?;
    Some(Damage {
        at: *stray..stray + 1,
        message: "a backtick begins no code".to_owned(),
        hint: "write the code as in the source".to_owned(),
        counterpart: None,
        cure: Cure::Mention,
    })
}
