//! `llms.txt`: all pages of a variant as a list in Markdown, each with its lead and the address of its twin.

use std::fmt::Write as _;

use super::super::Prepared;
use super::super::menu::shown_children;
use super::super::strings::PageString;
use super::{Whole, overview_path};
use crate::markdown::{destination, escape_markdown};
use crate::model::{Kind, Page, PageId};
use crate::variant::Variant;

/// The list of the pages of a variant.
pub(super) fn overview(prepared: &Prepared<'_>, variant: Variant) -> String {
    let site = &prepared.site;
    let config = &site.config;
    let mut text = format!("# {}\n", escape_markdown(&name(prepared, variant)));
    let has = |page: &PageId| site.page(*page).versions.contains(variant.version);
    let home = site.tree.home().filter(has);
    if let Some(lead) = home.and_then(|home| string(prepared, home, variant, PageString::Intro)) {
        let _ = write!(text, "\n> {lead}\n");
    }
    let whole = Whole { origin: config.origin(), page: String::new() };
    for product in
        site.tree.home().iter().flat_map(|home| shown_children(prepared, *home, variant.version))
    {
        let title = string(prepared, product, variant, PageString::ShortTitle).unwrap_or_default();
        let _ = write!(text, "\n## {title}\n\n");
        entry(prepared, product, variant, 0, &whole, &mut text);
    }
    // What no index lists can be found all the same.
    let is_alone = |page: &&Page| {
        let is_shown = has(&page.id) && !page.source.front.hidden;
        is_shown && page.kind != Kind::Home && site.tree.ancestors(page.id).next().is_none()
    };
    let mut between = "\n";
    for page in site.pages.iter().filter(is_alone) {
        text.push_str(between);
        between = "";
        entry(prepared, page.id, variant, 0, &whole, &mut text);
    }
    text
}

/// The list of the lists of all variants.
pub(super) fn index(prepared: &Prepared<'_>) -> String {
    let config = &prepared.site.config;
    let mut text = format!("# {}\n", escape_markdown(&config.title));
    let whole = Whole { origin: config.origin(), page: String::new() };
    for language in &prepared.languages {
        let settings = config.language(*language);
        let _ = write!(text, "\n## {}\n\n", escape_markdown(&settings.native_name));
        for version in prepared.versions.iter() {
            let variant = Variant { language: *language, version };
            let title = escape_markdown(&config.versions.get(version).title);
            let path = format!("{}/{}", config.base_path(), overview_path(prepared, variant));
            let _ = writeln!(text, "- [{title}]({})", destination(&whole.of(&path)));
        }
    }
    text
}

/// The name of the site in a variant.
fn name(prepared: &Prepared<'_>, variant: Variant) -> String {
    let config = &prepared.site.config;
    match &*config.versions.get(variant.version).title {
        title if title == config.title => config.title.clone(),
        title => format!("{}: {title}", config.title),
    }
}

/// A page and what is below it.
fn entry(
    prepared: &Prepared<'_>,
    page: PageId,
    variant: Variant,
    depth: usize,
    whole: &Whole<'_>,
    text: &mut String,
) {
    let title = string(prepared, page, variant, PageString::Title).unwrap_or_default();
    let address = whole.of(&prepared.twin_href(page, variant));
    let _ = write!(text, "{}- [{title}]({})", "  ".repeat(depth), destination(&address));
    if let Some(lead) = string(prepared, page, variant, PageString::Intro) {
        let _ = write!(text, ": {lead}");
    }
    text.push('\n');
    for child in shown_children(prepared, page, variant.version) {
        entry(prepared, child, variant, depth + 1, whole, text);
    }
}

/// A string of a page as Markdown in one line; nothing where it is empty.
fn string(
    prepared: &Prepared<'_>,
    page: PageId,
    variant: Variant,
    which: PageString,
) -> Option<String> {
    let string = prepared.strings.get(page, variant.language, which).for_version(variant.version);
    (!string.plain.is_empty()).then(|| escape_markdown(&string.plain))
}
