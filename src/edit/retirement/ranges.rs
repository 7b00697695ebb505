//! Version ranges that match nothing any more, or everything.

use std::ops::Range;

use crate::diagnostic::Edit;
use crate::edit::front::line;
use crate::source::{FileId, SourceFile, Span, TextId};
use crate::variant::{MAX_VERSIONS, Plan, Release, Version, VersionId, Versions, parse_range};
use crate::yaml::{Entry, Value};

/// A release that is newer than any there will be.
const FAR: &str = "99999";

/// What is to be done with a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Stays,
    /// It takes in every release that there is or will be.
    All,
    /// It took in the retired release only.
    Nothing,
}

/// The edits of a map of plans to ranges: `before` and `after` have the versions with the retired one and without it.
/// The map has to keep one of its entries; where none would be left, nothing is edited, and that is told.
pub(super) fn edits(
    file: &SourceFile,
    id: FileId,
    entries: &[Entry],
    before: &Versions,
    after: &Versions,
) -> Result<Vec<Edit>, NothingLeft> {
    let mut edits = Vec::new();
    let mut left = entries.len();
    for entry in entries {
        let Value::Scalar(scalar) = entry.value.value else { continue };
        let range = file.text(scalar.text.index);
        let span = entry.value.span.range();
        match verdict(&entry.key, range, before, after) {
            Verdict::Stays => {}
            Verdict::All => {
                let text = if file.text[span.clone()].starts_with('"') { "\"*\"" } else { "'*'" };
                edits.push(Edit { span: place(id, span), text: text.to_owned() });
            }
            Verdict::Nothing => {
                left -= 1;
                if let Some(range) = own_line(file, entry) {
                    edits.push(Edit { span: place(id, range), text: String::new() });
                }
            }
        }
    }
    if left == 0 { Err(NothingLeft) } else { Ok(edits) }
}

/// No version has it any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NothingLeft;

fn place(id: FileId, range: Range<usize>) -> Span {
    Span::new(TextId::whole(id), range)
}

/// The line of an entry, if nothing else stands there.
fn own_line(file: &SourceFile, entry: &Entry) -> Option<Range<usize>> {
    let own = line(&file.text, entry.key_span.range().start);
    let before = &file.text[own.start..entry.key_span.range().start];
    let is_alone = before.trim().is_empty() && entry.value.span.range().end <= own.end;
    is_alone.then_some(own)
}

fn verdict(plan: &str, range: &str, before: &Versions, after: &Versions) -> Verdict {
    let (Some(old), Some(new)) = (before.find_plan(plan), after.find_plan(plan)) else {
        return Verdict::Stays;
    };
    // Retired releases do not count: their pages are left alone.
    let taken = |plan: &Plan, versions: &Versions| Some(matching(range, plan, versions));
    let (Some(Some(was)), Some(Some(is))) = (taken(old, before), taken(new, after)) else {
        return Verdict::Stays;
    };
    let is_all = is.iter().all(|found| *found);
    let was_all = was.iter().all(|found| *found);
    if range.trim() == "*" || was.len() == is.len() {
        Verdict::Stays
    } else if is_all && !was_all {
        Verdict::All
    } else if !is.contains(&true) && was.contains(&true) {
        Verdict::Nothing
    } else {
        Verdict::Stays
    }
}

/// Of each release of a plan, the next ones included, whether a range takes it in.
fn matching(range: &str, plan: &Plan, versions: &Versions) -> Option<Vec<bool>> {
    let built = plan.versions.iter().map(|version| versions.get(*version).release.clone());
    let next = plan.next.iter().cloned().chain([Release::new(FAR)]);
    let releases: Vec<Release> = built.chain(next).collect();
    if releases.len() > MAX_VERSIONS {
        return None;
    }
    let all = releases.iter().map(|release| Version {
        id: format!("{}@{release}", plan.name),
        plan: 0,
        release: release.clone(),
        title: String::new(),
        released: None,
        deprecated: None,
    });
    let numbers = (0..releases.len()).map(VersionId::from_index).collect();
    let wider = Plan { versions: numbers, ..plan.clone() };
    let versions = Versions::new(vec![wider.clone()], all.collect());
    let set = parse_range(range, &wider, &versions).ok()?;
    Some((0..releases.len()).map(|number| set.contains(VersionId::from_index(number))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plan with these releases, newest first, and the next one.
    fn versions(releases: &[&str]) -> Versions {
        let version = |release: &&str| Version {
            id: format!("p@{release}"),
            plan: 0,
            release: Release::new(*release),
            title: String::new(),
            released: None,
            deprecated: None,
        };
        let plan = Plan {
            name: "p".to_owned(),
            short_name: "p".to_owned(),
            title: "P".to_owned(),
            numbered: true,
            versions: (0..releases.len()).map(VersionId::from_index).collect(),
            next: Some(Release::new("3.1")),
            retired: Vec::new(),
            notice: None,
        };
        Versions::new(vec![plan], releases.iter().map(version).collect())
    }

    #[track_caller]
    fn check(range: &str, expected: Verdict) {
        let (before, after) = (versions(&["3.0", "2.0", "1.0"]), versions(&["3.0", "2.0"]));
        assert_eq!(verdict("p", range, &before, &after), expected, "{range}");
    }

    #[test]
    fn a_range_that_takes_in_all_that_is_left_is_all() {
        check(">=2.0", Verdict::All);
        check(">1.0", Verdict::All);
        check("2.0 || >2.0", Verdict::All);
    }

    #[test]
    fn a_range_of_the_retired_release_alone_is_nothing() {
        check("1.0", Verdict::Nothing);
        check("<2.0", Verdict::Nothing);
    }

    #[test]
    fn other_ranges_stay() {
        for range in
            ["*", ">=1.0", ">2.0", "<=2.0", "2.0 || 3.0", "2.0 || 3.0 || 3.1", ">=4.0", "no range"]
        {
            check(range, Verdict::Stays);
        }
    }
}
