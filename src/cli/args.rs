//! The command line as it is typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Compiles Markdown into a documentation site for every version and every language.
#[derive(Debug, Parser)]
#[command(
    name = "variorum",
    version,
    max_term_width = 80,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Builds the site: static HTML for every page, version and language.
    #[command(after_long_help = BUILD_HELP)]
    Build(BuildArguments),
}

const BUILD_HELP: &str = "\
The new site is put together beside the output folder and takes its place in
one step, so that a reader never meets half a site. Files in the output folder
that no build has written are left alone.

Exit codes:
  0  built
  1  built with errors in the content, or refused because of them (--strict)
  2  wrong usage or configuration
  3  a file could not be read or written; the old site is there, or the new
  101  the program itself has failed on a page; the old site is there

Examples:
  Build the site around this folder into its public/ folder:
    variorum build
  Build one version in Chinese to look at:
    variorum build --lang zh --version product@2.0 --out /tmp/look
  Build for publishing, and publish nothing if anything is wrong:
    variorum build --strict --base-url https://docs.example.com";

/// What `variorum build` takes.
#[derive(Debug, Args)]
pub struct BuildArguments {
    /// The site's folder [default: the nearest folder upward that holds
    /// variorum.yml].
    #[arg(long, value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// The configuration [default: variorum.yml in the site's folder].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The output folder [default: public/ in the site's folder].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// A language to build, by its code; can be given more than once
    /// [default: all].
    #[arg(long = "lang", value_name = "CODE")]
    pub languages: Vec<String>,
    /// A version to build, such as `product@2.0`, or a plan for all
    /// its versions; can be given more than once [default: all].
    #[arg(long = "version", value_name = "ID")]
    pub versions: Vec<String>,
    /// Where the site will be published, instead of `base_url` of the
    /// configuration.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// The day of the build, for banners about retired versions [default:
    /// today, UTC].
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<jiff::civil::Date>,
    /// How many threads to use [default: one for each processor].
    #[arg(long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
    /// Tells where the time goes: by stage, and the slowest pages and
    /// reusables. With a file, writes that there as JSON.
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    pub timings: Option<Option<PathBuf>>,
    /// Takes warnings for errors, and publishes nothing if there is an error.
    #[arg(long)]
    pub strict: bool,
    /// Brings the new site to the disk before it takes the place of the old one,
    /// so that a power cut leaves one of the two whole.
    #[arg(long)]
    pub durable: bool,
    /// Leaves out what is made of each page for programs: the page as Markdown
    /// (index.md), what is known of it (page.json), and the lists of all pages
    /// (llms.txt). The build is faster and has a third of the files.
    #[arg(long)]
    pub no_twins: bool,
    /// Prints findings only: no progress, no summary.
    #[arg(long)]
    pub quiet: bool,
}
