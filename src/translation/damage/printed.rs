//! Syntax of Markdown that readers would see, because it does not work where it stands.

use std::borrow::Cow;
use std::ops::Range;

use super::sides::Sides;
use super::{FaultKind, Found};
use crate::liquid::{MarkForm, marks};
use crate::markdown::{BlockKind, Options, to_body};
use crate::translation::segments::Segment;

/// Syntax that a translation prints and its source does not.
pub(super) fn printed(found: &mut Found, sides: &Sides<'_>) {
    let mut whole: Option<[usize; SYNTAX.len()]> = None;
    for (own, theirs) in sides.own.segments.list.iter().zip(sides.counterparts()) {
        let text = &sides.own.text[own.range.clone()];
        if own.kind == BlockKind::Code || !is_suspect(text) {
            continue;
        }
        let plain = plain(text);
        for (number, syntax) in SYNTAX.iter().enumerate() {
            let count = syntax.places(&plain).len();
            if count == 0 {
                continue;
            }
            let known = match theirs {
                Some(theirs) => count_in(sides, theirs, *syntax),
                None => whole.get_or_insert_with(|| counts(sides))[number],
            };
            if count <= known || own.kind == BlockKind::Row && *syntax == Syntax::Table {
                continue;
            }
            let Some(place) = syntax.places(&plain).into_iter().next() else { continue };
            let at = written(text, &plain, place, *syntax);
            let at = own.range.start + at.start..own.range.start + at.end;
            let source = theirs.map(|theirs| theirs.range.clone());
            found.add(FaultKind::Prints { syntax: *syntax }, at, source, None);
        }
    }
}

/// How often the source prints each syntax in all.
fn counts(sides: &Sides<'_>) -> [usize; SYNTAX.len()] {
    let mut counts = [0; SYNTAX.len()];
    for segment in &sides.source.segments.list {
        for (count, syntax) in counts.iter_mut().zip(SYNTAX) {
            *count += count_in(sides, segment, syntax);
        }
    }
    counts
}

fn count_in(sides: &Sides<'_>, segment: &Segment, syntax: Syntax) -> usize {
    let text = &sides.source.text[segment.range.clone()];
    if segment.kind == BlockKind::Code || !is_suspect(text) {
        return 0;
    }
    syntax.places(&plain(text)).len()
}

/// Syntax that can print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// `**`.
    Strong,
    /// `](`.
    Link,
    /// `![`.
    Picture,
    /// Three backticks.
    Fence,
    /// `##` at the beginning of a line.
    Heading,
    /// The line between the header of a table and its rows.
    Table,
    /// A number and a dot at the beginning of a line that is not the first.
    Item,
}

const SYNTAX: [Syntax; 7] = [
    Syntax::Strong,
    Syntax::Link,
    Syntax::Picture,
    Syntax::Fence,
    Syntax::Heading,
    Syntax::Table,
    Syntax::Item,
];

impl Syntax {
    /// How it is written.
    pub fn written(self) -> &'static str {
        match self {
            Self::Strong => "**",
            Self::Link => "](",
            Self::Picture => "![",
            Self::Fence => "```",
            Self::Heading => "##",
            Self::Table => "|---|",
            Self::Item => "1.",
        }
    }

    /// Where it stands in a text that readers see.
    fn places(self, plain: &str) -> Vec<Range<usize>> {
        match self {
            Self::Heading => lines(plain)
                .filter(|(_, line)| line.starts_with("##") && !line.starts_with("#######"))
                .map(|(at, line)| at..at + line.len() - line.trim_start_matches('#').len())
                .collect(),
            Self::Table => lines(plain)
                .filter(|(_, line)| super::tables::is_delimiter(line) && line.contains("--"))
                .map(|(at, line)| at..at + line.len())
                .collect(),
            Self::Item => {
                // What a tag prints at the beginning of a line may begin the list anew.
                let before = lines(plain).take_while(|(_, line)| !line.starts_with(TAG)).skip(1);
                before.filter_map(|(at, line)| Some(at..at + item(line)?.len())).collect()
            }
            Self::Link => plain.match_indices(']').filter_map(|(at, _)| torn(plain, at)).collect(),
            _ => {
                let syntax = self.written();
                plain.match_indices(syntax).map(|(at, _)| at..at + syntax.len()).collect()
            }
        }
    }
}

/// What stands at a bracket that was the end of a link's text: the parenthesis behind it, which may be torn off if it
/// begins with an address.
fn torn(plain: &str, bracket: usize) -> Option<Range<usize>> {
    let behind = &plain[bracket + 1..];
    let opening = behind.trim_start_matches(' ');
    let inside = opening.strip_prefix(['(', '（'])?;
    let is_whole = behind.starts_with('(');
    let is_address = inside.starts_with('/') || inside.starts_with("http");
    let end = plain.len() - inside.len();
    (is_whole || is_address).then_some(bracket..end)
}

/// The marker of an item that a line begins with, if words follow it.
fn item(line: &str) -> Option<&str> {
    let behind = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let digits = line.len() - behind.len();
    let rest = behind.strip_prefix('.')?;
    let is_marker = (1..=2).contains(&digits) && rest.starts_with(' ') && !rest.trim().is_empty();
    is_marker.then(|| &line[..=digits])
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end())
    })
}

/// Whether a text has anything at all that could print.
fn is_suspect(text: &str) -> bool {
    text.contains("**")
        || text.contains("](")
        || text.contains("] (")
        || text.contains("]（")
        || text.contains("```")
        || text.contains("##")
        || text.contains("--") && text.contains('|')
        || lines(text).skip(1).any(|(_, line)| item(line.trim_start()).is_some())
}

/// What readers see of a segment apart from its code; tags are letters.
fn plain(text: &str) -> String {
    let masked = masked(text);
    let body = to_body(&masked, Options::default());
    let mut plain = String::with_capacity(body.html.len());
    let mut rest = &*body.html;
    while let Some((before, behind)) = rest.split_once('<') {
        decode(before, &mut plain);
        let (tag, after) = behind.split_once('>').unwrap_or((behind, ""));
        rest = after;
        let is_code = tag == "code" || tag.starts_with("code ");
        if is_code && let Some((_, after)) = rest.split_once("</code>") {
            plain.push('\u{fffc}');
            rest = after;
        }
    }
    decode(rest, &mut plain);
    plain
}

fn decode(html: &str, plain: &mut String) {
    let text = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    plain.push_str(&text.replace("&#39;", "'").replace("&amp;", "&"));
}

/// A text with letters for the tags that print something, and nothing for the others.
fn masked(text: &str) -> Cow<'_, str> {
    if !text.contains('{') {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for mark in marks(text) {
        masked.push_str(&text[at..mark.span.start]);
        at = mark.span.end;
        match (mark.form, mark.name) {
            (MarkForm::Verbatim, "raw") => masked.push_str(mark.arguments),
            (MarkForm::Output, _) => masked.push(TAG),
            (MarkForm::Tag, name) if prints(name) => masked.push(TAG),
            (MarkForm::Loose | MarkForm::Broken, _) => masked.push_str(&text[mark.span.clone()]),
            _ => {}
        }
    }
    masked.push_str(&text[at..]);
    Cow::Owned(masked)
}

/// What stands for a tag that prints something: a letter that no page has.
const TAG: char = '\u{a66e}';

fn prints(name: &str) -> bool {
    matches!(name, "data" | "octicon" | "indented_data_reference") || name.contains("link")
}

/// Where in the text as it is written something stands that readers see: what stands before it tells.
fn written(text: &str, plain: &str, place: Range<usize>, syntax: Syntax) -> Range<usize> {
    let piece = match syntax {
        Syntax::Table | Syntax::Link | Syntax::Item => plain[place.clone()].trim(),
        _ => syntax.written(),
    };
    let before: Vec<char> = plain[..place.start].chars().rev().take(6).collect();
    for length in (0..=before.len()).rev() {
        let context: String = before[..length].iter().rev().collect();
        if let Some(at) = text.find(&format!("{context}{piece}")) {
            let at = at + context.len();
            return at..at + piece.len();
        }
    }
    0..text.lines().next().map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_readers_see_has_no_code_and_no_syntax_that_works() {
        assert_eq!(
            plain("**a** `**` [b](/c) {% data x %}&amp; **d").trim(),
            "a \u{fffc} b \u{a66e}& **d"
        );
    }
}
