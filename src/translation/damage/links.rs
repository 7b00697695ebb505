//! Addresses of links and pictures that were changed on their way.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::folded;
use super::sides::Sides;
use super::{FaultKind, Found};
use crate::model::WrittenLink;
use crate::source::Splice;

/// Addresses of segments that the source has in another form, or that can be none.
pub(super) fn links(found: &mut Found, sides: &Sides<'_>) {
    let there: BTreeSet<&str> =
        sides.source.links.iter().map(|link| &sides.source.text[link.address.clone()]).collect();
    let is_new = |link: &&WrittenLink| {
        link.is_whole && !there.contains(&sides.own.text[link.address.clone()])
    };
    if !sides.own.links.iter().any(|link| is_new(&link)) {
        return;
    }
    for (source, own) in sides.pairs() {
        let new: Vec<&WrittenLink> = sides.own.links_in(&own.range).iter().filter(is_new).collect();
        if new.is_empty() {
            continue;
        }
        let meant = meant(sides, sides.source.links_in(&source.range));
        for link in new {
            let address = form(&sides.own.text[link.address.clone()]);
            if let Some(Some(theirs)) = meant.get(&address) {
                wrong(found, sides, link, theirs);
            }
        }
    }
    let mut names: Option<BTreeSet<&str>> = None;
    for link in sides.own.links.iter().filter(is_new) {
        let address = &sides.own.text[link.address.clone()];
        let mut is_named =
            |name| names.get_or_insert_with(|| self::names(sides.own.text)).contains(name);
        if is_no_address(address, &mut is_named) {
            let kind = FaultKind::NoTarget {
                address: address.to_owned(),
                is_picture: sides.own.is_picture(link),
            };
            found.add(kind, link.address.clone(), None, None);
        }
    }
}

/// An address without what machines change in it.
fn form(address: &str) -> String {
    folded(address).trim_end_matches(['.', ',', ';', ')']).to_lowercase()
}

/// The links of a segment of the source by the forms of their addresses; none where two addresses have one form.
fn meant<'s>(
    sides: &Sides<'_>,
    theirs: &'s [WrittenLink],
) -> BTreeMap<String, Option<&'s WrittenLink>> {
    let address = |link: &WrittenLink| &sides.source.text[link.address.clone()];
    let mut forms: BTreeMap<String, Option<&WrittenLink>> = BTreeMap::new();
    for link in theirs.iter().filter(|link| !form(address(link)).is_empty()) {
        let known = forms.entry(form(address(link))).or_insert(Some(link));
        *known = known.filter(|known| address(known) == address(link));
    }
    forms
}

/// What `id` and `name` of elements say.
fn names(text: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for key in ["id=", "name="] {
        for (at, _) in text.match_indices(key) {
            let value = &text[at + key.len()..];
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
            names.extend(quote.and_then(|quote| value[1..].split(quote).next()));
        }
    }
    names
}

fn wrong(found: &mut Found, sides: &Sides<'_>, own: &WrittenLink, theirs: &WrittenLink) {
    let right = &sides.source.text[theirs.address.clone()];
    let kind = FaultKind::Address {
        wrong: sides.own.text[own.address.clone()].to_owned(),
        right: right.to_owned(),
        is_picture: sides.own.is_picture(own),
    };
    let fix = [Splice { range: own.address.clone(), text: right.to_owned() }];
    found.add(kind, own.address.clone(), Some(theirs.address.clone()), Some(&fix));
}

/// Whether nothing can have this address: it lies on this site, and has letters that addresses of sites are not
/// written with, and no place of the text is named so.
fn is_no_address<'t>(address: &'t str, is_named: &mut dyn FnMut(&'t str) -> bool) -> bool {
    let is_here = address.starts_with('/') && !address.starts_with("//");
    let is_anchor = address.starts_with('#');
    (is_here || is_anchor)
        && !address.is_ascii()
        && !address.contains('{')
        && !(is_anchor && is_named(&address[1..]))
}
