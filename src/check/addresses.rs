//! Links and images that lead nowhere.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Finding, codes, nearest};
use crate::model::Site;
use crate::render::{AddressKind, DeadAddress};

/// A finding for each address that leads nowhere, with the number of pages that have it.
pub fn dead_addresses(site: &Site, dead: BTreeMap<DeadAddress, usize>) -> Vec<Finding> {
    // The same address is often written in many places; what was meant is looked up once.
    let distinct: BTreeSet<(AddressKind, &str)> =
        dead.keys().map(|dead| (dead.kind, &*dead.address)).collect();
    let distinct: Vec<_> = distinct.into_iter().collect();
    let near: BTreeMap<_, _> = distinct
        .into_par_iter()
        .map(|(kind, address)| ((kind, address.to_owned()), near(site, kind, address)))
        .collect();
    let finding = |(dead, pages): (DeadAddress, usize)| {
        let near = near.get(&(dead.kind, dead.address.clone())).cloned().flatten();
        Finding { pages, ..finding(dead, near).into() }
    };
    dead.into_iter().map(finding).collect()
}

fn near(site: &Site, kind: AddressKind, address: &str) -> Option<String> {
    match kind {
        AddressKind::Link => nearest_page(site, address),
        AddressKind::Image => nearest_asset(site, address),
    }
}

fn finding(dead: DeadAddress, near: Option<String>) -> Diagnostic {
    let DeadAddress { span, kind, address, trace } = dead;
    let (code, message) = match kind {
        AddressKind::Link => {
            (codes::BROKEN_LINK, format!("`{address}` leads nowhere on this site"))
        }
        AddressKind::Image => (codes::MISSING_IMAGE, format!("there is no image `{address}`")),
    };
    let finding = Diagnostic::new(code, span, message).trace(trace);
    match near {
        Some(near) => finding.hint(format!("did you mean `{near}`?")),
        None => finding,
    }
}

fn nearest_page(site: &Site, address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?.trim_matches('/');
    let near = nearest(path, site.pages.iter().map(|page| &*page.route))?;
    Some(format!("/{near}"))
}

fn nearest_asset(site: &Site, address: &str) -> Option<String> {
    let name = address.trim_start_matches('/').strip_prefix("assets/")?;
    let near = nearest(name, site.assets.iter().map(|asset| &**asset))?;
    Some(format!("/assets/{near}"))
}
