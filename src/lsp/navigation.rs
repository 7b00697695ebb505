//! Where something is written, who refers to it, and what can be followed in a document.

use lsp_types::{
    DocumentLink, DocumentLinkParams, GotoDefinitionParams, Location, Range, ReferenceParams, Uri,
};

use super::keys;
use super::places::{Lines, address};
use super::seen::{Asked, Fault, Seen};
use super::world::World;
use crate::discover::{Role, input};
use crate::model::file_key;
use crate::references::{Target, leaves};
use crate::source::{FileId, Span, TextId};
use crate::variant::LanguageId;

/// Where what stands at a place is written: in the language of the document first, then in the default language.
pub(super) fn definition(
    asked: &Asked<'_>,
    world: &World,
    params: GotoDefinitionParams,
) -> Result<Vec<Location>, Fault> {
    let at = params.text_document_position_params;
    let Some(seen) = Seen::new(asked, world, &at.text_document.uri) else { return Ok(Vec::new()) };
    let Some((target, _)) = seen.target(seen.offset(at.position)) else { return Ok(Vec::new()) };
    let languages = [seen.language(), LanguageId::DEFAULT];
    let languages = if languages[0].is_default() { &languages[1..] } else { &languages };
    Ok(written(world, &target, languages))
}

/// Where something is written, language after language.
fn written(world: &World, target: &Target, languages: &[LanguageId]) -> Vec<Location> {
    let site = world.site();
    match target {
        Target::Data(key) => {
            let of = |language: &LanguageId| data(world, key, *language);
            languages.iter().flat_map(of).collect()
        }
        Target::Page(page) => {
            let page = site.page(*page);
            let of = |language: &LanguageId| match language.is_default() {
                true => Some(&page.source),
                false => page.translations.get(language),
            };
            let editions = languages.iter().filter_map(of);
            editions.filter_map(|edition| world.location(Span::start_of(edition.file))).collect()
        }
        Target::Include(name) => {
            let text = site.includes.get(name).filter(|_| !site.is_built_in(name));
            text.and_then(|text| world.location(Span::start_of(text.id.file))).into_iter().collect()
        }
        Target::Feature(name) => {
            let files = ["yml", "yaml"].map(|ending| format!("data/features/{name}.{ending}"));
            let file = files.iter().find_map(|path| world.file(path));
            file.and_then(|file| world.location(Span::start_of(file))).into_iter().collect()
        }
        Target::Asset(name) => asset(world, name).into_iter().map(start_of).collect(),
    }
}

fn asset(world: &World, name: &str) -> Option<Uri> {
    address(&world.root().join("assets").join(name))
}

fn start_of(uri: Uri) -> Location {
    Location { uri, range: Range::default() }
}

/// The places of a value, or of the first of the values below a key, in a language.
fn data(world: &World, key: &str, language: LanguageId) -> Vec<Location> {
    let data = &world.site().data;
    let below = data.branch(key).map(leaves).unwrap_or_default();
    let datum = data.find(key).or_else(|| Some(data.get(*below.first()?)));
    let values = datum.into_iter().flat_map(|datum| datum.all());
    let values = values.filter(|(own, ..)| *own == language).map(|(_, _, value)| value.text());
    values.filter_map(|text| defined(world, text, key)).collect()
}

/// The place of the key that a text is the value of; of a file that is one value, its beginning.
fn defined(world: &World, text: TextId, key: &str) -> Option<Location> {
    match key_place(world, text.file, key) {
        Some(range) => world.location(Span::new(TextId::whole(text.file), range)),
        None => world.location(Span::new(text, 0..0)),
    }
}

/// The bytes of the last part of a key in a file.
pub(super) fn key_place(world: &World, file: FileId, key: &str) -> Option<std::ops::Range<usize>> {
    let site = world.site();
    let source = site.sources.file(file);
    let Role::Data(_, name) = input(&source.path, &site.config)?.role else { return None };
    keys::place(&file_key(&name, &site.config), &source.path, &source.text, key)
}

/// Who refers to what stands at a place, in all languages. In a file that is one value and where nothing else stands,
/// it is that value; in a page, it is the page.
pub(super) fn references(
    asked: &Asked<'_>,
    world: &World,
    params: ReferenceParams,
) -> Result<Vec<Location>, Fault> {
    let at = params.text_document_position;
    let Some(seen) = Seen::new(asked, world, &at.text_document.uri) else { return Ok(Vec::new()) };
    let found = seen.target(seen.offset(at.position)).map(|(target, _)| target);
    let target = found.or_else(|| match seen.page() {
        Some(page) => Some(Target::Page(page.id)),
        None => {
            seen.data_key().filter(|key| world.site().data.find(key).is_some()).map(Target::Data)
        }
    });
    let Some(target) = target else { return Ok(Vec::new()) };
    let mut found: Vec<Location> = match params.context.include_declaration {
        true => written(world, &target, &world.site().languages().collect::<Vec<_>>()),
        false => Vec::new(),
    };
    let references = world.references().to(&target);
    found.extend(world.locations(references.iter().map(|reference| reference.span)));
    Ok(found)
}

/// Every name in a document that can be followed to a file.
pub(super) fn links(
    asked: &Asked<'_>,
    world: &World,
    params: DocumentLinkParams,
) -> Result<Vec<DocumentLink>, Fault> {
    let seen = Seen::new(asked, world, &params.text_document.uri);
    let Some((seen, file)) =
        seen.and_then(|seen| Some((seen.file?, seen)).map(|(file, seen)| (seen, file)))
    else {
        return Ok(Vec::new());
    };
    let site = world.site();
    let text = &site.sources.file(file).text;
    let lines = Lines::new(text, world.encoding);
    let mut found: Vec<DocumentLink> = Vec::new();
    let languages = [seen.language(), LanguageId::DEFAULT];
    for reference in world.references().within(file) {
        let is_followed =
            matches!(reference.target, Target::Page(_) | Target::Asset(_) | Target::Include(_));
        let range = lines.range(site.sources.locate(reference.span).bytes);
        // What is computed can lead to several places: the editor asks which by going to the definition.
        if !is_followed || found.iter().any(|link| link.range == range) {
            continue;
        }
        let target = written(world, &reference.target, &languages).into_iter().next();
        found.extend(target.map(|target| DocumentLink {
            range,
            target: Some(target.uri),
            tooltip: None,
            data: None,
        }));
    }
    Ok(found)
}
