//! Findings as JSON. What is in it is published as `assets/schemas/findings.schema.json`.

use serde::Serialize;

use super::{Judgement, escaped};
use crate::check::rows::{Row, Standing};

#[derive(Serialize)]
struct Told<'a> {
    findings: Vec<Finding<'a>>,
    counts: Counts,
}

#[derive(Serialize)]
struct Finding<'a> {
    #[serde(flatten)]
    row: &'a Row<'a>,
    known: bool,
}

#[derive(Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
    known: usize,
    gone: usize,
}

/// All findings, also those that a baseline has, as JSON.
pub fn json(judgement: &Judgement<'_>) -> String {
    let tally = judgement.tally();
    let finding = |row| Finding { row, known: row.standing == Standing::Known };
    let told = Told {
        findings: judgement.rows.iter().map(finding).collect(),
        counts: Counts {
            errors: tally.errors,
            warnings: tally.warnings,
            known: tally.known,
            gone: judgement.gone.unwrap_or(0),
        },
    };
    escaped(&(serde_json::to_string_pretty(&told).unwrap_or_default() + "\n"))
}
