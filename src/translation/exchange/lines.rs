//! What stands before each line of a text that goes on over several: the blanks of an item, the signs of a quotation.

/// What stands before all lines but the first, where that can be taken away and put back byte for byte; else nothing.
pub(super) fn prefix(text: &str) -> &str {
    let mut lines = text.split('\n').skip(1).filter(|line| !line.is_empty());
    let Some(first) = lines.next() else { return "" };
    let prefix = |line: &str| line.len() - line.trim_start_matches([' ', '\t', '>']).len();
    let mut common = &first[..prefix(first)];
    for line in lines {
        let same = line.bytes().zip(common.bytes()).take_while(|(one, other)| one == other).count();
        common = &common[..same];
    }
    if put(&taken(text, common), common) == text { common } else { "" }
}

/// The text without `prefix` before its lines.
pub(super) fn taken(text: &str, prefix: &str) -> String {
    if prefix.is_empty() {
        return text.to_owned();
    }
    text.replace(&format!("\n{prefix}"), "\n")
}

/// The text with `prefix` before its lines, but for the first and those that are empty.
pub(super) fn put(text: &str, prefix: &str) -> String {
    let mut lines = text.split('\n');
    let mut all = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        all.push('\n');
        if !line.is_empty() {
            all.push_str(prefix);
        }
        all.push_str(line);
    }
    all
}

/// The text with the white space around it that `model` has.
pub(super) fn with_ends_of(model: &str, text: &str) -> String {
    let inside = model.trim();
    let start = model.len() - model.trim_start().len();
    let (before, behind) = if inside.is_empty() {
        ("", "")
    } else {
        (&model[..start], &model[start + inside.len()..])
    };
    format!("{before}{}{behind}", text.trim())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, prefix: &str, without: &str) {
        assert_eq!(super::prefix(text), prefix);
        assert_eq!(taken(text, prefix), without);
        assert_eq!(put(without, prefix), text);
    }

    #[test]
    fn what_all_lines_have_is_taken_away() {
        check("a\n  b\n  c", "  ", "a\nb\nc");
        check("a\n> b\n> c", "> ", "a\nb\nc");
        check("a\n  b\n\n    c", "  ", "a\nb\n\n  c");
        check("a\nb\n  c", "", "a\nb\n  c");
        check("a", "", "a");
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[a>\\n ]{0,30}") {
            let prefix = prefix(&text);
            prop_assert_eq!(put(&taken(&text, prefix), prefix), &*text);
        }
    }
}
