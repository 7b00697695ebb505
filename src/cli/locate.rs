//! Where the site is, and what the environment says about printing.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use super::args::SiteArguments;
use super::failure::Failure;
use super::findings::Colour;
use crate::config::FILE_NAME;

/// The folder of the site and its configuration.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) root: PathBuf,
    pub(super) config: PathBuf,
    /// How messages call the configuration.
    pub(super) config_name: String,
}

/// Finds the site that arguments name.
pub(super) fn located(arguments: &SiteArguments) -> Result<Place, Failure> {
    locate(arguments.site.as_deref(), arguments.config.as_deref())
}

/// Finds the site: the folder given, or the nearest one upward that holds the configuration.
pub(super) fn locate(site: Option<&Path>, config: Option<&Path>) -> Result<Place, Failure> {
    let root = match (site, config) {
        (Some(site), _) if !site.is_dir() => {
            return Err(Failure::Usage(format!("there is no folder `{}`", site.display())));
        }
        (Some(site), _) => site.to_owned(),
        (None, Some(config)) => folder_of(config),
        (None, None) => search_upward()?,
    };
    let file = config.map_or_else(|| root.join(FILE_NAME), Path::to_owned);
    if !file.is_file() {
        let hint = "name the site's folder with --site, or the file with --config";
        return Err(Failure::Usage(format!("there is no file `{}`: {hint}", file.display())));
    }
    let config_name = match config {
        Some(config) => config.display().to_string(),
        None => FILE_NAME.to_owned(),
    };
    Ok(Place { root, config: file, config_name })
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn search_upward() -> Result<PathBuf, Failure> {
    let start = std::env::current_dir()
        .map_err(|error| Failure::Io(format!("cannot tell the current folder: {error}")))?;
    let found = start.ancestors().find(|folder| folder.join(FILE_NAME).is_file());
    let hint = "go to the site's folder, or name it with --site";
    found
        .map(Path::to_owned)
        .ok_or_else(|| Failure::Usage(format!("no {FILE_NAME} here or in a folder above: {hint}")))
}

/// Folders that no site is published into.
pub(super) fn protected_folders() -> Vec<PathBuf> {
    std::env::var_os("HOME")
        .filter(|home| !home.is_empty())
        .map(PathBuf::from)
        .into_iter()
        .collect()
}

/// Colour where `out` is a terminal, unless `NO_COLOR` is set.
pub(super) fn colour(out: &impl IsTerminal) -> Colour {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if out.is_terminal() && !unwanted { Colour::Always } else { Colour::Never }
}
