//! What has a meaning in words wherever it stands.

use std::ops::Range;

/// What has a meaning in words: addresses of the web, and the signs of comments, which are taken out of a page wherever
/// they stand.
pub(super) fn signs(text: &str) -> Vec<Range<usize>> {
    let comments = ["<!--", "-->"].into_iter().flat_map(|sign| text.match_indices(sign));
    let mut found: Vec<Range<usize>> = comments.map(|(at, sign)| at..at + sign.len()).collect();
    let inside = |address: &Range<usize>| {
        found.iter().any(|sign| sign.start < address.end && address.start < sign.end)
    };
    let addresses: Vec<Range<usize>> =
        addresses(text).into_iter().filter(|it| !inside(it)).collect();
    found.extend(addresses);
    found.sort_by_key(|range| (range.start, range.end));
    let mut end = 0;
    found.retain(|range| {
        let is_behind = range.start >= end;
        end = end.max(range.end);
        is_behind
    });
    found
}

/// Addresses of the web that stand in a text as they are.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(colon) = text[at..].find("://") {
        let colon = at + colon;
        at = colon + 3;
        let before = &text[..colon];
        let Some(scheme) = ["https", "http"].into_iter().find(|it| before.ends_with(it)) else {
            continue;
        };
        let inside = |c: char| c.is_ascii_graphic() && !"<>\"'()[]{}|\\`*".contains(c);
        let rest = &text[at..];
        let length = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        let address = rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', '_']);
        if !address.is_empty() {
            found.push(colon - scheme.len()..at + address.len());
        }
        at += address.len();
    }
    found
}
