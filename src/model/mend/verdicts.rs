//! Verdicts about the translations of the site before, and which of them still hold.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::cycles::{Cycle, cycles};
use super::judge::Verdict;
use super::vocabulary::{Vocabulary, Words};
use super::{Judged, strings};
use crate::model::data::{Branch, Data, Datum, DatumValue};
use crate::model::page::PageId;
use crate::source::{FileId, SourceFile, Sources, TextId};

/// What was found out about the translations of a site, with all that it was found out from.
#[derive(Debug, Default)]
pub(crate) struct Verdicts {
    pub(super) vocabulary: Vocabulary,
    /// The words of each file of the default language.
    learned: HashMap<FileId, Learned>,
    keys: Vec<String>,
    tree: Arc<Branch>,
    routes: HashMap<String, PageId>,
    /// By the text of the translation.
    kept: HashMap<TextId, Kept>,
    round: usize,
    cycles: Option<KnownCycles>,
}

/// The cycles of references, and the files of the texts that they were looked for in.
#[derive(Debug)]
struct KnownCycles {
    files: Vec<Arc<SourceFile>>,
    cycles: Vec<Cycle>,
}

#[derive(Debug)]
struct Learned {
    file: Arc<SourceFile>,
    texts: Vec<u32>,
    words: Words,
    round: usize,
}

/// A verdict, and what it is about.
#[derive(Debug)]
pub(super) struct Kept {
    own: Arc<SourceFile>,
    source: Arc<SourceFile>,
    text: TextId,
    pub(super) verdict: Option<Verdict>,
    /// Whether it hangs on what other files say.
    is_worldly: bool,
}

impl Verdicts {
    /// Takes in what the site knows now. Where that is other than before, verdicts that hang on it are forgotten.
    pub(super) fn look_around(&mut self, site: &Judged<'_>) {
        let is_other =
            [self.learn(site), self.has_other_keys(site.data), self.routes != *site.routes];
        if is_other[1] {
            self.cycles = None;
        }
        if is_other[2] {
            self.routes.clone_from(site.routes);
        }
        if is_other.contains(&true) {
            self.kept.retain(|_, kept| !kept.is_worldly);
        }
    }

    /// Learns the words of all sources; whether the vocabulary is another than before.
    fn learn(&mut self, site: &Judged<'_>) -> bool {
        self.round += 1;
        let mut is_other = false;
        for (file, texts) in by_file(site) {
            is_other |= self.learn_file(site.sources, file, texts);
        }
        let round = self.round;
        let vocabulary = &mut self.vocabulary;
        self.learned.retain(|_, learned| {
            let is_here = learned.round == round;
            is_other |= !is_here && vocabulary.forget(&learned.words);
            is_here
        });
        is_other
    }

    fn learn_file(&mut self, sources: &Sources, id: FileId, texts: Vec<u32>) -> bool {
        let file = sources.shared(id);
        let mut is_other = false;
        if let Some(learned) = self.learned.get_mut(&id) {
            if Arc::ptr_eq(&learned.file, file) && learned.texts == texts {
                learned.round = self.round;
                return false;
            }
            is_other = self.vocabulary.forget(&learned.words);
        }
        let mut words = Words::default();
        texts.iter().for_each(|text| words.add(file.text(*text)));
        is_other |= self.vocabulary.learn(&words);
        let learned = Learned { file: file.clone(), texts, words, round: self.round };
        self.learned.insert(id, learned);
        is_other
    }

    fn has_other_keys(&mut self, data: &Data) -> bool {
        let keys = || data.values().iter().map(|datum| &*datum.key);
        let is_same = self.tree == *data.tree() && keys().eq(self.keys.iter().map(String::as_str));
        if !is_same {
            self.keys = keys().map(str::to_owned).collect();
            self.tree = data.tree().clone();
        }
        !is_same
    }

    /// The cycles of references in the data; they are looked for where any of its files is another.
    pub(super) fn cycles(&mut self, data: &Data, sources: &Sources) -> Vec<Cycle> {
        let mut ids: Vec<FileId> = data
            .values()
            .iter()
            .flat_map(Datum::all)
            .map(|(.., value)| value.text().file)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let files: Vec<Arc<SourceFile>> =
            ids.into_iter().map(|file| sources.shared(file).clone()).collect();
        let is_same = |known: &KnownCycles| {
            known.files.len() == files.len()
                && known.files.iter().zip(&files).all(|(one, other)| Arc::ptr_eq(one, other))
        };
        if let Some(known) = self.cycles.as_ref().filter(|known| is_same(known)) {
            return known.cycles.clone();
        }
        let cycles = cycles(data, &|text| text.source(sources));
        self.cycles = Some(KnownCycles { files, cycles: cycles.clone() });
        cycles
    }

    /// The verdicts that were kept; none are kept then.
    pub(super) fn take(&mut self) -> HashMap<TextId, Kept> {
        std::mem::take(&mut self.kept)
    }

    /// Keeps verdicts, by the text that each is about.
    pub(super) fn keep(&mut self, kept: HashMap<TextId, Kept>) {
        self.kept = kept;
    }
}

impl Kept {
    /// A verdict about a translation beside its source.
    pub(super) fn new(
        sources: &Sources,
        (own, source): (TextId, TextId),
        verdict: Option<Verdict>,
        is_worldly: bool,
    ) -> Self {
        let file = |text: TextId| sources.shared(text.file).clone();
        Self { own: file(own), source: file(source), text: source, verdict, is_worldly }
    }

    /// Whether it is about these very texts.
    pub(super) fn is_about(&self, sources: &Sources, (own, source): (TextId, TextId)) -> bool {
        self.text == source
            && Arc::ptr_eq(&self.own, sources.shared(own.file))
            && Arc::ptr_eq(&self.source, sources.shared(source.file))
    }
}

/// The texts of the default language, file after file.
fn by_file(site: &Judged<'_>) -> BTreeMap<FileId, Vec<u32>> {
    let pages = site.pages.iter().flat_map(|page| strings(&page.source).into_iter().flatten());
    let data = site.data.values().iter().filter_map(|datum| match datum.source() {
        Some(DatumValue::Text(text)) => Some(text),
        _ => None,
    });
    let mut files: BTreeMap<FileId, Vec<u32>> = BTreeMap::new();
    for text in pages.chain(data) {
        files.entry(text.id.file).or_default().push(text.id.index);
    }
    files
}
