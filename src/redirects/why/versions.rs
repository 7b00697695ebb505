//! Why a page is in a version, or is not: the line of front matter that says so.

use serde::Serialize;

use super::super::Place;
use super::Reason;
use crate::load::VersionsField;
use crate::model::{Page, Site};
use crate::source::{Span, Spanned, TextId};
use crate::variant::{VersionId, VersionSet, parse_range};

/// A version that a page is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionAnswer {
    /// The id of the version.
    pub version: String,
    /// What says so.
    pub because: String,
    /// Where it is written; `null` where nothing is.
    pub place: Option<Place>,
}

/// The versions that a page is in, in the order of the configuration.
pub(super) fn versions(site: &Site, page: &Page) -> Vec<VersionAnswer> {
    let of = |version: VersionId| {
        let (because, place) = cause(site, page, version);
        VersionAnswer { version: site.config.versions.get(version).id.clone(), because, place }
    };
    page.versions.iter().map(of).collect()
}

/// What says that a page is in a version that it is in.
fn cause(site: &Site, page: &Page, version: VersionId) -> (String, Option<Place>) {
    let front = &page.source.front;
    match &front.versions {
        None if front.children.is_empty() => {
            ("without `versions` it is in all versions".to_owned(), None)
        }
        None => {
            let child = site.tree.children(page.id).iter().map(|child| site.page(*child));
            let child = child.into_iter().find(|child| child.versions.contains(version));
            let name =
                child.map_or_else(String::new, |child| format!(", such as `{}`", child.path));
            let because = format!("some of its `children` are{name}");
            (because, Some(key_place(site, page, "children")))
        }
        Some(VersionsField::All) => {
            ("`versions: '*'`".to_owned(), Some(key_place(site, page, "versions")))
        }
        Some(VersionsField::Plans(plans)) => {
            let found = plans.iter().find(|entry| taken_in(site, entry).contains(version));
            match found {
                Some((plan, range)) => {
                    (entry(plan, range), Some(Place::of(&site.sources, plan.span)))
                }
                None => {
                    let because = "no range can be read, so it is in all versions".to_owned();
                    (because, Some(key_place(site, page, "versions")))
                }
            }
        }
    }
}

/// Why a page is not in a version.
pub(super) fn exclusion(site: &Site, page: &Page, version: VersionId) -> Vec<Reason> {
    let id = &site.config.versions.get(version).id;
    let plan = site.config.versions.plan(version);
    let front = &page.source.front;
    let Some(VersionsField::Plans(plans)) = &front.versions else {
        let reason = format!("none of its `children` is in `{id}`");
        return vec![Reason::new(reason).at(key_place(site, page, "children"))];
    };
    let of_plan = |name: &str| name == plan.name || name == plan.short_name;
    let concerned =
        plans.iter().filter(|(name, _)| name.value == "feature" || of_plan(&name.value));
    let reasons: Vec<Reason> = concerned
        .map(|(name, range)| {
            let place = Place::of(&site.sources, name.span);
            if name.value == "feature" {
                let feature = &range.value;
                let reason = format!(
                    "the feature `{feature}` is not in `{id}` (`data/features/{feature}.yml`)"
                );
                return Reason::new(reason).at(place);
            }
            let release = site.config.versions.get(version).release.as_str();
            let reason = format!("{} does not take in `{release}`", entry(name, range));
            Reason::new(reason).at(place)
        })
        .collect();
    if reasons.is_empty() {
        let reason = format!("`versions` does not name `{}`", plan.short_name);
        return vec![Reason::new(reason).at(key_place(site, page, "versions"))];
    }
    reasons
}

/// An entry of `versions` as it may be written.
fn entry(plan: &Spanned<String>, range: &Spanned<String>) -> String {
    format!("`{}: '{}'`", plan.value, range.value)
}

/// The versions that an entry of `versions` takes in.
fn taken_in(site: &Site, (plan, range): &(Spanned<String>, Spanned<String>)) -> VersionSet {
    if plan.value == "feature" {
        return site.features.get(&range.value).copied().unwrap_or(VersionSet::EMPTY);
    }
    let versions = &site.config.versions;
    let plan = versions.find_plan(&plan.value);
    let found = plan.and_then(|plan| parse_range(&range.value, plan, versions).ok());
    found.unwrap_or(VersionSet::EMPTY)
}

/// Where a key of a page's front matter is, or where the page begins.
fn key_place(site: &Site, page: &Page, key: &str) -> Place {
    let file = page.source.file;
    let text = &site.sources.file(file).text;
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if number > 0 && line.trim_end() == "---" {
            break;
        }
        let behind = line.strip_prefix(key);
        if behind.is_some_and(|behind| behind.trim_start().starts_with(':')) {
            return Place::of(&site.sources, Span::new(TextId::whole(file), at..at + key.len()));
        }
        at += line.len();
    }
    Place::of(&site.sources, Span::start_of(file))
}
