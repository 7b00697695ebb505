//! Search without a server: an index in files of which a query reads few, made from bodies while they are there.
//!
//! What is found is a *section*: a heading with the text under it, or the title and lead of a page. Equal sections of a
//! page are one, with the set of variants that show it, so that versions and fallbacks cost little. Sections are
//! numbered by the language that they are written in.
//!
//! | File below `search/` | What it holds |
//! | --- | --- |
//! | `LANGUAGE.json` | where a reader of the language begins: versions, sets, the names of all other files |
//! | `HASH.json` | the pages as a reader of one language sees them; or a few sections of a page, to quote from |
//! | `HASH.bin` | the table of sections; or a shard: terms in order, each with the sections that it is in |
//!
//! How they are written is in `files` and `postings`; `templates/assets/search.js` reads them.

mod draft;
mod files;
mod index;
mod postings;
mod words;

pub(super) use draft::{Draft, draft};
pub(super) use index::Index;

use super::Prepared;
use super::reads::Reads;
use super::site::{CONFIGURATION, Output};

/// The folder of the files.
const FOLDER: &str = "search";

/// Where the index is published: an address to which names of files can be joined; none if there is no search.
pub(super) fn address(prepared: &Prepared<'_>) -> Option<String> {
    let config = &prepared.site.config;
    config.search.then(|| format!("{}/{FOLDER}/", config.base_path()))
}

/// The files whose names are known before they are made.
pub(super) fn planned(prepared: &Prepared<'_>) -> Vec<String> {
    let config = &prepared.site.config;
    let languages = prepared.languages.iter().filter(|_| config.search);
    languages.map(|language| entry_path(&config.language(*language).code)).collect()
}

/// The file in which a reader of this language begins.
fn entry_path(language: &str) -> String {
    format!("{FOLDER}/{language}.json")
}

/// The name of a file by what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Name([u8; 8]);

impl Name {
    fn of(bytes: &[u8]) -> Self {
        let mut name = [0; 8];
        name.copy_from_slice(&blake3::hash(bytes).as_bytes()[..8]);
        Self(name)
    }

    /// The name as text.
    fn text(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A file of the index.
fn output(path: String, bytes: Vec<u8>) -> Output {
    Output { path, bytes, source: CONFIGURATION, reads: Reads::default() }
}

/// A file that is called by what is in it: its name, and the file.
fn named(extension: &str, bytes: Vec<u8>) -> (Name, Output) {
    let name = Name::of(&bytes);
    (name, output(format!("{FOLDER}/{}.{extension}", name.text()), bytes))
}
