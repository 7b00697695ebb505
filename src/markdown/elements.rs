//! The elements of HTML, SVG and MathML that raw HTML may use, and what is special about some of them.

/// What an element may stand in and hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Ends an open paragraph.
    Block,
    /// Stands in a line of text.
    Phrase,
    /// Stands in a line of text and has no end tag.
    Void,
    /// A block without an end tag.
    VoidBlock,
    /// Its tags are left out, what stands inside stays.
    Transparent,
    /// Its tags are left out with a fault.
    Unsafe,
    /// Left out with a fault, and everything inside too.
    UnsafeContent,
}

/// The element with this lower-case name: the name as a constant, and its kind.
pub(super) fn element(name: &str) -> Option<(&'static str, Kind)> {
    let at = ELEMENTS.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    Some(ELEMENTS[at])
}

/// Whether HTML, SVG or MathML has an element with this lower-case name.
pub fn is_element(name: &str) -> bool {
    element(name).is_some()
}

/// The open elements that a start tag of `name` closes, and the elements that it does not look beyond.
pub(super) fn implied_ends(
    name: &str,
) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match name {
        "li" => (&["li"], &["ul", "ol", "menu"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "tr" => (&["tr"], &["table", "tbody", "thead", "tfoot"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
        "option" => (&["option"], &["select", "datalist"]),
        "a" => (&["a"], &["td", "th", "table"]),
        _ => return None,
    })
}

/// Whether a shell example shows this element rather than its tag: emphasis and the like, no structure.
pub(super) fn is_live_in_code(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "br"
            | "code"
            | "del"
            | "em"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "u"
            | "var"
            | "wbr"
    )
}

use Kind::{Block, Phrase, Transparent, Unsafe, UnsafeContent, Void, VoidBlock};

const ELEMENTS: &[(&str, Kind)] = &[
    ("a", Phrase),
    ("abbr", Phrase),
    ("acronym", Phrase),
    ("address", Block),
    ("animate", Unsafe),
    ("animatemotion", Unsafe),
    ("animatetransform", Unsafe),
    ("annotation", Phrase),
    ("applet", Unsafe),
    ("area", Void),
    ("article", Block),
    ("aside", Block),
    ("audio", Phrase),
    ("b", Phrase),
    ("base", Unsafe),
    ("bdi", Phrase),
    ("bdo", Phrase),
    ("bgsound", Unsafe),
    ("big", Phrase),
    ("blink", Phrase),
    ("blockquote", Block),
    ("body", Transparent),
    ("br", Void),
    ("button", Phrase),
    ("canvas", Phrase),
    ("caption", Block),
    ("center", Block),
    ("circle", Phrase),
    ("cite", Phrase),
    ("clippath", Phrase),
    ("code", Phrase),
    ("col", VoidBlock),
    ("colgroup", Block),
    ("data", Phrase),
    ("datalist", Phrase),
    ("dd", Block),
    ("defs", Phrase),
    ("del", Phrase),
    ("desc", Phrase),
    ("details", Block),
    ("dfn", Phrase),
    ("dialog", Block),
    ("dir", Block),
    ("div", Block),
    ("dl", Block),
    ("dt", Block),
    ("ellipse", Phrase),
    ("em", Phrase),
    ("embed", Unsafe),
    ("fieldset", Block),
    ("figcaption", Block),
    ("figure", Block),
    ("font", Phrase),
    ("footer", Block),
    ("foreignobject", Unsafe),
    ("form", Block),
    ("frame", Unsafe),
    ("frameset", Unsafe),
    ("g", Phrase),
    ("h1", Block),
    ("h2", Block),
    ("h3", Block),
    ("h4", Block),
    ("h5", Block),
    ("h6", Block),
    ("head", Transparent),
    ("header", Block),
    ("hgroup", Block),
    ("hr", VoidBlock),
    ("html", Transparent),
    ("i", Phrase),
    ("iframe", Phrase),
    ("image", Phrase),
    ("img", Void),
    ("input", Void),
    ("ins", Phrase),
    ("kbd", Phrase),
    ("label", Phrase),
    ("legend", Block),
    ("li", Block),
    ("line", Phrase),
    ("lineargradient", Phrase),
    ("link", Unsafe),
    ("main", Block),
    ("map", Phrase),
    ("mark", Phrase),
    ("marker", Phrase),
    ("marquee", Phrase),
    ("mask", Phrase),
    ("math", Phrase),
    ("menu", Block),
    ("meta", Unsafe),
    ("meter", Phrase),
    ("mfrac", Phrase),
    ("mi", Phrase),
    ("mn", Phrase),
    ("mo", Phrase),
    ("mover", Phrase),
    ("mroot", Phrase),
    ("mrow", Phrase),
    ("ms", Phrase),
    ("mspace", Phrase),
    ("msqrt", Phrase),
    ("mstyle", Phrase),
    ("msub", Phrase),
    ("msubsup", Phrase),
    ("msup", Phrase),
    ("mtable", Phrase),
    ("mtd", Phrase),
    ("mtext", Phrase),
    ("mtr", Phrase),
    ("munder", Phrase),
    ("munderover", Phrase),
    ("nav", Block),
    ("nobr", Phrase),
    ("noembed", Unsafe),
    ("noframes", Unsafe),
    ("noscript", Phrase),
    ("object", Unsafe),
    ("ol", Block),
    ("optgroup", Phrase),
    ("option", Phrase),
    ("output", Phrase),
    ("p", Block),
    ("param", Transparent),
    ("path", Phrase),
    ("pattern", Phrase),
    ("picture", Phrase),
    ("plaintext", Unsafe),
    ("polygon", Phrase),
    ("polyline", Phrase),
    ("pre", Block),
    ("progress", Phrase),
    ("q", Phrase),
    ("radialgradient", Phrase),
    ("rb", Phrase),
    ("rect", Phrase),
    ("rp", Phrase),
    ("rt", Phrase),
    ("rtc", Phrase),
    ("ruby", Phrase),
    ("s", Phrase),
    ("samp", Phrase),
    ("script", UnsafeContent),
    ("search", Block),
    ("section", Block),
    ("select", Phrase),
    ("semantics", Phrase),
    ("set", Unsafe),
    ("slot", Phrase),
    ("small", Phrase),
    ("source", Void),
    ("span", Phrase),
    ("stop", Phrase),
    ("strike", Phrase),
    ("strong", Phrase),
    ("style", UnsafeContent),
    ("sub", Phrase),
    ("summary", Block),
    ("sup", Phrase),
    ("svg", Phrase),
    ("symbol", Phrase),
    ("table", Block),
    ("tbody", Block),
    ("td", Block),
    ("template", Unsafe),
    ("text", Phrase),
    ("textarea", Phrase),
    ("textpath", Phrase),
    ("tfoot", Block),
    ("th", Block),
    ("thead", Block),
    ("time", Phrase),
    ("title", Phrase),
    ("tr", Block),
    ("track", Void),
    ("tspan", Phrase),
    ("tt", Phrase),
    ("u", Phrase),
    ("ul", Block),
    ("use", Phrase),
    ("var", Phrase),
    ("video", Phrase),
    ("wbr", Void),
    ("xmp", Unsafe),
];
