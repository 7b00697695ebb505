//! Paths of output files: relative, safe to publish on every system, and not the program's own.

use std::fmt;

use super::MARKER;
use crate::name::{self, UnsafeName};

/// A path below the output folder, with `/` between its segments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Box<str>);

impl OutputPath {
    /// The path, if it is relative and every system can hold it.
    pub fn new(path: &str) -> Result<Self, UnsafeName> {
        name::check(path)?;
        if name::folded(path.split('/').next().unwrap_or(path)) == MARKER {
            return Err(UnsafeName::Reserved(path.into()));
        }
        Ok(Self(path.into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::OutputPath;

    #[test]
    fn the_marker_is_reserved() {
        for name in [".variorum", ".Variorum", ".VARIORUM/a"] {
            assert!(OutputPath::new(name).is_err(), "{name}");
        }
        assert!(OutputPath::new("a/.variorum").is_ok());
    }
}
