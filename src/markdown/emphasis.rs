//! Strong emphasis where people write it: beside CJK punctuation, and with a space on its inner side.
//!
//! CommonMark takes `**` before `版` and behind `。` for no end of emphasis. A mark that counts as a letter is
//! put between the delimiter and the punctuation, where a delimiter must open or close.

use std::collections::BTreeMap;

use super::prepare::MARK_TEXT;

/// Where marks are to be inserted.
pub(super) fn marks(text: &str) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    if !text.contains('*') {
        return found;
    }
    let mut block = 0..0;
    for line in text.split_inclusive('\n') {
        let end = block.end + line.len();
        if begins_block(line) {
            mark_block(text, block.clone(), &mut found);
            block.start = block.end;
        }
        block.end = end;
    }
    mark_block(text, block, &mut found);
    found
}

/// Whether delimiters before this line cannot belong to those in it.
fn begins_block(line: &str) -> bool {
    let trimmed = line.trim_start();
    let first = trimmed.trim_start_matches(|letter: char| letter.is_ascii_digit());
    trimmed.is_empty()
        || ["- ", "* ", "+ ", "#", "|", ">"].iter().any(|start| trimmed.starts_with(start))
        || first.len() < trimmed.len() && first.starts_with(". ")
}

/// A run of delimiters.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    end: usize,
}

fn mark_block(text: &str, block: std::ops::Range<usize>, found: &mut Vec<(usize, &'static str)>) {
    if !text[block.clone()].contains('*') {
        return;
    }
    let runs = runs(text, block.clone());
    let mut open = None;
    for run in runs {
        let sides = Sides::of(text, run, &block);
        if run.end - run.start != 2 {
            mark_beside_cjk(run, &sides, found);
            continue;
        }
        open = match open {
            None => Some((run, sides)),
            Some((start, outer)) => {
                mark_pair((start, &outer), (run, &sides), found);
                None
            }
        };
    }
}

/// What stands on both sides of a run.
struct Sides {
    before: Option<char>,
    after: Option<char>,
}

impl Sides {
    fn of(text: &str, run: Run, block: &std::ops::Range<usize>) -> Self {
        let before = text[block.start..run.start].chars().next_back();
        let after = text[run.end..block.end].chars().next();
        Self { before, after }
    }

    fn opens(&self) -> bool {
        !is_space(self.after)
            && (!is_punctuation(self.after) || is_space(self.before) || is_punctuation(self.before))
    }

    fn closes(&self) -> bool {
        !is_space(self.before)
            && (!is_punctuation(self.before) || is_space(self.after) || is_punctuation(self.after))
    }
}

/// Two delimiters that stand for emphasis: the first must open, the second close.
fn mark_pair(
    (start, outer): (Run, &Sides),
    (end, inner): (Run, &Sides),
    found: &mut Vec<(usize, &'static str)>,
) {
    let is_apart = is_space(outer.after) && is_space(inner.before);
    if is_apart || start.end >= end.start {
        return;
    }
    if !outer.opens() {
        found.push((start.end, MARK_TEXT));
    }
    if !inner.closes() {
        found.push((end.start, MARK_TEXT));
    }
}

/// A single delimiter beside a CJK letter opens or closes as if the punctuation on its other side were a letter.
fn mark_beside_cjk(run: Run, sides: &Sides, found: &mut Vec<(usize, &'static str)>) {
    let is_cjk = |letter: Option<char>| letter.is_some_and(|letter| letter >= '\u{1100}');
    if !sides.opens() && !sides.closes() || is_space(sides.before) || is_space(sides.after) {
        return;
    }
    if !sides.closes() && is_cjk(sides.after) {
        found.push((run.start, MARK_TEXT));
    } else if !sides.opens() && is_cjk(sides.before) {
        found.push((run.end, MARK_TEXT));
    }
}

fn is_space(letter: Option<char>) -> bool {
    letter.is_none_or(char::is_whitespace)
}

/// Everything that is neither letter, digit nor space counts, as in CommonMark.
fn is_punctuation(letter: Option<char>) -> bool {
    letter.is_some_and(|letter| !letter.is_alphanumeric() && !letter.is_whitespace())
}

/// The runs of `*` outside code and tags.
fn runs(text: &str, block: std::ops::Range<usize>) -> Vec<Run> {
    let bytes = text.as_bytes();
    let code = CodeRuns::of(text, block.clone());
    let mut runs = Vec::new();
    let mut at = block.start;
    while at < block.end {
        let mark = bytes[at];
        let width = || bytes[at..block.end].iter().take_while(|byte| **byte == mark).count();
        at = match mark {
            b'*' => {
                let end = at + width();
                runs.push(Run { start: at, end });
                end
            }
            b'`' => {
                let width = width();
                code.end(at, width).unwrap_or(at + width)
            }
            b'\\' => at + 2,
            _ => at + 1,
        };
    }
    runs
}

/// Where runs of backticks stand, by their length.
struct CodeRuns(BTreeMap<usize, Vec<usize>>);

impl CodeRuns {
    fn of(text: &str, block: std::ops::Range<usize>) -> Self {
        let bytes = &text.as_bytes()[..block.end];
        let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut at = block.start;
        while let Some(start) = text[at..block.end].find('`').map(|next| at + next) {
            at = start + bytes[start..].iter().take_while(|byte| **byte == b'`').count();
            found.entry(at - start).or_default().push(start);
        }
        Self(found)
    }

    /// The end of the code that a run of backticks begins.
    fn end(&self, start: usize, length: usize) -> Option<usize> {
        let runs = self.0.get(&length)?;
        let next = runs.partition_point(|run| *run <= start);
        runs.get(next).map(|run| run + length)
    }
}

#[cfg(test)]
mod tests {
    use super::super::offsets::Prepared;
    use super::marks;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let prepared = Prepared::new(text, &marks(text));
        assert_eq!(prepared.text.replace('\u{fdd0}', "^"), expected);
    }

    #[test]
    fn an_end_behind_full_width_punctuation_is_marked() {
        check("**必须。**版本", "**必须。^**版本");
    }

    #[test]
    fn a_start_before_punctuation_is_marked() {
        check("在**“设置”**下", "在**^“设置”^**下");
    }

    #[test]
    fn what_works_already_is_left_alone() {
        check("a **b** c **d.** e", "a **b** c **d.** e");
    }

    #[test]
    fn one_space_on_the_inner_side_is_forgiven() {
        check("** a** b **c **d", "**^ a** b **c ^**d");
    }

    #[test]
    fn an_operator_is_left_alone() {
        check("2 ** 3 ** 4", "2 ** 3 ** 4");
    }

    #[test]
    fn code_and_escapes_are_left_alone() {
        check("`**。**x` \\**。**x", "`**。**x` \\**。**x");
    }

    #[test]
    fn delimiters_of_other_blocks_are_no_pair() {
        check("**a\n\nb。**c", "**a\n\nb。**c");
    }

    #[test]
    fn a_single_delimiter_beside_cjk_is_marked() {
        check("*必须。*版本", "*必须。^*版本");
    }
}
