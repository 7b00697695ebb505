//! `report.json`: counts, fallbacks and findings, for other programs. The same site gives the same bytes.

use serde::Serialize;

use super::FallbackRecord;
use crate::diagnostic::Finding;
use crate::model::Site;
use crate::source::{Sources, Span};

/// How much was built.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Counts {
    /// Pages, one counting once for each variant.
    pub pages: usize,
    /// Distinct bodies that they were made from.
    pub bodies: usize,
    /// Evaluations of Liquid for these bodies.
    pub evaluations: usize,
    /// Languages.
    pub languages: usize,
    /// Versions.
    pub versions: usize,
    /// Old addresses.
    pub redirects: usize,
    /// Things shown in the default language.
    pub fallbacks: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

#[derive(Serialize)]
struct Report<'a> {
    counts: Counts,
    fallbacks: Vec<FallbackRow<'a>>,
    findings: Vec<FindingRow<'a>>,
}

#[derive(Serialize)]
struct FallbackRow<'a> {
    language: &'a str,
    subject: &'a str,
    string: &'a str,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
}

#[derive(Serialize)]
struct FindingRow<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    end_line: usize,
    end_column: usize,
    hints: &'a [String],
    trace: Vec<Place<'a>>,
    occurrences: usize,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

/// The report as JSON.
pub fn report(
    site: &Site,
    counts: Counts,
    fallbacks: &[FallbackRecord],
    findings: &[Finding],
) -> Vec<u8> {
    let rows = fallbacks.iter().map(|record| FallbackRow {
        language: &site.config.language(record.language).code,
        subject: &record.subject,
        string: record.string,
        reason: record.reason.name(),
        version: record.version.map(|version| &*site.config.versions.get(version).id),
    });
    let report = Report {
        counts,
        fallbacks: rows.collect(),
        findings: findings.iter().map(|finding| row(finding, &site.sources)).collect(),
    };
    let mut json = serde_json::to_vec_pretty(&report).unwrap_or_default();
    json.push(b'\n');
    json
}

fn row<'a>(finding: &'a Finding, sources: &'a Sources) -> FindingRow<'a> {
    let diagnostic = &finding.diagnostic;
    let at = sources.locate(diagnostic.span);
    FindingRow {
        code: diagnostic.code.name,
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        place: Place { file: at.path, line: at.line, column: at.column },
        end_line: at.end_line,
        end_column: at.end_column,
        hints: &diagnostic.hints,
        trace: diagnostic.trace.iter().map(|span| place(*span, sources)).collect(),
        occurrences: finding.pages.max(1),
    }
}

fn place(span: Span, sources: &Sources) -> Place<'_> {
    let at = sources.locate(span);
    Place { file: at.path, line: at.line, column: at.column }
}
