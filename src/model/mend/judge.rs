//! One translated text beside its source: sound, to be repaired, or to give way.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::damage::{Cure, Damage, DamageKind};
use super::tags::{same_marks, tag_damage};
use super::vocabulary::{Flaw, Vocabulary};
use super::{links, oddities, prose};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::liquid::{self, Syntax};
use crate::model::{Data, PageId};
use crate::source::{Splice, TextId, spliced};

/// What the site knows, to tell damage from what is only different.
#[derive(Clone, Copy)]
pub(super) struct World<'a> {
    /// The site's data.
    pub(super) data: &'a Data,
    /// The pages by route.
    pub(super) routes: &'a HashMap<String, PageId>,
    /// The configuration.
    pub(super) config: &'a Config,
    /// The tags that there are.
    pub(super) syntax: &'a Syntax,
    /// What the sources say.
    pub(super) vocabulary: &'a Vocabulary,
}

/// What the site knows, for one verdict: it notes whether it was asked for anything that other files can change.
pub(super) struct Known<'a> {
    world: World<'a>,
    asked: Cell<bool>,
}

impl<'a> Known<'a> {
    /// What the site knows; nothing has been asked yet.
    pub(super) fn new(world: World<'a>) -> Self {
        Self { world, asked: Cell::new(false) }
    }

    /// Whether the verdict hangs on more than the two texts.
    pub(super) fn was_asked(&self) -> bool {
        self.asked.get()
    }

    fn world(&self) -> &World<'a> {
        self.asked.set(true);
        &self.world
    }

    /// Whether a data reference leads to something.
    pub(super) fn has_data(&self, key: &str) -> bool {
        let data = self.world().data;
        data.find(key).is_some() || data.branch(key).is_some()
    }

    /// Whether a page has this route.
    pub(super) fn has_route(&self, route: &str) -> bool {
        self.world().routes.contains_key(route)
    }

    /// Whether some source prints the same.
    pub(super) fn has_output(&self, arguments: &str) -> bool {
        self.world().vocabulary.has_output(arguments)
    }

    /// Whether some source has a code block of this kind.
    pub(super) fn has_info(&self, info: &str) -> bool {
        self.world().vocabulary.has_info(info)
    }

    /// What is wrong with a condition whose syntax is right.
    pub(super) fn condition_flaw(&self, arguments: &str) -> Option<Flaw> {
        let World { vocabulary, config, .. } = self.world();
        vocabulary.condition_flaw(arguments, config)
    }

    /// Whether a condition is broken by nothing but versions that the site does not know.
    pub(super) fn is_only_old(&self, arguments: &str) -> bool {
        let World { vocabulary, config, .. } = self.world();
        vocabulary.is_only_old(arguments, config)
    }

    /// The tags that there are.
    pub(super) fn syntax(&self) -> &Syntax {
        self.world.syntax
    }
}

/// A text and its translation.
pub(super) struct Pair<'a> {
    /// The text in the default language.
    pub(super) source: &'a str,
    /// Its translation.
    pub(super) own: &'a str,
    /// The folder of the page, for relative addresses.
    pub(super) folder: &'a str,
}

/// What was found out about a translated text.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    /// All that is wrong with it, in order.
    pub(super) damage: Vec<Damage>,
    /// What is to become of it.
    pub(super) sentence: Sentence,
}

/// What is to become of a translated text.
#[derive(Clone, Debug)]
pub(super) enum Sentence {
    /// It is shown as it is.
    Sound,
    /// It is changed.
    Repaired(Vec<Splice>),
    /// It gives way to its source, because of this.
    GivesWay(Damage),
}

/// Judges a translation whose source is sound. `faults` is what the parser of Liquid found in it.
pub(super) fn judge(pair: &Pair<'_>, known: &Known<'_>, faults: &[Diagnostic]) -> Verdict {
    let places: Vec<Range<usize>> = faults.iter().map(|fault| fault.span.range()).collect();
    let mut damage = tag_damage(pair, known, &places);
    damage.extend(prose::code_damage(pair, known));
    damage.extend(links::link_damage(pair));
    damage.extend(oddities::odd(pair));
    damage.sort_by_key(|damage| damage.at.start);
    let splices = splices(&damage);
    let beyond = damage.iter().find(|damage| matches!(damage.cure, Cure::Fallback));
    if let Some(beyond) = beyond {
        // The parser says best what is wrong with a tag.
        let said = faults.iter().find(|fault| fault.span.range().start == beyond.at.start);
        let reason = said.map_or_else(|| beyond.clone(), from_fault);
        return gives_way(reason, damage, faults);
    }
    // Findings about a translation are softened, whatever their kind.
    let error = faults.iter().find(|fault| fault.code.severity == Severity::Error);
    if splices.is_empty() {
        return match error {
            Some(fault) => gives_way(from_fault(fault), damage, faults),
            None => Verdict { damage, sentence: Sentence::Sound },
        };
    }
    let repaired = spliced(pair.own, &splices);
    // What the parser held against the translation must be gone, by the source's own marks.
    match error.filter(|_| !parses(&repaired, known) || !same_marks(pair.source, &repaired)) {
        Some(fault) => gives_way(from_fault(fault), damage, faults),
        None if parses(&repaired, known) => {
            Verdict { damage, sentence: Sentence::Repaired(splices) }
        }
        None => Verdict { damage, sentence: Sentence::Sound },
    }
}

/// A text gives way because of its worst damage; what the parser found elsewhere in it is damage too.
fn gives_way(reason: Damage, mut damage: Vec<Damage>, faults: &[Diagnostic]) -> Verdict {
    let starts: BTreeSet<usize> = damage.iter().map(|damage| damage.at.start).collect();
    let errors = faults.iter().filter(|fault| fault.code.severity == Severity::Error);
    damage
        .extend(errors.filter(|fault| !starts.contains(&fault.span.range().start)).map(from_fault));
    damage.sort_by_key(|damage| damage.at.start);
    Verdict { damage, sentence: Sentence::GivesWay(reason) }
}

fn parses(text: &str, known: &Known<'_>) -> bool {
    let nowhere = TextId::whole(crate::source::FileId(0));
    let parsed = liquid::parse(nowhere, text, known.syntax());
    parsed.diagnostics.iter().all(|finding| finding.severity != Severity::Error)
}

pub(super) fn from_fault(fault: &Diagnostic) -> Damage {
    Damage {
        at: fault.span.range(),
        kind: DamageKind::Parser {
            rule: fault.code.name,
            message: fault.message.clone(),
            hint: fault.hints.first().cloned(),
        },
        counterpart: None,
        cure: Cure::Fallback,
    }
}

/// All changes in order; of two that overlap, the one that begins first, or else the longer one.
fn splices(damage: &[Damage]) -> Vec<Splice> {
    let mut all: Vec<Splice> = Vec::new();
    for damage in damage {
        if let Cure::Splices(splices) = &damage.cure {
            all.extend(splices.iter().cloned());
        }
    }
    all.sort_by_key(|splice| (splice.range.start, Reverse(splice.range.end)));
    let mut end = 0;
    all.retain(|splice| {
        let keeps = splice.range.start >= end;
        if keeps {
            end = splice.range.end;
        }
        keeps
    });
    all
}
