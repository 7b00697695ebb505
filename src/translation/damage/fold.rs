//! Texts without what machines and input methods change in them: what is equal then was the same once.

/// The text in ASCII as far as a sign is only the wide or the printed form of one, without white space.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        match narrow(character) {
            Some(narrow) => folded.push(narrow),
            None if character == '…' => folded.push_str("..."),
            None if character.is_whitespace() || is_unseen(character) => {}
            None => folded.push(character),
        }
    }
    folded
}

/// The ASCII sign that a wide or printed one stands for.
pub(super) fn narrow(character: char) -> Option<char> {
    Some(match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        '“' | '”' | '„' | '‟' => '"',
        '‘' | '’' | '‚' | '‛' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '。' => '.',
        '、' => ',',
        '【' => '[',
        '】' => ']',
        _ => return None,
    })
}

fn is_unseen(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// What a text can have been: a printed dash was one sign or two.
pub(super) fn forms(text: &str) -> Vec<String> {
    let mut forms = vec![folded(text)];
    if text.contains(['–', '—']) {
        forms.push(folded(&text.replace(['–', '—'], "--")));
    }
    forms
}

/// Whether two texts are not equal, but would be without what machines change. How much white space stands where there
/// is any is no matter.
pub(super) fn is_damaged_form(own: &str, source: &str) -> bool {
    !has_same_words(own, source) && forms(own).contains(&folded(source))
}

/// Whether two texts are equal but for how much white space stands where there is any.
pub(super) fn has_same_words(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::is_damaged_form;

    #[test]
    fn wide_and_printed_signs_and_white_space_are_the_same_thing() {
        assert!(is_damaged_form("git commit –m “x”", "git commit -m \"x\""));
        assert!(is_damaged_form("owner / repo", "owner/repo"));
        assert!(is_damaged_form("ａ：b", "a:b"));
        assert!(is_damaged_form("a —b", "a --b"));
        assert!(is_damaged_form("a –-b", "a --b"));
        assert!(!is_damaged_form("-a", "--a"));
        assert!(!is_damaged_form("a", "a"));
        assert!(!is_damaged_form("a\tb", "a   b"));
        assert!(!is_damaged_form("a", "b"));
    }
}
