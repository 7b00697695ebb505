//! What a line of Markdown begins with: list markers, fences, tags.

use super::elements::{Kind, element};

/// The end tag of `div`.
pub(super) const DIV_END: &str = "</div>";
/// The end tag of `pre`.
pub(super) const PRE_END: &str = "</pre>";

/// How the items of a list are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbering {
    /// `1.` or `1)`.
    Numbers,
    /// `-`, `*` or `+`.
    Bullets,
}

/// The kind of a list marker, and its width with the spaces behind it.
pub(super) fn marker(trimmed: &str) -> Option<(Numbering, usize)> {
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let (numbering, marker) = match trimmed.as_bytes().get(digits)? {
        b'.' | b')' if (1..=9).contains(&digits) => (Numbering::Numbers, digits + 1),
        b'-' | b'*' | b'+' if digits == 0 => (Numbering::Bullets, 1),
        _ => return None,
    };
    let first = trimmed.as_bytes()[0];
    let is_rule = digits == 0 && trimmed.bytes().all(|byte| byte == b' ' || byte == first);
    match trimmed[marker..].bytes().take_while(|byte| *byte == b' ').count() {
        0 => None,
        _ if is_rule => None,
        spaces @ 1..=4 => Some((numbering, marker + spaces)),
        _ => Some((numbering, marker + 1)),
    }
}

/// Whether a line begins with a tag that begins a block of HTML.
pub(super) fn is_block_tag(trimmed: &str) -> bool {
    let Some(tag) = trimmed.strip_prefix("</").or_else(|| trimmed.strip_prefix('<')) else {
        return false;
    };
    let end = tag.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(tag.len());
    element(&tag[..end]).is_some_and(|(_, kind)| matches!(kind, Kind::Block | Kind::VoidBlock))
}

pub(super) fn is_end_tag(trimmed: &str) -> bool {
    trimmed.starts_with("</") && trimmed.find('>') == Some(trimmed.len() - 1)
}

/// The mark and length of a line that opens a fence.
pub(super) fn fence(trimmed: &str) -> Option<(u8, usize)> {
    let mark = *trimmed.as_bytes().first().filter(|first| b"`~".contains(first))?;
    let length = trimmed.bytes().take_while(|byte| *byte == mark).count();
    (length >= 3).then_some((mark, length))
}

pub(super) fn ends_fence(trimmed: &str, mark: u8, length: usize) -> bool {
    trimmed.len() >= length && trimmed.bytes().all(|byte| byte == mark)
}

/// Whether a line that is not indented ends an item although no blank line stands before it.
pub(super) fn interrupts(trimmed: &str) -> bool {
    let marks = trimmed.bytes().take_while(|byte| *byte == b'#').count();
    let is_heading = (1..=6).contains(&marks)
        && trimmed.as_bytes().get(marks).is_none_or(|behind| *behind == b' ');
    is_heading || trimmed.starts_with('>') || fence(trimmed).is_some() || is_block_tag(trimmed)
}

/// Where a `pre` begins behind other text and stays open.
pub(super) fn inner_pre(trimmed: &str) -> Option<usize> {
    let start = trimmed.rfind("<pre>")?;
    let is_code = trimmed[..start].contains('`');
    (!is_code && !trimmed[start..].contains(PRE_END)).then_some(start)
}

/// The end tag that must come before the lines of this raw element are over.
pub(super) fn verbatim_start(trimmed: &str) -> Option<&'static str> {
    [("<pre", PRE_END), ("<script", "</script>"), ("<style", "</style>")]
        .into_iter()
        .find(|(start, end)| trimmed.starts_with(start) && !trimmed.contains(end))
        .map(|(_, end)| end)
}
