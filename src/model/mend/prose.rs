//! Code in a text, by lines and backticks: code blocks whose first line is damaged, and the text without its code.

use std::collections::BTreeMap;
use std::ops::Range;

use super::damage::{Cure, Damage, DamageKind};
use super::judge::{Known, Pair};
use crate::liquid::{MarkForm, marks};
use crate::source::Splice;

/// A fenced code block.
#[derive(Clone, Debug)]
pub struct Fence {
    /// The block, from the beginning of its first line to the end of its last.
    pub block: Range<usize>,
    /// What stands behind the first backticks, trimmed.
    pub info: Range<usize>,
    /// Where the first backticks stand in their line.
    pub indent: usize,
    /// Whether it ends before the text does.
    pub closed: bool,
}

/// The fenced code blocks of a text.
pub fn fences(text: &str) -> Vec<Fence> {
    let mut fences: Vec<Fence> = Vec::new();
    let mut open: Option<(Fence, &str)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.trim_end_matches('\n').len());
        at += line.len();
        let content = line.trim();
        match &mut open {
            None => {
                open = opening(line, start).map(|(info, indent, marker)| {
                    (Fence { block: start..text.len(), info, indent, closed: false }, marker)
                })
            }
            Some((fence, marker)) => {
                let ends = content.starts_with(*marker)
                    && content.trim_start_matches(marker.get(..1).unwrap_or_default()).is_empty();
                if ends {
                    fence.block.end = end;
                    fence.closed = true;
                    fences.extend(open.take().map(|(fence, _)| fence));
                }
            }
        }
    }
    fences.extend(open.map(|(fence, _)| fence));
    fences
}

/// The info, the indentation and the backticks of a line that opens a code block.
fn opening(line: &str, start: usize) -> Option<(Range<usize>, usize, &str)> {
    let content = line.trim_start_matches([' ', '\t', '>']);
    let indent = line.len() - content.len();
    let character = content.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = content.trim_start_matches(character);
    let marker = &content[..content.len() - info.len()];
    if marker.len() < 3 || (character == '`' && info.contains('`')) {
        return None;
    }
    let from = start + line.len() - info.trim_start().len();
    let trimmed = info.trim();
    let from = if trimmed.is_empty() { start + indent + marker.len() } else { from };
    Some((from..from + trimmed.len(), indent, marker))
}

/// A text with blanks for its code and `x` for its tags: what is left has the places of the text.
#[derive(Debug)]
pub struct Prose {
    /// The text.
    pub text: String,
    /// Backticks that begin no code.
    pub strays: Vec<usize>,
    /// Code in lines of text, with its backticks.
    pub code: Vec<Range<usize>>,
}

/// The text without its code and its tags.
pub fn prose(text: &str) -> Prose {
    let mut bytes = text.as_bytes().to_vec();
    for mark in marks(text).iter().filter(|mark| mark.form != MarkForm::Verbatim) {
        bytes[mark.span.clone()].fill(b'x');
    }
    for fence in fences(text) {
        blank(&mut bytes, fence.block);
    }
    let (strays, code) = blank_code(&mut bytes);
    // Whole characters are replaced, so that what is left is text.
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Prose { text, strays, code }
}

fn blank(bytes: &mut [u8], range: Range<usize>) {
    for byte in bytes[range].iter_mut().filter(|byte| **byte != b'\n') {
        *byte = b' ';
    }
}

/// Blanks code between backticks; returns the backticks that begin none, and the code.
fn blank_code(bytes: &mut [u8]) -> (Vec<usize>, Vec<Range<usize>>) {
    let runs = runs(bytes);
    let (mut strays, mut code) = (Vec::new(), Vec::new());
    let mut done = 0;
    // Where the next run of the same length in the same paragraph stands, looked for from behind.
    let mut next: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut ends = vec![None; runs.len()];
    for (number, run) in runs.iter().enumerate().rev() {
        ends[number] = next.insert((run.paragraph, run.length), run.start + run.length);
    }
    for (run, end) in runs.iter().zip(ends) {
        let escaped = run.start > 0 && bytes[run.start - 1] == b'\\';
        match end {
            _ if run.start < done || escaped => {}
            Some(end) => {
                blank(bytes, run.start..end);
                code.push(run.start..end);
                done = end;
            }
            None => strays.push(run.start),
        }
    }
    (strays, code)
}

/// Backticks in a row.
struct Run {
    start: usize,
    length: usize,
    paragraph: usize,
}

fn runs(bytes: &[u8]) -> Vec<Run> {
    let mut runs = Vec::new();
    let (mut at, mut paragraph) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'`' => {
                let length = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
                runs.push(Run { start: at, length, paragraph });
                at += length;
            }
            b'\n' if is_blank(&bytes[at + 1..]) => {
                paragraph += 1;
                at += 1;
            }
            _ => at += 1,
        }
    }
    runs
}

fn is_blank(rest: &[u8]) -> bool {
    matches!(rest.iter().find(|byte| !matches!(byte, b' ' | b'\t')), None | Some(b'\n'))
}

/// What is wrong with the code blocks of the translation.
pub(super) fn code_damage(pair: &Pair<'_>, known: &Known<'_>) -> Vec<Damage> {
    let (source, own) = (fences(pair.source), fences(pair.own));
    let open = |fences: &[Fence]| fences.last().is_some_and(|fence| !fence.closed);
    if open(&own) && !open(&source) {
        return own.last().map(unclosed).into_iter().collect();
    }
    if source.len() != own.len() {
        return Vec::new();
    }
    let blocks = source.iter().zip(&own);
    blocks.filter_map(|(theirs, own)| block_damage(pair, known, theirs, own)).collect()
}

fn unclosed(fence: &Fence) -> Damage {
    Damage {
        at: fence.block.start..fence.info.end,
        kind: DamageKind::OpenFence,
        counterpart: None,
        cure: Cure::Fallback,
    }
}

/// A code block whose first line says what no source says. Where the code itself stands there, the source's whole
/// block is taken, as code is no prose.
fn block_damage(pair: &Pair<'_>, known: &Known<'_>, theirs: &Fence, own: &Fence) -> Option<Damage> {
    let (right, wrong) = (&pair.source[theirs.info.clone()], &pair.own[own.info.clone()]);
    if right == wrong || wrong.is_empty() || known.has_info(wrong) {
        return None;
    }
    let is_glued = wrong.contains(char::is_whitespace) && theirs.indent == own.indent;
    let (range, text) = if is_glued {
        (own.block.clone(), &pair.source[theirs.block.clone()])
    } else {
        (own.info.clone(), right)
    };
    Some(Damage {
        at: own.info.clone(),
        kind: DamageKind::Fence { wrong: wrong.to_owned(), right: right.to_owned() },
        counterpart: Some(theirs.block.start..theirs.info.end),
        cure: Cure::Splices(vec![Splice { range, text: text.to_owned() }]),
    })
}

#[cfg(test)]
mod tests {
    use super::{fences, prose};

    #[test]
    fn code_is_blank_in_prose() {
        let found = prose("a `b` c\n```x\nd\n```\ne ` f {% g %}");
        assert_eq!(found.text, "a     c\n    \n \n   \ne ` f xxxxxxx");
        assert_eq!(found.strays, [21]);
        assert_eq!(found.code.as_slice(), std::slice::from_ref(&(2..5)));
    }

    #[test]
    fn a_code_block_has_its_first_line_apart() {
        let text = "a\n  ```shell $ ls\nb\n  ```\nc\n~~~\nd";
        let found: Vec<_> = fences(text)
            .into_iter()
            .map(|fence| (&text[fence.block], &text[fence.info], fence.indent, fence.closed))
            .collect();
        let expected =
            [("  ```shell $ ls\nb\n  ```", "shell $ ls", 2, true), ("~~~\nd", "", 0, false)];
        assert_eq!(found, expected);
    }
}
