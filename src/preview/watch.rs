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
    /// Those of them that are there.
    watched: BTreeSet<String>,
    /// The folders in which others of the site may come to be. Of what is deeper in them nothing is heard.
    awaited: BTreeSet<String>,
    /// Folders that began to be watched of which nobody was told.
    found: Vec<String>,
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
        Ok(Self::with(watcher, events, root, folders))
    }

    fn by_polling(
        root: &Path,
        folders: Vec<String>,
        error: &notify::Error,
    ) -> notify::Result<Self> {
        let (sender, events) = channel();
        let config = Config::default().with_poll_interval(POLLING);
        let watcher = Box::new(PollWatcher::new(sender, config)?);
        let complaint = Some(format!(
            "the system does not tell of changes ({error}), so files are looked at twice a second; on Linux, \
             raise `fs.inotify.max_user_watches`"
        ));
        Ok(Self { complaint, ..Self::with(watcher, events, root, folders) })
    }

    fn with(
        watcher: Box<dyn Watcher + Send>,
        events: Receiver<notify::Result<Event>>,
        root: &Path,
        folders: Vec<String>,
    ) -> Self {
        Self {
            watcher,
            events,
            root: root.to_owned(),
            folders,
            watched: BTreeSet::new(),
            awaited: BTreeSet::new(),
            found: Vec::new(),
            complaint: None,
        }
    }

    fn begin(&mut self) -> notify::Result<()> {
        self.watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        self.watch_new().map(|_| ())
    }

    /// Watches these folders from now on, as the configuration may name others than it did. Those that it does not
    /// name any more are heard of too: nobody reads their files.
    pub fn follow(&mut self, folders: Vec<String>) -> notify::Result<()> {
        self.folders = folders;
        // What changed in them before they were watched is told next.
        let new = self.watch_new()?;
        self.found.extend(new);
        Ok(())
    }

    /// Watches the folders that have come to be, and says which.
    fn watch_new(&mut self) -> notify::Result<Vec<String>> {
        let unwatched = |folder: &&String| !self.watched.contains(*folder);
        let unwatched: Vec<String> = self.folders.iter().filter(unwatched).cloned().collect();
        let mut new = Vec::new();
        for folder in unwatched {
            // It may come to be while the folder above it begins to be watched.
            while !self.watch(&folder, RecursiveMode::Recursive)? {
                if !self.await_in(&folder)? {
                    break;
                }
            }
            if self.watched.contains(&folder) {
                new.push(folder);
            }
        }
        Ok(new)
    }

    /// Watches one folder; whether it is there.
    fn watch(&mut self, folder: &str, mode: RecursiveMode) -> notify::Result<bool> {
        match self.watcher.watch(&self.root.join(folder), mode) {
            Ok(()) => {
                let kept = match mode {
                    RecursiveMode::Recursive => &mut self.watched,
                    RecursiveMode::NonRecursive => &mut self.awaited,
                };
                kept.insert(folder.to_owned());
                Ok(true)
            }
            Err(error) if is_missing(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Watches the nearest folder that is there above one that is not; whether that is new.
    fn await_in(&mut self, folder: &str) -> notify::Result<bool> {
        let mut above = folder;
        // The site's own folder is watched always.
        while let Some((next, _)) = above.rsplit_once('/') {
            above = next;
            if self.is_heard_of(above) {
                return Ok(false);
            }
            if self.watch(above, RecursiveMode::NonRecursive)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether what comes to be directly in a folder is told already.
    fn is_heard_of(&self, folder: &str) -> bool {
        let within = |whole: &String| {
            folder
                .strip_prefix(&**whole)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.awaited.contains(folder) || self.watched.iter().any(within)
    }

    /// Waits for changes, at most until `until`; nothing where there were none, or where nobody tells any more.
    pub fn next(&mut self, timeout: Duration) -> Result<Option<Touched>, RecvTimeoutError> {
        if !self.found.is_empty() {
            let files = self.found.drain(..).collect();
            return Ok(Some(Touched { files, everything: false }));
        }
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
        // A folder of the site may be new, or have been away and be there again. What is in it came before anybody
        // heard of it.
        self.watched.retain(|folder| !touched.files.contains(folder));
        self.awaited.retain(|folder| !touched.files.contains(folder));
        match self.watch_new() {
            Ok(new) => touched.files.extend(new),
            Err(_) => touched.everything = true,
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
