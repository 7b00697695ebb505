//! What is wrong, told for the documents that are open, and for what a save reaches.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use lsp_types::{
    Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
};
use rayon::prelude::*;

use super::places::{Encoding, Lines, address};
use super::server::Document;
use super::world::World;
use crate::diagnostic::{Diagnostic, Severity, visible};
use crate::model::PageId;
use crate::preview::Snapshot;
use crate::references::{Target, called, pages_by_file, uses};
use crate::source::{FileId, Sources};
use crate::variant::{LanguageId, Variant, VersionSet};

/// Of how many pages that have a reusable it is looked at while it is written: the finding is the same in most.
const PAGES_WHILE_TYPING: usize = 8;

/// The same behind a save.
const PAGES_OF_A_SAVE: usize = 64;

/// What is to be told of a document.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) uri: String,
    pub(super) version: Option<i32>,
    pub(super) diagnostics: Vec<Shown>,
}

/// The findings as the editor shows them, beside what they were made from.
type Findings = Vec<(Shown, Diagnostic)>;

/// What was told last.
#[derive(Debug, Default)]
pub(super) struct Published {
    by_uri: BTreeMap<String, Findings>,
    /// The address of a configuration that there could be no site with.
    broken: Option<String>,
}

impl Published {
    /// The findings in a document.
    pub(super) fn of(&self, uri: &str) -> &[(Shown, Diagnostic)] {
        self.by_uri.get(uri).map_or(&[], Vec::as_slice)
    }

    /// What is to be told where a document was closed: nothing more.
    pub(super) fn cleared(&mut self, uri: &str) -> Option<Told> {
        let findings = self.by_uri.remove(uri)?;
        let told = Told { uri: uri.to_owned(), version: None, diagnostics: Vec::new() };
        (!findings.is_empty()).then_some(told)
    }

    /// What is told of a configuration that there can be no site with.
    pub(super) fn configuration(
        &mut self,
        folder: &Path,
        sources: &Sources,
        findings: &[Diagnostic],
        encoding: Encoding,
    ) -> Option<Told> {
        let (_, file) = sources.files().next()?;
        let uri = address(&folder.join(&file.path))?;
        let lines = Lines::new(&file.text, encoding);
        let place = |finding: &Diagnostic| lines.range(sources.locate(finding.span).bytes);
        let found = findings.iter();
        let found: Findings =
            found.map(|finding| (shown(finding, place(finding), None), finding.clone())).collect();
        self.broken = Some(uri.as_str().to_owned());
        self.told(uri.as_str(), None, found)
    }

    /// What is to be told where the configuration is right again.
    pub(super) fn configured(&mut self) -> Option<Told> {
        let uri = self.broken.take()?;
        self.cleared(&uri)
    }

    /// What is other than it was told last: in open documents, and, behind a save of a file, in those that it reaches.
    pub(super) fn next(
        &mut self,
        world: &World,
        documents: &BTreeMap<String, Document>,
        saved: Option<&str>,
    ) -> Vec<Told> {
        let open = documents.values().filter_map(|document| world.below(&document.path));
        let open: BTreeSet<String> = open.collect();
        let mut found = Found { world, by_file: BTreeMap::new() };
        for path in &open {
            found.of_document(path, PAGES_WHILE_TYPING);
        }
        if let Some(saved) = saved {
            found.of_document(saved, PAGES_OF_A_SAVE);
            found.add(&world.snapshot.found);
        }
        let mut told = Vec::new();
        let mut files: BTreeMap<String, Option<i32>> = BTreeMap::new();
        for (uri, document) in documents {
            files.insert(uri.clone(), Some(document.version));
        }
        let addresses: BTreeMap<&Path, &String> =
            documents.iter().map(|(uri, document)| (&*document.path, uri)).collect();
        let mut by_uri: BTreeMap<String, Findings> = BTreeMap::new();
        for (file, findings) in &found.by_file {
            let path = world.path(*file);
            let own = addresses.get(&*path).map(|uri| (*uri).clone());
            let Some(uri) = own.or_else(|| Some(address(&path)?.as_str().to_owned())) else {
                continue;
            };
            // While somebody types, only what is open is told.
            if saved.is_some() || files.contains_key(&uri) {
                by_uri.insert(uri, all_shown(world, *file, findings));
            }
        }
        for (uri, version) in &files {
            told.extend(self.told(uri, *version, by_uri.remove(uri).unwrap_or_default()));
        }
        if saved.is_some() {
            let others = self.by_uri.keys().filter(|uri| !files.contains_key(*uri)).cloned();
            for uri in by_uri.keys().cloned().chain(others).collect::<BTreeSet<_>>() {
                let findings = by_uri.remove(&uri).unwrap_or_default();
                told.extend(self.told(&uri, None, findings));
            }
        }
        told
    }

    fn told(&mut self, uri: &str, version: Option<i32>, findings: Findings) -> Option<Told> {
        let diagnostics: Vec<Shown> = findings.iter().map(|(shown, _)| shown.clone()).collect();
        let before = self.by_uri.get(uri);
        let is_same = match before {
            Some(before) => before.iter().map(|(shown, _)| shown).eq(&diagnostics),
            // Of an open document it is told that there is nothing, so that editors know that it was looked at.
            None => version.is_none() && findings.is_empty(),
        };
        if is_same {
            self.by_uri.insert(uri.to_owned(), findings);
            return None;
        }
        match version.is_none() && findings.is_empty() {
            true => drop(self.by_uri.remove(uri)),
            false => drop(self.by_uri.insert(uri.to_owned(), findings)),
        }
        Some(Told { uri: uri.to_owned(), version, diagnostics })
    }
}

/// Findings by the files that they lie in.
struct Found<'a> {
    world: &'a World,
    by_file: BTreeMap<FileId, Vec<Diagnostic>>,
}

impl Found<'_> {
    /// What is wrong with a document: as it is read, and in the pages that show it.
    fn of_document(&mut self, path: &str, most: usize) {
        let Some(file) = self.world.file(path) else { return };
        self.by_file.entry(file).or_default();
        let site = self.world.site();
        let pages = match pages_by_file(site).get(&file) {
            Some(page) => vec![*page],
            None => self.pages_with(path, most),
        };
        let snapshot = &self.world.snapshot;
        let of_page = |(page, language): &(PageId, LanguageId)| of_page(snapshot, *page, *language);
        let found: Vec<Vec<Diagnostic>> = pages.par_iter().map(of_page).collect();
        found.iter().for_each(|found| self.add(found));
        let own = snapshot.found.iter().filter(|finding| finding.span.text.file == file);
        self.add(&own.cloned().collect::<Vec<_>>());
    }

    /// Pages that show what is in a file, in the language of the file.
    fn pages_with(&self, path: &str, most: usize) -> Vec<(PageId, LanguageId)> {
        let site = self.world.site();
        let Some(target) = called(site, path) else { return Vec::new() };
        if !matches!(target, Target::Data(_) | Target::Include(_)) {
            return Vec::new();
        }
        let language =
            self.world.file(path).map_or(LanguageId::DEFAULT, |file| site.language_of(file));
        let pages = pages_by_file(site);
        let mut found = Vec::new();
        for used in uses(site, self.world.references(), &target) {
            if let Some((page, _)) = pages.get(&used.reference.from().file)
                && !found.contains(&(*page, language))
            {
                found.push((*page, language));
            }
            if found.len() >= most {
                break;
            }
        }
        found
    }

    fn add(&mut self, findings: &[Diagnostic]) {
        for finding in findings {
            let known = self.by_file.entry(finding.span.text.file).or_default();
            let same = |other: &Diagnostic| {
                (other.span, other.code.name, &other.message)
                    == (finding.span, finding.code.name, &finding.message)
            };
            if !known.iter().any(same) {
                known.push(finding.clone());
            }
        }
    }
}

/// What is wrong with a page in a language: in one version of each text that it has.
fn of_page(snapshot: &Snapshot, page: PageId, language: LanguageId) -> Vec<Diagnostic> {
    let prepared = &snapshot.prepared;
    let bodies = snapshot.bodies(page, language);
    let mut rest = prepared.site().page(page).versions.and(prepared.versions());
    let mut found = Vec::new();
    while let Some(version) = rest.lowest() {
        let variant = Variant { language, version };
        if let Some(shown) = snapshot.page(page, variant) {
            found.extend(shown.findings.iter().map(|finding| finding.diagnostic.clone()));
        }
        rest = rest.minus(bodies.alike(variant)).minus(VersionSet::only(version));
    }
    found
}

fn all_shown(world: &World, file: FileId, findings: &[Diagnostic]) -> Findings {
    let sources = &world.site().sources;
    let lines = Lines::new(&sources.file(file).text, world.encoding);
    let mut all: Findings = findings
        .iter()
        .map(|finding| {
            let range = lines.range(sources.locate(finding.span).bytes);
            (shown(finding, range, Some(world)), finding.clone())
        })
        .collect();
    all.sort_by_key(|(shown, finding)| (shown.range.start, shown.range.end, finding.code.name));
    all
}

/// A finding as the editor shows it, with the inclusions that lead to it.
fn shown(finding: &Diagnostic, range: lsp_types::Range, world: Option<&World>) -> Shown {
    let related = |world: &World| {
        let places = finding.trace.iter().filter_map(|span| world.location(*span));
        let message = "in this inclusion".to_owned();
        let related = |location: Location| DiagnosticRelatedInformation {
            location,
            message: message.clone(),
        };
        places.map(related).collect::<Vec<_>>()
    };
    let related = world.map(related).filter(|places| !places.is_empty());
    let hints = finding.hints.iter().map(|hint| format!("\n{}", visible(hint)));
    Shown {
        range,
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(finding.code.name.to_owned())),
        source: Some("variorum".to_owned()),
        message: visible(&finding.message) + &hints.collect::<String>(),
        related_information: related,
        ..Shown::default()
    }
}
