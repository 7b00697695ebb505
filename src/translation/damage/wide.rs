//! Wide signs and printed quotes where Markdown and HTML want plain ones.

use std::ops::Range;

use super::fold::narrow;
use super::sides::Sides;
use super::{FaultKind, Found};
use crate::source::Splice;

/// Wide signs in the syntax of links, pictures, headings, lists and tags of HTML.
pub(super) fn wide(found: &mut Found, sides: &Sides<'_>) {
    let (prose, text) = (&*sides.own.prose.text, sides.own.text);
    if text.is_ascii() {
        return;
    }
    // Wide signs of the source's own are text.
    if !sides.source.text.contains(['【', '［', '！', '＃']) {
        brackets(found, sides, prose);
        line_starts(found, prose);
    }
    attributes(found, prose);
}

/// How many characters the text of a link has at most.
const LONGEST_TEXT: usize = 300;

/// `【text】(/address)`, `［text］(/address)`, `[text］(…)` and `！[text](…)`.
fn brackets(found: &mut Found, sides: &Sides<'_>, prose: &str) {
    for (at, bracket) in prose.match_indices(['】', '］']) {
        let behind = &prose[at + bracket.len()..];
        let address = behind.trim_start().strip_prefix(['(', '（']);
        if !address.is_some_and(is_address) {
            continue;
        }
        let mut back = prose[..at].char_indices().rev().take(LONGEST_TEXT);
        let opening = back.find(|(_, sign)| matches!(sign, '【' | '［' | '[' | '\n'));
        let opening = opening.filter(|(_, sign)| *sign != '\n').map(|(start, _)| start);
        let Some(start) = opening else { continue };
        let end = at + bracket.len();
        tell(found, prose, start..end, vec![start..start + width(prose, start), at..end]);
    }
    for (at, mark) in prose.match_indices('！') {
        let behind = &prose[at + mark.len()..];
        let address = behind.strip_prefix('[').and_then(|rest| rest.split_once("]("));
        let theirs = sides.source.text.contains("![");
        if theirs && address.is_some_and(|(_, address)| is_picture_address(address)) {
            let range = at..at + mark.len();
            tell(found, prose, range.clone(), Vec::from([range]));
        }
    }
}

fn is_address(text: &str) -> bool {
    text.starts_with(['/', '#']) || text.starts_with("http") || text.starts_with("{%")
}

/// Whether an address begins the text that ends as those of pictures do.
fn is_picture_address(text: &str) -> bool {
    let address = text.split([')', ' ', '\n']).next().unwrap_or_default();
    [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"].iter().any(|end| address.ends_with(end))
}

/// Headings and tables that begin with a wide sign.
fn line_starts(found: &mut Found, prose: &str) {
    let mut at = 0;
    for line in prose.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let marks = line.len() - line.trim_start_matches(['＃', '#']).len();
        if marks > 0 && line[..marks].contains('＃') {
            let signs = line[..marks].char_indices().filter(|(_, sign)| *sign == '＃');
            let signs = signs.map(|(place, sign)| start + place..start + place + sign.len_utf8());
            tell(found, prose, start..start + marks, signs.collect());
        }
    }
}

/// Printed quotes around values in tags of HTML.
fn attributes(found: &mut Found, prose: &str) {
    for (start, _) in prose.match_indices('<') {
        let behind = &prose[start + 1..];
        if !behind.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let Some(end) = behind.find(['<', '>']).filter(|end| behind.as_bytes()[*end] == b'>')
        else {
            continue;
        };
        let tag = start..start + 1 + end + 1;
        let signs: Vec<Range<usize>> = quotes(&prose[tag.clone()])
            .map(|range| tag.start + range.start..tag.start + range.end)
            .collect();
        if !signs.is_empty() {
            tell(found, prose, tag, signs);
        }
    }
}

/// Printed quotes that begin or end the value of an attribute, and wide signs of equality.
fn quotes(tag: &str) -> impl Iterator<Item = Range<usize>> {
    tag.char_indices().filter_map(|(at, sign)| {
        let before = tag[..at].trim_end().chars().next_back();
        let behind = tag[at + sign.len_utf8()..].chars().next();
        let is_quote = matches!(sign, '“' | '”' | '‘' | '’' | '„');
        let begins = is_quote && matches!(before, Some('=' | '＝'));
        let ends = is_quote && matches!(behind, Some('>' | ' ' | '/'));
        (begins || ends || sign == '＝').then(|| at..at + sign.len_utf8())
    })
}

fn width(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

fn tell(found: &mut Found, prose: &str, at: Range<usize>, signs: Vec<Range<usize>>) {
    let fix: Vec<Splice> = signs
        .into_iter()
        .filter_map(|range| {
            let text = narrow(prose[range.clone()].chars().next()?)?.to_string();
            (text != prose[range.clone()]).then_some(Splice { range, text })
        })
        .collect();
    let kind = FaultKind::Wide { wrong: prose[at.clone()].to_owned() };
    found.add(kind, at, None, Some(&fix));
}
