//! One build at a time for each output folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How often a build that waits asks again.
const PAUSE: Duration = Duration::from_millis(20);

/// A lock that is held. The system frees it when the process ends, in whatever way.
#[derive(Debug)]
pub(super) struct Lock {
    file: PathBuf,
    held: File,
}

/// Why there is no lock.
pub(super) enum Unlocked {
    /// Another process has it.
    Held(Option<u32>),
    /// The system has failed.
    Io(io::Error),
}

impl Lock {
    /// Takes the lock, waiting for another holder no longer than `patience`.
    pub(super) fn take(path: &Path, patience: Duration) -> Result<Self, Unlocked> {
        let start = Instant::now();
        loop {
            match attempt(path).map_err(Unlocked::Io)? {
                Some(lock) => return Ok(lock),
                None if start.elapsed() >= patience => return Err(Unlocked::Held(holder(path))),
                None => thread::sleep(PAUSE),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is held: whoever waits notices that its file has lost its name, and makes a new one.
        let _ = fs::remove_file(&self.file);
    }
}

fn attempt(path: &Path) -> io::Result<Option<Lock>> {
    let file = open(path)?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(error)) => return Err(error),
        Ok(()) => {}
    }
    if !is_named(&file, path) {
        return Ok(None);
    }
    // From here on the file is removed if anything fails.
    let mut lock = Lock { file: path.into(), held: file };
    lock.held.set_len(0)?;
    write!(lock.held, "{}", std::process::id())?;
    Ok(Some(lock))
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    // A link laid out in an untrusted site would otherwise lead the process number into any file.
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    options.open(path)
}

/// Whether the file that was locked is still the one that others will find.
#[cfg(unix)]
fn is_named(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(named)) => (held.dev(), held.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_named(_: &File, path: &Path) -> bool {
    path.exists()
}

fn holder(path: &Path) -> Option<u32> {
    let mut text = String::new();
    File::open(path).ok()?.take(16).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
