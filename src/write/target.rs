//! Where a build is published, and which folders are never published into.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{MARKER, Refusal, WriteError};

/// The file that makes a folder a site.
const SITE_FILE: &str = "variorum.yml";

/// What the caller says about the output.
#[derive(Clone, Debug)]
pub struct Target<'a> {
    /// The folder to publish into.
    pub folder: &'a Path,
    /// The folder of the site, which may hold the output but not lie in it.
    pub site: &'a Path,
    /// Folders that the site is read from, which the output may neither hold nor lie in.
    pub inputs: &'a [PathBuf],
    /// Folders that are never given up, such as the home folder.
    pub protected: &'a [PathBuf],
    /// How long to wait for another build into the same folder.
    pub patience: Duration,
    /// How sure the site must be on the disk when the build ends.
    pub durability: Durability,
}

/// How sure the site must be on the disk when the build ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// When the system sees fit. A crash of the machine right after a build may damage the new site.
    Fast,
    /// Before it takes the place of the old one, so that a power failure leaves one of the two whole. What is
    /// published is compared byte by byte, as a crash after a fast build may have damaged it.
    Durable,
}

/// The folders of one build, all beside each other.
#[derive(Debug)]
pub(super) struct Places {
    /// The published site.
    pub(super) published: PathBuf,
    /// Where the new site is put together.
    pub(super) stage: PathBuf,
    /// The old site for a moment, where folders cannot be exchanged.
    pub(super) old: PathBuf,
    /// The lock file.
    pub(super) lock: PathBuf,
}

impl Target<'_> {
    /// The folders to work in, unless the target is one to keep out of.
    pub(super) fn places(&self) -> Result<Places, WriteError> {
        let published =
            resolve(self.folder).map_err(WriteError::io("find the folder", self.folder))?;
        match self.refusal(&published) {
            Some(refusal) => Err(self.refused(refusal)),
            None => Places::of(published).ok_or_else(|| self.refused(Refusal::Root)),
        }
    }

    /// Checks what is in the published folder, when nobody else can change it any more.
    pub(super) fn check_content(&self, published: &Path) -> Result<(), WriteError> {
        let failed = |error| WriteError::io("read the folder", published)(error);
        match fs::symlink_metadata(published) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(failed(error)),
            Ok(found) if !found.is_dir() => return Err(self.refused(Refusal::NotFolder)),
            Ok(found) if is_mount_point(&found, published) => {
                return Err(self.refused(Refusal::MountPoint));
            }
            Ok(_) => {}
        }
        let has = |name| published.join(name).symlink_metadata().is_ok();
        let is_empty = || Ok(fs::read_dir(published)?.next().is_none());
        if has(SITE_FILE) {
            Err(self.refused(Refusal::HoldsSite))
        } else if has(MARKER) || is_empty().map_err(failed)? {
            Ok(())
        } else {
            Err(self.refused(Refusal::Foreign))
        }
    }

    /// A refusal of this target.
    pub(super) fn refused(&self, refusal: Refusal) -> WriteError {
        WriteError::Refused { folder: self.folder.into(), refusal }
    }

    fn refusal(&self, published: &Path) -> Option<Refusal> {
        let holds = |inner: &Path| known(inner).starts_with(published);
        if published.parent().is_none() {
            Some(Refusal::Root)
        } else if self.protected.iter().any(|folder| holds(folder)) {
            Some(Refusal::Protected)
        } else if holds(self.site) || self.inputs.iter().any(|folder| holds(folder)) {
            Some(Refusal::HoldsSite)
        } else if self.inputs.iter().any(|folder| published.starts_with(known(folder))) {
            Some(Refusal::Input)
        } else {
            None
        }
    }
}

impl Places {
    /// The folder that holds them all.
    pub(super) fn parent(&self) -> &Path {
        self.published.parent().unwrap_or(&self.published)
    }

    /// Folders beside `published`, with names by which a later build finds what a killed one has left.
    fn of(published: PathBuf) -> Option<Self> {
        let name = published.file_name()?;
        let beside = |use_: &str| {
            let mut own = std::ffi::OsString::from(".");
            own.push(name);
            own.push(format!(".variorum-{use_}"));
            published.with_file_name(own)
        };
        let (stage, old, lock) = (beside("stage"), beside("old"), beside("lock"));
        Some(Self { published, stage, old, lock })
    }
}

/// The path without links; of what is not there yet, the part that is there without links.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let name = path.file_name().ok_or(error)?;
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            Ok(resolve(parent.unwrap_or(Path::new(".")))?.join(name))
        }
        result => result,
    }
}

/// The same for folders that are only compared with: one that cannot be found is compared as it is written.
fn known(path: &Path) -> PathBuf {
    resolve(path).unwrap_or_else(|_| path.into())
}

#[cfg(unix)]
fn is_mount_point(folder: &fs::Metadata, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    path.parent().and_then(|parent| parent.metadata().ok()).is_some_and(|p| p.dev() != folder.dev())
}

#[cfg(not(unix))]
fn is_mount_point(_: &fs::Metadata, _: &Path) -> bool {
    false
}
