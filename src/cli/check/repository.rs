//! How the files of a site are called in the repository that it is in.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::super::locate::Place;
use crate::check::formats::Paths;
use crate::config::FILE_NAME;

/// The paths of the site's files from the nearest folder upward that holds `.git`; from the current one where none
/// does.
pub(in super::super) fn paths(place: &Place) -> Paths {
    let whole = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let root = whole(&place.root);
    let repository = root.ancestors().find(|folder| folder.join(".git").exists());
    let repository = repository.map_or_else(|| whole(Path::new(".")), Path::to_owned);
    let below = |path: &Path| path.strip_prefix(&repository).ok().map(slashed);
    let site = below(&root).filter(|site| !site.is_empty()).map(|site| site + "/");
    let is_elsewhere = place.config_name != FILE_NAME;
    let config: PathBuf = whole(&place.config);
    let config = below(&config).filter(|_| is_elsewhere);
    Paths {
        site: site.unwrap_or_default(),
        config: config.map(|path| (place.config_name.clone(), path)),
    }
}

/// A relative path with `/` between its parts.
fn slashed(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}
