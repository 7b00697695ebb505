//! What `variorum translations accept` takes.

use clap::Args;

use super::TranslationsSite;

pub(super) const HELP: &str = "\
What is accepted stands for the source as it is now, until that changes: its
digests are written into variorum.lock in the folder of the translation. A page
whose front matter names a commit (source_commit) gets today's commit there
instead; its source has to be committed then.

Exit codes:
  0  accepted
  2  wrong usage or configuration
  3  a file could not be read or written

Examples:
  The page is up to date:
    variorum translations accept zh content/guides/start.md
  One of its sections is:
    variorum translations accept zh content/guides/start.md --section setup
  Begin to use a lock: all of the edition is as new as it seems to be now:
    variorum translations accept zh --all";

/// What `variorum translations accept` takes.
#[derive(Debug, Args)]
pub struct AcceptArguments {
    /// The language, by its code, its tag or its folder.
    #[arg(value_name = "LANG")]
    pub language: String,
    /// The pages and data files that are up to date: paths of sources or of
    /// translations, or addresses.
    #[arg(value_name = "PAGE", required_unless_present = "all")]
    pub pages: Vec<String>,
    /// Only this section of the page: the id of its heading, or the name of a
    /// key of its front matter. Can be given more than once.
    #[arg(long = "section", value_name = "ID", conflicts_with = "all")]
    pub sections: Vec<String>,
    /// Notes of all translated files what they stand for now; what is stale
    /// stays stale.
    #[arg(long, conflicts_with = "pages")]
    pub all: bool,
    /// Prints what would be written, and writes nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// The site, and the language of messages.
    #[command(flatten)]
    pub site: TranslationsSite,
}
