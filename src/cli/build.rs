//! `variorum build`.

pub(super) mod output;
#[cfg(test)]
mod tests;
mod timings;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use self::output::{Built, Publication};
use self::timings::{Clocks, Report, Stages, SystemClocks};
use super::args::BuildArguments;
use super::failure::Failure;
use super::locate::{Place, colour, located};
use super::opened::{Opened, on_threads};
use super::progress::Progress;
use super::settings::{Part, settings};
use super::{Outcome, findings};
use crate::config::check_base_url;
use crate::diagnostic::{Checked, Finding, Severity};
use crate::model::Site;
use crate::render::{self, Twins};
use crate::source::Sources;

/// How many findings are printed; all are in `report.json`.
const PRINTED: usize = 100;

/// Builds the site, all of it on threads whose stacks have a known size.
pub(super) fn build(arguments: &BuildArguments) -> Outcome {
    on_threads(arguments.jobs, || build_here(arguments))
}

fn build_here(arguments: &BuildArguments) -> Outcome {
    let started = Instant::now();
    let clocks = arguments.timings.as_ref().map(|_| SystemClocks::new());
    let clocks: Option<&dyn Clocks> = clocks.as_ref().map(|clocks| clocks as _);
    let mut stages = Stages::begin(clocks);
    let place = located(&arguments.place)?;
    let mut opened = open(&place, arguments)?;
    let settings = settings(&opened.config, &part(arguments))?;
    stages.done("configuration");
    let mut found = Vec::new();
    let site = read(&mut opened, &mut stages)?.collect(&mut found);
    let theme = Arc::new(render::theme(&site).collect(&mut found));
    stages.done("theme");
    let mut prepared = render::prepare(site.clone(), theme, &settings, None).collect(&mut found);
    if let Some(clocks) = clocks {
        prepared = prepared.clocked(clocks);
    }
    stages.done("strings");
    let out = arguments.out.clone().unwrap_or_else(|| place.root.join("public"));
    let progress = if arguments.quiet { Progress::Hidden } else { Progress::Shown };
    let bar = progress.bar(&prepared);
    let put = &output::stage_file;
    let built = output::build(put, &place, &prepared, &out, found, arguments, &bar, &mut stages);
    bar.finish_and_clear();
    let built = built?;
    let report = match built.publication {
        Publication::Done(_) => Some(out.join("report.json")),
        Publication::Refused | Publication::Faulty => None,
    };
    print_findings(&built.findings, &site.sources, report.as_deref())?;
    if !arguments.quiet {
        // A reader who has left is no failure.
        let _ = writeln!(std::io::stdout(), "{}", summary(&built, &out, started.elapsed()));
    }
    if let Some(report) = stages.report(&built.rendered, &site) {
        print_timings(&report, arguments)?;
    }
    Ok(ExitCode::from(exit_code(&built)))
}

fn part(arguments: &BuildArguments) -> Part<'_> {
    Part {
        languages: &arguments.languages,
        versions: &arguments.versions,
        date: arguments.date,
        twins: if arguments.no_twins { Twins::LeftOut } else { Twins::Written },
    }
}

/// What the program says about a build when it ends.
fn exit_code(built: &Built) -> u8 {
    match built.publication {
        // As a program of this language ends that panics: whoever asks for the one means the other.
        Publication::Faulty => 101,
        Publication::Done(_) | Publication::Refused => u8::from(built.counts.errors > 0),
    }
}

/// Reads the configuration, with what the arguments say instead of it.
fn open(place: &Place, arguments: &BuildArguments) -> Result<Opened, Failure> {
    let mut opened = Opened::new(place)?;
    if let Some(url) = &arguments.base_url {
        let url = check_base_url(url)
            .map_err(|message| Failure::Usage(format!("--base-url: {message}")))?;
        Arc::make_mut(&mut opened.config).base_url = url;
    }
    Ok(opened)
}

/// Discovers, loads and models the site.
fn read(opened: &mut Opened, stages: &mut Stages<'_>) -> Result<Checked<Arc<Site>>, Failure> {
    let inventory = opened.inventory()?;
    stages.done("discover");
    let loaded = opened.load(&inventory)?;
    stages.done("load");
    let site = opened.model(loaded);
    stages.done("model");
    Ok(site)
}

/// Prints the gravest findings to standard error, and where the others are.
pub(super) fn print_findings(
    found: &[Finding],
    sources: &Sources,
    report: Option<&Path>,
) -> Result<(), Failure> {
    let severity = |finding: &&Finding| finding.diagnostic.severity;
    let errors = found.iter().filter(|finding| severity(finding) == Severity::Error);
    let warnings = found.iter().filter(|finding| severity(finding) == Severity::Warning);
    let shown: Vec<Finding> = errors.chain(warnings).take(PRINTED).cloned().collect();
    let mut out = std::io::stderr().lock();
    let colour = colour(&out);
    let printed = findings::print(&shown, sources, colour, &mut out).and_then(|()| {
        match (found.len() - shown.len(), report) {
            (0, _) => Ok(()),
            (more, None) => writeln!(out, "and {} more\n", grouped(more)),
            (more, Some(report)) => {
                writeln!(out, "and {} more: see {}\n", grouped(more), report.display())
            }
        }
    });
    match printed {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(|error| Failure::Io(format!("cannot print findings: {error}"))),
    }
}

/// Prints where the time went to standard error, or writes it into the file that was named.
fn print_timings(report: &Report, arguments: &BuildArguments) -> Result<(), Failure> {
    match arguments.timings.as_ref().and_then(Option::as_ref) {
        Some(file) => std::fs::write(file, report.json())
            .map_err(|error| Failure::Io(format!("cannot write {}: {error}", file.display()))),
        None => {
            // A reader who has left is no failure.
            let _ = std::io::stderr().lock().write_all(report.table().as_bytes());
            Ok(())
        }
    }
}

/// One line about the build.
fn summary(built: &Built, out: &Path, time: Duration) -> String {
    let counts = &built.counts;
    let what = format!(
        "{} pages from {} bodies ({} versions × {} languages), {} fallbacks, {} errors, {} warnings, {:.1} s",
        grouped(counts.pages),
        grouped(counts.bodies),
        counts.versions,
        counts.languages,
        grouped(counts.fallbacks),
        grouped(counts.errors),
        grouped(counts.warnings),
        time.as_secs_f64(),
    );
    match &built.publication {
        Publication::Refused => {
            format!("refused: {what}; {} is as it was", out.display())
        }
        Publication::Faulty => {
            let out = out.display();
            format!("stopped by a fault of the program: {what}; {out} is as it was")
        }
        Publication::Done(published) => format!(
            "built {what}: {} files written, {} unchanged, {} removed in {}",
            grouped(published.written),
            grouped(published.unchanged),
            grouped(published.removed),
            out.display(),
        ),
    }
}

/// A number with a comma between thousands.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
