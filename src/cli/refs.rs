//! `variorum refs`.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::Outcome;
use super::args::{RefsArguments, RefsFormat};
use super::locate::located;
use super::opened::{Opened, on_threads};
use super::settings::{Part, settings};
use crate::model::Site;
use crate::references::{References, Report, Target, called, similar};
use crate::render::{self, Twins};

/// Tells where something is used, and what it says.
pub(super) fn refs(arguments: &RefsArguments) -> Outcome {
    on_threads(None, || refs_here(arguments))
}

fn refs_here(arguments: &RefsArguments) -> Outcome {
    let place = located(&arguments.place)?;
    let mut opened = Opened::new(&place)?;
    let part = Part { languages: &[], versions: &[], date: None, twins: Twins::LeftOut };
    let settings = settings(&opened.config, &part)?;
    let site = opened.site()?.value;
    let Some(target) = meant(&site, &opened.root, &arguments.name) else {
        return Ok(nothing(&site, &arguments.name));
    };
    let theme = Arc::new(render::theme(&site).value);
    let prepared = render::prepare(site.clone(), theme, &settings, None).value;
    let report = Report::new(&prepared, &References::new(&site), &target);
    let text = match arguments.format {
        RefsFormat::Human => report.human(&site),
        RefsFormat::Json => {
            let json = serde_json::to_string_pretty(&report).unwrap_or_default();
            format!("{json}\n")
        }
    };
    // A reader who has left is no failure.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
    Ok(ExitCode::SUCCESS)
}

/// What a name stands for; a file may be named from here too.
fn meant(site: &Site, root: &Path, name: &str) -> Option<Target> {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    called(site, name).or_else(|| {
        let file = absolute(Path::new(name));
        let below = file.strip_prefix(absolute(root)).ok()?;
        called(site, &below.to_string_lossy().replace('\\', "/"))
    })
}

/// Says that there is nothing of this name, and what may have been meant.
fn nothing(site: &Site, name: &str) -> ExitCode {
    let near: Vec<String> = similar(site, name).iter().map(|name| format!("`{name}`")).collect();
    let hint = match &*near {
        [] => "name a key of the data, a file of the site, or a feature".to_owned(),
        near => format!("did you mean {}?", near.join(" or ")),
    };
    // Nobody is left to be told where standard error is gone.
    let _ = writeln!(std::io::stderr(), "error: nothing of the site is called `{name}`: {hint}");
    ExitCode::FAILURE
}
