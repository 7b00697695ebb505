//! What is known of the texts that translations stand for, file by file: from front matter, the lock, or the history.

use std::collections::{BTreeMap, BTreeSet};

use super::examined::{Examined, ExaminedUnit};
use super::lock::Lock;
use super::segments::{Digest, Segments};
use super::then::{Moment, Origin, Then, followed};
use super::units::{Document, Unit, UnitName};
use crate::diagnostic::{Checked, Diagnostic, codes};
use crate::load::{Change, Past, WrittenIn, written_texts};
use crate::model::{Site, file_key};
use crate::variant::LanguageId;
use crate::yaml::Limits;

/// For each file, what tells which text of the source its translation stands for.
#[derive(Debug)]
pub struct Origins(Vec<FileOrigin>);

#[derive(Debug)]
enum FileOrigin {
    /// There is no translation, or nothing is known.
    Unknown,
    /// The source's file as it was.
    Commit(String),
    /// The digests of each text, by its key.
    Lock(BTreeMap<String, Vec<Digest>>),
    /// Both files after each commit that changed the translation, the oldest first.
    History(Vec<Moment>),
}

impl Origins {
    /// The origins of `documents` in one language. Without a past, commits and histories tell nothing.
    pub fn new(
        site: &Site,
        language: LanguageId,
        documents: &[Document],
        lock: &Lock,
        past: Option<&Past>,
    ) -> Result<Checked<Self>, String> {
        let walk =
            |paths: &[&str]| past.map_or_else(|| Ok(Walked::new()), |past| walk(past, paths));
        Self::walked(site, language, documents, lock, past, &walk)
    }

    /// The same, where `walk` finds the commits that changed files: whoever asks again can keep them.
    pub fn walked(
        site: &Site,
        language: LanguageId,
        documents: &[Document],
        lock: &Lock,
        past: Option<&Past>,
        walk: &dyn Fn(&[&str]) -> Result<Walked, String>,
    ) -> Result<Checked<Self>, String> {
        let mut diagnostics = Vec::new();
        let mut reader = Reader { site, language, lock, past, walk, diagnostics: &mut diagnostics };
        let origins = reader.origins(documents)?;
        Ok(Checked { value: Self(origins), diagnostics })
    }

    /// The source that each text of the file with this position stands for, in their order.
    pub fn thens(&self, site: &Site, position: usize, document: &Document) -> Vec<Option<Then>> {
        let units = document.units.iter();
        let texts = |file: &str| texts_in(site, document, file);
        match self.0.get(position) {
            None | Some(FileOrigin::Unknown) => units.map(|_| None).collect(),
            Some(FileOrigin::Commit(file)) => {
                let texts = texts(file);
                let then = |unit: &Unit| {
                    let text = texts.get(&key_in_file(site, document, unit.name));
                    Some(at_commit(text.map_or("", String::as_str)))
                };
                units.map(then).collect()
            }
            Some(FileOrigin::Lock(texts)) => {
                let then = |unit: &Unit| {
                    let digests = texts.get(unit.name.key(site))?.clone();
                    Some(Then { origin: Origin::Lock, digests, texts: None })
                };
                units.map(then).collect()
            }
            Some(FileOrigin::History(moments)) => {
                let both = |moment: &Moment| (texts(&moment.source), texts(&moment.own));
                let mut moments: Vec<_> = moments.iter().map(both).collect();
                let then = |unit: &Unit| {
                    let key = key_in_file(site, document, unit.name);
                    let moment = |(source, own): &mut (Texts, Texts)| {
                        let own = own.remove(&key)?;
                        Some(Moment { source: source.remove(&key).unwrap_or_default(), own })
                    };
                    followed(&moments.iter_mut().filter_map(moment).collect::<Vec<_>>())
                };
                units.map(then).collect()
            }
        }
    }

    /// Who tells it of the file with this position; nobody where nothing is known.
    pub fn origin(&self, position: usize) -> Option<Origin> {
        match self.0.get(position)? {
            FileOrigin::Unknown => None,
            FileOrigin::Commit(_) => Some(Origin::Commit),
            FileOrigin::Lock(_) => Some(Origin::Lock),
            FileOrigin::History(_) => Some(Origin::History),
        }
    }
}

/// The commits that changed files, the newest first, by the paths of the files.
pub type Walked = BTreeMap<String, Vec<Change>>;

/// The commits that changed these files.
pub fn walk(past: &Past, paths: &[&str]) -> Result<Walked, String> {
    let found = past.changes(paths.iter().copied())?;
    Ok(found.into_iter().map(|(path, changes)| (path.to_owned(), changes)).collect())
}

/// Adds what sources said before, where only their digests are known and a commit has had the words. Of a segment that
/// no commit has had, there is nothing.
pub fn recall(site: &Site, files: &mut [Examined], past: &Past) -> Result<(), String> {
    let path = |document: &Document| &*site.sources.file(document.source).path;
    let lacking = files.iter().filter(|file| file.units.iter().any(lacks_words));
    let changes = past.changes(lacking.map(|file| path(&file.document)))?;
    for Examined { document, units } in files {
        let Some(changes) = changes.get(path(document)) else { continue };
        let mut lacking: Vec<Lacking<'_>> = units
            .iter_mut()
            .filter(|unit| lacks_words(unit))
            .filter_map(|unit| Lacking::new(key_in_file(site, document, unit.unit.name), unit))
            .collect();
        for change in changes {
            if lacking.iter().all(|lacking| lacking.missing.is_empty()) {
                break;
            }
            let file = past.text(change.blob).unwrap_or_default();
            let texts = texts_in(site, document, &file);
            lacking.iter_mut().for_each(|lacking| lacking.look(&texts));
        }
        lacking.into_iter().for_each(Lacking::settle);
    }
    Ok(())
}

/// Whether a text has changed since it was translated, and its words then are not known.
fn lacks_words(unit: &ExaminedUnit) -> bool {
    unit.then.as_ref().is_some_and(|then| then.texts.is_none()) && !unit.stale_sections().is_empty()
}

/// A text whose words are looked for.
struct Lacking<'a> {
    key: String,
    then: &'a mut Then,
    missing: BTreeSet<Digest>,
    known: BTreeMap<Digest, String>,
}

impl<'a> Lacking<'a> {
    fn new(key: String, unit: &'a mut ExaminedUnit) -> Option<Self> {
        let then = unit.then.as_mut()?;
        let missing = then.digests.iter().copied().collect();
        Some(Self { key, then, missing, known: BTreeMap::new() })
    }

    /// Takes what the file has of it.
    fn look(&mut self, texts: &Texts) {
        let Some(text) = texts.get(&self.key).filter(|_| !self.missing.is_empty()) else { return };
        for segment in Segments::new(text).list {
            if self.missing.remove(&segment.digest) {
                self.known.insert(segment.digest, text[segment.range].to_owned());
            }
        }
    }

    fn settle(mut self) {
        let words = |digest: &Digest| self.known.remove(digest).unwrap_or_default();
        self.then.texts = Some(self.then.digests.iter().map(words).collect());
    }
}

fn at_commit(source: &str) -> Then {
    let segments = Segments::new(source);
    let digests = segments.list.iter().map(|segment| segment.digest).collect();
    let texts = segments.list.iter().map(|segment| source[segment.range.clone()].to_owned());
    Then { origin: Origin::Commit, digests, texts: Some(texts.collect()) }
}

/// The key of a text in its file.
pub(super) fn key_in_file(site: &Site, document: &Document, name: UnitName) -> String {
    let key = name.key(site);
    if !matches!(name, UnitName::Data(..)) {
        return key.to_owned();
    }
    let path = &site.sources.file(document.source).path;
    let file = file_key(path.strip_prefix("data/").unwrap_or(path), &site.config);
    let inside = key.strip_prefix(&*file).unwrap_or(key);
    inside.trim_start_matches('.').to_owned()
}

/// The texts of a file by their keys in it.
type Texts = BTreeMap<String, String>;

/// The texts of a file that may be older than that of today.
fn texts_in(site: &Site, document: &Document, file: &str) -> Texts {
    let path = &site.sources.file(document.source).path;
    let of = if document.page.is_some() { WrittenIn::Page } else { WrittenIn::Data };
    written_texts(path, of, file, Limits::default()).into_iter().collect()
}

struct Reader<'a> {
    site: &'a Site,
    language: LanguageId,
    lock: &'a Lock,
    past: Option<&'a Past>,
    walk: &'a dyn Fn(&[&str]) -> Result<Walked, String>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn origins(&mut self, documents: &[Document]) -> Result<Vec<FileOrigin>, String> {
        let mut origins: Vec<Option<FileOrigin>> =
            documents.iter().map(|document| self.told(document)).collect();
        // Only what nobody has told is looked for in the history, which takes longest.
        let site = self.site;
        let rest = || documents.iter().zip(&origins).filter(|(_, origin)| origin.is_none());
        let paths = rest().filter_map(|(document, _)| {
            let own = document.own?;
            Some(&*site.sources.file(own).path)
        });
        let changes = (self.walk)(&paths.collect::<Vec<_>>())?;
        for (document, origin) in documents.iter().zip(&mut origins) {
            if origin.is_none() {
                *origin = Some(self.history(document, &changes));
            }
        }
        Ok(origins.into_iter().map(|origin| origin.unwrap_or(FileOrigin::Unknown)).collect())
    }

    /// What front matter or the lock tell.
    fn told(&mut self, document: &Document) -> Option<FileOrigin> {
        if document.own.is_none() {
            return Some(FileOrigin::Unknown);
        }
        if let Some(origin) = self.commit(document) {
            return Some(origin);
        }
        let path = &self.site.sources.file(document.source).path;
        if !self.lock.has(path) {
            return None;
        }
        let keys = document.units.iter().map(|unit| unit.name.key(self.site));
        let known = keys.filter_map(|key| {
            let sections = self.lock.get(path, key)?;
            Some((key.to_owned(), sections.concat()))
        });
        Some(FileOrigin::Lock(known.collect()))
    }

    /// What the commit in the front matter tells, if there is one.
    fn commit(&mut self, document: &Document) -> Option<FileOrigin> {
        let page = self.site.page(document.page?);
        let commit = page.translations.get(&self.language)?.front.source_commit.as_ref()?;
        let past = self.past?;
        let path = &self.site.sources.file(document.source).path;
        let Some(known) = past.commit(&commit.value) else {
            let message = format!("`{}` is no commit of the repository", commit.value);
            let finding = Diagnostic::new(codes::UNKNOWN_SOURCE_COMMIT, commit.span, message);
            self.diagnostics
                .push(finding.hint("name the commit that the page was translated from"));
            return None;
        };
        let text = past.blob(known, path).and_then(|blob| past.text(blob));
        Some(FileOrigin::Commit(text.unwrap_or_default()))
    }

    fn history(&self, document: &Document, changes: &Walked) -> FileOrigin {
        let (Some(past), Some(own)) = (self.past, document.own) else { return FileOrigin::Unknown };
        let (source, own) = (self.site.sources.file(document.source), self.site.sources.file(own));
        let mut moments: Vec<Moment> = Vec::new();
        for change in changes.get(&*own.path).into_iter().flatten().rev() {
            let then = past.blob(change.commit, &source.path).and_then(|blob| past.text(blob));
            let (Some(source), Some(own)) = (then, past.text(change.blob)) else { continue };
            moments.push(Moment { source, own });
        }
        // What is not committed yet counts as a commit of its own.
        if moments.last().is_none_or(|last| last.own != own.text) {
            moments.push(Moment { source: source.text.clone(), own: own.text.clone() });
        }
        // Where the source never changed, there is nothing to follow.
        if moments.iter().all(|moment| moment.source == source.text) {
            moments.truncate(1);
        }
        FileOrigin::History(moments)
    }
}
