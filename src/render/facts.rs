//! What is known of the texts of a page when they are rendered: links, images, headings, anchors, each with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::links::{Leads, leads};
use crate::liquid::Expansion;
use crate::markdown::{AUTOMATIC_TITLE, Body, Target};
use crate::model::{Page, PageId, Site};
use crate::source::Span;
use crate::variant::{Variant, VariantSet, VersionSet};

/// What is known of a page in all variants that were rendered.
#[derive(Clone, Debug)]
pub struct PageFacts {
    /// The page.
    pub page: PageId,
    /// Its distinct texts: the body and the strings that stand around it.
    pub texts: Vec<ShownText>,
    /// The anchors that do not come from a text, by the versions that have them.
    pub anchors: Vec<(String, VersionSet)>,
}

/// A text, and where it is shown.
#[derive(Clone, Debug)]
pub struct ShownText {
    /// What is known of it.
    pub facts: Arc<TextFacts>,
    /// The variants that show it.
    pub variants: VariantSet,
}

/// What is known of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TextFacts {
    /// Its links, in order.
    pub links: Vec<LinkFact>,
    /// Its images, in order.
    pub images: Vec<ImageFact>,
    /// Its headings, in order.
    pub headings: Vec<HeadingFact>,
    /// Every id that can be linked to, in order.
    pub anchors: Vec<String>,
}

/// Where something was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The place.
    pub span: Span,
    /// The inclusions that led there, outermost first.
    pub trace: Vec<Span>,
}

/// A link.
#[derive(Debug, PartialEq, Eq)]
pub struct LinkFact {
    /// Where it was written.
    pub place: Place,
    /// The address, entities decoded.
    pub address: String,
    /// The place of the address alone, where it stands in the source letter by letter.
    pub written: Option<Span>,
    /// Where it leads.
    pub leads: Leads,
    /// Whether there is anything to read in it.
    pub has_text: bool,
    /// Whether its text is the wish for the title of what it leads to.
    pub asks_for_title: bool,
}

impl LinkFact {
    /// What stands behind the `#`, without it.
    pub fn fragment(&self) -> Option<&str> {
        self.address.split_once('#').map(|(_, fragment)| fragment)
    }
}

/// An image.
#[derive(Debug, PartialEq, Eq)]
pub struct ImageFact {
    /// Where it was written.
    pub place: Place,
    /// The address, entities decoded.
    pub address: String,
    /// Whether it names a file of this site that is not there.
    pub is_missing: bool,
    /// The name of the file below `assets`, if it is one of this site.
    pub asset: Option<String>,
    /// Whether it has words for those who do not see it.
    pub has_text: bool,
}

/// A heading.
#[derive(Debug, PartialEq, Eq)]
pub struct HeadingFact {
    /// Where it was written.
    pub place: Place,
    /// 1 to 6.
    pub level: u8,
    /// Its id.
    pub id: String,
    /// Whether it stands in the source as it is; else a tag or a value has made it.
    pub is_written: bool,
}

/// In the text of a longer link it is not looked for the place of the address, in bytes.
const LONGEST: usize = 4_096;

/// What is known of a text of `page`.
pub(super) fn text_facts(
    site: &Site,
    page: &Page,
    (expansion, body): (&Expansion, &Body),
) -> TextFacts {
    let origin = Origin { site, expansion };
    let links = body.links.iter().filter_map(|link| {
        Some(LinkFact {
            place: origin.place(&link.at)?,
            address: link.address.trim().to_owned(),
            written: origin.written(link),
            leads: leads(site, page, &link.address),
            has_text: !link.text.is_empty(),
            asks_for_title: link.text == AUTOMATIC_TITLE,
        })
    });
    let images = body.images.iter().filter_map(|image| {
        let (asset, is_missing) = super::links::asset_of(site, page, &image.address);
        Some(ImageFact {
            place: origin.place(&image.at)?,
            address: image.address.clone(),
            is_missing,
            asset,
            has_text: !image.text.trim().is_empty(),
        })
    });
    let headings = body.headings.iter().filter_map(|heading| {
        let place = origin.place(&heading.at)?;
        let is_written = origin.is_written(place.span, &heading.at);
        Some(HeadingFact { place, level: heading.level, id: heading.id.clone(), is_written })
    });
    TextFacts {
        links: links.collect(),
        images: images.collect(),
        headings: headings.collect(),
        anchors: body.anchors.clone(),
    }
}

struct Origin<'a> {
    site: &'a Site,
    expansion: &'a Expansion,
}

impl Origin<'_> {
    fn place(&self, at: &Range<u32>) -> Option<Place> {
        let (span, trace) = self.expansion.origin(at.start as usize..at.end as usize)?;
        Some(Place { span, trace })
    }

    /// Whether the source has at `span` what the expansion has at `at`.
    fn is_written(&self, span: Span, at: &Range<u32>) -> bool {
        let written = self.site.sources.text(span.text).get(span.range());
        let shown = self.expansion.text.get(at.start as usize..at.end as usize);
        // A heading is written if it begins so: there may be variables in it.
        matches!((written, shown), (Some(written), Some(shown)) if shown.starts_with(written))
    }

    /// The place of a link's address, which stands at the end of what makes the link.
    fn written(&self, link: &Target) -> Option<Span> {
        let text = self.expansion.text.get(link.at.start as usize..link.at.end as usize)?;
        // Of a bare address among entities no more is known than the text that it stands in: it is looked for near by.
        if text.len() > LONGEST {
            return None;
        }
        let address = link.address.trim();
        let start = link.at.start as usize + text.rfind(address)?;
        let (span, _) = self.expansion.origin(start..start + address.len())?;
        let written = self.site.sources.text(span.text).get(span.range())?;
        (written == address).then_some(span)
    }
}

impl PageFacts {
    /// Its anchors, in order, with the variants that have each.
    pub fn all_anchors(&self) -> BTreeMap<&str, VariantSet> {
        let mut all: BTreeMap<&str, VariantSet> = BTreeMap::new();
        let mut languages = BTreeSet::new();
        for text in &self.texts {
            languages.extend(text.variants.iter().map(|(language, _)| language));
            for anchor in &text.facts.anchors {
                all.entry(anchor).or_default().add_all(&text.variants);
            }
        }
        for (anchor, versions) in &self.anchors {
            let own = all.entry(anchor).or_default();
            languages.iter().for_each(|language| own.add(*language, *versions));
        }
        all
    }

    /// Nothing yet about a page.
    pub(super) fn new(page: PageId) -> Self {
        Self { page, texts: Vec::new(), anchors: Vec::new() }
    }

    /// Takes in what one variant shows.
    pub(super) fn add(&mut self, variant: Variant, shown: VariantTexts) {
        let versions = VersionSet::only(variant.version);
        for facts in shown.texts {
            let same =
                |known: &&mut ShownText| Arc::ptr_eq(&known.facts, &facts) || known.facts == facts;
            match self.texts.iter_mut().find(same) {
                Some(known) => known.variants.add(variant.language, versions),
                None => {
                    let variants = VariantSet::of(variant.language, versions);
                    self.texts.push(ShownText { facts, variants });
                }
            }
        }
        for anchor in shown.anchors {
            match self.anchors.iter_mut().find(|(known, _)| *known == anchor) {
                Some((_, known)) => *known = known.or(versions),
                None => self.anchors.push((anchor, versions)),
            }
        }
    }
}

/// What is known of a page in one variant.
#[derive(Clone, Debug, Default)]
pub struct VariantTexts {
    /// Its texts, those left out of which nothing is known.
    texts: Vec<Arc<TextFacts>>,
    /// The anchors that do not come from a text.
    pub(super) anchors: Vec<String>,
}

impl VariantTexts {
    /// Takes in a text.
    pub(super) fn add(&mut self, facts: &Arc<TextFacts>) {
        if **facts != TextFacts::default() {
            self.texts.push(facts.clone());
        }
    }

    /// The same as what is known of the page, as if there were no other variant.
    pub fn alone(self, page: PageId, variant: Variant) -> PageFacts {
        let mut facts = PageFacts::new(page);
        facts.add(variant, self);
        facts
    }
}
