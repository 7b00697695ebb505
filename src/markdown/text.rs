//! What is special in running text: emoji codes and bare addresses.

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// As written.
    Plain(&'a str),
    /// An emoji for its code.
    Emoji(&'static str),
    /// An address that becomes a link.
    Address(&'a str),
}

/// Whether addresses become links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Addresses {
    /// They do.
    Linked,
    /// They do not: the text is inside a link.
    Plain,
}

/// Calls `each` with the parts of `text`, in order.
pub(super) fn for_each_part<'a>(
    text: &'a str,
    addresses: Addresses,
    mut each: impl FnMut(Part<'a>),
) {
    let mut done = 0;
    let mut from = 0;
    while let Some(found) = text[from..].find(':') {
        let colon = from + found;
        from = colon + 1;
        let special = match addresses {
            Addresses::Linked => address(text, done, colon),
            Addresses::Plain => None,
        };
        if let Some((start, end, part)) = special.or_else(|| emoji(text, colon)) {
            if start > done {
                each(Part::Plain(&text[done..start]));
            }
            each(part);
            done = end;
            from = end;
        }
    }
    if done < text.len() {
        each(Part::Plain(&text[done..]));
    }
}

type Found<'a> = (usize, usize, Part<'a>);

/// No emoji code is longer.
const LONGEST_CODE: usize = 64;

fn emoji(text: &str, colon: usize) -> Option<Found<'_>> {
    let name = &text[colon + 1..];
    let is_code = |byte: u8| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte);
    let length = name.bytes().take(LONGEST_CODE).take_while(|byte| is_code(*byte)).count();
    if length == 0 || name.as_bytes().get(length) != Some(&b':') {
        return None;
    }
    let emoji = emojis::get_by_shortcode(&name[..length])?;
    Some((colon, colon + length + 2, Part::Emoji(emoji.as_str())))
}

fn address(text: &str, from: usize, colon: usize) -> Option<Found<'_>> {
    let (scheme, rest) = ["https", "http", "mailto"].iter().find_map(|scheme| {
        let start = colon.checked_sub(scheme.len()).filter(|start| *start >= from)?;
        let written = text.as_bytes().get(start..colon)?;
        let rest = if *scheme == "mailto" { ":" } else { "://" };
        let is_it = written.eq_ignore_ascii_case(scheme.as_bytes());
        (is_it && text[colon..].starts_with(rest)).then_some((start, colon + rest.len()))
    })?;
    if text[..scheme].ends_with(|before: char| before.is_ascii_alphanumeric()) {
        return None;
    }
    let end = rest + address_length(&text[rest..]);
    (end > rest).then(|| (scheme, end, Part::Address(&text[scheme..end])))
}

/// How much of `rest` belongs to an address: up to white space, `<` or CJK punctuation, without the
/// punctuation of the sentence around it.
fn address_length(rest: &str) -> usize {
    let ends = |found: char| {
        found.is_whitespace() || found.is_control() || found == '<' || is_cjk_punctuation(found)
    };
    let mut length = rest.find(ends).unwrap_or(rest.len());
    let mut open: i64 = 0;
    for byte in rest[..length].bytes() {
        open += i64::from(byte == b'(') - i64::from(byte == b')');
    }
    while let Some(&last) = rest.as_bytes()[..length].last() {
        match last {
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' | b';' | b']' => {}
            b')' if open < 0 => open += 1,
            _ => break,
        }
        length -= 1;
    }
    length
}

/// Ideographic and full-width punctuation, which is no part of an address in running text.
fn is_cjk_punctuation(found: char) -> bool {
    matches!(found, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' | '“' | '”' | '‘' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[Part<'_>]) {
        let mut found = Vec::new();
        for_each_part(text, Addresses::Linked, |part| found.push(part));
        assert_eq!(found, expected);
    }

    use Part::{Address, Emoji, Plain};

    #[test]
    fn a_code_becomes_its_emoji() {
        check("a :tada: b", &[Plain("a "), Emoji("🎉"), Plain(" b")]);
    }

    #[test]
    fn the_colon_behind_no_code_may_begin_one() {
        check(":x y:tada:", &[Plain(":x y"), Emoji("🎉")]);
    }

    #[test]
    fn an_address_ends_before_the_end_of_its_sentence() {
        check("see https://a.b/c_(d).", &[Plain("see "), Address("https://a.b/c_(d)"), Plain(".")]);
        check("(http://a.b/c)", &[Plain("("), Address("http://a.b/c"), Plain(")")]);
    }

    #[test]
    fn an_address_ends_before_full_width_punctuation() {
        check("在http://a.b。好", &[Plain("在"), Address("http://a.b"), Plain("。好")]);
    }

    #[test]
    fn an_address_is_no_part_of_a_word() {
        check("xhttp://a", &[Plain("xhttp://a")]);
    }

    #[test]
    fn a_scheme_alone_is_text() {
        check("https:// mailto: a", &[Plain("https:// mailto: a")]);
    }

    #[test]
    fn mail_needs_its_scheme() {
        check("a@b.c mailto:a@b.c", &[Plain("a@b.c "), Address("mailto:a@b.c")]);
    }
}
