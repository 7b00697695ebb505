//! Pages that front matter names besides the tree: featured links, guides, links of the lead.

use super::{Page, PageId, Resolution, Site};
use crate::diagnostic::{Diagnostic, codes};
use crate::load::Mention;
use crate::source::{Span, Spanned};
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

    /// The finding for an address in front matter that leads to no page.
    pub fn dead_mention(&self, address: &str, span: Span) -> Diagnostic {
        let message = format!("`{address}` leads to no page");
        let known: Vec<String> = self.pages.iter().map(|page| format!("/{}", page.route)).collect();
        Diagnostic::new(codes::BROKEN_LINK, span, message)
            .hint_nearest(address, known.iter().map(String::as_str))
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
    // What versions decide on is judged where they are known.
    let fixed = all.filter(|mention| mention.computed.is_none()).map(|mention| &mention.address);
    fixed.filter(dead).map(|address| site.dead_mention(&address.value, address.span)).collect()
}

fn mentions(page: &Page) -> impl Iterator<Item = &Mention> {
    let front = &page.source.front;
    let featured = front.featured_links.lists.iter().flat_map(|(_, links)| links);
    let intro = front.intro_links.iter().map(|(_, mention)| mention);
    featured.map(|link| &link.mention).chain(&front.include_guides).chain(intro)
}
