//! What stands in one place of the source and shows in many pages, put together.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Finding};
use crate::render::{HeadingFact, ImageFact, LinkFact, PageFacts, Place, ShownText};
use crate::source::Span;
use crate::variant::VariantSet;

/// Places with what is to be said of each, and the pages that show it.
pub(super) struct Gathered<'a, K>(BTreeMap<(Span, K), Reach<'a>>);

/// Addresses by the place that they are written in. Liquid may compute several in one place, by version or in a loop.
pub(super) struct Addresses<'a, K>(BTreeMap<(Span, K), BTreeSet<&'a str>>);

/// How far something reaches.
pub(super) struct Reach<'a> {
    /// The inclusions on the first way to it.
    trace: &'a [Span],
    /// How many pages show it, one counting once for each variant.
    pages: usize,
    /// The variants in which it shows.
    pub(super) variants: VariantSet,
}

impl<'a, K: Ord> Gathered<'a, K> {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Takes in a place that shows in all variants of a text.
    pub(super) fn add(&mut self, place: &'a Place, what: K, text: &ShownText) {
        self.add_in(place, what, &text.variants);
    }

    /// Takes in a place that shows in these variants of a page.
    pub(super) fn add_in(&mut self, place: &'a Place, what: K, variants: &VariantSet) {
        let first = || Reach { trace: &place.trace, pages: 0, variants: VariantSet::default() };
        let reach = self.0.entry((place.span, what)).or_insert_with(first);
        reach.pages += variants.len();
        reach.variants.add_all(variants);
    }

    /// What is said of the places.
    pub(super) fn said(&self) -> impl Iterator<Item = &K> {
        self.0.keys().map(|(_, what)| what)
    }

    /// A finding for each place.
    pub(super) fn findings(
        self,
        finding: impl Fn(Span, &K, &VariantSet) -> Diagnostic,
    ) -> Vec<Finding> {
        let made = self.0.into_iter().map(|((span, what), reach)| Finding {
            diagnostic: finding(span, &what, &reach.variants).trace(reach.trace.to_vec()),
            pages: reach.pages,
            variants: reach.variants,
        });
        made.collect()
    }
}

impl<'a, K: Ord> Addresses<'a, K> {
    /// None yet.
    pub(super) fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Takes in one.
    pub(super) fn add(&mut self, place: &Place, what: K, address: &'a str) {
        self.0.entry((place.span, what)).or_default().insert(address);
    }

    /// Those of a place.
    pub(super) fn of(&self, span: Span, what: K) -> impl ExactSizeIterator<Item = &'a str> {
        self.0.get(&(span, what)).into_iter().flatten().copied().collect::<Vec<_>>().into_iter()
    }
}

/// The links of pages.
pub(super) fn links(facts: &[PageFacts]) -> impl Iterator<Item = (&ShownText, &LinkFact)> {
    texts(facts).flat_map(|text| text.facts.links.iter().map(move |link| (text, link)))
}

/// The images of pages.
pub(super) fn images(facts: &[PageFacts]) -> impl Iterator<Item = (&ShownText, &ImageFact)> {
    texts(facts).flat_map(|text| text.facts.images.iter().map(move |image| (text, image)))
}

/// The headings of each text.
pub(super) fn headings(facts: &[PageFacts]) -> impl Iterator<Item = (&ShownText, &[HeadingFact])> {
    texts(facts).map(|text| (text, &*text.facts.headings))
}

fn texts(facts: &[PageFacts]) -> impl Iterator<Item = &ShownText> {
    facts.iter().flat_map(|page| &page.texts)
}
