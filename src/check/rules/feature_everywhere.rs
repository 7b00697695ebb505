//! Features that every version has, or none: conditions that name them decide nothing.

use super::Judged;
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::model::Site;
use crate::source::{FileId, Span};
use crate::variant::VersionSet;

pub(super) fn rule(judged: Judged<'_>) -> Vec<Finding> {
    let site = judged.site;
    let found = site.features.iter().filter_map(|(name, versions)| {
        let message = match *versions {
            all if all == site.versions() => format!("every version has the feature `{name}`"),
            // One that waits for the next release has a range that takes that in.
            VersionSet::EMPTY if !waits(site, name) => {
                format!("no version has the feature `{name}`")
            }
            _ => return None,
        };
        let finding = Diagnostic::new(
            codes::FEATURE_DECIDES_NOTHING,
            Span::start_of(file(site, name)?),
            message,
        );
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

/// Whether the file of a feature has a range that a release to come may be in.
fn waits(site: &Site, name: &str) -> bool {
    let Some(file) = file(site, name) else { return true };
    let text = &site.sources.file(file).text;
    let plans = site.config.versions.plans().iter();
    plans.filter_map(|plan| plan.next.as_ref()).any(|next| text.contains(next.as_str()))
        || text.contains("next")
}
