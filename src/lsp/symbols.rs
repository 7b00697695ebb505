//! Headings and keys of a document; pages and data of the site.

use lsp_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, SymbolInformation,
    SymbolKind, WorkspaceSymbolParams,
};

use super::cursor::front_matter;
use super::keys::{Key, keys};
use super::places::Lines;
use super::seen::{Asked, Fault, Seen};
use super::world::World;
use crate::source::Span;
use crate::variant::{LanguageId, Variant};

/// How many symbols of the site are told at once: nobody reads more.
const MOST: usize = 300;

/// The headings of a page or a reusable, the keys of a data file.
pub(super) fn of_document(
    asked: &Asked<'_>,
    world: &World,
    params: DocumentSymbolParams,
) -> Result<Option<DocumentSymbolResponse>, Fault> {
    let Some(seen) = Seen::new(asked, world, &params.text_document.uri) else { return Ok(None) };
    let lines = seen.lines();
    let symbols = match seen.data_key() {
        Some(key) if !seen.path.ends_with(".md") => {
            let found = keys(&key, &seen.path, &seen.text);
            found.iter().map(|key| of_key(key, &lines)).collect()
        }
        _ => headings(&seen.text, &lines),
    };
    Ok(Some(DocumentSymbolResponse::Nested(symbols)))
}

fn of_key(key: &Key, lines: &Lines<'_>) -> DocumentSymbol {
    let name = key.key.rsplit('.').next().unwrap_or(&key.key);
    let below = key.below.iter().map(|key| of_key(key, lines)).collect();
    symbol(
        name,
        SymbolKind::KEY,
        lines.range(key.all.clone()),
        lines.range(key.range.clone()),
        below,
    )
}

#[expect(deprecated, reason = "the structure has a field that nobody reads any more")]
fn symbol(
    name: &str,
    kind: SymbolKind,
    range: lsp_types::Range,
    selection_range: lsp_types::Range,
    children: Vec<DocumentSymbol>,
) -> DocumentSymbol {
    DocumentSymbol {
        name: if name.is_empty() { "-".to_owned() } else { name.to_owned() },
        detail: None,
        kind,
        tags: None,
        deprecated: None,
        range,
        selection_range,
        children: Some(children),
    }
}

/// A heading as it is written.
struct Heading<'a> {
    level: usize,
    text: &'a str,
    start: usize,
    end: usize,
}

/// The headings that begin with `#`, outside of code blocks.
fn headings(text: &str, lines: &Lines<'_>) -> Vec<DocumentSymbol> {
    let mut found: Vec<Heading<'_>> = Vec::new();
    let mut at = front_matter(text).map_or(0, |front| front.end);
    let mut fence: Option<&str> = None;
    for line in text[at..].split_inclusive('\n') {
        let content = line.trim();
        match fence {
            Some(mark) if content.starts_with(mark) => fence = None,
            Some(_) => {}
            None if content.starts_with("```") => fence = Some("```"),
            None if content.starts_with("~~~") => fence = Some("~~~"),
            None => {
                let level = content.bytes().take_while(|byte| *byte == b'#').count();
                let title = &content[level..];
                if (1..=6).contains(&level) && title.starts_with(' ') {
                    let end = at + line.trim_end().len();
                    found.push(Heading { level, text: title.trim(), start: at, end });
                }
            }
        }
        at += line.len();
    }
    nested(&found, text.len(), lines)
}

/// Each heading with those of deeper levels behind it.
fn nested(headings: &[Heading<'_>], end: usize, lines: &Lines<'_>) -> Vec<DocumentSymbol> {
    let mut symbols = Vec::new();
    let mut rest = headings;
    while let Some((first, behind)) = rest.split_first() {
        let count = behind.iter().take_while(|next| next.level > first.level).count();
        let (below, next) = behind.split_at(count);
        let end = next.first().map_or(end, |next| next.start);
        let (all, own) = (lines.range(first.start..end), lines.range(first.start..first.end));
        symbols.push(symbol(first.text, SymbolKind::STRING, all, own, nested(below, end, lines)));
        rest = next;
    }
    symbols
}

/// Pages, by title and path, and values of the data whose names have a text in them.
pub(super) fn of_workspace(
    _: &Asked<'_>,
    world: &World,
    params: WorkspaceSymbolParams,
) -> Result<Vec<SymbolInformation>, Fault> {
    let wanted = params.query.to_lowercase();
    let has = |name: &str| is_like(&name.to_lowercase(), &wanted);
    let site = world.site();
    let version = site.config.default_version;
    let variant = Variant { language: LanguageId::DEFAULT, version };
    let pages = site.pages.iter().filter_map(|page| {
        let title = world.snapshot.prepared.title(page.id, variant);
        let place = || world.location(Span::start_of(page.source.file));
        let is_one = has(title) || has(&page.path);
        is_one.then(|| Some(information(title, SymbolKind::FILE, Some(&page.path), place()?)))?
    });
    let data = site.data.values().iter().filter(|datum| has(&datum.key)).filter_map(|datum| {
        let place = world.location(Span::new(datum.source()?.text(), 0..0))?;
        Some(information(&datum.key, SymbolKind::CONSTANT, None, place))
    });
    Ok(pages.chain(data).take(MOST).collect())
}

/// Whether a name has the letters of what is wanted in their order.
fn is_like(name: &str, wanted: &str) -> bool {
    let mut letters = name.chars();
    wanted.chars().all(|wanted| letters.any(|letter| letter == wanted))
}

#[expect(deprecated, reason = "the structure has a field that nobody reads any more")]
fn information(
    name: &str,
    kind: SymbolKind,
    container: Option<&str>,
    location: Location,
) -> SymbolInformation {
    SymbolInformation {
        name: name.to_owned(),
        kind,
        tags: None,
        deprecated: None,
        location,
        container_name: container.map(str::to_owned),
    }
}
