//! Which text of the source a translation stands for when blocks of it have come back.

use std::collections::BTreeSet;

use crate::translation::{Digest, Examined, ExaminedUnit, Since, State};

/// The digests of the source that a text of `file` stands for, section by section, once these of its blocks are
/// written; none of a text that is not translated.
///
/// A page that is made has blocks that stay in the default language. They stand for nothing, so that they are told as
/// open.
pub fn stands_for(
    file: &Examined,
    unit: &ExaminedUnit,
    written: Option<&BTreeSet<usize>>,
) -> Option<Vec<Vec<Digest>>> {
    let is_new = unit.own.is_none();
    let is_made = file.document.own.is_none() && is_body(unit);
    if is_new && written.is_none() && !is_made {
        return None;
    }
    let is_written = |at: usize| written.is_some_and(|written| written.contains(&at));
    let then = unit.then.as_ref().map_or(&[][..], |then| &then.digests);
    let mut sections: Vec<Vec<Digest>> = vec![Vec::new(); unit.source.sections.len()];
    let mut gone = unit.changes.gone.iter().peekable();
    for (at, segment) in unit.source.list.iter().enumerate() {
        // What the source no longer has is for people to take out of the translation.
        while let Some((old, _)) = gone.next_if(|(_, before)| *before <= at) {
            sections[segment.section].extend(then.get(*old));
        }
        let digest = match unit.changes.since[at] {
            _ if is_written(at) => Some(segment.digest),
            _ if is_new => (unit.states[at] == State::Wordless).then_some(segment.digest),
            Since::Same => Some(segment.digest),
            Since::Changed(old) => then.get(old).copied(),
            Since::New => None,
        };
        sections[segment.section].extend(digest);
    }
    if let Some(last) = sections.last_mut() {
        last.extend(gone.filter_map(|(old, _)| then.get(*old)));
    }
    sections.retain(|digests| !digests.is_empty());
    if sections.is_empty() {
        sections.extend(Digest::parse(NOTHING).map(|digest| vec![digest]));
    }
    Some(sections)
}

/// The digest of no block at all.
const NOTHING: &str = "000000000000";

fn is_body(unit: &ExaminedUnit) -> bool {
    unit.unit.name == crate::translation::UnitName::Body
}
