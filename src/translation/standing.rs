//! What translators have to know of the texts of a language: what the source said before, why something is not
//! translated, what is damaged, and where it would have to go.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::examined::{Examined, ExaminedUnit, State};
use super::ground::Ground;
use super::place::Place;
use super::segments::Segment;
use super::then::Since;
use super::units::{Document, Unit, UnitName, written};
use super::work::{Change, Damaged, Reason, Work};
use crate::diagnostic::Finding;
use crate::model::Site;
use crate::source::{FileId, Sources, Span, TextId};
use crate::variant::LanguageId;

/// What is known of texts of the default language and of what stands for them in another one.
pub struct Standing {
    texts: BTreeMap<TextId, Known>,
    damage: Vec<Located>,
    /// The places in translations that are damaged, by their files.
    damaged: BTreeMap<FileId, Vec<usize>>,
    /// The same by the files that they are about.
    about: BTreeMap<FileId, Vec<usize>>,
}

/// What is known of a text.
pub(super) struct Known {
    pub(super) examined: ExaminedUnit,
    pub(super) key: String,
    /// The segment of the translation that stands for each of the source.
    counterparts: Vec<Option<usize>>,
    /// The segment of the translation that stands for the last one before each of the source that has any.
    before: Vec<Option<usize>>,
    /// Why all of it is in the default language, where it is.
    reason: Option<Reason>,
    /// The file of the translation, which may not be there.
    own_file: (Option<FileId>, String),
}

/// A finding about a translation, by the bytes of files.
struct Located {
    finding: Finding,
    bytes: Range<usize>,
    about: Range<usize>,
}

impl Standing {
    /// What is known of these files in a language, of which this is damaged.
    pub fn new(
        site: &Site,
        language: LanguageId,
        examined: Vec<Examined>,
        damage: Vec<Finding>,
    ) -> Self {
        let mut texts = BTreeMap::new();
        for Examined { document, units } in examined {
            for examined in units {
                let known = Known::new(site, language, &document, examined);
                texts.insert(known.examined.unit.source, known);
            }
        }
        let located = |finding: Finding| {
            let bytes = |span: Span| site.sources.locate(span).bytes;
            let about = finding.diagnostic.counterpart.as_deref().copied();
            Located {
                bytes: bytes(finding.diagnostic.span),
                about: about.map(bytes).unwrap_or_default(),
                finding,
            }
        };
        let damage: Vec<Located> = damage.into_iter().map(located).collect();
        let (mut damaged, mut about) = (BTreeMap::new(), BTreeMap::new());
        for (number, found) in damage.iter().enumerate() {
            let diagnostic = &found.finding.diagnostic;
            let own: &mut Vec<usize> = damaged.entry(diagnostic.span.text.file).or_default();
            own.push(number);
            if let Some(source) = &diagnostic.counterpart {
                let of_source: &mut Vec<usize> = about.entry(source.text.file).or_default();
                of_source.push(number);
            }
        }
        Self { texts, damage, damaged, about }
    }

    /// What is known of a text of the default language.
    pub(super) fn known(&self, source: TextId) -> Option<&Known> {
        self.texts.get(&source)
    }

    /// What has become of what was written in these places.
    pub(super) fn states(&self, source: &[Span]) -> Vec<State> {
        self.segments(source).iter().map(|(known, at)| known.examined.states[*at]).collect()
    }

    /// What is to do about a block that was written in these places of the source, and in those of the translation.
    pub(super) fn work(&self, source: &[Span], own: &[Span], ground: &Ground<'_>) -> Work {
        let sources = ground.sources();
        let segments = self.segments(source);
        let changes = segments.iter().flat_map(|(known, at)| known.changes(*at, sources));
        let changes = changes.collect();
        let reason = segments.iter().find_map(|(known, _)| known.reason);
        let is_open = |(known, at): &&(&Known, usize)| known.examined.states[*at].is_open();
        let spot = segments.iter().find(is_open).or_else(|| segments.first());
        let spot = spot.and_then(|(known, at)| known.spot(*at, ground));
        let mut found: Vec<usize> =
            own.iter().flat_map(|span| self.inside(span, sources)).collect();
        if own.is_empty() || reason == Some(Reason::Damaged) {
            found.extend(source.iter().flat_map(|span| self.about(span, sources)));
        }
        found.sort_unstable();
        found.dedup();
        let damage = found.into_iter().map(|number| self.damaged(number, ground)).collect();
        Work { changes, reason, damage, spot }
    }

    /// What is damaged in a file outside its texts, or costs all of it.
    pub(super) fn loose(&self, own: FileId, ground: &Ground<'_>) -> Vec<Damaged> {
        let sources = ground.sources();
        let mut texts: Vec<Range<usize>> = Vec::new();
        for known in self.texts.values() {
            if let Some(text) = known.examined.unit.own.filter(|text| text.file == own) {
                texts.push(sources.locate(Span::new(text, 0..sources.text(text).len())).bytes);
            }
        }
        let in_text = |found: &Located| texts.iter().any(|text| touches(&found.bytes, text));
        let all = self.damaged.get(&own).into_iter().flatten();
        let loose = all.filter(|number| !in_text(&self.damage[**number]));
        loose.map(|number| self.damaged(*number, ground)).collect()
    }

    /// The segments that lie in these places, each once, with the texts that they are of.
    fn segments(&self, source: &[Span]) -> Vec<(&Known, usize)> {
        let mut seen = BTreeSet::new();
        let mut segments = Vec::new();
        for span in source {
            let Some(known) = self.texts.get(&span.text) else { continue };
            let range = span.range();
            let list = &known.examined.source.list;
            // Segments stand in order, and apart from each other.
            let first = list.partition_point(|segment| segment.range.end <= range.start);
            for (at, segment) in list.iter().enumerate().skip(first) {
                if segment.range.start >= range.end {
                    break;
                }
                if overlaps(&segment.range, &range) && seen.insert((span.text, at)) {
                    segments.push((known, at));
                }
            }
        }
        segments
    }

    fn inside(&self, span: &Span, sources: &Sources) -> Vec<usize> {
        let bytes = sources.locate(*span).bytes;
        let all = self.damaged.get(&span.text.file).into_iter().flatten().copied();
        all.filter(|number| touches(&self.damage[*number].bytes, &bytes)).collect()
    }

    fn about(&self, span: &Span, sources: &Sources) -> Vec<usize> {
        let bytes = sources.locate(*span).bytes;
        let all = self.about.get(&span.text.file).into_iter().flatten().copied();
        all.filter(|number| touches(&self.damage[*number].about, &bytes)).collect()
    }

    fn damaged(&self, number: usize, ground: &Ground<'_>) -> Damaged {
        let diagnostic = &self.damage[number].finding.diagnostic;
        Damaged {
            message: crate::diagnostic::visible(&diagnostic.message),
            hints: diagnostic.hints.iter().map(|hint| crate::diagnostic::visible(hint)).collect(),
            place: ground.place(diagnostic.span),
        }
    }
}

impl Known {
    fn new(site: &Site, language: LanguageId, document: &Document, examined: ExaminedUnit) -> Self {
        let counterparts = examined.counterparts();
        let before = counterparts
            .iter()
            .scan(None, |last, counterpart| Some(std::mem::replace(last, counterpart.or(*last))));
        Self {
            key: examined.unit.name.key(site).to_owned(),
            before: before.collect(),
            counterparts,
            reason: reason(site, language, document, &examined.unit),
            own_file: (document.own, document.own_path.clone()),
            examined,
        }
    }

    /// Why all of it is in the default language, where it is.
    pub(super) fn reason(&self) -> Option<Reason> {
        self.reason
    }

    /// What has changed in a segment, and what is gone behind it.
    fn changes(&self, at: usize, sources: &Sources) -> Vec<Change> {
        let examined = &self.examined;
        if examined.unit.own.is_none() || examined.unit.gives_way {
            return Vec::new();
        }
        let text = sources.text(examined.unit.source);
        let now = text.get(self.segment(at).range.clone()).unwrap_or_default();
        let then = |old: usize| {
            let texts = examined.then.as_ref()?.texts.as_ref()?;
            texts.get(old).map(String::as_str).filter(|text| !text.is_empty())
        };
        let own = match examined.changes.since[at] {
            _ if examined.states[at] != State::Stale => None,
            Since::Same => None,
            Since::New => Some(Change::new_text(now)),
            Since::Changed(old) => Some(Change::of(then(old), now)),
        };
        let gone = examined.changes.gone_behind(at);
        let gone = gone.iter().map(|(old, _)| Change::gone(then(*old)));
        own.into_iter().chain(gone).collect()
    }

    fn segment(&self, at: usize) -> &Segment {
        &self.examined.source.list[at]
    }

    /// Where the translation of a segment is, or would have to go: behind that of the one before it.
    fn spot(&self, at: usize, ground: &Ground<'_>) -> Option<Place> {
        let sources = ground.sources();
        if let (Some(text), Some(own)) = (self.examined.unit.own, &self.examined.own) {
            let range = |there: usize| own.list[there].range.clone();
            if let Some(there) = self.counterparts[at] {
                return Some(ground.place(Span::new(text, range(there))));
            }
            let end = self.before[at].map_or(0, |there| range(there).end);
            return Some(ground.place(Span::new(text, end..end)));
        }
        let (file, path) = &self.own_file;
        let Some(file) = *file else {
            let (file, line, column) = (path.clone(), 1, 1);
            return Some(Place { file, line, column, edit: None });
        };
        let end = sources.file(file).text.trim_end().len();
        let at = if self.examined.unit.name == UnitName::Body { end } else { 0 };
        Some(ground.place(Span::new(TextId::whole(file), at..at)))
    }
}

/// Why all of a text is in the default language, where it is.
fn reason(site: &Site, language: LanguageId, document: &Document, unit: &Unit) -> Option<Reason> {
    if document.gives_way || unit.gives_way {
        return Some(Reason::Damaged);
    }
    if unit.own.is_some() {
        return None;
    }
    let is_there = match unit.name {
        UnitName::Data(id, version) => {
            let mut all = site.data.get(id).all();
            all.any(|(own, of, _)| own == language && of == version)
        }
        name => {
            let page = document.page.map(|page| site.page(page));
            let edition = page.and_then(|page| page.translations.get(&language));
            edition.is_some_and(|edition| written(edition, name).is_some())
        }
    };
    Some(if is_there { Reason::Empty } else { Reason::Untranslated })
}

/// Whether two ranges have a byte in common.
fn overlaps(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// The same, where one without bytes lies in what it stands beside.
fn touches(one: &Range<usize>, other: &Range<usize>) -> bool {
    overlaps(one, other) || (one.is_empty() && other.start <= one.start && one.start <= other.end)
}
