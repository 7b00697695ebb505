//! What a check has found, as text for each kind of reader: pure functions, which know no files and no environment.

mod github;
mod json;
mod junit;
mod markdown;
mod sarif;

pub use github::github;
pub use json::json;
pub use junit::junit;
pub use markdown::markdown;
pub use sarif::sarif;

use super::fail_on::FailOn;
use super::rows::{Point, Row, Standing};
use crate::diagnostic::{Severity, is_hidden, visible};

/// What a check came to.
#[derive(Clone, Debug)]
pub struct Judgement<'a> {
    /// The findings, in the order of their places.
    pub rows: Vec<Row<'a>>,
    /// Which of them fail the check.
    pub fail_on: FailOn,
    /// How many findings a baseline knows that are gone; none where there is no baseline.
    pub gone: Option<usize>,
}

/// How many findings there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// New errors.
    pub errors: usize,
    /// New warnings.
    pub warnings: usize,
    /// Findings that a baseline has.
    pub known: usize,
}

impl<'a> Judgement<'a> {
    /// The findings that no baseline has.
    pub fn new_rows(&self) -> impl Iterator<Item = &Row<'a>> {
        self.rows.iter().filter(|row| row.standing == Standing::New)
    }

    /// How many findings there are of each severity, and how many are known.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for row in &self.rows {
            let count = match (row.standing, row.severity) {
                (Standing::Known, _) => &mut tally.known,
                (Standing::New, Severity::Error) => &mut tally.errors,
                (Standing::New, Severity::Warning) => &mut tally.warnings,
            };
            *count += 1;
        }
        tally
    }

    /// Whether the check has failed.
    pub fn has_failed(&self) -> bool {
        self.rows.iter().any(|row| self.fail_on.is_failure(row))
    }
}

impl Tally {
    /// The numbers in words, such as `1 error and 12 warnings`.
    pub fn words(&self) -> String {
        let known = (self.known > 0).then(|| format!("; {} known", self.known));
        let (errors, warnings) = (counted(self.errors, "error"), counted(self.warnings, "warning"));
        format!("{errors} and {warnings}{}", known.unwrap_or_default())
    }
}

/// How files are called by who looks at the repository and not at the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// The site's folder below that of the repository, with `/` at its end; empty where it is the same.
    pub site: String,
    /// How findings call a configuration that lies elsewhere, and how the repository calls it.
    pub config: Option<(String, String)>,
}

impl Paths {
    /// The path of a file from the repository's folder.
    fn of(&self, file: &str) -> String {
        match &self.config {
            Some((called, path)) if called == file => path.clone(),
            _ => format!("{}{file}", self.site),
        }
    }
}

/// A number of things.
fn counted(number: usize, thing: &str) -> String {
    match number {
        1 => format!("1 {thing}"),
        _ => format!("{number} {thing}s"),
    }
}

/// JSON with escapes for what a terminal would obey and people would not see; all of it stands in strings.
pub(super) fn escaped(json: &str) -> String {
    if !json.contains(|character| is_hidden(character) && character != '\n') {
        return json.to_owned();
    }
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if is_hidden(character) && character != '\n' {
            for unit in character.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            text.push(character);
        }
    }
    text
}

/// What stands below the message: the way there, the reach, what to do.
fn details(row: &Row<'_>) -> Vec<String> {
    let point = |point: &Point<'_>| {
        format!("in the inclusion at {}:{}:{}", visible(point.file), point.line, point.column)
    };
    let source = row
        .source
        .map(|Point { file, line, column }| format!("source: {}:{line}:{column}", visible(file)));
    let reach = (row.occurrences > 1).then(|| format!("reaches {} pages", row.occurrences));
    let hints = row.hints.iter().map(|hint| format!("help: {}", visible(hint)));
    row.trace.iter().map(point).chain(source).chain(reach).chain(hints).collect()
}
