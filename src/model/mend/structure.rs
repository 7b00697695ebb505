//! Keys of a translation's front matter that are not for translators: the source's value is used, and that is said
//! where the translation's was hardly meant.

use crate::diagnostic::{Diagnostic, codes};
use crate::load::{FrontMatter, VersionsField};
use crate::source::Span;

/// Values that no older source can have had.
pub(super) fn structure_damage(
    source: &FrontMatter,
    own: &FrontMatter,
    file: Span,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let is_theirs = |address: &str| source.redirect_from.iter().any(|entry| entry.value == address);
    let is_odd = |address: &str| {
        (!address.is_ascii() || address.contains(char::is_whitespace)) && !is_theirs(address)
    };
    if let Some(entry) = own.redirect_from.iter().find(|entry| is_odd(&entry.value)) {
        let message =
            format!("`redirect_from` has `{}`, which is no address of the source", entry.value);
        found.push(finding(entry.span, message));
    }
    if let (Some(VersionsField::All), Some(VersionsField::Plans(plans))) =
        (&source.versions, &own.versions)
    {
        let span = plans.first().map_or(file, |(plan, _)| plan.span);
        found.push(finding(span, "`versions` is `*` in the source, a map here".to_owned()));
    }
    found
}

fn finding(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(codes::STRUCTURE_IN_TRANSLATION, span, message)
        .hint("remove the key: structure comes from the source alone")
}
