//! A page's file: front matter and body.

use std::ops::Range;
use std::sync::Arc;

use super::front_matter::{self, FrontMatter};
use crate::diagnostic::{Checked, Diagnostic, Severity, codes};
use crate::liquid::{self, Source, Syntax, Template};
use crate::source::{FileId, SourceFile, Sources, Span, TextId};
use crate::yaml::{self, Limits};

/// A page's file, parsed.
#[derive(Debug)]
pub struct Document {
    /// The front matter.
    pub front: Arc<FrontMatter>,
    /// The body: Markdown with Liquid.
    pub body: LiquidText,
}

/// A text and its Liquid.
#[derive(Clone, Debug)]
pub struct LiquidText {
    /// The text.
    pub id: TextId,
    /// Its template.
    pub template: Arc<Template>,
    /// Whether its Liquid has errors: a translation then gives way to its source.
    pub damaged: bool,
}

impl LiquidText {
    /// Parses a part of a file.
    pub fn slice(
        file: &mut SourceFile,
        id: FileId,
        range: Range<usize>,
        syntax: &Syntax,
    ) -> Checked<Self> {
        let index = file.add_slice(range);
        Self::parse(file, TextId { file: id, index }, syntax)
    }

    /// Parses a text of a file.
    pub fn parse(file: &SourceFile, id: TextId, syntax: &Syntax) -> Checked<Self> {
        let parsed = liquid::parse(id, file.text(id.index), syntax);
        let damaged = parsed.diagnostics.iter().any(|finding| finding.severity == Severity::Error);
        parsed.map(|template| Self { id, template: Arc::new(template), damaged })
    }

    /// The text for evaluation.
    pub fn source<'a>(&'a self, sources: &'a Sources) -> Source<'a> {
        Source { id: self.id, text: sources.text(self.id), template: &self.template }
    }
}

/// Parses a page's file.
pub(super) fn parse(
    file: &mut SourceFile,
    id: FileId,
    limits: Limits,
    syntax: &Syntax,
) -> Checked<Document> {
    let mut diagnostics = Vec::new();
    let (front, body) = match split(&file.text) {
        Some((front, body)) => {
            let node = yaml::parse(file, id, front, limits).collect(&mut diagnostics);
            (node, body)
        }
        None => {
            let message = "the page has no front matter";
            diagnostics.push(
                Diagnostic::new(codes::MISSING_FRONT_MATTER, Span::start_of(id), message)
                    .hint("begin the file with `---`, `title: …`, `versions: …` and `---`"),
            );
            (None, 0..file.text.len())
        }
    };
    let front = front_matter::read(front.as_ref(), file, id, syntax).collect(&mut diagnostics);
    let body = LiquidText::slice(file, id, body, syntax).collect(&mut diagnostics);
    Checked { value: Document { front: Arc::new(front), body }, diagnostics }
}

/// The bytes of a page's YAML between the lines `---`, and those of the rest; nothing where it has no such lines.
pub fn split(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let start = text.strip_prefix("---").and_then(|rest| {
        let line = rest.find('\n')?;
        rest[..line].trim().is_empty().then_some(3 + line + 1)
    })?;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.starts_with("---") && line.trim_end() == "---" {
            return Some((start..at, at + line.len()..text.len()));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::split;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = split(text).map(|(front, body)| (&text[front], &text[body]));
        assert_eq!(found, expected);
    }

    #[test]
    fn front_matter_ends_at_its_second_line_of_dashes() {
        check("---\na: 1\n---\nbody\n", Some(("a: 1\n", "body\n")));
        check("---\n---\n", Some(("", "")));
        check("---\na: 1\n---", Some(("a: 1\n", "")));
        check("--- \na: x --- y\n---  \n", Some(("a: x --- y\n", "")));
    }

    #[test]
    fn a_page_without_it_has_none() {
        check("body\n", None);
        check("---\na: 1\n", None);
        check("----\na: 1\n---\n", None);
    }
}
