//! Why nothing answers an address: the language, the version, the page or the file that is not there.

use super::asked::Asked;
use super::versions::exclusion;
use super::{Place, Reason};
use crate::diagnostic::nearest;
use crate::model::{Edition, PageId, Site};
use crate::render::{PlannedKind, Prepared, plan};
use crate::source::Span;
use crate::variant::{LanguageId, Variant, VersionId};

/// How many pages in other places are named.
const NAMED: usize = 3;

/// Why nothing answers, the most likely reason first.
pub(super) fn reasons(prepared: &Prepared<'_>, asked: &Asked) -> Vec<Reason> {
    let site = prepared.site();
    let path = asked.below();
    if let Some(name) = path.strip_prefix("assets/") {
        return vec![asset(site, name)];
    }
    if let Some(reason) = source_file(prepared, path) {
        return vec![reason];
    }
    let stem = stem(path);
    let (head, rest) = first(stem);
    match site.config.find_language(head) {
        Some(language) => in_language(prepared, language, rest),
        None => without_language(prepared, asked, stem),
    }
}

/// A path without what only names the file of a page.
fn stem(path: &str) -> &str {
    let endings = ["/index.html", "/index.md", "/page.json", ".html", ".md", "/"];
    endings.iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path)
}

fn first(path: &str) -> (&str, &str) {
    path.split_once('/').unwrap_or((path, ""))
}

fn asset(site: &Site, name: &str) -> Reason {
    let reason = Reason::new(format!("there is no file `assets/{name}`"));
    let names = || site.assets.iter().map(String::as_str);
    let file = |path: &str| path.rsplit('/').next().map(str::to_owned);
    let near = nearest(name, names()).or_else(|| names().find(|own| file(own) == file(name)));
    match near {
        Some(near) => reason.hint(format!("did you mean `/assets/{near}`?")),
        None => reason.hint("put the file there, or correct the address"),
    }
}

/// The address of a page of which the file was asked for.
fn source_file(prepared: &Prepared<'_>, path: &str) -> Option<Reason> {
    let site = prepared.site();
    let is_it = |edition: &Edition| site.sources.file(edition.file).path == path;
    let found = site.pages.iter().find_map(|page| {
        let mut languages = site.languages().filter_map(|code| Some((code, page.edition(code)?)));
        let (language, _) = languages.find(|(_, edition)| is_it(edition))?;
        Some((page.id, language))
    });
    let (page, language) = found?;
    let address = address_near(site, page, language, site.config.default_version)?;
    let reason = Reason::new(format!("`{path}` is the file of a page, and not its address"));
    Some(reason.hint(format!("ask for `{address}`")))
}

/// The address of a page in a version, or in the nearest one that has the page.
fn address_near(
    site: &Site,
    page: PageId,
    language: LanguageId,
    version: VersionId,
) -> Option<String> {
    let version = site.nearest_version(page, version)?;
    let permalink = site.permalink(page, Variant { language, version });
    Some(format!("{}{permalink}", site.config.base_path()))
}

/// A path that begins with none of the languages.
fn without_language(prepared: &Prepared<'_>, asked: &Asked, stem: &str) -> Vec<Reason> {
    let site = prepared.site();
    let config = &site.config;
    let default = LanguageId::DEFAULT;
    let codes = || config.languages.iter().map(|language| &*language.code);
    let (head, rest) = first(stem);
    let (version, route) = versioned(site, stem);
    if let Some(page) = site.find_page(route) {
        let reason = Reason::new("addresses of pages begin with a language");
        let version = version.unwrap_or(config.default_version);
        let address = address_near(site, page, default, version);
        return vec![match address {
            Some(address) => reason.hint(format!("ask for `{address}`")),
            None => reason,
        }];
    }
    let stands_for_language = match rest {
        "" => is_like_a_code(head),
        _ => first(rest).0.contains('@') || site.find_page(versioned(site, rest).1).is_some(),
    };
    if stands_for_language {
        let known: Vec<&str> = codes().collect();
        let reason = Reason::new(format!("`{head}` is none of the languages"));
        return vec![match nearest(head, codes()) {
            Some(near) => reason.hint(format!("did you mean `{near}`?")),
            None => reason.hint(format!("use one of {}", known.join(", "))),
        }];
    }
    if let Some(reason) = own_file(prepared, asked.below()) {
        return vec![reason];
    }
    no_page(site, route, default, None)
}

/// Whether a word may be the code of a language, such as `ja` or `pt-BR`.
fn is_like_a_code(word: &str) -> bool {
    let language = word.split('-').next().unwrap_or(word);
    (2..=3).contains(&language.len()) && word.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
}

/// A file for programs that is called otherwise.
fn own_file(prepared: &Prepared<'_>, path: &str) -> Option<Reason> {
    if ![".txt", ".xml", ".json", ".html"].iter().any(|ending| path.ends_with(ending)) {
        return None;
    }
    let planned = plan(prepared);
    let own = planned.iter().filter(|file| file.kind == PlannedKind::Own);
    let near = nearest(path, own.map(|file| &*file.path))?;
    let reason = Reason::new(format!("the build makes no `{path}`"));
    Some(reason.hint(format!("did you mean `/{near}`?")))
}

/// The version that a path without language begins with, where there is such a version, and the route.
fn versioned<'a>(site: &Site, path: &'a str) -> (Option<VersionId>, &'a str) {
    let (id, rest) = first(path);
    match site.config.versions.find(id) {
        Some(version) => (Some(version), rest),
        None => (None, path),
    }
}

/// A path behind a language.
fn in_language(prepared: &Prepared<'_>, language: LanguageId, path: &str) -> Vec<Reason> {
    let site = prepared.site();
    let versions = &site.config.versions;
    let (id, rest) = first(path);
    if versions.is_retired(id) {
        return vec![retired(site, language, id, rest)];
    }
    if id.contains('@') && versions.find(id).is_none() {
        return vec![unknown_version(site, id)];
    }
    let (version, route) = versioned(site, path);
    let Some(page) = site.find_page(route) else {
        return match site.redirects.find(route) {
            Some(page) => old_elsewhere(site, (page, route), language, version),
            None => no_page(site, route, language, version),
        };
    };
    let asked = version.unwrap_or(site.config.default_version);
    if !site.page(page).versions.contains(asked) {
        return not_in_version(site, page, language, asked);
    }
    let reason = Reason::new("addresses of pages have a version behind the language");
    let address = address_near(site, page, language, asked);
    vec![match address {
        Some(address) => reason.hint(format!("ask for `{address}`")),
        None => reason,
    }]
}

/// A version that there never was: of a plan that there is, or misspelt.
fn unknown_version(site: &Site, id: &str) -> Reason {
    let versions = &site.config.versions;
    let reason = Reason::new(format!("`{id}` is none of the versions"));
    let plan = id.rsplit_once('@').and_then(|(plan, _)| versions.find_plan(plan));
    let all = || versions.iter().map(|(_, version)| &*version.id);
    let of_plan = plan.map(|plan| plan.versions.iter().map(|version| &*versions.get(*version).id));
    match (of_plan, nearest(id, all())) {
        (Some(ids), _) => reason.hint(format!("use one of {}", ids.collect::<Vec<_>>().join(", "))),
        (None, Some(near)) => reason.hint(format!("did you mean `{near}`?")),
        (None, None) => reason.hint(format!("use one of {}", all().collect::<Vec<_>>().join(", "))),
    }
}

/// A version that is no longer built.
fn retired(site: &Site, language: LanguageId, id: &str, route: &str) -> Reason {
    let reason = Reason::new(format!("`{id}` is retired: its pages are no longer built"));
    let plan = id.rsplit_once('@').and_then(|(plan, _)| site.config.versions.find_plan(plan));
    let oldest = plan.and_then(|plan| plan.versions.last().copied());
    let oldest = oldest.unwrap_or(site.config.default_version);
    let page = site.find_page(route).or_else(|| site.redirects.find(route));
    match page.and_then(|page| address_near(site, page, language, oldest)) {
        Some(address) => reason.hint(format!("ask for `{address}`")),
        None => reason,
    }
}

/// A page that other versions have.
fn not_in_version(
    site: &Site,
    page: PageId,
    language: LanguageId,
    version: VersionId,
) -> Vec<Reason> {
    let own = site.page(page);
    let file = &site.sources.file(own.source.file).path;
    let id = |version| &site.config.versions.get(version).id;
    let ids: Vec<String> =
        own.versions.iter().map(|version| format!("`{}`", id(version))).collect();
    let place = Place::of(&site.sources, Span::start_of(own.source.file));
    if ids.is_empty() {
        let reason = Reason::new(format!("`{file}` is in none of the versions")).at(place);
        return std::iter::once(reason).chain(exclusion(site, own, version)).collect();
    }
    let reason = format!("`{file}` is not in `{}`, but in {}", id(version), ids.join(", "));
    let reason = Reason::new(reason).at(place);
    let reason = match address_near(site, page, language, version) {
        Some(address) => reason.hint(format!("ask for `{address}`")),
        None => reason,
    };
    std::iter::once(reason).chain(exclusion(site, own, version)).collect()
}

/// An old address of a page that the version does not have, or that another address has been claimed for.
fn old_elsewhere(
    site: &Site,
    (page, route): (PageId, &str),
    language: LanguageId,
    version: Option<VersionId>,
) -> Vec<Reason> {
    let own = site.page(page);
    let file = &site.sources.file(own.source.file).path;
    let entry = own.source.front.redirect_from.iter();
    let mut entry = entry.filter(|entry| entry.value.trim().trim_matches('/').ends_with(route));
    let place = entry.next().map(|entry| Place::of(&site.sources, entry.span));
    let asked = version.unwrap_or(site.config.default_version);
    let reason = Reason::new(format!("`/{route}` is an old address of `{file}`")).at(place);
    if !own.versions.contains(asked) {
        let others = not_in_version(site, page, language, asked);
        return std::iter::once(reason).chain(others).collect();
    }
    vec![match address_near(site, page, language, asked) {
        Some(address) => reason.hint(format!("ask for `{address}`")),
        None => reason,
    }]
}

/// No page has this route.
fn no_page(
    site: &Site,
    route: &str,
    language: LanguageId,
    version: Option<VersionId>,
) -> Vec<Reason> {
    let reason = Reason::new(format!("there is no page `{route}`"));
    let version = version.unwrap_or(site.config.default_version);
    let address = |route: &str| {
        let page = site.find_page(route)?;
        address_near(site, page, language, version)
    };
    let routes = || site.pages.iter().map(|page| &*page.route);
    if let Some(near) = nearest(route, routes()).and_then(address) {
        return vec![reason.hint(format!("did you mean `{near}`?"))];
    }
    let name = |route: &str| route.rsplit('/').next().unwrap_or_default().to_owned();
    let own = name(route);
    let same = routes().filter(|other| !own.is_empty() && name(other) == own);
    let same: Vec<String> =
        same.filter_map(address).take(NAMED).map(|near| format!("`{near}`")).collect();
    if !same.is_empty() {
        return vec![reason.hint(format!("did you mean {}?", same.join(" or ")))];
    }
    let hint = format!("write the page, or add `/{route}` to the `redirect_from` of another one");
    vec![reason.hint(hint)]
}
