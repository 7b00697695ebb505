//! Moving pages: what becomes of their files, of their old addresses, and of all that names them.

mod addresses;
mod lists;

pub use addresses::follow;

use std::collections::BTreeMap;
use std::path::Path;

use walkdir::WalkDir;

use super::front::Front;
use super::{ChangeSet, Impossible};
use crate::diagnostic::nearest;
use crate::model::{Destination, Page, PageId, Site, route};
use crate::name;

/// A page, or a folder of pages, on the way to another place.
#[derive(Debug)]
pub struct Moving<'a> {
    site: &'a Site,
    /// The page that was named; of a folder, its index.
    root: PageId,
    /// The new paths below `content`, by page.
    moved: BTreeMap<PageId, String>,
    /// What has to be looked at by somebody, as sentences.
    notes: Vec<String>,
}

impl<'a> Moving<'a> {
    /// The way of the page `from` to the place `to`. Both are addresses, or paths of files below the site's folder; a
    /// `to` that ends in a slash is the folder to move into.
    pub fn new(site: &'a Site, from: &str, to: &str) -> Result<Self, Impossible> {
        let root = find(site, from)?;
        let page = site.page(root);
        let target = target(site, page, to)?;
        check_target(site, page, &target)?;
        let moved = moved(site, page, &target);
        let moving = Self { site, root, moved, notes: Vec::new() };
        moving.check_free()?;
        Ok(moving)
    }

    /// The pages that are moved, with their new paths below `content`.
    pub fn pages(&self) -> impl Iterator<Item = (&Page, &str)> {
        self.moved.iter().map(|(page, path)| (self.site.page(*page), &**path))
    }

    /// What has to be looked at by somebody, as sentences.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The changes but for the addresses in texts: files take their places, old addresses lead on, and lists of pages
    /// name the new ones. `root` is the site's folder.
    pub fn changes(&mut self, root: &Path) -> Result<ChangeSet<'a>, Impossible> {
        let mut changes = ChangeSet::new(&self.site.sources);
        for (id, to) in &self.moved {
            let page = self.site.page(*id);
            let editions = std::iter::once(&page.source).chain(page.translations.values());
            for edition in editions {
                let path = &self.site.sources.file(edition.file).path;
                let above = path.strip_suffix(&page.path).unwrap_or_default();
                changes.rename(path, &format!("{above}{to}"))?;
            }
            self.keep_address(page, to, &mut changes)?;
        }
        self.move_others(root, &mut changes)?;
        self.rename_tracks(&mut changes)?;
        lists::lists(self, &mut changes)?;
        Ok(changes)
    }

    /// The page's path below `content` when all is done.
    fn path_after(&self, page: &'a Page) -> &str {
        self.moved.get(&page.id).map_or(&page.path, String::as_str)
    }

    fn route_after(&self, page: PageId) -> String {
        route(self.path_after(self.site.page(page)))
    }

    /// Nothing may have the new addresses, nor claim them as old ones.
    fn check_free(&self) -> Result<(), Impossible> {
        let taken = |page: &&Page| !self.moved.contains_key(&page.id);
        let taken: BTreeMap<String, &Page> = self
            .site
            .pages
            .iter()
            .filter(taken)
            .map(|page| (name::folded(&page.route), page))
            .collect();
        for (id, path) in &self.moved {
            let route = route(path);
            if let Some(other) = taken.get(&name::folded(&route)) {
                let hint = match other.is_index() && *id == self.root {
                    true => format!("end the name with `/` to move the page into `{route}/`"),
                    false => "choose another name".to_owned(),
                };
                return Err(Impossible(format!(
                    "there is `content/{}` already: {hint}",
                    other.path
                )));
            }
            let claimed = self.site.redirects.find(&route);
            if let Some(other) = claimed.filter(|other| !self.moved.contains_key(other)) {
                let other = &self.site.page(other).path;
                return Err(Impossible(format!(
                    "`/{route}` is an old address of `content/{other}`: remove it from `redirect_from` there, or \
                     choose another name"
                )));
            }
        }
        Ok(())
    }

    /// Adds the old address to those that lead to the page, and takes the new one away from them.
    fn keep_address(
        &self,
        page: &Page,
        to: &str,
        changes: &mut ChangeSet<'_>,
    ) -> Result<(), Impossible> {
        let path = format!("content/{}", page.path);
        let unknown = || {
            let route = &page.route;
            Impossible(format!(
                "`redirect_from` of `{path}` has a form that is not understood: add `/{route}` to it yourself, and \
                 try again"
            ))
        };
        let limits = self.site.config.limits.yaml;
        let front = Front::of(&self.site.sources, page.source.file, limits).ok_or_else(unknown)?;
        let entries = front.items("redirect_from");
        let is = |entry: &str, route: &str| entry.trim_matches('/') == route;
        let new = route(to);
        if entries.iter().all(|entry| !is(&entry.value, &page.route)) {
            let own = entries.iter().find(|entry| is(&entry.value, &new));
            let edit = match own {
                // The page goes back to where it was once.
                Some(own) => Some(front.replace(own, &format!("/{}", page.route))),
                None => front.add("redirect_from", &[format!("/{}", page.route)]),
            };
            changes.edit(&edit.ok_or_else(unknown)?)?;
        }
        Ok(())
    }

    /// Moves what lies beside the pages of a folder and is no page, such as a README.
    fn move_others(&self, root: &Path, changes: &mut ChangeSet<'_>) -> Result<(), Impossible> {
        let page = self.site.page(self.root);
        if !page.is_folder() {
            return Ok(());
        }
        let to = self.path_after(page);
        let to = to.strip_suffix("/index.md").unwrap_or(to);
        let known = changes.texts();
        for (_, language) in self.site.config.languages() {
            let content = if language.dir.is_empty() {
                "content".to_owned()
            } else {
                format!("{}/content", language.dir)
            };
            let folder = format!("{content}/{}", page.folder());
            let files = WalkDir::new(root.join(&folder)).into_iter().filter_map(Result::ok);
            for file in files.filter(|entry| !entry.file_type().is_dir()) {
                let inside = file.path().strip_prefix(root.join(&folder));
                let Some(inside) = inside.ok().and_then(Path::to_str) else { continue };
                let inside = inside.replace('\\', "/");
                let path = format!("{folder}/{inside}");
                if !known.contains_key(&path) {
                    changes.rename(&path, &format!("{content}/{to}/{inside}"))?;
                }
            }
        }
        Ok(())
    }

    /// Learning tracks are called after their product.
    fn rename_tracks(&self, changes: &mut ChangeSet<'_>) -> Result<(), Impossible> {
        let old = &self.site.page(self.root).route;
        let new = self.route_after(self.root);
        if old.contains('/') || new.contains('/') {
            return Ok(());
        }
        let files = self.site.sources.files().map(|(_, file)| &*file.path);
        let ending = format!("data/learning-tracks/{old}.yml");
        for path in files.filter(|path| path.ends_with(&ending)) {
            let above = path.strip_suffix(&ending).unwrap_or_default();
            let is_dir =
                |dir: &str| format!("{dir}/") == above || (dir.is_empty() && above.is_empty());
            if self.site.config.languages().any(|(_, language)| is_dir(&language.dir)) {
                changes.rename(path, &format!("{above}data/learning-tracks/{new}.yml"))?;
            }
        }
        Ok(())
    }
}

/// The page that was named: by its address, or by its file.
fn find(site: &Site, named: &str) -> Result<PageId, Impossible> {
    let wanted = named.trim_start_matches("./");
    let file = wanted.strip_prefix("content/").unwrap_or(wanted).trim_matches('/');
    let by_route = || site.find_page(&route(file)).or_else(|| site.find_page(file));
    let by_address = || match site.destination(&format!("/{file}")) {
        Destination::Page { page, .. } => Some(page),
        _ => None,
    };
    let by_file = || {
        let files = |page: &&Page| {
            page.translations.values().any(|own| site.sources.file(own.file).path == wanted)
        };
        site.pages.iter().find(files).map(|page| page.id)
    };
    if file.is_empty() || matches!(wanted, "content" | "content/index.md") {
        return Err(Impossible("the home page stays where it is: name another page".to_owned()));
    }
    by_route().or_else(by_address).or_else(by_file).ok_or_else(|| {
        let routes = site.pages.iter().map(|page| &*page.route);
        let hint = match nearest(&route(file), routes) {
            Some(near) => format!("did you mean `/{near}`?"),
            None => "name its file, such as `content/a/b.md`, or its address".to_owned(),
        };
        Impossible(format!("`{named}` is no page of the site: {hint}"))
    })
}

/// The new path of a page below `content`.
fn target(site: &Site, page: &Page, to: &str) -> Result<String, Impossible> {
    let wanted = to.trim_start_matches("./");
    let inside = match wanted.strip_prefix("content/") {
        Some(inside) => inside,
        None if wanted == "content" => "/",
        None if wanted.starts_with('/') => without_variant(site, wanted),
        None if wanted.ends_with(".md") => {
            return Err(Impossible(format!(
                "`{to}` does not lie in `content`: name a file there, or an address that begins with `/`"
            )));
        }
        None => wanted,
    };
    let stem = match inside.strip_suffix('/') {
        Some(folder) => {
            let own = page.route.rsplit('/').next().unwrap_or(&page.route);
            let folder = folder.trim_matches('/');
            if folder.is_empty() { own.to_owned() } else { format!("{folder}/{own}") }
        }
        None => route(inside.trim_start_matches('/')),
    };
    if stem.is_empty() {
        return Err(Impossible(
            "there is one home page, `content/index.md`: choose a name".to_owned(),
        ));
    }
    let is_folder = page.is_folder() || (inside.ends_with("/index.md") && stem != page.route);
    Ok(if is_folder { format!("{stem}/index.md") } else { format!("{stem}.md") })
}

/// The address without language and version.
fn without_variant<'t>(site: &Site, address: &'t str) -> &'t str {
    let first = |path: &'t str| path.trim_start_matches('/').split_once('/');
    let rest = match first(address) {
        Some((code, rest)) if site.config.find_language(code).is_some() => rest,
        _ => address,
    };
    match first(rest) {
        Some((id, behind)) if site.config.versions.find(id).is_some() => behind,
        _ => rest,
    }
}

/// Whether a page can have this path.
fn check_target(site: &Site, page: &Page, path: &str) -> Result<(), Impossible> {
    let refuse = |why: String| {
        Err(Impossible(format!("no page can be `content/{path}`: {why}; choose another name")))
    };
    if let Err(why) = name::check(&format!("content/{path}")) {
        return refuse(why.to_string());
    }
    // Addresses stand in Markdown, YAML and Liquid without quotes.
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '~' | '+' | '@');
    if let Some(other) = path.chars().find(|character| !is_plain(*character)) {
        return refuse(format!("`{other}` cannot stand in an address as it is"));
    }
    if path.split('/').any(|name| name.starts_with(['.', '-'])) || path.ends_with("README.md") {
        return refuse("a name that is hidden, or that no page has".to_owned());
    }
    let first = path.split(['/', '.']).next().unwrap_or_default();
    if site.config.find_language(first).is_some()
        || path.split('/').next().is_some_and(|name| name.contains('@'))
    {
        return refuse(format!("`{first}` begins the addresses of a language or a version"));
    }
    if *path == page.path {
        return Err(Impossible(format!(
            "`content/{path}` is where the page is: choose another place"
        )));
    }
    let inside = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    if page.is_folder() && inside(page.folder()) {
        return Err(Impossible(format!(
            "`content/{}` cannot move into itself: choose a place outside of `content/{}`",
            page.path,
            page.folder()
        )));
    }
    Ok(())
}

/// The new path of each page that comes along.
fn moved(site: &Site, page: &Page, target: &str) -> BTreeMap<PageId, String> {
    let mut moved = BTreeMap::from([(page.id, target.to_owned())]);
    if let Some(to) = target.strip_suffix("index.md").filter(|_| page.is_folder()) {
        let from = format!("{}/", page.folder());
        let below = site.pages.iter().filter_map(|other| {
            Some((other.id, format!("{to}{}", other.path.strip_prefix(&from)?)))
        });
        moved.extend(below);
    }
    moved
}
