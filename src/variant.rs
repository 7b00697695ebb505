//! Languages, versions, sets of versions, and ranges and comparisons over them.

mod range;
mod release;
mod set;
mod variants;

pub use range::{RangeError, parse_range, takes_in_next};
pub use release::Release;
pub use set::{MAX_VERSIONS, VersionId, VersionSet};
pub use variants::VariantSet;

use crate::source::Spanned;

/// A language of the site, by its position in the configuration; 0 is the default language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageId(pub u8);

impl LanguageId {
    /// The language that the site is written in.
    pub const DEFAULT: Self = Self(0);

    /// Whether this is the language that the site is written in.
    pub fn is_default(self) -> bool {
        self == Self::DEFAULT
    }
}

/// Which edition of the site: a language and a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variant {
    /// The language.
    pub language: LanguageId,
    /// The version.
    pub version: VersionId,
}

/// A product plan: a line of releases.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The name in version ids, such as `enterprise-server`.
    pub name: String,
    /// The short name in conditions, such as `ghes`; the plan's name where none is given.
    pub short_name: String,
    /// The name for readers.
    pub title: String,
    /// Whether its releases have numbers. A plan without releases has the one release `latest`.
    pub numbered: bool,
    /// Its built versions, newest first.
    pub versions: Vec<VersionId>,
    /// The release after the newest: known to conditions and ranges, not built.
    pub next: Option<Release>,
    /// Releases that were built once, newest first; their addresses are left alone.
    pub retired: Vec<Release>,
    /// The data reference of a banner on this plan's pages.
    pub notice: Option<Spanned<String>>,
}

/// A built version: one release of one plan.
#[derive(Clone, Debug)]
pub struct Version {
    /// `plan@release`.
    pub id: String,
    /// Position of its plan in [`Versions::plans`].
    pub plan: usize,
    /// Its release.
    pub release: Release,
    /// The name for readers, such as `Enterprise Server 2.22`.
    pub title: String,
    /// The day it came out.
    pub released: Option<jiff::civil::Date>,
    /// The day it is or was retired.
    pub deprecated: Option<jiff::civil::Date>,
}

/// All plans and versions of a site, in the order of the configuration.
#[derive(Clone, Debug)]
pub struct Versions {
    plans: Vec<Plan>,
    versions: Vec<Version>,
}

impl Versions {
    /// The versions of these plans. Each plan's `versions` are indices into `versions`.
    pub fn new(plans: Vec<Plan>, versions: Vec<Version>) -> Self {
        Self { plans, versions }
    }

    /// The plans, in the order of the configuration.
    pub fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// The plan of a version.
    pub fn plan(&self, version: VersionId) -> &Plan {
        &self.plans[self.get(version).plan]
    }

    /// The plan with this name or short name.
    pub fn find_plan(&self, name: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.name == name || plan.short_name == name)
    }

    /// The version with this number.
    pub fn get(&self, version: VersionId) -> &Version {
        &self.versions[version.index()]
    }

    /// The version with this id (`plan@release`).
    pub fn find(&self, id: &str) -> Option<VersionId> {
        self.versions.iter().position(|version| version.id == id).map(VersionId::from_index)
    }

    /// The versions with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (VersionId, &Version)> {
        self.versions
            .iter()
            .enumerate()
            .map(|(number, version)| (VersionId::from_index(number), version))
    }

    /// All versions.
    pub fn all(&self) -> VersionSet {
        VersionSet::first(self.versions.len())
    }

    /// Whether `id` is the id of a version that was built once, such as `enterprise-server@2.18`.
    pub fn is_retired(&self, id: &str) -> bool {
        let Some((plan, release)) = id.rsplit_once('@') else { return false };
        self.find_plan(plan)
            .is_some_and(|plan| plan.retired.iter().any(|retired| retired.as_str() == release))
    }
}

/// How two version ids compare for `ver_gt` and `ver_lt`: only within one plan, and only when both have a number.
///
/// An id without `@` is a release of `default_plan` (github-docs-behaviour.md, A3).
pub fn compare_versions(left: &str, right: &str, default_plan: &str) -> Option<std::cmp::Ordering> {
    let (left_plan, left) = left.rsplit_once('@').unwrap_or((default_plan, left));
    let (right_plan, right) = right.rsplit_once('@').unwrap_or((default_plan, right));
    let (left, right) = (Release::new(left), Release::new(right));
    (left_plan == right_plan && left.is_number() && right.is_number()).then(|| left.cmp(&right))
}
