//! The catalogues of gettext: an entry for each text, its context being the file and the text's name.

mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;

/// What stands between path and name in a context.
const BETWEEN: char = '#';

/// What a comment begins with that has the digest of the text that is replaced.
const REPLACES: &str = "replaces: ";

/// What stands there for a text that replaces nothing.
const NOTHING: &str = "nothing";
