//! What a change reaches: the pages, by version and language, whose bytes are other than before.
//!
//! It is found out by rendering, and not by guessing: pages that read nothing of what changed are left out, as they
//! cannot differ; the others are rendered and compared.

mod chain;
mod report;

pub use report::{Report, Step};

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Changes, Page, PageId};
use crate::render::{self, Form, Output, Prepared, Reads, Requested};
use crate::source::{FileId, Span, TextId};
use crate::variant::Variant;

/// What all pages of a site look like, each by a hash, and what they read.
#[derive(Debug, Default)]
pub struct Index {
    pages: BTreeMap<PageId, Vec<Known>>,
}

/// Whether to go on; asked for each page.
pub type GoOn<'a> = &'a (dyn Fn() -> bool + Sync);

/// Somebody had something better to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// Whoever has the time to wait.
pub const TO_THE_END: GoOn<'static> = &|| true;

/// A page in a variant.
#[derive(Debug)]
struct Known {
    variant: Variant,
    hash: blake3::Hash,
    reads: Reads,
}

/// What became of a page in a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Its bytes are other than before.
    Changed,
    /// It was not there before.
    Added,
    /// It is no longer there.
    Removed,
}

/// A page that a change reaches.
#[derive(Debug)]
pub struct AffectedPage {
    /// Its path below `content`.
    pub path: String,
    /// What became of it, by variant.
    pub variants: BTreeMap<Variant, Effect>,
    /// The way from the page to what changed.
    pub chain: Vec<Step>,
}

impl Index {
    /// Renders all pages of a site, unless `go_on` says in the middle that somebody has something better to do.
    pub fn new(prepared: &Prepared<'_>, go_on: GoOn<'_>) -> Result<Self, Stopped> {
        let mut index = Self::default();
        index.add(prepared, &|_| true, go_on)?;
        Ok(index)
    }

    /// How many pages there are, each counting once for each of its variants.
    pub fn len(&self) -> usize {
        self.pages.values().map(Vec::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    fn add(
        &mut self,
        prepared: &Prepared<'_>,
        is_wanted: &dyn Fn(&Page) -> bool,
        go_on: GoOn<'_>,
    ) -> Result<(), Stopped> {
        let put = |output: Output| {
            if !go_on() {
                return Err(Stopped);
            }
            let Some(Requested::Page(page, variant, Form::Html)) = prepared.requested(&output.path)
            else {
                return Ok(None);
            };
            let hash = blake3::hash(&output.bytes);
            Ok(Some((page, Known { variant, hash, reads: output.reads })))
        };
        let made = render::pages(prepared, is_wanted, &put)?;
        for (page, known) in made.into_iter().flatten() {
            let variants = self.pages.entry(page).or_default();
            // The home page has two files with the same bytes.
            if variants.iter().all(|other| other.variant != known.variant) {
                variants.push(known);
            }
        }
        Ok(())
    }

    /// Whether a page can look otherwise after these changes.
    fn may_differ(&self, page: &Page, changes: &Changes) -> bool {
        let Some(known) = self.pages.get(&page.id) else { return true };
        let files = std::iter::once(&page.source).chain(page.translations.values());
        changes.structure
            || files.into_iter().any(|edition| changes.reach_file(edition.file))
            || known.iter().any(|known| changes.reach(known.reads.texts()))
    }

    /// The index of the site after these changes, and the pages that they reach. Both sites were made from one shelf.
    pub fn after(
        &self,
        before: &Prepared<'_>,
        now: &Prepared<'_>,
        changes: &Changes,
        go_on: GoOn<'_>,
    ) -> Result<(Self, Vec<AffectedPage>), Stopped> {
        let mut index = Self::default();
        index.add(now, &|page| self.may_differ(page, changes), go_on)?;
        let mut affected = Vec::new();
        for (one, other) in paired(before, now) {
            let old = one.and_then(|page| self.pages.get(&page));
            let new = other.and_then(|page| index.pages.get(&page));
            let is_same = new.is_none()
                && other.is_some_and(|page| !self.may_differ(now.site().page(page), changes));
            if is_same {
                continue;
            }
            let variants = effects(old.map_or(&[], Vec::as_slice), new.map_or(&[], Vec::as_slice));
            if variants.is_empty() {
                continue;
            }
            let path = match (other, one) {
                (Some(page), _) => now.site().page(page).path.clone(),
                (None, Some(page)) => before.site().page(page).path.clone(),
                (None, None) => continue,
            };
            let reads = new.or(old).into_iter().flatten().map(|known| &known.reads);
            let chain =
                other.map_or_else(Vec::new, |page| chain::chain(now.site(), page, changes, reads));
            affected.push(AffectedPage { path, variants, chain });
        }
        Ok((index.with_rest_of(self, now, changes), affected))
    }

    /// What was not rendered again is as it was.
    fn with_rest_of(mut self, before: &Self, now: &Prepared<'_>, changes: &Changes) -> Self {
        if changes.structure {
            return self;
        }
        for page in &now.site().pages {
            let known = before.pages.get(&page.id).filter(|_| !self.pages.contains_key(&page.id));
            if let Some(known) = known {
                self.pages.insert(page.id, known.iter().map(Known::again).collect());
            }
        }
        self
    }

    /// The same with other variants, as another configuration counts them. Those that it does not have are left out.
    #[must_use]
    pub fn renamed(mut self, today: &dyn Fn(Variant) -> Option<Variant>) -> Self {
        for variants in self.pages.values_mut() {
            let known = std::mem::take(variants).into_iter();
            let renamed = |known: Known| Some(Known { variant: today(known.variant)?, ..known });
            *variants = known.filter_map(renamed).collect();
        }
        self
    }

    /// All pages.
    pub fn all(&self, prepared: &Prepared<'_>) -> Vec<AffectedPage> {
        let page = |(page, variants): (&PageId, &Vec<Known>)| AffectedPage {
            path: prepared.site().page(*page).path.clone(),
            variants: variants.iter().map(|known| (known.variant, Effect::Changed)).collect(),
            chain: Vec::new(),
        };
        self.pages.iter().map(page).collect()
    }

    /// The pages that read any of these files.
    pub fn readers(&self, prepared: &Prepared<'_>, files: &BTreeSet<FileId>) -> Vec<AffectedPage> {
        let site = prepared.site();
        let reader = |(page, variants): (&PageId, &Vec<Known>)| {
            let reading: Vec<&Known> =
                variants.iter().filter(|known| !known.reads.files().is_disjoint(files)).collect();
            let first = reading.first()?;
            let variants = reading.iter().map(|known| (known.variant, Effect::Changed)).collect();
            let chain = chain::to_files(site, *page, files, &first.reads);
            Some(AffectedPage { path: site.page(*page).path.clone(), variants, chain })
        };
        self.pages.iter().filter_map(reader).collect()
    }
}

impl Known {
    fn again(&self) -> Self {
        Self { variant: self.variant, hash: self.hash, reads: self.reads.clone() }
    }
}

/// The pages of two sites by their paths.
fn paired(before: &Prepared<'_>, now: &Prepared<'_>) -> Vec<(Option<PageId>, Option<PageId>)> {
    let mut pages: BTreeMap<&str, (Option<PageId>, Option<PageId>)> = BTreeMap::new();
    for page in &before.site().pages {
        pages.entry(&page.path).or_default().0 = Some(page.id);
    }
    for page in &now.site().pages {
        pages.entry(&page.path).or_default().1 = Some(page.id);
    }
    pages.into_values().collect()
}

/// What became of each variant of a page; nothing where it is as it was.
fn effects(before: &[Known], now: &[Known]) -> BTreeMap<Variant, Effect> {
    let mut effects = BTreeMap::new();
    for known in before {
        match now.iter().find(|other| other.variant == known.variant) {
            None => drop(effects.insert(known.variant, Effect::Removed)),
            Some(other) if other.hash != known.hash => {
                effects.insert(known.variant, Effect::Changed);
            }
            Some(_) => {}
        }
    }
    let is_new = |known: &&Known| before.iter().all(|other| other.variant != known.variant);
    effects.extend(now.iter().filter(is_new).map(|known| (known.variant, Effect::Added)));
    effects
}

/// The place of a text.
fn place(text: TextId) -> Span {
    Span::new(text, 0..0)
}
