//! What `variorum translations review` takes.

use std::path::PathBuf;

use clap::Args;

use super::TranslationsSite;

pub(super) const HELP: &str = "\
The folder has a page for each file with something to do: the source on the left,
the translation on the right, and beside each block what is missing, stale or
damaged, and what the source said before. It needs no server and no network: pack
it, send it, open index.html. What the command has written before is replaced; a
folder with other files in it is refused.

Exit codes:
  0  written
  2  wrong usage or configuration
  3  a file could not be read or written

Examples:
  All that is to be done in Chinese:
    variorum translations review zh --out review
  Two pages, whether or not something is to be done:
    variorum translations review zh guides/start.md guides/new.md --all --out review";

/// What `variorum translations review` takes.
#[derive(Debug, Args)]
pub struct ReviewArguments {
    /// The language, by its code, its tag or its folder.
    #[arg(value_name = "LANG")]
    pub language: String,
    /// Only these pages and data files: paths of sources or of translations, or
    /// addresses [default: all].
    #[arg(value_name = "PAGE")]
    pub pages: Vec<String>,
    /// The folder to write.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Also what has nothing to do in it.
    #[arg(long)]
    pub all: bool,
    /// The version that pages are shown in [default: the nearest one to the
    /// default version that a page has].
    #[arg(long, value_name = "ID")]
    pub version: Option<String>,
    /// The site, and the language of messages.
    #[command(flatten)]
    pub site: TranslationsSite,
}
