//! Release notes: `data/release-notes/PLAN/RELEASE/PATCH.yml`, where `3-0/1.yml` is about release 3.0.1.

use super::applied::entry;
use super::tracks::{leaf, leaves};
use super::{Branch, Data, DataId, DatumValue};
use crate::config::Config;
use crate::source::Sources;
use crate::variant::{VersionId, Versions};

/// What is to say about a patch release.
#[derive(Debug, PartialEq, Eq)]
pub struct ReleaseNotes {
    /// The version that it is a patch of.
    pub version: VersionId,
    /// Its name: `3.0.1`, `3.0.0.rc1`.
    pub name: String,
    /// The day, as written.
    pub date: Option<DataId>,
    /// Whether it is a candidate.
    pub is_candidate: bool,
    /// Whether nobody should use it any more.
    pub is_deprecated: bool,
    /// What stands before the notes.
    pub intro: Option<DataId>,
    /// The notes by section (`features`, `bugs`, …), in the order of the file.
    pub sections: Vec<(String, Vec<NoteGroup>)>,
}

/// Notes under a heading of their own, or under none.
#[derive(Debug, PartialEq, Eq)]
pub struct NoteGroup {
    /// The heading.
    pub heading: Option<DataId>,
    /// The notes.
    pub notes: Vec<DataId>,
}

/// The release notes of all versions, of each version the newest first.
pub(super) fn release_notes(data: &Data, sources: &Sources, config: &Config) -> Vec<ReleaseNotes> {
    let reader = Reader { data, sources };
    let mut found = Vec::new();
    for (version, _) in config.versions.iter() {
        let Some(Branch::Map(patches)) = folder(data, version, &config.versions) else { continue };
        let mut of_version: Vec<ReleaseNotes> = patches
            .iter()
            .map(|(patch, branch)| reader.notes(version, patch, branch, &config.versions))
            .collect();
        of_version.sort_by_key(|notes| std::cmp::Reverse(key(&notes.name)));
        found.extend(of_version);
    }
    found
}

/// The folder of a version, named by the long or the short name of its plan, its release with `-` or `.`.
fn folder<'a>(data: &'a Data, version: VersionId, versions: &Versions) -> Option<&'a Branch> {
    let plan = versions.plan(version);
    let release = versions.get(version).release.as_str();
    let dashed = release.replace('.', "-");
    [&plan.name, &plan.short_name].into_iter().find_map(|plan| {
        let branch = |release: &str| data.branch(&format!("release-notes.{plan}.{release}"));
        branch(&dashed).or_else(|| branch(release))
    })
}

/// What patches are ordered by: their numbers, a candidate before the release itself.
fn key(name: &str) -> Vec<(u64, u64)> {
    let number = |text: &str| text.parse().unwrap_or(0);
    let part = |part: &str| match part.strip_prefix("rc") {
        Some(candidate) => (0, number(candidate)),
        None => (1, number(part)),
    };
    let mut parts: Vec<(u64, u64)> = name.split(['.', '-']).map(part).collect();
    // The end of the name stands behind every candidate, and before every further number.
    parts.push((0, u64::MAX));
    parts
}

struct Reader<'a> {
    data: &'a Data,
    sources: &'a Sources,
}

impl Reader<'_> {
    fn notes(
        &self,
        version: VersionId,
        patch: &str,
        branch: &Branch,
        versions: &Versions,
    ) -> ReleaseNotes {
        let release = versions.get(version).release.as_str();
        let sections = match entry(branch, "sections") {
            Some(Branch::Map(sections)) => sections.as_slice(),
            _ => &[],
        };
        ReleaseNotes {
            version,
            name: format!("{release}.{}", patch.replace('-', ".")),
            date: leaf(branch, "date"),
            is_candidate: self.is_set(branch, "release_candidate"),
            is_deprecated: self.is_set(branch, "deprecated"),
            intro: leaf(branch, "intro"),
            sections: sections.iter().map(|(name, notes)| (name.clone(), groups(notes))).collect(),
        }
    }

    fn is_set(&self, branch: &Branch, name: &str) -> bool {
        let value = leaf(branch, name).and_then(|id| self.data.get(id).source());
        match value {
            Some(DatumValue::Boolean(value, _)) => *value,
            Some(DatumValue::Text(text)) => self.sources.text(text.id) == "true",
            Some(DatumValue::Number(..)) | None => false,
        }
    }
}

/// The notes of a section: a text has no heading, a map has `heading` and `notes`.
fn groups(section: &Branch) -> Vec<NoteGroup> {
    let mut groups: Vec<NoteGroup> = Vec::new();
    let items = match section {
        Branch::List(items) => items.as_slice(),
        other => std::slice::from_ref(other),
    };
    for item in items {
        match (item, groups.last_mut()) {
            (Branch::Map(_), _) => groups.push(NoteGroup {
                heading: leaf(item, "heading"),
                notes: entry(item, "notes").map(leaves).unwrap_or_default(),
            }),
            (Branch::Leaf(id), Some(last)) if last.heading.is_none() => last.notes.push(*id),
            (other, _) => groups.push(NoteGroup { heading: None, notes: leaves(other) }),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn patches_are_ordered_by_number_and_candidates_come_first() {
        let names = ["3.0.0.rc1", "3.0.0.rc2", "3.0.0", "3.0.1", "3.0.2", "3.0.10"];
        assert!(names.windows(2).all(|pair| key(pair[0]) < key(pair[1])));
    }
}
