//! What is said about a page besides the page: what it reads, what is wrong with it, where its blocks come from.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::api::{
    self, Choice, OldAddress, Origin, Origins, PageInfo, Place, Problem, Read, ReadKind,
};
use super::shown::Shown;
use super::snapshot::{Snapshot, editions};
use crate::config::Config;
use crate::diagnostic::{self, Diagnostic, visible};
use crate::liquid::Expansion;
use crate::load::LiquidText;
use crate::markdown::Block;
use crate::model::{DatumValue, Page, PageId, Site};
use crate::source::{FileId, Sources, Span, TextId};
use crate::variant::{LanguageId, Variant, VersionId};

/// Letters that stand in the address of an editor as they are.
const IN_PATHS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// How places are opened in an editor.
#[derive(Clone, Debug)]
pub struct Editor {
    /// The address, with `{file}`, `{line}` and `{column}`; none where places are only named.
    pub address: Option<String>,
    /// The site's folder, from the root of the file system.
    pub root: String,
}

impl Editor {
    /// The address that opens a place.
    pub(super) fn open(&self, file: &str, line: usize, column: usize) -> Option<String> {
        let path = format!("{}/{file}", self.root.trim_end_matches('/'));
        let path = utf8_percent_encode(&path, IN_PATHS).to_string();
        let address = self.address.as_ref()?;
        let address = address.replace("{file}", &path).replace("{line}", &line.to_string());
        Some(address.replace("{column}", &column.to_string()))
    }

    /// A place of the site.
    pub(super) fn place(&self, sources: &Sources, span: Span) -> Place {
        let at = sources.locate(span);
        Place {
            file: visible(at.path),
            line: at.line,
            column: at.column,
            edit: self.open(at.path, at.line, at.column),
        }
    }

    /// A fault of the machine, which has no place in a file.
    pub(super) fn trouble(&self, why: &str) -> Problem {
        Problem {
            code: "unreadable".to_owned(),
            severity: "error".to_owned(),
            message: visible(why),
            place: Place { file: String::new(), line: 0, column: 0, edit: None },
            excerpt: None,
            trace: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// A finding for people.
    pub fn problem(&self, sources: &Sources, finding: &Diagnostic) -> Problem {
        let text = &sources.file(finding.span.text.file).text;
        let excerpt = diagnostic::Excerpt::of(text, sources.locate(finding.span).bytes);
        let excerpt = excerpt.map(|excerpt| {
            let (before, rest) = excerpt.line.split_at(excerpt.mark.start);
            let (marked, after) = rest.split_at(excerpt.mark.len());
            let [before, marked, after] = [before, marked, after].map(str::to_owned);
            api::Excerpt { before, marked, after }
        });
        Problem {
            code: finding.code.name.to_owned(),
            severity: finding.severity.name().to_owned(),
            message: visible(&finding.message),
            place: self.place(sources, finding.span),
            excerpt,
            trace: finding.trace.iter().map(|span| self.place(sources, *span)).collect(),
            hints: finding.hints.iter().map(|hint| visible(hint)).collect(),
        }
    }
}

/// A page as a browser has it.
pub(super) struct Seen<'a> {
    /// The page as it is now.
    pub(super) now: &'a Shown,
    /// The name of what the browser has.
    pub(super) token: String,
    /// What keeps the site from being shown as it is now.
    pub(super) trouble: &'a [Problem],
    /// Whether findings are laid over the page.
    pub(super) overlay: bool,
    /// Whether the browser has the last good page instead.
    pub(super) is_last_good: bool,
}

/// What the bar shows of a page.
pub(super) fn page_info(snapshot: &Snapshot, editor: &Editor, seen: Seen<'_>) -> PageInfo {
    let shown = seen.now;
    let (id, variant) = (shown.page, shown.variant);
    let prepared = &snapshot.prepared;
    let site = prepared.site();
    let page = site.page(id);
    let written_in = snapshot.bodies(id, variant.language).written_in(variant);
    let written_in = written_in.unwrap_or(LanguageId::DEFAULT);
    let edition = page.edition(written_in).unwrap_or(&page.source);
    let file = Span::start_of(edition.file);
    let problem =
        |finding: &diagnostic::Finding| editor.problem(&site.sources, &finding.diagnostic);
    let findings = shown.findings.iter().map(problem);
    PageInfo {
        token: seen.token,
        file: editor.place(&site.sources, file),
        versions: versions(snapshot, id, variant),
        languages: languages(snapshot, id, variant),
        fallback: (written_in != variant.language).then(|| fallback(page, variant.language)),
        reads: reads(site, editor, page, variant.language, shown),
        redirects: redirects(site, editor, id, variant),
        findings: seen.trouble.iter().cloned().chain(findings).collect(),
        overlay: seen.overlay,
        is_last_good: seen.is_last_good,
    }
}

/// Why the text of a page is in the default language.
pub(super) fn fallback(page: &Page, language: LanguageId) -> String {
    let reason = match page.translations.get(&language) {
        None => "missing",
        Some(_) => "damaged",
    };
    reason.to_owned()
}

fn versions(snapshot: &Snapshot, id: PageId, variant: Variant) -> Vec<Choice> {
    let prepared = &snapshot.prepared;
    let site = prepared.site();
    let choice = |version: VersionId| {
        let settings = site.config.versions.get(version);
        Some(Choice {
            id: settings.id.clone(),
            title: settings.title.clone(),
            tag: None,
            href: prepared.nearest_href(id, Variant { version, ..variant })?,
            is_current: version == variant.version,
            exists: site.page(id).versions.contains(version),
        })
    };
    prepared.versions().iter().filter_map(choice).collect()
}

fn languages(snapshot: &Snapshot, id: PageId, variant: Variant) -> Vec<Choice> {
    let prepared = &snapshot.prepared;
    let site = prepared.site();
    let choice = |language: &LanguageId| {
        let settings = site.config.language(*language);
        let variant_of = Variant { language: *language, ..variant };
        Some(Choice {
            id: settings.code.clone(),
            title: settings.native_name.clone(),
            tag: Some(settings.tag.clone()),
            href: prepared.nearest_href(id, variant_of)?,
            is_current: *language == variant.language,
            exists: site.page(id).edition(*language).is_some(),
        })
    };
    prepared.languages().iter().filter_map(choice).collect()
}

/// What a page reads besides its own files: values of the data, includes, titles and leads of other pages.
fn reads(
    site: &Site,
    editor: &Editor,
    page: &Page,
    language: LanguageId,
    shown: &Shown,
) -> Vec<Read> {
    let own: Vec<_> = editions(page, language).map(|edition| edition.file).collect();
    let texts: BTreeSet<TextId> =
        shown.reads.own().filter(|text| !own.contains(&text.file)).collect();
    let mut found: BTreeMap<(ReadKind, String), Read> = BTreeMap::new();
    let mut add = |kind: ReadKind, name: &str, text: TextId| {
        let place = editor.place(&site.sources, Span::new(text, 0..0));
        let read = Read { kind, name: visible(name), place };
        found.entry((kind, name.to_owned())).or_insert(read);
    };
    for datum in site.data.values() {
        let read = datum.all().map(|(.., value)| value.text()).find(|text| texts.contains(text));
        if let Some(text) = read {
            add(kind_of(&datum.key), &datum.key, text);
        }
    }
    for (name, text) in site.includes.iter().filter(|(_, text)| texts.contains(&text.id)) {
        add(ReadKind::Include, name, text.id);
    }
    let files: BTreeSet<_> = texts.iter().map(|text| text.file).collect();
    for other in &site.pages {
        let edition = editions(other, language).find(|edition| files.contains(&edition.file));
        if let Some(edition) = edition {
            add(ReadKind::Page, &other.path, TextId::whole(edition.file));
        }
    }
    found.into_values().collect()
}

fn kind_of(key: &str) -> ReadKind {
    match key.split('.').next() {
        Some("reusables") => ReadKind::Reusable,
        Some("variables") => ReadKind::Variable,
        Some("ui") => ReadKind::Interface,
        _ => ReadKind::Data,
    }
}

fn redirects(site: &Site, editor: &Editor, id: PageId, variant: Variant) -> Vec<OldAddress> {
    // An entry leads here by several addresses, with and without language and version: the shortest stands for all.
    let mut entries: BTreeMap<Span, &str> = BTreeMap::new();
    for from in site.redirects.leading_to(id, variant) {
        let Some(to) = site.redirects.get(from) else { continue };
        let known = entries.entry(to.span).or_insert(from);
        if from.len() < known.len() {
            *known = from;
        }
    }
    let old = |(span, from): (Span, &str)| OldAddress {
        from: from.to_owned(),
        place: editor.place(&site.sources, span),
    };
    entries.into_iter().map(old).collect()
}

/// Where the blocks of a page come from.
pub(super) fn origins(
    snapshot: &Snapshot,
    editor: &Editor,
    id: PageId,
    variant: Variant,
) -> Origins {
    let bodies = snapshot.bodies(id, variant.language);
    let Some((expansion, body)) = bodies.shown(variant) else {
        return Origins { blocks: Vec::new() };
    };
    let site = snapshot.prepared.site();
    let tracer = Tracer::new(site, editor, id, expansion);
    Origins { blocks: body.blocks.iter().map(|block| tracer.origin(block)).collect() }
}

/// Finds where text was written, and what stands around it there.
pub(super) struct Tracer<'a> {
    site: &'a Site,
    editor: &'a Editor,
    expansion: &'a Expansion,
    /// The texts that the expansion was made from.
    texts: HashMap<TextId, &'a LiquidText>,
}

impl<'a> Tracer<'a> {
    pub(super) fn new(
        site: &'a Site,
        editor: &'a Editor,
        id: PageId,
        expansion: &'a Expansion,
    ) -> Self {
        let page = site.page(id);
        let bodies = std::iter::once(&page.source).chain(page.translations.values());
        let own = bodies.map(|edition| &edition.body);
        let needed: BTreeSet<TextId> = expansion.reads.iter().copied().collect();
        let values = site.data.values().iter().flat_map(|datum| datum.all());
        let data = values.filter_map(|(.., value)| match value {
            DatumValue::Text(text) if needed.contains(&text.id) => Some(text),
            _ => None,
        });
        let includes = site.includes.values().filter(|text| needed.contains(&text.id));
        let texts = own.chain(data).chain(includes).map(|text| (text.id, text)).collect();
        Self { site, editor, expansion, texts }
    }

    fn origin(&self, block: &Block) -> Origin {
        let at = self.written(block);
        // A text without any bytes has no blocks.
        let nowhere = (Span::start_of(FileId(0)), Vec::new());
        let (span, trace) = self.expansion.origin(at).unwrap_or(nowhere);
        let sources = &self.site.sources;
        let language = self.site.language_of(span.text.file);
        Origin {
            place: self.editor.place(sources, span),
            trace: trace.iter().map(|span| self.editor.place(sources, *span)).collect(),
            language: self.site.config.language(language).code.clone(),
            conditions: self.conditions(span, &trace),
        }
    }

    /// The first bytes of a block that say anything: blanks before it may come from elsewhere.
    fn written(&self, block: &Block) -> std::ops::Range<usize> {
        let (start, end) = (block.at.start as usize, block.at.end as usize);
        let text = self.expansion.text.get(start..end).unwrap_or_default();
        let blanks = text.len() - text.trim_start_matches([' ', '\n', '\t', '>', '#']).len();
        let start = start + blanks.min(text.len().saturating_sub(1));
        start..start
    }

    /// The conditions around a place and around the inclusions that led there, outermost first.
    fn conditions(&self, span: Span, trace: &[Span]) -> Vec<api::Condition> {
        let places = trace.iter().chain([&span]);
        places.flat_map(|place| self.around(*place)).collect()
    }

    fn around(&self, place: Span) -> Vec<api::Condition> {
        let Some(text) = self.texts.get(&place.text) else { return Vec::new() };
        let source = self.site.source(text);
        let found = source.surroundings(place.start as usize).into_iter();
        let condition = |found: crate::liquid::Surrounding| api::Condition {
            text: visible(&found.words(source.text)),
            place: self.editor.place(&self.site.sources, found.tag),
        };
        found.map(condition).collect()
    }
}

/// The variant that `?compare=` names: a language, a version, or both with a slash between.
pub(super) fn variant_called(config: &Config, from: Variant, name: &str) -> Option<Variant> {
    if let Some((code, id)) = name.split_once('/') {
        let language = config.find_language(code)?;
        return Some(Variant { language, version: config.versions.find(id)? });
    }
    let language = config.find_language(name).map(|language| Variant { language, ..from });
    language.or_else(|| Some(Variant { version: config.versions.find(name)?, ..from }))
}
