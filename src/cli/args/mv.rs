//! What `variorum mv` takes.

use clap::Args;

use super::SiteArguments;

pub(super) const HELP: &str = "\
Moves the page's file and every translation of it. The old address goes into
redirect_from, so that it leads to the new one. Lists of pages (children, link
tags, featured links, guides, learning tracks) and links follow, in every
language and in the data. Links that name the page by an older address are left
as they are: they go on leading to it.

An index page moves with everything in its folder.

What would be changed is shown first. On a terminal you are asked; elsewhere
say --yes, or --dry-run for a diff that `git apply` and `patch -p1` take.

Exit codes:
  0  done, or shown (--dry-run)
  1  not done, as you said no
  2  wrong usage or configuration, or a move that cannot be
  3  a file could not be read or written

Examples:
  Rename a page:
    variorum mv content/guides/start.md content/guides/begin.md
  Move a page into another folder, by its address:
    variorum mv /guides/start /tutorials/
  Look at what would become of a whole folder:
    variorum mv content/guides content/handbook --dry-run";

/// What `variorum mv` takes.
#[derive(Debug, Args)]
pub struct MvArguments {
    /// The page: its file, its address, or the folder of an index page.
    #[arg(value_name = "PAGE")]
    pub page: String,
    /// Where to: a file or an address. With a slash at the end, the folder to
    /// move into.
    #[arg(value_name = "TO")]
    pub to: String,
    /// Prints the changes as a diff, and changes nothing.
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Does it without asking.
    #[arg(long)]
    pub yes: bool,
    /// Which site.
    #[command(flatten)]
    pub place: SiteArguments,
}
