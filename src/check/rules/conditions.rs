//! Conditions that hold in all versions that come to them or in none, and branches that no version comes to.

use super::Judged;
use super::versions::{Facts, texts};
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::liquid::{Branch, BranchRole, VersionFacts};
use crate::variant::VersionSet;

/// A finding for each condition of the default language that is not needed, or that hides its text from everybody.
///
/// The releases that come next count as versions: text that waits for them is no mistake.
pub(super) fn rule(judged: Judged<'_>) -> Vec<Finding> {
    let site = judged.site;
    let facts = Facts::new(site);
    let branches = texts(site, &facts).flat_map(|(text, come)| {
        let branches = site.source(text).branches(&facts, come);
        branches.into_iter().map(move |branch| (branch, come))
    });
    let found = branches.filter_map(|(branch, come)| finding(&branch, come, facts.all()));
    found.map(Finding::from).collect()
}

/// What is wrong with a branch.
fn finding(branch: &Branch, here: VersionSet, all: VersionSet) -> Option<Diagnostic> {
    let never = |message: &str, hint: &str| {
        Some(Diagnostic::new(codes::CONDITION_NEVER, branch.span, message).hint(hint))
    };
    match branch.role {
        _ if branch.ever.is_empty() => never(
            "the condition holds in no version of the site",
            "remove the condition with the text that it hides",
        ),
        _ if branch.come.is_empty() => never(
            "no version comes here: one of the conditions before always holds",
            "remove this part, which is never shown",
        ),
        BranchRole::Else => None,
        _ if branch.hold.is_empty() => never(
            "the condition holds in none of the versions that come to it",
            "remove the condition with the text that it hides",
        ),
        BranchRole::First if branch.hold == branch.come => {
            let which = match branch.come {
                come if come == all => "every version of the site",
                come if come == here => "every version of the page",
                _ => "every version that comes to it",
            };
            let message = format!("the condition holds in {which}");
            let finding = Diagnostic::new(codes::CONDITION_ALWAYS, branch.span, message);
            Some(finding.hint("remove the condition, and keep its text"))
        }
        _ => None,
    }
}
