//! `variorum check`.

mod external;
mod fix;
mod known;
mod outputs;
mod repository;
mod since;

use std::convert::Infallible;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::civil::Date;

use self::external::{External, Pages};
pub(super) use self::fix::Fixes;
use self::known::is_faulty;
pub(super) use self::known::{Known, Marked};
pub(super) use self::outputs::{Outputs, Told};
pub(super) use self::repository::paths;
use super::Outcome;
use super::args::{CheckArguments, FailOnArgument};
use super::build::{grouped, output};
use super::editions::over_budget;
use super::failure::Failure;
use super::locate::{Place, located};
use super::opened::{Faults, Opened, on_threads};
use super::progress::Progress;
use super::settings::{Part, settings};
use crate::check::formats::Judgement;
use crate::check::{self, FailOn, Refused};
use crate::diagnostic::{Diagnostic, Finding, Levels};
use crate::model::Site;
use crate::render::{self, Output, PageFacts, Prepared, Settings, Twins};
use crate::write::OutputPath;

/// Judges the site, and writes nothing of it.
pub(super) fn check(arguments: &CheckArguments) -> Outcome {
    on_threads(None, || check_here(arguments))
}

/// What is known before anything is looked at.
fn known(arguments: &CheckArguments) -> Result<Known<'_>, Failure> {
    let CheckArguments { baseline, since, fail_on, write_baseline, .. } = arguments;
    if *fail_on == FailOnArgument::New && baseline.is_none() && since.is_none() {
        let what = "--fail-on new: say beside what, with `--baseline FILE` or `--since REV`";
        return Err(Failure::Usage(what.to_owned()));
    }
    Known::of(baseline.as_deref(), *write_baseline)
}

fn check_here(arguments: &CheckArguments) -> Outcome {
    let outputs = Outputs::new(arguments)?;
    let known = known(arguments)?;
    let external = External::new(arguments);
    let place = located(&arguments.place)?;
    let mut opened = match Opened::or_faults(&place)? {
        Ok(opened) => opened,
        Err(faults) => return Err(faulty(&faults, &outputs, &place)),
    };
    let rules = levels(arguments);
    Arc::make_mut(&mut opened.config).rules.set_all(&rules);
    let mut found = find(&mut opened, arguments)?;
    if arguments.diff {
        return show(&Fixes::of(&found.site, &found.findings, &place.root)?);
    }
    if arguments.fix {
        let fixes = Fixes::of(&found.site, &found.findings, &place.root)?;
        fixes.apply()?;
        // Nobody is left to be told where standard error is gone.
        let _ = std::io::stderr().write_all(fixes.words("fixed").as_bytes());
        opened = opened.again();
        found = find(&mut opened, arguments)?;
    }
    if let Some(external) = external {
        found.ask(&external);
    }
    conclude(&found.site, &found.findings, arguments, &outputs, known, &place)
}

/// A site that was judged.
struct Found {
    site: Arc<Site>,
    findings: Vec<Finding>,
    /// The pages that were looked at.
    pages: Pages,
    today: Date,
}

impl Found {
    /// Asks other sites, and adds what is dead there.
    fn ask(&mut self, external: &External<'_>) {
        let dead = external.findings(&self.pages, self.today);
        let findings = std::mem::take(&mut self.findings);
        self.findings = check::findings(&self.site, findings.into_iter().chain(dead));
    }
}

/// Prints what fixes would change.
fn show(fixes: &Fixes) -> Outcome {
    // A reader who has left is no failure.
    let _ = std::io::stdout().write_all(&fixes.diff());
    let _ = std::io::stderr().write_all(fixes.words("would fix").as_bytes());
    Ok(ExitCode::from(u8::from(!fixes.is_empty())))
}

/// Tells what is wrong with the configuration, without which nothing else can be found.
fn faulty(faults: &Faults, outputs: &Outputs, place: &Place) -> Failure {
    let rows = check::rows(&faults.findings, &faults.sources, None);
    let judgement = Judgement { rows, fail_on: FailOn::Errors, gone: None };
    let paths = self::paths(place);
    let told = Told { judgement, sources: &faults.sources, paths };
    outputs.tell(&told, Vec::new()).err().unwrap_or(Failure::Configuration)
}

/// The site, and what is wrong with it.
fn find(opened: &mut Opened, arguments: &CheckArguments) -> Result<Found, Failure> {
    let part = Part {
        languages: &arguments.languages,
        versions: &arguments.versions,
        date: arguments.date,
        twins: Twins::LeftOut,
    };
    let settings = settings(&opened.config, &part)?;
    match &arguments.since {
        Some(name) => since::since(opened, &settings, name),
        None => whole(opened, &settings),
    }
}

/// The site, and all that is wrong with it.
fn whole(opened: &mut Opened, settings: &Settings) -> Result<Found, Failure> {
    let mut found = Vec::new();
    let site = opened.site()?.collect(&mut found);
    found.extend(over_budget(&opened.root, &site, None)?);
    let theme = Arc::new(render::theme(&site).collect(&mut found));
    let prepared = render::prepare(site.clone(), theme, settings, None).collect(&mut found);
    let (findings, facts) = judge(&prepared, found);
    let pages = Pages { facts, before: Vec::new() };
    Ok(Found { site, findings, pages, today: settings.today })
}

fn levels(arguments: &CheckArguments) -> Levels {
    let mut levels = Levels::default();
    for (code, level) in &arguments.rules {
        levels.set(code, *level);
    }
    levels
}

/// The findings about a site, as a build of it would tell them, and what is known of its pages.
fn judge(prepared: &Prepared<'_>, mut found: Vec<Diagnostic>) -> (Vec<Finding>, Vec<PageFacts>) {
    let (refused, collisions) = check::collisions(prepared.site(), &output::planned(prepared));
    found.extend(collisions);
    let put = |output: Output| Ok::<_, Infallible>(unsafe_path(&output, &refused));
    let bar = Progress::Shown.bar(prepared);
    let Ok(rendered) = render::site(prepared, &put, &|done| bar.set_position(done as u64));
    bar.finish_and_clear();
    let (mut rendered, unsafe_paths) = rendered.collect(&mut found);
    found.extend(unsafe_paths.into_iter().flatten());
    let findings = check::judged(prepared, found, &mut rendered);
    (findings, rendered.facts)
}

/// What is wrong with the path of a file that a build would write.
fn unsafe_path(output: &Output, refused: &Refused) -> Option<Diagnostic> {
    if refused.contains(&output.path, output.source) {
        return None;
    }
    let why = OutputPath::new(&output.path).err()?;
    Some(output::unsafe_path(&output.path, &why.to_string(), output.source))
}

/// Tells the findings in every format that is wanted, and whether they fail the check.
fn conclude(
    site: &Site,
    findings: &[Finding],
    arguments: &CheckArguments,
    outputs: &Outputs,
    known: Known<'_>,
    place: &Place,
) -> Outcome {
    let mut rows = check::rows(findings, &site.sources, Some(&site.config));
    let code = is_faulty(&rows).then_some(101);
    let Marked { gone, written } = known.mark(&mut rows, &site.config.rules);
    // What was not looked at is not gone.
    let gone = gone.map(|gone| if is_whole(arguments) { gone } else { 0 });
    let judgement = Judgement { rows, fail_on: fail_on(arguments), gone };
    let words = words(&judgement, &known);
    let paths = self::paths(place);
    let told = Told { judgement, sources: &site.sources, paths };
    outputs.tell(&told, written.into_iter().collect())?;
    outputs.say(&words);
    Ok(ExitCode::from(code.unwrap_or_else(|| u8::from(told.judgement.has_failed()))))
}

/// Whether all findings about all of the site are asked for.
fn is_whole(arguments: &CheckArguments) -> bool {
    let CheckArguments { languages, versions, since, .. } = arguments;
    languages.is_empty() && versions.is_empty() && since.is_none()
}

fn fail_on(arguments: &CheckArguments) -> FailOn {
    match arguments.fail_on {
        FailOnArgument::Error => FailOn::Errors,
        FailOnArgument::Warning | FailOnArgument::New => FailOn::Warnings,
    }
}

/// What is said at the end: the numbers, and what has become of the baseline.
fn words(judgement: &Judgement<'_>, known: &Known<'_>) -> String {
    let tally = judgement.tally();
    let mut words =
        format!("{} errors, {} warnings", grouped(tally.errors), grouped(tally.warnings));
    if judgement.gone.is_some() {
        words.push_str(&format!(", {} known", grouped(tally.known)));
    }
    words.push('\n');
    words + &known.words(&judgement.rows, tally.known, judgement.gone.unwrap_or(0))
}
