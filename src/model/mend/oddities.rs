//! What a translation has that its source has not: leftovers of machines, characters that nobody sees, and markup
//! that is opened or closed once too often.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::damage::{Cure, Damage, DamageKind};
use super::judge::Pair;
use super::prose::{Prose, prose};
use crate::load::text::{WORD_BREAK, beside, is_unspaced};
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

/// Elements that end by themselves.
const NEEDS_NO_END: [&str; 8] = ["dd", "dt", "li", "p", "tbody", "td", "th", "tr"];

/// Elements that stand in a line of text.
const PHRASES: [&str; 10] = ["a", "b", "code", "em", "i", "kbd", "span", "strong", "sub", "sup"];

/// Everything odd about a translation.
pub(super) fn odd(pair: &Pair<'_>) -> Vec<Damage> {
    let mut damage = unseen(pair);
    if pair.own.contains(['<', '`']) {
        let (source, own) = (prose(pair.source), prose(pair.own));
        let placeholders = placeholders(&own.text);
        if self::placeholders(&source.text).is_empty() {
            damage.extend(placeholders.into_iter().map(|at| removed(pair, at)));
        }
        let mut loose = loose(&source.text, &own.text);
        damage.extend(stray_backticks(&source, &own, &mut loose));
        damage.extend(balanced(pair.own, &loose));
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
        kind: DamageKind::Placeholder { text: pair.own[at.clone()].to_owned() },
        counterpart: None,
        cure: Cure::Splices(vec![Splice { range: at.clone(), text: String::new() }]),
        at,
    }
}

/// Characters that nobody sees and the source does not have. A blank that does not break does no harm inside a line
/// of prose, where many languages want it.
fn unseen(pair: &Pair<'_>) -> Vec<Damage> {
    if pair.own.is_ascii() {
        return Vec::new();
    }
    let right_to_left = pair.own.chars().any(is_right_to_left);
    // Code is blank in prose.
    let prose = pair.own.contains('\u{a0}').then(|| prose(pair.own).text.into_bytes());
    let is_code = |at: usize| prose.as_ref().is_some_and(|prose| prose.get(at) == Some(&b' '));
    let theirs: BTreeSet<char> =
        pair.source.chars().filter(|character| instead_of(*character).is_some()).collect();
    let mut damage = Vec::new();
    let mut start = Start::OfLine;
    for (at, character) in pair.own.char_indices() {
        start = start.behind(character);
        let Some(instead) = instead_of(character) else { continue };
        let (before, behind) = beside(pair.own, at, character);
        let begins_line = start == Start::OfLine && !before.is_ascii_digit();
        let is_meant = match character {
            WORD_BREAK => is_unspaced(before) || is_unspaced(behind),
            '\u{200c}' | '\u{200d}' => {
                is_joined(before) || !before.is_ascii() && !behind.is_ascii()
            }
            '\u{a0}' => {
                is_typographic(before) || is_typographic(behind) || !begins_line && !is_code(at)
            }
            _ => right_to_left && is_direction(character),
        };
        if !is_meant && !theirs.contains(&character) {
            damage.push(unseen_at(at, character, instead));
        }
    }
    damage
}

/// What stands in for a character that nobody sees.
fn instead_of(character: char) -> Option<&'static str> {
    match character {
        WORD_BREAK | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => Some(""),
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

/// Letters whose form what joins or divides them changes, also at the end of a word: those of Arabic and of India's
/// scripts and their neighbours, by the blocks of Unicode.
fn is_joined(character: char) -> bool {
    matches!(character, '\u{600}'..='\u{109f}' | '\u{1780}'..='\u{18af}')
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
            || "#>-*+.)|".contains(character);
        match (character, self) {
            ('\n', _) => Self::OfLine,
            (_, Self::OfLine) if is_marker => Self::OfLine,
            _ => Self::Over,
        }
    }
}

fn unseen_at(at: usize, character: char, instead: &str) -> Damage {
    let range = at..at + character.len_utf8();
    Damage {
        kind: DamageKind::Hidden { character },
        counterpart: None,
        cure: Cure::Splices(vec![Splice { range: range.clone(), text: instead.to_owned() }]),
        at: range,
    }
}

/// A tag that ends nothing, or begins what nothing ends.
#[derive(Clone, Debug)]
struct Loose {
    element: &'static str,
    at: Range<usize>,
    side: Side,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Begin,
    End,
}

/// The tags of the elements that are compared, in order.
fn tags(prose: &str) -> impl Iterator<Item = Loose> {
    prose.match_indices('<').filter_map(|(start, _)| {
        let behind = &prose[start + 1..];
        let name = behind.trim_start_matches('/');
        let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let element = ELEMENTS.iter().find(|element| **element == &name[..length])?;
        let end = name.find(['<', '>']).filter(|end| name.as_bytes()[*end] == b'>')?;
        let end = prose.len() - name.len() + end;
        let side = if name.len() < behind.len() { Side::End } else { Side::Begin };
        let is_empty = side == Side::Begin && prose[..end].ends_with('/');
        (!is_empty).then_some(Loose { element, at: start..end + 1, side })
    })
}

/// The tags without a counterpart, in order.
fn loose_tags(prose: &str) -> Vec<Loose> {
    let mut open: BTreeMap<&str, Vec<Loose>> = BTreeMap::new();
    let mut loose = Vec::new();
    for tag in tags(prose) {
        let open = open.entry(tag.element).or_default();
        match tag.side {
            Side::Begin => open.push(tag),
            Side::End => {
                if open.pop().is_none() {
                    loose.push(tag);
                }
            }
        }
    }
    loose.extend(open.into_values().flatten());
    loose.sort_by_key(|tag| tag.at.start);
    loose
}

/// The loose tags of elements whose tags all fit together in the source. Some elements need no end.
fn loose(source: &str, own: &str) -> Vec<Loose> {
    let mut loose = loose_tags(own);
    loose.retain(|tag| tag.side == Side::End || !NEEDS_NO_END.contains(&tag.element));
    if !loose.is_empty() {
        let theirs: BTreeSet<&str> = loose_tags(source).iter().map(|tag| tag.element).collect();
        loose.retain(|tag| !theirs.contains(tag.element));
    }
    loose
}

/// Loose tags, in order, as damage.
fn balanced(own: &str, loose: &[Loose]) -> Vec<Damage> {
    // Where the line ends that was asked for last: a line can have many tags.
    let mut line = 0;
    let damage = |tag: &Loose| {
        if line < tag.at.end {
            line = own[tag.at.end..].find('\n').map_or(own.len(), |length| tag.at.end + length);
        }
        balance(own, tag, line)
    };
    loose.iter().map(damage).collect()
}

/// An end of nothing is removed; what nothing ends is ended where its line does, and a block where the text does.
fn balance(own: &str, tag: &Loose, line: usize) -> Damage {
    let element = tag.element;
    let (kind, splice) = match tag.side {
        Side::End => (
            DamageKind::LooseEnd { element },
            Splice { range: tag.at.clone(), text: String::new() },
        ),
        Side::Begin => {
            let end = if PHRASES.contains(&element) { line } else { own.len() };
            let text =
                if end == line { format!("</{element}>") } else { format!("\n</{element}>\n") };
            (DamageKind::LooseBegin { element }, Splice { range: end..end, text })
        }
    };
    Damage { at: tag.at.clone(), kind, counterpart: None, cure: Cure::Splices(vec![splice]) }
}

/// How many tags and backticks of a text are looked at for what belongs together.
const MOST_PARTNERS: usize = 100;

/// Backticks that begin no code, where the source has none. One that meets a loose tag of code in its line is the
/// other end of it; others are removed.
fn stray_backticks(source: &Prose, own: &Prose, loose: &mut Vec<Loose>) -> Vec<Damage> {
    let strays: &[usize] = if source.strays.is_empty() { &own.strays } else { &[] };
    // Where so much is wrong, looking for other ends takes long and finds nothing.
    let mut none = Vec::new();
    let loose = if strays.len().max(loose.len()) <= MOST_PARTNERS { loose } else { &mut none };
    strays.iter().map(|at| stray_backtick(own, *at, loose)).collect()
}

fn stray_backtick(own: &Prose, at: usize, loose: &mut Vec<Loose>) -> Damage {
    let same_line = |from: usize, to: usize| {
        from <= to && !own.text.get(from..to).unwrap_or("\n").contains('\n')
    };
    let partner = loose.iter().position(|tag| match tag.side {
        _ if tag.element != "code" => false,
        Side::Begin => same_line(tag.at.end, at),
        Side::End => same_line(at, tag.at.start),
    });
    let text = match partner.map(|partner| loose.remove(partner).side) {
        Some(Side::Begin) => "</code>",
        Some(Side::End) => "<code>",
        None => "",
    };
    let range = at..at + run(own.text.as_bytes(), at);
    Damage {
        kind: DamageKind::Backtick,
        counterpart: None,
        cure: Cure::Splices(vec![Splice { range: range.clone(), text: text.to_owned() }]),
        at: range,
    }
}

fn run(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|byte| **byte == b'`').count()
}
