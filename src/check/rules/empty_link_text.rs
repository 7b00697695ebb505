//! Links without anything to read in them.

use super::gather::{Gathered, links};
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::model::Site;
use crate::render::PageFacts;

pub(super) fn rule(_: &Site, facts: &[PageFacts]) -> Vec<Finding> {
    let mut empty = Gathered::new();
    for (text, link) in links(facts).filter(|(_, link)| !link.has_text) {
        empty.add(&link.place, &*link.address, text);
    }
    empty.findings(|span, address, _| {
        let message = format!("the link to `{address}` has no text");
        Diagnostic::new(codes::EMPTY_LINK_TEXT, span, message)
            .hint("write what the link leads to, or `AUTOTITLE` for the title of the page")
    })
}
