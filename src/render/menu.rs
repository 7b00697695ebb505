//! The navigation of a product in a variant, and the order of its pages.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::context::{NavNode, NavigationContext};
use super::navigation::RenderedNavigation;
use super::strings::PageString;
use super::theme::TemplateFault;
use super::{Prepared, facts_of};
use crate::model::PageId;
use crate::source::TextId;
use crate::variant::{Variant, VersionId};

/// What the pages of one product share in one variant.
#[derive(Debug)]
pub(super) struct Menu {
    /// The navigation, to be marked for each page.
    pub(super) navigation: RenderedNavigation,
    /// What it was made from.
    pub(super) reads: Arc<[TextId]>,
}

/// The pages of a product in the order of reading, in one version.
#[derive(Debug, Default)]
pub(super) struct Order {
    pages: Vec<PageId>,
    positions: HashMap<PageId, usize>,
}

impl Order {
    /// The order of the pages below a product.
    pub(super) fn new(prepared: &Prepared<'_>, product: PageId, version: VersionId) -> Self {
        let mut pages = Vec::new();
        flatten(prepared, product, version, &mut pages);
        let positions = pages.iter().enumerate().map(|(at, page)| (*page, at)).collect();
        Self { pages, positions }
    }

    /// The page before.
    pub(super) fn previous(&self, page: PageId) -> Option<PageId> {
        let at = self.positions.get(&page)?.checked_sub(1)?;
        self.pages.get(at).copied()
    }

    /// The page after.
    pub(super) fn next(&self, page: PageId) -> Option<PageId> {
        self.pages.get(self.positions.get(&page)? + 1).copied()
    }
}

fn flatten(prepared: &Prepared<'_>, page: PageId, version: VersionId, pages: &mut Vec<PageId>) {
    pages.push(page);
    for child in shown_children(prepared, page, version) {
        flatten(prepared, child, version, pages);
    }
}

/// The children of a page that a version shows.
pub(super) fn shown_children<'a>(
    prepared: &'a Prepared<'_>,
    page: PageId,
    version: VersionId,
) -> impl Iterator<Item = PageId> + 'a {
    let site = &prepared.site;
    site.tree.children(page).iter().copied().filter(move |child| {
        let child = site.page(*child);
        child.versions.contains(version) && !child.source.front.hidden
    })
}

/// The navigation of a product in a variant.
pub(super) fn menu(
    prepared: &Prepared<'_>,
    product: PageId,
    variant: Variant,
) -> Result<Menu, TemplateFault> {
    let shared = facts_of(prepared, variant);
    let mut reads = BTreeSet::new();
    let context = NavigationContext {
        site: shared.site,
        language: shared.language,
        version: shared.version,
        product: node(prepared, product, variant, &mut reads),
        ui: shared.ui,
    };
    let navigation = prepared.theme.navigation(&context)?;
    Ok(Menu { navigation, reads: reads.into_iter().collect() })
}

fn node(
    prepared: &Prepared<'_>,
    page: PageId,
    variant: Variant,
    reads: &mut BTreeSet<TextId>,
) -> NavNode {
    let title = prepared.strings.get(page, variant.language, PageString::ShortTitle);
    let title = title.for_version(variant.version);
    reads.extend(&title.reads);
    let children = shown_children(prepared, page, variant.version);
    NavNode {
        title: prepared.marked(&title.html, title.language, variant.language),
        href: prepared.href(page, variant),
        children: children.map(|child| node(prepared, child, variant, reads)).collect(),
    }
}

impl Prepared<'_> {
    /// The address of a page in a variant, with the base path.
    pub(super) fn href(&self, page: PageId, variant: Variant) -> String {
        format!("{}{}", self.site.config.base_path(), self.site.permalink(page, variant))
    }
}
