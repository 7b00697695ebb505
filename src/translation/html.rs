//! HTML of bodies, read again: its tags and texts. It is our own, so that every `<` is a tag's and all is balanced.

use std::ops::Range;

/// A piece of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A start tag, by the element's name.
    Start(&'a str),
    /// An end tag, by the element's name.
    End(&'a str),
    /// Text, as it is written.
    Text(&'a str),
}

/// The pieces of some HTML with the bytes of each.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = (Piece<'_>, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = html.get(at..).filter(|rest| !rest.is_empty())?;
        let start = at;
        let Some(tag) = rest.strip_prefix('<') else {
            at = rest.find('<').map_or(html.len(), |length| start + length);
            return Some((Piece::Text(&html[start..at]), start..at));
        };
        at = rest.find('>').map_or(html.len(), |length| start + length + 1);
        let is_end = tag.starts_with('/');
        let name = name(tag.trim_start_matches('/'));
        Some((if is_end { Piece::End(name) } else { Piece::Start(name) }, start..at))
    })
}

fn name(tag: &str) -> &str {
    let length = tag.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    &tag[..length.count()]
}

/// A text as HTML that shows it as it is.
pub(super) fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

/// Whether an element has no end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "col" | "hr" | "img" | "input" | "source" | "track" | "wbr" | "area")
}

/// The value of an attribute, as it is written in a tag.
pub(super) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let range = attribute_range(tag, name)?;
    let value = tag[range].split_once("=\"")?.1;
    value.strip_suffix('"')
}

/// The bytes of an attribute with the space before it.
pub(super) fn attribute_range(tag: &str, name: &str) -> Option<Range<usize>> {
    // Quotes in values are escaped: what looks like an attribute is one.
    let start = tag.match_indices(name).find_map(|(at, _)| {
        let is_name = tag[..at].ends_with(' ') && tag[at + name.len()..].starts_with("=\"");
        is_name.then(|| at - 1)
    })?;
    let value = start + 1 + name.len() + 2;
    let length = tag[value..].find('"')?;
    Some(start..value + length + 1)
}

/// Whether a text is nothing but white space.
pub(super) fn is_blank(text: &str) -> bool {
    text.trim_ascii().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_texts_come_in_order() {
        let found: Vec<Piece<'_>> =
            pieces("a<p class=\"b\">c &lt;</p><br>").map(|(piece, _)| piece).collect();
        let expected = [
            Piece::Text("a"),
            Piece::Start("p"),
            Piece::Text("c &lt;"),
            Piece::End("p"),
            Piece::Start("br"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn an_attribute_is_found_by_its_whole_name() {
        let tag = "<a data-id=\"1\" id=\"2\" title=\"id=&quot;3&quot;\">";
        assert_eq!(attribute(tag, "id"), Some("2"));
        assert_eq!(attribute_range(tag, "id").map(|range| &tag[range]), Some(" id=\"2\""));
        assert_eq!(attribute(tag, "class"), None);
    }
}
