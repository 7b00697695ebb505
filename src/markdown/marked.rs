//! Lines of code that the author points at.

use std::ops::RangeInclusive;

/// The lines of `{1,3-5}`, from 1; nothing where that is none.
pub(super) fn line_numbers(word: &str) -> Option<Vec<RangeInclusive<usize>>> {
    let inside = word.strip_prefix('{')?.strip_suffix('}')?;
    inside.split(',').map(|part| range(part.trim())).collect()
}

fn range(part: &str) -> Option<RangeInclusive<usize>> {
    let (first, last) = part.split_once('-').unwrap_or((part, part));
    let [first, last] = [first.trim().parse().ok()?, last.trim().parse().ok()?];
    (1 <= first && first <= last).then_some(first..=last)
}

/// Highlighted code with the lines in `marked` in an element of their own.
///
/// Elements of `html` do not nest; one that goes on in the next line is closed and opened again.
pub fn mark_lines(html: &str, marked: &[RangeInclusive<usize>]) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut open = "";
    for (index, line) in html.split_inclusive('\n').enumerate() {
        let is_marked = marked.iter().any(|lines| lines.contains(&(index + 1)));
        let (code, end) = line.strip_suffix('\n').map_or((line, ""), |code| (code, "\n"));
        let before = open;
        open = left_open(code, open);
        if !is_marked {
            out.push_str(line);
            continue;
        }
        let [close_before, close_after] =
            [before, open].map(|tag| if tag.is_empty() { "" } else { "</span>" });
        let parts = [
            close_before,
            "<span class=\"marked-line\">",
            before,
            code,
            close_after,
            "</span>",
            end,
            open,
        ];
        parts.iter().for_each(|part| out.push_str(part));
    }
    out
}

/// The start tag of the element that is open at the end of a line, or nothing.
fn left_open<'a>(code: &'a str, open: &'a str) -> &'a str {
    match (code.rfind("<span"), code.rfind("</span>")) {
        (None, None) => open,
        (Some(start), end) if end.is_none_or(|end| end < start) => {
            let length = code[start..].find('>').map_or(code.len() - start, |end| end + 1);
            &code[start..start + length]
        }
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::{line_numbers, mark_lines};

    #[track_caller]
    fn check(html: &str, lines: &str, expected: &str) {
        let lines = line_numbers(lines).expect("these are numbers of lines");
        assert_eq!(mark_lines(html, &lines), expected);
    }

    #[test]
    fn numbers_and_ranges_are_lines() {
        assert_eq!(line_numbers("{1, 3-5}"), Some(vec![1..=1, 3..=5]));
        for none in ["{}", "{0}", "{5-3}", "{a}", "1", "{1", "{:copy}"] {
            assert_eq!(line_numbers(none), None, "{none}");
        }
    }

    #[test]
    fn lines_are_marked() {
        check("a\nb\nc\n", "{2}", "a\n<span class=\"marked-line\">b</span>\nc\n");
        check(
            "a\nb",
            "{1-9}",
            "<span class=\"marked-line\">a</span>\n<span class=\"marked-line\">b</span>",
        );
    }

    #[test]
    fn what_goes_on_in_the_next_line_is_opened_again() {
        check(
            "<span class=\"hl-comment\">a\nb\nc</span>\n",
            "{2}",
            "<span class=\"hl-comment\">a\n</span><span class=\"marked-line\"><span class=\"hl-comment\">b</span></span>\n<span class=\"hl-comment\">c</span>\n",
        );
        check(
            "<span class=\"hl-string\">a</span> <span class=\"hl-comment\">b\nc</span>\n",
            "{1}",
            "<span class=\"marked-line\"><span class=\"hl-string\">a</span> <span class=\"hl-comment\">b</span></span>\n<span class=\"hl-comment\">c</span>\n",
        );
    }
}
