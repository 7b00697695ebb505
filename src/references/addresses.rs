//! Addresses as they are written in Markdown, HTML and templates, found without parsing any of them.

use std::ops::Range;

use percent_encoding::percent_decode_str;

/// What stands before an address of a link or an image.
const OPENINGS: [&str; 3] = ["](", "]: ", "href="];

/// The folder that every address of an asset has in it.
const ASSETS: &str = "assets/";

/// No address is longer, in bytes. What is not over by then is none, and must not be gone through again and again.
const LONGEST: usize = 4_096;

/// The places of addresses of links and images in a text, without query and fragment.
pub(super) fn links(text: &str) -> Vec<Range<usize>> {
    let found = OPENINGS
        .iter()
        .flat_map(|opening| text.match_indices(opening).map(move |(at, _)| at + opening.len()));
    found.map(|start| address(text, start)).filter(|range| !range.is_empty()).collect()
}

/// The places of addresses of assets in a text, each from behind `assets/`; whatever stands around them.
pub(super) fn assets(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices(ASSETS).filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back();
        let is_part = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        (!is_part).then(|| address(text, at + ASSETS.len()))
    })
}

/// The address that begins at `start`, perhaps with a quotation mark or an angle bracket.
fn address(text: &str, start: usize) -> Range<usize> {
    let quoted = text[start..].starts_with(['"', '\'', '<']);
    let start = start + usize::from(quoted);
    let mut braces = 0_usize;
    for (at, c) in text[start..].char_indices() {
        match c {
            _ if at > LONGEST => return start..start,
            '{' => braces += 1,
            '}' => braces = braces.saturating_sub(1),
            '\n' => return start..start + at,
            // An output has blanks in it, and may have quotes.
            _ if braces > 0 => {}
            ')' | '"' | '\'' | '<' | '>' | '?' | '#' | '`' | ',' | '\\' => {
                return start..start + at;
            }
            c if c.is_whitespace() => return start..start + at,
            _ => {}
        }
    }
    start..text.len()
}

/// What an address begins with before anything in it is computed; and whether something is.
pub(super) fn fixed(address: &str) -> (String, bool) {
    let end = address.find("{{").or_else(|| address.find("{%"));
    let decoded = |text: &str| {
        percent_decode_str(text)
            .decode_utf8()
            .map_or_else(|_| text.to_owned(), |it| it.into_owned())
    };
    (decoded(&address[..end.unwrap_or(address.len())]), end.is_some())
}

/// An address with the outputs for version and language answered; nothing where something else is computed.
pub(super) fn answered(address: &str, version: &str, language: &str) -> Option<String> {
    if !address.contains('{') {
        return Some(address.to_owned());
    }
    let mut parts = String::new();
    let mut rest = address;
    while let Some((before, behind)) = rest.split_once("{{") {
        let (output, after) = behind.split_once("}}")?;
        parts.push_str(before);
        parts.push_str(match output.trim() {
            "currentVersion" | "page.version" => version,
            "currentLanguage" | "page.languageCode" => language,
            _ => return None,
        });
        rest = after;
    }
    parts.push_str(rest);
    (!parts.contains('{')).then_some(parts)
}

/// The path below the site that an address in a page of `folder` means; nothing where it leads elsewhere.
pub(super) fn path(address: &str, folder: &str) -> Option<String> {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    let has_scheme = scheme.is_some_and(|scheme| scheme.chars().all(|c| c.is_ascii_alphanumeric()));
    if address.is_empty() || address.starts_with("//") || has_scheme {
        return None;
    }
    if address.starts_with('/') {
        return Some(address.to_owned());
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    let route = joined.strip_suffix(".md").unwrap_or(&joined);
    Some(format!("/{}", route.strip_suffix("/index").unwrap_or(route)))
}
