//! Bytes of a file to its text: UTF-8, no byte order mark, lines ended by a line feed.

use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileId, Span, TextId};

/// The text of a file, and what was wrong with its bytes.
///
/// What is no UTF-8 becomes U+FFFD and NUL bytes are dropped, so that the rest of the file can still be used.
pub(super) fn decode(bytes: &[u8], file: FileId) -> (String, Vec<Diagnostic>) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut diagnostics = Vec::new();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => unix_lines(text),
        Err(error) => {
            let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            // NUL bytes before it are dropped too.
            let at = unix_lines(&before).replace('\0', "").len();
            let message = format!("byte {} is not UTF-8", error.valid_up_to());
            let span = Span::new(TextId::whole(file), at..at + '\u{fffd}'.len_utf8());
            diagnostics.push(
                Diagnostic::new(codes::NOT_UTF8, span, message).hint("save the file as UTF-8"),
            );
            unix_lines(&String::from_utf8_lossy(bytes))
        }
    };
    let Some(at) = text.find('\0') else { return (text, diagnostics) };
    let span = Span::new(TextId::whole(file), at..at);
    diagnostics.push(Diagnostic::new(codes::NUL_BYTE, span, "a NUL byte").hint("remove the byte"));
    (text.replace('\0', ""), diagnostics)
}

fn unix_lines(text: &str) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}

/// A warning about the first of the characters that nobody sees and that change what stands beside them, with their
/// number. What joins letters of scripts that ask for it is no such character.
pub(super) fn unseen(text: &str, file: FileId) -> Option<Diagnostic> {
    // All of them begin with one of two bytes, which most texts do not have.
    if !text.bytes().any(|byte| matches!(byte, 0xe2 | 0xef)) {
        return None;
    }
    let is_meant = |at: usize, mark: char| {
        mark == WORD_BREAK && {
            let (before, behind) = beside(text, at, mark);
            is_unspaced(before) || is_unspaced(behind)
        }
    };
    let mut found = text
        .char_indices()
        .filter(|(at, character)| is_unseen(*character) && !is_meant(*at, *character));
    let (at, first) = found.next()?;
    let number = u32::from(first);
    let message = match found.count() {
        0 => format!("U+{number:04X}, which nobody sees"),
        more => format!("U+{number:04X}, which nobody sees, and {more} more such characters"),
    };
    let span = Span::new(TextId::whole(file), at..at + first.len_utf8());
    let finding = Diagnostic::new(codes::UNSEEN_CHARACTER, span, message);
    Some(finding.hint("remove the character, or write it as an entity if it is meant"))
}

/// A place where a line may break, in scripts that have no blanks between words.
pub(crate) const WORD_BREAK: char = '\u{200b}';

/// What stands before and behind a character of a text; a blank where nothing does.
pub(crate) fn beside(text: &str, at: usize, character: char) -> (char, char) {
    let before = text[..at].chars().next_back().unwrap_or(' ');
    (before, text[at + character.len_utf8()..].chars().next().unwrap_or(' '))
}

/// Letters of scripts without blanks between words, where [`WORD_BREAK`] says how lines may break: Thai, Lao, Tibetan,
/// Myanmar, Khmer, and the scripts of Tai, by the blocks of Unicode (class SA of its annex 14, and Tibetan).
pub(crate) fn is_unspaced(character: char) -> bool {
    matches!(
        character,
        '\u{e00}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{1950}'..='\u{19ff}'
            | '\u{1a20}'..='\u{1aaf}'
            | '\u{a9e0}'..='\u{a9ff}'
            | '\u{aa60}'..='\u{aadf}'
    )
}

/// Marks of writing direction that reorder text, separators of lines, and blanks without width.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
