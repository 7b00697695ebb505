//! What `variorum refs` takes.

use clap::Args;

use super::SiteArguments;

pub(super) const HELP: &str = "\
Tells every place of the sources that comes to something, in all languages:
those that name it, and those that come to it through other data or includes.
Of data it also tells what it says in each language and version.

Exit codes:
  0  told
  1  there is no such thing
  2  wrong usage or configuration
  3  a file could not be read

Examples:
  Where is a variable used, and what does it say?
    variorum refs variables.product.name
  Who includes a reusable?
    variorum refs data/reusables/guides/sign-in.md
  Which pages show a picture, for a program?
    variorum refs assets/images/tower.png --format json";

/// What `variorum refs` takes.
#[derive(Debug, Args)]
pub struct RefsArguments {
    /// A key of the data, a file of the site, a feature, or the address of a
    /// page.
    #[arg(value_name = "KEY|FILE")]
    pub name: String,
    /// How the answer is printed to standard output.
    #[arg(long, value_enum, default_value_t = RefsFormat::Human)]
    pub format: RefsFormat,
    /// Which site.
    #[command(flatten)]
    pub place: SiteArguments,
}

/// How an answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum RefsFormat {
    /// For a terminal.
    Human,
    /// For programs.
    Json,
}
