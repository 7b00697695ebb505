//! What the line that opens a code block says: the language, a button to copy, other words.

use std::ops::RangeInclusive;

use super::lines::{ends_fence, fence};
use super::marked::line_numbers;

/// The parts of an info string.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Info<'a> {
    /// The language as written, or empty.
    pub(super) language: &'a str,
    /// What stands behind it, without the wish for a button.
    pub(super) words: String,
    /// The lines to point at, from 1.
    pub(super) marked: Vec<RangeInclusive<usize>>,
    /// Whether the block has a header with a button.
    pub(super) header: Header,
}

/// Whether a code block has a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Header {
    /// The language's name and a button that copies the code.
    Copy,
    /// None.
    None,
}

/// Marks a block for a copy button, right behind the language.
const COPY_SUFFIX: &str = "{:copy}";

/// The parts of `info`: `js`, `js{:copy}`, `js copy`, `js annotate copy`, `js {1,3-5}`, `js{2}`.
pub(super) fn parse_info(info: &str) -> Info<'_> {
    let info = info.trim();
    let (plain, suffixed) = match info.find(COPY_SUFFIX) {
        Some(at) => (&info[..at], Some(&info[at + COPY_SUFFIX.len()..])),
        None => (info, None),
    };
    let (language, rest) = plain.split_at(plain.find([' ', '\t', '{']).unwrap_or(plain.len()));
    let (marked, rest) = take_lines(rest);
    let all = rest.split_whitespace().chain(suffixed.unwrap_or_default().split_whitespace());
    let (copies, words): (Vec<&str>, Vec<&str>) = all.partition(|word| *word == "copy");
    let wanted = suffixed.is_some() || !copies.is_empty();
    let header = if wanted { Header::Copy } else { Header::None };
    Info { language, words: words.join(" "), marked, header }
}

/// The lines to point at, and what is left of the words.
fn take_lines(words: &str) -> (Vec<RangeInclusive<usize>>, String) {
    let found = words.find('{').and_then(|start| {
        let end = start + words[start..].find('}')? + 1;
        Some((line_numbers(&words[start..end])?, format!("{} {}", &words[..start], &words[end..])))
    });
    found.unwrap_or_else(|| (Vec::new(), words.to_owned()))
}

/// The language of a shell session.
pub(super) const SESSION: &str = "shell";

/// Whether the fence marks an example of a shell session, in which HTML is live.
pub(super) fn is_session(info: &Info<'_>) -> bool {
    info.language == SESSION
}

/// The session in code that was indented together with its fence: written a little too deep, it is meant all the same.
pub(super) fn indented_session(code: &str) -> Option<&str> {
    let (first, rest) = code.split_once('\n')?;
    let (mark, length) = fence(first)?;
    let session = rest.trim_end().strip_suffix(&first[..length])?;
    let is_whole = session.ends_with('\n')
        && !session.lines().any(|line| ends_fence(line.trim(), mark, length));
    (is_whole && is_session(&parse_info(&first[length..]))).then_some(session)
}

/// The name of a language for people.
pub(super) fn label(language: &str) -> &str {
    match language.to_ascii_lowercase().as_str() {
        "" => "Code",
        "sh" | "bash" | "shell" | "console" | "zsh" => "Shell",
        "js" | "javascript" => "JavaScript",
        "ts" | "typescript" => "TypeScript",
        "yml" | "yaml" => "YAML",
        "json" => "JSON",
        "html" => "HTML",
        "xml" => "XML",
        "css" => "CSS",
        "md" | "markdown" => "Markdown",
        "rb" | "ruby" => "Ruby",
        "erb" => "ERB",
        "py" | "python" => "Python",
        "ps1" | "powershell" => "PowerShell",
        "batch" | "bat" => "Batch file",
        "graphql" => "GraphQL",
        "groovy" => "Groovy",
        "java" => "Java",
        "go" | "golang" => "Go",
        "rs" | "rust" => "Rust",
        "c" => "C",
        "cpp" | "c++" => "C++",
        "cs" | "csharp" => "C#",
        "php" => "PHP",
        "swift" => "Swift",
        "kotlin" | "kt" => "Kotlin",
        "sql" => "SQL",
        "toml" => "TOML",
        "ini" => "INI",
        "diff" => "Diff",
        "docker" | "dockerfile" => "Dockerfile",
        "text" | "txt" => "Text",
        _ => language,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(info: &str, language: &str, words: &str, header: Header) {
        let (words, marked) = (words.to_owned(), Vec::new());
        assert_eq!(parse_info(info), Info { language, words, marked, header });
    }

    #[test]
    fn lines_are_pointed_at_behind_the_language() {
        for info in ["js {1,3-5} copy", "js{1,3-5} copy", "js copy {1, 3-5}", "js{1,3-5}{:copy}"] {
            let info = parse_info(info);
            assert_eq!((info.language, &*info.words, info.header), ("js", "", Header::Copy));
            assert_eq!(info.marked, [1..=1, 3..=5]);
        }
        check("js {a}", "js", "{a}", Header::None);
    }

    #[test]
    fn the_first_word_is_the_language() {
        check("js", "js", "", Header::None);
        check("", "", "", Header::None);
        check("yaml annotate", "yaml", "annotate", Header::None);
    }

    #[test]
    fn a_session_may_be_indented_with_its_fence() {
        assert_eq!(indented_session("```shell\n$ a\n\n  b\n```\n"), Some("$ a\n\n  b\n"));
        assert_eq!(indented_session("~~~ shell\n$ a\n~~~\n"), Some("$ a\n"));
        for code in ["```ruby\na\n```\n", "```shell\na\n", "```shell\na\n```\nb\n```\n", "$ a\n"] {
            assert_eq!(indented_session(code), None, "{code}");
        }
    }

    #[test]
    fn copy_is_asked_for_by_suffix_or_word() {
        check("js{:copy}", "js", "", Header::Copy);
        check("yaml annotate copy", "yaml", "annotate", Header::Copy);
        check("{:copy}", "", "", Header::Copy);
    }
}
