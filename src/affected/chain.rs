//! The way from a page to what changed: through reusables that refer to others, titles of other pages, navigation.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::place;
use super::report::Step;
use crate::load::LiquidText;
use crate::model::{Changes, DatumValue, Edition, Page, PageId, Site};
use crate::render::Reads;
use crate::source::{FileId, TextId};

/// The way from a page to a text that changed, the page's own file first. Where nothing that it reads has changed, the
/// way is empty: the shape of the site is other.
pub(super) fn chain<'a>(
    site: &Site,
    page: PageId,
    changes: &Changes,
    reads: impl Iterator<Item = &'a Reads>,
) -> Vec<Step> {
    let page = site.page(page);
    let own = editions(page).find(|edition| changes.reach_file(edition.file));
    if let Some(own) = own {
        return vec![step(site, TextId::whole(own.file))];
    }
    let reads: Vec<&Reads> = reads.collect();
    let read = |text: &TextId| changes.reach([*text]);
    let own = reads.iter().flat_map(|reads| reads.own()).find(read);
    let shared = || reads.iter().flat_map(|reads| reads.texts()).find(read);
    match own.or_else(shared) {
        Some(text) => way(site, page, &|other| changes.reach([other]), text),
        None => Vec::new(),
    }
}

/// The way from a page to one of these files.
pub(super) fn to_files(
    site: &Site,
    page: PageId,
    files: &BTreeSet<FileId>,
    reads: &Reads,
) -> Vec<Step> {
    let page = site.page(page);
    let own = editions(page).find(|edition| files.contains(&edition.file));
    if let Some(own) = own {
        return vec![step(site, TextId::whole(own.file))];
    }
    let is_one = |text: TextId| files.contains(&text.file);
    let found = reads.own().find(|text| is_one(*text));
    match found.or_else(|| reads.texts().find(|text| is_one(*text))) {
        Some(text) => way(site, page, &is_one, text),
        None => Vec::new(),
    }
}

fn editions(page: &Page) -> impl Iterator<Item = &Edition> {
    std::iter::once(&page.source).chain(page.translations.values())
}

fn step(site: &Site, text: TextId) -> Step {
    let at = site.sources.locate(place(text));
    Step { file: at.path.to_owned(), line: at.line }
}

/// The shortest way through references in texts; where there is none, the text shows in a title or in the navigation.
fn way(site: &Site, page: &Page, is_goal: &dyn Fn(TextId) -> bool, read: TextId) -> Vec<Step> {
    let mut came: BTreeMap<TextId, Option<TextId>> = BTreeMap::new();
    let mut open: VecDeque<&LiquidText> = VecDeque::new();
    for edition in editions(page) {
        let front = &edition.front;
        let strings = [&front.title, &front.intro, &front.product, &front.permissions];
        for text in strings.into_iter().flatten().chain([&edition.body]) {
            came.insert(text.id, None);
            open.push_back(text);
        }
    }
    while let Some(text) = open.pop_front() {
        for next in referred(site, text) {
            if came.contains_key(&next.id) {
                continue;
            }
            came.insert(next.id, Some(text.id));
            if is_goal(next.id) {
                return back(site, &came, next.id);
            }
            open.push_back(next);
        }
    }
    vec![step(site, TextId::whole(page.source.file)), step(site, read)]
}

/// The steps from the page to `last`.
fn back(site: &Site, came: &BTreeMap<TextId, Option<TextId>>, last: TextId) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut next = Some(last);
    while let Some(text) = next {
        steps.push(step(site, text));
        next = came.get(&text).copied().flatten();
    }
    steps.reverse();
    // The first is a text of the page: its file says enough.
    if let Some(first) = steps.first_mut() {
        first.line = 1;
    }
    steps
}

/// The texts that a text refers to, in whichever language and version.
fn referred<'a>(site: &'a Site, text: &LiquidText) -> Vec<&'a LiquidText> {
    let mut found = Vec::new();
    for tag in site.source(text).tags() {
        let name = tag.arguments.split_whitespace().next().unwrap_or_default();
        match tag.name {
            "data" | "indented_data_reference" => {
                let key = name.strip_prefix("site.data.").unwrap_or(name);
                let values = site.data.find(key).into_iter().flat_map(|datum| datum.all());
                found.extend(values.filter_map(|(.., value)| match value {
                    DatumValue::Text(text) => Some(text),
                    _ => None,
                }));
            }
            "include" => found.extend(site.includes.get(name)),
            _ => {}
        }
    }
    found
}
