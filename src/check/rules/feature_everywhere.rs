//! Features that every version has: conditions that name them decide nothing.

use super::Judged;
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::model::Site;
use crate::source::{FileId, Span};

pub(super) fn rule(judged: Judged<'_>) -> Vec<Finding> {
    let site = judged.site;
    let everywhere = site.features.iter().filter(|(_, versions)| **versions == site.versions());
    let found = everywhere.filter_map(|(name, _)| {
        let message = format!("every version has the feature `{name}`");
        let span = Span::start_of(file(site, name)?);
        let finding = Diagnostic::new(codes::FEATURE_EVERYWHERE, span, message);
        Some(finding.hint("remove the feature, and the conditions that name it"))
    });
    found.map(Finding::from).collect()
}

/// The file of a feature.
fn file(site: &Site, name: &str) -> Option<FileId> {
    let is_it = |path: &str| {
        let rest = path.strip_prefix("data/features/").and_then(|rest| rest.strip_prefix(name));
        matches!(rest, Some(".yml" | ".yaml"))
    };
    site.sources.files().find(|(_, file)| is_it(&file.path)).map(|(id, _)| id)
}
