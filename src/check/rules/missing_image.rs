//! Images that are not there.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::gather::{Gathered, images};
use crate::diagnostic::{Diagnostic, Finding, codes, nearest};
use crate::model::Site;
use crate::render::PageFacts;

pub(super) fn rule(site: &Site, facts: &[PageFacts]) -> Vec<Finding> {
    let mut missing = Gathered::new();
    for (text, image) in images(facts).filter(|(_, image)| image.is_missing) {
        missing.add(&image.place, &*image.address, text);
    }
    let distinct: BTreeSet<&str> = missing.said().copied().collect();
    let distinct: Vec<&str> = distinct.into_iter().collect();
    let near: BTreeMap<&str, Option<String>> =
        distinct.into_par_iter().map(|address| (address, nearest_asset(site, address))).collect();
    missing.findings(|span, address, _| {
        let message = format!("there is no image `{address}`");
        let finding = Diagnostic::new(codes::MISSING_IMAGE, span, message);
        match near.get(address).and_then(Option::as_ref) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding,
        }
    })
}

fn nearest_asset(site: &Site, address: &str) -> Option<String> {
    let name = address.trim_start_matches('/').strip_prefix("assets/")?;
    let near = nearest(name, site.assets.iter().map(|asset| &**asset))?;
    Some(format!("/assets/{near}"))
}
