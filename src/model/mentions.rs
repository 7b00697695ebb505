//! Pages that front matter names besides the tree: featured links, guides, links of the lead.

use super::{Page, PageId, Resolution, Site};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Spanned;
use crate::variant::{LanguageId, Variant};

impl Site {
    /// The page that an address in front matter names; nothing where it leads to another site, or nowhere.
    pub fn mentioned(&self, address: &str) -> Option<PageId> {
        let version = self.config.default_version;
        let variant = Variant { language: LanguageId::DEFAULT, version };
        let path = address.split(['?', '#']).next().unwrap_or(address);
        match self.resolve(path, variant) {
            Resolution::Page { page, .. } if is_local(address) => Some(page),
            _ => None,
        }
    }
}

/// Whether an address is one of this site.
pub fn is_local(address: &str) -> bool {
    !address.contains("://") && !address.starts_with("//") && !address.starts_with("mailto:")
}

/// The addresses in front matter that lead nowhere.
pub(super) fn dead_mentions(site: &Site) -> Vec<Diagnostic> {
    let dead = |address: &&Spanned<String>| {
        let path = address.value.split(['?', '#']).next().unwrap_or_default();
        let version = site.config.default_version;
        let variant = Variant { language: LanguageId::DEFAULT, version };
        is_local(path) && site.resolve(path, variant) == Resolution::Nowhere
    };
    let all = site.pages.iter().flat_map(mentions);
    all.filter(dead).map(|address| finding(site, address)).collect()
}

fn mentions(page: &Page) -> impl Iterator<Item = &Spanned<String>> {
    let front = &page.source.front;
    let featured = front.featured_links.lists.iter().flat_map(|(_, links)| links);
    let intro = front.intro_links.iter().map(|(_, address)| address);
    featured.map(|link| &link.address).chain(&front.include_guides).chain(intro)
}

fn finding(site: &Site, address: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` leads to no page", address.value);
    let known: Vec<String> = site.pages.iter().map(|page| format!("/{}", page.route)).collect();
    Diagnostic::new(codes::BROKEN_LINK, address.span, message)
        .hint_nearest(&address.value, known.iter().map(String::as_str))
}
