//! Code with annotations: each comment that has lines of its own is text about the code behind it.

/// A comment, and the code up to the next one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Passage {
    /// The comment without its marks: Markdown. Empty for code before the first comment.
    pub(super) note: String,
    /// The code, each line with its end. Empty where nothing follows the comment.
    pub(super) code: String,
}

/// The passages of `code`; nothing where it has no comment to show beside it.
pub(super) fn passages(language: &str, code: &str) -> Option<Vec<Passage>> {
    let comments = comments(language);
    let mut passages: Vec<Passage> = Vec::new();
    let mut reading = Reading::Code;
    for line in code.split_inclusive('\n') {
        let written = if reading == Reading::Block { Some(line) } else { comments.begin(line) };
        match written {
            Some(text) => {
                if reading == Reading::Code {
                    passages.push(Passage { note: String::new(), code: String::new() });
                }
                reading = comments.note(text, &mut passages);
            }
            None => {
                reading = Reading::Code;
                add_code(line, &mut passages);
            }
        }
    }
    for passage in &mut passages {
        let kept = passage.code.trim_end().len();
        passage.code.truncate(kept);
        passage.code.push_str(if kept > 0 { "\n" } else { "" });
    }
    passages.iter().any(|passage| !passage.note.trim().is_empty()).then_some(passages)
}

/// What the lines before belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Code,
    /// A comment that ends with its line.
    Line,
    /// A comment whose end is still to come.
    Block,
}

/// How a language writes comments that have lines of their own.
struct Comments {
    start: &'static str,
    /// Empty where a comment ends with its line.
    end: &'static str,
}

fn comments(language: &str) -> Comments {
    let (start, end) = match language.to_ascii_lowercase().as_str() {
        "html" | "xml" | "markdown" | "md" | "svg" | "vue" => ("<!--", "-->"),
        "css" => ("/*", "*/"),
        "sql" | "lua" | "haskell" | "hs" | "elm" => ("--", ""),
        "js" | "javascript" | "jsx" | "ts" | "typescript" | "tsx" | "json" | "jsonc" | "json5"
        | "java" | "kotlin" | "kt" | "scala" | "groovy" | "go" | "golang" | "rust" | "rs" | "c"
        | "cpp" | "c++" | "cs" | "csharp" | "swift" | "dart" | "php" | "scss" | "less"
        | "proto" => ("//", ""),
        "erb" => ("<%#", "%>"),
        "ini" | "clojure" | "lisp" => (";", ""),
        _ => ("#", ""),
    };
    Comments { start, end }
}

impl Comments {
    /// What stands behind the mark of a comment, if the line begins with one.
    fn begin<'a>(&self, line: &'a str) -> Option<&'a str> {
        let text = line.trim_start().strip_prefix(self.start)?;
        // `#!` says what runs a script.
        let is_shebang = self.start == "#" && text.starts_with('!');
        (!is_shebang).then(|| text.strip_prefix(' ').unwrap_or(text))
    }

    /// Adds a line of a comment to the last passage; returns what the next line belongs to.
    fn note(&self, text: &str, passages: &mut [Passage]) -> Reading {
        let (text, reading) = match text.split_once(self.end) {
            _ if self.end.is_empty() => (text, Reading::Line),
            Some((text, _)) => (text, Reading::Line),
            None => (text, Reading::Block),
        };
        if let Some(passage) = passages.last_mut() {
            passage.note.push_str(text.trim_end());
            passage.note.push('\n');
        }
        reading
    }
}

/// Adds a line of code to the last passage. Blank lines between a comment and its code are left out.
fn add_code(line: &str, passages: &mut Vec<Passage>) {
    let is_blank = line.trim().is_empty();
    match passages.last_mut() {
        Some(passage) if is_blank && passage.code.is_empty() => {}
        Some(passage) => passage.code.push_str(line),
        None if is_blank => {}
        None => passages.push(Passage { note: String::new(), code: line.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::passages;

    #[track_caller]
    fn check(language: &str, code: &str, expected: &[(&str, &str)]) {
        let found = passages(language, code).unwrap_or_default();
        let found: Vec<(&str, &str)> =
            found.iter().map(|passage| (&*passage.note, &*passage.code)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_comment_belongs_to_the_code_behind_it() {
        check(
            "yaml",
            "# A\n# b\na: 1\n\n  # C\n  c: 2 # d\n",
            &[("A\nb\n", "a: 1\n"), ("C\n", "  c: 2 # d\n")],
        );
        check("yaml", "x: 0\n# A\n\na: 1", &[("", "x: 0\n"), ("A\n", "a: 1\n")]);
        check("yaml", "a: 1\n# end\n", &[("", "a: 1\n"), ("end\n", "")]);
    }

    #[test]
    fn each_language_has_its_comments() {
        check("js", "// A\nlet a;\n# b\n", &[("A\n", "let a;\n# b\n")]);
        check("html", "<!-- A\nb -->\n<p>", &[("A\nb\n", "<p>\n")]);
        check("bash", "#!/bin/sh\n# A\nls\n", &[("", "#!/bin/sh\n"), ("A\n", "ls\n")]);
    }

    #[test]
    fn code_without_comments_has_no_passages() {
        check("yaml", "a: 1\n", &[]);
        check("yaml", "#\na: 1\n", &[]);
        check("yaml", "", &[]);
    }
}
