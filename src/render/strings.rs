//! The short strings of all pages (titles, leads, notes), rendered once before any body, as other pages show them.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Context;
use super::host::PageHost;
use super::slots::{self, Titles};
use super::trust::{guard, trusted};
use crate::diagnostic::{Checked, Diagnostic, isolated};
use crate::liquid::{Expansion, collate};
use crate::load::LiquidText;
use crate::markdown::{self, Body, Guard, Markup, Options, Paragraph};
use crate::model::{Changes, Edition, Page, PageId};
use crate::source::{FileId, TextId};
use crate::variant::{LanguageId, VersionId, VersionSet};

/// Which string of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageString {
    Title,
    ShortTitle,
    Intro,
    Product,
    Permissions,
}

/// All of them, in the order in which they are kept.
pub(super) const ALL: [PageString; 5] = [
    PageString::Title,
    PageString::ShortTitle,
    PageString::Intro,
    PageString::Product,
    PageString::Permissions,
];

/// What can be read of other pages: nothing while their strings are made, all strings afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Strings,
    Bodies,
}

/// The strings of all pages.
#[derive(Debug, Default)]
pub(super) struct Strings {
    /// By page.
    rows: Vec<Arc<Row>>,
}

/// The strings of a page.
#[derive(Debug)]
struct Row {
    /// What they were made from, besides what was read: the versions of the page, and its files by language.
    versions: VersionSet,
    files: Vec<(LanguageId, FileId)>,
    /// All of them for each language.
    collated: Vec<Collated>,
    diagnostics: Vec<Diagnostic>,
}

impl Row {
    /// Whether the row would be the same if it were made for this page now.
    fn holds(&self, page: &Page, changes: &Changes) -> bool {
        let reads = self.collated.iter().flat_map(Collated::reads);
        self.versions == page.versions
            && self.files.iter().copied().eq(files(page))
            && !changes.reach(reads)
    }
}

fn files(page: &Page) -> impl Iterator<Item = (LanguageId, FileId)> {
    let source = std::iter::once((LanguageId::DEFAULT, page.source.file));
    source.chain(page.translations.iter().map(|(language, edition)| (*language, edition.file)))
}

/// One string of a page in one language: a part for each set of versions that cannot tell themselves apart.
#[derive(Debug, Default)]
pub(super) struct Collated {
    parts: Vec<Part>,
}

/// A string as some versions show it.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The versions.
    pub(super) versions: VersionSet,
    /// The language that the string is written in.
    pub(super) language: LanguageId,
    /// The HTML with slots.
    pub(super) body: Body,
    /// The HTML with addresses as they are written.
    pub(super) html: String,
    /// The plain text.
    pub(super) plain: String,
    /// What was read for it.
    pub(super) reads: Vec<TextId>,
    /// The text after Liquid, for the places of links.
    pub(super) expansion: Expansion,
}

impl Default for LanguageId {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Strings {
    /// One string of a page in a language.
    pub(super) fn get(&self, page: PageId, language: LanguageId, which: PageString) -> &Collated {
        let column = ALL.iter().position(|string| *string == which).unwrap_or_default();
        &self.rows[page.index()].collated[usize::from(language.0) * ALL.len() + column]
    }
}

impl Collated {
    /// The part for a version that the page applies to.
    pub(super) fn for_version(&self, version: VersionId) -> &Part {
        let found = self.parts.iter().find(|part| part.versions.contains(version));
        found.or(self.parts.first()).expect("every string has a part, an empty one if need be")
    }
}

impl Collated {
    /// What was read for it, in whichever version.
    pub(super) fn reads(&self) -> impl Iterator<Item = TextId> {
        self.parts.iter().flat_map(|part| part.reads.iter().copied())
    }

    /// The raw HTML in it, in whichever version.
    fn markup(&self) -> Markup {
        let mut markup = Markup::default();
        self.parts.iter().for_each(|part| markup.learn(&part.body.markup));
        markup
    }
}

impl Part {
    /// Whether there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.html.is_empty()
    }
}

/// Renders the strings of all pages in all languages; those of the site before are taken where they hold.
pub(super) fn strings(
    context: Context<'_>,
    before: Option<(&Strings, &Changes)>,
) -> Checked<Strings> {
    let site = context.site;
    let languages: Vec<LanguageId> = site.languages().collect();
    let before = before.filter(|(_, changes)| !changes.names);
    let known: HashMap<Option<FileId>, &Arc<Row>> = before
        .iter()
        .flat_map(|(strings, _)| &strings.rows)
        .map(|row| (row.files.first().map(|(_, file)| *file), row))
        .collect();
    let of_page = |page: &Page| {
        let known = known.get(&Some(page.source.file)).copied();
        if let Some((row, (_, changes))) = known.zip(before)
            && row.holds(page, changes)
        {
            return row.clone();
        }
        let row = || row(context, page, &languages);
        let row = isolated(page.source.file, row);
        Arc::new(row.unwrap_or_else(|fault| faulty(page, &languages, fault)))
    };
    let rows: Vec<Arc<Row>> = site.pages.par_iter().map(of_page).collect();
    let diagnostics = rows.iter().flat_map(|row| row.diagnostics.iter().cloned()).collect();
    Checked { value: Strings { rows }, diagnostics }
}

fn row(context: Context<'_>, page: &Page, languages: &[LanguageId]) -> Row {
    let mut diagnostics = Vec::new();
    let mut all: Vec<Collated> = Vec::with_capacity(languages.len() * ALL.len());
    for language in languages {
        let host = PageHost { context, page, language: *language };
        for (column, which) in ALL.into_iter().enumerate() {
            // The default language is the first.
            let learned = all.get(column).map(Collated::markup).unwrap_or_default();
            all.push(collated(&host, which, &learned).collect(&mut diagnostics));
        }
    }
    Row { versions: page.versions, files: files(page).collect(), collated: all, diagnostics }
}

/// Empty strings, for the program has failed on the page.
fn faulty(page: &Page, languages: &[LanguageId], fault: Diagnostic) -> Row {
    let empty = |language| Part { versions: page.versions, language, ..Part::default() };
    let each = languages.iter().flat_map(|language| ALL.map(|_| *language));
    Row {
        versions: page.versions,
        files: files(page).collect(),
        collated: each.map(|language| Collated { parts: vec![empty(language)] }).collect(),
        diagnostics: vec![fault],
    }
}

fn pick(edition: &Edition, which: PageString) -> Option<&LiquidText> {
    let front = &edition.front;
    match which {
        PageString::Title => front.title.as_ref(),
        PageString::ShortTitle => front.short_title.as_ref().or(front.title.as_ref()),
        PageString::Intro => front.intro.as_ref(),
        PageString::Product => front.product.as_ref(),
        PageString::Permissions => front.permissions.as_ref(),
    }
}

/// A string of a page; `learned` is what the same string uses in the default language.
fn collated(host: &PageHost<'_>, which: PageString, learned: &Markup) -> Checked<Collated> {
    let page = host.page;
    let empty = || Part { versions: page.versions, language: host.language, ..Part::default() };
    let Some((text, language)) = page.string(host.language, |edition| pick(edition, which)) else {
        let mut part = empty();
        if which == PageString::Title || which == PageString::ShortTitle {
            // A page without a title is called by its file.
            part.plain = page.route.rsplit('/').next().unwrap_or_default().to_owned();
            part.html = part.plain.clone();
            part.body.html = part.plain.clone();
        }
        part.reads = read_for(page, host.language, None);
        return Checked::clean(Collated { parts: vec![part] });
    };
    let site = host.context.site;
    // A page that applies to no version is not shown, but its title may be asked for.
    if page.versions.is_empty() {
        return Checked::clean(Collated { parts: vec![empty()] });
    }
    let expansions = collate(site.source(text), host, page.versions, &site.config.limits.liquid);
    let mut diagnostics = expansions.diagnostics;
    let parts = expansions.value.into_iter().map(|(versions, mut expansion)| {
        expansion.reads.splice(0..0, read_for(page, host.language, Some((text, language))));
        let trusted = trusted(site, host.language, &expansion);
        let guard = guard(host.language, learned, &trusted);
        part_for(versions, language, expansion, which, guard, &mut diagnostics)
    });
    let parts = parts.collect();
    Checked { value: Collated { parts }, diagnostics }
}

/// What was read for a string of a page besides what is in it: the text itself, and, where that is not in the language
/// asked for, the file that might have it.
fn read_for(
    page: &Page,
    language: LanguageId,
    found: Option<(&LiquidText, LanguageId)>,
) -> Vec<TextId> {
    let (text, written_in) = match found {
        Some((text, written_in)) => (text.id, written_in),
        None => (TextId::whole(page.source.file), LanguageId::DEFAULT),
    };
    let edition = page.translations.get(&language).filter(|_| written_in != language);
    std::iter::once(text).chain(edition.map(|edition| TextId::whole(edition.file))).collect()
}

/// A text after Liquid as HTML.
pub(super) fn part_for(
    versions: VersionSet,
    language: LanguageId,
    expansion: Expansion,
    which: PageString,
    guard: Option<Guard<'_>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Part {
    let paragraph = match which {
        PageString::Title | PageString::ShortTitle => Paragraph::Unwrapped,
        PageString::Intro | PageString::Product | PageString::Permissions => Paragraph::Wrapped,
    };
    let body =
        markdown::to_inline(&expansion.text, paragraph, Options { guard, ..Options::default() });
    diagnostics.extend(super::markdown_faults(&body, &expansion));
    let html = slots::unresolved(&body, Titles::Awaited);
    let plain = markdown::plain_text(&slots::unresolved(&body, Titles::Addresses));
    let reads = expansion.reads.clone();
    Part { versions, language, body, html, plain, reads, expansion }
}
