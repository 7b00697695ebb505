//! Positions in lines and characters, as editors count them, and addresses of files.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use lsp_types::{Position, PositionEncodingKind, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What a character of a position is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// A byte.
    Utf8,
    /// A unit of UTF-16, which every editor knows.
    #[default]
    Utf16,
}

impl Encoding {
    /// The best of those that an editor offers.
    pub(super) fn of(offered: Option<&[PositionEncodingKind]>) -> Self {
        let is_utf8 = |kind: &PositionEncodingKind| *kind == PositionEncodingKind::UTF8;
        if offered.is_some_and(|kinds| kinds.iter().any(is_utf8)) {
            Self::Utf8
        } else {
            Self::Utf16
        }
    }

    /// What the protocol calls it.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn width(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
        }
    }
}

/// A text whose lines are known.
#[derive(Clone, Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str, encoding: Encoding) -> Self {
        let behind = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(behind.map(|(at, _)| at + 1)).collect();
        Self { text, starts, encoding }
    }

    /// The position of a byte; bytes beyond the end mean the end.
    pub(super) fn position(&self, at: usize) -> Position {
        let at = self.text.floor_char_boundary(at);
        let line = self.starts.partition_point(|start| *start <= at) - 1;
        let character = self.encoding.width(&self.text[self.starts[line]..at]);
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        Position { line: number(line), character: number(character) }
    }

    /// The range of bytes as positions.
    pub(super) fn range(&self, range: Range<usize>) -> lsp_types::Range {
        lsp_types::Range { start: self.position(range.start), end: self.position(range.end) }
    }

    /// The byte at a position; characters beyond the end of a line mean its end, lines beyond the last one the end of
    /// the text.
    pub(super) fn offset(&self, position: Position) -> usize {
        let Some(start) = self.starts.get(position.line as usize).copied() else {
            return self.text.len();
        };
        let line = self.text[start..].split('\n').next().unwrap_or_default();
        let wanted = position.character as usize;
        let mut width = 0;
        for (at, c) in line.char_indices() {
            if width >= wanted {
                return start + at;
            }
            width += self.encoding.width(c.encode_utf8(&mut [0; 4]));
        }
        start + line.len()
    }
}

/// A text as the program reads files: without byte order mark, lines ended by a line feed.
pub(super) fn normal(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}

/// What stands in the address of a file as it is.
const IN_ADDRESSES: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The address of a file.
pub(super) fn address(path: &Path) -> Option<Uri> {
    let path = path.to_string_lossy();
    Uri::from_str(&format!("file://{}", utf8_percent_encode(&path, IN_ADDRESSES))).ok()
}

/// The file that an address names; nothing where it names none.
pub(super) fn path(address: &Uri) -> Option<PathBuf> {
    let rest = address.as_str().strip_prefix("file://")?;
    // Before the path may stand the name of this machine.
    let path = &rest[rest.find('/')?..];
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    Some(PathBuf::from(&*decoded))
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::str::FromStr;

    use lsp_types::{Position, Uri};

    use super::{Encoding, Lines, address, path};

    #[track_caller]
    fn check(encoding: Encoding, text: &str, at: usize, line: u32, character: u32) {
        let lines = Lines::new(text, encoding);
        let position = Position { line, character };
        assert_eq!(lines.position(at), position);
        assert_eq!(lines.offset(position), at);
    }

    #[test]
    fn characters_are_counted_as_was_agreed() {
        check(Encoding::Utf16, "a\n中🎉x", 9, 1, 3);
        check(Encoding::Utf8, "a\n中🎉x", 9, 1, 7);
        check(Encoding::Utf16, "a\n", 2, 1, 0);
    }

    #[test]
    fn what_is_beyond_the_end_means_the_end() {
        let lines = Lines::new("ab\nc", Encoding::Utf16);
        assert_eq!(lines.offset(Position { line: 0, character: 9 }), 2);
        assert_eq!(lines.offset(Position { line: 9, character: 9 }), 4);
        assert_eq!(lines.position(99), Position { line: 1, character: 1 });
    }

    #[test]
    fn names_of_files_are_encoded_and_decoded() {
        let name = "/sites/我的 site/a#b%c.md";
        let uri = address(Path::new(name)).expect("a name has an address");
        assert_eq!(uri.as_str(), "file:///sites/%E6%88%91%E7%9A%84%20site/a%23b%25c.md");
        assert_eq!(path(&uri).as_deref(), Some(Path::new(name)));
        let other = |text: &str| path(&Uri::from_str(text).expect("an address"));
        assert_eq!(other("untitled:Untitled-1"), None);
        assert_eq!(other("file://localhost/a/b").as_deref(), Some(Path::new("/a/b")));
    }
}
