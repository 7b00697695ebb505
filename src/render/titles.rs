//! Titles in the place of links that ask for them: of a page, or of a heading on the same page.

use std::collections::{BTreeMap, HashMap};

use super::Context;
use super::links::linked_page;
use super::strings::{PageString, Part};
use crate::liquid::Live;
use crate::markdown::{AUTOMATIC_TITLE, Body, Heading, SlotKind, Target};
use crate::model::Page;
use crate::source::TextId;
use crate::variant::{LanguageId, Variant};

/// The headings of a text by id.
pub(super) type HeadingsById<'a> = HashMap<&'a str, &'a Heading>;

/// The headings of a body by id, where a link in it asks for a title.
pub(super) fn headings_by_id(body: &Body) -> HeadingsById<'_> {
    let asks = body.slots.iter().any(|slot| matches!(slot.kind, SlotKind::LinkTitle(_)));
    // Of two with one id the first counts, which comes last here.
    let headings = body.headings.iter().rev().filter(|_| asks);
    headings.map(|heading| (&*heading.id, heading)).collect()
}

/// What a link says that asks for the title of its target.
pub(super) enum LinkTitle<'a> {
    /// The title of a page.
    Page(&'a Part),
    /// The text of a heading on this page, or the address, where it leads nowhere.
    Text(&'a str),
}

impl<'a> LinkTitle<'a> {
    /// The title for a link to `address` in a text of `page` with these headings.
    pub(super) fn of(
        context: Context<'a>,
        page: &Page,
        variant: Variant,
        headings: &HeadingsById<'a>,
        address: &'a str,
    ) -> Self {
        let heading = address.strip_prefix('#').and_then(|id| headings.get(id));
        if let Some(heading) = heading {
            return Self::Text(&heading.text);
        }
        let Some((page, variant)) = linked_page(context.site, page, variant, address) else {
            return Self::Text(address);
        };
        let title = context.strings.get(page, variant.language, PageString::Title);
        Self::Page(title.for_version(variant.version))
    }

    /// What it was read from.
    pub(super) fn reads(&self) -> impl Iterator<Item = TextId> + 'a {
        let part = match self {
            Self::Page(part) => Some(*part),
            Self::Text(_) => None,
        };
        part.into_iter().flat_map(|part| part.reads.iter().copied())
    }

    /// The title.
    pub(super) fn text(&self) -> &'a str {
        match self {
            Self::Page(part) => &part.plain,
            Self::Text(text) => text,
        }
    }
}

/// The titles that links in headings ask for.
#[derive(Debug, Default)]
pub(super) struct HeadingTitles {
    /// The titles by address.
    pub(super) by_address: BTreeMap<String, String>,
    /// What they were read from.
    pub(super) reads: Vec<TextId>,
}

/// The titles that links in headings ask for. A heading must have them before it has an id, so that the
/// versions in `live` are narrowed to those with the same titles.
pub(super) fn heading_titles(
    context: Context<'_>,
    page: &Page,
    language: LanguageId,
    body: &Body,
    live: &mut Live,
) -> HeadingTitles {
    let inside = |at: u32| {
        let behind = body.headings.partition_point(|heading| heading.at.start <= at);
        behind.checked_sub(1).is_some_and(|last| body.headings[last].at.contains(&at))
    };
    let headings = headings_by_id(body);
    let asking =
        body.links.iter().filter(|link| link.text == AUTOMATIC_TITLE && inside(link.at.start));
    let mut titles = HeadingTitles::default();
    for Target { address, .. } in asking {
        let title_in = |version| {
            let variant = Variant { language, version };
            LinkTitle::of(context, page, variant, &headings, address)
        };
        let text = live.agree(|version| title_in(version).text());
        for version in live.versions().iter() {
            titles.reads.extend(title_in(version).reads());
        }
        titles.by_address.insert(address.clone(), text.to_owned());
    }
    titles
}
