//! How far a language is: pages, strings, sections and words, by product and by version.

use std::collections::BTreeMap;

use serde::Serialize;

use super::examined::{Examined, ExaminedUnit, State};
use super::then::Origin;
use super::units::UnitName;
use crate::model::{Orphan, Site};
use crate::source::FileId;
use crate::variant::{LanguageId, VersionId};

/// How far a language is.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageStatus {
    /// The language, as addresses have it.
    pub language: String,
    /// Its BCP 47 tag.
    pub tag: String,
    /// Its English name.
    pub name: String,
    /// All of it.
    #[serde(flatten)]
    pub all: Tally,
    /// The same for each product, by the folder of its pages; data belong to none.
    pub products: Vec<Part>,
    /// The same for the pages of each version, the newest first.
    pub versions: Vec<Part>,
    /// What of the translations has no source any more.
    pub orphans: Vec<OrphanStatus>,
    /// Each file of the source.
    pub files: Vec<FileStatus>,
}

/// A translation whose source is not there any more.
#[derive(Clone, Debug, Serialize)]
pub struct OrphanStatus {
    /// The file.
    pub file: String,
    /// The key of the value, list or map; none where the whole file has no source.
    pub key: Option<String>,
}

/// How far a part of the site is.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// How far it is.
    #[serde(flatten)]
    pub tally: Tally,
}

/// How far a part of the site is. What is damaged counts in another column as well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Pages. One counts by the worst that is in it.
    pub pages: Counts,
    /// Values of the data, and titles and leads of pages.
    pub strings: Counts,
    /// Sections of pages and of longer strings: a heading with what stands below it.
    pub sections: Counts,
    /// Words of the source.
    pub words: Counts,
}

/// So many, by what has become of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All.
    pub total: usize,
    /// Translated, and as new as the source.
    pub translated: usize,
    /// In the words of the source.
    pub identical: usize,
    /// Translated, but the source has changed since.
    pub stale: usize,
    /// Of pages: there is a translation, but not of all that the source says.
    pub incomplete: usize,
    /// Not translated.
    pub missing: usize,
    /// Translated, but so damaged that readers get the source.
    pub fallback: usize,
    /// With damage, whatever else is true of them.
    pub damaged: usize,
}

/// How far a file is.
#[derive(Clone, Debug, Serialize)]
pub struct FileStatus {
    /// The path of the source.
    pub source: String,
    /// The path of the translation, whether or not it is there.
    pub translation: String,
    /// The worst that is in it.
    pub state: &'static str,
    /// Who tells which text of the source it stands for: `commit`, `lock`, `history`, or nobody.
    pub origin: Option<&'static str>,
    /// Its sections and strings.
    pub sections: Counts,
    /// Its words.
    pub words: Counts,
    /// How many places of the translation are damaged.
    pub damage: usize,
}

impl Counts {
    fn add(&mut self, what: Worst, count: usize) {
        self.total += count;
        let field = match what {
            Worst::Translated => &mut self.translated,
            Worst::Identical => &mut self.identical,
            Worst::Stale => &mut self.stale,
            Worst::Incomplete => &mut self.incomplete,
            Worst::Missing => &mut self.missing,
            Worst::Fallback => &mut self.fallback,
        };
        *field += count;
    }

    fn extend(&mut self, other: &Self) {
        self.total += other.total;
        self.translated += other.translated;
        self.identical += other.identical;
        self.stale += other.stale;
        self.incomplete += other.incomplete;
        self.missing += other.missing;
        self.fallback += other.fallback;
        self.damaged += other.damaged;
    }

    /// How many a translator has to do something about, as far as that can be counted.
    pub fn open(&self) -> usize {
        self.stale + self.incomplete + self.missing + self.fallback
    }
}

impl Tally {
    fn extend(&mut self, other: &Self) {
        self.pages.extend(&other.pages);
        self.strings.extend(&other.strings);
        self.sections.extend(&other.sections);
        self.words.extend(&other.words);
    }
}

/// The worst that is true of something, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Worst {
    Identical,
    Translated,
    Stale,
    Incomplete,
    Missing,
    Fallback,
}

impl Worst {
    fn name(self) -> &'static str {
        match self {
            Self::Translated => "translated",
            Self::Identical => "identical",
            Self::Stale => "stale",
            Self::Incomplete => "incomplete",
            Self::Missing => "missing",
            Self::Fallback => "fallback",
        }
    }

    fn of(state: State) -> Option<Self> {
        match state {
            State::Wordless => None,
            State::Translated => Some(Self::Translated),
            State::Identical => Some(Self::Identical),
            State::Stale => Some(Self::Stale),
            State::Missing => Some(Self::Missing),
            State::Fallback => Some(Self::Fallback),
        }
    }
}

impl LanguageStatus {
    /// How far `language` is. `damage` says how many places of a translated file are damaged.
    pub fn new(
        site: &Site,
        language: LanguageId,
        examined: &[Examined],
        origin: &dyn Fn(usize) -> Option<Origin>,
        damage: &dyn Fn(FileId) -> usize,
    ) -> Self {
        let settings = site.config.language(language);
        let mut all = Tally::default();
        let mut products: BTreeMap<String, Tally> = BTreeMap::new();
        let mut versions: BTreeMap<VersionId, Tally> = BTreeMap::new();
        let mut files = Vec::with_capacity(examined.len());
        for (position, examined) in examined.iter().enumerate() {
            let damage = examined.document.own.map_or(0, damage);
            let file = File::new(site, examined, damage);
            all.extend(&file.tally);
            if let Some(page) = examined.document.page {
                let page = site.page(page);
                let product = page.path.split_once('/').map_or("", |(product, _)| product);
                products.entry(product.to_owned()).or_default().extend(&file.tally);
                for version in page.versions.iter() {
                    versions.entry(version).or_default().extend(&file.tally);
                }
            }
            files.push(file.status(site, examined, origin(position)));
        }
        let part = |(name, tally)| Part { name, tally };
        let version = |(version, tally)| (site.config.versions.get(version).id.clone(), tally);
        let orphans = site.orphans.iter().filter(|orphan| orphan.language == language);
        let orphan = |orphan: &Orphan| OrphanStatus {
            file: site.sources.file(orphan.file).path.clone(),
            key: orphan.key.clone(),
        };
        Self {
            language: settings.code.clone(),
            tag: settings.tag.clone(),
            name: settings.name.clone(),
            all,
            products: products.into_iter().map(part).collect(),
            versions: versions.into_iter().map(version).map(part).collect(),
            orphans: orphans.map(orphan).collect(),
            files,
        }
    }
}

/// A file as it counts.
struct File {
    tally: Tally,
    worst: Worst,
    damage: usize,
}

impl File {
    fn new(site: &Site, examined: &Examined, damage: usize) -> Self {
        let mut tally = Tally::default();
        tally.sections.damaged = damage;
        let mut worst = Worst::Identical;
        for unit in &examined.units {
            let mut of_unit = None;
            for (section, words) in sections(unit) {
                tally.sections.add(section, 1);
                of_unit = of_unit.max(Some(section));
                worst = worst.max(section);
                for (state, count) in words {
                    tally.words.add(state, count);
                }
            }
            if unit.unit.name != UnitName::Body {
                tally.strings.extend(&one(of_unit));
            }
        }
        if examined.document.page.is_some() {
            // A page of which there is something is not missing.
            let page = match worst {
                _ if examined.document.own.is_none() => Worst::Missing,
                Worst::Missing => Worst::Incomplete,
                worst => worst,
            };
            let is_identical = examined
                .units
                .iter()
                .all(|unit| unit.source.words() == 0 || unit.is_identical(site));
            worst =
                if page == Worst::Identical && !is_identical { Worst::Translated } else { page };
            tally.pages.add(worst, 1);
            tally.pages.damaged = usize::from(damage > 0);
        }
        Self { tally, worst, damage }
    }

    fn status(&self, site: &Site, examined: &Examined, origin: Option<Origin>) -> FileStatus {
        let document = &examined.document;
        let name = |origin| match origin {
            Origin::Commit => "commit",
            Origin::Lock => "lock",
            Origin::History => "history",
        };
        FileStatus {
            source: site.sources.file(document.source).path.clone(),
            translation: document.own_path.clone(),
            state: self.worst.name(),
            origin: origin.map(name),
            sections: self.tally.sections,
            words: self.tally.words,
            damage: self.damage,
        }
    }
}

fn one(worst: Option<Worst>) -> Counts {
    let mut counts = Counts::default();
    if let Some(worst) = worst {
        counts.add(worst, 1);
    }
    counts
}

/// What has become of each section of a text that has words, with its words.
fn sections(unit: &ExaminedUnit) -> Vec<(Worst, Vec<(Worst, usize)>)> {
    let stale = unit.stale_sections();
    let mut sections = Vec::new();
    for (position, section) in unit.source.sections.iter().enumerate() {
        let segments = section.segments.clone();
        let words: Vec<(Worst, usize)> = segments
            .filter_map(|at| Some((Worst::of(unit.states[at])?, unit.source.list[at].words)))
            .collect();
        let Some(worst) = words.iter().map(|(worst, _)| *worst).max() else { continue };
        // One that has changed is to be brought up to date as a whole.
        let worst = if stale.contains(&position) { Worst::Stale } else { worst };
        sections.push((worst, words));
    }
    sections
}
