//! What goes to translators: the blocks of a site's texts, each with a name that tells its text.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::{Entry, Handover, HandoverFile, lines};
use crate::model::Site;
use crate::source::{Span, TextId};
use crate::translation::{Digest, Examined, ExaminedUnit, Since, State};
use crate::variant::LanguageId;

/// Which texts go to translators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Those that somebody has to translate.
    Open,
    /// All that have words.
    All,
}

/// Gathers texts of files that were held beside their counterparts in `language`.
pub fn gather(site: &Site, language: LanguageId, files: &[Examined], extent: Extent) -> Handover {
    let tag = |language: LanguageId| site.config.language(language).tag.clone();
    let is_wanted = |state: State| match extent {
        Extent::Open => state.is_open(),
        Extent::All => state != State::Wordless,
    };
    let file = |examined: &Examined| {
        let path = site.sources.file(examined.document.source).path.clone();
        let blocks = examined.units.iter().flat_map(|unit| Blocks::new(site, unit).list);
        let entries = blocks.filter(|block| is_wanted(block.state)).map(|block| block.entry);
        HandoverFile { path, entries: entries.collect() }
    };
    let files = files.iter().map(file).filter(|file| !file.entries.is_empty());
    Handover { from: tag(LanguageId::DEFAULT), to: tag(language), files: files.collect() }
}

/// The blocks of a text.
pub(super) struct Blocks {
    pub(super) list: Vec<Block>,
}

/// A block of a text beside its translation.
pub(super) struct Block {
    pub(super) entry: Entry,
    pub(super) state: State,
    /// Its bytes in the source's text.
    pub(super) source: Range<usize>,
    /// The bytes of the translation's text that stand for it.
    pub(super) own: Option<Range<usize>>,
    /// What stands before its lines in the text that it is written into.
    pub(super) prefix: String,
}

impl Blocks {
    pub(super) fn new(site: &Site, examined: &ExaminedUnit) -> Self {
        let unit = &examined.unit;
        let (source, key) = (site.sources.text(unit.source), unit.name.key(site));
        let own_text = unit.own.map(|own| site.sources.text(own));
        let mut seen: BTreeMap<Digest, usize> = BTreeMap::new();
        let counterparts = examined.counterparts();
        let mut list = Vec::with_capacity(counterparts.len());
        for (at, segment) in examined.source.list.iter().enumerate() {
            let times = seen.entry(segment.digest).or_default();
            *times += 1;
            let own = examined.own.as_ref().zip(counterparts[at]);
            let own = own.map(|(own, at)| own.list[at].range.clone());
            let written = own.clone().and_then(|range| own_text?.get(range));
            let text = source.get(segment.range.clone()).unwrap_or_default();
            let before = lines::prefix(text);
            let own_before = written.map_or(before, lines::prefix);
            let section = &examined.source.sections[segment.section].title;
            let entry = Entry {
                id: id(key, segment.digest, *times),
                key: key.to_owned(),
                line: line(site, unit.source, &segment.range),
                section: section.split_whitespace().collect::<Vec<_>>().join(" "),
                state: examined.states[at],
                source: lines::taken(text, before),
                target: written.map(|written| lines::taken(written, own_before)),
                before: previous(examined, at),
                replaces: written.map(digest),
            };
            let (source, prefix) = (segment.range.clone(), own_before.to_owned());
            list.push(Block { entry, state: examined.states[at], source, own, prefix });
        }
        Self { list }
    }
}

fn line(site: &Site, text: TextId, range: &Range<usize>) -> usize {
    site.sources.locate(Span::new(text, range.clone())).line
}

/// What a stale block said when it was translated.
fn previous(examined: &ExaminedUnit, at: usize) -> Option<String> {
    match examined.changes.since[at] {
        Since::Changed(old) if examined.states[at] == State::Stale => {
            let text = examined.then.as_ref()?.texts.as_ref()?.get(old)?;
            Some(lines::taken(text, lines::prefix(text)))
        }
        Since::Changed(_) | Since::Same | Since::New => None,
    }
}

/// The name of a block: of signs that every format can have in a name.
fn id(key: &str, digest: Digest, times: usize) -> String {
    let mut id = place(key);
    let _ = write!(id, ".{digest}");
    if times > 1 {
        let _ = write!(id, ".{times}");
    }
    id
}

/// A key in signs that every format can have in a name.
pub(super) fn place(key: &str) -> String {
    let mut place = String::with_capacity(key.len());
    for c in key.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
            place.push(c);
        } else {
            let _ = write!(place, ":{:x}:", u32::from(c));
        }
    }
    // No name begins with a sign that may not be first.
    if place.starts_with(|c: char| !c.is_ascii_alphabetic()) {
        place.insert_str(0, "k:");
    }
    place
}

/// A digest of what a translation says, letter by letter.
pub(super) fn digest(text: &str) -> String {
    let hash = blake3::hash(text.as_bytes());
    hash.as_bytes()[..6].iter().map(|byte| format!("{byte:02x}")).collect()
}
