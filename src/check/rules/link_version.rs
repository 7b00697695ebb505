//! Links that name a version, so that readers of another one leave theirs.

use super::gather::{Gathered, links};
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::model::Site;
use crate::render::{Leads, PageFacts};

pub(super) fn rule(site: &Site, facts: &[PageFacts]) -> Vec<Finding> {
    let mut named = Gathered::new();
    for (text, link) in links(facts) {
        // A version that Liquid has printed was not fixed by anybody.
        if link.written.is_none() {
            continue;
        }
        let version = match link.leads {
            Leads::Page { asked: Some(asked), .. } => Some(asked),
            Leads::Retired => None,
            _ => continue,
        };
        named.add(&link.place, (&*link.address, version), text);
    }
    named.findings(|span, (address, version), _| {
        let message = match version {
            Some(version) => {
                let id = &site.config.versions.get(*version).id;
                format!("`{address}` leads to `{id}` from every version")
            }
            None => format!("`{address}` leads to a version that is not built any more"),
        };
        Diagnostic::new(codes::LINK_NAMES_VERSION, span, message)
            .hint("leave the version out: links stay in the version of the reader")
    })
}
