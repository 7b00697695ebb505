//! Finds out what a save reaches and what is wrong with it, while nobody waits.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::super::build::print_findings;
use super::super::opened::STACK;
use super::console::say;
use crate::affected::{Index, Report, Stopped};
use crate::diagnostic::Finding;
use crate::model::{Changes, Page};
use crate::preview::Snapshot;
use crate::preview::reader::Touched;
use crate::variant::{LanguageId, Variant};

/// So long after the beginning, all pages are read once to know what a save reaches.
const IDLE: Duration = Duration::from_secs(2);

/// So long after the last save it is told what it reaches.
const QUIET: Duration = Duration::from_millis(200);

/// Of so many of the pages that a save reaches it is told at once what is wrong with them.
const LOOKED_AT: usize = 8;

/// Something was saved.
pub(super) struct Save {
    pub(super) touched: Touched,
    pub(super) before: Arc<Snapshot>,
    pub(super) now: Arc<Snapshot>,
}

/// Tells of saves until nobody saves any more. One thread does the work, so that another one is free for readers, and it
/// stops in the middle when something is saved.
pub(super) fn report(first: Arc<Snapshot>, saves: Receiver<Save>, is_waiting: &AtomicBool) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build();
    // Without a thread there are no reports; the pages are shown all the same.
    if let Ok(pool) = pool {
        pool.install(|| {
            Reporter { current: first, index: None, saves, is_waiting, asked: false }.run()
        });
    }
}

struct Reporter<'a> {
    /// The last snapshot of which it was told what it reaches, or the first.
    current: Arc<Snapshot>,
    /// What its pages look like, once that is known.
    index: Option<Index>,
    saves: Receiver<Save>,
    /// Whether something was saved that nobody has looked at yet.
    is_waiting: &'a AtomicBool,
    /// Whether something was saved since the current snapshot.
    asked: bool,
}

impl Reporter<'_> {
    fn run(mut self) {
        let mut latest = self.current.clone();
        loop {
            let patience = if self.asked { QUIET } else { IDLE };
            match self.saves.recv_timeout(patience) {
                Ok(save) => {
                    self.is_waiting.store(false, Ordering::Relaxed);
                    self.asked = true;
                    latest = save.now.clone();
                    say(&format!("saved {}", name(&save)));
                    self.findings(&save, &Which::Saved);
                }
                // Whoever is stopped in the middle begins again when it is quiet.
                Err(RecvTimeoutError::Timeout) => drop(self.catch_up(&latest)),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Reads the pages of the current snapshot, if that was not done, and tells what the saves since then reach.
    fn catch_up(&mut self, latest: &Arc<Snapshot>) -> Result<(), Stopped> {
        let go_on = || !self.is_waiting.load(Ordering::Relaxed);
        let index = match self.index.take() {
            Some(index) => index,
            None => Index::new(&self.current.prepared, &go_on)?,
        };
        if !self.asked {
            self.index = Some(index);
            return Ok(());
        }
        let (before, now) = (self.current.clone(), latest.clone());
        let changes = changes(&before, &now);
        let after = index.after(&before.prepared, &now.prepared, &changes, &go_on);
        let Ok((next, affected)) = after else {
            self.index = Some(index);
            return Err(Stopped);
        };
        let reached = affected.iter().map(|page| page.path.clone()).collect();
        let save = Save { touched: Touched::default(), before, now: now.clone() };
        self.findings(&save, &Which::Reached(reached));
        let report = Report::new(now.prepared.site(), affected);
        say(&format!("  → {}\n", report.summary()));
        (self.index, self.current, self.asked) = (Some(next), now, false);
        Ok(())
    }

    /// Prints what is wrong now that was not wrong before: of the pages that were saved, or of those with these paths.
    fn findings(&self, save: &Save, which: &Which) {
        let Save { touched, before, now } = save;
        let pages = |snapshot: &Snapshot| found(snapshot, touched, which);
        let known = pages(before);
        let is_known = |finding: &Finding| {
            let same = |other: &Finding| {
                let (one, other) = (&finding.diagnostic, &other.diagnostic);
                one.code.name == other.code.name && one.message == other.message
            };
            known.iter().any(same)
        };
        let mut new = pages(now);
        new.retain(|finding| !is_known(finding));
        // Nobody is left to be told where standard error is gone.
        let _ = print_findings(&new, &now.prepared.site().sources, None);
    }
}

/// Of which pages is told what is wrong with them.
enum Which {
    /// Of those that were saved, and of the site as a whole.
    Saved,
    /// Of some of those that were reached; by their paths.
    Reached(Vec<String>),
}

/// What is wrong with pages.
fn found(snapshot: &Snapshot, touched: &Touched, which: &Which) -> Vec<Finding> {
    let site = snapshot.prepared.site();
    let is_touched = |page: &Page, language: LanguageId| {
        let edition = page.edition(language);
        edition.is_some_and(|edition| touched.files.contains(&site.sources.file(edition.file).path))
    };
    let reached: BTreeSet<&str> = match which {
        Which::Saved => BTreeSet::new(),
        Which::Reached(paths) => paths.iter().map(String::as_str).take(LOOKED_AT).collect(),
    };
    let mut found = Vec::new();
    for page in &site.pages {
        for language in snapshot.prepared.languages() {
            let is_wanted = match which {
                Which::Saved => is_touched(page, *language),
                Which::Reached(_) => reached.contains(&*page.path) && !is_touched(page, *language),
            };
            let version = snapshot.first_version(page.id);
            let Some(version) = version.filter(|_| is_wanted) else { continue };
            let shown = snapshot.page(page.id, Variant { language: *language, version });
            found.extend(shown.iter().flat_map(|shown| shown.findings.iter().cloned()));
        }
    }
    if matches!(which, Which::Saved) {
        found.extend(snapshot.found.iter().cloned().map(Finding::from));
    }
    found
}

/// How the site differs from what it was some saves ago.
fn changes(before: &Snapshot, now: &Snapshot) -> Changes {
    if now.number == before.number + 1 {
        return now.changes.clone();
    }
    // Where everything was read again in between, nothing can be compared.
    if now.epoch == before.epoch {
        now.prepared.site().changes_since(before.prepared.site())
    } else {
        Changes::all()
    }
}

/// What was saved. Editors write files of their own beside those of the site, which are nobody's concern.
fn name(save: &Save) -> String {
    let sources = [&save.before, &save.now].map(|snapshot| &snapshot.prepared.site().sources);
    let is_read = |path: &str| {
        sources.iter().any(|sources| sources.files().any(|(_, file)| file.path == path))
    };
    let is_of_site = |path: &&String| path.starts_with("assets/") || is_read(path);
    let files: Vec<&String> = save.touched.files.iter().filter(is_of_site).collect();
    let mut files = files.into_iter();
    match (files.next(), files.len()) {
        _ if save.touched.everything => "the site as a whole".to_owned(),
        (None, _) => "a folder".to_owned(),
        (Some(file), 0) => file.clone(),
        (Some(file), more) => format!("{file} and {more} more"),
    }
}
