//! Permalinks, and what an address in a text stands for.

use std::borrow::Cow;

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

/// What an address stands for in every variant alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A page of the site.
    Page {
        /// The page. It has at least one version.
        page: PageId,
        /// The version that the address names; without one it is that of the text.
        asked: Option<VersionId>,
        /// Whether an old address led there.
        route: Route,
    },
    /// A version that is no longer built: left alone.
    Retired,
    /// A file of `assets`.
    Asset,
    /// Nothing on this site.
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

    /// The page and the variant whose permalink this is; `/LANGUAGE` is that of the home page in the default version.
    pub fn page_at(&self, address: &str) -> Option<(PageId, Variant)> {
        let mut parts = address.trim_matches('/').splitn(3, '/');
        let language = self.config.find_language(parts.next()?)?;
        let id = parts.next().unwrap_or("");
        let (version, route) = match self.config.versions.find(id) {
            Some(version) => (version, parts.next().unwrap_or("")),
            None => {
                let behind = address.get(1..)?.split_once('/').map_or("", |(_, rest)| rest);
                (self.config.default_version, behind)
            }
        };
        let page = self.find_page(route)?;
        let exists = self.page(page).versions.contains(version);
        let variant = Variant { language, version };
        let is_root = route.is_empty() && id.is_empty();
        let is_own = is_root || self.permalink(page, variant) == address;
        (exists && is_own).then_some((page, variant))
    }

    /// What a local address (without fragment and query) in a text of this variant stands for.
    pub fn resolve(&self, address: &str, from: Variant) -> Resolution {
        match self.destination(address) {
            Destination::Page { page, asked, route } => {
                let version = self.nearest_version(page, asked.unwrap_or(from.version));
                version.map_or(Resolution::Nowhere, |version| Resolution::Page {
                    page,
                    version,
                    route,
                })
            }
            Destination::Retired => Resolution::Retired,
            Destination::Asset => Resolution::Asset,
            Destination::Nowhere => Resolution::Nowhere,
        }
    }

    /// What a local address (without fragment and query) stands for, whatever the variant of the text.
    pub fn destination(&self, address: &str) -> Destination {
        let path = address.trim_matches('/');
        if let Some(asset) = path.strip_prefix("assets/") {
            let known = self.assets.contains(asset);
            return if known { Destination::Asset } else { Destination::Nowhere };
        }
        let parts = self.parts(path);
        if parts.version.is_some_and(|version| self.config.versions.is_retired(version)) {
            return Destination::Retired;
        }
        let found = spellings(&parts).find_map(|rest| {
            let page = self.find_page(&rest).map(|page| (page, Route::Permalink));
            page.or_else(|| Some((self.redirects.find(&rest)?, Route::Redirect)))
        });
        let found = found.or_else(|| Some((self.redirects.find(path)?, Route::Redirect)));
        // An old address can name a version itself.
        let found = found.or_else(|| {
            let (_, rest) = parts.language.map_or(("", path), |_| first(path));
            Some((self.redirects.find(rest)?, Route::Redirect))
        });
        match found.filter(|(page, _)| !self.page(*page).versions.is_empty()) {
            Some((page, route)) => {
                let asked = parts.version.and_then(|id| self.config.versions.find(id));
                Destination::Page { page, asked, route }
            }
            None => Destination::Nowhere,
        }
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
fn spellings<'a>(parts: &Parts<'a>) -> impl Iterator<Item = Cow<'a, str>> {
    let rest = parts.rest;
    let old = (parts.spelling == Spelling::Old).then(|| {
        let without_user = rest.strip_prefix("user/").map(str::to_owned);
        let guide = rest.strip_prefix("admin/guides/");
        let shorter = without_user.into_iter().chain(guide.map(|rest| format!("admin/{rest}")));
        let shorter: Vec<String> = shorter.collect();
        let all = std::iter::once(rest).chain(shorter.iter().map(String::as_str));
        let longer: Vec<String> = all.map(|route| format!("enterprise/{route}")).collect();
        shorter.into_iter().chain(longer).map(Cow::Owned)
    });
    std::iter::once(Cow::Borrowed(rest)).chain(old.into_iter().flatten())
}

/// The first segment of a path, and the rest.
fn first(path: &str) -> (&str, &str) {
    path.split_once('/').unwrap_or((path, ""))
}
