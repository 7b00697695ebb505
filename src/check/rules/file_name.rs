//! Titles and file names that have not a word in common: one of them is that of another page.

use super::Judged;
use crate::diagnostic::{Diagnostic, Finding, codes};
use crate::model::Page;
use crate::source::Span;
use crate::variant::{LanguageId, Variant};

/// Words are alike that begin with so many equal letters: `configure` and `configuring`, `orgs` and `organizations`.
const STEM: usize = 3;

pub(super) fn rule(judged: Judged<'_>) -> Vec<Finding> {
    let found = judged.site.pages.iter().filter_map(|page| {
        let title = title(judged, page)?;
        let name = name(page)?;
        if agree(name, title) {
            return None;
        }
        let message = format!("the title `{title}` and the name `{name}` have no word in common");
        let span = page.source.front.title.as_ref().map_or_else(
            || Span::start_of(page.source.file),
            |text| Span::new(text.id, 0..judged.site.sources.text(text.id).len()),
        );
        let finding = Diagnostic::new(codes::FILE_NAME_UNLIKE_TITLE, span, message);
        Some(finding.hint(
            "correct the title, or rename the file and add its old address to `redirect_from`",
        ))
    });
    found.map(Finding::from).collect()
}

/// The title in the default language, in the first version of the page.
fn title<'a>(judged: Judged<'a>, page: &Page) -> Option<&'a str> {
    let version = page.versions.and(judged.prepared.versions()).lowest()?;
    let variant = Variant { language: LanguageId::DEFAULT, version };
    let title = judged.prepared.title(page.id, variant);
    // The words of other scripts are not those of file names.
    title.bytes().any(|byte| byte.is_ascii_alphabetic()).then_some(title)
}

/// The name that readers see in the address; the home page has none.
fn name(page: &Page) -> Option<&str> {
    page.route.rsplit('/').next().filter(|name| !name.is_empty())
}

fn agree(name: &str, title: &str) -> bool {
    let (names, titles) = (words(name), words(title));
    let initials: String = titles.iter().filter_map(|word| word.chars().next()).collect();
    let joined: String = titles.concat();
    // A name of a letter or two says nothing.
    names.iter().all(|name| name.len() < STEM)
        || titles.is_empty()
        || names.iter().any(|name| {
            titles.iter().any(|title| alike(name, title))
                || name.len() > 1 && (initials.contains(&**name) || joined.contains(&**name))
        })
}

/// The words of a text, in lower case.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    parts.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn alike(one: &str, other: &str) -> bool {
    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    same >= STEM || one == other
}

#[cfg(test)]
mod tests {
    use super::agree;

    #[test]
    fn a_word_in_common_is_enough() {
        assert!(agree("configuring-backups", "Configure backups"));
        assert!(agree("faq", "Frequently asked questions"));
        assert!(agree("github-actions", "GitHubActions"));
        assert!(agree("2fa", "Setting up 2FA"));
        assert!(agree("orgs", "Organizations"));
    }

    #[test]
    fn a_title_of_another_page_is_told() {
        assert!(!agree("deleting-a-branch", "Renaming your fork"));
    }
}
