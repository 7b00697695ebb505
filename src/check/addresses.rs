//! Links and images that lead nowhere.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Finding, codes, nearest};
use crate::model::Site;
use crate::render::{AddressKind, DeadAddress};

/// A finding for each address that leads nowhere, with the number of pages that have it.
pub fn dead_addresses(site: &Site, dead: BTreeMap<DeadAddress, usize>) -> Vec<Finding> {
    dead.into_iter()
        .map(|(dead, pages)| Finding { diagnostic: finding(site, dead), pages })
        .collect()
}

fn finding(site: &Site, dead: DeadAddress) -> Diagnostic {
    let DeadAddress { span, kind, address, trace } = dead;
    let (code, message, near) = match kind {
        AddressKind::Link => {
            let message = format!("`{address}` leads nowhere on this site");
            (codes::BROKEN_LINK, message, nearest_page(site, &address))
        }
        AddressKind::Image => {
            let message = format!("there is no image `{address}`");
            (codes::MISSING_IMAGE, message, nearest_asset(site, &address))
        }
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
