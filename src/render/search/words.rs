//! The terms of a text: words, and overlapping pairs of characters where a script has no spaces between words.
//!
//! `templates/assets/search.js` takes queries apart in the same way; `tests/search.rs` holds the two together.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most characters of a term; what is longer is cut, as nobody types it.
const LONGEST: usize = 32;

/// Writes what the terms of a text stand in: lower case, without accents, one form of each character.
pub(super) fn fold(text: &str, folded: &mut String) {
    if text.is_ascii() || text.chars().all(is_folded_but_for_case) {
        let start = folded.len();
        folded.push_str(text);
        folded[start..].make_ascii_lowercase();
        return;
    }
    let plain = text.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).nfc();
    folded.push_str(&plain.collect::<String>().to_lowercase().replace('ς', "σ"));
}

/// Whether folding changes at most the case of a character, and only if it is ASCII. Not all such characters are here,
/// but most of what texts are written in.
fn is_folded_but_for_case(c: char) -> bool {
    c.is_ascii()
        || matches!(
            c,
            // U+2024 is a full stop, which can stand in a number.
            '\u{2010}'..='\u{2023}'
                | '\u{2025}'..='\u{2027}'
                | '\u{3001}'..='\u{301d}'
                | '\u{3041}'..='\u{3096}'
                | '\u{30a0}'..='\u{30fe}'
                | '\u{3400}'..='\u{4dbf}'
                | '\u{4e00}'..='\u{9fff}'
                | '\u{ac00}'..='\u{d7a3}'
                | '\u{ff01}'..='\u{ff06}'
                | '\u{ff08}'..='\u{ff0d}'
                | '\u{ff1a}'..='\u{ff20}'
        )
}

/// Calls `each` with the place of every term in a folded text.
pub(super) fn terms(folded: &str, mut each: impl FnMut(Range<usize>)) {
    let mut at = 0;
    while at < folded.len() {
        if let Some(end) = plain_word(folded, at) {
            if end > at {
                each(at..cut(folded, &(at..end)));
            }
            at = end + 1;
            continue;
        }
        let run = run(folded, at);
        match run.script {
            Script::None => {}
            Script::Spaced => each(run.at.start..cut(folded, &run.at)),
            Script::Unspaced => pairs(&folded[run.at.clone()], |pair| {
                each(run.at.start + pair.start..run.at.start + pair.end);
            }),
        }
        at = run.at.end;
    }
}

/// How words are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    /// This is no word.
    None,
    /// By what stands between them.
    Spaced,
    /// Not at all.
    Unspaced,
}

/// The end of a word of ASCII and nothing else before the next character, which is ASCII too: most words are so, and
/// need no more than this. The word is empty where there is none.
fn plain_word(text: &str, start: usize) -> Option<usize> {
    let rest = &text.as_bytes()[start..];
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let is_end = rest.get(length).is_none_or(|next| next.is_ascii() && *next != b'.');
    is_end.then_some(start + length)
}

struct Run {
    script: Script,
    at: Range<usize>,
}

/// The characters from `start` that belong together.
fn run(text: &str, start: usize) -> Run {
    let mut chars = text[start..].char_indices().peekable();
    let mut before = ' ';
    let mut script = None;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let own = match c {
            // Numbers of versions are one word.
            '.' if before.is_ascii_digit() && next.is_ascii_digit() => Script::Spaced,
            _ => self::script(c),
        };
        if *script.get_or_insert(own) != own {
            return Run { script: script.unwrap_or(own), at: start..start + at };
        }
        before = c;
    }
    Run { script: script.unwrap_or(Script::None), at: start..text.len() }
}

fn script(c: char) -> Script {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() { Script::Spaced } else { Script::None };
    }
    // Most of what is not ASCII is this, and needs no table.
    if matches!(c, '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}') {
        return Script::Unspaced;
    }
    if !c.is_alphanumeric() && !is_combining_mark(c) {
        return Script::None;
    }
    match c {
        // Thai, Lao, Tibetan, Burmese, Khmer; Korean, whose words have endings and compounds; kana; Han.
        '\u{e00}'..='\u{109f}'
        | '\u{1100}'..='\u{11ff}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Script::Unspaced,
        _ => Script::Spaced,
    }
}

/// Every pair of neighbours, and the last character by itself, so that every character begins a term.
fn pairs(run: &str, mut each: impl FnMut(Range<usize>)) {
    let mut starts = run.char_indices().map(|(at, _)| at).peekable();
    while let Some(start) = starts.next() {
        let end = starts.peek().map_or(run.len(), |next| {
            run[*next..].chars().next().map_or(run.len(), |c| next + c.len_utf8())
        });
        each(start..end);
    }
}

/// The end of a word that may be too long.
fn cut(text: &str, word: &Range<usize>) -> usize {
    if word.len() <= LONGEST {
        return word.end;
    }
    let rest = &text[word.clone()];
    rest.char_indices().nth(LONGEST).map_or(word.end, |(at, _)| word.start + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> String {
        let mut folded = String::new();
        fold(text, &mut folded);
        folded
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let folded = folded(text);
        let mut found = Vec::new();
        terms(&folded, |at| found.push(&folded[at]));
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn words_are_told_apart_by_what_is_no_letter() {
        check("Set GITHUB_TOKEN, don't `git push`!", "set github token don t git push");
    }

    #[test]
    fn accents_and_case_do_not_count() {
        check("Élan ÜBER ﬁne ΣΑΣ", "elan uber fine σασ");
    }

    #[test]
    fn numbers_of_versions_are_one_word() {
        check("v2.22 and 3.10. End", "v2.22 and 3.10 end");
        check("3\u{2024}10 and 3．11", "3.10 and 3.11");
    }

    #[test]
    fn scripts_without_spaces_are_overlapping_pairs() {
        check("这是测试", "这是 是测 测试 试");
        check("カタカナ", "カタ タカ カナ ナ");
        check("ไทย", "ไท ทย ย");
        check("검색 엔진", "검색 색 엔진 진");
    }

    #[test]
    fn scripts_part_words() {
        check("使用GitHub仓库", "使用 用 github 仓库 库");
    }

    #[test]
    fn wide_letters_are_letters() {
        check("ＡＢＣ１２", "abc12");
    }

    #[test]
    fn words_that_are_too_long_are_cut() {
        check(&"é".repeat(40), &"e".repeat(32));
        check(&"я".repeat(40), &"я".repeat(32));
    }

    proptest! {
        #[test]
        fn the_quick_way_to_fold_is_the_long_way(text in "[\u{2010}-\u{2027}\u{3001}-\u{30fe}\u{4e00}-\u{4eff}가-간！-＠a-zA-Z0-9 .]{0,12}") {
            let plain = text.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).nfc();
            let long = plain.collect::<String>().to_lowercase();
            let terms_of = |text: &str| {
                let mut found = Vec::new();
                terms(text, |at| found.push(text[at].to_owned()));
                found
            };
            prop_assert_eq!(terms_of(&folded(&text)), terms_of(&long));
        }

        #[test]
        fn terms_lie_inside_the_text_in_order(text in ".{0,40}") {
            let folded = folded(&text);
            let mut last = 0;
            terms(&folded, |at| {
                assert!(at.start >= last && at.start < at.end && folded.get(at.clone()).is_some());
                last = at.start;
            });
        }
    }
}
