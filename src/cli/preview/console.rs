//! What the preview says in the terminal.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use super::super::build::{grouped, print_findings};
use super::super::failure::Failure;
use super::result;
use crate::diagnostic::{Diagnostic, Finding};
use crate::preview::follow::Listener;
use crate::preview::reader::Touched;
use crate::preview::server::Listeners;
use crate::preview::{Editor, Snapshot};
use crate::source::Sources;

/// Findings that were there when the preview began are counted, and not printed one by one.
const PRINTED: usize = 20;

/// Says what happens.
pub(super) struct Console {
    _editor: Editor,
}

impl Console {
    pub(super) fn new(editor: Editor) -> Self {
        Self { _editor: editor }
    }

    /// Says that pages can be looked at: the address on standard output, all else on standard error.
    pub(super) fn ready(
        &self,
        listeners: &Listeners,
        url: &str,
        snapshot: &Snapshot,
        time: Duration,
        complaint: Option<&str>,
    ) -> Result<(), Failure> {
        for notice in listeners.notices() {
            self.say(&notice.to_string());
        }
        if let Some(complaint) = complaint {
            self.say(complaint);
        }
        let prepared = &snapshot.prepared;
        let (languages, versions) = (prepared.languages().len(), prepared.versions().len());
        self.say(&format!(
            "{} pages · {versions} versions · {languages} languages, ready in {:.1} s; Ctrl-C ends the preview",
            grouped(prepared.page_count()),
            time.as_secs_f64(),
        ));
        let count = snapshot.found.len();
        if count > 0 {
            self.say(&format!("{} findings so far: open a page to see its own", grouped(count)));
        }
        result(url);
        Ok(())
    }

    /// Says a line.
    pub(super) fn say(&self, line: &str) {
        // Nobody is left to be told where standard error is gone.
        let _ = writeln!(std::io::stderr(), "{line}");
    }
}

impl Listener for Console {
    fn changed(&mut self, touched: &Touched, before: &Arc<Snapshot>, now: &Arc<Snapshot>) {
        let files: Vec<&str> = touched.files.iter().map(String::as_str).collect();
        let what = match files.as_slice() {
            [] => "everything".to_owned(),
            [file] => (*file).to_owned(),
            [first, rest @ ..] => format!("{first} and {} more files", rest.len()),
        };
        self.say(&what);
        let known = |finding: &Diagnostic| {
            let same = |other: &&Diagnostic| {
                other.code.name == finding.code.name && other.message == finding.message
            };
            before.found.iter().find(same).is_some()
        };
        let new = now.found.iter().filter(|finding| !known(finding)).take(PRINTED);
        let new: Vec<Finding> = new.cloned().map(Finding::from).collect();
        // Standard error is gone: nobody is left to be told.
        let _ = print_findings(&new, &now.prepared.site().sources, None);
    }

    fn faulty(&mut self, sources: &Sources, findings: &[Diagnostic]) {
        let findings: Vec<Finding> = findings.iter().cloned().map(Finding::from).collect();
        let _ = print_findings(&findings, sources, None);
        self.say("the pages stay as they were until that is corrected");
    }

    fn failed(&mut self, why: &str) {
        self.say(&format!("error: {why}; the pages stay as they were"));
    }
}
