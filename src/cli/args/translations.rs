//! What `variorum translations` takes.

mod accept;
mod check;
mod diff;
mod export;
mod fix;
mod import;
mod review;
mod status;

pub use accept::AcceptArguments;
pub use check::TranslationsCheckArguments;
pub use diff::DiffArguments;
pub use export::{ExportArguments, ExportFormat};
pub use fix::TranslationsFixArguments;
pub use import::ImportArguments;
pub use review::ReviewArguments;
pub use status::{StatusArguments, StatusFormat};

use clap::{Args, Subcommand};

use super::{MessageLanguageArguments, SiteArguments};

pub(super) const HELP: &str = "\
A day of a translator:
  What is there to do?
    variorum translations status zh
  What has changed in the source of this page?
    variorum translations diff zh guides/start.md
  The page is up to date now:
    variorum translations accept zh guides/start.md
  What is damaged? Repair what can be repaired without looking:
    variorum translations check zh
    variorum translations fix zh";

/// What `variorum translations` takes.
#[derive(Debug, Args)]
pub struct TranslationsArguments {
    /// What to do with translations.
    #[command(subcommand)]
    pub command: TranslationsCommand,
}

/// What to do with translations.
#[derive(Debug, Subcommand)]
pub enum TranslationsCommand {
    /// Tells how far each language is: what is translated, missing, stale,
    /// damaged and in fallback.
    #[command(after_long_help = status::HELP)]
    Status(StatusArguments),
    /// Shows what has changed in the source of a page since it was translated.
    #[command(after_long_help = diff::HELP)]
    Diff(DiffArguments),
    /// Notes that translations are up to date with their source.
    #[command(after_long_help = accept::HELP)]
    Accept(AcceptArguments),
    /// Tells what is damaged in translations, with its place in the source.
    #[command(after_long_help = check::HELP)]
    Check(TranslationsCheckArguments),
    /// Repairs what is damaged in translations, where the source proves what was
    /// meant.
    #[command(after_long_help = fix::HELP)]
    Fix(TranslationsFixArguments),
    /// Writes what is to be translated for translators: XLIFF, PO or CSV.
    #[command(after_long_help = export::HELP)]
    Export(ExportArguments),
    /// Takes what translators have brought back.
    #[command(after_long_help = import::HELP)]
    Import(ImportArguments),
    /// Writes pages beside their translations into a folder, for reviewers who
    /// have no tools.
    #[command(after_long_help = review::HELP)]
    Review(ReviewArguments),
}

/// What every command on translations takes.
#[derive(Debug, Args)]
pub struct TranslationsSite {
    /// Which site.
    #[command(flatten)]
    pub place: SiteArguments,
    /// The language of what is printed for people.
    #[command(flatten)]
    pub messages: MessageLanguageArguments,
}
