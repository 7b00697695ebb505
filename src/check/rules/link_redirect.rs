//! Links that lead to a page through one of its old addresses.

use super::gather::{Gathered, links};
use crate::diagnostic::{Diagnostic, Edit, Finding, Fix, codes};
use crate::model::{PageId, Route, Site};
use crate::render::{Leads, PageFacts};

pub(super) fn rule(site: &Site, facts: &[PageFacts]) -> Vec<Finding> {
    let mut old = Gathered::new();
    for (text, link) in links(facts) {
        if let Leads::Page { page, asked, route: Route::Redirect } = link.leads {
            let written = link.written.filter(|_| asked.is_none());
            old.add(&link.place, (&*link.address, page, written), text);
        }
    }
    old.findings(|span, (address, page, written), _| {
        let new = today(site, address, *page);
        let message = format!("`{address}` is an old address of `{}`", path(site, *page));
        let what = format!("write `{new}`");
        let finding = Diagnostic::new(codes::LINK_THROUGH_REDIRECT, span, message).hint(&*what);
        match written {
            Some(span) => finding.fix(Fix { what, edits: vec![Edit { span: *span, text: new }] }),
            None => finding,
        }
    })
}

/// The address of a page as it is written today, with what the old one has behind it.
fn today(site: &Site, address: &str, page: PageId) -> String {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    format!("/{}{}", site.page(page).route, &address[end..])
}

fn path(site: &Site, page: PageId) -> String {
    format!("content/{}", site.page(page).path)
}
