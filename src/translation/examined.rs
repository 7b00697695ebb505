//! A file beside its counterpart in another language: what has become of each block.

use std::collections::BTreeSet;

use super::origins::Origins;
use super::segments::{Beside, Digest, Segments, TextSection};
use super::then::{Changes, Gone, Since, Then};
use super::units::{Document, Unit};
use crate::model::Site;

/// A file beside its counterpart.
#[derive(Debug)]
pub struct Examined {
    /// The file.
    pub document: Document,
    /// Its texts.
    pub units: Vec<ExaminedUnit>,
}

/// A text beside its translation.
#[derive(Debug)]
pub struct ExaminedUnit {
    /// The text.
    pub unit: Unit,
    /// The source in segments.
    pub source: Segments,
    /// The translation in segments; none where there is none.
    pub own: Option<Segments>,
    /// Which segment stands for which.
    pub beside: Vec<Beside>,
    /// The source that the translation stands for, where that is known.
    pub then: Option<Then>,
    /// What has changed since.
    pub changes: Changes,
    /// What has become of each segment of the source.
    pub states: Vec<State>,
}

/// What has become of a segment for readers of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It has no words.
    Wordless,
    /// It is translated.
    Translated,
    /// The translation has the very words of the source.
    Identical,
    /// It is translated, but the source has changed since.
    Stale,
    /// It has no translation.
    Missing,
    /// The translation is so damaged that the source is shown.
    Fallback,
}

impl State {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wordless => "wordless",
            Self::Translated => "translated",
            Self::Identical => "identical",
            Self::Stale => "stale",
            Self::Missing => "missing",
            Self::Fallback => "fallback",
        }
    }

    /// Whether a translator has to do something about it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Stale | Self::Missing | Self::Fallback)
    }
}

impl Examined {
    /// Holds a file, which has this position among the documents, beside its counterpart.
    pub fn new(site: &Site, position: usize, document: &Document, origins: &Origins) -> Self {
        let thens = origins.thens(site, position, document).into_iter();
        let units = document.units.iter().zip(thens);
        let units = units.map(|(unit, then)| ExaminedUnit::new(site, unit, then));
        Self { units: units.collect(), document: document.clone() }
    }
}

impl ExaminedUnit {
    /// Holds a text beside its translation, which stands for the source as it was `then`.
    pub fn new(site: &Site, unit: &Unit, then: Option<Then>) -> Self {
        let source = Segments::new(site.sources.text(unit.source));
        let own = unit.own.map(|own| Segments::new(site.sources.text(own)));
        let beside = own.as_ref().map(|own| source.beside(own)).unwrap_or_default();
        let same = || Changes { since: vec![Since::Same; source.list.len()], gone: Vec::new() };
        let changes = then.as_ref().map_or_else(same, |then| then.changes(&source));
        let mut examined =
            Self { unit: unit.clone(), states: Vec::new(), source, own, beside, then, changes };
        examined.states = examined.judged(site);
        examined
    }

    fn judged(&self, site: &Site) -> Vec<State> {
        let text = |segments: &Segments, text, at: usize| {
            site.sources.text(text).get(segments.list[at].range.clone()).unwrap_or_default()
        };
        let state = |(at, counterpart): (usize, Option<usize>)| {
            if self.source.list[at].words == 0 {
                return State::Wordless;
            }
            if self.unit.gives_way {
                return State::Fallback;
            }
            let (Some(own), Some(own_text), Some(counterpart)) =
                (&self.own, self.unit.own, counterpart)
            else {
                return State::Missing;
            };
            if self.changes.since[at] != Since::Same {
                return State::Stale;
            }
            let is_same =
                text(&self.source, self.unit.source, at) == text(own, own_text, counterpart);
            if is_same { State::Identical } else { State::Translated }
        };
        self.counterparts().into_iter().enumerate().map(state).collect()
    }

    /// The segment of the translation that stands for each segment of the source.
    pub fn counterparts(&self) -> Vec<Option<usize>> {
        let mut counterparts = vec![None; self.source.list.len()];
        for beside in &self.beside {
            if let Some(source) = beside.source {
                counterparts[source] = beside.own;
            }
        }
        counterparts
    }

    /// The sections of the source that have changed since they were translated, by their positions.
    pub fn stale_sections(&self) -> BTreeSet<usize> {
        if self.own.is_none() || self.unit.gives_way {
            return BTreeSet::new();
        }
        let section = |at: usize| self.source.list.get(at).map(|segment| segment.section);
        let changed = self.changes.since.iter().enumerate();
        let changed = changed.filter(|(_, since)| **since != Since::Same).map(|(at, _)| at);
        // What is gone stood behind the segment before.
        let gone = self.changes.gone.iter().map(|(_, before)| before.saturating_sub(1));
        changed.chain(gone).filter_map(section).collect()
    }

    /// The digests of the source that the translation stands for, section by section, once segments of today are
    /// accepted: of those it stands for what they say, of the others for what they said. What is gone from behind a
    /// segment stays, unless it is given up. Of what is not translated, nothing but segments without words is there.
    pub fn stands_for(
        &self,
        is_accepted: impl Fn(usize) -> bool,
        is_given_up: impl Fn(usize) -> bool,
    ) -> Vec<Vec<Digest>> {
        let then = self.then.as_ref().map_or(&[][..], |then| &then.digests);
        let digest = |at: usize| match self.changes.since[at] {
            _ if is_accepted(at) => Some(self.source.list[at].digest),
            _ if self.own.is_none() && self.states[at] != State::Wordless => None,
            Since::Same => Some(self.source.list[at].digest),
            Since::Changed(old) => then.get(old).copied(),
            Since::New => None,
        };
        let of_section = |section: &TextSection| {
            let mut digests = Vec::new();
            for at in section.segments.clone() {
                let (first, behind) = self.changes.gone_around(at);
                let gone = |gone: &[Gone]| -> Vec<Digest> {
                    let kept = gone.iter().filter(|_| !is_given_up(at));
                    kept.filter_map(|(old, _)| then.get(*old).copied()).collect()
                };
                digests.extend(gone(first));
                digests.extend(digest(at));
                digests.extend(gone(behind));
            }
            digests
        };
        let sections = self.source.sections.iter().map(of_section);
        sections.filter(|digests| !digests.is_empty()).collect()
    }

    /// How many words of the source are in this state.
    pub fn words(&self, state: State) -> usize {
        let segments = self.source.list.iter().zip(&self.states);
        segments.filter(|(_, own)| **own == state).map(|(segment, _)| segment.words).sum()
    }

    /// Whether the translation has the very text of the source, and there is something to translate in it.
    pub fn is_identical(&self, site: &Site) -> bool {
        let text = |text| site.sources.text(text).trim();
        self.source.words() > 0
            && self.unit.own.is_some_and(|own| text(own) == text(self.unit.source))
    }
}
