//! Tells which files of a site have changed, a moment after they did.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::reader::Touched;

/// After the last change the files are left alone for so long before anybody reads them: editors write in steps.
const QUIET: Duration = Duration::from_millis(5);

/// Changes that go on are taken in after this time.
const PATIENCE: Duration = Duration::from_millis(40);

/// How often files are looked at where the system does not tell of changes.
const POLLING: Duration = Duration::from_millis(500);

/// Watches the folders of a site. The system watches folders, not files: there is no handle for each file.
pub struct Watch {
    watcher: Box<dyn Watcher + Send>,
    events: Receiver<notify::Result<Event>>,
    root: PathBuf,
    folders: Vec<String>,
    watched: BTreeSet<String>,
    /// Why the system does not tell of changes, where it does not.
    pub complaint: Option<String>,
}

impl Watch {
    /// Watches these folders below `root`, and the files directly in it. Folders that do not exist are watched as soon
    /// as they do.
    pub fn new(root: &Path, folders: Vec<String>) -> notify::Result<Self> {
        let root = root.to_owned();
        let mut watch = Self::by_system(&root, folders.clone())?;
        if let Err(error) = watch.begin() {
            watch = Self::by_polling(&root, folders, &error)?;
            watch.begin()?;
        }
        Ok(watch)
    }

    fn by_system(root: &Path, folders: Vec<String>) -> notify::Result<Self> {
        let (sender, events) = channel();
        let watcher = Box::new(RecommendedWatcher::new(sender, Config::default())?);
        let (root, watched) = (root.to_owned(), BTreeSet::new());
        Ok(Self { watcher, events, root, folders, watched, complaint: None })
    }

    fn by_polling(
        root: &Path,
        folders: Vec<String>,
        error: &notify::Error,
    ) -> notify::Result<Self> {
        let (sender, events) = channel();
        let config = Config::default().with_poll_interval(POLLING);
        let watcher = Box::new(PollWatcher::new(sender, config)?);
        let (root, watched) = (root.to_owned(), BTreeSet::new());
        let complaint = Some(format!(
            "the system does not tell of changes ({error}), so files are looked at twice a second; on Linux, \
             raise `fs.inotify.max_user_watches`"
        ));
        Ok(Self { watcher, events, root, folders, watched, complaint })
    }

    fn begin(&mut self) -> notify::Result<()> {
        self.watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        self.watch_new().map(|_| ())
    }

    /// Watches the folders that have come to be; whether there are any.
    fn watch_new(&mut self) -> notify::Result<bool> {
        let mut is_new = false;
        for folder in &self.folders {
            if self.watched.contains(folder) {
                continue;
            }
            match self.watcher.watch(&self.root.join(folder), RecursiveMode::Recursive) {
                Ok(()) => {
                    self.watched.insert(folder.clone());
                    is_new = true;
                }
                Err(error) if is_missing(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(is_new)
    }

    /// Waits for changes, at most until `until`; nothing where there were none, or where nobody tells any more.
    pub fn next(&mut self, timeout: Duration) -> Result<Option<Touched>, RecvTimeoutError> {
        let first = match self.events.recv_timeout(timeout) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) => return Ok(None),
            Err(gone) => return Err(gone),
        };
        let mut touched = Touched::default();
        let mut is_relevant = self.add(first, &mut touched);
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE
            && let Ok(event) = self.events.recv_timeout(QUIET)
        {
            is_relevant |= self.add(event, &mut touched);
        }
        if !is_relevant {
            return Ok(None);
        }
        // A folder of the site may be new, or have been away and be there again.
        let gone = |folder: &String| touched.files.contains(folder);
        let gone: Vec<String> =
            self.watched.iter().filter(|folder| gone(folder)).cloned().collect();
        for folder in gone {
            self.watched.remove(&folder);
        }
        if self.watch_new().unwrap_or(true) {
            touched.everything |= self.watched.is_empty();
        }
        Ok(Some(touched))
    }

    /// Notes what an event is about; whether that is anything.
    fn add(&self, event: notify::Result<Event>, touched: &mut Touched) -> bool {
        let Ok(event) = event else {
            touched.everything = true;
            return true;
        };
        if event.need_rescan() {
            touched.everything = true;
            return true;
        }
        let is_read = matches!(event.kind, EventKind::Access(_));
        let is_other = matches!(event.kind, EventKind::Modify(ModifyKind::Metadata(_)));
        if is_read || (is_other && self.complaint.is_none()) {
            return false;
        }
        let before = touched.files.len();
        for path in &event.paths {
            let Ok(below) = path.strip_prefix(&self.root) else { continue };
            let parts: Option<Vec<&str>> =
                below.components().map(|part| part.as_os_str().to_str()).collect();
            touched
                .files
                .extend(parts.map(|parts| parts.join("/")).filter(|path| !path.is_empty()));
        }
        touched.files.len() > before
    }
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}
