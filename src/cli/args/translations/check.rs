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
  0  nothing is damaged
  1  something is
  2  wrong usage or configuration
  3  a file could not be read or written

Examples:
  What is damaged in the Chinese edition?
    variorum translations check zh
  The same for a service that keeps findings:
    variorum translations check zh --format sarif=translations.sarif
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
    /// The site, and the language of messages.
    #[command(flatten)]
    pub site: TranslationsSite,
}
