//! What is known of the translations that a comparison shows: found when it is asked for, and kept as long as neither
//! the files nor the commit that they were taken from are others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::load::{Past, read_if_there};
use crate::messages::{Catalog, Message, MessageLanguage};
use crate::model::{PageId, Site};
use crate::source::TextId;
use crate::translation::damage;
use crate::translation::{
    Document, Examined, ExaminedUnit, Lock, Origins, Standing, Then, Walked, documents, is_ignored,
    recall, walk,
};
use crate::variant::LanguageId;

/// How many files' origins are kept.
const MOST: usize = 4096;

/// What is known of translations, file by file.
pub(super) struct Translations {
    root: PathBuf,
    known: Mutex<BTreeMap<(LanguageId, String), Told>>,
    walks: Mutex<Walks>,
}

/// The commits that changed files, as far back from one commit as there are any.
#[derive(Default)]
struct Walks {
    head: String,
    found: Walked,
}

/// What a file stood for when it was looked at.
#[derive(Clone)]
struct Told {
    /// A name for all that it was found from.
    stamp: blake3::Hash,
    /// The source that each of its texts stands for, by their keys.
    thens: BTreeMap<String, Option<Then>>,
    /// Whether anybody tells.
    is_told: bool,
}

impl Translations {
    /// Nothing is known yet of the site in this folder.
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root, known: Mutex::default(), walks: Mutex::default() }
    }

    /// What is known of a page's texts, and of those that it reads, in a language; and what is to be said about it.
    pub(super) fn of(
        &self,
        site: &Site,
        language: LanguageId,
        page: PageId,
        reads: impl Iterator<Item = TextId>,
    ) -> (Standing, Vec<String>) {
        let reads: BTreeSet<TextId> = reads.collect();
        let mut wanted = documents(site, language);
        let all = own_paths(site, &wanted);
        wanted.retain_mut(|document| {
            if document.page != Some(page) {
                document.units.retain(|unit| reads.contains(&unit.source));
            }
            document.page == Some(page) || !document.units.is_empty()
        });
        let catalog = Catalog::of(MessageLanguage::matching(&site.config.language(language).tag));
        let faults = damage::check_files(site, language, &wanted);
        let damage = damage::findings(site, &faults, &catalog);
        let is_ignored = |document: &Document| is_ignored(site, language, document);
        let own = wanted.iter().find(|document| document.page == Some(page));
        let ignored =
            own.filter(|document| is_ignored(document)).map(|_| Message::new("compare-ignored"));
        wanted.retain(|document| !is_ignored(document));
        let (examined, mut notices) = self.examined(site, language, (&wanted, &all), &catalog);
        notices.extend(ignored.map(|message| catalog.say(&message)));
        (Standing::new(site, language, examined, damage), notices)
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<(LanguageId, String), Told>> {
        // What is kept is whole at every moment, also where a thread has panicked.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Holds files beside their counterparts. Only of those of which nothing is known yet, or which have changed, the
    /// history is looked through.
    fn examined(
        &self,
        site: &Site,
        language: LanguageId,
        (wanted, all): (&[Document], &[String]),
        catalog: &Catalog,
    ) -> (Vec<Examined>, Vec<String>) {
        let mut notices = Vec::new();
        let (lock_text, lock) = self.lock(site, language, &mut notices);
        let past = Past::open(&self.root);
        let head = past.as_ref().ok().and_then(Past::head).map(|head| head.to_string());
        let common = [head.unwrap_or_default(), lock_text];
        let known = |document: &Document| self.told(site, language, document, &common);
        let rest: Vec<Document> =
            wanted.iter().filter(|document| known(document).is_none()).cloned().collect();
        let walk = |paths: &[&str]| match &past {
            Ok(past) => self.walk(past, all, paths),
            Err(_) => Ok(Walked::new()),
        };
        match look(site, language, &rest, &lock, past.as_ref().ok(), &walk) {
            Ok(looked) => {
                for (examined, is_told) in &looked {
                    self.keep(site, language, examined, *is_told, &common);
                }
            }
            Err(why) => notices.push(why),
        }
        let mut is_untold = false;
        let examined = wanted.iter().map(|document| {
            let told = known(document);
            is_untold |= document.own.is_some() && !told.as_ref().is_some_and(|told| told.is_told);
            again(site, document, &told.map(|told| told.thens).unwrap_or_default())
        });
        let examined = examined.collect();
        if let Some(why) = past.err().filter(|_| is_untold) {
            let why = catalog.say(&why.message());
            notices.push(catalog.say(&Message::new("translations-no-past").with("why", why)));
        }
        (examined, notices)
    }

    /// Walks through the history of a language before anybody asks, as that takes longest.
    pub(super) fn warm(&self, site: &Site, languages: &[LanguageId]) {
        let Ok(past) = Past::open(&self.root) else { return };
        for language in languages.iter().filter(|language| !language.is_default()) {
            let all = own_paths(site, &documents(site, *language));
            let paths: Vec<&str> = all.iter().map(String::as_str).collect();
            // Whoever asks for a comparison is told what is wrong.
            let _ = self.walk(&past, &all, &paths);
        }
    }

    /// The commits that changed these files. What is not known yet is found together with that of all files of the
    /// language: the way is the same for one and for many.
    fn walk(&self, past: &Past, all: &[String], paths: &[&str]) -> Result<Walked, String> {
        if paths.is_empty() {
            return Ok(Walked::new());
        }
        let mut walks = self.walks();
        let head = past.head().map(|head| head.to_string()).unwrap_or_default();
        if walks.head != head {
            *walks = Walks { head, found: Walked::new() };
        }
        // Whoever else asks waits: to go the same way twice at a time takes twice as long.
        if paths.iter().any(|path| !walks.found.contains_key(*path)) {
            let wanted = all.iter().map(String::as_str).chain(paths.iter().copied());
            let wanted: Vec<&str> = wanted.collect::<BTreeSet<_>>().into_iter().collect();
            let mut found = walk(past, &wanted)?;
            for path in wanted {
                let changes = found.remove(path).unwrap_or_default();
                walks.found.insert(path.to_owned(), changes);
            }
        }
        let of = |path: &&str| {
            let changes = walks.found.get(*path).cloned().unwrap_or_default();
            ((*path).to_owned(), changes)
        };
        Ok(paths.iter().map(of).collect())
    }

    fn walks(&self) -> MutexGuard<'_, Walks> {
        self.walks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of a file as it is now.
    fn told(
        &self,
        site: &Site,
        language: LanguageId,
        document: &Document,
        common: &[String],
    ) -> Option<Told> {
        let told = self.known().get(&key(site, language, document)).cloned()?;
        let mut keys = document.units.iter().map(|unit| unit.name.key(site));
        let is_same = told.stamp == stamp(site, document, common);
        (is_same && keys.all(|key| told.thens.contains_key(key))).then_some(told)
    }

    fn keep(
        &self,
        site: &Site,
        language: LanguageId,
        examined: &Examined,
        is_told: bool,
        common: &[String],
    ) {
        let document = &examined.document;
        let (stamp, thens) = (stamp(site, document, common), thens(site, examined));
        let mut known = self.known();
        if known.len() >= MOST {
            known.clear();
        }
        let told = known.entry(key(site, language, document)).or_insert_with(|| Told {
            stamp,
            thens: BTreeMap::new(),
            is_told,
        });
        // Another page may have read other texts of the same file.
        if told.stamp != stamp {
            *told = Told { stamp, thens: BTreeMap::new(), is_told };
        }
        told.thens.extend(thens);
    }

    /// What translations were accepted; what is wrong with the list of it is said.
    fn lock(&self, site: &Site, language: LanguageId, notices: &mut Vec<String>) -> (String, Lock) {
        let path = Lock::path(site.config.language(language));
        let text = match read_if_there(&self.root, &path) {
            Ok(text) => text.unwrap_or_default(),
            Err(error) => {
                notices.push(format!("cannot read `{path}`: {error}"));
                String::new()
            }
        };
        let lock = Lock::parse(&text).unwrap_or_else(|fault| {
            notices.push(format!("{path}:{}:{}: {}", fault.line, fault.column, fault.message));
            Lock::default()
        });
        (text, lock)
    }
}

/// The files of translations that are there.
fn own_paths(site: &Site, documents: &[Document]) -> Vec<String> {
    let own = documents.iter().filter_map(|document| document.own);
    own.map(|file| site.sources.file(file).path.clone()).collect()
}

fn key(site: &Site, language: LanguageId, document: &Document) -> (LanguageId, String) {
    (language, site.sources.file(document.source).path.clone())
}

/// A name for a file and its counterpart as they are, and for what all files have in common.
fn stamp(site: &Site, document: &Document, common: &[String]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    let file = |file| site.sources.file(file).text.as_str();
    let own = document.own.map(file).unwrap_or_default();
    for part in common.iter().map(String::as_str).chain([file(document.source), own]) {
        hasher.update(&part.len().to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize()
}

/// Looks through the history for what files stand for, and whether anybody tells.
fn look(
    site: &Site,
    language: LanguageId,
    documents: &[Document],
    lock: &Lock,
    past: Option<&Past>,
    walk: &dyn Fn(&[&str]) -> Result<Walked, String>,
) -> Result<Vec<(Examined, bool)>, String> {
    // A commit that front matter names wrongly is for `translations status` to say.
    let origins = Origins::walked(site, language, documents, lock, past, walk)?.value;
    let examined = documents.iter().enumerate();
    let examined = examined.map(|(at, document)| Examined::new(site, at, document, &origins));
    let mut examined: Vec<Examined> = examined.collect();
    if let Some(past) = past {
        recall(site, &mut examined, past)?;
    }
    let is_told = |position: usize| origins.origin(position).is_some();
    Ok(examined.into_iter().enumerate().map(|(at, file)| (file, is_told(at))).collect())
}

fn thens(site: &Site, examined: &Examined) -> BTreeMap<String, Option<Then>> {
    let units = examined.units.iter();
    units.map(|unit| (unit.unit.name.key(site).to_owned(), unit.then.clone())).collect()
}

/// Holds a file beside its counterpart, where it is known what that stands for.
fn again(site: &Site, document: &Document, thens: &BTreeMap<String, Option<Then>>) -> Examined {
    let units = document.units.iter().map(|unit| {
        let then = thens.get(unit.name.key(site)).cloned().flatten();
        ExaminedUnit::new(site, unit, then)
    });
    Examined { units: units.collect(), document: document.clone() }
}
