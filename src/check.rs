//! The findings about a site: each once, at its cause, as serious as its language makes it.

mod baseline;
mod collisions;
mod fail_on;
mod fallbacks;
pub mod formats;
mod known;
mod missing_redirect;
mod report;
mod rows;
mod rules;
mod since;

pub use baseline::{Baseline, Damage};
pub use collisions::{Refused, collisions};
pub use fail_on::FailOn;
pub use fallbacks::{FallbackRecord, fallbacks};
pub use known::KnownFindings;
pub use report::{Counts, report};
pub use rows::{EditRow, Editions, FixRow, Place, Point, Row, Standing, rows};
pub use rules::{Facts, dead_external_links, external_addresses};
pub use since::{Brought, Ready, since};

use std::collections::{BTreeMap, BTreeSet};

use self::rules::Judged;

use crate::diagnostic::{Code, Diagnostic, Finding, Severity, codes};
use crate::model::{Page, PageId, Site};
use crate::references::References;
use crate::render::{PageFacts, Prepared, Rendered};
use crate::source::FileId;

/// Judges a site that was rendered: what was found on the way (`found`, and in `rendered`), and what the rules say.
pub fn judged(
    prepared: &Prepared<'_>,
    found: Vec<Diagnostic>,
    rendered: &mut Rendered,
) -> Vec<Finding> {
    judged_with(prepared, &References::new(prepared.site()), found, rendered)
}

/// The same of a site whose references are known.
fn judged_with(
    prepared: &Prepared<'_>,
    references: &References,
    found: Vec<Diagnostic>,
    rendered: &mut Rendered,
) -> Vec<Finding> {
    let site = prepared.site();
    let mut all: Vec<Finding> = found.into_iter().map(Finding::from).collect();
    all.append(&mut rendered.findings);
    let facts = &rendered.facts;
    let torn = &torn(site, &all);
    let (texts, whole) = rayon::join(
        || rules::of_texts(site, facts),
        || rules::of_site(Judged { site, prepared, facts, references, torn }),
    );
    all.extend(texts.into_iter().chain(whole));
    findings(site, all)
}

/// The pages of which Liquid has lost a part.
fn torn(site: &Site, found: &[Finding]) -> BTreeSet<PageId> {
    const TEARING: &[&Code] = &[
        codes::UNKNOWN_INCLUDE,
        codes::UNKNOWN_TAG,
        codes::UNCLOSED_BLOCK,
        codes::LIQUID_SYNTAX,
        codes::LIQUID_LIMIT,
    ];
    let is_tearing =
        |finding: &&Finding| TEARING.iter().any(|code| code.name == finding.diagnostic.code.name);
    let tearing = found.iter().filter(is_tearing).flat_map(|finding| {
        let Diagnostic { span, trace, .. } = &finding.diagnostic;
        trace.iter().chain([span]).map(|span| span.text.file)
    });
    let files: BTreeSet<FileId> = tearing.collect();
    let has = |page: &&Page| {
        let translations = page.translations.values().map(|edition| edition.file);
        translations.chain([page.source.file]).any(|file| files.contains(&file))
    };
    site.pages.iter().filter(has).map(|page| page.id).collect()
}

/// What the rules about texts say of a page: all that can be said without other pages.
pub fn of_page(site: &Site, facts: &PageFacts) -> Vec<Finding> {
    rules::of_texts(site, std::slice::from_ref(facts))
}

/// The findings of all stages, equal ones put together with the number of pages that they reach.
///
/// A translation is untrusted text that the default language can stand in for, so its faults are warnings.
pub fn findings(site: &Site, found: impl IntoIterator<Item = Finding>) -> Vec<Finding> {
    let mut unique = BTreeMap::new();
    for finding in found {
        let Diagnostic { code, span, message, .. } = &finding.diagnostic;
        // One place can lie in several texts of its file.
        let bytes = site.sources.locate(*span).bytes;
        let key = (span.text.file, bytes.start, bytes.end, code.name, message.clone());
        match unique.get_mut(&key) {
            Some(known) => {
                let known: &mut Finding = known;
                known.pages += finding.pages;
                known.variants.add_all(&finding.variants);
            }
            None => {
                unique.insert(key, finding);
            }
        }
    }
    let mut findings: Vec<Finding> = unique.into_values().collect();
    for finding in &mut findings {
        if !site.language_of(finding.diagnostic.span.text.file).is_default() {
            finding.diagnostic.severity = Severity::Warning;
        }
    }
    site.config.rules.apply(findings)
}

/// How many of the findings are errors, and how many warnings.
pub fn tally(findings: &[Finding]) -> (usize, usize) {
    let errors =
        findings.iter().filter(|finding| finding.diagnostic.severity == Severity::Error).count();
    (errors, findings.len() - errors)
}
