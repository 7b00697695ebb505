//! Headings that are more than one level below the heading before them.

use super::gather::{Gathered, headings};
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::model::Site;
use crate::render::PageFacts;

pub(super) fn rule(_: &Site, facts: &[PageFacts]) -> Vec<Finding> {
    let mut skipped = Gathered::new();
    for (text, headings) in headings(facts) {
        // The first one may be of any level: what is above it is the title of the page.
        for pair in headings.windows(2) {
            let (before, heading) = (&pair[0], &pair[1]);
            if heading.is_written && heading.level > before.level + 1 {
                skipped.add(&heading.place, (before.level, heading.level), text);
            }
        }
    }
    skipped.findings(|span, (before, level), _| {
        let message = format!("a heading of level {level} behind one of level {before}");
        Diagnostic::new(codes::HEADING_SKIPPED, span, message)
            .hint(format!("make it one of level {}", before + 1))
    })
}
