//! Numbered steps as people write them: what is indented under a step by less than its text belongs to it.
//!
//! CommonMark wants `1. ` to be followed by three spaces; documentation of many years has two. Code in a step
//! is often not indented at all. Lines are moved to the right here, so that they stay in their step.

/// Where spaces are to be inserted, and how many.
pub(super) fn indentations(text: &str) -> Vec<(usize, &'static str)> {
    let mut steps = Steps {
        text,
        found: Vec::new(),
        item: None,
        fence: None,
        endless: [usize::MAX; 2],
        verbatim: None,
    };
    let mut before = Before::Blank;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        before = steps.line(at, line, before);
        at += line.len();
    }
    steps.found
}

const SPACES: &str = "                                ";

/// Deeper indentation is code or damage, and left alone.
const DEEPEST: usize = 24;

/// What stood on the line before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Blank,
    Text,
}

/// The list item that lines are compared with.
#[derive(Clone, Copy)]
struct Item {
    /// Where its marker begins.
    marker: usize,
    /// Where its text begins.
    content: usize,
    /// How far its lines are moved to the right since the last one that began left of its text.
    shift: usize,
}

/// A fence that is open inside an item.
#[derive(Clone, Copy)]
struct Fence {
    mark: u8,
    length: usize,
    indent: usize,
    shift: usize,
}

struct Steps<'a> {
    text: &'a str,
    found: Vec<(usize, &'static str)>,
    item: Option<Item>,
    fence: Option<Fence>,
    /// For backticks and tildes: fences of this length and longer have no end in the rest of the text.
    endless: [usize; 2],
    /// The end tag of the raw element whose lines are not read as Markdown.
    verbatim: Option<&'static str>,
}

impl Steps<'_> {
    fn line(&mut self, at: usize, line: &str, before: Before) -> Before {
        let trimmed = line.trim_start_matches(' ');
        let indent = line.len() - trimmed.len();
        let trimmed = trimmed.trim_end();
        if let Some(fence) = self.fence {
            self.fenced_line(at, indent, trimmed, fence);
            return Before::Text;
        }
        if let Some(end) = self.verbatim {
            self.verbatim = (!trimmed.contains(end)).then_some(end);
            return Before::Text;
        }
        if trimmed.is_empty() {
            return Before::Blank;
        }
        self.outline_line(at, indent, trimmed, before);
        if let Some(end) = verbatim_start(trimmed) {
            self.verbatim = Some(end);
        }
        Before::Text
    }

    fn outline_line(&mut self, at: usize, indent: usize, trimmed: &str, before: Before) {
        let inside = self.item.is_some_and(|item| indent > item.marker);
        if let (Some(item), true) = (&mut self.item, inside) {
            if indent < item.content {
                item.shift = item.content - indent;
            }
            let shift = item.shift;
            self.move_right(at, shift);
            self.open_fence(at, indent, trimmed, shift);
        } else if let Some(width) = marker_width(trimmed).filter(|_| indent < 4) {
            self.item = Some(Item { marker: indent, content: indent + width, shift: 0 });
        } else if before == Before::Blank || interrupts(trimmed) {
            self.item = None;
            self.open_fence(at, indent, trimmed, 0);
        }
    }

    fn open_fence(&mut self, at: usize, indent: usize, trimmed: &str, shift: usize) {
        let Some((mark, length)) = fence(trimmed) else { return };
        let is_code_span = mark == b'`' && trimmed[length..].contains('`');
        let behind = at + indent + trimmed.len();
        if !is_code_span && self.has_end(behind, mark, length) {
            self.fence = Some(Fence { mark, length, indent, shift });
        }
    }

    fn has_end(&mut self, from: usize, mark: u8, length: usize) -> bool {
        let endless = &mut self.endless[usize::from(mark == b'~')];
        let rest = self.text.get(from..).unwrap_or_default();
        let has_end =
            length < *endless && rest.lines().any(|line| ends_fence(line.trim(), mark, length));
        if !has_end {
            *endless = length.min(*endless);
        }
        has_end
    }

    fn fenced_line(&mut self, at: usize, indent: usize, trimmed: &str, fence: Fence) {
        if self.item.is_some() && !trimmed.is_empty() {
            let missing = fence.indent.saturating_sub(indent);
            self.move_right(at, fence.shift + missing);
        }
        if ends_fence(trimmed, fence.mark, fence.length) {
            self.fence = None;
        }
    }

    fn move_right(&mut self, at: usize, by: usize) {
        if by > 0 && by <= DEEPEST {
            self.found.push((at, &SPACES[..by]));
        }
    }
}

/// The width of a list marker with the spaces behind it.
fn marker_width(trimmed: &str) -> Option<usize> {
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let marker = match trimmed.as_bytes().get(digits)? {
        b'.' | b')' if (1..=9).contains(&digits) => digits + 1,
        b'-' | b'*' | b'+' if digits == 0 => 1,
        _ => return None,
    };
    let rest = &trimmed[marker..];
    let spaces = rest.bytes().take_while(|byte| *byte == b' ').count();
    let is_rule =
        digits == 0 && trimmed.bytes().all(|byte| byte == b' ' || byte == trimmed.as_bytes()[0]);
    match spaces {
        0 => None,
        _ if is_rule => None,
        1..=4 => Some(marker + spaces),
        _ => Some(marker + 1),
    }
}

/// The mark and length of a line that opens a fence.
fn fence(trimmed: &str) -> Option<(u8, usize)> {
    let mark = *trimmed.as_bytes().first().filter(|first| b"`~".contains(first))?;
    let length = trimmed.bytes().take_while(|byte| *byte == mark).count();
    (length >= 3).then_some((mark, length))
}

fn ends_fence(trimmed: &str, mark: u8, length: usize) -> bool {
    trimmed.len() >= length && trimmed.bytes().all(|byte| byte == mark)
}

/// Whether a line that is not indented ends an item although no blank line stands before it.
fn interrupts(trimmed: &str) -> bool {
    let marks = trimmed.bytes().take_while(|byte| *byte == b'#').count();
    let is_heading = (1..=6).contains(&marks)
        && trimmed.as_bytes().get(marks).is_none_or(|behind| *behind == b' ');
    is_heading || trimmed.starts_with('>') || fence(trimmed).is_some()
}

/// The end tag that must come before the lines of this raw element are over.
fn verbatim_start(trimmed: &str) -> Option<&'static str> {
    [("<pre", "</pre>"), ("<script", "</script>"), ("<style", "</style>")]
        .into_iter()
        .find(|(start, end)| trimmed.starts_with(start) && !trimmed.contains(end))
        .map(|(_, end)| end)
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
    fn lines_of_pre_are_left_alone() {
        check("1. a\n<pre>\n1. a\n  b\n</pre>", "1. a\n<pre>\n1. a\n  b\n</pre>");
    }
}
