//! Pages in versions that their index does not have: no navigation leads to them.

use super::Judged;
use super::wording;
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::source::Span;
use crate::variant::VersionSet;

pub(super) fn rule(judged: Judged<'_>) -> Vec<Finding> {
    let site = judged.site;
    let found = site.pages.iter().filter(|page| !page.source.front.hidden).filter_map(|page| {
        // A page that no index lists is a finding of its own.
        let index = site.page(site.tree.parent(page.id)?);
        let alone = page.versions.minus(index.versions);
        if alone == VersionSet::EMPTY {
            return None;
        }
        let message = format!(
            "the page is in {}, where its index `content/{}` is not",
            wording::versions(site, alone),
            index.path
        );
        let span = Span::start_of(page.source.file);
        Some(
            Diagnostic::new(codes::ORPHAN_PAGE, span, message)
                .hint("give the index these versions, or take them from the page"),
        )
    });
    found.map(Finding::from).collect()
}
