//! What a template may ask of the world around it.

use std::borrow::Cow;

use liquid_core::model::Value;

use super::Template;
use crate::diagnostic::{CodeRef, Diagnostic};
use crate::source::{Span, TextId};
use crate::variant::{VersionId, VersionSet};

/// A text and its template.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The text's number, for spans.
    pub id: TextId,
    /// The text.
    pub text: &'a str,
    /// Its template, made by [`super::parse`] from this text.
    pub template: &'a Template,
}

/// The versions that evaluation still stands for, and the one it is done for.
#[derive(Clone, Copy, Debug)]
pub struct Live {
    chosen: VersionId,
    versions: VersionSet,
}

impl Live {
    /// All of `versions`, evaluated for the lowest; nothing where there are none.
    pub fn new(versions: VersionSet) -> Option<Self> {
        versions.lowest().map(|chosen| Self { chosen, versions })
    }

    /// The version that evaluation is done for.
    pub fn chosen(&self) -> VersionId {
        self.chosen
    }

    /// The versions that evaluation stands for, always with the chosen one.
    pub fn versions(&self) -> VersionSet {
        self.versions
    }

    /// Keeps the versions in which a condition comes out as in the chosen one; returns how it comes out.
    pub fn decide(&mut self, holds: VersionSet) -> bool {
        let outcome = holds.contains(self.chosen);
        self.versions = if outcome { self.versions.and(holds) } else { self.versions.minus(holds) };
        outcome
    }

    /// Keeps the versions whose value equals the chosen one's; returns that value.
    pub fn agree<T: PartialEq>(&mut self, value: impl Fn(VersionId) -> T) -> T {
        let chosen = value(self.chosen);
        self.versions = self
            .versions
            .iter()
            .filter(|version| *version == self.chosen || value(*version) == chosen)
            .collect();
        chosen
    }
}

/// What a data reference stands for.
#[derive(Debug)]
pub enum DataValue<'a> {
    /// A text, evaluated in the context of the reference.
    Text(Source<'a>),
    /// A number, a boolean, or a value that has no text to be evaluated; and where it was written.
    Fixed(Cow<'a, Value>, Option<TextId>),
    /// A list, its texts evaluated where a template reads it.
    List(Vec<DataValue<'a>>),
    /// A map, likewise.
    Map(Vec<(&'a str, DataValue<'a>)>),
    /// Nothing.
    Missing,
}

/// A global value.
#[derive(Debug)]
pub enum Global<'a> {
    /// Not defined.
    Undefined,
    /// The same in every version.
    Fixed(&'a Value),
    /// A value of the version asked for.
    Versioned(Cow<'a, Value>),
}

/// A tag that the host answers: `link`, `link_in_list`, `octicon`, ….
#[derive(Clone, Copy, Debug)]
pub struct TagCall<'a> {
    /// The tag's name.
    pub name: &'a str,
    /// The rest of the tag, trimmed, with `{{ … }}` in it evaluated.
    pub arguments: &'a str,
    /// The whole tag.
    pub span: Span,
    /// How many data references and includes are around it.
    pub depth: usize,
    /// Whether it is worth while to look for what may have been meant.
    pub advice: Advice,
}

/// Whether a fault is to say what may have been meant, which takes time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// It is.
    Wanted,
    /// There are many faults already.
    Unwanted,
}

/// What a host's tag prints.
#[derive(Debug, Default)]
pub struct TagOutput {
    /// Printed as it is.
    pub text: String,
    /// Texts that were read for it.
    pub reads: Vec<TextId>,
    /// Findings inside those texts.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why a host's tag prints nothing; the evaluator adds place and trace.
#[derive(Debug)]
pub struct TagFault {
    /// The kind of finding.
    pub code: CodeRef,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hints: Vec<String>,
}

/// The world around a template, for one page and language.
///
/// Every method that can answer differently in another version narrows `live` to the versions with the same answer.
pub trait Host {
    /// The value of `{% data key %}`.
    fn data(&self, key: &str, live: &mut Live) -> DataValue<'_>;

    /// What helps where no data have this key: the versions that have it, or the key most like it.
    fn data_hint(&self, key: &str) -> Option<String>;

    /// The value of the global with this name, such as `currentVersion` or `page`.
    fn global(&self, name: &str, version: VersionId) -> Global<'_>;

    /// The versions in which `NAME` holds as a bare word of `ifversion`: a short name, a plan's name, a feature.
    /// Nothing where there is no such name.
    fn named_versions(&self, name: &str) -> Option<VersionSet>;

    /// The versions of plan `name` whose release compares so (`=`, `!=`, `<`, `>`, `<=`, `>=`) to `release`.
    /// Nothing where there is no such plan or comparison.
    fn compared_versions(&self, name: &str, operator: &str, release: &str) -> Option<VersionSet>;

    /// The plan that a version id without `@` belongs to in `ver_gt` and `ver_lt`.
    fn default_plan(&self) -> &str;

    /// The include with this name.
    fn include(&self, name: &str) -> Option<Source<'_>>;

    /// What stands before and behind the content of a block such as `note`.
    fn block(&self, name: &str, arguments: &str) -> (Cow<'_, str>, Cow<'_, str>);

    /// What another tag prints.
    fn tag(&self, call: TagCall<'_>, live: &mut Live) -> Result<TagOutput, TagFault>;
}
