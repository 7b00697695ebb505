//! The part of an address behind the question mark.

use percent_encoding::percent_decode_str;

/// How long a value may be, in bytes, decoded.
const LONGEST: usize = 4 << 10;

/// The value of a key that stands exactly once, decoded as UTF-8; nothing where it does not, or is too long. A plus sign
/// is a plus sign.
pub(super) fn value(query: &str, key: &str) -> Option<String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut values = pairs.filter(|(name, _)| *name == key).map(|(_, value)| value);
    let value = values.next().filter(|value| is_encoded(value))?;
    let decoded = percent_decode_str(value).decode_utf8().ok()?;
    (values.next().is_none() && decoded.len() <= LONGEST).then(|| decoded.into_owned())
}

/// Whether each percent sign has the two digits that belong to it.
fn is_encoded(value: &str) -> bool {
    value.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: Option<&str>) {
        assert_eq!(value(query, "page").as_deref(), expected, "{query}");
    }

    #[test]
    fn values_are_decoded_once() {
        check("page=/en/a", Some("/en/a"));
        check("token=x&page=%2Fen%2Fa", Some("/en/a"));
        check("page=%E4%B8%AD%2520+", Some("中%20+"));
        check("page=", Some(""));
        check("page=a=b", Some("a=b"));
    }

    #[test]
    fn what_does_not_decode_is_nothing() {
        for query in ["page=%", "page=%4", "page=%zz", "page=%ff", "page=%c3%28", "page=%+1"] {
            check(query, None);
        }
    }

    #[test]
    fn a_value_stands_once() {
        check("page=a&page=b", None);
        check("page=a&page", Some("a"));
        check("", None);
        check("pages=a&PAGE=b", None);
    }

    #[test]
    fn a_value_is_at_most_4_kib() {
        let longest = "a".repeat(LONGEST);
        check(&format!("page={longest}"), Some(&longest));
        check(&format!("page={longest}a"), None);
        check(&format!("page={}", "%61".repeat(LONGEST)), Some(&longest));
    }
}
