//! Places in a file that came back, and what is wrong there.

use super::Point;
use crate::messages::Message;

/// Lines and columns of a text's bytes. Places mostly move forward, so that long lines are counted once.
pub(super) struct Places<'a> {
    text: &'a str,
    byte: usize,
    point: Point,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, byte: 0, point: Point { line: 1, column: 1 } }
    }

    /// The place of a byte; one beyond the end is the end.
    pub(super) fn point(&mut self, byte: usize) -> Point {
        let byte = self.text.floor_char_boundary(byte);
        if byte < self.byte {
            (self.byte, self.point) = (0, Point { line: 1, column: 1 });
        }
        let passed = &self.text[self.byte..byte];
        match passed.rfind('\n') {
            Some(last) => {
                self.point.line += passed.bytes().filter(|byte| *byte == b'\n').count();
                self.point.column = passed[last + 1..].chars().count() + 1;
            }
            None => self.point.column += passed.chars().count(),
        }
        self.byte = byte;
        self.point
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
