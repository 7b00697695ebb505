//! Findings as commands to GitHub's runners, which show them at their lines.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Judgement, Paths, counted, details};
use crate::check::rows::Row;
use crate::diagnostic::{Severity, visible};

/// How many annotations of each severity are shown for one step; what is more is dropped without a word.
const SHOWN: usize = 10;

/// How many places one annotation names.
const PLACES: usize = 10;

/// The new findings as annotations: equal ones of a file are one, those that reach most pages come first. What is more
/// than is shown is counted in a last one.
pub fn github(judgement: &Judgement<'_>, paths: &Paths) -> String {
    let mut text = String::new();
    let mut left = Vec::new();
    for severity in [Severity::Error, Severity::Warning] {
        let groups = groups(judgement, severity);
        for group in groups.iter().take(SHOWN) {
            text.push_str(&annotation(group, paths));
        }
        let more: usize = groups.iter().skip(SHOWN).map(Vec::len).sum();
        if more > 0 {
            left.push(counted(more, severity.name()));
        }
    }
    if !left.is_empty() {
        let more = left.join(" and ");
        let what = format!("{more} more than are shown here: run `variorum check` to see them all");
        let _ = writeln!(text, "::notice title=variorum check::{}", data(&what));
    }
    text
}

/// The findings of a severity, those that say the same of one file together.
fn groups<'a>(judgement: &'a Judgement<'_>, severity: Severity) -> Vec<Vec<&'a Row<'a>>> {
    let mut groups: Vec<Vec<&Row<'_>>> = Vec::new();
    let mut known = BTreeMap::new();
    for row in judgement.new_rows().filter(|row| row.severity == severity) {
        let at = *known.entry((row.code, row.place.file, row.message)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    let reach = |group: &Vec<&Row<'_>>| group.iter().map(|row| row.occurrences).sum::<usize>();
    groups.sort_by_key(|group| std::cmp::Reverse(reach(group)));
    groups
}

fn annotation(group: &[&Row<'_>], paths: &Paths) -> String {
    let Some((row, others)) = group.split_first() else { return String::new() };
    let place = &row.place;
    let file = property(&paths.of(place.file));
    let mut text = format!("::{} file={file},line={}", row.severity.name(), place.line);
    let _ = write!(text, ",endLine={}", place.end_line);
    // Columns are for marks within a line: runners refuse them with more than one.
    if place.line == place.end_line {
        let _ = write!(text, ",col={},endColumn={}", place.column, place.end_column);
    }
    let mut lines = vec![visible(row.message)];
    lines.extend(details(row));
    lines.extend(also(others));
    let _ = writeln!(text, ",title={}::{}", property(row.code), data(&lines.join("\n")));
    text
}

/// Where the others are that say the same.
fn also(others: &[&Row<'_>]) -> Option<String> {
    let place = |row: &&Row<'_>| format!("{}:{}", row.place.line, row.place.column);
    let named: Vec<String> = others.iter().take(PLACES).map(place).collect();
    let more = others.len().saturating_sub(PLACES);
    let more =
        if more > 0 { format!(" and {}", counted(more, "other place")) } else { String::new() };
    (!named.is_empty()).then(|| format!("also at {}{more}", named.join(", ")))
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value in the head of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
