//! Text that all versions have but one: a chain of conditions that only one version falls through.

use super::Judged;
use super::versions::{Facts, texts};
use super::wording;
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::liquid::BranchRole;
use crate::model::Site;
use crate::variant::VersionSet;

pub(super) fn rule(judged: Judged<'_>) -> Vec<Finding> {
    let site = judged.site;
    let facts = Facts::new(site);
    let mut found = Vec::new();
    for (text, come) in texts(site, &facts) {
        let mut come_to_chain = come;
        for branch in site.source(text).branches(&facts, come) {
            if branch.role == BranchRole::First {
                come_to_chain = branch.come;
            }
            if is_one_of_many(site, branch.left, come_to_chain) {
                let left = wording::versions(site, branch.left);
                let message = format!("of the versions that come here, only {left} gets no text");
                let finding = Diagnostic::new(codes::VERSION_LEFT_OUT, branch.span, message);
                found.push(finding.hint("add an `else`, or a condition for this version").into());
            }
        }
    }
    found
}

/// Whether one version alone is left of three at least. Those that are not built yet do not count.
fn is_one_of_many(site: &Site, left: VersionSet, come: VersionSet) -> bool {
    let built = site.versions();
    left.and(built).len() == 1 && left.and(built) == left && come.and(built).len() >= 3
}
