//! Text and addresses so that Markdown reads them as what they are.

/// Plain text as Markdown: it is read as it is, wherever it stands.
pub fn escape_markdown(text: &str) -> String {
    let escaped = quoted(text);
    at_line_starts(&escaped.replace('|', "\\|"))
}

/// The address of a link as it stands between its parentheses.
pub fn destination(address: &str) -> String {
    let mut quoted = String::with_capacity(address.len());
    for (at, letter) in address.char_indices() {
        match letter {
            '(' | ')' | '\\' | '<' | '>' => quoted.extend(['\\', letter]),
            '&' if begins_entity(&address[at..]) => quoted.push_str("\\&"),
            ' ' => quoted.push_str("%20"),
            letter if letter.is_ascii_control() => {
                quoted.push_str(&format!("%{:02X}", u32::from(letter)));
            }
            letter => quoted.push(letter),
        }
    }
    quoted
}

/// Text inside a line with everything escaped that means something there. White space is collapsed.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + text.len() / 16);
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let behind = &text[at + letter.len_utf8()..];
        let after = behind.chars().next();
        if is_space(letter) {
            if !before.is_some_and(is_space) {
                quoted.push(' ');
            }
        } else {
            if needs_escape(letter, before, after, &text[at..]) {
                quoted.push('\\');
            }
            quoted.push(letter);
        }
        before = Some(letter);
    }
    quoted
}

/// White space that HTML collapses.
pub(super) fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

fn needs_escape(letter: char, before: Option<char>, after: Option<char>, rest: &str) -> bool {
    let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    match letter {
        '\\' | '`' | '[' | ']' => true,
        '*' => !(before.is_some_and(is_space) && after.is_some_and(is_space)),
        '_' => !(is_word(before) && is_word(after)),
        '~' => before.is_none_or(|before| before == '~') || after.is_none_or(|after| after == '~'),
        '<' => after.is_none_or(|after| after.is_ascii_alphabetic() || "/!?".contains(after)),
        '&' => after.is_none() || begins_entity(rest),
        _ => false,
    }
}

/// Whether an ampersand begins something that would be read as another character.
fn begins_entity(text: &str) -> bool {
    let Some(end) = text.bytes().take(40).position(|byte| byte == b';') else { return false };
    let name = &text[1..end];
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
}

/// Lines of a paragraph, escaped where their beginnings would begin something else.
pub(super) fn at_line_starts(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 1);
    for line in text.split_inclusive('\n') {
        match start_to_escape(line) {
            Some(at) => {
                escaped.push_str(&line[..at]);
                escaped.push('\\');
                escaped.push_str(&line[at..]);
            }
            None => escaped.push_str(line),
        }
    }
    escaped
}

/// What in a line is to be escaped so that it begins nothing but text.
fn start_to_escape(line: &str) -> Option<usize> {
    let line = line.trim_end_matches(['\n', '\\']);
    let ends_word = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let is_line = |letter: char| "-=:| ".contains(letter);
    match line.as_bytes().first()? {
        b'>' => Some(0),
        b'#' => ends_word(line.trim_start_matches('#')).then_some(0),
        b'*' | b'+' | b'-' if ends_word(&line[1..]) => Some(0),
        b'-' | b'=' | b':' | b'|' => line.chars().all(is_line).then_some(0),
        b'0'..=b'9' => {
            let behind = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
            let begins_item = behind.starts_with(['.', ')']) && ends_word(&behind[1..]);
            begins_item.then(|| line.len() - behind.len())
        }
        // The mark of a footnote, or a box to tick, would begin a definition.
        b'[' => line.find("]:").map(|at| at + 1).filter(|at| line.find(']') == Some(at - 1)),
        _ => None,
    }
}

/// Code inside a line.
pub(super) fn code_span(code: &str) -> String {
    let code: String =
        code.chars().map(|letter| if is_space(letter) { ' ' } else { letter }).collect();
    if code.is_empty() {
        return code;
    }
    let fence = "`".repeat(longest_run(&code, '`') + 1);
    let touches = code.starts_with('`') || code.ends_with('`');
    let is_blank = code.chars().all(|letter| letter == ' ');
    let is_padded = code.starts_with(' ') && code.ends_with(' ') && !is_blank;
    let pad = if touches || is_padded { " " } else { "" };
    format!("{fence}{pad}{code}{pad}{fence}")
}

/// The length of the longest run of a letter.
pub(super) fn longest_run(text: &str, letter: char) -> usize {
    text.split(|other| other != letter).map(str::len).max().unwrap_or_default()
}
