//! Links to pages that a version of the text does not have: readers are led into another version.

use std::collections::BTreeMap;

use super::gather::{Gathered, links};
use super::wording::only_in;
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::model::{PageId, Site};
use crate::render::{Leads, PageFacts};
use crate::source::Span;
use crate::variant::VariantSet;

pub(super) fn rule(site: &Site, facts: &[PageFacts]) -> Vec<Finding> {
    let mut leaving = Gathered::new();
    // Where the same link is in all variants, for the words of the message.
    let mut all: BTreeMap<(Span, PageId), VariantSet> = BTreeMap::new();
    for (text, link) in links(facts) {
        let Leads::Page { page, asked: None, .. } = link.leads else { continue };
        let has = site.page(page).versions;
        let mut without = VariantSet::default();
        for (language, versions) in text.variants.iter() {
            without.add(language, versions.minus(has));
        }
        if !without.is_empty() {
            leaving.add_in(&link.place, page, &without);
        }
        all.entry((link.place.span, page)).or_default().add_all(&text.variants);
    }
    leaving.findings(|span, page, without| {
        let path = &site.page(*page).path;
        let everywhere = all.get(&(span, *page)).unwrap_or(without);
        let message = match &*only_in(site, without, everywhere) {
            "" => format!("`content/{path}` is in none of the versions that have this link"),
            only => format!("the link leads to `content/{path}`, which is not there{only}"),
        };
        Diagnostic::new(codes::LINK_LEAVES_VERSION, span, message)
            .hint("put the link into a condition, or give the page these versions")
    })
}
