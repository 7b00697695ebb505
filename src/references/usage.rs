//! Who uses something, directly and through others, and how many pages that reaches.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use rayon::prelude::*;

use super::{Reference, References, Target};
use crate::model::{Branch, DataId, Page, PageId, Site};
use crate::render::Prepared;
use crate::source::{FileId, TextId};
use crate::variant::{LanguageId, Variant, VariantSet};

/// A place that comes to something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// What stands there.
    pub reference: Reference,
    /// What is between the place and the thing, the nearest to the place first; nothing where the place names the
    /// thing itself.
    pub through: Vec<Target>,
}

/// Every place that comes to something, the direct ones first, then those one step away. What holds a reference is
/// followed once, on the shortest way.
pub fn uses(site: &Site, references: &References, target: &Target) -> Vec<Use> {
    let holders = holders(site);
    let mut seen = BTreeSet::from([target.clone()]);
    let mut queue = VecDeque::from([(target.clone(), Vec::new())]);
    let mut found = Vec::new();
    while let Some((next, through)) = queue.pop_front() {
        for reference in references.to(&next) {
            let holder = holders.get(&reference.from());
            if let Some(holder) = holder.filter(|holder| seen.insert((*holder).clone())) {
                let mut way = vec![holder.clone()];
                way.extend(through.iter().cloned());
                queue.push_back((holder.clone(), way));
            }
            found.push(Use { reference: reference.clone(), through: through.clone() });
        }
    }
    found
}

/// The value or include that each text is of which something else can refer to.
pub(super) fn holders(site: &Site) -> HashMap<TextId, Target> {
    let values = site.data.values().iter().flat_map(|datum| {
        datum.all().map(|(_, _, value)| (value.text(), Target::Data(datum.key.clone())))
    });
    let includes =
        site.includes.iter().map(|(name, text)| (text.id, Target::Include(name.clone())));
    values.chain(includes).collect()
}

/// The pages that something reaches, each with its variants: those whose own text was made with it.
///
/// Data and includes are followed by rendering, so that a version counts only where it comes to them. A page that
/// names a feature, a picture or another page itself counts in all of its versions.
pub fn reached(
    prepared: &Prepared<'_>,
    uses: &[Use],
    target: &Target,
) -> BTreeMap<PageId, VariantSet> {
    let site = prepared.site();
    let pages = pages_by_file(site);
    let page_of = |used: &Use| pages.get(&used.reference.from().file).copied();
    let candidates: BTreeSet<PageId> = uses.iter().filter_map(page_of).map(|it| it.0).collect();
    let is_evaluated = matches!(target, Target::Data(_) | Target::Include(_));
    let texts: BTreeSet<TextId> = match is_evaluated {
        true => texts_of(site, target),
        false => {
            uses.iter().flat_map(|used| &used.through).flat_map(|it| texts_of(site, it)).collect()
        }
    };
    let candidates: Vec<PageId> = candidates.into_iter().collect();
    let of_page = |page: &PageId| (*page, variants(prepared, *page, &texts));
    let mut found: BTreeMap<PageId, VariantSet> = candidates.par_iter().map(of_page).collect();
    for used in uses.iter().filter(|used| !is_evaluated && used.through.is_empty()) {
        let Some((page, language)) = page_of(used) else { continue };
        let variants = found.entry(page).or_default();
        for shown in shown_in(site.page(page), language, prepared) {
            variants.add(shown, site.page(page).versions.and(prepared.versions()));
        }
    }
    found.retain(|_, variants| !variants.is_empty());
    found
}

/// The variants of a page whose own text was made from one of these texts.
fn variants(prepared: &Prepared<'_>, page: PageId, texts: &BTreeSet<TextId>) -> VariantSet {
    let mut found = VariantSet::default();
    if texts.is_empty() {
        return found;
    }
    let versions = prepared.site().page(page).versions.and(prepared.versions());
    for language in prepared.languages().iter().copied() {
        let bodies = prepared.page_bodies(page, language);
        let is_read = |version: &_| {
            let reads = prepared.own_reads(&bodies, Variant { language, version: *version });
            reads.iter().any(|read| texts.contains(read))
        };
        found.add(language, versions.iter().filter(is_read).collect());
    }
    found
}

/// The languages that show the text of a page in this language.
fn shown_in(page: &Page, language: LanguageId, prepared: &Prepared<'_>) -> Vec<LanguageId> {
    let own = |other: &LanguageId| {
        *other == language || (language.is_default() && page.edition(*other).is_none())
    };
    prepared.languages().iter().copied().filter(own).collect()
}

/// The page and the language of each file of a page.
pub fn pages_by_file(site: &Site) -> HashMap<FileId, (PageId, LanguageId)> {
    let editions = site.pages.iter().flat_map(|page| {
        let translations = page.translations.iter();
        let own = (page.source.file, (page.id, LanguageId::DEFAULT));
        std::iter::once(own)
            .chain(translations.map(|(language, edition)| (edition.file, (page.id, *language))))
    });
    editions.collect()
}

/// The texts of data or of an include.
fn texts_of(site: &Site, target: &Target) -> BTreeSet<TextId> {
    match target {
        Target::Data(key) => {
            let found = site.data.branch(key).map(leaves).unwrap_or_default();
            let values = found.into_iter().flat_map(|id| site.data.get(id).all());
            values.map(|(_, _, value)| value.text()).collect()
        }
        Target::Include(name) => site.includes.get(name).map(|text| text.id).into_iter().collect(),
        Target::Feature(_) | Target::Asset(_) | Target::Page(_) => BTreeSet::new(),
    }
}

/// The values in a part of the tree of data.
pub fn leaves(branch: &Branch) -> Vec<DataId> {
    match branch {
        Branch::Leaf(id) => vec![*id],
        Branch::List(items) => items.iter().flat_map(leaves).collect(),
        Branch::Map(entries) => entries.iter().flat_map(|(_, branch)| leaves(branch)).collect(),
    }
}
