//! Which parts of an expansion translators have not written, so that a translation can be held to its source.

use std::ops::Range;

use super::host::PageHost;
use super::strings::{PageString, Part, part_for};
use crate::diagnostic::Diagnostic;
use crate::liquid::{Expansion, Segment};
use crate::markdown::{Guard, Markup};
use crate::model::{DataId, Site};
use crate::variant::{LanguageId, VersionId, VersionSet};

/// What the texts in a language are held to: nothing in the default language.
pub(super) fn guard<'a>(
    language: LanguageId,
    learned: &'a Markup,
    trusted: &'a [Range<u32>],
) -> Option<Guard<'a>> {
    (!language.is_default()).then_some(Guard { learned, trusted })
}

/// The bytes of an expansion that no translator wrote: copies of files in the default language, and what the program
/// makes of the site's own tags and blocks.
pub(super) fn trusted(site: &Site, language: LanguageId, expansion: &Expansion) -> Vec<Range<u32>> {
    let mut trusted: Vec<Range<u32>> = Vec::new();
    if language.is_default() || !expansion.text.contains('<') {
        return trusted;
    }
    let end = u32::try_from(expansion.text.len()).unwrap_or(u32::MAX);
    let ends = expansion.segments.iter().skip(1).map(|segment| segment.start).chain([end]);
    for (segment, end) in expansion.segments.iter().zip(ends) {
        let part = &expansion.text[segment.start as usize..end as usize];
        if !is_trusted(site, segment, part) {
            continue;
        }
        match trusted.last_mut() {
            Some(last) if last.end == segment.start => last.end = end,
            _ => trusted.push(segment.start..end),
        }
    }
    trusted
}

fn is_trusted(site: &Site, segment: &Segment, part: &str) -> bool {
    let span = segment.source;
    let written = site.sources.text(span.text).get(span.range()).unwrap_or_default();
    let is_source = site.language_of(span.text.file).is_default();
    if written == part {
        return is_source;
    }
    // What a source prints between the quotes of an attribute makes no other attribute.
    let is_word = !part.contains(['<', '>', '"', '\'', '`', '=']);
    part.trim().is_empty() || is_source && is_word || is_made(written)
}

/// Whether the program itself makes what the tag prints. Outputs and references print what others wrote, and a value
/// may come from anywhere.
fn is_made(tag: &str) -> bool {
    const PRINTS_VALUES: [&str; 4] = ["data", "indented_data_reference", "include", "cycle"];
    let Some(inside) = tag.strip_prefix("{%") else { return false };
    let name = inside.trim_start_matches(|c: char| c == '-' || c.is_whitespace());
    let name = name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    !PRINTS_VALUES.contains(&name)
}

/// A text of the data as it is shown in a version, held to the same text in the default language; nothing where there
/// is none.
pub(super) fn data_part(
    host: &PageHost<'_>,
    id: DataId,
    version: VersionId,
    which: PageString,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Part> {
    let expansion = host.data_text(id, version, diagnostics)?;
    let versions = VersionSet::only(version);
    let mut learned = Markup::default();
    if !host.language.is_default() {
        let source = PageHost { language: LanguageId::DEFAULT, ..*host };
        // What is wrong with the source is said where it is shown.
        let part = data_part(&source, id, version, which, &mut Vec::new());
        learned = part.map(|part| part.body.markup).unwrap_or_default();
    }
    let trusted = trusted(host.context.site, host.language, &expansion);
    let guard = guard(host.language, &learned, &trusted);
    let written_in = host.data_language(id, version);
    Some(part_for(versions, written_in, expansion, which, guard, diagnostics))
}

#[cfg(test)]
mod tests {
    use super::is_made;

    #[test]
    fn the_program_makes_what_tags_of_the_site_print() {
        for tag in ["{% octicon \"gear\" %}", "{%- note -%}", "{% link_in_list /a %}"] {
            assert!(is_made(tag), "{tag}");
        }
        for tag in ["{{ a }}", "{% data a.b %}", "{%- include a %}", "a", "{%cycle 'a' %}"] {
            assert!(!is_made(tag), "{tag}");
        }
    }
}
