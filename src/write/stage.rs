//! The staging folder: takes files from many threads, and knows which are published already.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::disk::{Disk, RealDisk};
use super::lock::{Lock, Unlocked};
use super::target::Places;
use super::{Digest, Durability, MARKER, Manifest, OutputPath, Target, WriteError, tree};

/// A build's output on its way. Dropped without [`Stage::publish`], it leaves the published site as it was.
pub struct Stage {
    pub(super) disk: Box<dyn Disk>,
    pub(super) places: Places,
    pub(super) before: Before,
    pub(super) durability: Durability,
    pub(super) leftovers: Leftovers,
    // Last, so that the lock is freed when everything else is done.
    _lock: Lock,
}

/// What happens to the folders beside the published one when a build ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leftovers {
    /// They are removed: the published site is whole without them.
    Remove,
    /// They stay, for a power failure may bring back the time when one of them was the site.
    Keep,
}

/// What the build before this one has published.
#[derive(Default)]
pub(super) struct Before {
    pub(super) manifest: Option<Manifest>,
    /// When the manifest was written: a file changed later was not changed by us.
    since: Option<SystemTime>,
}

/// One file of the new site; [`Stage::publish`] wants all of them back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// Where it is.
    pub path: OutputPath,
    /// What it is.
    pub digest: Digest,
    /// Whether it had to be written.
    pub state: PutState,
}

/// Whether a file had to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutState {
    /// It is new or has other bytes than the published one.
    Written,
    /// The published file has the same bytes and stays.
    Unchanged,
}

impl Stage {
    /// Begins a build into this target, alone until it is published or dropped.
    pub fn open(target: &Target<'_>) -> Result<Self, WriteError> {
        Self::open_on(Box::new(RealDisk), target)
    }

    /// The same on another disk.
    pub(super) fn open_on(disk: Box<dyn Disk>, target: &Target<'_>) -> Result<Self, WriteError> {
        let places = target.places()?;
        target.check_content(&places.published)?;
        let lock = lock(&places, target)?;
        recover(&*disk, &places).map_err(WriteError::io("put back", &places.published))?;
        target.check_content(&places.published)?;
        clear(&*disk, &places)?;
        disk.create_folder(&places.stage).map_err(WriteError::io("create", &places.stage))?;
        let before = Before::read(&places.published);
        let (durability, leftovers) = (target.durability, Leftovers::Remove);
        Ok(Self { disk, places, before, durability, leftovers, _lock: lock })
    }

    /// Takes a file into the new site; many threads may do so at once.
    pub fn put(&self, path: OutputPath, bytes: &[u8]) -> Result<Put, WriteError> {
        let digest = Digest::of(bytes);
        if self.is_published(&path, digest, bytes) {
            return Ok(Put { path, digest, state: PutState::Unchanged });
        }
        match self.write(&self.places.stage.join(path.as_str()), bytes) {
            Ok(()) => Ok(Put { path, digest, state: PutState::Written }),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                Err(WriteError::Taken { path })
            }
            Err(error) => {
                Err(WriteError::io("write", &self.places.published.join(path.as_str()))(error))
            }
        }
    }

    /// Takes a copy of a file into the new site. It shares nothing with the original, which may be edited.
    pub fn copy(&self, path: OutputPath, from: &Path) -> Result<Put, WriteError> {
        let bytes = fs::read(from).map_err(WriteError::io("read", from))?;
        self.put(path, &bytes)
    }

    /// Creates the folders above `path` that are not there, down from the first that is.
    pub(super) fn create_parents(&self, path: &Path) -> io::Result<()> {
        let Some(parent) = path.parent() else { return Ok(()) };
        match self.disk.create_folder(parent) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.create_parents(parent)?;
                // Another thread may have been faster.
                match self.disk.create_folder(parent) {
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
                    result => result,
                }
            }
            result => result,
        }
    }

    /// Most files lie in a folder that is there, so it is looked for only when the file cannot be created.
    pub(super) fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        match self.disk.write_new(file, bytes) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.create_parents(file)?;
                self.disk.write_new(file, bytes)
            }
            result => result,
        }
    }

    /// Whether the published file has these bytes. It is read only if somebody, or a crash, may have changed it since.
    fn is_published(&self, path: &OutputPath, digest: Digest, bytes: &[u8]) -> bool {
        if self.before.digest(path) != Some(&digest) {
            return false;
        }
        let file = self.places.published.join(path.as_str());
        let Ok(found) = fs::symlink_metadata(&file) else { return false };
        found.is_file()
            && found.len() == digest.length
            && (self.is_trusted(&found) || fs::read(&file).is_ok_and(|read| read == bytes))
    }

    fn is_trusted(&self, file: &fs::Metadata) -> bool {
        self.durability == Durability::Fast && self.before.is_after(file)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if self.leftovers == Leftovers::Keep {
            return;
        }
        // What cannot be removed now is removed by the next build.
        let _ = tree::remove(&*self.disk, &self.places.stage);
        if self.places.published.exists() {
            let _ = tree::remove(&*self.disk, &self.places.old);
        }
    }
}

impl Before {
    fn read(published: &Path) -> Self {
        let marker = published.join(MARKER);
        let Ok(found) = fs::symlink_metadata(&marker) else { return Self::default() };
        if !found.is_file() {
            return Self::default();
        }
        let text = fs::read(&marker).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        Self { manifest: text.as_deref().and_then(Manifest::parse), since: found.modified().ok() }
    }

    fn digest(&self, path: &OutputPath) -> Option<&Digest> {
        self.manifest.as_ref()?.get(path)
    }

    /// Whether the manifest is newer than the file. Equal times say nothing: clocks of file systems are coarse.
    fn is_after(&self, file: &fs::Metadata) -> bool {
        file.modified().is_ok_and(|modified| self.since.is_some_and(|since| modified < since))
    }
}

fn lock(places: &Places, target: &Target<'_>) -> Result<Lock, WriteError> {
    let parent = places.parent();
    fs::create_dir_all(parent).map_err(WriteError::io("create", parent))?;
    Lock::take(&places.lock, target.patience).map_err(|unlocked| match unlocked {
        Unlocked::Held(process) => WriteError::Held { folder: target.folder.into(), process },
        Unlocked::Io(error) => WriteError::io("lock", &places.lock)(error),
    })
}

/// Puts the old site back if a build was killed between its two renames.
fn recover(disk: &dyn Disk, places: &Places) -> io::Result<()> {
    let is_folder = |path: &Path| path.symlink_metadata().is_ok_and(|found| found.is_dir());
    if places.published.symlink_metadata().is_ok() || !is_folder(&places.old) {
        return Ok(());
    }
    disk.rename(&places.old, &places.published)
}

/// Removes what a build has left that was killed.
///
/// It may have been killed right after the exchange, before that was on the disk: then the old site, which a power
/// failure would bring back, is what it has left.
fn clear(disk: &dyn Disk, places: &Places) -> Result<(), WriteError> {
    let left: Vec<&PathBuf> = [&places.stage, &places.old]
        .into_iter()
        .filter(|folder| folder.symlink_metadata().is_ok())
        .collect();
    if !left.is_empty() {
        let parent = places.parent();
        disk.sync_folder(parent).map_err(WriteError::io("sync", parent))?;
    }
    left.into_iter()
        .try_for_each(|folder| tree::remove(disk, folder).map_err(WriteError::io("remove", folder)))
}
