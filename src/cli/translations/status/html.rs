//! A status as a page of its own, with charts.

use std::collections::BTreeMap;

use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment};
use serde::Serialize;

use super::super::Desk;
use super::{COLUMNS, Column, Report, to_do};
use crate::cli::build::grouped;
use crate::cli::failure::Failure;
use crate::messages::Message;
use crate::translation::{Counts, OrphanStatus};

const TEMPLATE: &str = include_str!("../../../../templates/translations/status.html");

const SCRIPT: &str = include_str!("../../../../templates/translations/filter.js");

const STYLE: &str = include_str!("../../../../templates/translations/status.css");

/// What a bar is made of, from the left.
const PARTS: [Column; 5] = [
    ("translated", |counts| counts.translated + counts.identical),
    ("stale", |counts| counts.stale),
    ("incomplete", |counts| counts.incomplete),
    ("missing", |counts| counts.missing),
    ("fallback", |counts| counts.fallback),
];

#[derive(Serialize)]
struct View<'a> {
    language: &'static str,
    style: &'static str,
    script: &'static str,
    words: BTreeMap<&'static str, String>,
    statuses: Vec<Language<'a>>,
}

#[derive(Serialize)]
struct Language<'a> {
    name: &'a str,
    code: &'a str,
    tag: &'a str,
    to_do: String,
    /// How many words of the theme are in English, where any are.
    interface_told: Option<String>,
    interface: &'a [String],
    orphans: &'a [OrphanStatus],
    rows: Vec<Row>,
    products: Vec<Row>,
    versions: Vec<Row>,
    files: Vec<File<'a>>,
}

/// A row of a table, with its bar.
#[derive(Serialize)]
struct Row {
    name: String,
    counts: Vec<String>,
    bar: Vec<Piece>,
}

/// A piece of a bar.
#[derive(Serialize)]
struct Piece {
    class: &'static str,
    /// Where it begins and how wide it is, in parts of a hundred.
    from: f64,
    width: f64,
    label: String,
}

#[derive(Serialize)]
struct File<'a> {
    source: &'a str,
    translation: &'a str,
    state: &'static str,
    words: usize,
    sections: usize,
    bar: Vec<Piece>,
}

/// The page. The only error is one of the program's own template.
pub(super) fn html(desk: &Desk, reports: &[Report]) -> Result<String, Failure> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let ids = [
        "status-title",
        "status-products",
        "status-versions",
        "status-files",
        "status-words-open",
        "status-sections",
        "status-orphans-heading",
        "status-state",
        "status-progress",
        "status-filter",
    ];
    let columns = COLUMNS.map(|(id, _)| id);
    let view = View {
        language: desk.catalog.language().tag(),
        style: STYLE,
        script: SCRIPT,
        words: ids.into_iter().chain(columns).map(|id| (id, desk.say(&Message::new(id)))).collect(),
        statuses: reports.iter().map(|report| language(desk, report)).collect(),
    };
    environment
        .add_template("status", TEMPLATE)
        .and_then(|()| environment.get_template("status")?.render(Value::from(Serde(view))))
        .map_err(|error| Failure::Io(error.to_string()))
}

fn language<'a>(desk: &Desk, report: &'a Report) -> Language<'a> {
    let status = &report.status;
    let say = |id| desk.say(&Message::new(id));
    let row = |name: String, counts: &Counts| Row {
        name,
        counts: COLUMNS.iter().map(|(_, count)| grouped(count(counts))).collect(),
        bar: bar(desk, counts),
    };
    let all = &status.all;
    let parts = |parts: &[crate::translation::Part]| {
        let name = |name: &str| if name.is_empty() { "/".to_owned() } else { name.to_owned() };
        parts.iter().map(|part| row(name(&part.name), &part.tally.sections)).collect()
    };
    let mut files: Vec<File<'_>> = status
        .files
        .iter()
        .filter(|file| file.sections.open() + file.damage > 0)
        .map(|file| File {
            source: &file.source,
            translation: &file.translation,
            state: file.state,
            words: file.words.open(),
            sections: file.sections.open(),
            bar: bar(desk, &file.words),
        })
        .collect();
    files.sort_by_key(|file| std::cmp::Reverse(file.words));
    Language {
        name: &status.name,
        code: &status.language,
        tag: &status.tag,
        to_do: to_do(desk, &all.words),
        interface_told: report.interface(desk),
        interface: &report.interface,
        orphans: &status.orphans,
        rows: vec![
            row(say("status-pages"), &all.pages),
            row(say("status-strings"), &all.strings),
            row(say("status-sections"), &all.sections),
            row(say("status-words"), &all.words),
        ],
        products: parts(&status.products),
        versions: parts(&status.versions),
        files,
    }
}

#[allow(clippy::cast_precision_loss, reason = "a bar is no wider than a screen")]
fn bar(desk: &Desk, counts: &Counts) -> Vec<Piece> {
    let total = counts.total.max(1) as f64;
    let mut from = 0.0;
    let mut pieces = Vec::new();
    for (class, count) in PARTS {
        let count = count(counts);
        if count == 0 {
            continue;
        }
        let width = (count as f64 * 10_000.0 / total).round() / 100.0;
        let id =
            COLUMNS.iter().map(|(id, _)| *id).find(|id| id.strip_prefix("status-") == Some(class));
        let label = id.map(|id| desk.say(&Message::new(id))).unwrap_or_default();
        pieces.push(Piece { class, from, width, label: format!("{label}: {}", grouped(count)) });
        from += width;
    }
    pieces
}
