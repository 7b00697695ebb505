//! What is done to a text before it is parsed, so that CommonMark reads it as its authors mean it.

use std::borrow::Cow;

use super::emphasis::marks;
use super::offsets::Prepared;
use super::steps::indentations;

/// Stands for nothing: a character that no text may hold, put beside a delimiter so that it counts as standing
/// beside a letter. It is taken out of everything the parser returns.
const MARK: char = '\u{fdd0}';

/// The same as text.
pub(super) const MARK_TEXT: &str = "\u{fdd0}";

/// Parts two lists, of which the second goes on counting where the first ended: a comment that no text may hold.
pub(super) const LIST_BREAK: &str = "<!--\u{fdd0}-->\n";

/// `text`, prepared for the parser.
pub(super) fn prepare(text: &str) -> Prepared<'_> {
    let mut edits = indentations(text);
    edits.extend(marks(text));
    edits.sort_unstable();
    Prepared::new(text, &edits)
}

/// `text` without marks.
pub(super) fn unmarked(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte == 0xef) && text.contains(MARK) {
        Cow::Owned(text.replace(MARK, ""))
    } else {
        Cow::Borrowed(text)
    }
}
