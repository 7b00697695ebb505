//! The blocks of a text as it is written, with its Liquid: what translators translate one by one.
//!
//! Markdown is read without evaluating Liquid, so that there is one list of segments for all versions. Tags are hidden
//! from it: those that stand alone on their lines are taken out, others are filled with letters of no language.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use super::align::{Order, align};
use super::likeness::Wording;
use super::outline::Outline;
use super::run::Run;
use crate::liquid::{Expansion, Frame, Mark, MarkForm, marks};
use crate::markdown::{BlockKind, Body, Options, to_body};
use crate::source::{FileId, Span, TextId};

/// A text in segments.
#[derive(Debug)]
pub struct Segments {
    /// The segments, in the order of the text.
    pub list: Vec<Segment>,
    /// The sections, in the order of the text; what stands before the first heading is one too, if anything does.
    pub sections: Vec<TextSection>,
    outline: Outline,
}

/// A block of a text that people translate as a whole: a paragraph, a heading, an item, a row, a block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its bytes in the text: without the marker of a heading or an item.
    pub range: Range<usize>,
    /// What it is.
    pub kind: BlockKind,
    /// The section that it stands in, by its position.
    pub section: usize,
    /// What it says, and the conditions that begin or end before it.
    pub digest: Digest,
    /// How many words it has for translators; none where there is nothing to translate.
    pub words: usize,
    block: u32,
}

/// A heading with what stands below it, up to the next heading of any level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextSection {
    /// The level of its heading, 1 to 6; 0 of what stands before the first heading.
    pub level: u8,
    /// Its heading as it is written; empty where it has none.
    pub title: String,
    /// The id of its heading; empty where it has none.
    pub id: String,
    /// Its segments, by their positions.
    pub segments: Range<usize>,
}

/// A digest of a segment: the same for texts that differ in white space only.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; Digest::BYTES]);

impl Digest {
    /// Enough for the segments of one text, which are all that is compared.
    const BYTES: usize = 6;

    fn new<'t>(parts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for word in parts.into_iter().flat_map(str::split_whitespace) {
            hasher.update(word.as_bytes());
            hasher.update(b" ");
        }
        let mut bytes = [0; Self::BYTES];
        bytes.copy_from_slice(&hasher.finalize().as_bytes()[..Self::BYTES]);
        Self(bytes)
    }

    /// Reads what `Display` writes.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; Self::BYTES];
        if text.len() != 2 * Self::BYTES || !text.is_ascii() {
            return None;
        }
        for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Segments {
    /// The segments of a text.
    pub fn new(text: &str) -> Self {
        let marks = marks(text);
        let expansion = hidden(text, &marks);
        let body = to_body(&expansion.text, Options::default());
        let outline = Outline::new(&body, &expansion, |span| &text[span.range()]);
        let (list, sections) =
            Cutter { text, expansion: &expansion, body: &body, outline: &outline }.cut(&marks);
        Self { list, sections, outline }
    }

    /// How many words there are for translators.
    pub fn words(&self) -> usize {
        self.list.iter().map(|segment| segment.words).sum()
    }

    /// Which segment of a translation stands for which of these: pairs of positions, in the order of these, those of
    /// the translation alone in their places.
    pub fn beside(&self, own: &Self) -> Vec<Beside> {
        let mut couples = Couples::new(self, own);
        couples.remainders();
        couples.in_order()
    }

    /// The positions of segments by their blocks.
    fn positions(&self) -> Vec<Option<usize>> {
        let mut positions = vec![None; self.outline.nodes.len()];
        for (position, segment) in self.list.iter().enumerate() {
            positions[segment.block as usize] = Some(position);
        }
        positions
    }
}

/// Segments that stand for one another, while they are looked for.
struct Couples<'a> {
    source: &'a Segments,
    own: &'a Segments,
    /// For each segment of the source, that of the translation, and whether it stands elsewhere among its like.
    found: Vec<Option<(usize, bool)>>,
    /// Whether a segment of the translation stands for one of the source.
    taken: Vec<bool>,
}

impl<'a> Couples<'a> {
    /// Those whose blocks stand in the same blocks.
    fn new(source: &'a Segments, own: &'a Segments) -> Self {
        let mut found = vec![None; source.list.len()];
        let mut taken = vec![false; own.list.len()];
        let (left, right) = (source.positions(), own.positions());
        for pair in align(&source.outline, &own.outline, Wording::Translated).pairs {
            let at = |block: Option<u32>, positions: &[Option<usize>]| positions[block? as usize];
            if let (Some(here), Some(there)) = (at(pair.left, &left), at(pair.right, &right)) {
                found[here] = Some((there, pair.order == Order::Moved));
                taken[there] = true;
            }
        }
        Self { source, own, found, taken }
    }

    /// Adds what is alike between others though it stands in other blocks: translations tear items out of their lists.
    fn remainders(&mut self) {
        let (mut from, mut to) = (0, 0);
        let mut anchors: Vec<(usize, usize)> = Vec::new();
        for (at, found) in self.found.iter().enumerate() {
            if let Some((there, false)) = *found
                && anchors.last().is_none_or(|(_, last)| *last < there)
            {
                anchors.push((at, there));
            }
        }
        anchors.push((self.source.list.len(), self.own.list.len()));
        for (at, there) in anchors {
            let left: Vec<usize> = (from..at).filter(|here| self.found[*here].is_none()).collect();
            let right: Vec<usize> = (to..there).filter(|there| !self.taken[*there]).collect();
            for (here, there) in self.run(&left, &right) {
                self.found[left[here]] = Some((right[there], false));
                self.taken[right[there]] = true;
            }
            (from, to) = (at + 1, there + 1);
        }
    }

    fn run(&self, left: &[usize], right: &[usize]) -> Vec<(usize, usize)> {
        let blocks = |segments: &Segments, positions: &[usize]| -> Vec<u32> {
            positions.iter().map(|position| segments.list[*position].block).collect()
        };
        let (left, right) = (blocks(self.source, left), blocks(self.own, right));
        let outlines = (&self.source.outline, &self.own.outline);
        Run { outlines, wording: Wording::Translated, left: &left, right: &right }.pairs()
    }

    fn in_order(&self) -> Vec<Beside> {
        let lone = |range: Range<usize>| {
            let lone = range.filter(|there| !self.taken[*there]);
            lone.map(|there| Beside { source: None, own: Some(there), is_moved: false })
        };
        let mut beside = Vec::with_capacity(self.source.list.len());
        let mut to = 0;
        for (at, found) in self.found.iter().enumerate() {
            if let Some((there, false)) = *found {
                beside.extend(lone(to..there));
                to = to.max(there + 1);
            }
            let (own, is_moved) = found.map_or((None, false), |(own, moved)| (Some(own), moved));
            beside.push(Beside { source: Some(at), own, is_moved });
        }
        beside.extend(lone(to..self.own.list.len()));
        beside
    }
}

/// A segment and what stands for it, by their positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beside {
    /// The one of the source; none where only the translation has it.
    pub source: Option<usize>,
    /// The one of the translation; none where only the source has it.
    pub own: Option<usize>,
    /// Whether the translation has it elsewhere among its like.
    pub is_moved: bool,
}

/// A text whose tags Markdown does not see. Where bytes were taken out, a part of the expansion ends.
fn hidden(text: &str, marks: &[Mark<'_>]) -> Expansion {
    let id = TextId::whole(FileId(0));
    let mut expansion = Expansion::default();
    let mut at = 0;
    let keep = |expansion: &mut Expansion, range: Range<usize>| {
        if !range.is_empty() {
            expansion.append(&text[range.clone()], Span::new(id, range));
        }
    };
    for part in parts(text, marks) {
        keep(&mut expansion, at..part.range.start);
        at = part.range.end;
        match part.becomes {
            Becomes::Nothing => {}
            Becomes::BlankLine => expansion.append("\n", Span::new(id, part.range)),
            Becomes::Letters => {
                let frame = u32::try_from(expansion.frames.len()).ok();
                let span = Span::new(id, part.range.clone());
                expansion.frames.push(Frame { tag: span, parent: None });
                expansion.append(&letters(part.range.len()), span);
                if let Some(last) = expansion.segments.last_mut() {
                    last.frame = frame;
                }
            }
        }
    }
    keep(&mut expansion, at..text.len());
    expansion
}

/// A part of a text that Markdown does not see as it is.
struct Part {
    range: Range<usize>,
    becomes: Becomes,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Becomes {
    Nothing,
    BlankLine,
    Letters,
}

/// The tags of a text, in order; those that print nothing and stand alone on their lines with the whole line.
fn parts(text: &str, marks: &[Mark<'_>]) -> Vec<Part> {
    let ended: HashSet<&str> =
        marks.iter().filter_map(|mark| mark.name.strip_prefix("end")).collect();
    let tags: Vec<(Range<usize>, Becomes)> =
        marks.iter().flat_map(|mark| tags(text, mark, &ended)).collect();
    let mut parts: Vec<Part> = Vec::with_capacity(tags.len());
    let mut rest = &*tags;
    while let Some((first, _)) = rest.first() {
        let start = text[..first.start].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[first.end..].find('\n').map_or(text.len(), |length| first.end + length + 1);
        let count = rest.iter().take_while(|(range, _)| range.start < end).count();
        let (line, behind) = rest.split_at(count);
        rest = behind;
        let lone =
            line.iter().all(|(range, becomes)| *becomes != Becomes::Letters && range.end <= end)
                && is_blank_between(text, start..end, line)
                && parts.last().is_none_or(|last| last.range.end <= start);
        if lone {
            let is_block = line.iter().any(|(_, becomes)| *becomes == Becomes::BlankLine);
            let becomes = if is_block { Becomes::BlankLine } else { Becomes::Nothing };
            parts.push(Part { range: start..end, becomes });
        } else {
            let letters = line
                .iter()
                .map(|(range, _)| Part { range: range.clone(), becomes: Becomes::Letters });
            parts.extend(letters);
        }
    }
    parts
}

/// Whether a line has nothing but white space and markers of quotations beside these tags.
fn is_blank_between(text: &str, line: Range<usize>, tags: &[(Range<usize>, Becomes)]) -> bool {
    let mut at = line.start;
    for (range, _) in tags {
        if !text[at..range.start].trim().is_empty() {
            return false;
        }
        at = range.end;
    }
    text[at..line.end.max(at)].trim().is_empty()
}

/// What a mark has of tags, and what becomes of each where it stands alone on its line.
fn tags(text: &str, mark: &Mark<'_>, ended: &HashSet<&str>) -> Vec<(Range<usize>, Becomes)> {
    let span = mark.span.clone();
    match (mark.form, mark.name) {
        (MarkForm::Verbatim, "raw") => {
            // What stands between is text.
            let start = mark.arguments.as_ptr() as usize - text.as_ptr() as usize;
            let end = start + mark.arguments.len();
            vec![(span.start..start, Becomes::Nothing), (end..span.end, Becomes::Nothing)]
        }
        (MarkForm::Verbatim, _) => vec![(span, Becomes::Nothing)],
        (MarkForm::Tag, name) if is_control(name) => vec![(span, Becomes::Nothing)],
        (MarkForm::Tag, name) if name.starts_with("end") || ended.contains(name) => {
            vec![(span, Becomes::BlankLine)]
        }
        (MarkForm::Tag | MarkForm::Output, _) => vec![(span, Becomes::Letters)],
        // Almost a tag: readers see it.
        (MarkForm::Loose | MarkForm::Broken, _) => Vec::new(),
    }
}

/// Tags that print nothing and whose content is as they were not there.
fn is_control(name: &str) -> bool {
    let name = name.strip_prefix("end").unwrap_or(name);
    matches!(
        name,
        "if" | "ifversion"
            | "elsif"
            | "else"
            | "unless"
            | "case"
            | "when"
            | "for"
            | "break"
            | "continue"
            | "assign"
            | "capture"
            | "raw"
            | "comment"
    )
}

/// So many bytes that are no words, no blanks and no punctuation.
fn letters(bytes: usize) -> String {
    let mut letters = String::with_capacity(bytes);
    let two = match bytes % 3 {
        0 => 0,
        1 => 2,
        _ => 1,
    };
    letters.extend(std::iter::repeat_n('\u{ad}', two));
    letters.extend(std::iter::repeat_n('\u{e000}', bytes.saturating_sub(2 * two) / 3));
    letters
}

struct Cutter<'a> {
    text: &'a str,
    expansion: &'a Expansion,
    body: &'a Body,
    outline: &'a Outline,
}

impl Cutter<'_> {
    fn cut(&self, marks: &[Mark<'_>]) -> (Vec<Segment>, Vec<TextSection>) {
        let mut list: Vec<Segment> = Vec::new();
        let mut sections: Vec<TextSection> = Vec::new();
        let mut gaps =
            Gaps { text: self.text, parts: parts(self.text, marks).into_iter().peekable() };
        let mut headings = self.body.headings.iter();
        for (number, block) in (0..).zip(&self.body.blocks) {
            let heading =
                matches!(block.kind, BlockKind::Heading(_)).then(|| headings.next()).flatten();
            let Some(range) = self.range(number) else { continue };
            if let (BlockKind::Heading(level), Some(heading)) = (block.kind, heading) {
                sections.push(TextSection {
                    level,
                    title: self.text[range.clone()].to_owned(),
                    id: heading.id.clone(),
                    segments: list.len()..list.len(),
                });
            } else if sections.is_empty() {
                let (title, id) = (String::new(), String::new());
                sections.push(TextSection { level: 0, title, id, segments: 0..0 });
            }
            let said = &self.text[range.clone()];
            let digest = Digest::new(gaps.before(range.start, range.end).into_iter().chain([said]));
            let words = self.outline.node(number).traits.said;
            let section = sections.len() - 1;
            list.push(Segment { range, kind: block.kind, section, digest, words, block: number });
            sections[section].segments.end = list.len();
        }
        // What ends behind the last segment belongs to it.
        if let Some(last) = list.last_mut() {
            let tail = gaps.before(self.text.len(), usize::MAX);
            if !tail.is_empty() {
                let own = last.digest.to_string();
                last.digest = Digest::new(tail.into_iter().chain([&*own]));
            }
        }
        (list, sections)
    }

    /// The bytes of a block's own text: what stands before the blocks inside it. None where there is nothing.
    fn range(&self, number: u32) -> Option<Range<usize>> {
        let block = &self.body.blocks[number as usize];
        if matches!(
            block.kind,
            BlockKind::BulletList
                | BlockKind::OrderedList
                | BlockKind::Quote
                | BlockKind::Alert
                | BlockKind::Table
                | BlockKind::Rule
        ) {
            return None;
        }
        let inside = self.outline.node(number).children.first();
        let inside = inside.map(|child| self.body.blocks[*child as usize].at.start);
        let end = inside.unwrap_or(block.at.end).min(block.at.end);
        let range = self.trimmed(block.kind, block.at.start as usize..end as usize);
        (!range.is_empty()).then(|| self.written(&range))
    }

    /// A range of the expansion without markers and blanks.
    fn trimmed(&self, kind: BlockKind, range: Range<usize>) -> Range<usize> {
        let all = &self.expansion.text[range.clone()];
        let text = match kind {
            BlockKind::Heading(_) => {
                let text = all.trim_start().trim_start_matches('#');
                let closed = text.trim_end().trim_end_matches('#');
                if closed.ends_with([' ', '\t']) { closed } else { text }
            }
            BlockKind::Item => without_marker(all.trim_start()),
            _ => all,
        };
        let text =
            if kind == BlockKind::Code { text.trim_end_matches('\n') } else { text.trim_end() };
        let text = text.trim_start_matches([' ', '\t', '\n']);
        let start = range.start + (text.as_ptr() as usize - all.as_ptr() as usize);
        start..start + text.len()
    }

    /// Where a range of the expansion, which is not empty, was written.
    fn written(&self, range: &Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.expansion.origin(byte..byte + 1).map(|(span, _)| span.range());
        let start = at(range.start).map_or(0, |found| found.start);
        let end = at(range.end - 1).map_or(start, |found| found.end);
        start..end.max(start)
    }
}

/// The tags that print nothing between two segments, in order.
struct Gaps<'a> {
    text: &'a str,
    parts: std::iter::Peekable<std::vec::IntoIter<Part>>,
}

impl<'a> Gaps<'a> {
    /// Those before `end` that were not told yet and stand outside all segments: `end` begins one that reaches to
    /// `behind`.
    fn before(&mut self, end: usize, behind: usize) -> Vec<&'a str> {
        let mut tags = Vec::new();
        while let Some(part) = self.parts.next_if(|part| part.range.start < behind) {
            if part.range.start < end && part.becomes != Becomes::Letters {
                tags.push(&self.text[part.range]);
            }
        }
        tags
    }
}

/// The text of an item without its marker.
fn without_marker(text: &str) -> &str {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    match digits.strip_prefix(['.', ')']) {
        Some(behind) if digits.len() < text.len() => behind,
        _ => text.strip_prefix(['-', '*', '+']).unwrap_or(text),
    }
}

#[cfg(test)]
mod tests {
    use super::Segments;

    /// A segment a line, indented below its section.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let segments = Segments::new(text);
        let shown: Vec<String> = segments
            .list
            .iter()
            .map(|segment| {
                format!("{} {}: {}", segment.section, segment.words, &text[segment.range.clone()])
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn paragraphs_headings_items_rows_and_code_are_segments() {
        check(
            "Lead *in*\ntwo lines.\n\n## Head `x` #\n\n- one\n- [two](/a/b)\n  - three\n\n1. four\n\n   five\n\n```sh\nls\n```\n\n| A | B |\n| - | - |\n| c | d |\n",
            &[
                "0 4: Lead *in*\ntwo lines.",
                "1 1: Head `x`",
                "1 1: one",
                "1 1: [two](/a/b)",
                "1 1: three",
                "1 1: four",
                "1 1: five",
                "1 0: ```sh\nls\n```",
                "1 2: | A | B |",
                "1 2: | c | d |",
            ],
        );
    }

    #[test]
    fn tags_alone_on_their_lines_are_no_text() {
        check(
            "{% ifversion a %}\n## A\n{% endif %}\n{% note %}\n**Note**: {% data variables.a %} is\n{% if b %}\nhere\n{% endif %}\nand there.\n{% endnote %}\nEnd [a]({% data x.y %}).\n\n{% data reusables.b %}\n\n| a |\n| - |\n{% if c %}\n| b |\n{% endif %}\n| c |\n",
            &[
                "0 1: A",
                "0 5: **Note**: {% data variables.a %} is\n{% if b %}\nhere\n{% endif %}\nand there.",
                "0 2: End [a]({% data x.y %}).",
                "0 0: {% data reusables.b %}",
                "0 1: | a |",
                "0 1: | b |",
                "0 1: | c |",
            ],
        );
    }

    #[test]
    fn an_item_that_was_torn_out_of_its_list_stands_for_its_source() {
        let (source, own) = (
            "1. Sign [in](/in)\n2. Click **x**\n3. Read `y`\n",
            "1. 登录\n\n[到](/in)\n\n2. 点击 **x**\n3. 阅读 `y`\n",
        );
        let beside = Segments::new(source).beside(&Segments::new(own));
        let pairs: Vec<_> = beside.iter().map(|beside| (beside.source, beside.own)).collect();
        let expected =
            [(None, Some(0)), (Some(0), Some(1)), (Some(1), Some(2)), (Some(2), Some(3))];
        assert_eq!(pairs, expected);
    }

    #[test]
    fn a_condition_around_a_segment_is_part_of_what_it_says() {
        let digests =
            |text: &str| Segments::new(text).list.iter().map(|one| one.digest).collect::<Vec<_>>();
        let (one, other) = (
            digests("a\n{% if x %}\n\nb\n{% endif %}\n"),
            digests("a\n{% if y %}\n\nb\n{% endif %}\n"),
        );
        assert_eq!(one.len(), 2);
        assert_eq!(one[0], other[0]);
        assert_ne!(one[1], other[1]);
        assert_eq!(digests("a\n  b"), digests("a b\n"));
    }
}
