//! `variorum translations check`.

use std::io::Write;
use std::process::ExitCode;

use super::Desk;
use crate::check::formats::Judgement;
use crate::check::{self, FailOn};
use crate::cli::Outcome;
use crate::cli::args::{Format, TranslationsCheckArguments};
use crate::cli::check::{Outputs, Told, paths};
use crate::cli::locate::locate;
use crate::diagnostic::Finding;
use crate::messages::{Catalog, Message, MessageLanguage};
use crate::translation::damage::{self, Fault};
use crate::variant::LanguageId;

/// Tells what is damaged in languages.
pub(super) fn check(arguments: &TranslationsCheckArguments) -> Outcome {
    let outputs = Outputs::of(&arguments.formats, arguments.output.as_deref())?;
    let mut desk = Desk::new(&arguments.site)?;
    let is_for_people = arguments.formats.iter().all(|asked| asked.format == Format::Human);
    // Programs know findings again by their messages, which therefore hang on nobody's environment.
    if !is_for_people && arguments.site.messages.message_language.is_none() {
        desk.catalog = Catalog::of(MessageLanguage::English);
    }
    let languages = desk.languages(arguments.language.as_deref())?;
    let findings = findings(&desk, &faults(&desk, &languages));
    let place = locate(arguments.site.site.as_deref(), arguments.site.config.as_deref())?;
    let site = &desk.site;
    let rows = check::rows(&findings, &site.sources, Some(&site.config));
    let judgement = Judgement { rows, fail_on: FailOn::Warnings, gone: None };
    let told = Told { judgement, sources: &site.sources, paths: paths(&place) };
    outputs.tell(&told, Vec::new())?;
    let words = desk.say(&Message::new("damage-count").with("count", findings.len())) + "\n";
    // A reader who has left is no failure.
    let _ = if outputs.is_for_people() {
        std::io::stdout().write_all(words.as_bytes())
    } else {
        std::io::stderr().write_all(words.as_bytes())
    };
    Ok(ExitCode::from(u8::from(!findings.is_empty())))
}

/// What is damaged in these languages.
pub(super) fn faults(desk: &Desk, languages: &[LanguageId]) -> Vec<Fault> {
    languages.iter().flat_map(|language| damage::check(&desk.site, *language)).collect()
}

/// The findings about faults, as the rules of the site want them.
pub(super) fn findings(desk: &Desk, faults: &[Fault]) -> Vec<Finding> {
    damage::findings(&desk.site, faults, &desk.catalog)
}
