//! The pages for old addresses as files in a folder.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use rayon::prelude::*;

use super::super::Outcome;
use super::super::build::{grouped, output, print_findings};
use super::super::failure::Failure;
use super::super::locate::Place;
use crate::check;
use crate::diagnostic::{Diagnostic, Finding};
use crate::render::{PlannedKind, Prepared, Requested};
use crate::write::{Durability, OutputPath, Put, Stage, WriteError};

/// A file that every build writes, and that is not among the pages for old addresses.
const OF_A_BUILD: &str = "report.json";

/// Writes the pages, as a build would write them, in one step.
pub(super) fn write(place: &Place, prepared: &Prepared<'_>, folder: Option<&Path>) -> Outcome {
    let Some(folder) = folder else {
        return Err(Failure::Usage("the pages are many files: name a folder with --output".into()));
    };
    if folder.join(OF_A_BUILD).exists() {
        let folder = folder.display();
        return Err(Failure::Usage(format!(
            "`{folder}` holds a built site, which would be gone: name another folder"
        )));
    }
    let config = &prepared.site().config;
    let stage = output::open(place, config, folder, Durability::Fast)?;
    match staged(prepared, &stage)? {
        Ok(puts) => {
            stage.publish(&puts).map_err(failed)?;
            let pages = grouped(puts.len());
            // A reader who has left is no failure.
            let _ = writeln!(std::io::stdout(), "{pages} pages in {}", folder.display());
            Ok(ExitCode::SUCCESS)
        }
        Err(finding) => {
            print_findings(&[Finding::from(finding)], &prepared.site().sources, None)?;
            Ok(ExitCode::from(1))
        }
    }
}

/// The files, on their way; a finding where the template does not work.
fn staged(prepared: &Prepared<'_>, stage: &Stage) -> Result<Result<Vec<Put>, Diagnostic>, Failure> {
    let planned = output::planned(prepared);
    let (refused, _) = check::collisions(prepared.site(), &planned);
    let files = planned.par_iter().filter(|file| {
        file.kind == PlannedKind::Redirect && !refused.contains(&file.path, file.source)
    });
    let puts: Vec<Result<Option<Result<Put, Diagnostic>>, Failure>> = files
        .map(|file| {
            let asked = prepared.requested(&file.path);
            let (Some(Requested::Redirect(to)), Ok(path)) = (asked, OutputPath::new(&file.path))
            else {
                return Ok(None);
            };
            match prepared.redirect_page(to) {
                Ok(html) => Ok(Some(Ok(stage.put(path, html.as_bytes()).map_err(failed)?))),
                Err(finding) => Ok(Some(Err(finding))),
            }
        })
        .collect();
    let puts: Result<Vec<_>, Failure> = puts.into_iter().collect();
    Ok(puts?.into_iter().flatten().collect())
}

fn failed(error: WriteError) -> Failure {
    output::write_failure(error)
}
