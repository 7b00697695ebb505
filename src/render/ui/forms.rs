//! The forms of words that count: which ones a language has, and which one goes with a number.

use std::collections::BTreeSet;

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

use crate::model::Site;
use crate::variant::LanguageId;

/// What Unicode CLDR calls the forms, in its order.
pub const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", OTHER];

/// The form that every language has, and that stands in for others.
pub const OTHER: &str = "other";

/// Up to here numbers are looked at to see which forms a language needs.
const USUAL: u64 = 1000;

/// Which form of a word goes with a number in one language, by the cardinal rules of Unicode CLDR.
#[derive(Debug)]
pub struct FormRules(Option<PluralRules>);

impl FormRules {
    /// The rules of the language with this BCP 47 tag; one that nobody knows has the form `other` alone.
    pub fn new(tag: &str) -> Self {
        let locale = Locale::try_from_str(tag).ok();
        Self(locale.and_then(|locale| PluralRules::try_new_cardinal(locale.into()).ok()))
    }

    /// Whether the language is one that can be known at all.
    pub fn is_known(&self) -> bool {
        self.0.is_some()
    }

    /// The form for so many of something.
    pub fn form(&self, count: u64) -> &'static str {
        let category = self.0.as_ref().map(|rules| rules.category_for(count));
        category.map_or(OTHER, name)
    }

    /// The forms that the language has.
    pub fn has(&self) -> BTreeSet<&'static str> {
        let categories = self.0.iter().flat_map(PluralRules::categories);
        categories.map(name).chain([OTHER]).collect()
    }

    /// The forms that a translator has to write: those of numbers that occur, and `other`. French has a form for round
    /// millions, which no page counts up to; where it is not written, `other` stands in.
    pub fn needs(&self) -> BTreeSet<&'static str> {
        (0..=USUAL).map(|count| self.form(count)).chain([OTHER]).collect()
    }

    /// The numbers that occur and have this form.
    pub fn numbers(&self, form: &str) -> Vec<u64> {
        (0..=USUAL).filter(|count| self.form(*count) == form).collect()
    }
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => OTHER,
    }
}

/// The name of a word and of the form, where `key` may be a form of a word: `search.found.one`.
pub fn form_of(key: &str) -> Option<(&str, &str)> {
    key.rsplit_once('.').filter(|(_, form)| FORMS.contains(form))
}

/// The names of the words that have forms: all that stands below them in `keys` is a form, and `other` is there.
pub fn words_with_forms<'a>(keys: impl Iterator<Item = &'a str> + Clone) -> BTreeSet<&'a str> {
    let words = keys.clone().filter_map(form_of);
    let mut words: BTreeSet<&str> =
        words.filter(|(_, form)| *form == OTHER).map(|(word, _)| word).collect();
    for key in keys.filter(|key| form_of(key).is_none()) {
        // What has another name below it, at whatever depth, is a group of texts.
        for (at, _) in key.match_indices('.') {
            words.remove(&key[..at]);
        }
    }
    words
}

/// The keys of data that are forms which `language` does not have: nobody misses them there.
pub fn needless_forms(site: &Site, language: LanguageId) -> BTreeSet<&str> {
    let keys = site.data.values().iter().map(|datum| &*datum.key);
    let keys = keys.filter(|key| key.starts_with("ui."));
    let words = words_with_forms(keys.clone());
    let has = FormRules::new(&site.config.language(language).tag).has();
    let is_needless = |(word, form)| words.contains(word) && !has.contains(form);
    keys.filter(|key| form_of(key).is_some_and(is_needless)).collect()
}

#[cfg(test)]
mod tests {
    use super::{FormRules, words_with_forms};

    #[track_caller]
    fn check(tag: &str, forms: &[(u64, &str)], needs: &str) {
        let rules = FormRules::new(tag);
        for (count, form) in forms {
            assert_eq!(rules.form(*count), *form, "{count} in {tag}");
        }
        assert_eq!(rules.needs().into_iter().collect::<Vec<_>>().join(" "), needs, "{tag}");
        assert!(rules.needs().is_subset(&rules.has()));
    }

    #[test]
    fn numbers_have_the_forms_of_their_language() {
        check("en", &[(0, "other"), (1, "one"), (2, "other"), (21, "other")], "one other");
        check("zh-Hans", &[(0, "other"), (1, "other")], "other");
        check("fr", &[(0, "one"), (1, "one"), (2, "other"), (1_000_000, "many")], "one other");
        check("ru", &[(1, "one"), (3, "few"), (11, "many"), (21, "one")], "few many one other");
        check("pl", &[(1, "one"), (22, "few"), (5, "many")], "few many one other");
        check(
            "ar",
            &[(0, "zero"), (1, "one"), (2, "two"), (3, "few"), (11, "many"), (100, "other")],
            "few many one other two zero",
        );
    }

    #[test]
    fn a_tag_that_is_none_has_one_form() {
        check("_", &[(1, "other")], "other");
    }

    #[test]
    fn a_word_has_forms_where_nothing_else_is_below_it() {
        let words = |keys: &[&str]| {
            let words = words_with_forms(keys.iter().copied());
            words.into_iter().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(words(&["a.one", "a.other", "b.other", "b.c.d", "c.one"]), "a");
        assert_eq!(words(&["a.other", "a.others"]), "");
        assert_eq!(words(&["other", "x.few.other"]), "x.few");
    }
}
