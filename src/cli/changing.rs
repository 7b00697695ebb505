//! Changes of the site's own files: shown, asked about, carried out.

use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;

use super::Outcome;
use super::build::{grouped, print_findings};
use super::failure::Failure;
use crate::check::KnownFindings;
use crate::diagnostic::{Diagnostic, Finding};
use crate::edit::{Rewrite, Rewritten};
use crate::source::Sources;

/// What is to be changed, and what is to be said about it.
pub(super) struct Proposal<'a> {
    pub(super) rewrite: Rewrite,
    /// What somebody has to look at, as sentences.
    pub(super) notes: Vec<String>,
    /// What would be wrong that is not wrong now.
    pub(super) findings: Vec<Finding>,
    /// The files of the site as it would be.
    pub(super) sources: &'a Sources,
}

/// Whether to do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Consent {
    /// Without asking.
    Given,
    /// If somebody says so.
    Asked,
    /// Only shown.
    Withheld,
}

impl Consent {
    /// What `--dry-run` and `--yes` say.
    pub(super) fn of(dry_run: bool, yes: bool) -> Self {
        match (dry_run, yes) {
            (true, _) => Self::Withheld,
            (_, true) => Self::Given,
            _ => Self::Asked,
        }
    }
}

/// The findings of a changed site that were not there before.
pub(super) fn new_findings(before: &[Diagnostic], after: Vec<Diagnostic>) -> Vec<Finding> {
    let key = |finding: &Diagnostic| (finding.code.name, finding.message.clone());
    let mut known: KnownFindings<_> =
        before.iter().map(|finding| (key(finding), finding.weight())).collect();
    let is_new = |finding: &Diagnostic| !known.take(&key(finding), finding.weight());
    after.into_iter().filter(is_new).map(Finding::from).collect()
}

/// Shows the changes, asks where that is wanted, and makes them.
pub(super) fn carry_out(proposal: &Proposal<'_>, consent: Consent) -> Outcome {
    let mut out = io::stdout();
    if consent == Consent::Withheld {
        // A reader who has left is no failure.
        let _ = out.write_all(&proposal.rewrite.diff());
        tell(proposal)?;
        return Ok(ExitCode::SUCCESS);
    }
    let _ = out.write_all(summary(&proposal.rewrite).as_bytes());
    tell(proposal)?;
    if consent == Consent::Asked && !asked()? {
        let _ = writeln!(out, "nothing has been changed");
        return Ok(ExitCode::from(1));
    }
    proposal.rewrite.apply().map_err(|why| Failure::Io(why.to_string()))?;
    let _ = writeln!(out, "done");
    Ok(ExitCode::SUCCESS)
}

/// Notes and findings, to standard error.
fn tell(proposal: &Proposal<'_>) -> Result<(), Failure> {
    let mut err = io::stderr();
    for note in &proposal.notes {
        let _ = writeln!(err, "note: {note}");
    }
    if !proposal.findings.is_empty() {
        let _ = writeln!(err, "note: afterwards this would be wrong that is not wrong now:");
        print_findings(&proposal.findings, proposal.sources, None)?;
    }
    Ok(())
}

/// Asks on the terminal.
fn asked() -> Result<bool, Failure> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        let hint = "say --yes to change the files, or --dry-run to see the changes";
        return Err(Failure::Usage(format!("there is nobody to ask: {hint}")));
    }
    let mut out = io::stdout();
    let _ = write!(out, "change these files? [y/N] ");
    let _ = out.flush();
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    read.map_err(|error| Failure::Io(format!("cannot read the answer: {error}")))?;
    Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}

/// What becomes of each file, in a line.
fn summary(rewrite: &Rewrite) -> String {
    let mut groups: [(&str, Vec<String>); 4] =
        [("moved", vec![]), ("changed", vec![]), ("added", vec![]), ("removed", vec![])];
    for file in rewrite.files() {
        let (group, line) = described(file);
        groups[group].1.push(line);
    }
    let mut text = String::new();
    for (what, lines) in groups.iter().filter(|(_, lines)| !lines.is_empty()) {
        let files = if lines.len() == 1 { "file is" } else { "files are" };
        text.push_str(&format!("{} {files} {what}:\n", grouped(lines.len())));
        lines.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
    }
    if text.is_empty() { "there is nothing to change\n".to_owned() } else { text }
}

/// The group of a file, and its line there.
fn described(file: &Rewritten) -> (usize, String) {
    let path = file.path().to_owned();
    match (&file.before, &file.after) {
        (Some(before), Some(after)) if before.path != after.path => {
            let edited = if before.bytes == after.bytes { "" } else { ", changed" };
            (0, format!("{path} → {}{edited}", after.path))
        }
        (Some(_), Some(_)) => (1, path),
        (None, _) => (2, path),
        (_, None) => (3, path),
    }
}
