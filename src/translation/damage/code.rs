//! Code that is not what the source has: in lines of text and in blocks.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::fold::{folded, forms, has_same_words, is_damaged_form};
use super::sides::Sides;
use super::{FaultKind, Found};
use crate::markdown::BlockKind;
use crate::source::Splice;
use crate::translation::segments::Segment;

/// Code that would be the source's but for signs and blanks that a machine has changed, or but for the words of a
/// pattern of paths. Of other words nobody can tell whether they were to be translated: `string`, `owner/repository`.
pub(super) fn code(found: &mut Found, sides: &Sides<'_>) {
    let there: BTreeSet<&str> =
        sides.source.prose.code.iter().map(|code| &sides.source.text[code.clone()]).collect();
    for (source, own) in sides.pairs() {
        if own.kind == BlockKind::Code && source.kind == BlockKind::Code {
            lines(found, sides, source, own);
        } else {
            inline(found, sides, source, own, &there);
        }
    }
    indented(found, sides);
}

fn inline(
    found: &mut Found,
    sides: &Sides<'_>,
    source: &Segment,
    own: &Segment,
    there: &BTreeSet<&str>,
) {
    let is_new = |code: &&Range<usize>| !there.contains(&sides.own.text[(*code).clone()]);
    let new: Vec<&Range<usize>> = sides.own.code_in(&own.range).iter().filter(is_new).collect();
    if new.is_empty() {
        return;
    }
    let said = |code: &Range<usize>| &sides.source.text[code.clone()];
    let written = sides.own.code_in(&own.range).iter().map(|code| &sides.own.text[code.clone()]);
    let sources = Sources::new(sides.source.code_in(&source.range), said, written.collect());
    for code in new {
        let wrong = &sides.own.text[code.clone()];
        let Some(theirs) = sources.of(inner(wrong)) else { continue };
        let right = said(theirs);
        if has_same_words(inner(right), inner(wrong)) {
            continue;
        }
        let kind = FaultKind::InlineCode {
            wrong: inner(wrong).to_owned(),
            right: inner(right).to_owned(),
        };
        let fix = [Splice { range: code.clone(), text: right.to_owned() }];
        found.add(kind, code.clone(), Some(theirs.clone()), Some(&fix));
    }
}

/// The code of a segment of the source, by what damaged code still has of it. Where two have the same, it is neither's.
struct Sources<'c> {
    by_form: BTreeMap<String, Option<&'c Range<usize>>>,
    /// The patterns of paths that the translation's segment has not as they are.
    by_signs: BTreeMap<String, Option<&'c Range<usize>>>,
}

impl<'c> Sources<'c> {
    fn new<'t>(
        codes: &'c [Range<usize>],
        said: impl Fn(&Range<usize>) -> &'t str,
        written: BTreeSet<&str>,
    ) -> Self {
        let mut sources = Self { by_form: BTreeMap::new(), by_signs: BTreeMap::new() };
        for code in codes {
            let text = inner(said(code));
            let note = |known: &mut BTreeMap<_, Option<&'c Range<usize>>>, key| {
                let known = known.entry(key).or_insert(Some(code));
                *known = known.filter(|known| said(known) == said(code));
            };
            note(&mut sources.by_form, folded(text));
            if text.is_ascii()
                && !written.contains(said(code))
                && let Some(signs) = signs(text)
            {
                note(&mut sources.by_signs, signs);
            }
        }
        sources
    }

    /// What damaged code was once.
    fn of(&self, wrong: &str) -> Option<&'c Range<usize>> {
        let by_form =
            forms(wrong).iter().find_map(|form| self.by_form.get(form).copied().flatten());
        let is_translated = wrong.contains(|c: char| c.is_alphabetic() && !c.is_ascii());
        let pattern = signs(wrong).filter(|_| is_translated);
        by_form.or_else(|| self.by_signs.get(&pattern?).copied().flatten())
    }
}

/// The signs of a pattern of paths such as `docs/**`, each word as one letter; nothing for other code.
fn signs(code: &str) -> Option<String> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let is_part = |c: char| is_word(c) || matches!(c, '/' | '*' | '.' | '!' | '\'');
    if !(code.contains('/') && code.contains('*') && code.chars().all(is_part)) {
        return None;
    }
    let mut signs = String::new();
    for character in code.chars() {
        match is_word(character) {
            true if signs.ends_with('w') => {}
            true => signs.push('w'),
            false => signs.push(character),
        }
    }
    Some(signs)
}

/// Code without its backticks and the blanks beside them, which nobody sees.
fn inner(code: &str) -> &str {
    code.trim_matches('`').trim()
}

/// The lines of a block of code. Which blanks begin a line depends on the list around the block.
fn lines(found: &mut Found, sides: &Sides<'_>, source: &Segment, own: &Segment) {
    let (theirs, ours) = (lines_of(sides.source.text, source), lines_of(sides.own.text, own));
    if theirs.len() != ours.len() {
        return;
    }
    for ((right_at, right), (at, wrong)) in theirs.into_iter().zip(ours) {
        if !right.is_empty() && is_damaged_form(wrong, right) {
            let range = at..at + wrong.len();
            let kind = FaultKind::CodeLine { wrong: wrong.to_owned(), right: right.to_owned() };
            let fix = [Splice { range: range.clone(), text: right.to_owned() }];
            found.add(kind, range, Some(right_at..right_at + right.len()), Some(&fix));
        }
    }
}

/// The lines of a segment without the blanks around them, each with its place.
fn lines_of<'t>(text: &'t str, segment: &Segment) -> Vec<(usize, &'t str)> {
    let block = &text[segment.range.clone()];
    let place = |line: &'t str| {
        let trimmed = line.trim();
        let at = trimmed.as_ptr() as usize - text.as_ptr() as usize;
        (if trimmed.is_empty() { segment.range.start } else { at }, trimmed)
    };
    block.lines().map(place).collect()
}

/// Text that is indented so deep that it is taken for code, where the source has no such code.
fn indented(found: &mut Found, sides: &Sides<'_>) {
    let is_indented = |text: &str, segment: &Segment| {
        let block = &text[segment.range.clone()];
        segment.kind == BlockKind::Code && !block.starts_with("```") && !block.starts_with("~~~")
    };
    let theirs = sides.source.segments.list.iter();
    if theirs.filter(|segment| is_indented(sides.source.text, segment)).count() > 0 {
        return;
    }
    for segment in &sides.own.segments.list {
        let block = &sides.own.text[segment.range.clone()];
        let is_text = block.contains("](") || block.contains("**") || block.contains("{% data ");
        if is_indented(sides.own.text, segment) && is_text {
            let line = block.lines().next().unwrap_or_default();
            let at = segment.range.start..segment.range.start + line.len();
            found.add(FaultKind::Indented, at, None, None);
        }
    }
}
