//! What `variorum translations status` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::TranslationsSite;

pub(super) const HELP: &str = "\
A section is a heading with what stands below it; a title, a lead or a value of
the data is one too. It is stale where its source has changed since it was
translated: since the commit that the translation's front matter names
(source_commit), else since it was accepted (variorum.lock), else since it was
last rewritten in the history of the repository.

Exit codes:
  0  told
  2  wrong usage or configuration
  3  a file could not be read or written

Examples:
  How far are all languages?
    variorum translations status
  Which files of the Chinese edition are to be done, the largest first?
    variorum translations status zh --files
  A page with charts, for whoever plans the work:
    variorum translations status zh --format html --output status.html";

/// What `variorum translations status` takes.
#[derive(Debug, Args)]
pub struct StatusArguments {
    /// The language, by its code, its tag or its folder [default: all but the
    /// default language].
    #[arg(value_name = "LANG")]
    pub language: Option<String>,
    /// How it is told.
    #[arg(long, value_enum, default_value_t = StatusFormat::Table)]
    pub format: StatusFormat,
    /// The file that it goes to [default: standard output].
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Lists the files in which something is to be done, those with most words
    /// first.
    #[arg(long)]
    pub files: bool,
    /// The site, and the language of messages.
    #[command(flatten)]
    pub site: TranslationsSite,
}

/// How a status is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatusFormat {
    /// For people.
    Table,
    /// For programs.
    Json,
    /// For spreadsheets: a row for each file.
    Csv,
    /// A page of its own, with charts.
    Html,
}
