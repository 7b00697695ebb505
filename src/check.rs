//! The findings about a site: each once, at its cause, as serious as its language makes it.

mod addresses;
mod collisions;
mod conditions;
mod fallbacks;
mod report;

pub use addresses::dead_addresses;
pub use collisions::{Refused, collisions};
use conditions::conditions;
pub use fallbacks::{FallbackRecord, fallbacks};
pub use report::{Counts, report};

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Finding, Severity};
use crate::model::Site;
use crate::render::Rendered;
use crate::source::Span;

/// Judges a site that was rendered: what was found on the way (`found`, and in `rendered`), and what the rules say.
pub fn judged(site: &Site, found: Vec<Diagnostic>, rendered: &mut Rendered) -> Vec<Finding> {
    let mut all: Vec<Finding> = found.into_iter().map(Finding::from).collect();
    all.append(&mut rendered.findings);
    all.extend(conditions(site).into_iter().map(Finding::from));
    all.extend(dead_addresses(site, std::mem::take(&mut rendered.dead)));
    findings(site, all)
}

/// The findings of all stages, equal ones put together with the number of pages that they reach.
///
/// A translation is untrusted text that the default language can stand in for, so its faults are warnings.
pub fn findings(site: &Site, found: impl IntoIterator<Item = Finding>) -> Vec<Finding> {
    let mut unique: BTreeMap<(Span, &'static str, String), Finding> = BTreeMap::new();
    for finding in found {
        let Diagnostic { code, span, message, .. } = &finding.diagnostic;
        let key = (*span, code.name, message.clone());
        match unique.get_mut(&key) {
            Some(known) => {
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
    findings
}

/// How many of the findings are errors, and how many warnings.
pub fn tally(findings: &[Finding]) -> (usize, usize) {
    let errors =
        findings.iter().filter(|finding| finding.diagnostic.severity == Severity::Error).count();
    (errors, findings.len() - errors)
}
