//! Places in a file that came back, and what is wrong there.

use super::Point;
use crate::messages::Message;
use crate::source::{FileId, SourceFile, Sources, Span, TextId};

/// Lines and columns of a text's bytes.
pub(super) struct Places(Sources);

impl Places {
    pub(super) fn new(text: &str) -> Self {
        let mut sources = Sources::default();
        sources.add(SourceFile::new("", text));
        Self(sources)
    }

    /// The place of a byte; one beyond the end is the end.
    pub(super) fn point(&self, byte: usize) -> Point {
        let at = self.0.locate(Span::new(TextId::whole(FileId(0)), byte..byte));
        Point { line: at.line, column: at.column }
    }
}

/// Something wrong with a file that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file as messages call it.
    pub file: String,
    /// The place in it.
    pub at: Point,
    /// What is wrong, as a phrase.
    pub message: Message,
    /// What to do about it.
    pub hint: Message,
}

impl Fault {
    pub(super) fn new(file: &str, at: Point, message: Message, hint: Message) -> Self {
        Self { file: file.to_owned(), at, message, hint }
    }
}
