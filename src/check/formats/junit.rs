//! Findings as JUnit's XML, for servers that show tests: a suite a file, a test a finding.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Judgement, Paths, details};
use crate::check::rows::{Row, Standing};
use crate::diagnostic::visible;

/// The findings as tests: those that fail the check have failed, the others were skipped. Where there are no findings,
/// there is one test that has passed, as servers take a report without tests for a broken one.
pub fn junit(judgement: &Judgement<'_>, paths: &Paths) -> String {
    let failures = judgement.rows.iter().filter(|row| judgement.fail_on.is_failure(row)).count();
    let tests = judgement.rows.len().max(1);
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        text,
        "<testsuites name=\"variorum check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">"
    );
    for rows in judgement.rows.chunk_by(|one, next| one.place.file == next.place.file) {
        text.push_str(&suite(rows, judgement, paths));
    }
    if judgement.rows.is_empty() {
        text.push_str(
            "  <testsuite name=\"variorum check\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">\n    \
             <testcase name=\"nothing is wrong\" classname=\"variorum check\"/>\n  </testsuite>\n",
        );
    }
    text.push_str("</testsuites>\n");
    text
}

/// The tests of one file. Their names are those of other runs too, also where lines have moved.
fn suite(rows: &[Row<'_>], judgement: &Judgement<'_>, paths: &Paths) -> String {
    let Some(first) = rows.first() else { return String::new() };
    let path = paths.of(first.place.file);
    let failures = rows.iter().filter(|row| judgement.fail_on.is_failure(row)).count();
    let (tests, skipped) = (rows.len(), rows.len() - failures);
    let name = xml(&path);
    let mut text = format!(
        "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">\n"
    );
    let mut equal: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in rows {
        let count = equal.entry((row.code, row.message)).or_default();
        *count += 1;
        text.push_str(&test(row, *count, judgement, &path));
    }
    text.push_str("  </testsuite>\n");
    text
}

/// One finding, the so-manieth of equal ones.
fn test(row: &Row<'_>, count: usize, judgement: &Judgement<'_>, path: &str) -> String {
    let which = if count > 1 { format!(" ({count})") } else { String::new() };
    let name = xml(&format!("{}: {}{which}", row.code, row.message));
    let (class, file) = (xml(&class(path)), xml(path));
    let (severity, message, body) = (row.severity.name(), xml(row.message), xml_lines(row, path));
    let outcome = if judgement.fail_on.is_failure(row) {
        format!("<failure type=\"{severity}\" message=\"{message}\">{body}</failure>")
    } else {
        let known = if row.standing == Standing::Known { "known " } else { "" };
        format!("<skipped message=\"{known}{severity}: {message}\">{body}</skipped>")
    };
    let line = row.place.line;
    format!(
        "    <testcase name=\"{name}\" classname=\"{class}\" file=\"{file}\" line=\"{line}\">\n      \
         {outcome}\n    </testcase>\n"
    )
}

/// Folders as packages, which servers show as a tree, and the file without its ending as the class.
fn class(path: &str) -> String {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    stem.replace('/', ".")
}

/// Place, message and what is below it, a line each.
fn xml_lines(row: &Row<'_>, path: &str) -> String {
    let place = format!("{}:{}:{}", visible(path), row.place.line, row.place.column);
    let title = format!("{}[{}]: {}", row.severity.name(), row.code, row.message);
    let lines = [place, title].into_iter().chain(details(row));
    lines.map(|line| xml(&line)).collect::<Vec<_>>().join("\n")
}

/// Text that XML can hold, as it stands in an attribute or between tags.
fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}
