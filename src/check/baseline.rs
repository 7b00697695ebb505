//! Findings that were there before, and do not stop anybody: known by code, file and message, and by how many.
//!
//! Lines are not among it, so that what moves stays known. Of more equal findings than are known in a file, the last
//! ones are new.

#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use super::formats::escaped;
use super::known::KnownFindings;
use super::rows::{Row, Standing};
use crate::diagnostic::{Levels, codes};

/// The version of the file's form that this program writes.
const VERSION: u64 = 1;

/// The findings that are known, with how many there are of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baseline(KnownFindings<Key>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    file: String,
    code: String,
    message: String,
}

/// Why a text is no baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong, and the way out.
    pub message: String,
}

/// One finding of the file, on a line of its own.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: String,
    file: String,
    message: String,
    count: NonZeroUsize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with `baseline` and `findings`")]
struct File {
    #[serde(rename = "baseline")]
    _version: u64,
    findings: Vec<Entry>,
}

/// As much of the file as all versions of its form have.
#[derive(Deserialize)]
struct Head {
    baseline: u64,
}

impl Baseline {
    /// All of these findings. That the program itself has failed is never known.
    pub fn of(rows: &[Row<'_>]) -> Self {
        let rows = rows.iter().filter(|row| row.code != codes::PROGRAM_FAULT.name);
        Self(rows.map(|row| (key(row), row.finding.diagnostic.weight())).collect())
    }

    /// Reads the text of a baseline.
    pub fn parse(text: &[u8]) -> Result<Self, Damage> {
        if let Ok(Head { baseline }) = serde_json::from_slice(text)
            && baseline != VERSION
        {
            return Err(later(text, baseline));
        }
        let file: File = serde_json::from_slice(text).map_err(|error| damage(&error))?;
        let findings = file.findings.into_iter();
        let known = findings
            .map(|Entry { code, file, message, count }| (Key { file, code, message }, count.get()));
        Ok(Self(known.collect()))
    }

    /// Whether a text is a baseline or was meant to be one, also where it is damaged.
    pub fn is_meant(text: &[u8]) -> bool {
        named(text).is_some()
    }

    /// The text of the file: a finding a line, sorted, so that two branches can be merged.
    pub fn text(&self) -> String {
        let mut text = format!("{{\n  \"baseline\": {VERSION},\n  \"findings\": [");
        let mut separator = "\n";
        for (Key { file, code, message }, count) in self.0.iter() {
            let quoted = |text: &String| serde_json::to_string(text).unwrap_or_default();
            let (code, file, message) = (quoted(code), quoted(file), quoted(message));
            let _ = write!(
                text,
                "{separator}    {{\"code\": {code}, \"file\": {file}, \"message\": {message}, \"count\": {count}}}"
            );
            separator = ",\n";
        }
        text.push_str(if self.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
        escaped(&text)
    }

    /// How many findings are known.
    pub fn len(&self) -> usize {
        self.0.iter().fold(0, |sum, (_, count)| sum.saturating_add(count))
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.iter().next().is_none()
    }

    /// Marks what is known among the findings, which are in the order of their places. How many known ones are gone
    /// is returned; those of kinds that are left out are not.
    pub fn mark(&self, rows: &mut [Row<'_>], levels: &Levels) -> usize {
        let mut left = self.0.clone();
        for row in rows {
            if left.take(&key(row), row.finding.diagnostic.weight()) {
                row.standing = Standing::Known;
            }
        }
        let gone = left.iter().filter(|(key, _)| !levels.is_off(&key.code));
        gone.fold(0, |sum, (_, count)| sum.saturating_add(count))
    }
}

fn key(row: &Row<'_>) -> Key {
    let Row { code, message, place, .. } = row;
    Key { file: place.file.to_owned(), code: (*code).to_owned(), message: (*message).to_owned() }
}

fn damage(error: &serde_json::Error) -> Damage {
    // What serde says ends with the place, which is told in front.
    let told = error.to_string();
    let told = told.rfind(" at line ").map_or(&*told, |at| &told[..at]);
    let message = format!("{told}: mend it, or write it anew with `--write-baseline`");
    Damage { line: error.line().max(1), column: error.column().max(1), message }
}

/// Where the key stands that every baseline has.
fn named(text: &[u8]) -> Option<usize> {
    let key = b"\"baseline\"";
    text.windows(key.len()).position(|window| window == key)
}

fn later(text: &[u8], version: u64) -> Damage {
    let at = named(text).unwrap_or(0);
    let before = &text[..at];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = at - before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1) + 1;
    let message = format!(
        "version {version} of baselines is not one that this program reads: use a newer program, \
         or write it anew with `--write-baseline`"
    );
    Damage { line, column, message }
}
