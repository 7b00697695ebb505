//! What was found when the site was read: damage that is repaired for readers, or costs them the translation.

use std::collections::BTreeSet;

use super::fold::{folded, is_damaged_form};
use super::{Fault, FaultKind, Found};
use crate::model::{Cure, Damage, DamageKind, Flaw, Mend, Outcome, Site};
use crate::render::Icons;
use crate::source::Span;
use crate::translation::units::Document;
use crate::variant::LanguageId;

/// The translations that are lost as files.
pub(super) fn lost_files(site: &Site, language: LanguageId, documents: &[Document]) -> Vec<Fault> {
    let lost = site.mends.iter().filter(|mend| mend.source.is_none());
    let lost = lost.filter(|mend| site.language_of(mend.own.file) == language);
    let of_file = |mend: &Mend| {
        let path = &site.sources.file(mend.own.file).path;
        let document = documents.iter().find(|document| document.own_path == *path)?;
        let source = Some(Span::start_of(document.source));
        let fault = |damage: &Damage| Fault {
            kind: FaultKind::File(damage.kind.clone()),
            at: Span::new(mend.own, damage.at.clone()),
            source,
            fix: None,
        };
        Some(mend.damage.iter().map(fault).collect::<Vec<_>>())
    };
    lost.filter_map(of_file).flatten().collect()
}

/// The icons that there are, as tags name them.
pub(super) fn icons(site: &Site) -> BTreeSet<String> {
    let built_in = Icons::built_in();
    let own = site.icons.iter().map(|(name, _)| name.clone());
    built_in.names().map(str::to_owned).chain(own).collect()
}

/// What is known to be wrong with a text, but for what is only old.
pub(super) fn known(found: &mut Found, mends: &[&Mend], icons: &BTreeSet<String>) {
    for mend in mends.iter().filter(|mend| mend.source.is_some()) {
        for damage in mend.damage.iter().filter(|damage| is_damage(&damage.kind, icons)) {
            let fix = match &damage.cure {
                Cure::Splices(splices) if is_provable(damage, mend) => Some(&**splices),
                _ => None,
            };
            let kind = FaultKind::Known(damage.kind.clone());
            found.add(kind, damage.at.clone(), damage.counterpart.clone(), fix);
        }
    }
}

/// Whether the source says how to mend it. What makes no sense even when it is repaired is left alone.
fn is_provable(damage: &Damage, mend: &Mend) -> bool {
    match damage.kind {
        DamageKind::Mark { .. } | DamageKind::NotRaw { .. } => mend.outcome != Outcome::Kept,
        DamageKind::Fence { .. }
        | DamageKind::Link { .. }
        | DamageKind::Placeholder { .. }
        | DamageKind::Hidden { .. } => true,
        _ => false,
    }
}

/// Whether it was never right.
fn is_damage(kind: &DamageKind, icons: &BTreeSet<String>) -> bool {
    match kind {
        DamageKind::Mark { wrong, right, flaw } => {
            *flaw == Flaw::Broken
                || is_damaged_form(wrong, right)
                || is_translated(wrong)
                || is_glued(wrong)
                || is_icon_damaged(wrong, right, icons)
                || is_same_but_for_case(wrong, right)
        }
        DamageKind::LostMark { wrong, flaw } => {
            *flaw == Flaw::Broken || is_translated(wrong) || is_glued(wrong)
        }
        DamageKind::Fence { wrong, right } => {
            // A language that the source has called otherwise before is old.
            !wrong.is_ascii()
                || wrong.contains(char::is_whitespace)
                || is_same_but_for_case(wrong, right)
        }
        DamageKind::Link { wrong, right } => !is_other_edition(wrong, right),
        _ => true,
    }
}

fn is_same_but_for_case(wrong: &str, right: &str) -> bool {
    folded(wrong).to_lowercase() == folded(right).to_lowercase()
}

/// Whether what names data, a page or an icon has letters that no name has. Labels are for readers.
fn is_translated(mark: &str) -> bool {
    let mut parts = mark.split('"');
    let outside = parts.by_ref().step_by(2).collect::<String>();
    !outside.is_ascii()
        || mark.starts_with("{% octicon") && {
            let name = mark.split('"').nth(1).unwrap_or_default();
            !name.is_ascii()
        }
}

/// Whether the name of a tag runs into what it is about.
fn is_glued(mark: &str) -> bool {
    let inside = mark.strip_prefix("{%").and_then(|inside| inside.strip_suffix("%}"));
    let name = inside.and_then(|inside| inside.trim_matches(['-', ' ']).split_whitespace().next());
    name.is_some_and(|name| name.contains(['/', '.']))
}

/// An icon that there is not, or whose label is lost to a blank.
fn is_icon_damaged(wrong: &str, right: &str, icons: &BTreeSet<String>) -> bool {
    let name = |mark: &str| {
        let arguments = mark.strip_prefix("{% octicon ")?;
        let name = arguments.split_whitespace().next()?;
        Some(name.trim_matches(['"', '\'', '“', '”']).to_owned())
    };
    let (Some(own), Some(theirs)) = (name(wrong), name(right)) else { return false };
    own != theirs && !icons.contains(&own) && icons.contains(&theirs)
        || wrong.contains("= \"") && !right.contains("= \"")
}

/// Whether a link leads to the same thing in another language, which translators may want: to another host, or to a
/// part of the same that is named after a language.
fn is_other_edition(wrong: &str, right: &str) -> bool {
    let wrong = wrong.trim_start_matches([']', ' ', '(', '（']).trim_end_matches([')', '）']);
    let Some(wrong) = web(wrong).filter(|wrong| !wrong.contains(char::is_whitespace)) else {
        return false;
    };
    let Some(right) = web(right) else { return true };
    let (own_host, own_path) = wrong.split_once('/').unwrap_or((wrong, ""));
    let (host, path) = right.split_once('/').unwrap_or((right, ""));
    let is_language = |part: &&str| {
        let letters = part.split(['-', '_']).next().unwrap_or_default();
        letters.len() == 2 && letters.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    own_host != host
        || own_path
            .split('/')
            .any(|part| is_language(&part) && !path.split('/').any(|other| other == part))
}

/// An address of the web without its scheme.
fn web(address: &str) -> Option<&str> {
    address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))
}

#[cfg(test)]
mod tests {
    use super::is_other_edition;

    #[test]
    fn a_page_of_the_web_in_another_language_is_no_damage() {
        let check = |wrong: &str, right: &str| is_other_edition(&format!("]({wrong})"), right);
        assert!(check("https://ja.example.org/急須", "https://en.example.org/kettle"));
        assert!(check("https://example.org/book/ja/急須", "https://example.org/book/en/kettle"));
        assert!(!check("https://example.org/急須", "https://example.org/kettle"));
        assert!(!check("/ガイド/急須", "/guides/kettle"));
    }
}
