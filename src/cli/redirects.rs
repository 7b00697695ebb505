//! `variorum redirects`.

mod files;
mod pages;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::Outcome;
use super::args::{RedirectsArguments, RedirectsFormat};
use super::build::print_findings;
use super::failure::Failure;
use super::locate::located;
use super::opened::{Opened, on_threads};
use super::settings::{Part, settings};
use crate::config::check_base_url;
use crate::diagnostic::{Checked, Diagnostic, Finding, codes, visible};
use crate::model::Site;
use crate::redirects::Table;
use crate::redirects::hosts::{Host, HostFile};
use crate::render::{self, Prepared, Twins};

/// The findings about old addresses: each says that one is lost.
const LOST: [&str; 3] =
    [codes::BAD_REDIRECT.name, codes::REDIRECT_SHADOW.name, codes::DUPLICATE_ADDRESS.name];

/// Writes the old addresses for a host.
pub(super) fn redirects(arguments: &RedirectsArguments) -> Outcome {
    on_threads(None, || redirects_here(arguments))
}

fn redirects_here(arguments: &RedirectsArguments) -> Outcome {
    let place = located(&arguments.place)?;
    let mut opened = Opened::new(&place)?;
    let config = Arc::make_mut(&mut opened.config);
    if let Some(url) = &arguments.base_url {
        config.base_url = check_base_url(url)
            .map_err(|message| Failure::Usage(format!("--base-url: {message}")))?;
    }
    // Whoever asks for the pages wants them, also where the build has none.
    config.redirects.pages |= arguments.format == RedirectsFormat::Html;
    let Checked { value: site, diagnostics } = opened.site()?;
    print_lost(diagnostics, &site)?;
    let output = arguments.output.as_deref();
    match (arguments.format, arguments.format.host()) {
        (_, Some(host)) => for_host(host, &site, output),
        (RedirectsFormat::Html, None) => {
            let prepared = prepared(&opened, &site)?;
            pages::write(&place, &prepared, output)
        }
        (_, None) => {
            let text = prepared(&opened, &site)?.redirect_table();
            let text = String::from_utf8_lossy(&text).into_owned() + "\n";
            files::write(&[HostFile { name: "redirects.json", text }], output)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn for_host(host: Host, site: &Site, output: Option<&Path>) -> Outcome {
    let table = Table::of(site);
    let files = table.and_then(|table| Ok((host.files(&table)?, host.advice(&table))));
    match files {
        Ok((files, advice)) => {
            files::write(&files, output)?;
            if let Some(advice) = advice {
                say(&format!("note: {advice}"));
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(fault) => {
            say(&format!("error: {}", visible(&fault.to_string())));
            Ok(ExitCode::from(1))
        }
    }
}

fn prepared(opened: &Opened, site: &Arc<Site>) -> Result<Prepared<'static>, Failure> {
    let part = Part { languages: &[], versions: &[], date: None, twins: Twins::LeftOut };
    let settings = settings(&opened.config, &part)?;
    let theme = Arc::new(render::theme(site).value);
    Ok(render::prepare(site.clone(), theme, &settings, None).value)
}

/// Tells which old addresses are lost, and why.
fn print_lost(found: Vec<Diagnostic>, site: &Site) -> Result<(), Failure> {
    let lost = found.into_iter().filter(|finding| LOST.contains(&finding.code.name));
    let lost: Vec<Finding> = lost.map(Finding::from).collect();
    print_findings(&lost, &site.sources, None)
}

fn say(line: &str) {
    // Nobody is left to be told where standard error is gone.
    let _ = writeln!(std::io::stderr(), "{line}");
}
