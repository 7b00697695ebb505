//! A file beside its counterpart in another language: what has become of each block.

use std::collections::BTreeSet;

use super::origins::Origins;
use super::segments::{Beside, Digest, Segments};
use super::then::{Changes, Since, Then};
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
        let then = |unit: &Unit| origins.then(site, position, document, unit);
        let units = document.units.iter().map(|unit| ExaminedUnit::new(site, unit, then(unit)));
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

    /// The digests of the source that the translation stands for, section by section, once these sections of today are
    /// accepted: of them those of today, of the others those that it stood for.
    pub fn stands_for(&self, accepted: &BTreeSet<usize>) -> Vec<Vec<Digest>> {
        let mut sections: Vec<Vec<Digest>> = vec![Vec::new(); self.source.sections.len()];
        let then = self.then.as_ref().map_or(&[][..], |then| &then.digests);
        let mut gone = self.changes.gone.iter().peekable();
        let mut keep_gone = |sections: &mut Vec<Vec<Digest>>, until: usize| {
            while let Some((old, before)) = gone.next_if(|(_, before)| *before <= until) {
                let section = self.source.list.get(before.saturating_sub(1));
                let section = section.map_or(0, |segment| segment.section);
                if !accepted.contains(&section)
                    && let (Some(digests), Some(digest)) =
                        (sections.get_mut(section), then.get(*old))
                {
                    digests.push(*digest);
                }
            }
        };
        for (at, segment) in self.source.list.iter().enumerate() {
            keep_gone(&mut sections, at);
            let digest = match self.changes.since[at] {
                _ if accepted.contains(&segment.section) => Some(segment.digest),
                Since::Same => Some(segment.digest),
                Since::Changed(old) => then.get(old).copied(),
                Since::New => None,
            };
            sections[segment.section].extend(digest);
        }
        keep_gone(&mut sections, self.source.list.len());
        sections.retain(|digests| !digests.is_empty());
        sections
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
