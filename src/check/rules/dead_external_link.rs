//! Addresses of other sites where nobody gets anything. Who asks them tells the answers.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::external_link::{absolute, fault};
use super::gather::{Gathered, links};
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::render::{Leads, LinkFact, PageFacts};

/// The addresses of the web that links of pages lead to, each once, without places on a page. Those that cannot be
/// right are left out.
pub fn external_addresses(facts: &[PageFacts]) -> BTreeSet<String> {
    links(facts).filter_map(|(_, link)| asked(link)).collect()
}

/// The links whose addresses are dead; `dead` tells why, by the names of [`external_addresses`].
pub fn dead_external_links(facts: &[PageFacts], dead: &BTreeMap<String, String>) -> Vec<Finding> {
    let mut found = Gathered::new();
    for (text, link) in links(facts) {
        if let Some(why) = asked(link).and_then(|address| dead.get(&address)) {
            found.add(&link.place, (&*link.address, why), text);
        }
    }
    found.findings(|span, (address, why), _| {
        let message = format!("`{address}` does not answer: {why}");
        Diagnostic::new(codes::DEAD_EXTERNAL_LINK, span, message)
            .hint("correct the address, or remove the link")
    })
}

/// The address that is asked for a link.
fn asked(link: &LinkFact) -> Option<String> {
    if link.leads != Leads::Away || fault(&link.address).is_some() {
        return None;
    }
    let mut url = Url::parse(&absolute(&link.address)).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    url.set_fragment(None);
    Some(url.into())
}
