//! Which parts of a page are in the default language although the page is translated.

use std::ops::Range;

use crate::liquid::Expansion;
use crate::model::Site;
use crate::source::FileId;
use crate::variant::LanguageId;

/// The bytes of an expansion that were written in the default language, if the rest was not.
pub(super) fn in_default_language(
    site: &Site,
    written_in: LanguageId,
    expansion: &Expansion,
) -> Vec<Range<u32>> {
    let mut parts: Vec<Range<u32>> = Vec::new();
    if written_in.is_default() {
        return parts;
    }
    let end = u32::try_from(expansion.text.len()).unwrap_or(u32::MAX);
    let ends = expansion.segments.iter().skip(1).map(|segment| segment.start).chain([end]);
    let mut known: Option<(FileId, bool)> = None;
    for (segment, end) in expansion.segments.iter().zip(ends) {
        let file = segment.source.text.file;
        let is_default = match known {
            Some((same, is_default)) if same == file => is_default,
            _ => site.language_of(file).is_default(),
        };
        known = Some((file, is_default));
        match parts.last_mut() {
            Some(last) if is_default && last.end == segment.start => last.end = end,
            _ if is_default => parts.push(segment.start..end),
            _ => {}
        }
    }
    parts
}
