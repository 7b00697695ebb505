//! `variorum translations check`.

use std::process::ExitCode;

use super::Desk;
use crate::check::formats::Judgement;
use crate::check::{self, FailOn};
use crate::cli::Outcome;
use crate::cli::args::{Format, TranslationsCheckArguments};
use crate::cli::check::{Known, Marked, Outputs, Told, paths};
use crate::cli::locate::located;
use crate::diagnostic::Finding;
use crate::messages::{Catalog, Message, MessageLanguage};
use crate::translation::damage::{self, Fault};
use crate::variant::LanguageId;

/// Tells what is damaged in languages.
pub(super) fn check(arguments: &TranslationsCheckArguments) -> Outcome {
    let TranslationsCheckArguments { language, formats, output, baseline, site: asked, .. } =
        arguments;
    let outputs = Outputs::of(formats, output.as_deref(), baseline.as_deref())?;
    let known = Known::of(baseline.as_deref(), arguments.write_baseline)?;
    let mut desk = Desk::new(asked)?;
    let is_for_people = formats.iter().all(|asked| asked.format == Format::Human);
    // Programs and baselines know findings again by their messages, which therefore hang on nobody's environment.
    let is_neutral = !is_for_people || baseline.is_some();
    if is_neutral && asked.messages.message_language.is_none() {
        desk.catalog = Catalog::of(MessageLanguage::English);
    }
    let languages = desk.languages(language.as_deref())?;
    let findings = findings(&desk, &faults(&desk, &languages));
    let place = located(&asked.place)?;
    let site = &desk.site;
    let mut rows = check::rows(&findings, &site.sources, Some(&site.config));
    let Marked { gone, written } = known.mark(&mut rows, &site.config.rules);
    // What was not looked at is not gone.
    let gone = gone.map(|gone| if language.is_none() { gone } else { 0 });
    let judgement = Judgement { rows, fail_on: FailOn::Warnings, gone };
    let words = words(&desk, &judgement, &known);
    let told = Told { judgement, sources: &site.sources, paths: paths(&place) };
    outputs.tell(&told, written.into_iter().collect())?;
    outputs.say(&words);
    Ok(ExitCode::from(u8::from(told.judgement.has_failed())))
}

/// What is said at the end: how much is damaged, and what has become of the baseline.
fn words(desk: &Desk, judgement: &Judgement<'_>, known: &Known<'_>) -> String {
    let tally = judgement.tally();
    let mut words =
        desk.say(&Message::new("damage-count").with("count", tally.errors + tally.warnings));
    if judgement.gone.is_some() {
        words.push_str(&desk.say(&Message::new("damage-known").with("count", tally.known)));
    }
    words.push('\n');
    words + &known.words(&judgement.rows, tally.known, judgement.gone.unwrap_or(0))
}

/// What is damaged in these languages.
pub(super) fn faults(desk: &Desk, languages: &[LanguageId]) -> Vec<Fault> {
    languages.iter().flat_map(|language| damage::check(&desk.site, *language)).collect()
}

/// The findings about faults, as the rules of the site want them.
pub(super) fn findings(desk: &Desk, faults: &[Fault]) -> Vec<Finding> {
    damage::findings(&desk.site, faults, &desk.catalog)
}
