//! Pages that were moved or deleted, and at whose address nothing answers now.

use std::collections::HashMap;

use super::since::renamed;
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::model::{Page, Site};
use crate::render::Prepared;
use crate::source::{FileId, Span};
use crate::variant::Variant;

/// A finding for each page of the state before that is not answered for now.
pub(super) fn rule(before: &Prepared<'_>, now: &Prepared<'_>) -> Vec<Finding> {
    let (old, new) = (before.site(), now.site());
    let renamed = renamed(old, new);
    let gone = old.pages.iter().filter(|page| new.find_page(&page.route).is_none());
    let lost = gone.filter(|page| is_lost(old, new, page));
    lost.filter_map(|page| finding(old, new, page, &renamed)).map(Finding::from).collect()
}

/// Whether one of the page's addresses leads nowhere, in a version that the site still has.
fn is_lost(old: &Site, new: &Site, page: &Page) -> bool {
    old.languages().any(|language| {
        page.versions.iter().any(|version| {
            let id = &old.config.versions.get(version).id;
            let address = old.permalink(page.id, Variant { language, version });
            new.config.versions.find(id).is_some()
                && new.config.find_language(&old.config.language(language).code).is_some()
                && new.page_at(&address).is_none()
                && new.redirects.get(&address).is_none()
        })
    })
}

fn finding(
    old: &Site,
    new: &Site,
    page: &Page,
    renamed: &HashMap<String, String>,
) -> Option<Diagnostic> {
    let path = &old.sources.file(page.source.file).path;
    let file = |path: &str| new.sources.files().find(|(_, file)| file.path == path);
    let at = renamed.get(path).and_then(|path| file(path)).map(|(id, _)| id);
    let address = format!("/{}", page.route);
    let message = match at {
        Some(_) => format!("the page was at `{address}`, where nothing answers now"),
        None => format!("`{path}` was at `{address}`, where nothing answers now"),
    };
    // A file that is gone has no place; what listed it has.
    let at = at.or_else(|| above(old, new, page)).unwrap_or(FileId(0));
    let finding = Diagnostic::new(codes::MISSING_REDIRECT, Span::start_of(at), message);
    Some(
        finding
            .hint(format!("add `redirect_from: {address}` to the page that readers should find")),
    )
}

/// The nearest index above that there still is.
fn above(old: &Site, new: &Site, page: &Page) -> Option<FileId> {
    let mut above = old.tree.ancestors(page.id).map(|page| &old.page(page).route);
    let found = above.find_map(|route| new.find_page(route))?;
    Some(new.page(found).source.file)
}
