//! Texts as scalars of YAML: in the form that one has, if that can hold the text; else in quotes.

use crate::source::{FileId, SourceFile};
use crate::yaml::{self, Limits, Value};

/// Writes a text in the form of `model`, a scalar as it is written; lines of a block begin with `indent` blanks.
pub(super) fn written(model: &str, value: &str, indent: usize) -> String {
    let single = || format!("'{}'", value.replace('\'', "''"));
    let mut forms = Vec::new();
    match model.as_bytes().first() {
        Some(b'|' | b'>') => forms.push(block(value, indent)),
        Some(b'"') => {}
        Some(b'\'') => forms.push(single()),
        _ if is_plain(value) => forms.push(value.to_owned()),
        _ if value.contains('\n') => forms.push(block(value, indent)),
        _ => forms.push(single()),
    }
    if !matches!(model.as_bytes().first(), Some(b'"' | b'\'')) {
        forms.push(single());
    }
    let quoted = quoted(value);
    forms.into_iter().find(|form| says(form, value)).unwrap_or(quoted)
}

/// A text between double quotes, which holds for YAML and JSON.
pub(super) fn quoted(value: &str) -> String {
    let mut quoted = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A block whose lines stay lines.
fn block(value: &str, indent: usize) -> String {
    let text = value.trim_end_matches('\n');
    let keeps = match value.len() - text.len() {
        0 => "-",
        1 => "",
        _ => "+",
    };
    let mut block = format!("|{keeps}\n");
    for line in value.strip_suffix('\n').unwrap_or(value).split('\n') {
        if !line.is_empty() {
            block.extend(std::iter::repeat_n(' ', indent));
            block.push_str(line);
        }
        block.push('\n');
    }
    block
}

/// Whether a text needs no quotes, for certain.
fn is_plain(value: &str) -> bool {
    let is_word = |word: &str| {
        let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
        words.iter().any(|other| word.eq_ignore_ascii_case(other))
    };
    let special = |c: char| c.is_control() || "{}[],#&*!|>'\"%@`:".contains(c);
    value.starts_with(char::is_alphabetic)
        && !value.contains(special)
        && value.trim() == value
        && !is_word(value)
}

/// Whether a scalar as it is written says this.
fn says(form: &str, value: &str) -> bool {
    let text = format!("k: {form}\n");
    let mut file = SourceFile::new("", text.trim_end_matches('\n').to_owned() + "\n");
    if form.ends_with('\n') {
        file = SourceFile::new("", format!("k: {form}"));
    }
    let end = file.text.len();
    let node = yaml::parse(&mut file, FileId(0), 0..end, Limits::default()).value;
    let found = node.as_ref().and_then(|node| node.get("k"));
    match found.map(|node| &node.value) {
        Some(Value::Scalar(scalar)) => file.text(scalar.text.index) == value,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_form_stays_where_it_can_hold_the_text() {
        assert_eq!(written("plain", "甲乙", 2), "甲乙");
        assert_eq!(written("plain", "甲: 乙", 2), "'甲: 乙'");
        assert_eq!(written("plain", "true", 2), "'true'");
        assert_eq!(written("'a'", "it's", 2), "'it''s'");
        assert_eq!(written("'a'", "a\nb", 2), "\"a\\nb\"");
        assert_eq!(written("\"a\"", "a \"b\"", 2), "\"a \\\"b\\\"\"");
        assert_eq!(written("|\n  a\n", "b\n\nc\n", 4), "|\n    b\n\n    c\n");
        assert_eq!(written("|-\n  a\n", "b", 2), "|-\n  b\n");
        assert_eq!(written("|\n  a\n", "  b\nc\n", 2), "\"  b\\nc\\n\"");
    }

    proptest! {
        #[test]
        fn what_is_written_says_the_text(
            model in "(a|'a'|\"a\"|\\|\n  a\n|>-\n  a\n)",
            value in "[a甲 '\":#\\-{}\\[\\],&*!|>%@`\\\\\n\t~]{0,12}",
        ) {
            let form = written(&model, &value, 2);
            prop_assert!(says(&form, &value), "{form:?} does not say {value:?}");
        }
    }
}
