//! What `variorum check` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::SiteArguments;
use crate::diagnostic::{CodeRef, Level, parse_level};

pub(super) const HELP: &str = "\
Judges every version and every language of the site as `build` does, and writes
none of them.

Formats:
  human     for people, on a terminal
  json      for programs; the manual has its schema
  sarif     SARIF 2.1.0, for services that keep findings
  github    annotations of GitHub Actions, within their limits
  junit     for servers that show tests: what fails the check has failed, the
            rest was skipped
  markdown  a summary for a pull request, within the length of a comment
A format with a file is written beside what is printed. Where a format for
programs is printed, all else goes to standard error.

Exit codes:
  0  nothing is wrong that was asked for (--fail-on)
  1  something is
  2  wrong usage or configuration
  3  a file could not be read or written
  101  the program itself has failed on a page

Examples:
  Check the site around this folder:
    variorum check
  Print findings for people, and keep them for a server that shows tests:
    variorum check --format junit=junit.xml
  Tell what a branch brings, and nothing else:
    variorum check --since origin/main
  Show what can be mended without looking, then mend it:
    variorum check --diff
    variorum check --fix
  Ask other sites as well, and each that answered once a week only:
    variorum check --external --external-cache links.json
  Take what is wrong today for known, and fail on what is new:
    variorum check --baseline baseline.json --write-baseline
    variorum check --baseline baseline.json --fail-on new";

/// What `variorum check` takes.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Which site.
    #[command(flatten)]
    pub place: SiteArguments,
    /// Tells only what a change brought: the findings that the site had not in
    /// this commit, such as origin/main.
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// How findings are told: human, json, sarif, github, junit or markdown;
    /// with a file, there, else on standard output. Can be given more than once
    /// [default: human].
    #[arg(long = "format", value_name = "FORMAT[=FILE]", value_parser = parse_format)]
    pub formats: Vec<FormatArgument>,
    /// The file for the format that names none.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The findings that are known, which fail no check.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Writes what is found into the baseline.
    #[arg(long, requires = "baseline", conflicts_with_all = ["languages", "versions", "since"])]
    pub write_baseline: bool,
    /// What fails the check.
    #[arg(long, value_name = "WHAT", value_enum, default_value_t = FailOnArgument::Error)]
    pub fail_on: FailOnArgument,
    /// How serious a kind of finding is: off, warning or error. Can be given
    /// more than once.
    #[arg(long = "rule", value_name = "CODE=LEVEL", value_parser = parse_level)]
    pub rules: Vec<(CodeRef, Level)>,
    /// Asks other sites whether links to them answer; only then the network
    /// is used.
    #[arg(long, conflicts_with = "diff")]
    pub external: bool,
    /// How long other sites are asked; what is left then is told as not asked.
    #[arg(long, value_name = "SECONDS", default_value_t = 300, requires = "external")]
    pub external_time: u64,
    /// Keeps there for seven days which addresses have answered.
    #[arg(long, value_name = "FILE", requires = "external")]
    pub external_cache: Option<PathBuf>,
    /// A language to check, by its code; can be given more than once
    /// [default: all].
    #[arg(long = "lang", value_name = "CODE")]
    pub languages: Vec<String>,
    /// A version to check, such as `product@2.0`, or a plan for all its
    /// versions; can be given more than once [default: all].
    #[arg(long = "version", value_name = "ID")]
    pub versions: Vec<String>,
    /// Mends what can be mended without looking, and tells what is left.
    #[arg(long, conflicts_with_all = ["since", "write_baseline"])]
    pub fix: bool,
    /// Prints what --fix would change, and changes nothing.
    #[arg(long, conflicts_with_all = ["fix", "formats", "output", "write_baseline"])]
    pub diff: bool,
    /// The day, for what is expired [default: today, UTC].
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<jiff::civil::Date>,
}

/// What fails a check. What the baseline has never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOnArgument {
    /// Errors.
    Error,
    /// Errors and warnings.
    Warning,
    /// Whatever is new: not in the baseline, or not there at --since.
    New,
}

/// A format, and the file that it goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatArgument {
    /// The format.
    pub format: Format,
    /// The file; standard output where there is none.
    pub file: Option<PathBuf>,
}

/// How findings are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
    /// For services that keep findings.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// For servers that show tests.
    Junit,
    /// For a pull request.
    Markdown,
}

impl Format {
    /// The name, as it is written.
    pub(in super::super) fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Junit => "junit",
            Self::Markdown => "markdown",
        }
    }
}

/// Reads `FORMAT` or `FORMAT=FILE`.
pub(in crate::cli::args) fn parse_format(text: &str) -> Result<FormatArgument, String> {
    let (name, file) = match text.split_once('=') {
        Some((_, "")) => return Err("name a file behind `=`, or leave it out".to_owned()),
        Some((name, file)) => (name, Some(PathBuf::from(file))),
        None => (text, None),
    };
    let names = Format::value_variants().iter().map(|format| format.name());
    let Some(format) = Format::value_variants().iter().find(|format| format.name() == name) else {
        return Err(format!("`{name}` is none of {}", names.collect::<Vec<_>>().join(", ")));
    };
    Ok(FormatArgument { format: *format, file })
}
