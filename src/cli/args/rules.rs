//! What `variorum rules` takes.

use clap::{Args, ValueEnum};

use super::MessageLanguageArguments;

pub(super) const HELP: &str = "\
The rules are the kinds of findings that `build`, `check` and the preview print
by their code. No site is read.

Exit codes:
  0  told
  1  there is no such rule
  2  wrong usage

Examples:
  List all rules, with how serious each is:
    variorum rules
  What does a finding mean, and what is to be done?
    variorum rules broken-link
  The same in Chinese:
    variorum rules broken-link --message-language zh-CN
  All of them for a program:
    variorum rules --format json";

/// What `variorum rules` takes.
#[derive(Debug, Args)]
pub struct RulesArguments {
    /// The code of a rule, as findings name it [default: all rules].
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
    /// How the answer is printed to standard output.
    #[arg(long, value_enum, default_value_t = RulesFormat::Human)]
    pub format: RulesFormat,
    /// The language of the answer.
    #[command(flatten)]
    pub language: MessageLanguageArguments,
}

/// How an answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    /// For a terminal.
    Human,
    /// For programs.
    Json,
}
