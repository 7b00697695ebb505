//! Obsolete HTML and inline style as HTML of today: elements, attributes and classes that say the same.

use std::borrow::Cow;

use super::elements::Kind::{self, Block, Phrase};

/// The element that is written for an obsolete one, its kind, and its class.
pub(super) fn successor(name: &str) -> Option<(&'static str, Kind, &'static str)> {
    Some(match name {
        "acronym" => ("abbr", Phrase, ""),
        "big" => ("span", Phrase, "big"),
        "blink" | "font" | "marquee" | "rb" => ("span", Phrase, ""),
        "center" => ("div", Block, "align-center"),
        "dir" => ("ul", Block, ""),
        "nobr" => ("span", Phrase, "nobr"),
        "rtc" => ("rt", Phrase, ""),
        "strike" => ("s", Phrase, ""),
        "tt" => ("code", Phrase, ""),
        _ => return None,
    })
}

/// The attributes of a start tag as they are written. Without a value they are flags.
pub(super) type Attributes<'a> = Vec<(&'a str, Option<Cow<'a, str>>)>;

/// The attributes of today for those of an element, with one more class, if there is one.
pub(super) fn attributes<'a>(
    element: &str,
    written: &[(&'a str, &'a str)],
    class: &'static str,
) -> Attributes<'a> {
    let mut kept = Attributes::new();
    let mut classes: Vec<Cow<'a, str>> = Vec::new();
    for &(name, value) in written {
        for change in changes(element, name, value) {
            match change {
                Change::To(name, value) => put(&mut kept, name, value),
                Change::Class(class) => classes.push(class),
            }
        }
    }
    classes.extend((!class.is_empty()).then_some(Cow::Borrowed(class)));
    add_classes(&mut kept, classes);
    if element == "button" && !has(&kept, "type") {
        kept.push(("type", Some("button".into())));
    }
    if element == "input" && !has(&kept, "type") {
        kept.push(("type", Some("text".into())));
    }
    if element == "img" && !has(&kept, "alt") {
        kept.push(("alt", Some("".into())));
    }
    if matches!(element, "div" | "i" | "span") && has(&kept, "aria-label") && !has(&kept, "role") {
        kept.push(("role", Some(role(&kept).into())));
    }
    kept
}

/// What becomes of an attribute: nothing, or one or more of these.
enum Change<'a> {
    To(&'a str, Option<Cow<'a, str>>),
    Class(Cow<'a, str>),
}

/// Whether the attribute is there.
fn has(kept: &Attributes<'_>, name: &str) -> bool {
    kept.iter().any(|(known, _)| *known == name)
}

/// Of two attributes with one name the first counts.
fn put<'a>(kept: &mut Attributes<'a>, name: &'a str, value: Option<Cow<'a, str>>) {
    if !has(kept, name) {
        kept.push((name, value));
    }
}

fn add_classes<'a>(kept: &mut Attributes<'a>, more: Vec<Cow<'a, str>>) {
    let own = kept.iter_mut().find(|(name, _)| *name == "class");
    let written = own.as_ref().and_then(|(_, value)| value.as_deref()).unwrap_or_default();
    let mut all: Vec<&str> = Vec::new();
    for class in written.split_whitespace().chain(more.iter().map(|class| &**class)) {
        if !all.contains(&class) {
            all.push(class);
        }
    }
    if more.is_empty() && all.len() == written.split_whitespace().count() {
        return;
    }
    let all = Some(Cow::Owned(all.join(" ")));
    match own {
        Some((_, value)) => *value = all,
        None => kept.push(("class", all)),
    }
}

/// A name can stand on a plain element only if that has a role: icons are pictures, all else is a group.
fn role(kept: &Attributes<'_>) -> &'static str {
    let class =
        kept.iter().find(|(name, _)| *name == "class").and_then(|(_, value)| value.as_deref());
    if class.is_some_and(|class| class.contains("icon")) { "img" } else { "group" }
}

fn changes<'a>(element: &str, name: &'a str, value: &'a str) -> Vec<Change<'a>> {
    let to = |name, value: &'a str| vec![Change::To(name, Some(value.into()))];
    let class = |class: Option<&'static str>| {
        class.map(|class| Change::Class(class.into())).into_iter().collect()
    };
    match name {
        "class" | "id" if value.trim().is_empty() => Vec::new(),
        "id" => vec![Change::To("id", Some(identifier(value)))],
        "name" if matches!(element, "a" | "img") => changes(element, "id", value),
        "style" => value.split(';').filter_map(|rule| declaration(element, rule)).collect(),
        "align" => class(alignment(element, &value.to_ascii_lowercase())),
        "valign" => class(vertical(&value.to_ascii_lowercase())),
        "nowrap" => class(Some("nobr")),
        "width" | "height" if is_measured(element) => size(name, value).into_iter().collect(),
        "width" if is_obsolete(element, name) => percentage(value).into_iter().collect(),
        "colspan" | "rowspan" => digits(value).map(|digits| to(name, digits)).unwrap_or_default(),
        _ if is_obsolete(element, name) => Vec::new(),
        _ if is_flag(name) => vec![Change::To(name, None)],
        _ => to(name, value),
    }
}

/// An id cannot hold white space.
fn identifier(value: &str) -> Cow<'_, str> {
    if value.contains(char::is_whitespace) {
        Cow::Owned(value.split_whitespace().collect::<Vec<_>>().join("-"))
    } else {
        Cow::Borrowed(value)
    }
}

/// A declaration of inline style, which a strict policy forbids, as a class or an attribute.
fn declaration<'a>(element: &str, rule: &'a str) -> Option<Change<'a>> {
    let (property, value) = rule.split_once(':')?;
    let value = value.trim().trim_end_matches("!important").trim();
    let word = value.to_ascii_lowercase();
    let class = match property.trim().to_ascii_lowercase().as_str() {
        "text-align" => alignment("", &word),
        "float" => alignment("img", &word).filter(|class| class.starts_with("float")),
        "vertical-align" => vertical(&word),
        "white-space" if word == "nowrap" => Some("nobr"),
        "column-count" | "columns" if word != "1" => Some("columns"),
        "text-transform" if word == "uppercase" => Some("uppercase"),
        "font-weight" if matches!(&*word, "bold" | "bolder" | "600" | "700") => Some("bold"),
        "font-style" if word == "italic" => Some("italic"),
        "display" if word == "none" => return Some(Change::To("hidden", None)),
        "width" | "max-width" if value.ends_with('%') => return percentage(value),
        "width" if is_measured(element) && word.ends_with("px") => return size("width", value),
        _ => None,
    };
    class.map(|class| Change::Class(class.into()))
}

fn alignment(element: &str, value: &str) -> Option<&'static str> {
    Some(match (element, value) {
        ("img" | "iframe" | "table" | "video", "left") => "float-left",
        ("img" | "iframe" | "table" | "video", "right") => "float-right",
        ("img", _) => return None,
        (_, "left" | "start") => "align-left",
        (_, "center" | "middle") => "align-center",
        (_, "right" | "end") => "align-right",
        (_, "justify") => "align-justify",
        _ => return None,
    })
}

fn vertical(value: &str) -> Option<&'static str> {
    Some(match value {
        "baseline" => "valign-baseline",
        "bottom" => "valign-bottom",
        "middle" => "valign-middle",
        "top" => "valign-top",
        _ => return None,
    })
}

/// Whether width and height of the element are numbers of pixels.
fn is_measured(element: &str) -> bool {
    matches!(element, "canvas" | "iframe" | "img" | "input" | "source" | "video")
}

fn size<'a>(name: &'a str, value: &'a str) -> Option<Change<'a>> {
    if value.trim_end().ends_with('%') {
        return percentage(value).filter(|_| name == "width");
    }
    digits(value).map(|digits| Change::To(name, Some(digits.into())))
}

/// A share of the width, in tenths.
fn percentage(value: &str) -> Option<Change<'_>> {
    let number: f64 = value.trim().strip_suffix('%')?.trim_end().parse().ok()?;
    // In tenths there are ten classes; no picture of a page needs more.
    let tenths = (number / 10.0).round().clamp(1.0, 10.0) as u8;
    Some(Change::Class(format!("width-{tenths}0").into()))
}

/// The digits that a number of something begins with; none where it is zero.
fn digits(value: &str) -> Option<&str> {
    let value = value.trim();
    let end = value.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(value.len());
    Some(&value[..end]).filter(|digits| digits.bytes().any(|digit| digit != b'0'))
}

fn is_flag(name: &str) -> bool {
    matches!(
        name,
        "allowfullscreen"
            | "autofocus"
            | "autoplay"
            | "checked"
            | "controls"
            | "default"
            | "disabled"
            | "hidden"
            | "inert"
            | "ismap"
            | "itemscope"
            | "loop"
            | "multiple"
            | "muted"
            | "novalidate"
            | "open"
            | "playsinline"
            | "readonly"
            | "required"
            | "reversed"
            | "selected"
    )
}

/// Whether the attribute belongs into a style sheet today, or does nothing any more.
fn is_obsolete(element: &str, name: &str) -> bool {
    match element {
        "a" => matches!(name, "charset" | "coords" | "methods" | "rev" | "shape" | "urn"),
        "br" => name == "clear",
        "font" => matches!(name, "color" | "face" | "size"),
        "hr" => matches!(name, "color" | "noshade" | "size" | "width"),
        "iframe" => matches!(
            name,
            "allowtransparency"
                | "frameborder"
                | "hspace"
                | "longdesc"
                | "marginheight"
                | "marginwidth"
                | "scrolling"
                | "vspace"
        ),
        "img" => matches!(name, "border" | "hspace" | "longdesc" | "lowsrc" | "vspace"),
        "li" => name == "type",
        "dl" | "ol" => name == "compact",
        "menu" | "ul" => matches!(name, "compact" | "type"),
        "pre" => name == "width",
        "table" => {
            is_obsolete("td", name)
                || matches!(
                    name,
                    "border" | "cellpadding" | "cellspacing" | "frame" | "rules" | "summary"
                )
        }
        "td" => is_obsolete("th", name) || matches!(name, "abbr" | "scope"),
        "col" | "colgroup" | "tbody" | "tfoot" | "th" | "thead" | "tr" => matches!(
            name,
            "axis"
                | "background"
                | "bgcolor"
                | "bordercolor"
                | "char"
                | "charoff"
                | "height"
                | "width"
        ),
        _ => false,
    }
}
