//! What is damaged in translations, with its place in the translation and in the source.
//!
//! Damage is what no older source can have had: syntax that breaks or prints, names that were translated. What is only
//! older than its source is none, and where the two cannot be told apart nothing is said.

mod code;
mod fold;
mod headings;
mod html;
mod keys;
mod kinds;
mod known;
mod links;
mod printed;
mod sides;
mod tables;
mod wide;

pub use kinds::FaultKind;
pub use printed::Syntax;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use rayon::prelude::*;

use self::sides::Sides;
use super::units::{Document, documents};
use crate::check;
use crate::diagnostic::{Diagnostic, Edit, Finding, Fix};
use crate::messages::Catalog;
use crate::model::{Mend, Site};
use crate::source::{Span, Splice, TextId};
use crate::variant::LanguageId;

/// Something that is damaged in a translation.
#[derive(Clone, Debug)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where in the translation.
    pub at: Span,
    /// What of the source it is about; its text as a whole where nobody knows better, and none where there is none.
    pub source: Option<Span>,
    /// What mends it, where the source proves what was meant.
    pub fix: Option<Vec<Edit>>,
}

impl Fault {
    /// The finding about it, in the words of a catalog.
    pub fn diagnostic(&self, catalog: &Catalog) -> Diagnostic {
        let hint = catalog.say(&self.kind.hint());
        let message = catalog.say(&self.kind.message());
        let finding = Diagnostic::new(self.kind.code(), self.at, message)
            .hint(hint.clone())
            .counterpart(self.source);
        match &self.fix {
            Some(edits) => finding.fix(Fix { what: hint, edits: edits.clone() }),
            None => finding,
        }
    }
}

/// The findings about faults in the words of a catalog, as the rules of the site want them.
pub fn findings(site: &Site, faults: &[Fault], words: &Catalog) -> Vec<Finding> {
    check::findings(site, faults.iter().map(|fault| Finding::from(fault.diagnostic(words))))
}

/// What is damaged in the translations of a site into `language`, in the order of its files and places.
pub fn check(site: &Site, language: LanguageId) -> Vec<Fault> {
    check_files(site, language, &documents(site, language))
}

/// The same of these files alone.
pub fn check_files(site: &Site, language: LanguageId, documents: &[Document]) -> Vec<Fault> {
    let mut mends: HashMap<TextId, Vec<&Mend>> = HashMap::new();
    for mend in &site.mends {
        mends.entry(mend.own).or_default().push(mend);
    }
    let icons = known::icons(site);
    let world = World { site, mends: &mends, icons: &icons };
    let mut faults: Vec<Fault> =
        documents.par_iter().flat_map_iter(|document| world.of_document(document)).collect();
    faults.extend(known::lost_files(site, language, documents));
    faults.sort_by_key(|fault| (fault.at.text.file, site.sources.locate(fault.at).bytes.start));
    faults
}

/// What all rules can ask for.
struct World<'a> {
    site: &'a Site,
    /// What is known of translated texts, by the texts.
    mends: &'a HashMap<TextId, Vec<&'a Mend>>,
    icons: &'a BTreeSet<String>,
}

impl World<'_> {
    fn of_document(&self, document: &Document) -> Vec<Fault> {
        let Some(own) = document.own else { return Vec::new() };
        if document.gives_way {
            return Vec::new();
        }
        let mut faults = Vec::new();
        faults.extend(keys::keys(self.site, document, own));
        for unit in &document.units {
            let Some(own) = unit.own.filter(|own| *own != unit.source) else { continue };
            let mends = self.mends.get(&own).map_or(&[][..], Vec::as_slice);
            faults.extend(self.of_text(unit.source, own, mends));
        }
        faults
    }

    fn of_text(&self, source: TextId, own: TextId, mends: &[&Mend]) -> Vec<Fault> {
        let sources = &self.site.sources;
        let source = sources.unedited(source);
        let (source_text, own_text) = (sources.text(source), sources.text(own));
        if source_text == own_text {
            return Vec::new();
        }
        let mut found = Found { source, own, faults: Vec::new(), places: BTreeMap::new() };
        known::known(&mut found, mends, self.icons);
        let sides = Sides::new(source_text, own_text);
        links::links(&mut found, &sides);
        code::code(&mut found, &sides);
        tables::tables(&mut found, &sides);
        headings::headings(&mut found, &sides);
        html::html(&mut found, &sides);
        wide::wide(&mut found, &sides);
        printed::printed(&mut found, &sides);
        found.faults(&sides)
    }
}

/// The faults of one text.
struct Found {
    source: TextId,
    own: TextId,
    faults: Vec<Fault>,
    /// Where they are, apart from each other: by their codes, the ends by the beginnings.
    places: BTreeMap<&'static str, BTreeMap<usize, usize>>,
}

impl Found {
    /// Adds a fault at these bytes of the translation, about those of the source, unless one of its code is known of
    /// the same place.
    fn add(
        &mut self,
        kind: FaultKind,
        at: Range<usize>,
        source: Option<Range<usize>>,
        fix: Option<&[Splice]>,
    ) {
        let places = self.places.entry(kind.code().name).or_default();
        let end = at.end.max(at.start + 1);
        if places.range(..end).next_back().is_some_and(|(_, known)| *known > at.start) {
            return;
        }
        places.insert(at.start, end);
        let edit = |splice: &Splice| Edit {
            span: Span::new(self.own, splice.range.clone()),
            text: splice.text.clone(),
        };
        self.faults.push(Fault {
            kind,
            at: Span::new(self.own, at),
            source: source.map(|range| Span::new(self.source, range)),
            fix: fix.map(|splices| splices.iter().map(edit).collect()),
        });
    }
}

impl Found {
    /// The faults; those of which no rule knows what they are about in the source are about what stands in the place
    /// of their segment, or of the one before.
    fn faults(self, sides: &Sides<'_>) -> Vec<Fault> {
        let mut faults = self.faults;
        let segments = &sides.own.segments.list;
        let counterparts = sides.counterparts();
        for fault in faults.iter_mut().filter(|fault| fault.source.is_none()) {
            let at = fault.at.range().start;
            let before = segments.partition_point(|segment| segment.range.start <= at);
            let known = counterparts[..before].iter().rev().take(NEAR).find_map(|known| *known);
            let range = known.map_or(0..0, |segment| segment.range.clone());
            fault.source = Some(Span::new(self.source, range));
        }
        faults
    }
}

/// How many segments back one is looked for that has a counterpart.
const NEAR: usize = 8;

/// How many faults there are of each kind, by the names of their codes.
pub fn counts(faults: &[Fault]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for fault in faults {
        *counts.entry(fault.kind.code().name).or_default() += 1;
    }
    counts
}
