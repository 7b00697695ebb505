//! What was measured as Markdown, for the screen and for `benches/RESULTS.md`.

use std::fs;
use std::path::Path;

use super::Outcome;

/// What was measured in one go.
#[derive(Debug)]
pub(crate) struct Section {
    /// Its name in the marks of `benches/RESULTS.md`.
    pub(crate) name: &'static str,
    /// What comes before the table.
    pub(crate) lead: String,
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Section {
    /// A section without rows.
    pub(crate) fn new(name: &'static str, lead: impl Into<String>, head: &[&str]) -> Self {
        let head = head.iter().map(|cell| (*cell).to_owned()).collect();
        Self { name, lead: lead.into(), head, rows: Vec::new() }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Adds a row of a target: what, how it should be, how it is.
    pub(crate) fn target(&mut self, what: &str, wanted: &str, measured: String, holds: bool) {
        let verdict = if holds { "held" } else { "**missed**" };
        self.row([what.to_owned(), wanted.to_owned(), measured, verdict.to_owned()]);
    }

    /// As Markdown.
    pub(crate) fn text(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let mut text = format!("{}\n", self.lead);
        if !self.rows.is_empty() {
            text += &format!("\n{}|{}\n", line(&self.head), " --- |".repeat(self.head.len()));
            text.extend(self.rows.iter().map(|row| line(row)));
        }
        text
    }
}

/// Puts a section between its marks in `benches/RESULTS.md`.
pub(crate) fn write(section: &Section) -> Outcome<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/RESULTS.md");
    let text = fs::read_to_string(&path)?;
    let mark = format!("<!-- measured: {} -->\n", section.name);
    let (before, rest) = text.split_once(&mark).ok_or_else(|| format!("no mark {mark}"))?;
    let (_, behind) = rest.split_once("<!-- end -->\n").ok_or("a mark without an end")?;
    fs::write(path, format!("{before}{mark}\n{}\n<!-- end -->\n{behind}", section.text()))?;
    Ok(())
}

/// A number with commas between thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Bytes as mebibytes.
pub(crate) fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
