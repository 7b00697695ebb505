//! Links that lead to a page through one of its old addresses.

use super::gather::{Addresses, Gathered, links};
use super::wording::listed;
use crate::diagnostic::{Diagnostic, Edit, Finding, Fix, codes};
use crate::model::{PageId, Route, Site};
use crate::render::{Leads, PageFacts};
use crate::source::Span;

pub(super) fn rule(site: &Site, facts: &[PageFacts]) -> Vec<Finding> {
    let mut old = Gathered::new();
    let mut addresses = Addresses::new();
    for (text, link) in links(facts) {
        if let Leads::Page { page, asked, route: Route::Redirect } = link.leads {
            old.add(&link.place, (page, link.written.filter(|_| asked.is_none())), text);
            addresses.add(&link.place, page, &link.address);
        }
    }
    old.findings(|span, (page, written), _| {
        let addresses: Vec<&str> = addresses.of(span, *page).collect();
        let finding =
            Diagnostic::new(codes::LINK_THROUGH_REDIRECT, span, said(site, &addresses, *page));
        match *addresses {
            [address] => cure(finding, today(site, address, *page), *written),
            _ => finding.hint(format!("write `/{}`", site.page(*page).route)),
        }
    })
}

fn said(site: &Site, addresses: &[&str], page: PageId) -> String {
    let named = listed(addresses.iter().map(|address| format!("`{address}`")));
    let are = if addresses.len() == 1 { "is an old address" } else { "are old addresses" };
    format!("{named} {are} of `content/{}`", site.page(page).path)
}

fn cure(finding: Diagnostic, new: String, written: Option<Span>) -> Diagnostic {
    let what = format!("write `{new}`");
    let finding = finding.hint(&*what);
    match written {
        Some(span) => finding.fix(Fix { what, edits: vec![Edit { span, text: new }] }),
        None => finding,
    }
}

/// The address of a page as it is written today, with what the old one has behind it.
fn today(site: &Site, address: &str, page: PageId) -> String {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    format!("/{}{}", site.page(page).route, &address[end..])
}
