//! Texts that go to translators in a file and come back: which they are, how they are written, what may come of them.
//!
//! A file that comes back is not trusted: nothing in it is taken for markup that the site's own source does not have.

mod csv;
mod gather;
mod lines;
mod marked;
mod place;
mod po;
mod protect;
mod scalar;
mod signs;
mod splice;
mod stand;
mod take;
mod verdict;
mod write;
mod xliff;
mod yaml;

use super::State;

#[cfg(test)]
mod tests;

pub use gather::{Extent, gather};
pub use place::Fault;
pub use protect::{Piece, PieceKind, has_words, protect};
pub use stand::stands_for;
pub use take::{Taken, take};
pub use write::{Changed, changes};

/// The most bytes that a file with translations may have.
pub const LIMIT: u64 = 128 << 20;

/// How texts are written for translators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// XLIFF 2.1.
    Xliff,
    /// The catalogues of gettext.
    Po,
    /// Comma-separated values.
    Csv,
}

impl Format {
    /// The format of a file, by its name and by what it begins with.
    pub fn of(name: &str, text: &str) -> Option<Self> {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        match &*extension.to_ascii_lowercase() {
            "xliff" | "xlf" | "xml" => Some(Self::Xliff),
            "po" | "pot" => Some(Self::Po),
            "csv" | "tsv" => Some(Self::Csv),
            _ if text.trim_start_matches('\u{feff}').trim_start().starts_with('<') => {
                Some(Self::Xliff)
            }
            _ => None,
        }
    }

    /// Writes texts in this format.
    pub fn write(self, handover: &Handover) -> String {
        match self {
            Self::Xliff => xliff::write(handover),
            Self::Po => po::write(handover),
            Self::Csv => csv::write(handover),
        }
    }

    /// Reads what came back in this format; `name` is what messages call the file.
    pub fn read(self, name: &str, text: &str) -> Result<Vec<Returned>, Fault> {
        match self {
            Self::Xliff => xliff::read(name, text),
            Self::Po => po::read(name, text),
            Self::Csv => csv::read(name, text),
        }
    }
}

/// What goes to translators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// The BCP 47 tag of the default language.
    pub from: String,
    /// The BCP 47 tag of the language to translate into.
    pub to: String,
    /// The files of the site that have texts to translate, each with at least one.
    pub files: Vec<HandoverFile>,
}

/// A file of the site, and what there is to translate in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoverFile {
    /// Its path in the default language.
    pub path: String,
    /// Its texts in the order in which they are written.
    pub entries: Vec<Entry>,
}

/// A text to translate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, which no other in its file has. It changes with the text.
    pub id: String,
    /// The key of front matter, `body`, or the key of the data.
    pub key: String,
    /// The line of the file that it begins on.
    pub line: usize,
    /// The heading above it; empty where there is none.
    pub section: String,
    /// What there is of it in the other language.
    pub state: State,
    /// The text in the default language, lines without what is before all of them.
    pub source: String,
    /// What the other language says now, in the same way.
    pub target: Option<String>,
    /// What the source said when it was translated, where that is known.
    pub before: Option<String>,
    /// A digest of what the other language says now.
    pub replaces: Option<String>,
}

/// A text that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The path of the site's file.
    pub path: String,
    /// The name of the entry.
    pub id: String,
    /// Where the entry is in the file that came back.
    pub at: Point,
    /// The text that was translated.
    pub source: Flow,
    /// Its translation; empty where there is none.
    pub target: Flow,
    /// The digest of what the other language said at the time; none where that is not known.
    pub replaces: Option<Replaces>,
    /// Whether the translator says that it is done.
    pub progress: Progress,
}

/// What the other language said when a text went to translators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replaces {
    /// Nothing.
    Nothing,
    /// The text with this digest.
    Text(String),
}

/// How far a translator is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It can be taken.
    Done,
    /// It is marked as something to look at again.
    Open,
}

/// A text of a file that came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Where it begins.
    pub at: Point,
    /// What it has.
    pub parts: Vec<FlowPart>,
}

/// A part of such a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlowPart {
    /// Letters.
    Text(String),
    /// A place for something protected, by its id.
    Mark(String, End, Point),
}

/// Which end of something protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All of it.
    Whole,
    /// Its beginning.
    Open,
    /// Its end.
    Close,
}

/// A place in a file that came back: line and column from 1, columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}
