//! Links that lead nowhere on this site.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::gather::{Addresses, Gathered, links};
use super::wording::listed;
use crate::diagnostic::{Diagnostic, Finding, codes, nearest};
use crate::model::Site;
use crate::render::{Leads, PageFacts};

pub(super) fn rule(site: &Site, facts: &[PageFacts]) -> Vec<Finding> {
    let mut dead = Gathered::new();
    let mut addresses = Addresses::new();
    // The same address is often written in many places; what was meant is looked up once.
    let mut distinct = BTreeSet::new();
    for (text, link) in links(facts).filter(|(_, link)| link.leads == Leads::Nowhere) {
        dead.add(&link.place, (), text);
        addresses.add(&link.place, (), &link.address);
        distinct.insert(&*link.address);
    }
    let distinct: Vec<&str> = distinct.into_iter().collect();
    let near: BTreeMap<&str, Option<String>> =
        distinct.into_par_iter().map(|address| (address, nearest_page(site, address))).collect();
    dead.findings(|span, (), _| {
        let named = listed(addresses.of(span, ()).map(|address| format!("`{address}`")));
        let verb = if addresses.of(span, ()).len() == 1 { "leads" } else { "lead" };
        let message = format!("{named} {verb} nowhere on this site");
        let finding = Diagnostic::new(codes::BROKEN_LINK, span, message);
        match addresses.of(span, ()).find_map(|address| near.get(address)?.as_ref()) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding,
        }
    })
}

fn nearest_page(site: &Site, address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?.trim_matches('/');
    let near = nearest(path, site.pages.iter().map(|page| &*page.route))?;
    Some(format!("/{near}"))
}
