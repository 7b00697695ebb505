//! The text that evaluation prints, with the place that each part of it was written in.

use super::Segment;
use crate::source::Span;

/// Printed text. A captured text is printed into a sink of its own.
#[derive(Debug, Default)]
pub(super) struct Sink {
    pub(super) text: String,
    pub(super) segments: Vec<Segment>,
    /// The innermost indented reference, if any.
    indent: Option<Indent>,
}

/// How lines are indented.
#[derive(Clone, Copy, Debug)]
pub(super) struct Indent {
    /// Spaces before each line.
    pub(super) spaces: usize,
    /// The tag that asks for it.
    pub(super) tag: Span,
    /// Whether the next character begins a line.
    pub(super) at_line_start: bool,
}

impl Sink {
    /// Prints `text`, which was written at `source` and came through the inclusion `frame`.
    pub(super) fn print(&mut self, text: &str, source: Span, frame: Option<u32>) {
        match self.indent {
            None => self.push(text, source, frame),
            Some(indent) => self.print_indented(text, source, frame, indent),
        }
    }

    /// Indents what is printed from here on; returns how it was before, to be given back at the end.
    pub(super) fn set_indent(&mut self, indent: Option<Indent>) -> Option<Indent> {
        std::mem::replace(&mut self.indent, indent)
    }

    fn push(&mut self, text: &str, source: Span, frame: Option<u32>) {
        if text.is_empty() {
            return;
        }
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.segments.push(Segment { start, source, frame });
        self.text.push_str(text);
    }

    fn print_indented(&mut self, text: &str, source: Span, frame: Option<u32>, mut indent: Indent) {
        let is_copy = source.range().len() == text.len();
        let mut at = source.range().start;
        for line in text.split_inclusive('\n') {
            if indent.at_line_start {
                self.push(&" ".repeat(indent.spaces), indent.tag, frame);
            }
            let written =
                if is_copy { Span::new(source.text, at..at + line.len()) } else { source };
            self.push(line, written, frame);
            at += line.len();
            indent.at_line_start = line.ends_with('\n');
        }
        self.indent = Some(indent);
    }
}
