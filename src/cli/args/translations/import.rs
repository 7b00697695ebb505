//! What `variorum translations import` takes.

use std::path::PathBuf;

use clap::Args;

use super::TranslationsSite;

pub(super) const HELP: &str = "\
Takes what `variorum translations export` wrote and somebody translated. A text
is refused, with its place in the file, where its source has changed since,
where the site has another translation since, and where something protected was
lost, changed or added; protected things may stand in another order. All others
are written together, and noted in variorum.lock as up to date. Empty ones are
left alone, and so are those that a catalogue marks as fuzzy.

A page that was not there is made from its source. What is not translated of its
body stays in the default language, and is open for the next export.

Exit codes:
  0  all was taken
  1  something was refused; the rest was taken
  2  wrong usage or configuration
  3  a file could not be read or written

Examples:
  Look at what would be changed:
    variorum translations import zh zh.xliff --dry-run
  Take it:
    variorum translations import zh zh.xliff";

/// What `variorum translations import` takes.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// The language, by its code, its tag or its folder.
    #[arg(value_name = "LANG")]
    pub language: String,
    /// The files that came back: XLIFF, PO or CSV, as their names say.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Prints what would be changed as a diff, and changes nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// The site, and the language of messages.
    #[command(flatten)]
    pub site: TranslationsSite,
}
