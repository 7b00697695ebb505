//! What `variorum versions` takes.

use clap::{Args, Subcommand};

use super::SiteArguments;

pub(super) const RETIRE_HELP: &str = "\
The release goes from releases to retired in the configuration: the site is no
longer built in this version, and its addresses are left alone.

Conditions that only this version told apart are decided then. Text that no
version shows any more is removed, conditions that always hold lose their tags,
version ranges that take in everything become '*', and pages that have no
version left are removed, with their addresses leading to the nearest page
above them. All of that is tried in memory first: whatever would change a byte
of another version is left as it is, and told.

What would be changed is shown first. On a terminal you are asked; elsewhere
say --yes, or --dry-run for a diff that `git apply` and `patch -p1` take.

Exit codes:
  0  done, or shown (--dry-run)
  1  not done, as you said no
  2  wrong usage or configuration, or a version that cannot be retired
  3  a file could not be read or written

Examples:
  Look at what would become of the files:
    variorum versions retire product@1.0 --dry-run
  Retire the version:
    variorum versions retire product@1.0";

/// What `variorum versions` takes.
#[derive(Debug, Args)]
pub struct VersionsArguments {
    /// What to do with versions.
    #[command(subcommand)]
    pub command: VersionsCommand,
}

/// What to do with versions.
#[derive(Debug, Subcommand)]
pub enum VersionsCommand {
    /// Takes a version out of the site, with all conditions that only this
    /// version needed.
    #[command(after_long_help = RETIRE_HELP)]
    Retire(RetireArguments),
}

/// What `variorum versions retire` takes.
#[derive(Debug, Args)]
pub struct RetireArguments {
    /// The version, such as `product@1.0`.
    #[arg(value_name = "VERSION")]
    pub version: String,
    /// Prints the changes as a diff, and changes nothing.
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Does it without asking.
    #[arg(long)]
    pub yes: bool,
    /// Which site.
    #[command(flatten)]
    pub place: SiteArguments,
    /// The day for banners about retired versions [default: today, UTC].
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<jiff::civil::Date>,
}
