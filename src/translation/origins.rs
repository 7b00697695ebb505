//! What is known of the texts that translations stand for, file by file: from front matter, the lock, or the history.

use std::collections::{BTreeMap, BTreeSet};

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

    /// The source that a text of the file with this position stands for.
    pub fn then(
        &self,
        site: &Site,
        position: usize,
        document: &Document,
        unit: &Unit,
    ) -> Option<Then> {
        let key = key_in_file(site, document, unit.name);
        let of = |file: &str| text_in(site, document, file, &key);
        match self.0.get(position)? {
            FileOrigin::Unknown => None,
            FileOrigin::Commit(file) => Some(at_commit(&of(file).unwrap_or_default())),
            FileOrigin::Lock(texts) => {
                let digests = texts.get(unit.name.key(site))?.clone();
                Some(Then { origin: Origin::Lock, digests, texts: None })
            }
            FileOrigin::History(moments) => {
                let both = |moment: &Moment| {
                    let (source, own) = (of(&moment.source), of(&moment.own)?);
                    Some(Moment { source: source.unwrap_or_default(), own })
                };
                let moments: Vec<Moment> = moments.iter().filter_map(both).collect();
                followed(&moments)
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

/// The words that a text had whose digests alone are known: of each segment, nothing where no commit of its file has
/// had it.
pub(super) fn recalled(
    site: &Site,
    document: &Document,
    unit: &Unit,
    then: &Then,
    past: &Past,
) -> Result<Vec<String>, String> {
    let path = &*site.sources.file(document.source).path;
    let key = key_in_file(site, document, unit.name);
    let mut missing: BTreeSet<Digest> = then.digests.iter().copied().collect();
    let mut known: BTreeMap<Digest, String> = BTreeMap::new();
    for change in past.changes(std::iter::once(path))?.remove(path).unwrap_or_default() {
        let file = past.text(change.blob);
        let text = file.and_then(|file| text_in(site, document, &file, &key)).unwrap_or_default();
        for segment in Segments::new(&text).list {
            if missing.remove(&segment.digest) {
                known.insert(segment.digest, text[segment.range].to_owned());
            }
        }
        if missing.is_empty() {
            break;
        }
    }
    let words = |digest: &Digest| known.get(digest).cloned().unwrap_or_default();
    Ok(then.digests.iter().map(words).collect())
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

/// The text with this key in a file that may be older than that of today.
fn text_in(site: &Site, document: &Document, file: &str, key: &str) -> Option<String> {
    let path = &site.sources.file(document.source).path;
    let of = if document.page.is_some() { WrittenIn::Page } else { WrittenIn::Data };
    let texts = written_texts(path, of, file, Limits::default());
    texts.into_iter().find(|(own, _)| own == key).map(|(_, text)| text)
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
