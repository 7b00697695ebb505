//! The line of a mark, short enough for a terminal and without what a terminal would obey.

use std::ops::Range;

/// How much of a mark is shown, in columns, and how much behind its beginning.
const MARK_COLUMNS: usize = 80;
const TAIL_COLUMNS: usize = 400;
/// A line is not shown where the mark stands further than this from its beginning, in bytes. Lines are counted
/// through for each finding, and some data files are one line of megabytes.
const HEAD_BYTES: usize = 16_384;

/// The beginning of a line, with a mark. Each character stands for one of the source, so that columns agree.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// What to print.
    pub line: String,
    /// The marked bytes of `line`.
    pub mark: Range<usize>,
}

impl Excerpt {
    /// The line of `text` in which `mark` begins. A mark over many lines is shown in its first.
    pub fn of(text: &str, mark: Range<usize>) -> Option<Self> {
        let start = text.floor_char_boundary(mark.start);
        let (head, tail) = text.split_at(start);
        let before = head.rsplit('\n').next().unwrap_or(head);
        if before.len() > HEAD_BYTES {
            return None;
        }
        let after = tail.split('\n').next().unwrap_or(tail);
        let marked = after.floor_char_boundary(mark.end.saturating_sub(start));
        let (marked, rest) = after.split_at(marked.min(fitting(after, MARK_COLUMNS)));
        let mut line = visible(before);
        let start = line.len();
        line.push_str(&visible(marked));
        let mark = start..line.len();
        line.push_str(&visible(&rest[..fitting(rest, TAIL_COLUMNS)]));
        Some(Self { line, mark })
    }
}

/// The text with another character for each that would change what is around it, or not be seen.
pub fn visible(text: &str) -> String {
    text.chars().map(|character| shown(character).unwrap_or(character)).collect()
}

/// Whether [`visible`] has another character for it.
pub fn is_hidden(character: char) -> bool {
    shown(character).is_some()
}

/// What stands for controls, marks of writing direction, and characters without width.
fn shown(character: char) -> Option<char> {
    match character {
        '\t' => Some(' '),
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)),
        '\u{7f}' => Some('␡'),
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => Some('\u{fffd}'),
        _ => None,
    }
}

/// How many bytes of `text` fit into so many columns, if all that is not ASCII is wide.
fn fitting(text: &str, columns: usize) -> usize {
    let mut used = 0;
    let fits = |(_, character): &(usize, char)| {
        used += if character.is_ascii() { 1 } else { 2 };
        used <= columns
    };
    text.char_indices().take_while(fits).last().map_or(0, |(at, found)| at + found.len_utf8())
}
