//! Lists of pages: `children`, and the link tags of index pages. What moves to another folder changes lists.

use std::ops::Range;

use super::Moving;
use crate::diagnostic::Edit;
use crate::edit::front::{Front, line};
use crate::edit::scan::link_tags;
use crate::edit::{ChangeSet, Impossible};
use crate::load::split;
use crate::model::{Edition, Kind, Page, PageId, link_argument, route};
use crate::source::{FileId, Span, TextId};

/// Has every list of pages name the moved ones.
pub(super) fn lists(
    moving: &mut Moving<'_>,
    changes: &mut ChangeSet<'_>,
) -> Result<(), Impossible> {
    let site = moving.site;
    let index = index_after(moving);
    let was_listed = site
        .tree
        .parent(moving.root)
        .is_some_and(|parent| site.tree.children(parent).contains(&moving.root));
    for page in site.pages.iter().filter(|page| page.is_index()) {
        // In the index of its new folder the page is listed where it was, or added.
        let is_index = index == Some(page.id);
        for edition in editions(page) {
            let listed = children(moving, page, edition, is_index, changes)?;
            let tagged = !is_index && remove_tags(moving, page, edition, changes)?;
            if is_index && was_listed && !listed && !tagged {
                add(moving, page, edition, changes)?;
            }
        }
    }
    Ok(())
}

fn editions(page: &Page) -> impl Iterator<Item = &Edition> {
    std::iter::once(&page.source).chain(page.translations.values())
}

/// The index of the folder that the page comes to, or of the nearest around it.
fn index_after(moving: &Moving<'_>) -> Option<PageId> {
    let path = moving.path_after(moving.site.page(moving.root));
    let mut folder = route(path);
    while !folder.is_empty() {
        folder.truncate(folder.rfind('/').unwrap_or(0));
        let found = moving.site.find_page(&folder);
        if let Some(found) = found.filter(|page| !moving.moved.contains_key(page)) {
            return Some(found);
        }
    }
    None
}

/// Corrects `children` of an index; says whether the moved page is among them.
fn children(
    moving: &mut Moving<'_>,
    page: &Page,
    edition: &Edition,
    is_index: bool,
    changes: &mut ChangeSet<'_>,
) -> Result<bool, Impossible> {
    let site = moving.site;
    let limits = site.config.limits.yaml;
    if page.source.front.children.is_empty() {
        return Ok(false);
    }
    let Some(front) = Front::of(&site.sources, edition.file, limits) else { return Ok(false) };
    let folder = folder(moving.path_after(site.page(page.id))).to_owned();
    let mut is_listed = false;
    for item in front.items("children") {
        let Some(child) = site.find_child(page, &item.value) else { continue };
        let is_root = child == moving.root;
        if is_root && !is_index {
            match front.remove("children", &item.value) {
                Some(edit) => changes.edit(&edit)?,
                None => moving.notes.push(format!(
                    "remove `{}` from `children` of `content/{}`: the list has a form that is not understood",
                    item.value, page.path
                )),
            }
            continue;
        }
        is_listed |= is_root;
        let new = moving.route_after(child);
        let is_from_top = item.value.trim_matches('/') == site.page(child).route;
        let entry = entry(&folder, &new, is_from_top);
        let slash = if item.value.starts_with('/') { "/" } else { "" };
        let entry = format!("{slash}{entry}");
        if entry.trim_end_matches('/') != item.value.trim_end_matches('/') {
            changes.edit(&front.replace(&item, &entry))?;
        }
    }
    Ok(is_listed)
}

/// How an index in `folder` names a page.
fn entry(folder: &str, route: &str, is_from_top: bool) -> String {
    if is_from_top && route.contains('/') {
        return route.to_owned();
    }
    below(folder, route).unwrap_or(route).to_owned()
}

/// The path of a route below a folder.
fn below<'r>(folder: &str, route: &'r str) -> Option<&'r str> {
    match folder {
        "" => Some(route),
        folder => route.strip_prefix(folder)?.strip_prefix('/'),
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Removes the tags that list the moved page in an index of another folder; each has to have a line of its own.
fn remove_tags(
    moving: &mut Moving<'_>,
    page: &Page,
    edition: &Edition,
    changes: &mut ChangeSet<'_>,
) -> Result<bool, Impossible> {
    let site = moving.site;
    let root = site.page(moving.root);
    // Elsewhere a tag is only a link, and follows the page. What is moved along goes on listing it.
    if moving.moved.contains_key(&page.id) || below(page.folder(), &root.route).is_none() {
        return Ok(false);
    }
    let text = &site.sources.file(edition.file).text;
    let body = split(text).map_or(0, |(_, body)| body.start);
    let mut is_removed = false;
    for tag in link_tags(&text[body..]) {
        let argument = &text[body..][tag.argument];
        let span = body + tag.span.start..body + tag.span.end;
        let own = line(text, span.start);
        let is_alone = text[own.clone()].trim() == &text[span];
        if link_argument(argument, page.folder()) != root.route {
            continue;
        }
        if is_alone {
            changes.edit(&edit(edition.file, own, String::new()))?;
            is_removed = true;
        } else {
            let path = &site.sources.file(edition.file).path;
            moving.notes.push(format!(
                "`{path}` goes on listing the page: its tag shares a line with others"
            ));
        }
    }
    Ok(is_removed)
}

/// Adds the moved page to the list of an index, if that has one.
fn add(
    moving: &mut Moving<'_>,
    page: &Page,
    edition: &Edition,
    changes: &mut ChangeSet<'_>,
) -> Result<(), Impossible> {
    let site = moving.site;
    let new = moving.route_after(moving.root);
    if !page.source.front.children.is_empty() {
        let front = Front::of(&site.sources, edition.file, site.config.limits.yaml);
        let entry = format!("/{}", entry(page.folder(), &new, false));
        let is_there = |front: &Front| front.items("children").is_empty();
        let Some(front) = front.filter(|front| !is_there(front)) else { return Ok(()) };
        match front.add("children", std::slice::from_ref(&entry)) {
            Some(edit) => changes.edit(&edit)?,
            None => moving.notes.push(format!(
                "add `{entry}` to `children` of `content/{}`: the list has a form that is not understood",
                page.path
            )),
        }
        return Ok(());
    }
    add_tag(moving, page, edition, &new, changes)
}

/// Adds a tag behind the last one that lists a page, unless one lists the page already.
fn add_tag(
    moving: &Moving<'_>,
    page: &Page,
    edition: &Edition,
    new: &str,
    changes: &mut ChangeSet<'_>,
) -> Result<(), Impossible> {
    let root = moving.site.page(moving.root);
    let text = &moving.site.sources.file(edition.file).text;
    let start = split(text).map_or(0, |(_, body)| body.start);
    let body = &text[start..];
    let tags = link_tags(body);
    let lists_it = |argument: &Range<usize>| {
        link_argument(&body[argument.clone()], page.folder()) == root.route
    };
    let last = tags.iter().rev().find(|tag| {
        let own = line(body, tag.span.start);
        body[own].trim() == &body[tag.span.clone()]
    });
    let Some(last) = last.filter(|_| !tags.iter().any(|tag| lists_it(&tag.argument))) else {
        return Ok(());
    };
    let argument = match below(page.folder(), new) {
        Some(name) if !name.contains('/') => name,
        _ => new,
    };
    let name = match (root.kind, last.name) {
        (Kind::MapTopic, "link_in_list") => "topic_link_in_list",
        (Kind::Article, "topic_link_in_list") => "link_in_list",
        (_, name) => name,
    };
    let own = line(body, last.span.start);
    let indent = &body[own.start..last.span.start];
    let newline = if body[own.clone()].ends_with('\n') { "" } else { "\n" };
    let added = format!("{newline}{indent}{{% {name} /{argument} %}}\n");
    let at = start + own.end;
    changes.edit(&edit(edition.file, at..at, added))?;
    Ok(())
}

fn edit(file: FileId, range: Range<usize>, text: String) -> Edit {
    Edit { span: Span::new(TextId::whole(file), range), text }
}
