//! What `variorum translations diff` takes.

use clap::Args;

use super::TranslationsSite;

pub(super) const HELP: &str = "\
Section by section: the words that the source had and has, where it has changed,
with the places in both files.

Exit codes:
  0  nothing has changed
  1  something has
  2  wrong usage or configuration
  3  a file could not be read

Examples:
  What has changed in this page since it was translated?
    variorum translations diff zh content/guides/start.md";

/// What `variorum translations diff` takes.
#[derive(Debug, Args)]
pub struct DiffArguments {
    /// The language, by its code, its tag or its folder.
    #[arg(value_name = "LANG")]
    pub language: String,
    /// The page or data file: the path of the source or of the translation, or
    /// the address of the page.
    #[arg(value_name = "PAGE")]
    pub page: String,
    /// The site, and the language of messages.
    #[command(flatten)]
    pub site: TranslationsSite,
}
