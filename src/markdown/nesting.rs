//! What HTML may stand in what: the elements between that are missing, and what is written for one that may not stand.

use super::elements::Kind;

/// The elements that are missing between an element and what begins in it: another of this name, or text.
pub(super) fn between(parent: &str, child: &str) -> &'static [&'static str] {
    match (parent, child) {
        ("ol" | "ul" | "menu", "li") => &[],
        ("ol" | "ul" | "menu", _) => &["li"],
        ("dl", "dd" | "div" | "dt") => &[],
        ("dl", _) => &["dd"],
        ("table", "caption" | "colgroup" | "tbody" | "tfoot" | "thead") => &[],
        ("table", "col") => &["colgroup"],
        ("table", "tr") => &["tbody"],
        ("table", "td" | "th") => &["tbody", "tr"],
        ("table", _) => &["tbody", "tr", "td"],
        ("tbody" | "tfoot" | "thead", "tr") => &[],
        ("tbody" | "tfoot" | "thead", "td" | "th") => &["tr"],
        ("tbody" | "tfoot" | "thead", _) => &["tr", "td"],
        ("tr", "td" | "th") => &[],
        ("tr", _) => &["td"],
        _ => &[],
    }
}

/// What is written for a raw element in a container: itself, another one, or nothing.
pub(super) fn fitting(
    container: Option<&str>,
    name: &'static str,
    kind: Kind,
) -> Option<(&'static str, Kind)> {
    let is_block = matches!(kind, Kind::Block | Kind::VoidBlock);
    let has_home = home(name).is_none_or(|homes| container.is_some_and(|own| homes.contains(&own)));
    match kind {
        Kind::VoidBlock if !has_home => None,
        _ if !has_home => Some(("div", Kind::Block)),
        Kind::Block if container == Some("summary") && is_heading(name) => Some((name, kind)),
        Kind::VoidBlock if container.is_some_and(holds_text_only) => Some(("br", Kind::Void)),
        _ if is_block && container.is_some_and(holds_text_only) => Some(("span", Kind::Phrase)),
        _ => Some((name, kind)),
    }
}

/// Whether blocks may not stand in a block. A paragraph ends before them.
pub(super) fn holds_text_only(name: &str) -> bool {
    is_heading(name) || matches!(name, "legend" | "pre" | "summary")
}

/// Whether blocks may stand in an element that stands in a line of text.
pub(super) fn may_hold_blocks(name: &str) -> bool {
    matches!(
        name,
        "a" | "audio" | "canvas" | "del" | "ins" | "map" | "noscript" | "slot" | "svg" | "video"
    )
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// The elements that this one can stand in; what is missing between is added.
fn home(name: &str) -> Option<&'static [&'static str]> {
    const SECTIONS: &[&str] = &["table", "tbody", "tfoot", "thead", "tr"];
    Some(match name {
        "caption" | "colgroup" | "tbody" | "tfoot" | "thead" => &["table"],
        "col" => &["colgroup", "table"],
        "dd" | "dt" => &["div", "dl"],
        "figcaption" => &["figure"],
        "legend" => &["fieldset"],
        "li" => &["menu", "ol", "ul"],
        "summary" => &["details"],
        "td" | "th" => SECTIONS,
        "tr" => &SECTIONS[..4],
        _ => return None,
    })
}
