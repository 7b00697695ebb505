//! What `variorum why` takes.

use clap::Args;

use super::SiteArguments;

pub(super) const HELP: &str = "\
The site is read as it is now, and nothing is written. Of its pages only the one
that is asked for is rendered, and that only where the address has a fragment.

Exit codes:
  0  something answers
  1  nothing does, or the address is one of another host
  2  wrong usage or configuration
  3  a file could not be read

Examples:
  Which file is behind this page, and is the heading still there?
    variorum why https://docs.example.com/zh/product@2.0/guides/start#setup
  Why is there no such page?
    variorum why /en/product@1.0/guides/start
  Where does an old address lead, and who says so?
    variorum why /old/start --format json";

/// What `variorum why` takes.
#[derive(Debug, Args)]
pub struct WhyArguments {
    /// The address: a whole one, or a path with or without the base path.
    #[arg(value_name = "URL")]
    pub url: String,
    /// How the answer is printed to standard output.
    #[arg(long, value_enum, default_value_t = WhyFormat::Human)]
    pub format: WhyFormat,
    /// Which site.
    #[command(flatten)]
    pub place: SiteArguments,
}

/// How an answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum WhyFormat {
    /// For a terminal.
    Human,
    /// For programs.
    Json,
}
