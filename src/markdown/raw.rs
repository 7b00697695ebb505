//! Raw HTML as a list of tags and texts, with the bytes of each. What becomes of them is `render`'s matter.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ops::Range;

use html5gum::Span;
use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

/// A piece of raw HTML. Comments and document types are left out.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A start tag.
    Start(Tag),
    /// An end tag.
    End(String),
    /// Text, entities decoded.
    Text(String),
}

/// A start tag.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tag {
    /// In lower case.
    pub(super) name: String,
    /// In order, names in lower case, each once, entities decoded.
    pub(super) attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Raw HTML from one or several lines, and where each was written.
#[derive(Debug, Default)]
pub(super) struct RawText {
    /// The HTML.
    pub(super) text: String,
    /// Where each line begins in it, and its bytes in the text around.
    lines: Vec<(usize, Range<usize>)>,
}

impl RawText {
    /// What was written at `at`.
    pub(super) fn new(html: &str, at: Range<usize>) -> Self {
        Self { text: html.to_owned(), lines: vec![(0, at)] }
    }

    /// Adds a line that was written at `at`.
    pub(super) fn add(&mut self, html: &str, at: Range<usize>) {
        self.lines.push((self.text.len(), at));
        self.text.push_str(html);
    }

    /// Where a part of the HTML was written: exactly where its lines are there as they were written.
    pub(super) fn written(&self, inside: &Range<usize>) -> Range<usize> {
        let (first, last) = (self.line(inside.start), self.line(inside.end.saturating_sub(1)));
        let start = match &self.lines[first] {
            (from, at) if self.is_exact(first) => at.start + inside.start - from,
            (_, at) => at.start,
        };
        let end = match &self.lines[last] {
            (from, at) if self.is_exact(last) => at.start + inside.end.saturating_sub(*from),
            (_, at) => at.end,
        };
        start..end.max(start)
    }

    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|(from, _)| *from <= at).saturating_sub(1)
    }

    fn is_exact(&self, line: usize) -> bool {
        let end = self.lines.get(line + 1).map_or(self.text.len(), |(from, _)| *from);
        let (from, at) = &self.lines[line];
        at.len() == end - from
    }
}

/// The pieces of `html` and the bytes that each was written in. A tag that is cut off at the end is text.
pub(super) fn pieces(html: &str) -> Vec<(Piece, Range<usize>)> {
    match bare_tag(html) {
        Some(tag) => vec![(tag, 0..html.len())],
        None => tokenized(html),
    }
}

/// One tag without attributes, as most tags in a line of text are: it needs no tokenizer.
fn bare_tag(html: &str) -> Option<Piece> {
    let inside = html.strip_prefix('<')?.strip_suffix('>')?;
    let (is_end, name) = match inside.strip_prefix('/') {
        Some(name) => (true, name),
        None => (false, inside),
    };
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let name = is_name.then(|| name.to_ascii_lowercase())?;
    Some(if is_end { Piece::End(name) } else { Piece::Start(Tag { name, attributes: Vec::new() }) })
}

fn tokenized(html: &str) -> Vec<(Piece, Range<usize>)> {
    let mut collector = Collector::default();
    let mut emitter = CallbackEmitter::<_, Infallible, usize>::new(
        |event: CallbackEvent<'_>, span: Span<usize>| {
            collector.take(event, span);
            None
        },
    );
    emitter.naively_switch_states(true);
    let end = Tokenizer::new_with_emitter(html, emitter).finish();
    match end {
        Ok(()) => collector.finish(html),
        Err(never) => match never {},
    }
}

#[derive(Default)]
struct Collector {
    pieces: Vec<(Piece, Range<usize>)>,
    tag: Option<(Tag, usize)>,
    seen: BTreeSet<String>,
    keeps_value: bool,
    end: usize,
}

impl Collector {
    fn take(&mut self, event: CallbackEvent<'_>, span: Span<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.open(owned(name), span.start),
            CallbackEvent::AttributeName { name } => self.name(owned(name)),
            CallbackEvent::AttributeValue { value } => self.value(owned(value)),
            CallbackEvent::CloseStartTag { .. } => self.close(span.end),
            CallbackEvent::EndTag { name } => {
                self.tag = None;
                self.add(Piece::End(owned(name)), span.start..span.end);
            }
            CallbackEvent::String { value } => {
                self.add(Piece::Text(owned(value)), span.start..span.end);
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => {
                self.end = self.end.max(span.end);
            }
            CallbackEvent::Error(_) => {}
        }
    }

    fn open(&mut self, name: String, start: usize) {
        self.seen.clear();
        self.tag = Some((Tag { name, attributes: Vec::new() }, start));
    }

    fn name(&mut self, name: String) {
        self.keeps_value = is_plain(&name) && self.seen.insert(name.clone());
        if let (Some((tag, _)), true) = (&mut self.tag, self.keeps_value) {
            tag.attributes.push((name, String::new()));
        }
    }

    fn value(&mut self, value: String) {
        if let (Some((tag, _)), true) = (&mut self.tag, self.keeps_value)
            && let Some(attribute) = tag.attributes.last_mut()
        {
            attribute.1 = value;
        }
    }

    fn close(&mut self, end: usize) {
        if let Some((tag, start)) = self.tag.take() {
            self.add(Piece::Start(tag), start..end);
        }
    }

    fn add(&mut self, piece: Piece, at: Range<usize>) {
        self.end = self.end.max(at.end);
        self.pieces.push((piece, at));
    }

    fn finish(mut self, html: &str) -> Vec<(Piece, Range<usize>)> {
        let rest = html.get(html.floor_char_boundary(self.end)..).unwrap_or_default();
        let is_cut_off =
            rest.starts_with('<') && !rest.starts_with("<!") && !rest.starts_with("<?");
        if is_cut_off {
            self.pieces.push((Piece::Text(rest.to_owned()), html.len() - rest.len()..html.len()));
        }
        for (_, at) in &mut self.pieces {
            let end = html.floor_char_boundary(at.end);
            *at = html.floor_char_boundary(at.start.min(end))..end;
        }
        self.pieces
    }
}

/// Whether this is a name as people write it; others come from broken tags.
fn is_plain(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte))
}

fn owned(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let found: Vec<&str> = pieces(html).iter().map(|(_, at)| &html[at.clone()]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_piece_has_its_bytes() {
        check("a <b c=\"d\" e>文</b> &amp; x", &["a ", "<b c=\"d\" e>", "文", "</b>", " &amp; x"]);
    }

    #[test]
    fn a_part_of_several_lines_has_its_bytes() {
        let mut raw = RawText::new("<a\n", 10..13);
        raw.add("b>x\n", 16..20);
        raw.add("y", 23..30);
        assert_eq!(raw.written(&(0..5)), 10..18);
        assert_eq!(raw.written(&(5..6)), 18..19);
        assert_eq!(raw.written(&(5..8)), 18..30, "a line that was written otherwise");
    }

    #[test]
    fn a_tag_that_is_cut_off_is_text() {
        check("a <b c=\"", &["a ", "<b c=\""]);
        check("<i>x</i><b ", &["<i>", "x", "</i>", "<b "]);
        check("<", &["<"]);
    }

    #[test]
    fn a_bare_tag_is_what_the_tokenizer_makes_of_it() {
        for html in ["<em>", "</EM>", "<a1>", "<br/>", "<a b>", "</a b>", "<>", "</>", "<é>"] {
            assert_eq!(pieces(html), tokenized(html), "{html}");
        }
    }

    #[test]
    fn a_comment_is_left_out() {
        check("<!-- x --><i>", &["<i>"]);
    }

    #[test]
    fn attributes_keep_their_order_and_the_first_of_a_name() {
        let tag = Tag {
            name: "a".into(),
            attributes: vec![("z".into(), "1".into()), ("b".into(), String::new())],
        };
        assert_eq!(pieces("<A z=1 b Z=2 \"=3>"), [(Piece::Start(tag), 0..17)]);
    }
}
