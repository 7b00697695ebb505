//! What people call things, and what they may have meant.

use super::Target;
use crate::diagnostic::nearest;
use crate::discover::{Role, input};
use crate::model::{Destination, Site, file_key, route};

/// How many names are told that may have been meant.
const TOLD: usize = 3;

/// What a name stands for: a key of the data, the path of a file of the site, an address, the name of a feature or of
/// an include.
pub fn called(site: &Site, name: &str) -> Option<Target> {
    let key = name.strip_prefix("site.data.").unwrap_or(name);
    if !key.is_empty() && site.data.branch(key).is_some() {
        return Some(Target::Data(key.to_owned()));
    }
    if site.features.contains_key(name) {
        return Some(Target::Feature(name.to_owned()));
    }
    if let Some(target) = file(site, name.trim_start_matches("./")) {
        return Some(target);
    }
    if let Some(include) = site.include_name(name) {
        return Some(Target::Include(include.to_owned()));
    }
    match site.destination(name) {
        Destination::Page { page, .. } if name.starts_with('/') => Some(Target::Page(page)),
        Destination::Asset => {
            Some(Target::Asset(name.trim_matches('/').strip_prefix("assets/")?.to_owned()))
        }
        _ => None,
    }
}

/// What the file with this path holds.
fn file(site: &Site, path: &str) -> Option<Target> {
    let found = match input(path, &site.config)?.role {
        Role::Page(_, name) => Target::Page(site.find_page(&route(&name))?),
        Role::Data(_, name) => {
            let key = file_key(&name, &site.config);
            match key.strip_prefix("features.").filter(|name| site.features.contains_key(*name)) {
                Some(feature) => Target::Feature(feature.to_owned()),
                None if site.data.branch(&key).is_some() => Target::Data(key),
                None => return None,
            }
        }
        Role::Include(name) if site.includes.contains_key(&name) => Target::Include(name),
        Role::Asset(name) if site.assets.contains(&name) => Target::Asset(name),
        _ => return None,
    };
    Some(found)
}

/// The names that are most like one that stands for nothing, the likeliest first.
pub fn similar(site: &Site, name: &str) -> Vec<String> {
    let keys = site.data.values().iter().map(|datum| datum.key.clone());
    let pages = site.pages.iter().map(|page| format!("content/{}", page.path));
    let features = site.features.keys().cloned();
    let assets = site.assets.iter().map(|name| format!("assets/{name}"));
    let files = site.sources.files().map(|(_, file)| file.path.clone());
    let all = keys.chain(pages).chain(features).chain(assets).chain(files);
    let mut known: std::collections::BTreeSet<String> = all.collect();
    let mut found = Vec::new();
    while found.len() < TOLD
        && let Some(near) = nearest(name, known.iter().map(String::as_str)).map(str::to_owned)
    {
        known.remove(&near);
        found.push(near);
    }
    found
}
