//! Which text of the source a translation stands for when blocks of it have come back.

use std::collections::BTreeSet;

use crate::translation::{Digest, Examined, ExaminedUnit};

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
    // What the source no longer has is for people to take out of the translation.
    let mut sections = unit.stands_for(is_written, |_| false);
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
