//! Permalinks, and what an address in a text stands for.

use super::{PageId, Site};
use crate::config::DefaultVersionUrls;
use crate::variant::{LanguageId, Variant, VersionId};

/// Where an address leads from a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// To a page of the site.
    Page {
        /// The page.
        page: PageId,
        /// The version it is shown in: the one asked for, or one that has the page.
        version: VersionId,
        /// Whether an old address led there.
        route: Route,
    },
    /// To a version that is no longer built: left alone.
    Retired,
    /// To a file of `assets`.
    Asset,
    /// To nothing on this site.
    Nowhere,
}

/// How an address found its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// By its permalink.
    Permalink,
    /// By a redirect.
    Redirect,
}

/// An address taken apart: what it says about language and version, and the rest without slashes around it.
#[derive(Debug, PartialEq, Eq)]
struct Parts<'a> {
    language: Option<LanguageId>,
    version: Option<&'a str>,
    rest: &'a str,
}

impl Site {
    /// The address of a page in a variant, with a slash at the beginning and none at the end.
    pub fn permalink(&self, page: PageId, variant: Variant) -> String {
        self.address(&self.page(page).route, variant)
    }

    /// The address of a route in a variant.
    pub fn address(&self, route: &str, variant: Variant) -> String {
        let language = &self.config.language(variant.language).code;
        let omitted = self.config.urls.default_version == DefaultVersionUrls::Omit
            && variant.version == self.config.default_version;
        let version = (!omitted).then(|| &*self.config.versions.get(variant.version).id);
        let mut address = format!("/{language}");
        for part in version.into_iter().chain((!route.is_empty()).then_some(route)) {
            address.push('/');
            address.push_str(part);
        }
        address
    }

    /// What a local address (without fragment and query) in a text of this variant stands for.
    pub fn resolve(&self, address: &str, from: Variant) -> Resolution {
        let path = address.trim_matches('/');
        if let Some(asset) = path.strip_prefix("assets/") {
            let known = self.assets.contains(asset);
            return if known { Resolution::Asset } else { Resolution::Nowhere };
        }
        let parts = self.parts(path);
        if parts.version.is_some_and(|version| self.config.versions.is_retired(version)) {
            return Resolution::Retired;
        }
        let asked = parts.version.and_then(|id| self.config.versions.find(id));
        let version = asked.unwrap_or(from.version);
        self.find_page(parts.rest)
            .map(|page| (page, Route::Permalink))
            .or_else(|| Some((self.redirects.find(parts.rest)?, Route::Redirect)))
            .or_else(|| Some((self.redirects.find(path)?, Route::Redirect)))
            .and_then(|(page, route)| {
                let version = self.nearest_version(page, version)?;
                Some(Resolution::Page { page, version, route })
            })
            .unwrap_or(Resolution::Nowhere)
    }

    /// `wanted`, if the page has it; else the version nearest to it: of the same plan, the default version, the first.
    pub fn nearest_version(&self, page: PageId, wanted: VersionId) -> Option<VersionId> {
        let has = self.page(page).versions;
        if has.contains(wanted) {
            return Some(wanted);
        }
        let plan = self.config.versions.plan(wanted);
        let same_plan = plan.versions.iter().copied().find(|version| has.contains(*version));
        let default = Some(self.config.default_version).filter(|version| has.contains(*version));
        same_plan.or(default).or_else(|| has.lowest())
    }

    /// Takes language and version off the front of a path. `enterprise/VERSION/…` is an older spelling of
    /// `VERSION/…` (github-docs-behaviour.md, A6).
    fn parts<'a>(&self, path: &'a str) -> Parts<'a> {
        let (language, rest) = match first(path) {
            (code, rest) if self.config.find_language(code).is_some() => {
                (self.config.find_language(code), rest)
            }
            _ => (None, path),
        };
        let (head, behind) = first(rest);
        if self.is_version(head) {
            return Parts { language, version: Some(head), rest: behind };
        }
        let (second, behind_second) = first(behind);
        if head == "enterprise" && self.is_version(second) {
            return Parts { language, version: Some(second), rest: behind_second };
        }
        Parts { language, version: None, rest }
    }

    fn is_version(&self, id: &str) -> bool {
        id.contains('@')
            && (self.config.versions.find(id).is_some() || self.config.versions.is_retired(id))
    }
}

/// The first segment of a path, and the rest.
fn first(path: &str) -> (&str, &str) {
    path.split_once('/').unwrap_or((path, ""))
}
