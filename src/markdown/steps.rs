//! Numbered steps as people write them: what is indented under a step by less than its text belongs to it.
//!
//! CommonMark wants `1. ` to be followed by three spaces; documentation of many years has two. Code in a step
//! is often not indented at all. Lines are moved to the right here, so that they stay in their step.

use super::lines::{
    DIV_END, Numbering, PRE_END, ends_fence, fence, inner_pre, interrupts, is_block_tag,
    is_end_tag, marker, verbatim_start,
};
use super::offsets::Edit;
use super::prepare::LIST_BREAK;

/// The edits that keep what belongs to a step in it, and Markdown out of blocks of HTML.
pub(super) fn indentations(text: &str) -> Vec<Edit> {
    let mut steps = Steps {
        text,
        edits: Vec::new(),
        item: None,
        fence: None,
        ends: FenceEnds::of(text),
        verbatim: None,
        absent: Vec::new(),
        before: Before::Blank,
        blank_lines: 0,
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start_matches(' ');
        let indent = line.len() - trimmed.len();
        steps.line(&Line { at, indent, written: trimmed, trimmed: trimmed.trim_end() });
        at += line.len();
    }
    steps.edits
}

/// Blank lines that part two items of a list into two lists, as authors know it from the time before CommonMark.
const PARTING_LINES: usize = 3;

const SPACES: &str = "                                ";

/// Deeper indentation is code or damage, and left alone.
const DEEPEST: usize = 24;

/// A line of the text.
struct Line<'a> {
    /// Where it begins.
    at: usize,
    /// Its spaces in front.
    indent: usize,
    /// What stands behind them.
    written: &'a str,
    /// The same without white space at its end.
    trimmed: &'a str,
}

/// What stood on the line before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Blank,
    Text,
    /// The end of indented code that belongs to an item.
    Code,
    /// A row of a table that belongs to an item.
    Row,
    /// A block of HTML that no blank line has ended yet.
    Html,
    /// The same, and the line was an end tag alone.
    HtmlEnd,
    /// A blank line behind a block of HTML.
    HtmlBlank,
}

/// The list item that lines are compared with: the outermost one.
#[derive(Clone, Copy)]
struct Item {
    /// Where its marker begins.
    marker: usize,
    /// Where its text begins.
    content: usize,
    numbering: Numbering,
    /// How far its lines are moved to the right since the last one that began left of its text.
    shift: usize,
    /// Where the text of the item inside it begins that was opened last, or its own.
    inner: usize,
}

/// A fence or a raw element that is open, whose lines stay together.
#[derive(Clone, Copy)]
struct Together {
    indent: usize,
    shift: usize,
}

struct Steps<'a> {
    text: &'a str,
    edits: Vec<Edit>,
    item: Option<Item>,
    /// The mark and length of the fence that is open.
    fence: Option<(u8, usize, Together)>,
    /// Where fences can end.
    ends: FenceEnds,
    /// The end tag of the raw element that is open whose lines stay together.
    verbatim: Option<(&'static str, Together)>,
    /// End tags that do not come in the rest of the text.
    absent: Vec<&'static str>,
    before: Before,
    /// How many blank lines stand before the line.
    blank_lines: usize,
}

impl Steps<'_> {
    fn line(&mut self, line: &Line<'_>) {
        self.place(line);
        self.blank_lines = if line.trimmed.is_empty() { self.blank_lines + 1 } else { 0 };
    }

    fn place(&mut self, line: &Line<'_>) {
        if let Some((mark, length, together)) = self.fence {
            self.keep_together(line, together);
            if ends_fence(line.trimmed, mark, length) {
                self.end_fence(line, together);
            }
        } else if let Some((end, together)) = self.verbatim {
            self.keep_together(line, together);
            self.verbatim = self.verbatim.filter(|_| !line.trimmed.contains(end));
        } else if line.trimmed.is_empty() {
            self.before = match self.before {
                Before::Html | Before::HtmlEnd | Before::HtmlBlank => Before::HtmlBlank,
                _ => Before::Blank,
            };
        } else {
            self.part_from_html(line);
            if self.move_left(line) {
                self.before = self.after(line);
                return;
            }
            let shift = self.outline_line(line);
            self.open(line, shift);
            self.before = self.after(line);
        }
    }

    /// Lines of a block that must not be taken apart keep their distance to its first.
    fn keep_together(&mut self, line: &Line<'_>, together: Together) {
        if self.item.is_some() && !line.trimmed.is_empty() {
            let missing = together.indent.saturating_sub(line.indent);
            self.move_right(line, together.shift + missing);
        }
    }

    /// A fence ends before tabs too, which the parser does not know.
    fn end_fence(&mut self, line: &Line<'_>, together: Together) {
        self.fence = None;
        if self.item.is_some_and(|item| together.indent > item.marker) {
            self.before = Before::Code;
        }
        if line.written.contains('\t') {
            self.edits.push(Edit::insert(line.at + line.indent + line.trimmed.len(), "\n"));
        }
    }

    /// A fence, and what follows an end tag, is Markdown even without a blank line before it.
    fn part_from_html(&mut self, line: &Line<'_>) {
        let is_apart = match self.before {
            Before::Html => fence(line.trimmed).is_some(),
            Before::HtmlEnd => !line.trimmed.starts_with('<'),
            _ => false,
        };
        if is_apart {
            self.edits.push(Edit::insert(line.at, "\n"));
            self.before = Before::Blank;
        }
    }

    /// A tag behind a blank line in indented HTML is no code; says whether the line was one.
    fn move_left(&mut self, line: &Line<'_>) -> bool {
        let item = self.item.filter(|item| line.indent > item.marker);
        let text = item.map_or(0, |item| item.content);
        let is_tag = self.before == Before::HtmlBlank
            && line.indent >= text + 4
            && is_block_tag(line.trimmed);
        if is_tag {
            self.edits.push(Edit { at: line.at, removed: line.indent - text, inserted: "" });
        }
        is_tag
    }

    /// Finds the line's place in the outline; returns how far it has been moved.
    fn outline_line(&mut self, line: &Line<'_>) -> usize {
        let marker = marker(line.trimmed);
        let shift = match (self.item, marker) {
            (Some(item), _) if line.indent > item.marker => self.inner_line(line, item, marker),
            (_, Some((numbering, width))) if line.indent < 4 => {
                self.part_lists(line, numbering);
                let content = line.indent + width;
                let marker = line.indent;
                self.item = Some(Item { marker, content, numbering, shift: 0, inner: content });
                0
            }
            (Some(item), None) if self.before == Before::Text && fence(line.trimmed).is_some() => {
                item.inner - line.indent
            }
            (Some(item), None) if self.before == Before::Text && self.has_whole_div(line) => {
                let shift = item.inner - line.indent;
                self.verbatim = Some((DIV_END, Together { indent: line.indent, shift }));
                shift
            }
            (Some(item), None) if self.before == Before::Code && !interrupts(line.trimmed) => {
                item.content.saturating_sub(line.indent)
            }
            (Some(item), None) if self.before == Before::Row && line.trimmed.starts_with('|') => {
                item.content - line.indent
            }
            _ => {
                if self.before != Before::Text || interrupts(line.trimmed) {
                    self.item = None;
                }
                0
            }
        };
        self.move_right(line, shift);
        shift
    }

    fn inner_line(
        &mut self,
        line: &Line<'_>,
        mut item: Item,
        marker: Option<(Numbering, usize)>,
    ) -> usize {
        let is_next = marker.is_some_and(|(numbering, _)| numbering == item.numbering);
        if line.indent >= item.content {
            // It is inside already, or as deep as what was moved before it.
        } else if is_next {
            item.content = line.indent + marker.map_or(0, |(_, width)| width);
            item.shift = 0;
            item.inner = item.content;
            self.item = Some(item);
            return 0;
        } else {
            item.shift = item.content - line.indent;
        }
        if let Some((_, width)) = marker {
            item.inner = line.indent + item.shift + width;
        }
        self.item = Some(item);
        item.shift
    }

    /// Ends the list before an item that several blank lines keep away from it.
    fn part_lists(&mut self, line: &Line<'_>, numbering: Numbering) {
        let goes_on = self.item.is_some_and(|item| item.numbering == numbering);
        // Link tags that a version leaves out leave blank lines in a list, which is one all the same.
        let is_link = line.trimmed.trim_start_matches(['-', '*', '+', ' ']).starts_with("<a ");
        if goes_on && !is_link && self.blank_lines >= PARTING_LINES {
            self.edits.push(Edit::insert(line.at, LIST_BREAK));
        }
    }

    /// Opens what keeps its lines together.
    fn open(&mut self, line: &Line<'_>, shift: usize) {
        let together = Together { indent: line.indent, shift };
        if let Some(end) = verbatim_start(line.trimmed) {
            if self.comes(end, line.at) {
                self.verbatim = Some((end, together));
            }
        } else if let Some(start) = inner_pre(line.trimmed) {
            if self.comes(PRE_END, line.at) {
                self.part_from_text(line, start);
            }
        } else if let Some((mark, length)) = fence(line.trimmed) {
            let is_code_span = mark == b'`' && line.trimmed[length..].contains('`');
            let behind = line.at + line.indent + line.trimmed.len();
            if !is_code_span && self.ends.has_end(behind, mark, length) {
                self.fence = Some((mark, length, together));
            }
        }
    }

    /// A `pre` behind text goes to a line of its own, where blank lines do not end it.
    fn part_from_text(&mut self, line: &Line<'_>, start: usize) {
        let at = line.at + line.indent + start;
        let shift = self.item.map_or(0, |item| item.content).min(DEEPEST);
        self.edits.push(Edit::insert(at, "\n"));
        if shift > 0 {
            self.edits.push(Edit::insert(at, &SPACES[..shift]));
        }
        self.verbatim = Some((PRE_END, Together { indent: 0, shift }));
    }

    /// Whether the line opens a `div` that ends on a later line.
    fn has_whole_div(&mut self, line: &Line<'_>) -> bool {
        line.trimmed.starts_with("<div")
            && !line.trimmed.contains(DIV_END)
            && self.comes(DIV_END, line.at)
    }

    /// Whether an end tag comes in the rest of the text; asked in the order of places.
    fn comes(&mut self, end: &'static str, from: usize) -> bool {
        let rest = self.text.get(from..).unwrap_or_default();
        let comes = !self.absent.contains(&end) && rest.contains(end);
        if !comes && !self.absent.contains(&end) {
            self.absent.push(end);
        }
        comes
    }

    /// What the line is to the next one.
    fn after(&self, line: &Line<'_>) -> Before {
        let in_html = matches!(self.before, Before::Html | Before::HtmlEnd);
        let is_row =
            self.item.is_some_and(|item| line.indent > item.marker) || self.before == Before::Row;
        if self.fence.is_some() || self.verbatim.is_some() {
            Before::Text
        } else if in_html || is_block_tag(line.trimmed) {
            if is_end_tag(line.trimmed) { Before::HtmlEnd } else { Before::Html }
        } else if is_row && line.trimmed.starts_with('|') {
            Before::Row
        } else {
            Before::Text
        }
    }

    fn move_right(&mut self, line: &Line<'_>, by: usize) {
        if by > 0 && by <= DEEPEST {
            self.edits.push(Edit::insert(line.at, &SPACES[..by]));
        }
    }
}

/// Where lines stand that end a fence: for backticks and tildes those that no longer one follows, with their lengths.
/// So it is known at once whether a fence has an end in the rest of the text.
#[derive(Default)]
struct FenceEnds([Vec<(usize, usize)>; 2]);

impl FenceEnds {
    fn of(text: &str) -> Self {
        let mut ends = Self::default();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim();
            if let Some((mark, length)) = fence(trimmed).filter(|found| found.1 == trimmed.len()) {
                let of_mark = &mut ends.0[usize::from(mark == b'~')];
                while of_mark.pop_if(|(_, before)| *before <= length).is_some() {}
                of_mark.push((at, length));
            }
            at += line.len();
        }
        ends
    }

    /// Whether a line behind `from` ends a fence of this mark and length.
    fn has_end(&self, from: usize, mark: u8, length: usize) -> bool {
        let of_mark = &self.0[usize::from(mark == b'~')];
        let next = of_mark.partition_point(|(at, _)| *at < from);
        of_mark.get(next).is_some_and(|(_, longest)| *longest >= length)
    }
}

#[cfg(test)]
mod tests {
    use super::super::offsets::Prepared;
    use super::indentations;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(Prepared::new(text, &indentations(text)).text, expected);
    }

    #[test]
    fn a_paragraph_indented_by_two_stays_in_its_step() {
        check("1. a\n\n  b\n\nc", "1. a\n\n   b\n\nc");
    }

    #[test]
    fn code_indented_by_two_stays_in_its_step() {
        check("1. a\n  ```\n  b\n    c\n  ```\n2. d", "1. a\n   ```\n   b\n     c\n   ```\n2. d");
    }

    #[test]
    fn code_that_is_not_indented_stays_with_its_fence() {
        check("* a\n\n  ```\nb\n\n c\n  ```\n", "* a\n\n  ```\n  b\n\n  c\n  ```\n");
    }

    #[test]
    fn an_end_of_code_that_is_not_indented_ends_it() {
        check("1. a\n  ```\n  b\n```\n  c", "1. a\n   ```\n   b\n   ```\n   c");
    }

    #[test]
    fn what_is_under_a_moved_line_moves_with_it() {
        check("1. a\n\n  b\n    - c", "1. a\n\n   b\n     - c");
    }

    #[test]
    fn what_is_not_indented_ends_the_step() {
        check("1. a\n\nb\n\n  c", "1. a\n\nb\n\n  c");
    }

    #[test]
    fn a_fence_without_end_is_left_alone() {
        check("* a\n  ```\nb", "* a\n  ```\nb");
    }

    #[test]
    fn code_right_behind_a_step_belongs_to_it() {
        check("1. a\n```\nb\n```\n2. c", "1. a\n   ```\n   b\n   ```\n2. c");
    }

    #[test]
    fn text_right_behind_the_code_of_an_item_belongs_to_it() {
        check("1. a\n   ```\n   b\n   ```\nc\n1. d", "1. a\n   ```\n   b\n   ```\n   c\n1. d");
    }

    #[test]
    fn a_div_right_behind_an_item_belongs_to_it() {
        check("- a\n<div>\n\nb\n\n</div>\n- c", "- a\n  <div>\n\n  b\n\n  </div>\n- c");
    }

    #[test]
    fn a_number_that_is_indented_by_two_is_the_next_step() {
        check("1. a\n  2. b\n  c", "1. a\n  2. b\n     c");
    }

    #[test]
    fn a_bullet_that_is_indented_by_two_is_inside_its_step() {
        check("1. a\n  - b\n    c\n2. d", "1. a\n   - b\n     c\n2. d");
    }

    #[test]
    fn three_blank_lines_part_a_list() {
        check("1. a\n\n\n\n1. b", "1. a\n\n\n\n<!--\u{fdd0}-->\n1. b");
        check("1. a\n\n\n1. b", "1. a\n\n\n1. b");
        check("1. a\n\n\n\n- b", "1. a\n\n\n\n- b");
        check("- <a b>c</a>\n\n\n\n- <a d>e</a>", "- <a b>c</a>\n\n\n\n- <a d>e</a>");
    }

    #[test]
    fn rows_of_a_table_follow_its_head() {
        check("1. a\n\n  | b |\n|---|\n| c |\n", "1. a\n\n   | b |\n   |---|\n   | c |\n");
    }

    #[test]
    fn code_inside_html_is_parted_from_it() {
        check("<div>\n```\na\n```\n</div>\nb", "<div>\n\n```\na\n```\n</div>\n\nb");
    }

    #[test]
    fn tags_behind_blank_lines_in_html_are_no_code() {
        check("<ul>\n\n    <li>a</li>\n\n</ul>", "<ul>\n\n<li>a</li>\n\n</ul>");
    }

    #[test]
    fn a_fence_ends_before_tabs() {
        check("```\na\n```\t \nb", "```\na\n```\n\t \nb");
    }

    #[test]
    fn a_pre_behind_text_keeps_its_blank_lines() {
        check("1. a <pre>b\n\n    c</pre>\nd", "1. a \n   <pre>b\n\n       c</pre>\nd");
    }

    #[test]
    fn lines_of_pre_are_left_alone() {
        check("1. a\n<pre>\n1. a\n  b\n</pre>", "1. a\n<pre>\n1. a\n  b\n</pre>");
    }
}
