//! What the sources of a site say in conditions, outputs and code blocks: what a translation says besides is suspect.

use std::collections::BTreeMap;

use super::prose::fences;
use crate::config::Config;
use crate::diagnostic::nearest;
use crate::liquid::{Mark, MarkForm, marks};
use crate::variant::Release;

/// The words of the default language, apart from prose, with how often each is said.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// Words and quoted texts of conditions.
    conditions: BTreeMap<String, usize>,
    /// What stands between `{{` and `}}`.
    outputs: BTreeMap<String, usize>,
    /// What stands behind the backticks of a code block.
    infos: BTreeMap<String, usize>,
}

/// The words of some texts, each as often as it is said.
#[derive(Debug, Default)]
pub(super) struct Words {
    conditions: Vec<String>,
    outputs: Vec<String>,
    infos: Vec<String>,
}

/// How bad something is that the sources never say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// It was right once.
    Outdated,
    /// It prints nothing.
    Lost,
    /// It was never right.
    Broken,
}

impl Words {
    /// Adds the words of a source.
    pub(super) fn add(&mut self, text: &str) {
        for mark in marks(text) {
            if mark.form == MarkForm::Output {
                self.outputs.push(plain(mark.arguments));
            } else if is_condition(&mark) {
                self.conditions.extend(tokens(mark.arguments));
            }
        }
        self.infos.extend(fences(text).into_iter().map(|fence| text[fence.info].to_owned()));
    }
}

impl Vocabulary {
    /// Learns the words of some texts; whether one of them is new.
    pub(super) fn learn(&mut self, words: &Words) -> bool {
        let learned = self.each(words).map(|(known, words)| {
            words.iter().fold(false, |is_new, word| {
                let count = known.entry(word.clone()).or_default();
                *count += 1;
                is_new || *count == 1
            })
        });
        learned.contains(&true)
    }

    /// Forgets the words of texts that it has learned; whether one of them is not said any more.
    pub(super) fn forget(&mut self, words: &Words) -> bool {
        let forgotten = self.each(words).map(|(known, words)| {
            words.iter().fold(false, |is_gone, word| match known.get_mut(word) {
                Some(count) if *count > 1 => {
                    *count -= 1;
                    is_gone
                }
                _ => known.remove(word).is_some() || is_gone,
            })
        });
        forgotten.contains(&true)
    }

    fn each<'a>(
        &'a mut self,
        words: &'a Words,
    ) -> [(&'a mut BTreeMap<String, usize>, &'a [String]); 3] {
        [
            (&mut self.conditions, &words.conditions),
            (&mut self.outputs, &words.outputs),
            (&mut self.infos, &words.infos),
        ]
    }

    /// Whether some source prints the same.
    pub(super) fn has_output(&self, arguments: &str) -> bool {
        self.outputs.contains_key(&plain(arguments))
    }

    /// Whether some source has a code block of this kind.
    pub(super) fn has_info(&self, info: &str) -> bool {
        self.infos.contains_key(info)
    }

    /// What is wrong with a condition whose syntax is right.
    pub(super) fn condition_flaw(&self, arguments: &str, config: &Config) -> Option<Flaw> {
        let unknown = tokens(arguments).filter(|token| !self.conditions.contains_key(token));
        unknown.filter_map(|token| self.token_flaw(&token, config)).max()
    }

    /// Whether a condition is broken by nothing but versions that the site does not know any more, or not yet.
    pub(super) fn is_only_old(&self, arguments: &str, config: &Config) -> bool {
        let unknown = tokens(arguments).filter(|token| !self.conditions.contains_key(token));
        let mut broken =
            unknown.filter(|token| self.token_flaw(token, config) == Some(Flaw::Broken));
        broken.all(|token| {
            token.strip_prefix('"').is_some_and(|literal| is_old_version(literal, config))
        })
    }

    fn token_flaw(&self, token: &str, config: &Config) -> Option<Flaw> {
        if let Some(literal) = token.strip_prefix('"') {
            return literal_flaw(literal, config);
        }
        let is_number = token.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        if is_number || KEYWORDS.contains(&token) || config.versions.find_plan(token).is_some() {
            return None;
        }
        let known = self.conditions.keys().map(|known| &**known);
        let near = nearest(token, known.filter(|known| !known.starts_with('"'))).is_some();
        Some(if near { Flaw::Broken } else { Flaw::Outdated })
    }
}

/// The words of conditions themselves.
const KEYWORDS: [&str; 10] =
    ["and", "or", "not", "contains", "ver_gt", "ver_lt", "true", "false", "nil", "empty"];

/// A quoted text that no source has: a version that there is or was, or something else.
fn literal_flaw(literal: &str, config: &Config) -> Option<Flaw> {
    if config.versions.find(literal).is_some() {
        return None;
    }
    let Some((plan, release)) = literal.rsplit_once('@') else {
        let damaged = literal.contains(char::is_whitespace) || !literal.is_ascii();
        return Some(if damaged { Flaw::Broken } else { Flaw::Outdated });
    };
    let known = config.versions.find_plan(plan);
    if known.is_some_and(|plan| plan.next.as_ref().is_some_and(|next| next.as_str() == release)) {
        return None;
    }
    let was = known.is_some() && Release::new(release).is_number();
    Some(if was { Flaw::Outdated } else { Flaw::Broken })
}

/// Whether a quoted text looks like a version, but for one whose plan is a known one with a letter or two changed.
fn is_old_version(literal: &str, config: &Config) -> bool {
    let is_name = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
    };
    let Some((plan, release)) = literal.rsplit_once('@') else { return false };
    let is_known = config.versions.find_plan(plan).is_some();
    let plans = config.versions.plans().iter().map(|plan| &*plan.name);
    is_name(plan) && is_name(release) && (is_known || nearest(plan, plans).is_none())
}

/// Whether the mark has a condition.
pub(super) fn is_condition(mark: &Mark<'_>) -> bool {
    mark.form == MarkForm::Tag
        && matches!(mark.name, "if" | "elsif" | "elseif" | "unless" | "ifversion")
}

/// The text with single blanks.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words and quoted texts of a condition; these begin with `"` and have no other quotation mark.
fn tokens(arguments: &str) -> impl Iterator<Item = String> {
    let mut rest = arguments;
    std::iter::from_fn(move || {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
        let start = rest.find(|c| is_part(c) || matches!(c, '"' | '\''))?;
        rest = &rest[start..];
        if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            let inside = &rest[1..];
            let end = inside.find(quote).unwrap_or(inside.len());
            rest = &inside[(end + 1).min(inside.len())..];
            return Some(format!("\"{}", &inside[..end]));
        }
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let word = rest[..end].to_owned();
        rest = &rest[end..];
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn a_condition_is_words_and_quoted_texts() {
        let found: Vec<String> = tokens("a.b == 'x y' or ghes >= 3.1 and \"z").collect();
        assert_eq!(found, ["a.b", "\"x y", "or", "ghes", "3.1", "and", "\"z"]);
    }
}
