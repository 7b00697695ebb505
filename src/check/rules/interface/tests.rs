//! Strings of the interface, in and beside their source.

use super::{Words, cover, faults, form_faults};
use crate::render::theme::Theme;

/// `key = text` by lines.
fn words(text: &'static str) -> Words<'static> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| line.split_once(" = ").expect("a key and a text")).collect()
}

#[track_caller]
fn check(tag: &str, source: &'static str, own: &'static str, expected: &[&str]) {
    let found = faults(&words(source), &words(own), tag).into_iter();
    let found: Vec<String> = found
        .map(|fault| {
            let at = &words(own)[&*fault.key][fault.at];
            format!("{} {} `{at}`: {}; {}", fault.code.name, fault.key, fault.message, fault.hint)
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn placeholders_stand_wherever_they_are_needed() {
    check("zh", "a = In {language} since {date}", "a = 自{date}起为{language}", &[]);
    check("zh", "a = All", "a = {% data x.y %}{{ 'z' }} 全部 { b }", &[]);
}

#[test]
fn placeholders_that_were_translated_or_lost_are_found() {
    check(
        "zh",
        "a = In {language}",
        "a = 语言：{语言}",
        &[
            "ui-placeholder a `{语言}`: the source has no placeholder `{语言}`; write `{language}`, \
           as in the source",
        ],
    );
    check(
        "zh",
        "a = In {language}",
        "a = 某种语言",
        &["ui-placeholder a `某种语言`: the placeholder `{language}` is lost; add it where the \
           value belongs"],
    );
    check(
        "zh",
        "a = Next",
        "a = 下一页 {page}",
        &[
            "ui-placeholder a `{page}`: the source has no placeholder `{page}`; remove it, as nothing \
           is put in its place",
        ],
    );
}

const ENGLISH: &str = "found.one = {count} result\nfound.other = {count} results";

#[test]
fn a_language_has_the_forms_that_it_needs() {
    check("zh", ENGLISH, "found.other = {count} 条", &[]);
    check("fr", ENGLISH, "found.one = {count} page\nfound.other = {count} pages", &[]);
    check(
        "ar",
        ENGLISH,
        "found.zero = لا\nfound.one = واحدة\nfound.two = اثنتان\nfound.few = {count} أ\n\
         found.many = {count} ب\nfound.other = {count} ج",
        &[],
    );
    // One text for all numbers is as well.
    check("ru", ENGLISH, "found = Найдено: {count}", &[]);
}

#[test]
fn forms_that_are_missing_are_told_with_their_numbers() {
    check(
        "ru",
        ENGLISH,
        "found.one = {count} страница\nfound.other = {count} страницы",
        &[
            "ui-plural-form found.other `{count} страницы`: `found` has no form `few`; add `few`, \
             which ru has for 2, 3, 4 and others",
            "ui-plural-form found.other `{count} страницы`: `found` has no form `many`; add `many`, \
             which ru has for 0, 5, 6 and others",
        ],
    );
    check(
        "de",
        ENGLISH,
        "found.one = 1 Seite",
        &[
            "ui-plural-form found.one `1 Seite`: `found` has no form `other`; add `other`, which de \
           has for 0, 2, 3 and others",
        ],
    );
}

#[test]
fn forms_that_a_language_does_not_have_are_found() {
    check(
        "zh-Hans",
        ENGLISH,
        "found.one = 一条\nfound.other = {count} 条",
        &[
            "ui-plural-form found.one `一条`: zh-Hans has no form `one`: `found.one` is never shown; \
           remove it",
        ],
    );
    check(
        "de",
        "a = Pages",
        "a.one = Seite\na.other = Seiten",
        &[
            "ui-plural-form a.one `Seite`: `a` has no forms in the source, as it is shown without \
             a number; write one text for `a`",
            "ui-plural-form a.other `Seiten`: `a` has no forms in the source, as it is shown without \
             a number; write one text for `a`",
        ],
    );
}

#[test]
fn a_form_for_one_number_alone_need_not_show_it() {
    check("en", ENGLISH, "found.one = a result\nfound.other = {count} results", &[]);
    // In Russian the form `one` is for 21 as well.
    check(
        "ru",
        ENGLISH,
        "found.one = страница\nfound.few = {count} а\nfound.many = {count} б\n\
         found.other = {count} в",
        &[
            "ui-placeholder found.one `страница`: the placeholder `{count}` is lost; add it where the \
           value belongs",
        ],
    );
}

#[test]
fn strings_that_nobody_asks_for_are_found() {
    check(
        "zh",
        "pages.next = Next",
        "pages.nxet = 下一页\npages = 页\ntools.kettle = 水壶",
        &[
            "unknown-key pages `页`: `pages` is neither a string of the default language nor of the \
             theme; remove it",
            "unknown-key pages.nxet `下一页`: `pages.nxet` is neither a string of the default \
             language nor of the theme; did you mean `pages.next`?",
        ],
    );
}

#[test]
fn html_that_the_source_does_not_have_is_found() {
    check("zh", "a = See <a href=\"/x\">x</a>", "a = 见 <a href=\"/x\">x</a>", &[]);
    check("zh", "a = 1 < 2", "a = 1 < 2，3 > 2", &[]);
    check(
        "zh",
        "a = Next",
        "a = <b>下一页</b>",
        &["ui-html a `<b>`: `<b>` is not used in the source; write it as in the source"],
    );
    check(
        "zh",
        "a = See <a href=\"/x\">x</a>",
        "a = 见 <a href=\"javascript:x()\">x</a>",
        &[
            "ui-html a `<a href=\"javascript:x()\">`: attribute `href` runs a script; write it as in \
           the source",
        ],
    );
}

#[test]
fn the_default_language_has_its_own_forms() {
    let found = form_faults(&words("a.one = 页\na.other = 页"), "zh");
    assert_eq!(found.len(), 1);
    assert!(form_faults(&words(ENGLISH), "en").is_empty());
}

#[test]
fn a_word_of_the_site_takes_the_place_of_the_themes_with_all_forms() {
    let covered = |own| {
        let mut all = words("a.one = 1\na.other = 2\nb = 3");
        cover(&mut all, &words(own));
        all.into_iter().map(|(key, text)| format!("{key}={text}")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(covered("a = 4"), "a=4 b=3");
    assert_eq!(covered("a.other = 4"), "a.other=4 b=3");
    assert_eq!(covered("b.one = 4\nb.other = 5"), "a.one=1 a.other=2 b.one=4 b.other=5");
}

#[test]
fn the_themes_own_languages_are_held_against_its_english() {
    let theme = Theme::new(Vec::new()).expect("the built-in theme has no faults");
    let of = |tag| theme.words(tag).expect("the theme has the language").iter();
    let [english, chinese] =
        ["en", "zh"].map(|tag| of(tag).map(|(key, text)| (&**key, &**text)).collect::<Words<'_>>());
    let found = [faults(&english, &chinese, "zh"), form_faults(&english, "en")].concat();
    assert!(found.is_empty(), "{found:?}");
    // Each string that has no forms, and each word that has.
    let names = |words: &Words<'_>| -> std::collections::BTreeSet<String> {
        let counted = super::words_with_forms(words.keys().copied());
        let word = |key: &str| match super::form_of(key) {
            Some((word, _)) if counted.contains(word) => word.to_owned(),
            _ => key.to_owned(),
        };
        words.keys().map(|key| word(key)).collect()
    };
    assert_eq!(names(&english), names(&chinese));
}
