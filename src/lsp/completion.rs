//! What can stand where something is being written.

use std::collections::BTreeSet;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionTextEdit, Documentation,
    MarkupContent, MarkupKind, TextEdit,
};
use rayon::prelude::*;
use serde_json::json;

use super::cursor::{Cursor, Front, Spot, at};
use super::hover::value_of;
use super::seen::{Asked, Fault, Seen};
use super::world::World;
use crate::config::{PLATFORMS, plan_names};
use crate::discover::Role;
use crate::liquid::{MarkForm, closing_tag, marks, tag_names};
use crate::load::{FRONT_KEYS, FrontKey, FrontValue, WITHOUT_EFFECT};
use crate::model::{DataId, Page, PageId, Site};
use crate::render::Prepared;
use crate::variant::{LanguageId, Plan, Variant, VersionSet};

/// How much of a value is shown beside its key, in characters.
const DETAIL: usize = 80;

/// Something that can stand at the cursor.
struct Choice {
    label: String,
    kind: CompletionItemKind,
    detail: Option<String>,
    about: Option<String>,
    /// The key of the data whose value is told when somebody asks for it.
    data: Option<String>,
}

impl Choice {
    fn new(label: impl Into<String>, kind: CompletionItemKind) -> Self {
        Self { label: label.into(), kind, detail: None, about: None, data: None }
    }

    fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

/// What can stand at a place.
pub(super) fn completion(
    asked: &Asked<'_>,
    world: &World,
    params: CompletionParams,
) -> Result<Vec<CompletionItem>, Fault> {
    let place = params.text_document_position;
    let Some(seen) = Seen::new(asked, world, &place.text_document.uri) else {
        return Ok(Vec::new());
    };
    let front = match seen.role() {
        Some(Role::Page(..)) => Front::Matter,
        Some(Role::Data(..) | Role::Include(_)) => Front::Nothing,
        _ => return Ok(Vec::new()),
    };
    let offset = seen.offset(place.position);
    let Some(cursor) = at(&seen.text, offset, front) else { return Ok(Vec::new()) };
    let range = seen.lines().range(cursor.range.clone());
    let found = choices(&seen, &cursor, offset);
    let item = |choice: Choice| CompletionItem {
        filter_text: Some(choice.label.clone()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit {
            range,
            new_text: choice.label.clone(),
        })),
        label: choice.label,
        kind: Some(choice.kind),
        detail: choice.detail,
        documentation: choice.about.map(markdown),
        data: choice.data.map(|key| json!({ "key": key })),
        ..CompletionItem::default()
    };
    Ok(found.into_iter().map(item).collect())
}

fn markdown(value: String) -> Documentation {
    Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value })
}

/// The same item with what the value says in each variant.
pub(super) fn resolve(
    _: &Asked<'_>,
    world: &World,
    mut item: CompletionItem,
) -> Result<CompletionItem, Fault> {
    let key = item.data.as_ref().and_then(|data| data["key"].as_str());
    let datum = key.and_then(|key| world.site().data.find(key));
    if let Some(datum) = datum {
        item.documentation = Some(markdown(value_of(world, datum)));
    }
    Ok(item)
}

fn choices(seen: &Seen<'_>, cursor: &Cursor, offset: usize) -> Vec<Choice> {
    let site = seen.site();
    match &cursor.spot {
        Spot::Data => data(&seen.world.snapshot.prepared, &cursor.typed),
        Spot::Include => names(site.includes.keys(), CompletionItemKind::FILE),
        Spot::Icon => {
            names(seen.world.snapshot.prepared.icon_names(), CompletionItemKind::ENUM_MEMBER)
        }
        Spot::LinkTag => addresses(seen.world, |page| link_argument_of(seen, page)),
        Spot::Tag => tags(site, &seen.text[..offset]),
        Spot::Condition => condition_words(site),
        Spot::Release(plan) => releases(site, plan),
        Spot::Address => address(seen, &cursor.typed),
        Spot::Fence => {
            let languages = seen.world.snapshot.prepared.code_languages();
            names(languages.iter(), CompletionItemKind::ENUM_MEMBER)
        }
        Spot::FrontKey(keys) => front_keys(seen, keys),
        Spot::FrontValue(keys) => front_values(seen, keys),
    }
}

fn names(names: impl Iterator<Item = impl AsRef<str>>, kind: CompletionItemKind) -> Vec<Choice> {
    names.map(|name| Choice::new(name.as_ref(), kind)).collect()
}

/// The keys of the data that begin like what is typed, up to its last dot; editors look for the rest.
fn data(prepared: &Prepared<'_>, typed: &str) -> Vec<Choice> {
    let folder = typed.rfind('.').map_or("", |at| &typed[..=at]);
    let all = prepared.site().data.values();
    let found = all.par_iter().enumerate().filter(|(_, datum)| {
        let is_known = datum.source().is_some() || datum.is_versioned();
        datum.key.starts_with(folder) && is_known && !datum.key.starts_with("features.")
    });
    found
        .map(|(number, datum)| Choice {
            data: Some(datum.key.clone()),
            detail: detail(prepared, DataId(u32::try_from(number).unwrap_or(u32::MAX))),
            ..Choice::new(&*datum.key, CompletionItemKind::CONSTANT)
        })
        .collect()
}

/// The first line of what a value says in the default variant; all of it is told when somebody asks.
fn detail(prepared: &Prepared<'_>, value: DataId) -> Option<String> {
    let site = prepared.site();
    let page = site.tree.home().map(|home| site.page(home)).or_else(|| site.pages.first())?;
    let variant = Variant { language: LanguageId::DEFAULT, version: site.config.default_version };
    let text = prepared.said(page, variant, value)?;
    let line = text.trim().lines().next().unwrap_or_default();
    Some(line.chars().take(DETAIL).collect())
}

/// The tag that closes the innermost block first, then all tags.
fn tags(site: &Site, before: &str) -> Vec<Choice> {
    let syntax = site.config.syntax();
    let mut open = Vec::new();
    for mark in marks(before).iter().filter(|mark| mark.form == MarkForm::Tag) {
        if let Some(closing) = closing_tag(mark.name, &syntax) {
            open.push(closing);
        } else if open.last().is_some_and(|closing| closing == mark.name) {
            open.pop();
        }
    }
    let closing = open.pop().into_iter();
    let middle = ["else", "elsif"].into_iter().filter(|_| !before.is_empty());
    let all: BTreeSet<&str> = tag_names(&syntax).chain(middle).collect();
    let all = all.into_iter().map(|name| Choice::new(name, CompletionItemKind::KEYWORD));
    closing.map(|name| Choice::new(name, CompletionItemKind::KEYWORD)).chain(all).collect()
}

/// Plans, features and what joins them.
fn condition_words(site: &Site) -> Vec<Choice> {
    let plans = plan_names(&site.config.versions).into_iter().map(|name| {
        let versions = site.named_versions(&name).unwrap_or_default();
        Choice::new(name, CompletionItemKind::ENUM).detail(ids(site, versions))
    });
    let features = site.features.iter().map(|(name, versions)| {
        Choice::new(name, CompletionItemKind::ENUM_MEMBER).detail(ids(site, *versions))
    });
    let words = names(["and", "or", "not", "currentVersion"].iter(), CompletionItemKind::KEYWORD);
    plans.chain(features).chain(words).collect()
}

/// Versions by their ids.
pub(super) fn ids(site: &Site, versions: VersionSet) -> String {
    let ids = versions.iter().map(|version| &*site.config.versions.get(version).id);
    ids.collect::<Vec<_>>().join(", ")
}

fn releases_of<'a>(site: &'a Site, plan: &'a Plan) -> impl Iterator<Item = &'a str> {
    let built = plan.versions.iter().map(|version| &site.config.versions.get(*version).release);
    plan.next.iter().chain(built).chain(&plan.retired).map(|release| release.as_str())
}

fn releases(site: &Site, plan: &str) -> Vec<Choice> {
    let plan = site.config.versions.find_plan(plan).filter(|plan| plan.numbered);
    let releases = plan.into_iter().flat_map(|plan| releases_of(site, plan));
    names(releases, CompletionItemKind::VALUE)
}

/// Pages with their titles, by what `name` calls them.
fn addresses(world: &World, name: impl Fn(&Page) -> Option<String>) -> Vec<Choice> {
    let site = world.site();
    let choice = |page: &Page| {
        Some(Choice::new(name(page)?, CompletionItemKind::FILE).detail(title(world, page.id)))
    };
    site.pages.iter().filter_map(choice).collect()
}

fn title(world: &World, page: PageId) -> String {
    let version = world.site().config.default_version;
    let version = world.site().nearest_version(page, version).unwrap_or(version);
    let variant = Variant { language: LanguageId::DEFAULT, version };
    world.snapshot.prepared.title(page, variant).to_owned()
}

/// How a link tag calls a page: below the folder of the page that it is on, or from the top.
fn link_argument_of(seen: &Seen<'_>, page: &Page) -> Option<String> {
    let folder = seen.page().map_or("", Page::folder);
    let below = page.route.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    Some(match below {
        Some(below) if !below.contains('/') => format!("/{below}"),
        _ => format!("/{}", page.route),
    })
}

fn address(seen: &Seen<'_>, typed: &str) -> Vec<Choice> {
    let site = seen.site();
    let wants_asset = typed.starts_with("/assets/");
    let assets = site
        .assets
        .iter()
        .map(|name| Choice::new(format!("/assets/{name}"), CompletionItemKind::FILE));
    if wants_asset {
        return assets.collect();
    }
    let mut found = addresses(seen.world, |page| Some(format!("/{}", page.route)));
    found.extend(assets);
    found
}

/// The keys of front matter that are not there yet; below `versions`, plans.
fn front_keys(seen: &Seen<'_>, keys: &[String]) -> Vec<Choice> {
    let site = seen.site();
    match keys.first().map(String::as_str) {
        None => {
            let is_there = |name: &str| seen.text.contains(&format!("\n{name}:"));
            let about = |key: &FrontKey| Choice {
                about: Some(key.about.to_owned()),
                ..Choice::new(format!("{}: ", key.name), CompletionItemKind::PROPERTY)
            };
            let read = FRONT_KEYS.iter().filter(|key| !is_there(key.name)).map(about);
            let others = WITHOUT_EFFECT.iter().filter(|name| !is_there(name));
            let others = others.map(|name| {
                Choice::new(format!("{name}: "), CompletionItemKind::PROPERTY)
                    .detail("read without effect")
            });
            read.chain(others).collect()
        }
        Some("versions") if keys.len() == 1 => {
            let plans = plan_names(&site.config.versions).into_iter();
            let plans = plans.chain(["feature".to_owned()]);
            plans
                .map(|name| Choice::new(format!("{name}: "), CompletionItemKind::PROPERTY))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn front_values(seen: &Seen<'_>, keys: &[String]) -> Vec<Choice> {
    let site = seen.site();
    let Some(outermost) = keys.first() else { return Vec::new() };
    let Some(key) = FRONT_KEYS.iter().find(|key| key.name == *outermost) else { return Vec::new() };
    match key.value {
        FrontValue::Text => Vec::new(),
        FrontValue::Flag => names(["true", "false"].iter(), CompletionItemKind::VALUE),
        FrontValue::Choice(words) => names(words.iter(), CompletionItemKind::VALUE),
        FrontValue::Word => words_of_others(site, key.name),
        FrontValue::Children => seen
            .page()
            .map_or_else(Vec::new, |index| addresses(seen.world, |page| child(index, page))),
        FrontValue::Pages => addresses(seen.world, |page| Some(format!("/{}", page.route))),
        FrontValue::Versions => ranges(site, keys.get(1).map(String::as_str)),
        FrontValue::Layout => {
            let own = site.templates.iter().filter_map(|(name, _)| name.strip_suffix(".html"));
            let own = own.filter(|name| !name.contains('/'));
            names(own.chain(["article", "release-notes"]), CompletionItemKind::FILE)
        }
        FrontValue::Platform => names(PLATFORMS.iter(), CompletionItemKind::VALUE),
        FrontValue::Tool => names(site.config.tools.iter(), CompletionItemKind::VALUE),
        FrontValue::Tracks => {
            let product = seen.page().map_or("", |page| page.route.split('/').next().unwrap_or(""));
            let tracks = site.tracks.iter().filter(|track| track.product == product);
            names(tracks.map(|track| &track.name), CompletionItemKind::VALUE)
        }
    }
}

/// How `children` of an index call a page that lies in its folder.
fn child(index: &Page, page: &Page) -> Option<String> {
    let is_below = page.id != index.id && page.folder_around() == index.folder();
    is_below.then(|| format!("/{}", page.route.rsplit('/').next().unwrap_or_default()))
}

/// The values that a key has on other pages.
fn words_of_others(site: &Site, key: &str) -> Vec<Choice> {
    let words: BTreeSet<&str> = match key {
        "type" => {
            let kinds = site.pages.iter().filter_map(|page| page.source.front.kind.as_ref());
            kinds.map(|kind| &*kind.value).collect()
        }
        _ => {
            let topics = site.pages.iter().flat_map(|page| &page.source.front.topics);
            topics.map(|topic| &*topic.value).collect()
        }
    };
    names(words.into_iter(), CompletionItemKind::VALUE)
}

/// What can stand behind `versions:`, or behind a plan below it.
fn ranges(site: &Site, plan: Option<&str>) -> Vec<Choice> {
    if plan == Some("feature") {
        return names(site.features.keys(), CompletionItemKind::ENUM_MEMBER);
    }
    let mut found = vec!["*".to_owned()];
    let plan = plan.and_then(|plan| site.config.versions.find_plan(plan));
    if let Some(plan) = plan.filter(|plan| plan.numbered) {
        for release in releases_of(site, plan) {
            found.extend([">=", ">", "<"].map(|operator| format!("{operator}{release}")));
        }
    }
    names(found.iter(), CompletionItemKind::VALUE)
}
