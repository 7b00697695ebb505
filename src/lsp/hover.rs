//! What is said about what the cursor stands on.

use std::fmt::Write;
use std::ops::Range;

use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use super::completion::ids;
use super::cursor::{front_matter, parents};
use super::seen::{Asked, Fault, Seen};
use super::world::World;
use crate::discover::Role;
use crate::liquid::{Mark, MarkForm, marks};
use crate::load::FRONT_KEYS;
use crate::model::{Datum, PageId, Site};
use crate::references::{Target, said};
use crate::variant::{LanguageId, Variant, VersionSet};

/// How much of a value is shown, in characters.
const LONGEST_VALUE: usize = 1_500;

/// What is said about what stands at a place.
pub(super) fn hover(
    asked: &Asked<'_>,
    world: &World,
    params: HoverParams,
) -> Result<Option<Hover>, Fault> {
    let at = params.text_document_position_params;
    let Some(seen) = Seen::new(asked, world, &at.text_document.uri) else { return Ok(None) };
    let offset = seen.offset(at.position);
    let found = of_target(&seen, offset)
        .or_else(|| of_condition(&seen, offset))
        .or_else(|| of_front_matter(&seen, offset));
    Ok(found.map(|(value, range)| Hover {
        contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value }),
        range: Some(seen.lines().range(range)),
    }))
}

/// What is said, and the bytes that it is about.
type Words = (String, Range<usize>);

fn of_target(seen: &Seen<'_>, offset: usize) -> Option<Words> {
    let (target, range) = seen.target(offset)?;
    let world = seen.world;
    let site = world.site();
    let text = match &target {
        Target::Data(key) => match site.data.find(key) {
            Some(datum) => value_of(world, datum),
            None if site.data.branch(key).is_some() => format!("`{key}`: a list or a map"),
            None => return None,
        },
        Target::Page(page) => of_page(world, *page, seen.language()),
        Target::Feature(name) => {
            let versions = site.features.get(name).copied()?;
            format!("feature `{name}`\n\n{}", in_versions(site, versions))
        }
        Target::Include(name) => format!("include `{name}`"),
        Target::Asset(name) => match site.image_sizes.get(name) {
            Some(size) => format!("`assets/{name}`\n\n{} × {} pixels", size.width, size.height),
            None => format!("`assets/{name}`"),
        },
    };
    Some((text, range))
}

/// What a value says in each language and version, equal ones together.
pub(super) fn value_of(world: &World, datum: &Datum) -> String {
    let prepared = &world.snapshot.prepared;
    let site = prepared.site();
    let all = said(prepared, datum);
    let mut text = format!("`{}`\n", datum.key);
    let mut is_told = vec![false; all.len()];
    for at in 0..all.len() {
        if is_told[at] {
            continue;
        }
        text.push('\n');
        for (other, told) in
            all.iter().zip(&mut is_told).filter(|(one, _)| one.text == all[at].text)
        {
            *told = true;
            let mut variants: Vec<String> = Vec::new();
            for (language, versions) in other.variants.iter() {
                let code = &site.config.language(language).code;
                variants.push(format!("**{code}** {}", in_versions(site, versions)));
            }
            let default = &site.config.language(LanguageId::DEFAULT).code;
            let why = other.fallback.map(|why| format!(" *(in {default}: {})*", why.name()));
            let _ = writeln!(text, "- {}{}", variants.join(", "), why.unwrap_or_default());
        }
        let _ = writeln!(text, "\n{}", quoted(&all[at].text));
    }
    text
}

/// Versions by their ids, or that these are all.
fn in_versions(site: &Site, versions: VersionSet) -> String {
    match versions {
        VersionSet::EMPTY => "no version".to_owned(),
        all if all.contains_all(site.versions()) => "all versions".to_owned(),
        some => ids(site, some),
    }
}

/// A text as a code block, so that an editor does not render it.
fn quoted(text: &str) -> String {
    let text = text.trim();
    let cut = match text.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    };
    let mut fence = "```".to_owned();
    while cut.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}markdown\n{cut}\n{fence}")
}

/// The title of a page and where it exists.
fn of_page(world: &World, page: PageId, language: LanguageId) -> String {
    let site = world.site();
    let own = site.page(page);
    let version = site.nearest_version(page, site.config.default_version);
    let version = version.unwrap_or(site.config.default_version);
    let title = world.snapshot.prepared.title(page, Variant { language, version });
    let languages = site.config.languages().filter(|(id, _)| own.edition(*id).is_some());
    let codes: Vec<&str> = languages.map(|(_, language)| &*language.code).collect();
    format!(
        "**{title}**\n\n`content/{}`\n\n{}; written in {}",
        own.path,
        in_versions(site, own.versions),
        codes.join(", ")
    )
}

/// The versions in which a condition holds.
fn of_condition(seen: &Seen<'_>, offset: usize) -> Option<Words> {
    let all = marks(&seen.text);
    let at = all.iter().position(|mark| mark.span.start < offset && offset < mark.span.end)?;
    let mark = &all[at];
    if mark.form != MarkForm::Tag {
        return None;
    }
    let (opening, closing) = match mark.name {
        "if" | "ifversion" | "unless" => (mark.name, closing_of(mark.name)),
        "elsif" | "elseif" => {
            let block = block_around(&all[..at])?;
            // Whatever opens the block, the condition of a further part says when that holds.
            let name = if block == "unless" { "if" } else { block };
            (name, closing_of(name))
        }
        _ => return None,
    };
    let site = seen.site();
    let page = seen.page().or_else(|| site.pages.first())?;
    let text = format!("{{% {opening} {} %}}x{{% {closing} %}}", mark.arguments);
    let evaluated = seen.world.snapshot.prepared.evaluated(page, seen.language(), &text);
    let holding = evaluated.iter().filter(|(_, text)| text == "x").map(|(versions, _)| *versions);
    let versions = holding.fold(VersionSet::EMPTY, VersionSet::or);
    let text =
        format!("`{} {}`\n\nholds in {}", mark.name, mark.arguments, in_versions(site, versions));
    Some((text, mark.span.clone()))
}

fn closing_of(name: &str) -> &'static str {
    if name == "unless" { "endunless" } else { "endif" }
}

/// The name of the tag that opens the innermost block of conditions that is not closed by these marks.
fn block_around<'a>(before: &[Mark<'a>]) -> Option<&'a str> {
    let mut closed = 0_usize;
    for mark in before.iter().rev() {
        match mark.name {
            "endif" | "endunless" => closed += 1,
            "if" | "ifversion" | "unless" if closed > 0 => closed -= 1,
            "if" | "ifversion" | "unless" => return Some(mark.name),
            _ => {}
        }
    }
    None
}

/// What a key of front matter is; of `versions`, also what the page comes to.
fn of_front_matter(seen: &Seen<'_>, offset: usize) -> Option<Words> {
    if !matches!(seen.role()?, Role::Page(..)) {
        return None;
    }
    let front = front_matter(&seen.text)?;
    if !front.contains(&offset) {
        return None;
    }
    let start = seen.text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let line = seen.text[start..].lines().next().unwrap_or_default();
    let content = line.trim_start();
    let indent = line.len() - content.len();
    let around = parents(&seen.text, start, indent);
    let own = content.trim_start_matches("- ").split_once(':').map(|(key, _)| key.trim());
    let outermost = around.first().map(String::as_str).or(own)?;
    let key = FRONT_KEYS.iter().find(|key| key.name == outermost)?;
    let mut text = format!("`{}`\n\n{}", key.name, key.about);
    if key.name == "versions"
        && let Some(page) = seen.page()
    {
        let _ = write!(text, "\n\nThis page: {}", in_versions(seen.site(), page.versions));
    }
    Some((text, start + indent..start + line.trim_end().len()))
}
