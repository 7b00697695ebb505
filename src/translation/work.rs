//! What there is to do about a block of a translation.

use serde::Serialize;

use super::differences::{Marked, differences};
use super::examined::State;
use super::html::escaped;
use super::place::Place;
use super::rows::Status;

/// What there is to do about a block.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Work {
    /// What has changed in the source since it was translated.
    pub changes: Vec<Change>,
    /// Why it is in the default language.
    pub reason: Option<Reason>,
    /// What is damaged in it.
    pub damage: Vec<Damaged>,
    /// Where its translation is, or would have to go.
    pub spot: Option<Place>,
}

/// A change of the source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// What the source said, as HTML with what is gone in `<del>`.
    pub then: Option<String>,
    /// What it says, as HTML with what has come in `<ins>`.
    pub now: Option<String>,
}

/// A kind of change of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It says something else.
    Words,
    /// Its words are the same, but it is there under other conditions.
    Conditions,
    /// It says something else, and nobody knows what it said.
    Unknown,
    /// It is new.
    New,
    /// It is gone.
    Gone,
}

/// Why something is in the default language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// There is no translation.
    Untranslated,
    /// There is one, and nothing in it.
    Empty,
    /// The translation is so damaged that the source is shown.
    Damaged,
}

/// Something that is damaged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Damaged {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hints: Vec<String>,
    /// Where in the translation.
    pub place: Place,
}

impl Change {
    /// From one text to another; what it was is not always known.
    pub(super) fn of(then: Option<&str>, now: &str) -> Self {
        let now = escaped(now);
        let Some(then) = then.map(escaped) else {
            return Self { kind: ChangeKind::Unknown, then: None, now: None };
        };
        match differences(&then, &now) {
            Some(Marked { left, right }) => {
                Self { kind: ChangeKind::Words, then: Some(left), now: Some(right) }
            }
            None => Self { kind: ChangeKind::Conditions, then: None, now: None },
        }
    }

    pub(super) fn new_text(now: &str) -> Self {
        let now = format!("<ins>{}</ins>", escaped(now));
        Self { kind: ChangeKind::New, then: None, now: Some(now) }
    }

    pub(super) fn gone(then: Option<&str>) -> Self {
        let then = then.map(|then| format!("<del>{}</del>", escaped(then)));
        Self { kind: ChangeKind::Gone, then, now: None }
    }
}

impl Work {
    /// The status of a row with this to do, whose halves differ so, and of whose segments that has become.
    pub(super) fn status(&self, status: Status, states: &[State], is_partial: bool) -> Status {
        let has_words = states.iter().any(|state| *state != State::Wordless);
        match status {
            // Code and names need no translation.
            Status::Fallback if !states.is_empty() && !has_words => Status::Translated,
            Status::Translated if !self.changes.is_empty() => Status::Stale,
            Status::Translated if is_partial || states.contains(&State::Missing) => {
                Status::Incomplete
            }
            Status::Translated if !self.damage.is_empty() => Status::Damaged,
            status => status,
        }
    }
}
