//! Findings: what is wrong, where, through which inclusions, and what to do about it.

pub mod codes;
mod excerpt;
mod fault;
mod levels;

pub use excerpt::{Excerpt, is_hidden, visible};
pub use fault::isolated;
pub use levels::{Level, Levels, level_of, parse_level};

use std::num::NonZeroU32;

use crate::source::Span;
use crate::variant::VariantSet;

/// A kind of finding: a stable name and what the manual says about it.
#[derive(Debug)]
pub struct Code {
    /// The stable name, in kebab case.
    pub name: &'static str,
    /// How serious it is unless the place says otherwise.
    pub severity: Severity,
    /// What it means, in one sentence, for the manual.
    pub summary: &'static str,
    /// Why that matters, in a sentence or two, for the manual.
    pub why: &'static str,
    /// What to do about it, in one sentence, for the manual.
    pub cure: &'static str,
    /// Files that have it: paths and texts. A page without front matter has the usual one. There is none where no text
    /// can show it.
    pub example: &'static [(&'static str, &'static str)],
}

/// A kind of finding, by reference: codes are constants.
pub type CodeRef = &'static Code;

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A reader gets something else than what was meant, but nothing is lost.
    Warning,
    /// Something a reader should get is lost or broken.
    Error,
}

impl Severity {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its kind.
    pub code: CodeRef,
    /// How serious it is here.
    pub severity: Severity,
    /// Where to mend it, which is not always where it shows.
    pub span: Span,
    /// What is wrong: one phrase, lower case, no full stop, the thing itself in backticks.
    pub message: String,
    /// The inclusions that led here, outermost first.
    pub trace: Vec<Span>,
    /// What to do: each begins with a verb or "did you mean".
    pub hints: Vec<String>,
    /// What mends it without changing what anybody meant, where there is such a thing.
    pub fix: Option<Box<Fix>>,
    /// Of something that is counted and not pointed at, how much of it there is: where it was known, more of it is new.
    pub measure: Option<NonZeroU32>,
    /// What the source has in its place, where it is a translation that is wrong.
    pub counterpart: Option<Box<Span>>,
}

/// A mending that is safe to make without looking: all of its edits or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a hint says it: begins with a verb.
    pub what: String,
    /// The edits, in any order; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One piece of a text, and what is to stand there instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The piece.
    pub span: Span,
    /// What is to stand there.
    pub text: String,
}

impl Diagnostic {
    /// A finding of this kind, with the severity that the kind has.
    pub fn new(code: CodeRef, span: Span, message: impl Into<String>) -> Self {
        let message = message.into();
        let (trace, hints) = (Vec::new(), Vec::new());
        Self {
            code,
            severity: code.severity,
            span,
            message,
            trace,
            hints,
            fix: None,
            measure: None,
            counterpart: None,
        }
    }

    /// The same with a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with "did you mean" the nearest of the `known` names, if one is near.
    pub fn hint_nearest<'a>(self, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(name, known) {
            Some(near) => self.hint(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// The same with the inclusions that led here, outermost first.
    pub fn trace(mut self, trace: Vec<Span>) -> Self {
        self.trace = trace;
        self
    }

    /// The same with what mends it.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(Box::new(fix));
        self
    }

    /// The same, of which there is so much.
    pub fn measured(mut self, measure: usize) -> Self {
        self.measure = u32::try_from(measure).ok().and_then(NonZeroU32::new);
        self
    }

    /// For how many findings it stands where they are counted.
    pub fn weight(&self) -> usize {
        self.measure.map_or(1, |measure| measure.get() as usize)
    }

    /// The same with what the source has in its place.
    pub fn counterpart(mut self, counterpart: Option<Span>) -> Self {
        self.counterpart = counterpart.map(Box::new);
        self
    }

    /// The same, but no more than a warning.
    pub fn softened(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }
}

/// A finding with what the whole build knows about it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What is wrong, and where.
    pub diagnostic: Diagnostic,
    /// How many pages it reaches, one counting once for each variant; 0 where nobody has counted.
    pub pages: usize,
    /// The variants in which it shows; none where it belongs to a file and not to what is made of it.
    pub variants: VariantSet,
}

impl From<Diagnostic> for Finding {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, pages: 0, variants: VariantSet::default() }
    }
}

/// A value that can be used, and what was wrong with what it came from.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// The value.
    pub value: T,
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value without findings.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// The value, its findings moved to the end of `diagnostics`.
    pub fn collect(self, diagnostics: &mut Vec<Diagnostic>) -> T {
        diagnostics.extend(self.diagnostics);
        self.value
    }

    /// The same findings with another value made from this one.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Checked<U> {
        Checked { value: change(self.value), diagnostics: self.diagnostics }
    }
}

/// The name in `known` that is most like `name`, when it is like enough to have been meant.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let allowed = (length / 3).clamp(1, MOST_EDITS);
    let letters = Letters::of(name);
    let wide = if name.is_ascii() { 1 } else { 4 };
    known
        .into_iter()
        // One edit adds or takes away one character, of four bytes at most.
        .filter(|candidate| {
            let wide = if candidate.is_ascii() { wide } else { 4 };
            candidate.len().abs_diff(name.len()) <= allowed * wide
        })
        .filter(|candidate| letters.edits_to(&Letters::of(candidate)) <= allowed)
        .map(|candidate| (strsim::osa_distance(name, candidate), candidate))
        // Of two short names more must be alike than different.
        .filter(|(distance, candidate)| {
            *distance <= allowed && distance * 2 <= length.min(candidate.chars().count())
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// Of how many findings of one text it is looked up what may have been meant. A text with more is damaged, or not
/// meant for this site at all, and each look-up goes through all names that there are.
pub const HINTED: usize = 100;

/// Names that differ in more places than this were hardly meant.
const MOST_EDITS: usize = 8;

/// How often each byte occurs in a name: a quick bound for its distance to another.
struct Letters {
    counts: [u16; 256],
    /// The most bytes that a character has here.
    width: usize,
}

impl Letters {
    fn of(name: &str) -> Self {
        let mut counts = [0_u16; 256];
        for byte in name.bytes() {
            let count = &mut counts[usize::from(byte)];
            *count = count.saturating_add(1);
        }
        Self { counts, width: if name.is_ascii() { 1 } else { 4 } }
    }

    /// At least so many edits make one name of the other: one edit changes one character.
    fn edits_to(&self, other: &Self) -> usize {
        let pairs = self.counts.iter().zip(&other.counts);
        let (more, fewer) = pairs.fold((0_usize, 0_usize), |(more, fewer), (own, others)| {
            (
                more + usize::from(own.saturating_sub(*others)),
                fewer + usize::from(others.saturating_sub(*own)),
            )
        });
        more.max(fewer) / self.width.max(other.width)
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[track_caller]
    fn check(name: &str, expected: Option<&str>) {
        let known = ["variables.product.name", "reusables.sign-in", "note", "必须"];
        assert_eq!(nearest(name, known), expected);
    }

    #[test]
    fn a_slip_of_the_pen_is_found() {
        check("variables.product.nmae", Some("variables.product.name"));
        check("reusables.sign-inn", Some("reusables.sign-in"));
        check("ntoe", Some("note"));
        check("必需", Some("必须"));
    }

    #[test]
    fn what_is_far_from_everything_is_not() {
        check("variables.contact.mail", None);
        check("x", None);
        assert_eq!(nearest("c", ["", "b", "cd"]), None);
    }
}
