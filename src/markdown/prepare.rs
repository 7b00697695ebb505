//! What is done to a text before it is parsed, so that CommonMark reads it as its authors mean it.

use std::borrow::Cow;

use super::offsets::Prepared;

/// Stands for nothing: a character that no text may hold, put beside a delimiter so that it counts as standing
/// beside a letter. It is taken out of everything the parser returns.
pub(super) const MARK: char = '\u{fdd0}';

/// `text`, prepared for the parser.
pub(super) fn prepare(text: &str) -> Prepared<'_> {
    Prepared::new(text, &[])
}

/// `text` without marks.
pub(super) fn unmarked(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte == 0xef) && text.contains(MARK) {
        Cow::Owned(text.replace(MARK, ""))
    } else {
        Cow::Borrowed(text)
    }
}
