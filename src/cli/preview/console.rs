//! What the preview says in the terminal.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::super::build::{grouped, print_findings};
use super::super::failure::Failure;
use super::reporter::Save;
use super::result;
use crate::diagnostic::{Diagnostic, Finding};
use crate::preview::Snapshot;
use crate::preview::follow::Listener;
use crate::preview::reader::Touched;
use crate::preview::server::Listeners;
use crate::source::Sources;

/// Hands what was saved to those who find out what became of it, so that nobody waits for that.
pub(super) struct Console {
    pub(super) saves: Sender<Save>,
    /// Whether there is one that nobody has looked at yet.
    pub(super) is_waiting: Arc<AtomicBool>,
}

/// Says that pages can be looked at: the address on standard output, all else on standard error.
pub(super) fn ready(
    listeners: &Listeners,
    url: &str,
    snapshot: &Snapshot,
    time: Duration,
    complaint: Option<&str>,
) -> Result<(), Failure> {
    for notice in listeners.notices() {
        say(&notice.to_string());
    }
    if let Some(complaint) = complaint {
        say(complaint);
    }
    let prepared = &snapshot.prepared;
    let (languages, versions) = (prepared.languages().len(), prepared.versions().len());
    say(&format!(
        "{} · {} · {}, ready in {:.1} s; Ctrl-C ends the preview",
        plural(prepared.page_count(), "page"),
        plural(versions, "version"),
        plural(languages, "language"),
        time.as_secs_f64(),
    ));
    let count = snapshot.found.len();
    if count > 0 {
        let findings = plural(count, "finding");
        say(&format!("{findings} so far; a page shows its own in the bar"));
    }
    result(url);
    Ok(())
}

fn plural(count: usize, word: &str) -> String {
    format!("{} {word}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// Says a line.
pub(super) fn say(line: &str) {
    // Nobody is left to be told where standard error is gone.
    let _ = writeln!(std::io::stderr(), "{line}");
}

impl Listener for Console {
    fn changed(&mut self, touched: &Touched, before: &Arc<Snapshot>, now: &Arc<Snapshot>) {
        let (touched, before, now) = (touched.clone(), before.clone(), now.clone());
        self.is_waiting.store(true, Ordering::Relaxed);
        // Nobody listens any more when the preview ends.
        let _ = self.saves.send(Save { touched, before, now });
    }

    fn faulty(&mut self, sources: &Sources, findings: &[Diagnostic]) {
        let findings: Vec<Finding> = findings.iter().cloned().map(Finding::from).collect();
        // Nobody is left to be told where standard error is gone.
        let _ = print_findings(&findings, sources, None);
        say("the pages stay as they were until that is corrected");
    }

    fn failed(&mut self, why: &str) {
        say(&format!("error: {why}; the pages stay as they were"));
    }
}
