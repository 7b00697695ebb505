//! `variorum lsp`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use super::Outcome;
use super::args::LspArguments;
use super::failure::Failure;
use super::locate::locate;
use super::opened::on_threads;
use super::settings::{Part, settings};
use crate::config::{Config, FILE_NAME};
use crate::lsp::{Ended, Start, serve};
use crate::preview::reader::Place;
use crate::render::{Settings, Twins};

/// Serves an editor until it ends the session.
pub(super) fn lsp(arguments: &LspArguments) -> Outcome {
    let (site, config) = (arguments.site.clone(), arguments.config.clone());
    let find = move |folder: &Path| place(site.as_deref(), config.as_deref(), folder);
    let choose = |config: &Config| -> Result<Settings, String> {
        let part = Part { languages: &[], versions: &[], date: None, twins: Twins::LeftOut };
        settings(config, &part).map_err(|failure| failure.to_string())
    };
    let start = Start { locate: Arc::new(find), choose: Arc::new(choose) };
    let ended = on_threads(None, || {
        serve(std::io::stdin(), std::io::stdout(), start)
            .map_err(|error| Failure::Io(format!("cannot write to the editor: {error}")))
    })?;
    Ok(match ended {
        Ended::InOrder => ExitCode::SUCCESS,
        Ended::WithoutShutdown => ExitCode::FAILURE,
    })
}

/// The site that the arguments name, or else the one that a folder of the editor is or lies in.
fn place(site: Option<&Path>, config: Option<&Path>, folder: &Path) -> Result<Place, String> {
    let upward = || folder.ancestors().find(|folder| folder.join(FILE_NAME).is_file());
    let site = match (site, config) {
        (None, None) => {
            let none = || format!("no {FILE_NAME} in {} or in a folder above", folder.display());
            Some(upward().ok_or_else(none)?)
        }
        (site, _) => site,
    };
    let found = locate(site, config).map_err(|failure| failure.to_string())?;
    let absolute = |path: &Path| -> Result<PathBuf, String> {
        let path = std::path::absolute(path);
        path.map_err(|error| format!("cannot find the site: {error}"))
    };
    Ok(Place {
        root: absolute(&found.root)?,
        config: absolute(&found.config)?,
        config_name: found.config_name,
    })
}
