//! Liquid with byte spans and limits, evaluated for a set of versions at once. Knows no pages and no sites.
//!
//! Tokens and blocks are our own (positions, speed, limits); values and filters are the `liquid` crate's.
//! What a template asks of the world around it goes through [`Host`].

mod branches;
mod condition;
mod evaluate;
mod expression;
mod filter;
mod host;
mod mark;
mod named;
mod node;
mod operand;
mod parse;
mod reading;
mod scope;
mod shared;
mod sink;
mod surroundings;
mod tags;
mod token;
mod value;

#[cfg(test)]
mod tests;

pub use branches::{Branch, BranchRole, VersionFacts};
pub use host::{Advice, DataValue, Global, Host, Live, Source, TagCall, TagFault, TagOutput};
pub use mark::{Mark, MarkForm, is_tag, marks};
pub use named::{Name, Named};
pub use surroundings::Surrounding;
pub use tags::{closing as closing_tag, names as tag_names};

use std::collections::HashSet;

use self::node::{Node, TagPlace, bytes};
use crate::diagnostic::{Checked, Diagnostic};
use crate::source::{Span, TextId};
use crate::timing::Meter;
use crate::variant::VersionSet;

/// A parsed text: nodes with their places, no text of its own.
#[derive(Debug, Default)]
pub struct Template {
    nodes: Vec<Node>,
    tags: Vec<TagPlace>,
    /// Whether there is anything but text to print.
    marked: bool,
}

impl Template {
    /// Whether the text has no tag, output or comment: it expands to itself.
    pub fn is_plain(&self) -> bool {
        !self.marked
    }
}

/// A tag as it is written in a text, whether or not evaluation comes to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TagUse<'a> {
    /// The tag's name.
    pub name: &'a str,
    /// The rest of the tag, trimmed, as written.
    pub arguments: &'a str,
    /// The whole tag.
    pub span: Span,
}

impl<'a> Source<'a> {
    /// The tags of the text in order, also those inside blocks; without those that close or divide a block.
    pub fn tags(self) -> impl Iterator<Item = TagUse<'a>> {
        self.template.tags.iter().map(move |tag| TagUse {
            name: &self.text[bytes(&tag.name)],
            arguments: &self.text[bytes(&tag.arguments)],
            span: Span::new(self.id, bytes(&tag.span)),
        })
    }
}

/// Which names of blocks a site has besides the program's own tags (`note`, `tip`, `mac`, …).
#[derive(Clone, Debug)]
pub struct Syntax {
    /// Names of blocks that wrap their content: `{% NAME %}…{% endNAME %}`.
    pub blocks: Vec<String>,
    /// Blocks inside blocks that are read; what is deeper is a finding.
    pub nesting: usize,
}

impl Default for Syntax {
    fn default() -> Self {
        Self { blocks: Vec::new(), nesting: Limits::default().nesting }
    }
}

/// What evaluation may use up; each has an error that names it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Blocks inside blocks, also through references. Parsing keeps no more than the default of it.
    pub nesting: usize,
    /// Data references and includes inside one another.
    pub depth: usize,
    /// Nodes evaluated for one page.
    pub steps: usize,
    /// Bytes that one page may expand to.
    pub output: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { nesting: 100, depth: 32, steps: 100_000, output: 8 << 20 }
    }
}

/// A text after Liquid, valid for a set of versions.
#[derive(Debug, Default)]
pub struct Expansion {
    /// The expanded text: Markdown.
    pub text: String,
    /// Where each part of it was written, in order of `start`.
    pub segments: Vec<Segment>,
    /// The inclusions that segments refer to.
    pub frames: Vec<Frame>,
    /// Every text that was read besides the template itself: data values and includes, each once, in order.
    pub reads: Vec<TextId>,
}

/// A part of an expansion: the bytes from `start` to the next segment's start.
#[derive(Clone, Copy, Debug)]
pub struct Segment {
    /// Byte offset in the expansion.
    pub start: u32,
    /// What was written there. Where its length is that of the part, the bytes are the same one to one;
    /// otherwise the part was computed by the tag in this span.
    pub source: Span,
    /// The inclusion it came through: an index into [`Expansion::frames`].
    pub frame: Option<u32>,
}

/// An inclusion: the tag, and the inclusion that the tag itself came through.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// The `{% data … %}` or `{% include … %}` tag.
    pub tag: Span,
    /// The frame around it.
    pub parent: Option<u32>,
}

impl Expansion {
    /// Puts a text behind the expansion that the thing in `source` stands for.
    pub fn append(&mut self, text: &str, source: Span) {
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.segments.push(Segment { start, source, frame: None });
        self.text.push_str(text);
    }

    /// Where the bytes of `range` were written, and the inclusions that led there, outermost first.
    pub fn origin(&self, range: std::ops::Range<usize>) -> Option<(Span, Vec<Span>)> {
        let after = self.segments.partition_point(|segment| segment.start as usize <= range.start);
        let segment = self.segments.get(after.checked_sub(1)?)?;
        let end = self.segments.get(after).map_or(self.text.len(), |next| next.start as usize);
        let written = segment.source.range();
        let span = if written.len() == end - segment.start as usize {
            let start = written.start + range.start - segment.start as usize;
            Span::new(segment.source.text, start..(start + range.len()).min(written.end))
        } else {
            segment.source
        };
        Some((span, trace(&self.frames, segment.frame)))
    }
}

impl Expansion {
    /// The texts that the bytes of `range` were written in.
    pub fn texts(&self, range: &std::ops::Range<u32>) -> impl Iterator<Item = TextId> {
        let end = range.end;
        let first = self.segments.partition_point(|segment| segment.start <= range.start);
        let rest = self.segments[first.saturating_sub(1)..].iter();
        rest.take_while(move |segment| segment.start < end).map(|segment| segment.source.text)
    }
}

/// The inclusions that lead to `frame`, outermost first.
fn trace(frames: &[Frame], frame: Option<u32>) -> Vec<Span> {
    let mut trace = Vec::new();
    let mut next = frame;
    while let Some(frame) = next.and_then(|index| frames.get(index as usize)) {
        trace.push(frame.tag);
        next = frame.parent;
    }
    trace.reverse();
    trace
}

/// Parses `source`. Faults are findings; the template is usable all the same: an unclosed block ends at the
/// end of the text, a tag that is not understood prints nothing. No raw tag is ever printed.
pub fn parse(text: TextId, source: &str, syntax: &Syntax) -> Checked<Template> {
    parse::template(text, source, syntax)
}

/// Evaluates `source` for the versions in `live`; on return `live` is narrowed to those that would have taken
/// every same branch and read every same value, so that the expansion stands for all of them.
pub fn evaluate(
    source: Source<'_>,
    host: &dyn Host,
    live: &mut Live,
    limits: &Limits,
) -> Checked<Expansion> {
    evaluate_metered(source, host, live, limits, &mut Meter::default())
}

/// The same, and measures what each text costs that is referred to.
pub fn evaluate_metered(
    source: Source<'_>,
    host: &dyn Host,
    live: &mut Live,
    limits: &Limits,
    meter: &mut Meter<'_>,
) -> Checked<Expansion> {
    evaluate::expansion(source, host, live, limits, meter)
}

/// Evaluates `source` until each of `versions` is covered: expansions and the versions each stands for, in the
/// order of their lowest version. Findings that several of them share are reported once.
pub fn collate(
    source: Source<'_>,
    host: &dyn Host,
    versions: VersionSet,
    limits: &Limits,
) -> Checked<Vec<(VersionSet, Expansion)>> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let mut reported = HashSet::new();
    let mut expansions = Vec::new();
    let mut rest = versions;
    while let Some(mut live) = Live::new(rest) {
        let expansion = evaluate(source, host, &mut live, limits).collect(&mut diagnostics);
        expansions.push((live.versions(), expansion));
        rest = rest.minus(live.versions());
    }
    diagnostics.retain(|finding| {
        reported.insert((finding.code.name, finding.span, finding.message.clone()))
    });
    Checked { value: expansions, diagnostics }
}
