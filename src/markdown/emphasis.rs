//! Emphasis where people write it: beside CJK letters and punctuation, and with a space on its inner side.
//!
//! CommonMark takes `**` between `。` and `版` for no end of emphasis, and `_` between two letters for none at
//! all. A mark that counts as a letter is put between a delimiter and punctuation, and `_` becomes `*`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::offsets::Edit;
use super::prepare::MARK_TEXT;

/// The edits that let emphasis be what it looks like.
pub(super) fn marks(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    if !text.contains(['*', '_']) {
        return edits;
    }
    let mut block = 0..0;
    for line in text.split_inclusive('\n') {
        let end = block.end + line.len();
        if begins_block(line) {
            mark_block(text, block.clone(), &mut edits);
            block.start = block.end;
        }
        block.end = end;
    }
    mark_block(text, block, &mut edits);
    edits.sort_unstable();
    edits
}

/// Whether delimiters before this line cannot belong to those in it.
fn begins_block(line: &str) -> bool {
    let trimmed = line.trim_start();
    let first = trimmed.trim_start_matches(|letter: char| letter.is_ascii_digit());
    trimmed.is_empty()
        || ["- ", "* ", "+ ", "#", "|", ">"].iter().any(|start| trimmed.starts_with(start))
        || first.len() < trimmed.len() && first.starts_with(". ")
}

/// A run of delimiters and what stands on both sides of it.
#[derive(Clone, Copy)]
struct Run {
    mark: u8,
    start: usize,
    end: usize,
    before: Option<char>,
    after: Option<char>,
}

fn mark_block(text: &str, block: Range<usize>, edits: &mut Vec<Edit>) {
    if !text[block.clone()].contains(['*', '_']) {
        return;
    }
    let (mut strong, mut single): (Option<Run>, Option<Run>) = (None, None);
    let mut low: [Option<Run>; 2] = [None; 2];
    for run in runs(text, block) {
        match (run.mark, run.end - run.start) {
            (b'*', 2) => {
                strong = match strong {
                    Some(start) => mark_strong(start, run, edits),
                    None => Some(run),
                }
            }
            (b'*', 1) => single = mark_single(text, single, run, edits),
            (b'*', _) => mark_beside_cjk(run, edits),
            (_, length @ (1 | 2)) => {
                let open = &mut low[length - 1];
                *open = mark_low(*open, run, edits);
            }
            _ => {}
        }
    }
}

impl Run {
    /// Whether it stands at the left of something (CommonMark: left-flanking).
    fn opens(&self) -> bool {
        !is_space(self.after)
            && (!is_punctuation(self.after) || is_space(self.before) || is_punctuation(self.before))
    }

    /// Whether it stands at the right of something (CommonMark: right-flanking).
    fn closes(&self) -> bool {
        !is_space(self.before)
            && (!is_punctuation(self.before) || is_space(self.after) || is_punctuation(self.after))
    }

    fn rewrite(&self, edits: &mut Vec<Edit>) {
        edits.extend((self.start..self.end).map(|at| Edit { at, removed: 1, inserted: "*" }));
    }
}

/// Two delimiters that stand for emphasis: the first must open, the second close.
fn mark_strong(start: Run, end: Run, edits: &mut Vec<Edit>) -> Option<Run> {
    let is_apart = is_space(start.after) && is_space(end.before);
    if !is_apart && start.end < end.start {
        mark_pair(start, end, edits);
    }
    None
}

fn mark_pair(start: Run, end: Run, edits: &mut Vec<Edit>) {
    if !start.opens() {
        edits.push(Edit::insert(start.end, MARK_TEXT));
    }
    if !end.closes() {
        edits.push(Edit::insert(end.start, MARK_TEXT));
    }
}

/// A delimiter that is open is closed by the next one, also behind a full-width stop and one space.
fn mark_single(text: &str, open: Option<Run>, run: Run, edits: &mut Vec<Edit>) -> Option<Run> {
    let ends_sentence = text[..run.start]
        .strip_suffix(' ')
        .is_some_and(|before| is_end_of_cjk(before.chars().next_back()));
    if open.is_some() && ends_sentence && !is_space(run.after) {
        edits.push(Edit::insert(run.start, MARK_TEXT));
        return None;
    }
    mark_beside_cjk(run, edits);
    let is_closed = open.is_some() && !is_space(run.before);
    Some(run).filter(|run| !is_closed && !is_space(run.after))
}

/// A single delimiter beside a CJK letter works as if the punctuation on its other side were a letter.
fn mark_beside_cjk(run: Run, edits: &mut Vec<Edit>) {
    if is_space(run.before) || is_space(run.after) {
        return;
    }
    if !run.closes() && (is_cjk(run.after) || is_end_of_cjk(run.before)) {
        edits.push(Edit::insert(run.start, MARK_TEXT));
    } else if !run.opens() && is_cjk(run.before) {
        edits.push(Edit::insert(run.end, MARK_TEXT));
    }
}

/// Low lines do not work inside words, and CJK has no spaces between words: there they become asterisks.
fn mark_low(open: Option<Run>, run: Run, edits: &mut Vec<Edit>) -> Option<Run> {
    let can_close = !is_word(run.after) || is_cjk(run.before);
    let Some(start) = open.filter(|start| can_close && start.end < run.start) else {
        let can_open = !is_space(run.after) && (!is_word(run.before) || is_cjk(run.after));
        return if can_open { Some(run) } else { open };
    };
    let works = start.opens()
        && (!start.closes() || is_punctuation(start.before))
        && run.closes()
        && (!run.opens() || is_punctuation(run.after));
    if !works {
        start.rewrite(edits);
        run.rewrite(edits);
        mark_pair(start, run, edits);
    }
    None
}

fn is_word(letter: Option<char>) -> bool {
    letter.is_some_and(|letter| letter.is_alphanumeric() && !is_cjk(Some(letter)))
}

/// Full-width punctuation that stands at the end of something.
fn is_end_of_cjk(letter: Option<char>) -> bool {
    letter.is_some_and(|letter| "。，、；：？！”’）」』】》〉．".contains(letter))
}

/// Letters from the first East Asian block on.
fn is_cjk(letter: Option<char>) -> bool {
    letter.is_some_and(|letter| letter >= '\u{1100}')
}

fn is_space(letter: Option<char>) -> bool {
    letter.is_none_or(char::is_whitespace)
}

/// Everything that is neither letter, digit nor space counts, as in CommonMark.
fn is_punctuation(letter: Option<char>) -> bool {
    letter.is_some_and(|letter| !letter.is_alphanumeric() && !letter.is_whitespace())
}

/// The runs of delimiters outside code, tags and addresses.
fn runs(text: &str, block: Range<usize>) -> Vec<Run> {
    let bytes = &text.as_bytes()[..block.end];
    let code = CodeRuns::of(text, block.clone());
    let mut runs = Vec::new();
    let mut at = block.start;
    while at < block.end {
        at = match bytes[at] {
            mark @ (b'*' | b'_') => {
                let end = at + width(&bytes[at..]);
                let before = text[block.start..at].chars().next_back();
                let after = text[end..block.end].chars().next();
                runs.push(Run { mark, start: at, end, before, after });
                end
            }
            b'`' => {
                let width = width(&bytes[at..]);
                code.end(at, width).unwrap_or(at + width)
            }
            b'\\' => at + 2,
            b']' if bytes[at..].starts_with(b"](") => behind_address(bytes, at + 2),
            b':' if bytes[at..].starts_with(b"://") => behind_address(bytes, at + 3),
            b'<' => behind_tag(bytes, at),
            _ => at + 1,
        };
    }
    runs
}

/// How often the first byte is repeated.
fn width(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| **byte == bytes[0]).count()
}

fn behind_address(bytes: &[u8], from: usize) -> usize {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"()<>\"".contains(byte) || *byte > 127;
    bytes[from..].iter().position(ends).map_or(bytes.len(), |end| from + end)
}

fn behind_tag(bytes: &[u8], at: usize) -> usize {
    let is_tag =
        bytes.get(at + 1).is_some_and(|first| first.is_ascii_alphabetic() || *first == b'/');
    let end = bytes[at + 1..].iter().position(|byte| b"<>\n".contains(byte));
    match end {
        Some(end) if is_tag && bytes[at + 1 + end] == b'>' => at + 2 + end,
        _ => at + 1,
    }
}

/// Where runs of backticks stand, by their length.
struct CodeRuns(BTreeMap<usize, Vec<usize>>);

impl CodeRuns {
    fn of(text: &str, block: Range<usize>) -> Self {
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
    fn low_lines_beside_cjk_become_asterisks() {
        check("有_写入_、a_所有者_访问", "有*写入*、a*所有者*访问");
        check("到 _NAME _。", "到 *NAME ^*。");
    }

    #[test]
    fn low_lines_that_work_or_join_words_are_left_alone() {
        check("_a_ b_c_d __init__.py", "_a_ b_c_d __init__.py");
        check("[中](/a_中_b) https://a/_b_中", "[中](/a_中_b) https://a/_b_中");
    }

    #[test]
    fn a_single_delimiter_beside_cjk_is_marked() {
        check("*必须。*版本", "*必须。^*版本");
        check("***必须。***GitHub", "***必须。^***GitHub");
    }

    #[test]
    fn a_single_delimiter_behind_a_sentence_and_a_space_closes() {
        check("a *支持。 *GitHub", "a *支持。 ^*GitHub");
        check("支持。 *GitHub*", "支持。 *GitHub*");
        check("*a* 支持。 *GitHub*", "*a* 支持。 *GitHub*");
        check("2 *3 *4", "2 *3 *4");
    }
}
