//! Edits of a text, made to the bytes that it was read from: a byte order mark and each line's own end stay.

use crate::source::Splice;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// The text that bytes are read as; nothing where they are no text, or where some of them are left out.
pub(super) fn text_of(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes.strip_prefix(MARK).unwrap_or(bytes)).ok()?;
    (!text.contains('\0')).then(|| text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The bytes after edits of their text, which are in order and do not overlap.
pub(super) fn edited(bytes: &[u8], splices: &[Splice]) -> Vec<u8> {
    let mark = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
    let mut walk = Walk { bytes, at: mark, text: 0 };
    let mut result = bytes[..mark].to_vec();
    for Splice { range, text } in splices {
        result.extend_from_slice(walk.to(range.start));
        let end = line_end(bytes, walk.at);
        result.extend_from_slice(text.replace('\n', end).as_bytes());
        walk.to(range.end);
    }
    result.extend_from_slice(&bytes[walk.at..]);
    result
}

/// Goes through bytes by offsets in their text, in which `\r\n` is one byte.
struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    text: usize,
}

impl<'a> Walk<'a> {
    /// The bytes up to this offset of the text.
    fn to(&mut self, offset: usize) -> &'a [u8] {
        let start = self.at;
        while self.text < offset && self.at < self.bytes.len() {
            self.at += if self.bytes[self.at..].starts_with(b"\r\n") { 2 } else { 1 };
            self.text += 1;
        }
        &self.bytes[start..self.at]
    }
}

/// How the line ends in which the byte `at` stands: as the next line end, else as the one before.
fn line_end(bytes: &[u8], at: usize) -> &'static str {
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let next = bytes[at..].iter().position(is_end).map(|found| at + found);
    let Some(first) = next.or_else(|| bytes[..at].iter().rposition(is_end)) else { return "\n" };
    match bytes[first] {
        b'\r' if bytes.get(first + 1) == Some(&b'\n') => "\r\n",
        b'\n' if first > 0 && bytes[first - 1] == b'\r' => "\r\n",
        b'\r' => "\r",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, replaced: &str, by: &str, after: &str) {
        let text = text_of(before.as_bytes()).expect("it is a text");
        let at = text.find(replaced).expect("the text has it");
        let splice = Splice { range: at..at + replaced.len(), text: by.to_owned() };
        assert_eq!(edited(before.as_bytes(), &[splice]), after.as_bytes());
    }

    #[test]
    fn what_is_not_edited_keeps_its_bytes() {
        check("\u{feff}a\r\nb\nc\rd", "b", "x", "\u{feff}a\r\nx\nc\rd");
        check("a\r\nb\r\n", "b\n", "", "a\r\n");
        check("a\r\nb\r\n", "b\n", "x\ny\n", "a\r\nx\r\ny\r\n");
        check("a\r\nb\r\nc", "c", "x\ny", "a\r\nb\r\nx\r\ny");
        check("a", "a", "x\ny", "x\ny");
    }

    #[test]
    fn other_bytes_are_no_text() {
        assert_eq!(text_of(b"a\0b"), None);
        assert_eq!(text_of(b"a\xffb"), None);
    }
}
