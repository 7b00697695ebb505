//! What `variorum translations check` takes.

use std::path::PathBuf;

use clap::Args;

use super::TranslationsSite;
use crate::cli::args::FormatArgument;
use crate::cli::args::check::parse_format;

pub(super) const HELP: &str = "\
Damage is what no older source can have had: tags, conditions and links that
break, code and names that were translated, syntax that readers see. What is
only older than its source is for `translations status`. A language that equals
its source has no damage.

The formats are those of `variorum check`. Each finding has its place in the
translation, and in the source.

Exit codes:
  0  nothing is damaged, or nothing but what is known
  1  something is
  2  wrong usage or configuration
  3  a file could not be read or written

Examples:
  What is damaged in the Chinese edition?
    variorum translations check zh
  The same for a service that keeps findings:
    variorum translations check zh --format sarif=translations.sarif
  Take what is damaged today for known, and fail on what is new:
    variorum translations check --baseline damage.json --write-baseline
    variorum translations check --baseline damage.json
  Repair what can be repaired without looking:
    variorum translations fix zh";

/// What `variorum translations check` takes.
#[derive(Debug, Args)]
pub struct TranslationsCheckArguments {
    /// The language, by its code, its tag or its folder [default: all but the
    /// default language].
    #[arg(value_name = "LANG")]
    pub language: Option<String>,
    /// How findings are told: human, json, sarif, github, junit or markdown;
    /// with a file, there, else on standard output. Can be given more than once
    /// [default: human].
    #[arg(long = "format", value_name = "FORMAT[=FILE]", value_parser = parse_format)]
    pub formats: Vec<FormatArgument>,
    /// The file for the format that names none.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The findings that are known, which fail nothing. They are known by their
    /// English messages, so that messages are English with it.
    #[arg(long, value_name = "FILE", conflicts_with = "message_language")]
    pub baseline: Option<PathBuf>,
    /// Writes what is found into the baseline.
    #[arg(long, requires = "baseline", conflicts_with = "language")]
    pub write_baseline: bool,
    /// The site, and the language of messages.
    #[command(flatten)]
    pub site: TranslationsSite,
}
