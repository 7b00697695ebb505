//! Findings as SARIF 2.1.0, for services that keep them and show what is new.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Judgement, Paths, escaped};
use crate::check::rows::{FixRow, Place, Point, Row, Standing};
use crate::diagnostic::{CodeRef, Severity, visible};

/// How many results GitHub takes of a run; it refuses a file with more.
const MOST: usize = 25_000;

/// What a path is not written with in an address.
const RESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// All findings, also those that a baseline has, as SARIF. Of more than services take, the errors come first.
pub fn sarif(judgement: &Judgement<'_>, paths: &Paths) -> String {
    let of = |severity| judgement.rows.iter().filter(move |row| row.severity == severity);
    let all = of(Severity::Error).chain(of(Severity::Warning));
    let rows: Vec<&Row<'_>> = all.take(MOST).collect();
    let codes: BTreeMap<&str, CodeRef> =
        rows.iter().map(|row| (row.code, row.finding.diagnostic.code)).collect();
    let numbers: BTreeMap<&str, usize> = codes.keys().copied().zip(0..).collect();
    let results = rows.iter().map(|row| result(row, &numbers, judgement.gone, paths));
    let results: Vec<Value> = results.collect();
    let left = judgement.rows.len() - rows.len();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "variorum",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.values().map(|code| rule(code)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation(left)],
            "results": results,
        }],
    });
    escaped(&(serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"))
}

fn rule(code: CodeRef) -> Value {
    json!({
        "id": code.name,
        "shortDescription": { "text": code.summary },
        "fullDescription": { "text": format!("{} {}", code.summary, code.why) },
        "help": { "text": code.cure },
        "defaultConfiguration": { "level": code.severity.name() },
    })
}

/// How the run went; that results were left out is not passed over.
fn invocation(left: usize) -> Value {
    let mut invocation = json!({ "executionSuccessful": true });
    if left > 0 {
        let text = format!("{left} findings are left out, as services take {MOST} at most");
        let told = json!([{ "level": "warning", "message": { "text": text } }]);
        invocation["toolExecutionNotifications"] = told;
    }
    invocation
}

fn result(
    row: &Row<'_>,
    numbers: &BTreeMap<&str, usize>,
    gone: Option<usize>,
    paths: &Paths,
) -> Value {
    let mut result = json!({
        "ruleId": row.code,
        "ruleIndex": numbers.get(row.code),
        "level": row.severity.name(),
        "message": { "text": message(row) },
        "locations": [{ "physicalLocation": physical(&row.place, paths) }],
        "partialFingerprints": { "finding/v1": row.fingerprint },
        "occurrenceCount": row.occurrences,
        "properties": { "variants": row.variants },
    });
    let trace = row.trace.iter().map(|point| ("included here", point));
    let source = row.source.iter().map(|point| ("the source", point));
    let related = trace.chain(source).enumerate();
    let related: Vec<Value> =
        related.map(|(at, (what, point))| related_place(at, what, point, paths)).collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    if let Some(fix) = &row.fix {
        result["fixes"] = json!([fix_of(fix, paths)]);
    }
    if gone.is_some() {
        let state = if row.standing == Standing::Known { "unchanged" } else { "new" };
        result["baselineState"] = state.into();
    }
    result
}

/// Message and hints. Brackets that could be a link of SARIF's are taken for text.
fn message(row: &Row<'_>) -> String {
    let lines = [row.message].into_iter().chain(row.hints.iter().map(String::as_str));
    let text = lines.map(visible).collect::<Vec<_>>().join("\n");
    if text.contains("](") { text.replace('\\', "\\\\").replace('[', "\\[") } else { text }
}

fn physical(place: &Place<'_>, paths: &Paths) -> Value {
    json!({ "artifactLocation": artifact(place.file, paths), "region": region(place) })
}

fn region(place: &Place<'_>) -> Value {
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    })
}

fn related_place(at: usize, what: &str, point: &Point<'_>, paths: &Paths) -> Value {
    json!({
        "id": at,
        "message": { "text": what },
        "physicalLocation": {
            "artifactLocation": artifact(point.file, paths),
            "region": { "startLine": point.line, "startColumn": point.column },
        },
    })
}

fn artifact(file: &str, paths: &Paths) -> Value {
    let uri = utf8_percent_encode(&paths.of(file), RESERVED).to_string();
    json!({ "uri": uri, "uriBaseId": "%SRCROOT%" })
}

/// A fix, its edits by the files that they are in.
fn fix_of(fix: &FixRow<'_>, paths: &Paths) -> Value {
    let mut changes: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        changes.entry(edit.place.file).or_default().push(json!({
            "deletedRegion": region(&edit.place),
            "insertedContent": { "text": edit.text },
        }));
    }
    let change = |(file, replacements): (&str, Vec<Value>)| json!({ "artifactLocation": artifact(file, paths), "replacements": replacements });
    json!({
        "description": { "text": visible(fix.what) },
        "artifactChanges": changes.into_iter().map(change).collect::<Vec<_>>(),
    })
}
