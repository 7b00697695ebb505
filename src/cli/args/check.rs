//! What `variorum check` takes.

use std::path::PathBuf;

use clap::Args;

pub(super) const HELP: &str = "\
Judges every version and every language of the site as `build` does, and writes
none of them.

Exit codes:
  0  nothing is wrong that was asked for (--fail-on)
  1  something is
  2  wrong usage or configuration
  3  a file could not be read or written
  101  the program itself has failed on a page

Examples:
  Check the site around this folder:
    variorum check";

/// What `variorum check` takes.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// The site's folder [default: the nearest folder upward that holds
    /// variorum.yml].
    #[arg(long, value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// The configuration [default: variorum.yml in the site's folder].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Tells only what a change brought: the findings that the site had not in
    /// this commit, such as origin/main.
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// The day, for what is expired [default: today, UTC].
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<jiff::civil::Date>,
}
