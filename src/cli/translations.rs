//! `variorum translations`.

mod accept;
mod check;
mod diff;
mod export;
mod fix;
mod import;
mod locked;
mod named;
mod review;
mod status;
mod table;

use std::io::Write;
use std::sync::Arc;

use super::Outcome;
use super::args::{TranslationsArguments, TranslationsCommand, TranslationsSite};
use super::build::print_findings;
use super::editions::{Edition, lock_now};
use super::failure::Failure;
use super::locate::located;
use super::message_language::catalog;
use super::opened::{Opened, on_threads};
use crate::diagnostic::Finding;
use crate::load::Past;
use crate::messages::{Catalog, Message};
use crate::model::Site;
use crate::translation::{Examined, recall};
use crate::variant::LanguageId;

/// Does something with translations.
pub(super) fn translations(arguments: &TranslationsArguments) -> Outcome {
    match &arguments.command {
        TranslationsCommand::Status(arguments) => on_threads(None, || status::status(arguments)),
        TranslationsCommand::Diff(arguments) => on_threads(None, || diff::diff(arguments)),
        TranslationsCommand::Accept(arguments) => on_threads(None, || accept::accept(arguments)),
        TranslationsCommand::Check(arguments) => on_threads(None, || check::check(arguments)),
        TranslationsCommand::Fix(arguments) => on_threads(None, || fix::fix(arguments)),
        TranslationsCommand::Export(arguments) => on_threads(None, || export::export(arguments)),
        TranslationsCommand::Import(arguments) => on_threads(None, || import::import(arguments)),
        TranslationsCommand::Review(arguments) => on_threads(None, || review::review(arguments)),
    }
}

/// A site whose translations are looked at, and the words to tell of them.
struct Desk {
    opened: Opened,
    site: Arc<Site>,
    catalog: Catalog,
}

impl Desk {
    fn new(arguments: &TranslationsSite) -> Result<Self, Failure> {
        let place = located(&arguments.place)?;
        let mut opened = Opened::new(&place)?;
        // What is wrong with the site is for `check` to say.
        let site = opened.site()?.value;
        Ok(Self { opened, site, catalog: catalog(&arguments.messages) })
    }

    /// A message in the language of who reads it.
    fn say(&self, message: &Message) -> String {
        self.catalog.say(message)
    }

    /// Writes a message to standard error.
    fn note(&self, message: &Message) {
        // Nobody is left to be told where standard error is gone.
        let _ = writeln!(std::io::stderr(), "{}", self.say(message));
    }

    /// The language that is named so, or all but the default one.
    fn languages(&self, name: Option<&str>) -> Result<Vec<LanguageId>, Failure> {
        match name {
            Some(name) => self.language(name).map(|language| vec![language]),
            None => {
                let all = self.site.languages().filter(|language| !language.is_default());
                Ok(all.collect())
            }
        }
    }

    /// The language with this code, tag or folder.
    fn language(&self, name: &str) -> Result<LanguageId, Failure> {
        let config = &self.site.config;
        let others = || config.languages().filter(|(language, _)| !language.is_default());
        let found = others().find(|(_, settings)| settings.is_called(name));
        found.map(|(language, _)| language).ok_or_else(|| {
            let codes: Vec<&str> = others().map(|(_, settings)| &*settings.code).collect();
            let message = Message::new("translations-unknown-language").with("name", name);
            Failure::Usage(self.say(&message.with("known", codes.join(", "))))
        })
    }

    /// Holds all files beside their counterparts in a language.
    fn edition(&self, language: LanguageId) -> Result<Edition, Failure> {
        let lock = lock_now(&self.opened.root, &self.site, language)?;
        let past = Past::open(&self.opened.root);
        let edition = Edition::new(&self.site, language, lock, past.as_ref().ok())?;
        let findings: Vec<Finding> = edition.found.iter().cloned().map(Finding::from).collect();
        print_findings(&findings, &self.site.sources, None)?;
        if let Some(why) = past.err().filter(|_| edition.has_untold()) {
            self.note(&Message::new("translations-no-past").with("why", self.say(&why.message())));
        }
        Ok(edition)
    }

    /// Adds to files what their sources said before, as far as commits have it.
    fn recall(&self, files: &mut [Examined]) -> Result<(), Failure> {
        let Ok(past) = Past::open(&self.opened.root) else { return Ok(()) };
        recall(&self.site, files, &past).map_err(Failure::Io)
    }
}

/// Writes what was asked for to standard output.
fn print(text: &str) {
    // A reader who has left is no failure.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}
