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
    spelling: Spelling,
}

/// How an address says that it is one of the enterprise product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    /// By a version, or not at all.
    Today,
    /// By a first segment `enterprise`, as addresses did before there were versions in them.
    Old,
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
        let found = spellings(&parts).into_iter().find_map(|rest| {
            let page = self.find_page(&rest).map(|page| (page, Route::Permalink));
            page.or_else(|| Some((self.redirects.find(&rest)?, Route::Redirect)))
        });
        found
            .or_else(|| Some((self.redirects.find(path)?, Route::Redirect)))
            .or_else(|| {
                // An old address can name a version itself.
                let (_, rest) = parts.language.map_or(("", path), |_| first(path));
                Some((self.redirects.find(rest)?, Route::Redirect))
            })
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

    /// Takes language and version off the front of a path.
    fn parts<'a>(&self, path: &'a str) -> Parts<'a> {
        let (language, rest) = match first(path) {
            (code, rest) if self.config.find_language(code).is_some() => {
                (self.config.find_language(code), rest)
            }
            _ => (None, path),
        };
        let today = Spelling::Today;
        let (head, behind) = first(rest);
        if self.is_version(head) {
            return Parts { language, version: Some(head), rest: behind, spelling: today };
        }
        if head != "enterprise" || self.find_page(rest).is_some() {
            return Parts { language, version: None, rest, spelling: today };
        }
        let (second, behind_second) = first(behind);
        let version = self.is_version(second).then_some(second);
        let rest = if version.is_some() { behind_second } else { behind };
        Parts { language, version, rest, spelling: Spelling::Old }
    }

    /// The version that a path without language begins with, and the rest.
    pub(super) fn versioned<'a>(&self, path: &'a str) -> Option<(VersionId, &'a str)> {
        let (id, rest) = first(path);
        Some((self.config.versions.find(id)?, rest))
    }

    fn is_version(&self, id: &str) -> bool {
        id.contains('@')
            && (self.config.versions.find(id).is_some() || self.config.versions.is_retired(id))
    }
}

/// The routes that an address may mean. Older spellings began with `enterprise`, had `user` before the pages that
/// are not for administrators, and `guides` behind `admin` (github-docs-behaviour.md, A6 and A7).
fn spellings(parts: &Parts<'_>) -> Vec<String> {
    let mut routes = vec![parts.rest.to_owned()];
    if parts.spelling == Spelling::Today {
        return routes;
    }
    let without_user = parts.rest.strip_prefix("user/");
    let without_guides =
        parts.rest.strip_prefix("admin/guides/").map(|rest| format!("admin/{rest}"));
    routes.extend(without_user.map(str::to_owned));
    routes.extend(without_guides);
    let old: Vec<String> = routes.iter().map(|route| format!("enterprise/{route}")).collect();
    routes.extend(old);
    routes
}

/// The first segment of a path, and the rest.
fn first(path: &str) -> (&str, &str) {
    path.split_once('/').unwrap_or((path, ""))
}
