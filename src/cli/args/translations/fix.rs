//! What `variorum translations fix` takes.

use clap::Args;

use super::TranslationsSite;

pub(super) const HELP: &str = "\
Repairs tags, addresses, code, keys, placeholders, hidden characters and signs of
syntax, where the source proves what was meant. No prose is touched. All files
are changed, or none. What cannot be repaired is told afterwards.

Exit codes:
  0  nothing is damaged any more, or nothing would be changed (--dry-run)
  1  something is, or would be changed
  2  wrong usage or configuration
  3  a file could not be read or written

Examples:
  Look at what would become of the files:
    variorum translations fix zh --dry-run
  Repair them:
    variorum translations fix zh";

/// What `variorum translations fix` takes.
#[derive(Debug, Args)]
pub struct TranslationsFixArguments {
    /// The language, by its code, its tag or its folder [default: all but the
    /// default language].
    #[arg(value_name = "LANG")]
    pub language: Option<String>,
    /// Prints what would be changed, and changes nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// The site, and the language of messages.
    #[command(flatten)]
    pub site: TranslationsSite,
}
