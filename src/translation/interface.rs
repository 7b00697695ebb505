//! The theme's words that readers of a language see in English.

use std::collections::BTreeSet;

use crate::model::Site;
use crate::render::theme::Theme;
use crate::render::ui::forms::{form_of, words_with_forms};
use crate::variant::LanguageId;

/// The words of the theme that it does not have in a language, and that the site says neither in that language nor in
/// the default one, from which they are translated like other data. A word with forms is one.
pub fn words_of_theme(site: &Site, theme: &Theme, language: LanguageId) -> Vec<String> {
    let tag = &site.config.language(language).tag;
    let english = theme.words("en").map(|words| words.keys().map(String::as_str));
    let keys: Vec<&str> = english.into_iter().flatten().collect();
    let counted = words_with_forms(keys.iter().copied());
    let word = |key| match form_of(key) {
        Some((word, _)) if counted.contains(word) => word,
        _ => key,
    };
    let of_theme = theme.words_for(tag).into_iter().flat_map(|(_, words)| words.keys());
    let of_site = site.data.values().iter().filter_map(|datum| {
        let key = datum.key.strip_prefix("ui.")?;
        let mut languages = datum.all().map(|(of, ..)| of);
        languages.any(|of| of == language || of.is_default()).then_some(key)
    });
    let there: BTreeSet<&str> = of_theme.map(String::as_str).chain(of_site).map(word).collect();
    let words: BTreeSet<&str> = keys.iter().map(|key| word(key)).collect();
    words.difference(&there).map(|word| (*word).to_owned()).collect()
}
