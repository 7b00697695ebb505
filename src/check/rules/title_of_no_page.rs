//! Links that ask for the title of something that is no page of this site.

use super::gather::{Gathered, links};
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::model::Site;
use crate::render::{Leads, PageFacts};

pub(super) fn rule(_: &Site, facts: &[PageFacts]) -> Vec<Finding> {
    let mut without = Gathered::new();
    for (text, link) in links(facts).filter(|(_, link)| link.asks_for_title) {
        // What leads nowhere is a broken link.
        if matches!(link.leads, Leads::Away | Leads::Asset | Leads::Retired) {
            without.add(&link.place, &*link.address, text);
        }
    }
    without.findings(|span, address, _| {
        let message = format!("`{address}` is no page of this site whose title could be shown");
        Diagnostic::new(codes::TITLE_OF_NO_PAGE, span, message)
            .hint("write in the brackets what the link leads to")
    })
}
