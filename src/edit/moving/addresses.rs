//! Addresses in texts that lead to moved pages, or from them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Moving;
use crate::diagnostic::Edit;
use crate::edit::front::Front;
use crate::edit::scan::{link_tags, links, listed};
use crate::edit::{ChangeSet, Impossible};
use crate::liquid::{MarkForm, marks};
use crate::load::split;
use crate::model::{Destination, Page, PageId, Route, Site, link_argument};
use crate::source::{FileId, SourceFile, Span, TextId};
use crate::variant::VersionId;
use crate::yaml::{self, Entry, Node, Value};

/// Adds the edits of all addresses that lead to a moved page by its own name, and of relative ones inside of it.
/// `after` is the site with the changes made so far. Addresses that name a page by an older address are left: they go on
/// leading to it.
pub fn follow(
    moving: &Moving<'_>,
    after: &Site,
    changes: &mut ChangeSet<'_>,
) -> Result<(), Impossible> {
    let targets = moving
        .moved
        .keys()
        .filter_map(|page| Some((*page, after.find_page(&moving.route_after(*page))?)));
    let way = Way { moving, before: moving.site, after, targets: targets.collect() };
    let holders = holders(moving.site);
    let leaf = leaf(&moving.site.page(moving.root).route);
    for (id, file) in moving.site.sources.files() {
        let holder = holders.get(&id).copied();
        let is_moved = holder.is_some_and(|page| moving.moved.contains_key(&page.id));
        // Whatever leads to one of the pages has this name in it.
        if is_moved || file.text.contains(leaf) {
            way.file(id, file, holder, changes)?;
        }
    }
    Ok(())
}

fn leaf(route: &str) -> &str {
    route.rsplit('/').next().unwrap_or(route)
}

/// The page that a file is an edition of.
fn holders(site: &Site) -> BTreeMap<FileId, &Page> {
    let editions = |page: &'_ Page| {
        let files = std::iter::once(&page.source).chain(page.translations.values());
        files.map(|edition| edition.file).collect::<Vec<_>>()
    };
    let each = |page| editions(page).into_iter().map(move |file| (file, page));
    site.pages.iter().flat_map(each).collect()
}

/// From a site to the one in which pages have moved.
struct Way<'a> {
    moving: &'a Moving<'a>,
    before: &'a Site,
    after: &'a Site,
    /// The moved pages, and what they are then.
    targets: BTreeMap<PageId, PageId>,
}

impl Way<'_> {
    fn file(
        &self,
        id: FileId,
        file: &SourceFile,
        holder: Option<&Page>,
        changes: &mut ChangeSet<'_>,
    ) -> Result<(), Impossible> {
        let text = &file.text;
        let is_yaml = [".yml", ".yaml", ".json"].iter().any(|ending| file.path.ends_with(ending));
        let is_input = holder.is_some()
            || file.path.contains("data/")
            || file.path.starts_with("templates/includes/");
        if !is_input {
            return Ok(());
        }
        let whole = (0..0, 0..text.len());
        let (front, body) = split(text).filter(|_| holder.is_some()).unwrap_or(whole);
        let mut found = Vec::new();
        for part in [front, body] {
            let at = |range: Range<usize>| part.start + range.start..part.start + range.end;
            found.extend(links(&text[part.clone()]).into_iter().map(at));
            self.tags(&text[part.clone()], part.start, id, holder, changes)?;
        }
        for range in found {
            self.edit(id, text, range, holder, changes)?;
        }
        let limits = self.before.config.limits.yaml;
        if holder.is_some() {
            let Some(front) = Front::of(&self.before.sources, id, limits) else { return Ok(()) };
            return self.entries(id, text, front.entries(), changes);
        }
        if is_yaml {
            let mut copy = file.clone();
            let node = yaml::parse(&mut copy, id, 0..text.len(), limits).value;
            if let Some(node) = node {
                self.node(id, text, &node, changes)?;
                self.order(id, &copy, &node, changes)?;
            }
        }
        Ok(())
    }

    /// The lists of front matter that name pages. `children` are named otherwise, and old addresses stay.
    fn entries(
        &self,
        id: FileId,
        text: &str,
        entries: &[Entry],
        changes: &mut ChangeSet<'_>,
    ) -> Result<(), Impossible> {
        let named = |entry: &&Entry| !matches!(&*entry.key, "redirect_from" | "children");
        for entry in entries.iter().filter(named) {
            self.node(id, text, &entry.value, changes)?;
        }
        Ok(())
    }

    fn node(
        &self,
        id: FileId,
        text: &str,
        node: &Node,
        changes: &mut ChangeSet<'_>,
    ) -> Result<(), Impossible> {
        match &node.value {
            Value::Scalar(_) => {
                let span = node.span.range();
                let addresses = listed(&text[span.clone()]);
                let is_address =
                    |range: &Range<usize>| text[span.start + range.start..].starts_with('/');
                if addresses.iter().all(is_address) {
                    for range in addresses {
                        let range = span.start + range.start..span.start + range.end;
                        self.edit(id, text, range, None, changes)?;
                    }
                }
                Ok(())
            }
            Value::List(nodes) => {
                nodes.iter().try_for_each(|node| self.node(id, text, node, changes))
            }
            Value::Map(entries) => {
                entries.iter().try_for_each(|entry| self.node(id, text, &entry.value, changes))
            }
            Value::Null => Ok(()),
        }
    }

    /// The order of products, which names them without a slash.
    fn order(
        &self,
        id: FileId,
        file: &SourceFile,
        node: &Node,
        changes: &mut ChangeSet<'_>,
    ) -> Result<(), Impossible> {
        let list = node.get("productsInOrder").filter(|_| file.path.ends_with("data/products.yml"));
        let Some(Value::List(items)) = list.map(|node| &node.value) else { return Ok(()) };
        for item in items {
            let Value::Scalar(scalar) = item.value else { continue };
            let page = self.before.find_page(file.text(scalar.text.index));
            let Some(page) = page.filter(|page| self.moving.moved.contains_key(page)) else {
                continue;
            };
            let bytes = item.span.range();
            let quote = usize::from(file.text[bytes.clone()].starts_with(['\'', '"']));
            let span = Span::new(TextId::whole(id), bytes.start + quote..bytes.end - quote);
            changes.edit(&Edit { span, text: self.moving.route_after(page) })?;
        }
        Ok(())
    }

    /// Link tags of a part of a file that begins at `start`.
    fn tags(
        &self,
        text: &str,
        start: usize,
        id: FileId,
        holder: Option<&Page>,
        changes: &mut ChangeSet<'_>,
    ) -> Result<(), Impossible> {
        let old = holder.map_or("", Page::folder);
        let new =
            holder.map_or("", |page| folder(self.moving.path_after(self.before.page(page.id))));
        for tag in link_tags(text) {
            let argument = &text[tag.argument.clone()];
            let is_full = argument.trim_end_matches('/').matches('/').count() > 1;
            // In a reusable a short one depends on the page that includes it.
            let page = self.before.find_page(&link_argument(argument, old));
            let Some(page) = page.filter(|_| is_full || holder.is_some()) else { continue };
            let route = self.moving.route_after(page);
            if link_argument(argument, new) == route {
                continue;
            }
            let short = route.strip_prefix(new).map(|rest| rest.trim_start_matches('/'));
            let short = short.filter(|short| !is_full && !short.contains('/'));
            let written = format!("/{}", short.unwrap_or(&route));
            if link_argument(&written, new) == route {
                let range = start + tag.argument.start..start + tag.argument.end;
                let span = Span::new(TextId::whole(id), range);
                // The tag may be gone with its line.
                let _ = changes.edit(&Edit { span, text: written });
            }
        }
        Ok(())
    }

    /// Corrects one address, if it leads to a moved page or stands in one.
    fn edit(
        &self,
        id: FileId,
        text: &str,
        range: Range<usize>,
        holder: Option<&Page>,
        changes: &mut ChangeSet<'_>,
    ) -> Result<(), Impossible> {
        let address = &text[range.clone()];
        let path = &address[..suffix(address)];
        let new = match path.starts_with('/') {
            true => self.absolute(path),
            false => holder.and_then(|holder| self.relative(path, holder)),
        };
        let Some(new) = new.filter(|new| new != path) else { return Ok(()) };
        let span = Span::new(TextId::whole(id), range.start..range.start + path.len());
        changes.edit(&Edit { span, text: new })?;
        Ok(())
    }

    /// The new form of an address from the top.
    fn absolute(&self, path: &str) -> Option<String> {
        let samples = self.samples(path)?;
        let leads = |sample: &String| self.leads(self.before, sample);
        let places: Option<Vec<(PageId, Option<VersionId>)>> = samples.iter().map(leads).collect();
        let places = places?;
        let (page, _) = *places.first()?;
        let target = *self.targets.get(&page)?;
        let is_right = |candidate: &str| {
            let samples = self.samples(candidate);
            samples.is_some_and(|samples| {
                let wanted = places.iter().map(|(_, asked)| Some((target, *asked)));
                samples.iter().map(|sample| self.leads(self.after, sample)).eq(wanted)
            })
        };
        let route = self.moving.route_after(page);
        let stem = path.trim_end_matches('/');
        let end = &path[stem.len()..];
        let old = &self.before.page(page).route;
        let exact = stem.strip_suffix(&**old).filter(|above| above.ends_with('/'));
        // Older spellings have more in them than the path of the page.
        let others = path.match_indices('/').map(|(at, _)| &path[..=at]);
        let is_outside = |above: &&str| above.matches("{{").count() == above.matches("}}").count();
        let candidates = exact.into_iter().chain(others.filter(is_outside));
        candidates.map(|above| format!("{above}{route}{end}")).find(|path| is_right(path))
    }

    /// The page that an address leads to by its own name, and the version that it asks for.
    fn leads(&self, site: &Site, address: &str) -> Option<(PageId, Option<VersionId>)> {
        match site.destination(address) {
            Destination::Page { page, asked, route: Route::Permalink } => Some((page, asked)),
            _ => None,
        }
    }

    /// What an address is in each version, where Liquid in it says no more than the version; itself, where there is none.
    fn samples(&self, path: &str) -> Option<Vec<String>> {
        if !path.contains(['{', '}']) {
            return Some(vec![path.to_owned()]);
        }
        let marks = marks(path);
        let versions = self.before.config.versions.iter();
        let sample = |(_, version): (VersionId, &crate::variant::Version)| {
            let mut sample = String::new();
            let mut at = 0;
            for mark in &marks {
                let value = match (mark.form, mark.arguments) {
                    (MarkForm::Output, "currentVersion") => &*version.id,
                    (MarkForm::Output, "currentRelease") => version.release.as_str(),
                    _ => return None,
                };
                sample.push_str(&path[at..mark.span.start]);
                sample.push_str(value);
                at = mark.span.end;
            }
            sample.push_str(&path[at..]);
            Some(sample)
        };
        versions.map(sample).collect()
    }

    /// The new form of an address that is relative to the folder of the page it stands in.
    fn relative(&self, path: &str, holder: &Page) -> Option<String> {
        let scheme = path.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('/'));
        if path.is_empty() || scheme || path.contains('{') {
            return None;
        }
        let old = holder.folder();
        let new = folder(self.moving.path_after(self.before.page(holder.id)));
        let joined = joined(old, path);
        let stem = joined.strip_suffix(".md").unwrap_or(&joined);
        let stem = stem.strip_suffix("/index").unwrap_or(stem);
        let (page, to) = match self.before.destination(&format!("/{stem}")) {
            Destination::Page { page, route: Route::Permalink, .. } => {
                let path = self.moving.path_after(self.before.page(page));
                let to = if path_is_file(&joined) {
                    path.to_owned()
                } else {
                    self.moving.route_after(page)
                };
                (Some(page), to)
            }
            Destination::Nowhere => return None,
            _ => (None, joined.clone()),
        };
        let is_moved = page.is_some_and(|page| self.moving.moved.contains_key(&page));
        if old == new && !is_moved {
            return None;
        }
        if let Some(page) = page.filter(|_| old == new)
            && let Some(path) = self.in_place(path, page)
        {
            return Some(path);
        }
        let slash = if path.ends_with('/') { "/" } else { "" };
        let relative = format!("{}{slash}", between(new, &to));
        let dotted = path.starts_with("./") && !relative.starts_with('.');
        Some(if dotted { format!("./{relative}") } else { relative })
    }
}

impl Way<'_> {
    /// A relative address of a page that has another name now in the same folder.
    fn in_place(&self, path: &str, page: PageId) -> Option<String> {
        let before = &self.before.page(page).route;
        let after = self.moving.route_after(page);
        let same_folder = folder(before) == folder(&after);
        let stem = path.strip_suffix(".md").unwrap_or(path);
        let above = stem.strip_suffix(leaf(before)).filter(|_| same_folder)?;
        let is_whole = above.is_empty() || above.ends_with('/');
        is_whole.then(|| format!("{above}{}{}", leaf(&after), &path[stem.len()..]))
    }
}

/// Where query or fragment of an address begin.
fn suffix(address: &str) -> usize {
    address.find(['?', '#']).unwrap_or(address.len())
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn path_is_file(path: &str) -> bool {
    path.ends_with(".md")
}

/// A path from a folder, as one from the top.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The way from a folder to a path.
fn between(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let shared = shared.min(to.len().saturating_sub(1));
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::{between, joined};

    #[test]
    fn the_way_between_two_places_leads_there() {
        let check = |folder: &str, path: &str, expected: &str| {
            assert_eq!(between(folder, path), expected);
            assert_eq!(joined(folder, expected), path);
        };
        check("a/b", "a/b/c", "c");
        check("a/b", "a/c", "../c");
        check("a/b", "a/b", "../b");
        check("a", "b/c.md", "../b/c.md");
        check("", "a/b", "a/b");
    }
}
