//! `variorum translations status`.

mod csv;
mod html;

use std::process::ExitCode;

use serde::Serialize;

use super::table::table;
use super::{Desk, print};
use crate::cli::Outcome;
use crate::cli::args::{StatusArguments, StatusFormat};
use crate::cli::build::grouped;
use crate::cli::editions::damage;
use crate::cli::failure::Failure;
use crate::messages::Message;
use crate::render;
use crate::translation::{Counts, FileStatus, LanguageStatus, Tally, own_path, words_of_theme};

/// The site's own words of the interface, below the folder of a language.
const UI_FILE: &str = "data/ui.yml";

/// What is told of a language.
#[derive(Serialize)]
struct Report {
    /// How far it is.
    #[serde(flatten)]
    status: LanguageStatus,
    /// The words of the theme that readers see in English.
    interface: Vec<String>,
    /// Where to write them.
    #[serde(skip)]
    ui: String,
}

impl Report {
    /// How many words of the theme are in English, and where to write them; nothing where there are none.
    fn interface(&self, desk: &Desk) -> Option<String> {
        let count = self.interface.len();
        let told = Message::new("status-interface").with("count", count).with("file", &*self.ui);
        (count > 0).then(|| desk.say(&told))
    }
}

/// Tells how far languages are.
pub(super) fn status(arguments: &StatusArguments) -> Outcome {
    let desk = Desk::new(&arguments.site)?;
    let theme = render::theme(&desk.site).value;
    let mut reports = Vec::new();
    for language in desk.languages(arguments.language.as_deref())? {
        let edition = desk.edition(language)?;
        let damage = damage(&desk.site, language);
        let status = edition.status(&desk.site, language, &damage);
        let interface = words_of_theme(&desk.site, &theme, language);
        let ui = own_path(desk.site.config.language(language), UI_FILE);
        reports.push(Report { status, interface, ui });
    }
    let text = match arguments.format {
        StatusFormat::Table => {
            let told = reports.iter().map(|report| human(&desk, report, arguments.files));
            told.collect::<Vec<_>>().join("\n")
        }
        StatusFormat::Json => {
            let json = serde_json::json!({ "languages": reports });
            format!("{json:#}\n")
        }
        StatusFormat::Csv => csv::csv(&reports),
        StatusFormat::Html => html::html(&desk, &reports)?,
    };
    match &arguments.output {
        Some(file) => std::fs::write(file, text)
            .map_err(|error| Failure::Io(format!("cannot write `{}`: {error}", file.display())))?,
        None => print(&text),
    }
    Ok(ExitCode::SUCCESS)
}

/// A part of counts, and the name of the message that calls it.
type Column = (&'static str, fn(&Counts) -> usize);

/// The columns of counts.
const COLUMNS: [Column; 8] = [
    ("status-total", |counts| counts.total),
    ("status-translated", |counts| counts.translated),
    ("status-identical", |counts| counts.identical),
    ("status-stale", |counts| counts.stale),
    ("status-incomplete", |counts| counts.incomplete),
    ("status-missing", |counts| counts.missing),
    ("status-fallback", |counts| counts.fallback),
    ("status-damaged", |counts| counts.damaged),
];

fn human(desk: &Desk, report: &Report, with_files: bool) -> String {
    let status = &report.status;
    let mut text = format!("{} ({})\n", status.name, status.language);
    text.push_str(&counts(desk, &status.all));
    text.push_str(&format!("\n{}\n", to_do(desk, &status.all.words)));
    text.extend(report.interface(desk).map(|told| told + "\n"));
    let (strings, files): (Vec<_>, Vec<_>) =
        status.orphans.iter().partition(|orphan| orphan.key.is_some());
    for (id, count) in [("status-orphans", files.len()), ("status-orphan-strings", strings.len())] {
        if count > 0 {
            text.push_str(&format!("{}\n", desk.say(&Message::new(id).with("count", count))));
        }
    }
    for (heading, parts) in
        [("status-products", &status.products), ("status-versions", &status.versions)]
    {
        if parts.len() > 1 {
            let rows = parts.iter().map(|part| (&*part.name, &part.tally));
            text.push_str(&format!("\n{}", by_part(desk, heading, rows)));
        }
    }
    if with_files {
        text.push_str(&format!("\n{}", open_files(desk, &status.files)));
    }
    text
}

/// How many words are to be translated.
fn to_do(desk: &Desk, words: &Counts) -> String {
    let Counts { stale, missing, fallback, .. } = *words;
    let to_do = Message::new("status-to-do").with("words", grouped(stale + missing + fallback));
    let to_do = to_do.with("missing", grouped(missing)).with("stale", grouped(stale));
    desk.say(&to_do.with("fallback", grouped(fallback)))
}

/// A line for each kind of thing.
fn counts(desk: &Desk, tally: &Tally) -> String {
    let say = |id| desk.say(&Message::new(id));
    let mut lines = vec![vec![String::new()]];
    lines[0].extend(COLUMNS.map(|(id, _)| say(id)));
    let rows = [
        ("status-pages", &tally.pages),
        ("status-strings", &tally.strings),
        ("status-sections", &tally.sections),
        ("status-words", &tally.words),
    ];
    for (id, counts) in rows {
        let mut line = vec![say(id)];
        line.extend(COLUMNS.map(|(_, count)| shown(count(counts))));
        lines.push(line);
    }
    table(&lines)
}

/// A number; nothing is a dot, so that what there is stands out.
fn shown(count: usize) -> String {
    if count == 0 { "·".to_owned() } else { grouped(count) }
}

/// The sections of each part, and the words that are to be translated.
fn by_part<'a>(
    desk: &Desk,
    heading: &'static str,
    parts: impl Iterator<Item = (&'a str, &'a Tally)>,
) -> String {
    let say = |id| desk.say(&Message::new(id));
    let mut lines = vec![vec![say(heading), say("status-pages")]];
    let columns =
        COLUMNS.iter().filter(|(id, _)| !matches!(*id, "status-incomplete" | "status-damaged"));
    lines[0].extend(columns.clone().map(|(id, _)| say(id)));
    lines[0].push(say("status-words-open"));
    for (name, tally) in parts {
        let name = if name.is_empty() { "/" } else { name };
        let mut line = vec![name.to_owned(), shown(tally.pages.total)];
        line.extend(columns.clone().map(|(_, count)| shown(count(&tally.sections))));
        line.push(shown(tally.words.open()));
        lines.push(line);
    }
    table(&lines)
}

/// The files in which something is to be done, those with most words first.
fn open_files(desk: &Desk, files: &[FileStatus]) -> String {
    let say = |id| desk.say(&Message::new(id));
    let mut open: Vec<&FileStatus> =
        files.iter().filter(|file| file.sections.open() + file.damage > 0).collect();
    open.sort_by_key(|file| std::cmp::Reverse(file.words.open()));
    let mut lines = vec![vec![say("status-files")]];
    lines[0].extend(
        [
            "status-stale",
            "status-missing",
            "status-fallback",
            "status-damaged",
            "status-words-open",
        ]
        .map(say),
    );
    for file in open {
        let counts = &file.sections;
        let mut line = vec![file.source.clone()];
        let numbers =
            [counts.stale, counts.missing, counts.fallback, file.damage, file.words.open()];
        line.extend(numbers.map(shown));
        lines.push(line);
    }
    table(&lines)
}
