//! What can stop a build from being written, and what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::{MARKER, OutputPath};

/// The output cannot be written.
#[derive(Debug)]
pub enum WriteError {
    /// The folder is not one to publish into.
    Refused {
        /// The folder.
        folder: PathBuf,
        /// What speaks against it.
        refusal: Refusal,
    },
    /// Another build writes into the same folder.
    Held {
        /// The folder.
        folder: PathBuf,
        /// The number of the process, if it has left one.
        process: Option<u32>,
    },
    /// The caller has put two files at one path.
    Taken {
        /// The path.
        path: OutputPath,
    },
    /// A file that the program has not written stands where a folder has to be, or the other way round.
    Obstructed {
        /// The file or folder in the published site.
        path: PathBuf,
    },
    /// The system has failed.
    Io {
        /// What was tried, as in "cannot … `path`".
        action: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// What speaks against an output folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is the root of the file system, or a path without a name.
    Root,
    /// It is a folder that the caller protects, or holds one.
    Protected,
    /// It is the site, or holds it.
    HoldsSite,
    /// It is or lies in a folder that the site is read from.
    Input,
    /// It is not a folder.
    NotFolder,
    /// It has files of others, and no marker.
    Foreign,
    /// It is a file system of its own, which cannot be exchanged for another folder.
    MountPoint,
}

impl WriteError {
    /// For `map_err` after an operation of the system.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { action, path: path.into(), source }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { folder, refusal } => {
                write!(f, "cannot publish into `{}`: {refusal}", folder.display())
            }
            Self::Held { folder, process } => {
                write!(f, "`{}` is held by ", folder.display())?;
                match process {
                    Some(process) => write!(f, "process {process}: wait for it, or stop it"),
                    None => write!(f, "another process: wait for it, or stop it"),
                }
            }
            Self::Taken { path } => write!(f, "`{path}` is written twice"),
            Self::Obstructed { path } => {
                write!(f, "`{}` is in the way of the site: move it", path.display())
            }
            Self::Io { action, path, source } => {
                write!(f, "cannot {action} `{}`: {source}", path.display())
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self {
            Self::Root => "name a folder below the root",
            Self::Protected => "it is or holds a protected folder; name a folder inside it",
            Self::HoldsSite => "it holds the site; name a folder of its own",
            Self::Input => "the site is read from it; name a folder outside",
            Self::NotFolder => "it is not a folder; remove it or name another",
            Self::Foreign => {
                return write!(
                    f,
                    "it is not empty and has no `{MARKER}` file; empty it or name another"
                );
            }
            Self::MountPoint => "it is a mount point; name a folder inside it",
        };
        f.write_str(reason)
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
