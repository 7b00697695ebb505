//! Elements of HTML that the source has not.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::sides::Sides;
use super::{FaultKind, Found};
use crate::markdown::is_element;

/// Elements that the source has nowhere in the text, each told once.
pub(super) fn html(found: &mut Found, sides: &Sides<'_>) {
    if !sides.own.prose.text.contains('<') {
        return;
    }
    let known: BTreeSet<String> = tags(sides.source.text).map(|(_, element)| element).collect();
    let mut new: BTreeMap<String, Range<usize>> = BTreeMap::new();
    for (at, element) in tags(&sides.own.prose.text) {
        if !known.contains(&element) {
            new.entry(element).or_insert(at);
        }
    }
    // What has classes is laid out by hand, as an older source was.
    let is_layout = |at: &Range<usize>| sides.own.text[at.clone()].contains("class=");
    if new.iter().any(|(element, at)| element != "code" && is_layout(at)) {
        return;
    }
    // What belongs to a table or a list is told with it.
    let parts: &[(&[&str], &[&str])] =
        &[(&["table"], &["tbody", "td", "th", "thead", "tr"]), (&["ol", "ul"], &["li"])];
    for (wholes, parts) in parts {
        if wholes.iter().any(|whole| new.contains_key(*whole)) {
            new.retain(|element, _| !parts.contains(&&**element));
        }
    }
    for (element, at) in new {
        found.add(FaultKind::Element { element }, at, None, None);
    }
}

/// The tags of HTML in a text, with the names of their elements.
fn tags(prose: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    prose.match_indices('<').filter_map(|(start, _)| {
        let behind = prose[start + 1..].trim_start_matches('/');
        let length = behind.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(behind.len());
        let name = behind[..length].to_ascii_lowercase();
        let end = behind.find(['<', '>', '\n']).filter(|end| behind.as_bytes()[*end] == b'>')?;
        let end = prose.len() - behind.len() + end + 1;
        is_element(&name).then_some((start..end, name))
    })
}
