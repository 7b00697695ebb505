//! Lists of all pages for search engines: an index, and a list for each language, divided where it is too long.

use std::fmt::Write as _;

use super::super::Prepared;
use super::super::context::escape;
use super::day;
use super::search::alternates;
use crate::model::Page;
use crate::variant::{LanguageId, Variant};

/// What search engines take in one list.
const MOST_ADDRESSES: usize = 50_000;
const MOST_BYTES: usize = 50_000_000;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const LIST_START: &str = "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
                          xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
const LIST_END: &str = "</urlset>\n";

/// The path of one of the lists of a language, counted from 0.
pub(super) fn path(prepared: &Prepared<'_>, language: LanguageId, number: usize) -> String {
    let code = &prepared.site.config.language(language).code;
    match number {
        0 => format!("{code}/sitemap.xml"),
        number => format!("{code}/sitemap-{}.xml", number + 1),
    }
}

/// How many lists a language has: none where it is not built, has no page of its own, or the site has no address.
pub(super) fn count(prepared: &Prepared<'_>, language: LanguageId) -> usize {
    if !prepared.languages.contains(&language) || prepared.site.config.base_url.is_empty() {
        return 0;
    }
    match bound(prepared, language) {
        (0, _) => 0,
        (addresses, bytes) if addresses <= MOST_ADDRESSES && bytes < MOST_BYTES => 1,
        _ => {
            let (mut lists, mut divider) = (0, Divider::default());
            entries(prepared, language, |entry| lists += usize::from(divider.begins_list(entry)));
            lists
        }
    }
}

/// How many addresses all lists of a language have, and more bytes than there are in them: most sites need no more to
/// know that one list is enough.
fn bound(prepared: &Prepared<'_>, language: LanguageId) -> (usize, usize) {
    /// A byte of an address is at most an entity.
    const LONGEST_BYTE: usize = 6;
    /// What stands around an address.
    const AROUND: usize = 120;
    let site = &prepared.site;
    let tags = prepared.languages.iter().map(|language| site.config.language(*language).tag.len());
    let tag = LONGEST_BYTE * tags.max().unwrap_or(0);
    let variants = prepared.languages.iter().flat_map(|language| {
        prepared.versions.iter().map(|version| Variant { language: *language, version })
    });
    let start = variants.map(|variant| site.address("", variant).len()).max().unwrap_or(0);
    // One for the page itself, and one for those who read none of the languages.
    let links = prepared.languages.len() + 2;
    let (mut addresses, mut bytes) = (0, DECLARATION.len() + LIST_START.len() + LIST_END.len());
    for page in listed(prepared, language) {
        let versions = page.versions.and(prepared.versions).len();
        let address = LONGEST_BYTE * (site.config.base_url.len() + start + 1 + page.route.len());
        addresses += versions;
        bytes += versions * links * (AROUND + tag + address);
    }
    (addresses, bytes)
}

/// One of the lists of a language, counted from 0.
pub(super) fn list(prepared: &Prepared<'_>, language: LanguageId, number: usize) -> String {
    let mut list = format!("{DECLARATION}{LIST_START}");
    let (mut lists, mut divider) = (0, Divider::default());
    entries(prepared, language, |entry| {
        lists += usize::from(divider.begins_list(entry));
        if lists == number + 1 {
            list.push_str(entry);
        }
    });
    list.push_str(LIST_END);
    list
}

/// The list of all lists.
pub(super) fn index(prepared: &Prepared<'_>) -> String {
    let mut index = format!(
        "{DECLARATION}<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for language in &prepared.languages {
        for number in 0..prepared.machines.sitemaps[usize::from(language.0)] {
            let path = format!("/{}", path(prepared, *language, number));
            let address = escape(&prepared.site.absolute(&path).unwrap_or_default());
            let _ = writeln!(index, "<sitemap><loc>{address}</loc></sitemap>");
        }
    }
    index.push_str("</sitemapindex>\n");
    index
}

/// Says where a new list begins.
#[derive(Default)]
struct Divider {
    addresses: usize,
    bytes: usize,
}

impl Divider {
    /// Whether this entry is the first of a list.
    fn begins_list(&mut self, entry: &str) -> bool {
        let around = DECLARATION.len() + LIST_START.len() + LIST_END.len();
        let is_full =
            self.addresses == MOST_ADDRESSES || self.bytes + entry.len() + around > MOST_BYTES;
        let begins = self.addresses == 0 || is_full;
        if begins {
            *self = Self::default();
        }
        self.addresses += 1;
        self.bytes += entry.len();
        begins
    }
}

/// The entries of all pages that are really written in a language, in the order of their paths.
fn entries(prepared: &Prepared<'_>, language: LanguageId, mut take: impl FnMut(&str)) {
    let mut entry = String::new();
    for page in listed(prepared, language) {
        for version in page.versions.and(prepared.versions).iter() {
            entry.clear();
            write_entry(prepared, page, Variant { language, version }, &mut entry);
            take(&entry);
        }
    }
}

/// The pages that are really written in a language, and not hidden.
fn listed<'a>(prepared: &'a Prepared<'_>, language: LanguageId) -> impl Iterator<Item = &'a Page> {
    let site = &prepared.site;
    let listed =
        move |page: &&Page| !page.source.front.hidden && site.is_written_in(page, language);
    site.pages.iter().filter(listed)
}

fn write_entry(prepared: &Prepared<'_>, page: &Page, variant: Variant, entry: &mut String) {
    let Some(address) = prepared.site.web_address(page.id, variant) else { return };
    let _ = write!(entry, "<url><loc>{}</loc>", escape(&address));
    if let Some(changed) = prepared.changed(page, variant.language) {
        let _ = write!(entry, "<lastmod>{}</lastmod>", day(changed));
    }
    for alternate in alternates(prepared, page, variant) {
        let (tag, href) = (escape(&alternate.tag), escape(&alternate.href));
        let _ = write!(entry, "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{href}\"/>");
    }
    entry.push_str("</url>\n");
}

#[cfg(test)]
mod tests {
    use super::{Divider, MOST_ADDRESSES, MOST_BYTES};

    /// Where lists begin among entries of these lengths.
    fn beginnings(lengths: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut divider = Divider::default();
        let begins = |length| divider.begins_list(&"x".repeat(length));
        let begins: Vec<bool> = lengths.map(begins).collect();
        (0..begins.len()).filter(|at| begins[*at]).collect()
    }

    #[test]
    fn a_list_has_no_more_addresses_than_search_engines_take() {
        let entries = std::iter::repeat_n(1, 2 * MOST_ADDRESSES + 1);
        assert_eq!(beginnings(entries), [0, MOST_ADDRESSES, 2 * MOST_ADDRESSES]);
    }

    #[test]
    fn a_list_has_no_more_bytes_than_search_engines_take() {
        let half = MOST_BYTES / 2;
        assert_eq!(beginnings([half, half, 1, half].into_iter()), [0, 1, 3]);
    }
}
