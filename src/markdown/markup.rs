//! What raw HTML and which addresses a text uses, so that a translation can be held to what its source uses.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::safety::scheme;

/// The elements, attributes and schemes of addresses that a text uses.
#[derive(Clone, Debug, Default)]
pub struct Markup {
    elements: BTreeMap<&'static str, BTreeMap<String, BTreeSet<String>>>,
    schemes: BTreeSet<String>,
}

/// What a translation is held to.
#[derive(Clone, Copy, Debug)]
pub struct Guard<'a> {
    /// What its source uses.
    pub learned: &'a Markup,
    /// The bytes of the text that translators have not written, in order and apart from each other.
    pub trusted: &'a [Range<u32>],
}

impl Markup {
    /// Adds all that another text uses.
    pub fn learn(&mut self, other: &Self) {
        for (element, attributes) in &other.elements {
            let known = self.elements.entry(element).or_default();
            for (name, values) in attributes {
                known.entry(name.clone()).or_default().extend(values.iter().cloned());
            }
        }
        self.schemes.extend(other.schemes.iter().cloned());
    }

    /// Notes a start tag.
    pub(super) fn add_tag(&mut self, element: &'static str, attributes: &[(String, String)]) {
        let known = self.elements.entry(element).or_default();
        for (name, value) in attributes {
            let has = |values: &BTreeSet<String>| values.contains(value);
            if !known.get(name).is_some_and(has) {
                known.entry(name.clone()).or_default().insert(value.clone());
            }
        }
    }

    /// Notes the scheme of an address.
    pub(super) fn add_address(&mut self, address: &str) {
        if let Some(scheme) = scheme(address).filter(|scheme| !is_common(scheme)) {
            self.schemes.insert(scheme);
        }
    }

    /// Whether a translation may use the element: the source does, or Markdown makes it.
    pub(super) fn has_element(&self, name: &str) -> bool {
        is_harmless(name) || self.elements.contains_key(name)
    }

    /// Whether a translation may use the attribute with this value.
    pub(super) fn has_attribute(&self, element: &str, name: &str, value: &str) -> bool {
        if is_markdown(element, name) {
            return true;
        }
        let values = self.elements.get(element).and_then(|attributes| attributes.get(name));
        values.is_some_and(|values| is_translated(name) || values.contains(value))
    }

    /// Whether a translation may lead to an address of this scheme.
    pub(super) fn has_scheme_of(&self, address: &str) -> bool {
        scheme(address).is_none_or(|scheme| is_common(&scheme) || self.schemes.contains(&scheme))
    }
}

impl Guard<'_> {
    /// Whether all of these bytes are trusted.
    pub(super) fn trusts(&self, at: &Range<u32>) -> bool {
        let after = self.trusted.partition_point(|range| range.start <= at.start);
        let range = after.checked_sub(1).and_then(|before| self.trusted.get(before));
        range.is_some_and(|range| at.end <= range.end)
    }
}

/// Schemes that every page may use.
fn is_common(scheme: &str) -> bool {
    matches!(scheme, "http" | "https" | "mailto")
}

/// Elements that a translator could write in Markdown as well, and emphasis that does nothing else.
fn is_harmless(element: &str) -> bool {
    const HARMLESS: [&str; 42] = [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "small",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
        "var",
        "wbr",
    ];
    HARMLESS.contains(&element)
}

/// Attributes that Markdown makes too.
fn is_markdown(element: &str, attribute: &str) -> bool {
    matches!(
        (element, attribute),
        ("a", "href" | "title")
            | ("img", "src" | "alt" | "title")
            | ("ol", "start")
            | ("td" | "th", "align")
    )
}

/// Attributes whose value is text for people, which a translator changes.
fn is_translated(attribute: &str) -> bool {
    matches!(
        attribute,
        "alt"
            | "aria-description"
            | "aria-label"
            | "label"
            | "lang"
            | "placeholder"
            | "summary"
            | "title"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markup() -> Markup {
        let mut markup = Markup::default();
        let attribute = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        markup.add_tag("iframe", &[attribute("src", "https://a.b"), attribute("title", "one")]);
        markup.add_address("FTP://a.b");
        markup
    }

    #[test]
    fn elements_of_the_source_and_of_markdown_are_allowed() {
        let markup = markup();
        assert!(markup.has_element("iframe"));
        assert!(markup.has_element("em"));
        assert!(!markup.has_element("form"));
    }

    #[test]
    fn attributes_have_the_values_of_the_source_unless_they_are_for_people() {
        let markup = markup();
        assert!(markup.has_attribute("iframe", "src", "https://a.b"));
        assert!(!markup.has_attribute("iframe", "src", "https://a.c"));
        assert!(markup.has_attribute("iframe", "title", "一"));
        assert!(!markup.has_attribute("a", "style", ""));
        assert!(markup.has_attribute("a", "href", "/b"));
    }

    #[test]
    fn schemes_are_those_of_the_source_and_the_common_ones() {
        let markup = markup();
        for address in ["/a", "b:c/d e", "https://x", "mailto:a@b", "ftp://x", "#a:b"] {
            let found = markup.has_scheme_of(address);
            assert_eq!(found, address != "b:c/d e", "{address}");
        }
        assert!(!markup.has_scheme_of("t\tel:1"));
    }

    #[test]
    fn only_what_lies_in_one_trusted_range_is_trusted() {
        let learned = Markup::default();
        let guard = Guard { learned: &learned, trusted: &[2..5, 7..9] };
        for (at, trusted) in
            [(2..5, true), (3..4, true), (1..3, false), (4..8, false), (9..10, false)]
        {
            assert_eq!(guard.trusts(&at), trusted, "{at:?}");
        }
    }
}
