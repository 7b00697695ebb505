//! Why a change is not made.

use std::fmt;
use std::io;

use crate::name::UnsafeName;

/// Why a change was not taken. Places are paths with lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Another change replaces the same piece by something else.
    Overlap((String, usize)),
    /// The file has the piece in another form than it is read: with escapes, or folded.
    OtherForm((String, usize)),
    /// The file is to be removed.
    Gone((String, usize)),
    /// Two changes want to put a file there.
    Taken(String),
    /// The file is to be moved or removed already.
    Twice(String),
    /// No file can have this path.
    Name(String, UnsafeName),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overlap((path, line)) => {
                write!(f, "{path}:{line}: another change replaces the same text")
            }
            Self::OtherForm((path, line)) => {
                write!(f, "{path}:{line}: the text is written with escapes or over several lines")
            }
            Self::Gone((path, line)) => write!(f, "{path}:{line}: the file is removed"),
            Self::Taken(path) => write!(f, "two changes put a file at `{path}`"),
            Self::Twice(path) => write!(f, "two changes move or remove `{path}`"),
            Self::Name(path, why) => write!(f, "no file can be `{path}`: {why}"),
        }
    }
}

impl std::error::Error for Refused {}

/// Why something cannot be done with a site: what is wrong, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impossible(pub String);

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Impossible {}

impl From<Refused> for Impossible {
    fn from(refused: Refused) -> Self {
        Self(refused.to_string())
    }
}

/// Why the changes cannot be made to the files as they are. Nothing has been changed.
#[derive(Debug)]
pub enum EditError {
    /// The file is not as it was read.
    Changed(String),
    /// There is a file where a new one is to be put.
    Exists(String),
    /// The path leads through a symbolic link, or out of the site's folder.
    Outside(String),
    /// Its bytes are not those of a text: not UTF-8, or with NUL.
    NotText(String),
    /// The system has failed.
    Io {
        /// What was tried, as in "cannot … `path`".
        action: &'static str,
        /// With which file.
        path: String,
        /// What the system says.
        error: io::Error,
    },
}

impl EditError {
    pub(super) fn io(action: &'static str, path: &str) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Io { action, path: path.to_owned(), error }
    }
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(path) => write!(f, "`{path}` has changed since it was read: try again"),
            Self::Exists(path) => write!(f, "there is something at `{path}` already"),
            Self::Outside(path) => {
                write!(f, "`{path}` is or lies behind a symbolic link: change what it leads to")
            }
            Self::NotText(path) => {
                write!(f, "`{path}` is not a text in UTF-8 without NUL: save it as one first")
            }
            Self::Io { action, path, error } => write!(f, "cannot {action} `{path}`: {error}"),
        }
    }
}

impl std::error::Error for EditError {}
