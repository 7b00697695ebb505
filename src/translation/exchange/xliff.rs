//! XLIFF 2.1: a `<file>` for each file of the site, a `<unit>` for each text, a place for everything protected.

mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;

/// The namespaces of the core of XLIFF 2.
const CORE: [&str; 2] =
    ["urn:oasis:names:tc:xliff:document:2.0", "urn:oasis:names:tc:xliff:document:2.2"];

/// What the id of a segment begins with that replaces a text; behind it is the text's digest.
const REPLACES: &str = "own-";

/// The id of a segment that replaces nothing.
const NEW: &str = "new";

/// Whether XML can hold a character.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
