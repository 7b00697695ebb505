//! Old addresses that lead to themselves, or that a page claims twice.

use std::collections::BTreeSet;

use super::Judged;
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::model::{Edition, Page, Site};

pub(super) fn rule(judged: Judged<'_>) -> Vec<Finding> {
    let site = judged.site;
    let editions = site.pages.iter().flat_map(|page| {
        let all = std::iter::once(&page.source).chain(page.translations.values());
        all.map(move |edition| (page, edition))
    });
    editions
        .flat_map(|(page, edition)| of_edition(site, page, edition))
        .map(Finding::from)
        .collect()
}

fn of_edition(site: &Site, page: &Page, edition: &Edition) -> Vec<Diagnostic> {
    let mut known = BTreeSet::new();
    let entries = edition.front.redirect_from.iter();
    let found = entries.filter_map(|entry| {
        let address = entry.value.trim().trim_matches('/');
        let message = if is_own(site, page, address) {
            format!("the page has the address `{}` itself", entry.value)
        } else if !known.insert(address) {
            format!("the page claims `{}` twice", entry.value)
        } else {
            return None;
        };
        let finding = Diagnostic::new(codes::REDIRECT_LOOP, entry.span, message);
        Some(finding.hint("remove the entry"))
    });
    found.collect()
}

/// Whether an address is the page's own, with or without language and version. The older spellings that links may
/// have are not: somebody has to answer there.
fn is_own(site: &Site, page: &Page, address: &str) -> bool {
    let split = |path: &str| path.split_once('/').map(|(head, _)| head.len() + 1);
    let behind = |path: &str, is_part: &dyn Fn(&str) -> bool| match split(path) {
        Some(start) if is_part(&path[..start - 1]) => start,
        _ => 0,
    };
    let language = |code: &str| site.config.find_language(code).is_some();
    let version = |id: &str| site.config.versions.find(id).is_some();
    let rest = &address[behind(address, &language)..];
    rest[behind(rest, &version)..] == page.route
}
