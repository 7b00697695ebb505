//! Findings as programs are told them: with places in lines and columns, and variants by their names.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::config::Config;
use crate::diagnostic::{Finding, Fix, Severity};
use crate::source::{Location, Sources, Span};
use crate::variant::{LanguageId, VersionSet};

/// A finding, and all that is told of it; as JSON, a row of `report.json`.
#[derive(Clone, Debug, Serialize)]
pub struct Row<'a> {
    /// The finding itself.
    #[serde(skip)]
    pub finding: &'a Finding,
    /// The name of its code.
    pub code: &'a str,
    /// How serious it is.
    #[serde(serialize_with = "severity")]
    pub severity: Severity,
    /// What is wrong.
    pub message: &'a str,
    /// Where to mend it.
    #[serde(flatten)]
    pub place: Place<'a>,
    /// What the source has in its place, of a translation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Point<'a>>,
    /// What to do about it.
    pub hints: &'a [String],
    /// The inclusions that led there, outermost first.
    pub trace: Vec<Point<'a>>,
    /// How many pages it reaches, one counting once for each variant; at least 1.
    pub occurrences: usize,
    /// The variants in which it shows.
    pub variants: Vec<Editions<'a>>,
    /// What mends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<FixRow<'a>>,
    /// A name for it that stays while lines move.
    pub fingerprint: String,
    /// Whether it was known before.
    #[serde(skip)]
    pub standing: Standing,
}

/// Whether a finding was known before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was not, or nobody has asked.
    New,
    /// A baseline has it.
    Known,
}

/// A piece of a file. Lines and columns count from 1, columns in characters; the end is behind the last one.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Place<'a> {
    /// The file, from the site's folder.
    pub file: &'a str,
    /// The line of the first character.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The line of the end.
    pub end_line: usize,
    /// The column of the end.
    pub end_column: usize,
}

/// A point in a file.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Point<'a> {
    /// The file, from the site's folder.
    pub file: &'a str,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// The versions of one language in which a finding shows.
#[derive(Clone, Debug, Serialize)]
pub struct Editions<'a> {
    /// The key of the language.
    pub language: &'a str,
    /// The ids of the versions.
    pub versions: Vec<&'a str>,
}

/// What mends a finding.
#[derive(Clone, Debug, Serialize)]
pub struct FixRow<'a> {
    /// What it does, as a hint says it.
    pub what: &'a str,
    /// Its edits.
    pub edits: Vec<EditRow<'a>>,
}

/// One edit of a fix.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct EditRow<'a> {
    /// What is replaced.
    #[serde(flatten)]
    pub place: Place<'a>,
    /// What stands there instead.
    pub text: &'a str,
}

/// The findings in the order of their places. Without a configuration nothing is told of variants.
pub fn rows<'a>(
    findings: &'a [Finding],
    sources: &'a Sources,
    config: Option<&'a Config>,
) -> Vec<Row<'a>> {
    let place = |finding: &'a Finding| (finding, sources.locate(finding.diagnostic.span));
    let mut located: Vec<(&Finding, Location<'_>)> = findings.iter().map(place).collect();
    located.sort_by(|one, other| order(one).cmp(&order(other)));
    let mut equal: BTreeMap<_, usize> = BTreeMap::new();
    let row = |(finding, location): (&'a Finding, Location<'a>)| {
        let mut row = row(finding, location, sources, config);
        let before = equal.entry((row.code, row.place.file, row.message)).or_default();
        row.fingerprint = fingerprint(&row, *before);
        *before += 1;
        row
    };
    located.into_iter().map(row).collect()
}

fn order<'a>((finding, at): &'a (&Finding, Location<'_>)) -> (&'a str, usize, &'a str, &'a str) {
    let diagnostic = &finding.diagnostic;
    (at.path, at.bytes.start, diagnostic.code.name, &diagnostic.message)
}

fn row<'a>(
    finding: &'a Finding,
    location: Location<'a>,
    sources: &'a Sources,
    config: Option<&'a Config>,
) -> Row<'a> {
    let diagnostic = &finding.diagnostic;
    Row {
        finding,
        code: diagnostic.code.name,
        severity: diagnostic.severity,
        message: &diagnostic.message,
        place: Place::from(location),
        source: diagnostic.counterpart.as_deref().map(|span| point(*span, sources)),
        hints: &diagnostic.hints,
        trace: diagnostic.trace.iter().map(|span| point(*span, sources)).collect(),
        occurrences: finding.pages.max(1),
        variants: config.map(|config| editions(finding, config)).unwrap_or_default(),
        fix: diagnostic.fix.as_deref().map(|fix| fix_row(fix, sources)),
        fingerprint: String::new(),
        standing: Standing::New,
    }
}

fn editions<'a>(finding: &Finding, config: &'a Config) -> Vec<Editions<'a>> {
    let of = |(language, versions): (LanguageId, VersionSet)| Editions {
        language: &config.language(language).code,
        versions: versions.iter().map(|version| &*config.versions.get(version).id).collect(),
    };
    finding.variants.iter().map(of).collect()
}

fn fix_row<'a>(fix: &'a Fix, sources: &'a Sources) -> FixRow<'a> {
    let place = |span| Place::from(sources.locate(span));
    let edits = fix.edits.iter();
    let edits = edits.map(|edit| EditRow { place: place(edit.span), text: &edit.text });
    FixRow { what: &fix.what, edits: edits.collect() }
}

fn point(span: Span, sources: &Sources) -> Point<'_> {
    let Location { path: file, line, column, .. } = sources.locate(span);
    Point { file, line, column }
}

impl<'a> From<Location<'a>> for Place<'a> {
    fn from(at: Location<'a>) -> Self {
        let Location { path: file, line, column, end_line, end_column, .. } = at;
        Self { file, line, column, end_line, end_column }
    }
}

/// A hash of code, file and message, and of how many such findings stand before it in the file.
fn fingerprint(row: &Row<'_>, before: usize) -> String {
    // Lengths in front, so that no two findings make one text.
    let mut named = String::new();
    for part in [row.code, row.place.file, row.message] {
        named.push_str(&format!("{} {part}\n", part.len()));
    }
    named.push_str(&before.to_string());
    blake3::hash(named.as_bytes()).to_hex()[..32].to_owned()
}

fn severity<S: Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.name())
}
