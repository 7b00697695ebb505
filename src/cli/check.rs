//! `variorum check`.

mod since;

use std::convert::Infallible;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use super::Outcome;
use super::args::CheckArguments;
use super::build::{grouped, output, print_findings};
use super::failure::Failure;
use super::locate::locate;
use super::opened::{Opened, on_threads};
use super::settings::{Part, settings};
use crate::check::{self, Refused};
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::model::Site;
use crate::render::{self, Output, Prepared, Settings, Twins};
use crate::write::OutputPath;

/// Judges the site, and writes nothing of it.
pub(super) fn check(arguments: &CheckArguments) -> Outcome {
    on_threads(None, || check_here(arguments))
}

fn check_here(arguments: &CheckArguments) -> Outcome {
    let place = locate(arguments.site.as_deref(), arguments.config.as_deref())?;
    let mut opened = Opened::new(&place)?;
    let part = Part { languages: &[], versions: &[], date: arguments.date, twins: Twins::LeftOut };
    let settings = settings(&opened.config, &part)?;
    let (site, findings) = match &arguments.since {
        Some(name) => since::since(&mut opened, &settings, name)?,
        None => whole(&mut opened, &settings)?,
    };
    print_findings(&findings, &site.sources, None)?;
    let (errors, warnings) = check::tally(&findings);
    // A reader who has left is no failure.
    let _ =
        writeln!(std::io::stdout(), "{} errors, {} warnings", grouped(errors), grouped(warnings));
    Ok(ExitCode::from(exit_code(&findings)))
}

/// The site, and all that is wrong with it.
fn whole(opened: &mut Opened, settings: &Settings) -> Result<(Arc<Site>, Vec<Finding>), Failure> {
    let mut found = Vec::new();
    let site = opened.site()?.collect(&mut found);
    let theme = Arc::new(render::theme(&site).collect(&mut found));
    let prepared = render::prepare(site.clone(), theme, settings, None).collect(&mut found);
    let findings = judge(&prepared, found);
    Ok((site, findings))
}

/// The findings about a site, as a build of it would tell them.
fn judge(prepared: &Prepared<'_>, mut found: Vec<Diagnostic>) -> Vec<Finding> {
    let (refused, collisions) = check::collisions(prepared.site(), &output::planned(prepared));
    found.extend(collisions);
    let put = |output: Output| Ok::<_, Infallible>(unsafe_path(&output, &refused));
    let Ok(rendered) = render::site(prepared, &put, &|_| {});
    let (mut rendered, unsafe_paths) = rendered.collect(&mut found);
    found.extend(unsafe_paths.into_iter().flatten());
    check::judged(prepared, found, &mut rendered)
}

/// What is wrong with the path of a file that a build would write.
fn unsafe_path(output: &Output, refused: &Refused) -> Option<Diagnostic> {
    if refused.contains(&output.path, output.source) {
        return None;
    }
    let why = OutputPath::new(&output.path).err()?;
    Some(output::unsafe_path(&output.path, &why.to_string(), output.source))
}

fn exit_code(findings: &[Finding]) -> u8 {
    let is_fault = |finding: &Finding| finding.diagnostic.code.name == codes::PROGRAM_FAULT.name;
    if findings.iter().any(is_fault) {
        return 101;
    }
    u8::from(check::tally(findings).0 > 0)
}
