//! Paths as hosts compare them and as they write them: decoded, or with everything encoded that a browser encodes.

use std::borrow::Cow;
use std::fmt::Write as _;

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};

/// What a `Location` has encoded: everything but what no host and no configuration file takes for something else.
const NOT_PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b'@');

/// What browsers encode in a path, and `*` and `:`, which hosts take for wildcards and placeholders.
const NOT_IN_REQUESTS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'*')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// A path with its percent codes taken as what they stand for; nothing where that is no text. A percent sign that
/// begins no code stays.
pub fn decoded(path: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(path).decode_utf8().ok()
}

/// A decoded path as it stands in a `Location`: letters, digits and `-._~/@` as they are.
pub fn encoded(path: &str) -> String {
    utf8_percent_encode(path, NOT_PLAIN).to_string()
}

/// A decoded path as browsers ask for it.
pub(super) fn requested(path: &str) -> String {
    utf8_percent_encode(path, NOT_IN_REQUESTS).to_string()
}

/// A decoded path of which these ASCII characters stay as they are, besides letters and digits; the codes are in
/// lower case.
pub(super) fn keeping(path: &str, kept: &[u8]) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02x}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded_to_the_same() {
        for path in ["/a b", "/中文/é", "/$5/100%", "/'\"{}()[]", "/a*b:c?d#e", "/a~b@c"] {
            for text in [encoded(path), requested(path), keeping(path, b"/~")] {
                assert_eq!(decoded(&text).as_deref(), Some(path), "{text}");
                assert!(text.is_ascii());
            }
        }
    }

    #[test]
    fn a_percent_sign_without_a_code_is_one() {
        assert_eq!(decoded("/100%").as_deref(), Some("/100%"));
        assert_eq!(decoded("/a%20b%C3%A9").as_deref(), Some("/a bé"));
        assert_eq!(decoded("/%ff"), None);
    }

    #[test]
    fn locations_hold_nothing_that_a_host_expands() {
        assert_eq!(encoded("/a$1(b)*:c\r\n"), "/a%241%28b%29%2A%3Ac%0D%0A");
        assert_eq!(requested("/a$1(b)*:c"), "/a$1(b)%2A%3Ac");
    }
}
