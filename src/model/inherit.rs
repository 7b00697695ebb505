//! The versions of index pages that do not name their own: all those of the pages below them.

use std::collections::{BTreeSet, HashMap};

use super::tree::find_child;
use super::{Page, PageId};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;
use crate::variant::VersionSet;

/// Gives each index with `children` and without `versions` the versions of its children.
pub(super) fn inherit(pages: &mut [Page], by_route: &HashMap<String, PageId>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for number in 0..pages.len() {
        if !inherits(&pages[number]) {
            continue;
        }
        let versions = versions_below(&pages[number], pages, by_route);
        if versions.is_empty() {
            let span = Span::start_of(pages[number].source.file);
            let message = "the page applies to none of the versions";
            let finding = Diagnostic::new(codes::NO_VERSIONS, span, message);
            diagnostics.push(finding.hint("add `versions`, or correct `children`"));
        }
        pages[number].versions = versions;
    }
    diagnostics
}

fn inherits(page: &Page) -> bool {
    page.source.front.versions.is_none() && !page.source.front.children.is_empty()
}

/// The versions of the pages below an index, each looked at once: lists can name each other.
fn versions_below(index: &Page, pages: &[Page], by_route: &HashMap<String, PageId>) -> VersionSet {
    let mut versions = VersionSet::EMPTY;
    let (mut open, mut seen) = (vec![index], BTreeSet::new());
    while let Some(index) = open.pop() {
        let children = &index.source.front.children;
        let found = children.iter().filter_map(|child| find_child(index, &child.value, by_route));
        for child in found.filter(|child| seen.insert(*child)) {
            match &pages[child.index()] {
                child if inherits(child) => open.push(child),
                child => versions = versions.or(child.versions),
            }
        }
    }
    versions
}
