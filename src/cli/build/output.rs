//! The output of a build: rendered into a staging folder, then published in one step or refused.

use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::ProgressBar;
use rayon::prelude::*;

use super::super::args::BuildArguments;
use super::super::failure::Failure;
use super::super::locate::{Place, protected_folders};
use super::timings::Stages;
use crate::check::{self, Counts, FallbackRecord, Refused};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Finding, Severity, codes};
use crate::model::Site;
use crate::render::{self, Output, Planned, PlannedKind, Prepared, Reads, Rendered};
use crate::source::{FileId, Span, TextId};
use crate::write::{Durability, OutputPath, Published, Put, Stage, Target, WriteError};

/// How long to wait for another build into the same folder.
const PATIENCE: Duration = Duration::from_secs(10);

/// What files are made from that are not read.
const NOWHERE: Span = Span { text: TextId { file: FileId(0), index: 0 }, start: 0, end: 0 };

/// What came of a build.
#[derive(Debug)]
pub(super) struct Built {
    pub(super) counts: Counts,
    pub(super) rendered: Rendered,
    pub(super) findings: Vec<Finding>,
    pub(super) publication: Publication,
}

/// Whether the site was published.
#[derive(Debug)]
pub(super) enum Publication {
    /// It was.
    Done(Published),
    /// It has errors, and was asked to be strict.
    Refused,
    /// The program has failed on a page. What it would publish lacks that page, and may have other faults.
    Faulty,
}

/// A file on its way into the site.
pub(super) enum Staged {
    Put(Put),
    /// Not every system can hold its path.
    Unsafe(Diagnostic),
    /// Another file has its path, which has been said.
    Refused,
}

/// Takes a file of a page into the staging folder.
pub(super) type PutPage<'a> =
    &'a (dyn Fn(&Stage, &Output, &Refused) -> Result<Staged, Failure> + Sync);

/// Renders and publishes the site. `put_page` takes the files of pages: [`stage_file`], or a test's, in which the
/// program fails on a page. `found` is what was wrong before.
#[expect(clippy::too_many_arguments, reason = "all that came before comes together here")]
pub(super) fn build(
    put_page: PutPage<'_>,
    place: &Place,
    prepared: &Prepared<'_>,
    out: &Path,
    found: Vec<Diagnostic>,
    arguments: &BuildArguments,
    bar: &ProgressBar,
    stages: &mut Stages<'_>,
) -> Result<Built, Failure> {
    let site = prepared.site();
    let durability = if arguments.durable { Durability::Durable } else { Durability::Fast };
    let stage = open(place, &site.config, out, durability)?;
    let (refused, collisions) = check::collisions(site, &planned(prepared));
    stages.done("plan");
    let put = |output: Output| put_page(&stage, &output, &refused);
    let rendered = render::site(prepared, &put, &|done| bar.set_position(done as u64))?;
    let mut diagnostics = found;
    diagnostics.extend(collisions);
    let (mut rendered, mut staged) = rendered.collect(&mut diagnostics);
    stages.done("render");
    staged.extend(stage_assets(&stage, place, prepared, &refused)?);
    stages.done("assets");
    let mut puts = Vec::with_capacity(staged.len());
    for file in staged {
        match file {
            Staged::Put(put) => puts.push(put),
            Staged::Unsafe(finding) => diagnostics.push(finding),
            Staged::Refused => {}
        }
    }
    let findings = check::judged(prepared, diagnostics, &mut rendered);
    let findings = if arguments.strict { strict(findings) } else { findings };
    let fallbacks = check::fallbacks(site, prepared.languages());
    let counts = counts(prepared, &rendered, &fallbacks, &findings);
    let report = check::report(site, counts, &fallbacks, &findings);
    stages.done("check");
    let path = OutputPath::new("report.json").expect("the path is relative and plain");
    puts.push(stage.put(path, &report).map_err(write_failure)?);
    let is_fault = |finding: &Finding| finding.diagnostic.code.name == codes::PROGRAM_FAULT.name;
    let publication = if findings.iter().any(is_fault) {
        Publication::Faulty
    } else if arguments.strict && counts.errors > 0 {
        Publication::Refused
    } else {
        Publication::Done(stage.publish(&puts).map_err(write_failure)?)
    };
    stages.done("publish");
    Ok(Built { counts, rendered, findings, publication })
}

/// A folder to publish into, unless it is one to keep out of.
pub(in super::super) fn open(
    place: &Place,
    config: &Config,
    out: &Path,
    durability: Durability,
) -> Result<Stage, Failure> {
    let folder = |dir: &str| place.root.join(dir);
    let mut inputs: Vec<PathBuf> = ["content", "data", "templates", "assets"].map(folder).into();
    let translations = config.languages.iter().filter(|language| !language.dir.is_empty());
    inputs.extend(translations.map(|language| folder(&language.dir)));
    let protected = protected_folders();
    let target = Target {
        folder: out,
        site: &place.root,
        inputs: &inputs,
        protected: &protected,
        patience: PATIENCE,
        durability,
    };
    Stage::open(&target).map_err(write_failure)
}

/// All files that a build writes, in the order in which they were found.
pub(in super::super) fn planned(prepared: &Prepared<'_>) -> Vec<Planned> {
    let planned = |path: String, kind| Planned { path, source: NOWHERE, kind };
    let theirs = prepared.site().assets.iter();
    let theirs = theirs.map(|name| planned(format!("assets/{name}"), PlannedKind::Asset));
    let theme = prepared.theme_assets().map(|(path, _)| path.trim_start_matches('/').to_owned());
    let own = theme.chain(["report.json".to_owned()]).map(|path| planned(path, PlannedKind::Own));
    render::plan(prepared).into_iter().chain(own).chain(theirs).collect()
}

/// Takes a file into the staging folder, unless another one has its path.
pub(super) fn stage_file(
    stage: &Stage,
    output: &Output,
    refused: &Refused,
) -> Result<Staged, Failure> {
    if refused.contains(&output.path, output.source) {
        return Ok(Staged::Refused);
    }
    match OutputPath::new(&output.path) {
        Ok(path) => stage.put(path, &output.bytes).map(Staged::Put).map_err(write_failure),
        Err(why) => Ok(Staged::Unsafe(unsafe_path(&output.path, &why.to_string(), output.source))),
    }
}

/// The files of the theme and of the site's `assets`.
fn stage_assets(
    stage: &Stage,
    place: &Place,
    prepared: &Prepared<'_>,
    refused: &Refused,
) -> Result<Vec<Staged>, Failure> {
    let mut staged = Vec::new();
    for (path, bytes) in prepared.theme_assets() {
        // Paths of the theme begin with a slash, as they are addresses below the base path.
        let path = path.trim_start_matches('/').to_owned();
        let output =
            Output { path, bytes: bytes.to_vec(), source: NOWHERE, reads: Reads::default() };
        staged.push(stage_file(stage, &output, refused)?);
    }
    let site: &Site = prepared.site();
    let assets: Result<Vec<Staged>, Failure> = site
        .assets
        .par_iter()
        .map(|name| {
            let path = format!("assets/{name}");
            if refused.contains(&path, NOWHERE) {
                return Ok(Staged::Refused);
            }
            let from = place.root.join(&path);
            match OutputPath::new(&path) {
                Ok(path) => stage.copy(path, &from).map(Staged::Put).map_err(write_failure),
                Err(why) => Ok(Staged::Unsafe(unsafe_path(&path, &why.to_string(), NOWHERE))),
            }
        })
        .collect();
    staged.extend(assets?);
    Ok(staged)
}

/// A path that not every system can hold.
pub(in super::super) fn unsafe_path(path: &str, why: &str, source: Span) -> Diagnostic {
    let message = format!("`{path}` cannot be published: {why}");
    Diagnostic::new(codes::UNSAFE_NAME, source, message).hint("rename it")
}

/// The findings with every warning an error.
fn strict(mut findings: Vec<Finding>) -> Vec<Finding> {
    for finding in &mut findings {
        finding.diagnostic.severity = Severity::Error;
    }
    findings
}

fn counts(
    prepared: &Prepared<'_>,
    rendered: &Rendered,
    fallbacks: &[FallbackRecord],
    findings: &[Finding],
) -> Counts {
    let (errors, warnings) = check::tally(findings);
    Counts {
        pages: rendered.pages,
        bodies: rendered.bodies,
        evaluations: rendered.evaluations,
        languages: prepared.languages().len(),
        versions: prepared.versions().len(),
        redirects: prepared.site().redirects.len(),
        fallbacks: fallbacks.len(),
        errors,
        warnings,
    }
}

pub(in super::super) fn write_failure(error: WriteError) -> Failure {
    match error {
        WriteError::Refused { .. } => Failure::Usage(error.to_string()),
        _ => Failure::Io(error.to_string()),
    }
}
