//! `report.json`: counts, fallbacks and findings, for other programs. The same site gives the same bytes.

use serde::Serialize;

use super::FallbackRecord;
use super::rows::{Row, rows};
use crate::diagnostic::Finding;
use crate::model::Site;

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
    findings: Vec<Row<'a>>,
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

/// The report as JSON.
pub fn report(
    site: &Site,
    counts: Counts,
    fallbacks: &[FallbackRecord],
    findings: &[Finding],
) -> Vec<u8> {
    let fallbacks = fallbacks.iter().map(|record| FallbackRow {
        language: &site.config.language(record.language).code,
        subject: &record.subject,
        string: record.string,
        reason: record.reason.name(),
        version: record.version.map(|version| &*site.config.versions.get(version).id),
    });
    let report = Report {
        counts,
        fallbacks: fallbacks.collect(),
        findings: rows(findings, &site.sources, Some(&site.config)),
    };
    let mut json = serde_json::to_vec_pretty(&report).unwrap_or_default();
    json.push(b'\n');
    json
}
