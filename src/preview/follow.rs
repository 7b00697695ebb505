//! Follows the files: each change becomes the next snapshot, which is shown at once, and told to whoever listens.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::info::Editor;
use super::reader::{Reader, Touched, Trouble};
use super::session::Session;
use super::snapshot::Snapshot;
use super::watch::Watch;
use crate::diagnostic::Diagnostic;
use crate::model::Site;
use crate::source::Sources;
use crate::translation::Lock;

/// How long nobody looks whether the preview is to end.
const PATIENCE: Duration = Duration::from_millis(200);

/// Who is told what became of a change.
pub trait Listener: Send {
    /// There is a new snapshot, made of these files.
    fn changed(&mut self, touched: &Touched, before: &Arc<Snapshot>, now: &Arc<Snapshot>);

    /// The site cannot be shown as it is now, because of faults in the configuration.
    fn faulty(&mut self, sources: &Sources, findings: &[Diagnostic]);

    /// The site cannot be shown as it is now, for this reason.
    fn failed(&mut self, why: &str);
}

/// Follows the files until `stop` is set.
pub fn follow(
    session: &Session,
    editor: &Editor,
    mut reader: Reader,
    mut watch: Watch,
    listener: &mut dyn Listener,
    stop: &AtomicBool,
) {
    // What could not be taken in is tried again with the next change.
    let mut missed = Touched::default();
    while !stop.load(Ordering::Relaxed) {
        let Ok(next) = watch.next(PATIENCE) else { return };
        let Some(touched) = next else { continue };
        let touched = missed.and(touched);
        missed = Touched::default();
        let before = session.snapshot();
        match reader.next(&touched, &before) {
            Ok(Some(snapshot)) => {
                let now = Arc::new(snapshot);
                // The configuration may name a language more. Where its folder cannot be watched, the next save is
                // the next chance.
                let _ = watch.follow(reader.folders());
                session.show(now.clone());
                listener.changed(&touched, &before, &now);
            }
            Ok(None) => {
                session.well();
                if names_lock(before.prepared.site(), &touched) {
                    session.stir();
                }
            }
            Err(trouble) => {
                missed = touched;
                missed.everything |=
                    matches!(trouble, Trouble::Configuration(..) | Trouble::Usage(_));
                told(session, editor, listener, &trouble);
            }
        }
    }
}

/// Whether a list of what translations stand for is among the files. It is no part of the site, but comparisons read it.
fn names_lock(site: &Site, touched: &Touched) -> bool {
    let mut languages = site.config.languages();
    languages.any(|(_, language)| touched.files.contains(&Lock::path(language)))
}

fn told(session: &Session, editor: &Editor, listener: &mut dyn Listener, trouble: &Trouble) {
    match trouble {
        Trouble::Configuration(sources, findings) => {
            let problem = |finding| editor.problem(sources, finding);
            session.trouble(findings.iter().map(problem).collect());
            listener.faulty(sources, findings);
        }
        Trouble::Usage(why) | Trouble::Unreadable(why) => {
            session.trouble(vec![editor.trouble(why)]);
            listener.failed(why);
        }
    }
}
