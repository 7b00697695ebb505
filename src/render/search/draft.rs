//! What search has to know of one page: its sections with their terms, and the texts to quote from.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::super::collate::Bodies;
use super::super::site::Output;
use super::super::strings::PageString;
use super::words;
use super::{Name, Prepared, named};
use crate::markdown::{Passages, passages};
use crate::model::{Page, PageId};
use crate::variant::{LanguageId, VersionId, VersionSet};

/// How much text is in a file to quote from, unless a single section has more.
const QUOTED: usize = 12 << 10;

/// A page for the index.
#[derive(Debug)]
pub(in super::super) struct Draft {
    pub(super) page: PageId,
    pub(super) records: Vec<Record>,
    /// The files to quote from.
    pub(in super::super) files: Vec<Output>,
}

/// Sections of a page that are written in one language and quoted from one file.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) language: LanguageId,
    pub(super) file: Name,
    pub(super) sections: Vec<Section>,
}

/// A section of a page.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) variants: Variants,
    pub(super) part: Part,
    pub(super) terms: Terms,
}

/// Which part of a page a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Its title and lead.
    Head,
    /// A heading, and the text under it.
    Passage,
}

/// The versions that show a section, by the position of the language among those that are built.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Variants(pub(super) Vec<VersionSet>);

impl Variants {
    /// Adds versions of the language at this position.
    pub(super) fn add(&mut self, language: usize, versions: VersionSet) {
        if self.0.len() <= language {
            self.0.resize(language + 1, VersionSet::EMPTY);
        }
        self.0[language] = self.0[language].or(versions);
    }

    /// The versions of the language at this position.
    pub(super) fn of(&self, language: usize) -> VersionSet {
        self.0.get(language).copied().unwrap_or_default()
    }
}

/// The distinct terms of a section.
#[derive(Debug, Default)]
pub(super) struct Terms {
    /// All terms, one behind the other.
    text: String,
    terms: Vec<Term>,
    /// How many terms there are, each as often as it occurs.
    pub(super) length: u32,
}

#[derive(Debug)]
struct Term {
    end: u32,
    bucket: u8,
    weight: Weight,
}

/// How much a section is about a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Weight {
    /// How often it has the term.
    pub(super) count: u8,
    /// Whether the term is in its heading.
    pub(super) in_heading: bool,
}

/// Terms are told apart by so many rules at once: each bucket is filled by itself.
pub(super) const BUCKETS: u8 = 4;

/// How many bytes of a term are compared at once.
const FIRST: usize = 16;

/// Room for the terms of one section after the other.
#[derive(Debug, Default)]
struct Scratch {
    text: String,
    found: Vec<Found>,
}

/// A term in a text, sorted by its first bytes before anything else, as these are nearly always enough.
#[derive(Clone, Copy, Debug)]
struct Found {
    first: u128,
    length: u32,
    start: u32,
}

impl Terms {
    /// The terms of a heading and the text under it.
    fn of(heading: &str, text: &str, Scratch { text: folded, found }: &mut Scratch) -> Self {
        folded.clear();
        words::fold(heading, folded);
        let in_heading = folded.len();
        folded.push('\n');
        words::fold(text, folded);
        found.clear();
        words::terms(folded, |at| found.push(Found::new(folded, at)));
        found.sort_unstable_by(|left, right| left.compare(right, folded));
        let length = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let mut terms = Self { length, ..Self::default() };
        for same in found.chunk_by(|left, right| left.compare(right, folded).is_eq()) {
            let count = u8::try_from(same.len()).unwrap_or(u8::MAX);
            let in_heading = same.iter().any(|found| (found.start as usize) < in_heading);
            terms.push(same[0].term(folded), Weight { count, in_heading });
        }
        terms
    }

    fn push(&mut self, term: &str, weight: Weight) {
        self.text.push_str(term);
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.terms.push(Term { end, bucket: bucket_of(term), weight });
    }

    /// The terms of a bucket, sorted, each with its weight.
    pub(super) fn of_bucket(&self, bucket: u8) -> impl Iterator<Item = (&str, Weight)> {
        let mut start = 0;
        self.terms.iter().filter_map(move |term| {
            let at = start..term.end as usize;
            start = term.end as usize;
            (term.bucket == bucket).then(|| (&self.text[at], term.weight))
        })
    }
}

impl Found {
    fn new(text: &str, at: Range<usize>) -> Self {
        let mut first = [0; FIRST];
        let length = at.len().min(FIRST);
        first[..length].copy_from_slice(&text.as_bytes()[at.start..at.start + length]);
        Self {
            first: u128::from_be_bytes(first),
            length: u32::try_from(at.len()).unwrap_or(u32::MAX),
            start: u32::try_from(at.start).unwrap_or(u32::MAX),
        }
    }

    fn term<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start as usize..(self.start + self.length) as usize]
    }

    /// The order of the terms by their bytes.
    fn compare(&self, other: &Self, text: &str) -> Ordering {
        self.first.cmp(&other.first).then_with(|| match self.length.max(other.length) as usize {
            ..=FIRST => self.length.cmp(&other.length),
            _ => self.term(text).cmp(other.term(text)),
        })
    }
}

/// Any rule will do that spreads the terms.
fn bucket_of(term: &str) -> u8 {
    let bytes = term.as_bytes();
    let (first, last) = (bytes.first().unwrap_or(&0), bytes.last().unwrap_or(&0));
    first.wrapping_mul(31).wrapping_add(*last) % BUCKETS
}

/// What search has to know of a page; nothing of one that is hidden.
pub(in super::super) fn draft(
    prepared: &Prepared<'_>,
    page: &Page,
    bodies: &Bodies,
) -> Option<Draft> {
    if page.source.front.hidden {
        return None;
    }
    let read: Vec<Passages> = bodies.distinct.iter().map(|(_, body)| passages(body)).collect();
    let mut gathered = Gathered::default();
    gathered.heads(prepared, page);
    gathered.passages(prepared, bodies, &read);
    let mut scratch = Scratch::default();
    let mut draft = Draft { page: page.id, records: Vec::new(), files: Vec::new() };
    for (language, texts) in gathered.languages {
        for texts in quoted_together(&texts.list) {
            let quotes = texts.iter().map(|text| (text.id, text.heading, text.text));
            let quotes: Vec<(&str, &str, &str)> = quotes.collect();
            let tag = &prepared.site.config.language(language).tag;
            let bytes = serde_json::to_vec(&(&page.route, tag, quotes)).unwrap_or_default();
            let (file, output) = named("json", bytes);
            // Two languages may say the same, and one file holds what they say.
            if draft.files.iter().all(|known| known.path != output.path) {
                draft.files.push(output);
            }
            let sections = texts.iter().map(|text| text.section(&mut scratch)).collect();
            draft.records.push(Record { language, file, sections });
        }
    }
    Some(draft)
}

/// Texts in groups that are not too large to be fetched for a line.
fn quoted_together<'a, 't>(texts: &'t [Text<'a>]) -> Vec<&'t [Text<'a>]> {
    let mut groups = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, text) in texts.iter().enumerate() {
        size += text.text.len();
        if size > QUOTED && at > start {
            groups.push(&texts[start..at]);
            (start, size) = (at, text.text.len());
        }
    }
    groups.push(&texts[start..]);
    groups
}

/// The texts of a page by the language that they are written in.
#[derive(Default)]
struct Gathered<'a> {
    languages: BTreeMap<LanguageId, Texts<'a>>,
}

#[derive(Default)]
struct Texts<'a> {
    list: Vec<Text<'a>>,
    /// Their numbers, by the id of the heading.
    known: HashMap<&'a str, Vec<usize>>,
}

struct Text<'a> {
    part: Part,
    /// The id of the heading; empty for the page itself.
    id: &'a str,
    /// The heading; of a head, the title.
    heading: &'a str,
    text: &'a str,
    variants: Variants,
}

impl Text<'_> {
    fn section(&self, scratch: &mut Scratch) -> Section {
        Section {
            variants: self.variants.clone(),
            part: self.part,
            terms: Terms::of(self.heading, self.text, scratch),
        }
    }
}

impl<'a> Gathered<'a> {
    fn add(&mut self, written_in: LanguageId, text: Text<'a>, language: usize, shown: VersionSet) {
        let texts = self.languages.entry(written_in).or_default();
        let same = |number: &&usize| {
            let known = &texts.list[**number];
            known.heading == text.heading && known.text == text.text
        };
        let known = texts.known.entry(text.id).or_default();
        let number = known.iter().find(same).copied().unwrap_or(texts.list.len());
        if number == texts.list.len() {
            known.push(number);
            texts.list.push(text);
        }
        texts.list[number].variants.add(language, shown);
    }

    /// Titles and leads.
    fn heads(&mut self, prepared: &'a Prepared<'_>, page: &Page) {
        let versions = page.versions.and(prepared.versions);
        for (position, language) in prepared.languages.iter().enumerate() {
            let string = |which, version: VersionId| {
                prepared.strings.get(page.id, *language, which).for_version(version)
            };
            for version in versions.iter() {
                let title = string(PageString::Title, version);
                let text = &string(PageString::Intro, version).plain;
                let (id, heading, variants) = ("", &*title.plain, Variants::default());
                let text = Text { part: Part::Head, id, heading, text, variants };
                self.add(title.language, text, position, VersionSet::only(version));
            }
        }
    }

    fn passages(&mut self, prepared: &Prepared<'_>, bodies: &'a Bodies, read: &'a [Passages]) {
        for used in &bodies.uses {
            let position = prepared.languages.iter().position(|built| *built == used.language);
            let Some(position) = position else { continue };
            let headings = &bodies.distinct[used.body].1.headings;
            for (heading, text) in read[used.body].iter() {
                let heading = heading.map(|number| &headings[number]);
                let (id, heading) = heading.map_or(("", ""), |found| (&*found.id, &*found.text));
                let variants = Variants::default();
                let text = Text { part: Part::Passage, id, heading, text, variants };
                self.add(used.written_in, text, position, used.versions);
            }
        }
    }
}
