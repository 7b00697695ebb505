//! Damaged translations: repaired where the source proves what was meant, else the source stands in; said once.
//!
//! A translation that is only older than its source is left as it is.

mod cycles;
mod damage;
mod judge;
mod links;
mod oddities;
mod prose;
mod structure;
mod tags;
mod verdicts;
mod vocabulary;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use cycles::Cycle;
pub use damage::{Cure, Damage, DamageKind, Flaw, Mend, Outcome};
pub use links::{Link as WrittenLink, links_in};
pub use prose::{Fence, Prose, fences, prose};

use judge::{Known, Pair, Sentence, Verdict, World, judge};
use structure::structure_damage;
use verdicts::Kept;
pub(super) use verdicts::Verdicts;

use super::data::{Data, DatumValue};
use super::page::{Edition, Page, PageId};
use crate::config::Config;
use crate::diagnostic::{Checked, CodeRef, Diagnostic, codes};
use crate::liquid::Syntax;
use crate::load::{HeldBack, LiquidText};
use crate::messages::{Catalog, MessageLanguage};
use crate::source::{FileId, Sources, Span, Splice, TextId};
use crate::variant::{LanguageId, VersionId};

/// What is known of a site before its translations are judged.
pub(super) struct Judged<'a> {
    /// The pages.
    pub(super) pages: &'a mut [Page],
    /// The pages by route.
    pub(super) routes: &'a HashMap<String, PageId>,
    /// The data.
    pub(super) data: &'a mut Data,
    /// The texts; repaired ones are added.
    pub(super) sources: &'a mut Sources,
    /// The configuration.
    pub(super) config: &'a Config,
}

/// The strings of a page that are judged one by one, as findings call them.
const STRINGS: [&str; 6] = ["title", "short title", "intro", "product", "permissions", "body"];

/// The place of the body among them.
const BODY: usize = 5;

/// A string of a translation.
#[derive(Clone, Copy, Debug)]
enum Place {
    Page { page: usize, language: LanguageId, string: usize },
    Data { datum: usize, language: LanguageId, version: Option<VersionId> },
}

/// What is to be done with a string.
enum Change {
    Repair(TextId, Vec<Splice>),
    GiveWay,
}

/// Judges all translations, and does what has to be done. Verdicts of the site before hold as long as what they were
/// found from is the same.
pub(super) fn mend(
    site: Judged<'_>,
    mut held_back: BTreeMap<FileId, HeldBack>,
    verdicts: &mut Verdicts,
) -> Checked<Vec<Mend>> {
    let syntax = site.config.syntax();
    verdicts.look_around(&site);
    let before = verdicts.take();
    let cycles = verdicts.cycles(site.data, site.sources);
    let world = World {
        data: site.data,
        routes: site.routes,
        config: site.config,
        syntax: &syntax,
        vocabulary: &verdicts.vocabulary,
    };
    let mut faults: BTreeMap<TextId, Vec<Diagnostic>> = BTreeMap::new();
    for fault in held_back.values_mut().flat_map(|held| std::mem::take(&mut held.faults)) {
        faults.entry(fault.span.text).or_default().push(fault);
    }
    let mut court = Court {
        world,
        sources: site.sources,
        faults,
        found: Vec::new(),
        changes: Vec::new(),
        mends: Vec::new(),
        english: Catalog::of(MessageLanguage::English),
    };
    court.structure(site.pages);
    let kept = court.judge(&cases(site.pages, site.data), before);
    court.cycles(cycles);
    let Court { mut found, mut mends, changes, faults, .. } = court;
    verdicts.keep(kept);
    for fault in faults.into_values().flatten() {
        held_back.entry(fault.span.text.file).and_modify(|held| held.faults.push(fault));
    }
    for (place, change) in changes {
        let Some(text) = text_at(place, site.pages, site.data) else { continue };
        apply(text, change, site.sources, &syntax);
    }
    mends.extend(held_back.values().filter_map(lost_file));
    found.extend(held_back.into_values().flat_map(|held| whole_file(held, site.config)));
    Checked { value: mends, diagnostics: found }
}

/// A file that is lost as a whole.
fn lost_file(held: &HeldBack) -> Option<Mend> {
    let damage = held.damage.as_ref()?;
    Some(Mend {
        own: damage.span.text,
        source: None,
        outcome: Outcome::GaveWay,
        damage: vec![judge::from_fault(damage)],
    })
}

/// What is left of the findings about a file; where it is lost as a whole, that is all there is to say.
fn whole_file(held: HeldBack, config: &Config) -> Vec<Diagnostic> {
    let Some(damage) = held.damage else { return held.faults };
    let default = &config.language(LanguageId::DEFAULT).name;
    let message = format!("the file gives way to {default}: {}", damage.message);
    let finding = Diagnostic::new(codes::TRANSLATION_FALLBACK, damage.span, message);
    vec![Diagnostic { hints: damage.hints, ..finding }]
}

fn strings(edition: &Edition) -> [Option<&LiquidText>; 6] {
    let front = &edition.front;
    [
        front.title.as_ref(),
        front.short_title.as_ref(),
        front.intro.as_ref(),
        front.product.as_ref(),
        front.permissions.as_ref(),
        Some(&edition.body),
    ]
}

fn string_mut(edition: &mut Edition, string: usize) -> Option<&mut LiquidText> {
    if string == BODY {
        return Some(&mut edition.body);
    }
    let front = Arc::make_mut(&mut edition.front);
    match string {
        0 => front.title.as_mut(),
        1 => front.short_title.as_mut(),
        2 => front.intro.as_mut(),
        3 => front.product.as_mut(),
        _ => front.permissions.as_mut(),
    }
}

fn text_at<'a>(
    place: Place,
    pages: &'a mut [Page],
    data: &'a mut Data,
) -> Option<&'a mut LiquidText> {
    match place {
        Place::Page { page, language, string } => {
            string_mut(pages[page].translations.get_mut(&language)?, string)
        }
        Place::Data { datum, language, version } => data.text_mut(datum, language, version),
    }
}

fn apply(text: &mut LiquidText, change: Change, sources: &mut Sources, syntax: &Syntax) {
    match change {
        Change::GiveWay => text.damaged = true,
        Change::Repair(id, splices) => {
            let file = sources.file_mut(id.file);
            let index = file.add_edited(id.index, &splices);
            *text = LiquidText::parse(file, TextId { index, ..id }, syntax).value;
        }
    }
}

struct Court<'a> {
    world: World<'a>,
    sources: &'a Sources,
    /// What the parsers found, by text.
    faults: BTreeMap<TextId, Vec<Diagnostic>>,
    found: Vec<Diagnostic>,
    changes: Vec<(Place, Change)>,
    mends: Vec<Mend>,
    /// The words of findings.
    english: Catalog,
}

/// A string of a translation beside that of the source.
struct Case<'a> {
    place: Place,
    /// The folder of the page.
    folder: &'a str,
    source: &'a LiquidText,
    own: &'a LiquidText,
}

/// All strings that are translated.
fn cases<'a>(pages: &'a [Page], data: &'a Data) -> Vec<Case<'a>> {
    let mut cases = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        for (language, edition) in page.translations.iter().filter(|(_, own)| !own.damaged) {
            let texts = strings(&page.source).into_iter().zip(strings(edition)).enumerate();
            cases.extend(texts.filter_map(|(string, (source, own))| {
                let place = Place::Page { page: number, language: *language, string };
                Some(Case { place, folder: page.folder(), source: source?, own: own? })
            }));
        }
    }
    for (number, datum) in data.values().iter().enumerate() {
        for (language, version, value) in datum.translations() {
            let source = version.and_then(|version| datum.fact(version)).or(datum.source());
            if let (Some(DatumValue::Text(source)), DatumValue::Text(own)) = (source, value) {
                let place = Place::Data { datum: number, language, version };
                cases.push(Case { place, folder: "", source, own });
            }
        }
    }
    cases
}

impl Court<'_> {
    /// What front matter says that is for the source alone to say.
    fn structure(&mut self, pages: &[Page]) {
        for page in pages {
            for edition in page.translations.values().filter(|own| !own.damaged) {
                let file = Span::start_of(edition.file);
                self.found.extend(structure_damage(&page.source.front, &edition.front, file));
            }
        }
    }

    /// Judges strings, each by itself and only if it was not judged before. The verdicts are returned.
    fn judge(
        &mut self,
        cases: &[Case<'_>],
        mut kept: HashMap<TextId, Kept>,
    ) -> HashMap<TextId, Kept> {
        let sources = self.sources;
        let is_new = |case: &&Case<'_>| {
            let known = kept.get(&case.own.id);
            !known.is_some_and(|kept| kept.is_about(sources, (case.own.id, case.source.id)))
        };
        let new: Vec<&Case<'_>> = cases.iter().filter(is_new).collect();
        let judged: Vec<(TextId, Kept)> =
            new.par_iter().map(|case| (case.own.id, self.verdict(case))).collect();
        kept.extend(judged);
        // Texts that are no longer there leave verdicts behind.
        if kept.len() > cases.len() {
            let there: HashSet<TextId> = cases.iter().map(|case| case.own.id).collect();
            kept.retain(|own, _| there.contains(own));
        }
        for case in cases {
            let verdict = kept.get(&case.own.id).and_then(|kept| kept.verdict.as_ref());
            match verdict {
                Some(verdict)
                    if !verdict.damage.is_empty() || self.faults.contains_key(&case.own.id) =>
                {
                    self.settle(case, verdict);
                }
                _ => {}
            }
        }
        kept
    }

    /// The verdict about a string. A source that is damaged itself proves nothing.
    fn verdict(&self, case: &Case<'_>) -> Kept {
        let known = Known::new(self.world);
        let verdict = self.verdict_by(case, &known);
        Kept::new(self.sources, (case.own.id, case.source.id), verdict, known.was_asked())
    }

    fn verdict_by(&self, case: &Case<'_>, known: &Known<'_>) -> Option<Verdict> {
        let Case { folder, source, own, .. } = *case;
        let pair =
            Pair { source: self.sources.text(source.id), own: self.sources.text(own.id), folder };
        if source.damaged || pair.source == pair.own {
            return None;
        }
        let faults = self.faults.get(&own.id).map_or(&[][..], Vec::as_slice);
        Some(judge(&pair, known, faults))
    }

    /// Texts in cycles of references give way, unless they do so already.
    fn cycles(&mut self, cycles: Vec<Cycle>) {
        for cycle in cycles {
            let default = &self.world.config.language(LanguageId::DEFAULT).name;
            let kind = DamageKind::Cycle { chain: cycle.chain };
            let message =
                format!("the text gives way to {default}: {}", self.english.say(&kind.message()));
            let finding = Diagnostic::new(codes::TRANSLATION_FALLBACK, cycle.at, message);
            let counterpart = self.written(cycle.source, None);
            self.found.push(finding.hint(format!("compare it with {counterpart}")));
            let Cycle { datum, language, version, .. } = cycle;
            self.changes.push((Place::Data { datum, language, version }, Change::GiveWay));
            self.mends.push(Mend {
                own: cycle.at.text,
                source: Some(cycle.source),
                outcome: Outcome::GaveWay,
                damage: vec![Damage {
                    at: cycle.at.range(),
                    kind,
                    counterpart: None,
                    cure: Cure::Fallback,
                }],
            });
        }
    }

    fn settle(&mut self, case: &Case<'_>, verdict: &Verdict) {
        let Case { place, source, own, .. } = *case;
        // Nobody else is to say what the parser said of the text.
        let faults = self.faults.remove(&own.id).unwrap_or_default();
        let (code, told, outcome, change) = match &verdict.sentence {
            Sentence::Sound => {
                self.found.extend(faults);
                (None, Vec::new(), Outcome::Kept, None)
            }
            Sentence::Repaired(splices) => {
                let told = verdict.damage.iter();
                let told = told.filter(|damage| !matches!(damage.cure, Cure::Nothing)).collect();
                let change = Change::Repair(own.id, splices.clone());
                (Some(codes::TRANSLATION_REPAIRED), told, Outcome::Repaired, Some(change))
            }
            Sentence::GivesWay(reason) => (
                Some(codes::TRANSLATION_FALLBACK),
                vec![reason],
                Outcome::GaveWay,
                Some(Change::GiveWay),
            ),
        };
        self.found
            .extend(code.and_then(|code| self.finding(code, place, source.id, own.id, &told)));
        self.changes.extend(change.map(|change| (place, change)));
        if !verdict.damage.is_empty() {
            let damage = verdict.damage.clone();
            self.mends.push(Mend { own: own.id, source: Some(source.id), outcome, damage });
        }
    }

    /// The one finding about a string: the first thing that is wrong, and how much more there is.
    fn finding(
        &self,
        code: CodeRef,
        place: Place,
        source: TextId,
        own: TextId,
        damage: &[&Damage],
    ) -> Option<Diagnostic> {
        let first = damage.first()?;
        let mut message = self.english.say(&first.kind.message());
        if std::ptr::eq(code, codes::TRANSLATION_FALLBACK) {
            let default = &self.world.config.language(LanguageId::DEFAULT).name;
            message = format!("the {} gives way to {default}: {message}", name(place));
        } else if damage.len() > 1 {
            message = format!("{message}, and {} more", damage.len() - 1);
        }
        let finding = Diagnostic::new(code, Span::new(own, first.at.clone()), message);
        let counterpart = self.written(source, first.counterpart.clone());
        let hint = self.english.say(&first.kind.hint());
        Some(finding.hint(hint).hint(format!("compare it with {counterpart}")))
    }

    /// Where something of the source is written.
    fn written(&self, source: TextId, range: Option<Range<usize>>) -> String {
        let at = self.sources.locate(Span::new(source, range.unwrap_or(0..0)));
        format!("{}:{}", at.path, at.line)
    }
}

fn name(place: Place) -> &'static str {
    match place {
        Place::Page { string, .. } => STRINGS[string],
        Place::Data { .. } => "text",
    }
}
