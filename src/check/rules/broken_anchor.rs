//! Links to a place on a page that is not there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use percent_encoding::percent_decode_str;

use super::Judged;
use super::gather::Gathered;
use super::wording::only_in;
use crate::diagnostic::{Diagnostic, Finding, HINTED, codes, nearest};
use crate::model::PageId;
use crate::render::{Leads, LinkFact, PageFacts, ShownText};
use crate::source::Span;
use crate::variant::{Variant, VariantSet, VersionSet};

pub(super) fn rule(judged: Judged<'_>) -> Vec<Finding> {
    let pages = Pages::new(judged);
    let mut dead = Gathered::new();
    let mut all: BTreeMap<(Span, PageId), VariantSet> = BTreeMap::new();
    for from in judged.facts {
        for (text, link, target, fragment) in from.texts.iter().flat_map(|text| wanted(from, text))
        {
            let lost = pages.lost(text, target, fragment);
            if !lost.is_empty() {
                dead.add_in(&link.place, (target.page, fragment), &lost);
            }
            all.entry((link.place.span, target.page)).or_default().add_all(&text.variants);
        }
    }
    let distinct: BTreeSet<(PageId, &str)> = dead.said().copied().collect();
    let few = distinct.len() <= HINTED;
    let near: HashMap<(PageId, &str), Option<&str>> = distinct
        .into_iter()
        .map(|(page, fragment)| {
            // Many are those of a page that is another one now: what was meant is not on it.
            let known = || nearest(fragment, pages.anchors(page));
            ((page, fragment), if few || pages.is_small(page) { known() } else { None })
        })
        .collect();
    dead.findings(|span, (page, fragment), lost| {
        let path = &judged.site.page(*page).path;
        let everywhere = all.get(&(span, *page)).unwrap_or(lost);
        let only = only_in(judged.site, lost, everywhere);
        let message = format!("`content/{path}` has no heading or anchor `{fragment}`{only}");
        let finding = Diagnostic::new(codes::BROKEN_ANCHOR, span, message);
        match near.get(&(*page, *fragment)).copied().flatten() {
            Some(near) if near != *fragment => finding.hint(format!("did you mean `#{near}`?")),
            _ => finding.hint("correct the part behind `#`, or leave it out"),
        }
    })
}

/// A page that a link leads to, in the version that the link names, else in that of the reader.
#[derive(Clone, Copy)]
struct Target {
    page: PageId,
    asked: Option<crate::variant::VersionId>,
}

/// The links of a text that ask for a place, with the page and the place.
fn wanted<'a>(
    from: &'a PageFacts,
    text: &'a ShownText,
) -> impl Iterator<Item = (&'a ShownText, &'a LinkFact, Target, &'a str)> {
    text.facts.links.iter().filter_map(move |link| {
        let target = match link.leads {
            Leads::Page { page, asked, .. } => Target { page, asked },
            Leads::Here => Target { page: from.page, asked: None },
            _ => return None,
        };
        // The top of a page is always there, and `:~:` is for browsers.
        let fragment = link.fragment()?;
        let is_place = !matches!(fragment, "" | "top") && !fragment.starts_with(":~:");
        is_place.then_some((text, link, target, fragment))
    })
}

struct Pages<'a> {
    judged: Judged<'a>,
    /// The anchors of each page that was rendered, with the variants that have them.
    by_page: HashMap<PageId, BTreeMap<&'a str, VariantSet>>,
    /// What the theme puts into every page.
    theme: BTreeSet<&'a str>,
}

impl<'a> Pages<'a> {
    fn new(judged: Judged<'a>) -> Self {
        let by_page = judged.facts.iter().map(|facts| (facts.page, facts.all_anchors())).collect();
        Self { judged, by_page, theme: judged.prepared.theme_anchors().collect() }
    }

    /// The variants of a text whose readers do not find the place.
    fn lost(&self, text: &ShownText, target: Target, fragment: &str) -> VariantSet {
        let decoded = percent_decode_str(fragment).decode_utf8_lossy();
        let mut lost = VariantSet::default();
        let Some(anchors) = self.by_page.get(&target.page) else { return lost };
        if self.theme.contains(&*decoded) || self.judged.torn.contains(&target.page) {
            return lost;
        }
        for variant in text.variants.variants() {
            let asked = target.asked.unwrap_or(variant.version);
            let version = self.judged.site.nearest_version(target.page, asked);
            // Of versions that are not built nothing is known.
            let version = version.filter(|it| self.judged.prepared.versions().contains(*it));
            let there = version.map(|version| Variant { version, ..variant });
            let has = |there| anchors.get(&*decoded).is_some_and(|known| known.contains(there));
            if there.is_some_and(|there| !has(there)) {
                lost.add(variant.language, VersionSet::only(variant.version));
            }
        }
        lost
    }

    /// All anchors of a page in any variant.
    fn anchors(&self, page: PageId) -> BTreeSet<&'a str> {
        self.by_page.get(&page).into_iter().flat_map(BTreeMap::keys).copied().collect()
    }

    /// Whether a page has few enough anchors to look for one that may be meant.
    fn is_small(&self, page: PageId) -> bool {
        self.by_page.get(&page).is_some_and(|anchors| anchors.len() <= HINTED)
    }
}
