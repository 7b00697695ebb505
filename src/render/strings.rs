//! The short strings of all pages (titles, leads, notes), rendered once before any body, as other pages show them.

use rayon::prelude::*;

use super::Context;
use super::host::PageHost;
use super::slots::{self, Titles};
use crate::diagnostic::{Checked, Diagnostic};
use crate::liquid::{Expansion, collate};
use crate::load::LiquidText;
use crate::markdown::{self, Body, Paragraph};
use crate::model::{Edition, Page, PageId};
use crate::source::TextId;
use crate::variant::{LanguageId, VersionId, VersionSet};

/// Which string of a page.
#[allow(clippy::enum_variant_names, reason = "`shortTitle` is what the front matter calls it")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Short {
    Title,
    ShortTitle,
    Intro,
    Product,
    Permissions,
}

/// All of them, in the order in which they are kept.
const ALL: [Short; 5] =
    [Short::Title, Short::ShortTitle, Short::Intro, Short::Product, Short::Permissions];

/// What can be read of other pages: nothing while their strings are made, all strings afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Strings,
    Bodies,
}

/// The strings of all pages.
#[derive(Debug, Default)]
pub(super) struct Strings {
    languages: usize,
    collated: Vec<Collated>,
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
    pub(super) fn get(&self, page: PageId, language: LanguageId, which: Short) -> &Collated {
        let row = page.index() * self.languages + usize::from(language.0);
        let column = ALL.iter().position(|short| *short == which).unwrap_or_default();
        &self.collated[row * ALL.len() + column]
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
}

impl Part {
    /// Whether there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.html.is_empty()
    }
}

/// Renders the strings of all pages in all languages.
pub(super) fn strings(context: Context<'_>) -> Checked<Strings> {
    let site = context.site;
    let languages: Vec<LanguageId> = site.languages().collect();
    let of_page = |page: &Page| {
        let mut diagnostics = Vec::new();
        let mut all = Vec::with_capacity(languages.len() * ALL.len());
        for language in &languages {
            let host = PageHost { context, page, language: *language, lists: 0 };
            for which in ALL {
                all.push(collated(&host, which).collect(&mut diagnostics));
            }
        }
        (all, diagnostics)
    };
    let rows: Vec<(Vec<Collated>, Vec<Diagnostic>)> = site.pages.par_iter().map(of_page).collect();
    let mut strings = Strings { languages: languages.len(), collated: Vec::new() };
    let mut diagnostics = Vec::new();
    for (collated, found) in rows {
        strings.collated.extend(collated);
        diagnostics.extend(found);
    }
    Checked { value: strings, diagnostics }
}

fn pick(edition: &Edition, which: Short) -> Option<&LiquidText> {
    let front = &edition.front;
    match which {
        Short::Title => front.title.as_ref(),
        Short::ShortTitle => front.short_title.as_ref().or(front.title.as_ref()),
        Short::Intro => front.intro.as_ref(),
        Short::Product => front.product.as_ref(),
        Short::Permissions => front.permissions.as_ref(),
    }
}

fn collated(host: &PageHost<'_>, which: Short) -> Checked<Collated> {
    let page = host.page;
    let empty = || Part { versions: page.versions, language: host.language, ..Part::default() };
    let Some((text, language)) = page.string(host.language, |edition| pick(edition, which)) else {
        let mut part = empty();
        if which == Short::Title || which == Short::ShortTitle {
            // A page without a title is called by its file.
            part.plain = page.route.rsplit('/').next().unwrap_or_default().to_owned();
            part.html = part.plain.clone();
            part.body.html = part.plain.clone();
        }
        return Checked::clean(Collated { parts: vec![part] });
    };
    let site = host.context.site;
    // A page that applies to no version is not shown, but its title may be asked for.
    if page.versions.is_empty() {
        return Checked::clean(Collated { parts: vec![empty()] });
    }
    let expansions = collate(site.source(text), host, page.versions, &site.config.limits.liquid);
    let mut diagnostics = expansions.diagnostics;
    let parts = expansions.value.into_iter().map(|(versions, expansion)| {
        part_for(versions, language, expansion, which, &mut diagnostics)
    });
    let parts = parts.collect();
    Checked { value: Collated { parts }, diagnostics }
}

pub(super) fn part_for(
    versions: VersionSet,
    language: LanguageId,
    expansion: Expansion,
    which: Short,
    diagnostics: &mut Vec<Diagnostic>,
) -> Part {
    let paragraph = match which {
        Short::Title | Short::ShortTitle => Paragraph::Unwrapped,
        Short::Intro | Short::Product | Short::Permissions => Paragraph::Wrapped,
    };
    let body = markdown::to_inline(&expansion.text, paragraph);
    diagnostics.extend(super::markdown_faults(&body, &expansion));
    let html = slots::unresolved(&body, Titles::Awaited);
    let plain = markdown::plain_text(&slots::unresolved(&body, Titles::Addresses));
    let reads = expansion.reads.clone();
    Part { versions, language, body, html, plain, reads, expansion }
}
