//! `variorum translations`.

mod accept;
mod diff;
mod named;
mod status;
mod table;

use std::io::Write;
use std::sync::Arc;

use rayon::prelude::*;

use super::Outcome;
use super::args::{TranslationsArguments, TranslationsCommand, TranslationsSite};
use super::build::print_findings;
use super::failure::Failure;
use super::locate::locate;
use super::message_language::catalog;
use super::opened::{Opened, on_threads};
use crate::diagnostic::Finding;
use crate::load::{Past, read_if_there};
use crate::messages::{Catalog, Message};
use crate::model::Site;
use crate::translation::{Document, Examined, LOCK_NAME, Lock, Origins, documents};
use crate::variant::LanguageId;

/// Does something with translations.
pub(super) fn translations(arguments: &TranslationsArguments) -> Outcome {
    match &arguments.command {
        TranslationsCommand::Status(arguments) => on_threads(None, || status::status(arguments)),
        TranslationsCommand::Diff(arguments) => on_threads(None, || diff::diff(arguments)),
        TranslationsCommand::Accept(arguments) => on_threads(None, || accept::accept(arguments)),
    }
}

/// A site whose translations are looked at, and the words to tell of them.
struct Desk {
    opened: Opened,
    site: Arc<Site>,
    catalog: Catalog,
}

/// A language as it is: each file beside its counterpart.
struct Edition {
    examined: Vec<Examined>,
    origins: Origins,
    lock: Lock,
    /// The text of the lock as it was read; none where there is none.
    lock_text: Option<String>,
}

impl Desk {
    fn new(arguments: &TranslationsSite) -> Result<Self, Failure> {
        let place = locate(arguments.site.as_deref(), arguments.config.as_deref())?;
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
        let is_meant = |settings: &crate::config::Language| {
            let folder = settings.dir.rsplit('/').next().unwrap_or_default();
            [&*settings.code, &*settings.tag, &*settings.dir, folder]
                .into_iter()
                .any(|own| own.eq_ignore_ascii_case(name.trim_end_matches('/')))
        };
        let found = others().find(|(_, settings)| is_meant(settings));
        found.map(|(language, _)| language).ok_or_else(|| {
            let codes: Vec<&str> = others().map(|(_, settings)| &*settings.code).collect();
            let message = Message::new("translations-unknown-language").with("name", name);
            Failure::Usage(self.say(&message.with("known", codes.join(", "))))
        })
    }

    /// Holds all files beside their counterparts in a language.
    fn edition(&self, language: LanguageId) -> Result<Edition, Failure> {
        let site = &self.site;
        let (lock, lock_text) = self.lock(language)?;
        let documents = documents(site, language);
        let past = self.past();
        let origins = Origins::new(site, language, &documents, &lock, past.as_ref());
        let mut found = Vec::new();
        let origins = origins.map_err(Failure::Io)?.collect(&mut found);
        let findings: Vec<Finding> = found.into_iter().map(Finding::from).collect();
        print_findings(&findings, &site.sources, None)?;
        let examine = |(position, document): (usize, &Document)| {
            Examined::new(site, position, document, &origins)
        };
        let examined = documents.par_iter().enumerate().map(examine).collect();
        Ok(Edition { examined, origins, lock, lock_text })
    }

    /// The past of the site's files; a site without one is told of.
    fn past(&self) -> Option<Past> {
        match Past::open(&self.opened.root) {
            Ok(past) => Some(past),
            Err(why) => {
                self.note(&Message::new("translations-no-past").with("why", why));
                None
            }
        }
    }

    /// Where the lock of a language is, below the site's folder.
    fn lock_path(&self, language: LanguageId) -> String {
        format!("{}/{LOCK_NAME}", self.site.config.language(language).dir)
    }

    fn lock(&self, language: LanguageId) -> Result<(Lock, Option<String>), Failure> {
        let path = self.lock_path(language);
        let text = read_if_there(&self.opened.root, &path)
            .map_err(|error| Failure::Io(format!("cannot read `{path}`: {error}")))?;
        let lock = Lock::parse(text.as_deref().unwrap_or_default()).map_err(|fault| {
            let (line, column) = (fault.line, fault.column);
            Failure::Usage(format!("{path}:{line}:{column}: {}", fault.message))
        })?;
        Ok((lock, text))
    }
}

/// Writes what was asked for to standard output.
fn print(text: &str) {
    // A reader who has left is no failure.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}
