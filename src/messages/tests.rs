//! Messages as words. `tests/messages.rs` holds the code and the files of all languages together.

use std::collections::BTreeSet;

use super::rules::Rules;
use super::{Catalog, Message, MessageLanguage};
use crate::diagnostic::codes;

#[track_caller]
fn check(locale: &str, message: &Message, expected: &str) {
    assert_eq!(Catalog::new(locale).say(message), expected, "{locale}");
}

#[test]
fn readers_get_the_language_that_they_know_best() {
    let language = MessageLanguage::matching;
    for locale in ["zh", "zh_CN.UTF-8", "zh-Hans", "zh-CN", "zh_TW.Big5", "ZH-cn", "zh_CN@pinyin"] {
        assert_eq!(language(locale), MessageLanguage::Chinese, "{locale}");
    }
    for locale in ["en", "en_GB.UTF-8", "C", "C.UTF-8", "POSIX", "", "de_DE", "zhuang", "_", "🐟"]
    {
        assert_eq!(language(locale), MessageLanguage::English, "{locale}");
    }
    for own in MessageLanguage::ALL {
        assert_eq!(language(own.tag()), own);
    }
}

#[test]
fn numbers_choose_the_form_of_the_words_beside_them() {
    let message = |count: usize| Message::new("rules-count").with("count", count);
    check("en", &message(1), "1 kind of finding");
    check("en", &message(0), "0 kinds of findings");
    check("en", &message(1200), "1200 kinds of findings");
    check("zh", &message(1), "共有 1 种问题类型");
}

#[test]
fn what_is_put_in_stands_as_it_is() {
    let message = Message::new("rules-unknown").with("code", "{ $x }\u{202e}<b>");
    check("en", &message, "there is no rule `{ $x }\u{202e}<b>`");
}

#[test]
fn a_message_that_nobody_has_written_is_its_name() {
    let unwritten = Message { id: "no-such-message", arguments: Vec::new() };
    check("zh", &unwritten, "no-such-message");
}

#[test]
fn rules_are_explained_in_the_language_or_in_english() {
    let chinese = Catalog::of(MessageLanguage::Chinese);
    assert_eq!(chinese.rule(codes::UNKNOWN_KEY).summary, "程序不认识的键。");
    let english = Catalog::of(MessageLanguage::English);
    assert_eq!(english.rule(codes::UNKNOWN_KEY).cure, codes::UNKNOWN_KEY.cure);
    assert_eq!(Rules::default().of(codes::UNKNOWN_KEY).why, codes::UNKNOWN_KEY.why);
}

#[test]
fn every_rule_is_explained_in_chinese_with_all_its_parts() {
    let rules = Rules::new(MessageLanguage::Chinese);
    let codes: BTreeSet<&str> = codes::all().map(|code| code.name).collect();
    assert_eq!(rules.names().collect::<BTreeSet<_>>(), codes);
    for code in codes::all() {
        let said = rules.of(code);
        for (own, english) in
            [(&said.summary, code.summary), (&said.why, code.why), (&said.cure, code.cure)]
        {
            assert!(own.ends_with(['。', '！']) && *own != english, "{}: {own}", code.name);
        }
    }
}
