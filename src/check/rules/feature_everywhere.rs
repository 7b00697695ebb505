//! Features that every version has: conditions that name them decide nothing.

use super::Judged;
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::references::feature_file;
use crate::source::Span;

pub(super) fn rule(judged: Judged<'_>) -> Vec<Finding> {
    let site = judged.site;
    let everywhere = site.features.iter().filter(|(_, versions)| **versions == site.versions());
    let found = everywhere.filter_map(|(name, _)| {
        let message = format!("every version has the feature `{name}`");
        let span = Span::start_of(feature_file(site, name)?);
        let finding = Diagnostic::new(codes::FEATURE_EVERYWHERE, span, message);
        Some(finding.hint("remove the feature, and the conditions that name it"))
    });
    found.map(Finding::from).collect()
}
