//! The command line as it is typed.

mod check;
mod lsp;
mod message_language;
mod mv;
mod redirects;
mod refs;
mod rules;
mod site;
mod translations;
mod versions;
mod why;

pub use check::{CheckArguments, FailOnArgument, Format, FormatArgument};
pub use lsp::LspArguments;
pub use message_language::MessageLanguageArguments;
pub use mv::MvArguments;
pub use redirects::{RedirectsArguments, RedirectsFormat};
pub use refs::{RefsArguments, RefsFormat};
pub use rules::{RulesArguments, RulesFormat};
pub use site::SiteArguments;
pub use translations::{
    AcceptArguments, DiffArguments, ExportArguments, ExportFormat, ImportArguments,
    ReviewArguments, StatusArguments, StatusFormat, TranslationsArguments,
    TranslationsCheckArguments, TranslationsCommand, TranslationsFixArguments, TranslationsSite,
};
pub use versions::{RetireArguments, VersionsArguments, VersionsCommand};
pub use why::{WhyArguments, WhyFormat};

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
    /// Shows the site while it is written: every page, version and language at
    /// once, anew with every save.
    #[command(after_long_help = PREVIEW_HELP)]
    Preview(PreviewArguments),
    /// Judges the site without writing it: every page, version and language.
    #[command(after_long_help = check::HELP)]
    Check(CheckArguments),
    /// Tells which pages a change reaches, by version and language.
    #[command(after_long_help = AFFECTED_HELP)]
    Affected(AffectedArguments),
    /// Writes the old addresses of the site in the form that a host reads.
    #[command(after_long_help = redirects::HELP)]
    Redirects(RedirectsArguments),
    /// Tells what answers an address of the site, or why nothing does.
    #[command(after_long_help = why::HELP)]
    Why(WhyArguments),
    /// Tells where something is used, and what it says in each version and
    /// language.
    #[command(after_long_help = refs::HELP)]
    Refs(RefsArguments),
    /// Tells what the rules are that findings name by their code, and what each
    /// means.
    #[command(after_long_help = rules::HELP)]
    Rules(RulesArguments),
    /// Serves an editor: completion, hover, definitions, references, renames and
    /// live findings.
    #[command(after_long_help = lsp::HELP)]
    Lsp(LspArguments),
    /// Moves a page with its translations: its old address leads on, and what
    /// names it follows.
    #[command(after_long_help = mv::HELP)]
    Mv(MvArguments),
    /// Tells translators what is missing, stale or damaged, and helps to mend it.
    #[command(after_long_help = translations::HELP)]
    Translations(TranslationsArguments),
    /// Changes the versions of the site.
    Versions(VersionsArguments),
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

const PREVIEW_HELP: &str = "\
Nothing is written and no page is rendered before a browser asks for it. The
files of the site are watched: a page that is open and reads what was saved is
shown anew, and stays where it was scrolled to. What is wrong is laid over the
page and printed here, with its place and its cure.

Add ?compare=VERSION or ?compare=LANGUAGE to the address of a page to see two
variants of it side by side.

Ctrl-C ends the preview.

Exit codes:
  0  ended
  2  wrong usage or configuration
  3  the site could not be read, or no port is free

Examples:
  Show the site around this folder, and open it in a browser:
    variorum preview --open
  Begin with one page, in the Chinese edition:
    variorum preview --open /zh/product@2.0/guides/start
  Open places in another editor than Visual Studio Code:
    variorum preview --editor 'idea://open?file={file}&line={line}'";

/// What `variorum preview` takes.
#[derive(Debug, Args)]
pub struct PreviewArguments {
    /// The page to begin with: its address on the site, or its file [default:
    /// the home page].
    #[arg(value_name = "PATH")]
    pub path: Option<String>,
    /// Which site.
    #[command(flatten)]
    pub place: SiteArguments,
    /// The port to listen on; where it is taken, the next free one.
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    pub port: u16,
    /// The address to listen on. Anything but this machine's own lets others
    /// read the site, drafts and all.
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    pub host: String,
    /// Opens the page in the browser.
    #[arg(long)]
    pub open: bool,
    /// A language to show, by its code; can be given more than once
    /// [default: all].
    #[arg(long = "lang", value_name = "CODE")]
    pub languages: Vec<String>,
    /// A version to show, such as `product@2.0`, or a plan for all its
    /// versions; can be given more than once [default: all].
    #[arg(long = "version", value_name = "ID")]
    pub versions: Vec<String>,
    /// The editor that links to places open: vscode, cursor, zed, idea,
    /// textmate, none, or an address with {file}, {line} and {column}.
    #[arg(long, value_name = "EDITOR", default_value = "vscode")]
    pub editor: String,
    /// The day for banners about retired versions [default: today, UTC].
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<jiff::civil::Date>,
}

const AFFECTED_HELP: &str = "\
With --since, the site is compared with what it was in a commit: every page,
version and language whose bytes are other now, through any nesting of
reusables, variables, features and titles. With files, it is told who reads
them: what a change of them could reach. The network is not asked, and nothing
is written.

Exit codes:
  0  told
  2  wrong usage or configuration
  3  a file or the repository could not be read

Examples:
  What do my changes reach that are not committed yet?
    variorum affected
  What does a branch reach, as a comment for its pull request?
    variorum affected --since origin/main --format markdown
  Who reads this reusable?
    variorum affected data/reusables/guides/sign-in.md";

/// What `variorum affected` takes.
#[derive(Debug, Args)]
pub struct AffectedArguments {
    /// Files of the site: tells who reads them.
    #[arg(value_name = "FILE", conflicts_with = "since")]
    pub files: Vec<PathBuf>,
    /// The commit to compare with, such as origin/main [default: HEAD].
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// How the answer is printed to standard output.
    #[arg(long, value_enum, default_value_t = AffectedFormat::Human)]
    pub format: AffectedFormat,
    /// Which site.
    #[command(flatten)]
    pub place: SiteArguments,
    /// The day for banners about retired versions [default: today, UTC].
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<jiff::civil::Date>,
}

/// How an answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum AffectedFormat {
    /// For a terminal.
    Human,
    /// For programs.
    Json,
    /// For a pull request.
    Markdown,
}

/// What `variorum build` takes.
#[derive(Debug, Args)]
pub struct BuildArguments {
    /// Which site.
    #[command(flatten)]
    pub place: SiteArguments,
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
