//! The old addresses of a site as servers compare them: decoded, below the base path, each leading to its page.

use std::collections::BTreeMap;

use super::address::decoded;
use super::fault::{Fault, Place};
use crate::model::Site;

/// An old address and where it leads, as they are written: paths below the base path, with a slash at the beginning.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The old address.
    pub from: String,
    /// The address of a page, or another old address.
    pub to: String,
    /// Where it is claimed.
    pub place: Option<Box<Place>>,
}

/// The old addresses of a site. All paths are decoded and begin with the base path; none ends in a slash but `/`, and
/// none leads to another one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Scheme and host of the site, without a slash at the end; empty where they are not known.
    origin: String,
    /// The address of the site itself: `/`, or the base path.
    root: String,
    redirects: BTreeMap<String, String>,
}

impl Table {
    /// The old addresses of a site.
    pub fn of(site: &Site) -> Result<Self, Fault> {
        let mut entries = Vec::with_capacity(site.redirects.len());
        for (from, to) in site.redirects.iter() {
            let place = || Some(Box::new(Place::of(&site.sources, to.span)));
            let Some(plain) = decoded(from) else {
                return Err(Fault::Unreadable { address: from.to_owned(), place: place() });
            };
            match site.page_at(&plain) {
                // The home page stands at the root of its language too, and a page goes before an old address.
                Some(_) if plain == from => continue,
                Some((page, _)) => {
                    let (address, page) = (from.to_owned(), site.page(page).path.clone());
                    return Err(Fault::Page { address, page, place: place() });
                }
                None => {}
            }
            let permalink = site.permalink(to.page, to.variant);
            entries.push(Entry { from: from.to_owned(), to: permalink, place: place() });
        }
        Self::new(&site.config.base_url, site.config.base_path(), entries)
    }

    /// A table of these entries, chains flattened, for a site whose base URL has this path.
    pub fn new(base_url: &str, base_path: &str, entries: Vec<Entry>) -> Result<Self, Fault> {
        if base_path.starts_with("//") {
            return Err(Fault::BasePath(base_path.to_owned()));
        }
        let mut written: BTreeMap<String, (String, String)> = BTreeMap::new();
        for Entry { from, to, place } in entries {
            let path = plain(&format!("{base_path}{from}"), &place)?;
            let target = plain(&format!("{base_path}{to}"), &place)?;
            if let Some((first, known)) = written.get(&path) {
                if *known != target {
                    let addresses = [first.clone(), from];
                    let targets = [known.clone(), target];
                    return Err(Fault::Same { addresses, targets, place });
                }
                continue;
            }
            written.insert(path, (from, target));
        }
        let steps = written.into_iter().map(|(path, (_, target))| (path, target)).collect();
        let origin = base_url.strip_suffix(base_path).unwrap_or_default().to_owned();
        let root = plain(&format!("{base_path}/"), &None)?;
        Ok(Self { origin, root, redirects: flattened(&steps)? })
    }

    /// The old addresses with where they lead, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.redirects.iter().map(|(from, to)| (&**from, &**to))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.redirects.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.redirects.is_empty()
    }

    /// The address of the site itself: `/`, or the base path.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// Scheme and host of the site, without a slash at the end; empty where they are not known.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// An old address as readers may ask for it: without a slash at the end, and with one.
pub(super) fn forms(from: &str) -> impl Iterator<Item = String> {
    let slashed = (from != "/").then(|| format!("{from}/"));
    std::iter::once(from.to_owned()).chain(slashed)
}

/// A path decoded, without a slash at its end.
fn plain(path: &str, place: &Option<Box<Place>>) -> Result<String, Fault> {
    let unreadable = || Fault::Unreadable { address: path.to_owned(), place: place.clone() };
    let decoded = decoded(path).ok_or_else(unreadable)?;
    // Two slashes at the beginning would name a host.
    if decoded.chars().any(char::is_control) || decoded.contains('\\') || decoded.starts_with("//")
    {
        return Err(unreadable());
    }
    let trimmed = decoded.trim_end_matches('/');
    Ok(if trimmed.is_empty() { "/".to_owned() } else { trimmed.to_owned() })
}

/// The same addresses, each leading to the end of its way.
fn flattened(steps: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Fault> {
    let mut ends = BTreeMap::new();
    for (from, to) in steps {
        let mut way = vec![from];
        let mut at = to;
        while let Some(next) = steps.get(at) {
            way.push(at);
            // A way that is longer than there are addresses goes round.
            if way.len() > steps.len() {
                return Err(Fault::Loop { addresses: round(&way) });
            }
            at = next;
        }
        ends.insert(from.clone(), at.clone());
    }
    Ok(ends)
}

/// The part of a way that it goes round, beginning and ending with the same address.
fn round(way: &[&String]) -> Vec<String> {
    let Some(last) = way.last() else { return Vec::new() };
    let before = &way[..way.len() - 1];
    let start = before.iter().rposition(|address| address == last).unwrap_or_default();
    way[start..].iter().map(|address| (*address).clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry((from, to): &(&str, &str)) -> Entry {
        Entry { from: (*from).to_owned(), to: (*to).to_owned(), place: None }
    }

    #[track_caller]
    fn check(base: &str, entries: &[(&str, &str)], expected: &[(&str, &str)]) {
        let url = format!("https://docs.example.com{base}");
        let table = Table::new(&url, base, entries.iter().map(entry).collect());
        let table = table.expect("the entries are right");
        assert_eq!(table.iter().collect::<Vec<_>>(), expected);
        assert_eq!(table.origin(), "https://docs.example.com");
    }

    #[track_caller]
    fn fails(base: &str, entries: &[(&str, &str)], expected: &str) {
        let fault = Table::new("", base, entries.iter().map(entry).collect());
        assert_eq!(fault.expect_err("the entries are wrong").to_string(), expected);
    }

    #[test]
    fn chains_are_flattened() {
        let chain = [("/a", "/b"), ("/b", "/c"), ("/c", "/en/x")];
        check("", &chain, &[("/a", "/en/x"), ("/b", "/en/x"), ("/c", "/en/x")]);
    }

    #[test]
    fn paths_have_the_base_path_and_no_slash_at_the_end() {
        let entries = [("/", "/en"), ("/a/", "/en/a")];
        check("/docs", &entries, &[("/docs", "/docs/en"), ("/docs/a", "/docs/en/a")]);
        check("", &entries, &[("/", "/en"), ("/a", "/en/a")]);
    }

    #[test]
    fn codes_are_what_they_stand_for() {
        check("", &[("/a%20b%C3%A9", "/en/a")], &[("/a bé", "/en/a")]);
        check("", &[("/a%20b", "/en/a"), ("/a b", "/en/a")], &[("/a b", "/en/a")]);
    }

    #[test]
    fn a_loop_is_named() {
        let entries = [("/a", "/b"), ("/b", "/c"), ("/c", "/b")];
        let way = "from `/b` to `/c` to `/b`: remove one of them";
        fails("", &entries, &format!("old addresses lead to each other, {way}"));
        let way = "from `/a` to `/a`: remove one of them";
        fails("", &[("/a", "/a")], &format!("old addresses lead to each other, {way}"));
    }

    #[test]
    fn two_spellings_of_an_address_that_lead_to_two_places_are_a_fault() {
        let message = "`/a%20b` and `/a b` are one address for a server, and lead to `/en/x` and to \
                       `/en/y`: remove one of the two";
        fails("", &[("/a%20b", "/en/x"), ("/a b", "/en/y")], message);
    }

    #[test]
    fn nothing_leads_to_another_host() {
        let message = "`//evil.example` in `base_url` begins with two slashes, so that every redirect \
                       would lead to another host: write one slash";
        fails("//evil.example", &[("/a", "/b")], message);
        for to in ["//evil.example", "/%2Fevil.example", "/\\evil.example", "/a%0d%0aX: y"] {
            let fault = Table::new("", "", vec![entry(&("/a", to))]);
            assert!(matches!(fault, Err(Fault::Unreadable { .. })), "{to}");
        }
    }
}
