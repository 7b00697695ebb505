//! Learning tracks: guides in the order in which they are to be read, from `data/learning-tracks/PRODUCT.yml`.

use std::collections::BTreeMap;

use super::applied::{Reader, entry};
use super::{Branch, Data, DataId};
use crate::config::Config;
use crate::diagnostic::Checked;
use crate::source::Sources;
use crate::variant::VersionSet;

/// A learning track.
#[derive(Debug, PartialEq, Eq)]
pub struct Track {
    /// The product whose file it is in.
    pub product: String,
    /// Its name there.
    pub name: String,
    /// The versions that have it.
    pub versions: VersionSet,
    /// Its title.
    pub title: Option<DataId>,
    /// What it leads to.
    pub description: Option<DataId>,
    /// Whether it is shown before all others.
    pub featured: Option<DataId>,
    /// The paths of its guides.
    pub guides: Vec<DataId>,
}

/// The tracks of all products, in the order of the files.
pub(super) fn tracks(
    data: &Data,
    sources: &Sources,
    config: &Config,
    features: &BTreeMap<String, VersionSet>,
) -> Checked<Vec<Track>> {
    let mut reader = Reader { data, sources, config, features, diagnostics: Vec::new() };
    let mut tracks = Vec::new();
    if let Some(Branch::Map(products)) = data.branch("learning-tracks") {
        for (product, branch) in products {
            let Branch::Map(entries) = branch else { continue };
            let of_product = entries.iter().map(|(name, branch)| Track {
                product: product.clone(),
                ..track(name, branch, &mut reader)
            });
            tracks.extend(of_product);
        }
    }
    Checked { value: tracks, diagnostics: reader.diagnostics }
}

fn track(name: &str, branch: &Branch, reader: &mut Reader<'_>) -> Track {
    let versions = entry(branch, "versions").map(|versions| reader.versions(versions));
    Track {
        product: String::new(),
        name: name.to_owned(),
        versions: versions.unwrap_or_else(|| reader.config.versions.all()),
        title: leaf(branch, "title"),
        description: leaf(branch, "description"),
        featured: leaf(branch, "featured_track"),
        guides: entry(branch, "guides").map(leaves).unwrap_or_default(),
    }
}

/// The entry of a map that is a single value.
pub fn leaf(branch: &Branch, name: &str) -> Option<DataId> {
    match entry(branch, name)? {
        Branch::Leaf(id) => Some(*id),
        Branch::List(_) | Branch::Map(_) => None,
    }
}

/// The single values of a list; a value alone is a list of one.
pub(super) fn leaves(branch: &Branch) -> Vec<DataId> {
    match branch {
        Branch::Leaf(id) => vec![*id],
        Branch::List(items) => items.iter().flat_map(leaves).collect(),
        Branch::Map(_) => Vec::new(),
    }
}
