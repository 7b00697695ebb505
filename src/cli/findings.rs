//! Findings as people read them in a terminal: the message, the marked line, the way there, what to do.

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Excerpt, Finding, Severity, visible};
use crate::source::{Location, Sources, Span};

/// How wide a line is shown; what is longer is cut around its mark.
const WIDTH: usize = 100;

/// Whether to print in colour; the caller knows the terminal and the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// With escape codes.
    Always,
    /// As plain text.
    Never,
}

/// Prints the findings in the order of their places, each one once.
pub fn print<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    sources: &'a Sources,
    colour: Colour,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = match colour {
        Colour::Always => Renderer::styled(),
        Colour::Never => Renderer::plain(),
    };
    let renderer = renderer.term_width(WIDTH);
    for located in in_order(findings, sources) {
        let report = [report(&located, sources)];
        writeln!(out, "{}\n", renderer.render(&report))?;
    }
    Ok(())
}

/// A finding and its place, which is looked up once: it is counted in lines from the top of the file.
struct Located<'a> {
    diagnostic: &'a Diagnostic,
    location: Location<'a>,
    pages: usize,
}

/// Sorted by path, position and code. Of equal findings the highest count holds: counts of pages overlap.
fn in_order<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    sources: &'a Sources,
) -> Vec<Located<'a>> {
    let mut located: Vec<_> =
        findings.into_iter().map(|finding| locate(finding, sources)).collect();
    located.sort_by(|one, other| one.key().cmp(&other.key()));
    located.dedup_by(|later, kept| {
        let same = later.key() == kept.key();
        if same {
            kept.pages = kept.pages.max(later.pages);
        }
        same
    });
    located
}

fn locate<'a>(finding: &'a Finding, sources: &'a Sources) -> Located<'a> {
    let diagnostic = &finding.diagnostic;
    Located { diagnostic, location: sources.locate(diagnostic.span), pages: finding.pages }
}

impl Located<'_> {
    fn key(&self) -> (&str, usize, &str, usize, &str) {
        let Location { path, bytes, .. } = &self.location;
        (path, bytes.start, self.diagnostic.code.name, bytes.end, &self.diagnostic.message)
    }
}

fn report<'a>(located: &Located<'a>, sources: &'a Sources) -> Group<'a> {
    let Located { diagnostic, location, pages } = located;
    let title = level(diagnostic.severity)
        .primary_title(visible(&diagnostic.message))
        .id(diagnostic.code.name);
    let text = &sources.file(diagnostic.span.text.file).text;
    let note = |text: String| Element::from(Level::NOTE.message(text));
    Group::with_title(title)
        .element(place(text, location))
        .elements(diagnostic.trace.iter().map(|span| note(inclusion(*span, sources))))
        .elements(diagnostic.counterpart.iter().map(|span| note(counterpart(**span, sources))))
        .elements((*pages > 1).then(|| note(format!("reaches {pages} pages"))))
        .elements(diagnostic.hints.iter().map(|hint| Level::HELP.message(visible(hint))))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    }
}

/// Path, line and column, with the marked line unless it is too long.
fn place<'a>(text: &str, location: &Location<'_>) -> Element<'a> {
    let path = visible(location.path);
    match Excerpt::of(text, location.bytes.clone()) {
        Some(excerpt) => Snippet::source(excerpt.line)
            .path(path)
            .line_start(location.line)
            .annotation(AnnotationKind::Primary.span(excerpt.mark))
            .into(),
        None => Origin::path(path).line(location.line).char_column(location.column).into(),
    }
}

fn counterpart(span: Span, sources: &Sources) -> String {
    let Location { path, line, column, .. } = sources.locate(span);
    format!("source: {}:{line}:{column}", visible(path))
}

fn inclusion(span: Span, sources: &Sources) -> String {
    let Location { path, line, column, .. } = sources.locate(span);
    format!("in the inclusion at {}:{line}:{column}", visible(path))
}
