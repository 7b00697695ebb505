//! What has to be known of a site to say where a text comes from.

use std::collections::BTreeMap;

use super::place::{Condition, Place};
use super::standing::Standing;
use crate::liquid::{Expansion, Source, Syntax, Template, parse};
use crate::source::{FileId, Location, Sources, Span, TextId};

/// The files that two pages were made from.
pub struct Ground<'a> {
    sources: &'a Sources,
    is_source: &'a dyn Fn(FileId) -> bool,
    edit: &'a dyn Fn(&Location<'_>) -> Option<String>,
    /// The texts with Liquid that parts of the pages were written in.
    templates: BTreeMap<TextId, Template>,
    standing: Option<&'a Standing>,
}

impl<'a> Ground<'a> {
    /// The ground of these expansions. `is_source` says which files are in the site's default language, `edit` gives
    /// the address that opens a place in an editor.
    pub fn new(
        sources: &'a Sources,
        syntax: &Syntax,
        expansions: &[&Expansion],
        is_source: &'a dyn Fn(FileId) -> bool,
        edit: &'a dyn Fn(&Location<'_>) -> Option<String>,
    ) -> Self {
        let mut templates = BTreeMap::new();
        for expansion in expansions {
            let segments = expansion.segments.iter().map(|segment| segment.source.text);
            for text in segments.chain(expansion.frames.iter().map(|frame| frame.tag.text)) {
                let template = || parse(text, sources.text(text), syntax).value;
                templates.entry(text).or_insert_with(template);
            }
        }
        Self { sources, is_source, edit, templates, standing: None }
    }

    /// The same ground, where this is known of translations.
    #[must_use]
    pub fn known(self, standing: &'a Standing) -> Self {
        Self { standing: Some(standing), ..self }
    }

    /// What is known of translations.
    pub(super) fn standing(&self) -> Option<&'a Standing> {
        self.standing
    }

    /// All files.
    pub(super) fn sources(&self) -> &'a Sources {
        self.sources
    }

    /// The text of a span.
    pub fn written(&self, span: Span) -> &'a str {
        self.sources.text(span.text).get(span.range()).unwrap_or_default()
    }

    /// Where a span is, for people.
    pub fn place(&self, span: Span) -> Place {
        let location = self.sources.locate(span);
        Place {
            file: location.path.to_owned(),
            line: location.line,
            column: location.column,
            edit: (self.edit)(&location),
        }
    }

    /// Whether a text is in the site's default language.
    pub(super) fn is_source(&self, text: TextId) -> bool {
        (self.is_source)(text.file)
    }

    /// The conditions around a place, outermost first, each with its tag.
    pub(super) fn conditions(&self, at: Span) -> Vec<(Span, String)> {
        let Some(template) = self.templates.get(&at.text) else { return Vec::new() };
        let text = self.sources.text(at.text);
        let source = Source { id: at.text, text, template };
        let around = source.surroundings(at.start as usize).into_iter();
        around.map(|around| (around.tag, around.words(text))).collect()
    }

    /// A condition for people.
    pub(super) fn condition(&self, (tag, text): &(Span, String)) -> Condition {
        Condition { text: text.clone(), place: self.place(*tag) }
    }
}
