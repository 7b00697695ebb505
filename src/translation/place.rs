//! Places and conditions as people read them.

use serde::Serialize;

/// A place in a file of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The path below the site's folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The address that opens the place in an editor; none where no editor is configured.
    pub edit: Option<String>,
}

/// A condition around a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// What stands in the tag as it is written; with `not ` before it for what stands behind its `else`.
    pub text: String,
    /// Where it is written.
    pub place: Place,
}
