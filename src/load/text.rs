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
            let at = unix_lines(&before).len();
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
