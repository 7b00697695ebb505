//! What `variorum translations export` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::TranslationsSite;

pub(super) const HELP: &str = "\
The file has what somebody has to translate: what is missing, what is stale with
its translation so far, and what is in fallback. Tags, code, addresses and HTML
are protected: in XLIFF they are places, in the other formats stand as they are
written. What comes back is read by `variorum translations import`.

Formats:
  xliff  XLIFF 2.1, for programs of translators
  po     a catalogue of gettext; what is stale is marked as fuzzy
  csv    a table; translations go into the column `target`

Exit codes:
  0  written
  2  wrong usage or configuration
  3  a file could not be read or written

Examples:
  All that is to be translated into Chinese:
    variorum translations export zh --format xliff --out zh.xliff
  One page, with what is translated already:
    variorum translations export zh guides/start.md --all --format po";

/// What `variorum translations export` takes.
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// The language, by its code, its tag or its folder.
    #[arg(value_name = "LANG")]
    pub language: String,
    /// Only these pages and data files: paths of sources or of translations, or
    /// addresses [default: all].
    #[arg(value_name = "PAGE")]
    pub pages: Vec<String>,
    /// How the texts are written.
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// The file to write [default: standard output].
    #[arg(long, alias = "output", value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Also what is translated.
    #[arg(long)]
    pub all: bool,
    /// The site, and the language of messages.
    #[command(flatten)]
    pub site: TranslationsSite,
}

/// How texts are written for translators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// XLIFF 2.1.
    Xliff,
    /// A catalogue of gettext.
    Po,
    /// A table.
    Csv,
}
