//! Classes for the syntax of code blocks: a small set that a theme can colour, from the scopes of grammars.

use std::collections::BTreeSet;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use super::CodeBlock;
use super::escape::escape_text;

/// Blocks larger than this are shown without classes.
const LARGEST_BLOCK: usize = 64 << 10;

/// Grammars are patterns, some of which take long for very long lines.
const LONGEST_LINE: usize = 4 << 10;

/// Knows the syntaxes of languages. Loading takes milliseconds: one is made for all blocks.
#[derive(Debug)]
pub struct Highlighter {
    syntaxes: SyntaxSet,
    classes: Vec<(Scope, &'static str)>,
}

impl Default for Highlighter {
    fn default() -> Self {
        Self::new()
    }
}

impl Highlighter {
    /// With all the syntaxes there are.
    pub fn new() -> Self {
        let scope = |name: &&str| Scope::new(name).ok();
        let classes = CLASSES
            .iter()
            .filter_map(|(name, class)| scope(name).map(|scope| (scope, *class)))
            .collect();
        Self { syntaxes: two_face::syntax::extra_newlines(), classes }
    }

    /// Whether code blocks in this language can be highlighted, or are known to need no colours.
    pub fn is_known_language(&self, language: &str) -> bool {
        is_colourless(language) || self.syntax(language).is_some()
    }

    /// The names of the languages that can be highlighted, as they are written behind a fence.
    pub fn languages(&self) -> BTreeSet<String> {
        let names = self.syntaxes.syntaxes().iter().map(|syntax| syntax.name.to_ascii_lowercase());
        // A name of several words cannot stand there.
        names.filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric())).collect()
    }

    /// What stands inside `<code>`: classes for syntax where the language is known, escaped text otherwise.
    pub fn highlight(&self, block: &CodeBlock) -> String {
        let is_long = block.text.len() > LARGEST_BLOCK
            || block.text.lines().any(|line| line.len() > LONGEST_LINE);
        let syntax = self.syntax(&block.language).filter(|_| !is_long);
        syntax
            .and_then(|syntax| self.classified(&block.text, syntax))
            .unwrap_or_else(|| escaped(&block.text))
    }

    fn syntax(&self, language: &str) -> Option<&SyntaxReference> {
        if is_colourless(language) {
            return None;
        }
        let name = language.to_ascii_lowercase();
        self.syntaxes.find_syntax_by_token(alias(&name))
    }

    fn classified(&self, code: &str, syntax: &SyntaxReference) -> Option<String> {
        let mut state = ParseState::new(syntax);
        let mut scopes = ScopeStack::new();
        let mut spans = Spans::default();
        for line in LinesWithEndings::from(code) {
            let mut done = 0;
            for (at, change) in state.parse_line(line, &self.syntaxes).ok()? {
                spans.add(line.get(done..at)?, self.class(&scopes));
                done = at;
                scopes.apply(&change).ok()?;
            }
            spans.add(line.get(done..)?, self.class(&scopes));
        }
        Some(spans.finish())
    }

    /// The class of the innermost scope that has one.
    fn class(&self, scopes: &ScopeStack) -> &'static str {
        let class_of = |scope: &Scope| {
            self.classes
                .iter()
                .find(|(known, _)| known.is_prefix_of(*scope))
                .map(|(_, class)| *class)
        };
        scopes.as_slice().iter().rev().find_map(class_of).unwrap_or_default()
    }
}

/// HTML in which adjacent text of one class shares one element.
#[derive(Default)]
struct Spans {
    html: String,
    class: &'static str,
}

impl Spans {
    fn add(&mut self, text: &str, class: &'static str) {
        if text.is_empty() {
            return;
        }
        // White space has no colour, so it never splits an element.
        if class != self.class && !text.trim().is_empty() {
            self.close();
            if !class.is_empty() {
                self.html.push_str("<span class=\"hl-");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
            self.class = class;
        }
        escape_text(&mut self.html, text);
    }

    fn close(&mut self) {
        if !self.class.is_empty() {
            self.html.push_str("</span>");
        }
        self.class = "";
    }

    fn finish(mut self) -> String {
        self.close();
        self.html
    }
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape_text(&mut html, text);
    html
}

/// Sessions show what a person types and what a machine answers: no grammar fits both.
fn is_colourless(language: &str) -> bool {
    let known = [
        "",
        "shell",
        "console",
        "text",
        "txt",
        "plain",
        "plaintext",
        "output",
        "none",
        "mermaid",
        "math",
    ];
    known.iter().any(|name| name.eq_ignore_ascii_case(language))
}

/// Names of languages that the grammars do not know themselves.
fn alias(language: &str) -> &str {
    match language {
        "golang" => "go",
        "liquid" => "twig",
        "yml" => "yaml",
        "shellscript" | "zsh" | "ksh" => "bash",
        "batch" | "cmd" => "bat",
        "node" | "mjs" | "cjs" => "javascript",
        "docker" => "dockerfile",
        "csharp" => "cs",
        "objc" | "objectivec" => "objective-c",
        "ps" | "pwsh" => "powershell",
        "jsonc" | "json5" => "json",
        "patch" => "diff",
        "hcl" | "tf" => "terraform",
        "gql" => "graphql",
        "vb" | "vbnet" => "visual basic",
        other => other,
    }
}

/// Scopes and their classes; of two that fit, the first counts.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "comment"),
    ("punctuation.definition.comment", "comment"),
    ("punctuation.definition.string", "string"),
    ("string.unquoted", ""),
    ("string.regexp", "regexp"),
    ("string", "string"),
    ("constant.character.escape", "escape"),
    ("constant.numeric", "number"),
    ("constant.language", "constant"),
    ("constant", "constant"),
    ("markup.deleted", "deletion"),
    ("markup.inserted", "addition"),
    ("markup.heading", "heading"),
    ("markup.bold", "strong"),
    ("markup.italic", "emphasis"),
    ("markup.raw", "code"),
    ("meta.diff.header", "meta"),
    ("meta.diff.range", "meta"),
    ("entity.name.function", "function"),
    ("support.function", "function"),
    ("variable.function", "function"),
    ("entity.name.tag", "tag"),
    ("punctuation.definition.tag", "punctuation"),
    ("entity.other.attribute-name", "attr"),
    ("meta.mapping.key", "attr"),
    ("entity.name.class", "type"),
    ("entity.name.type", "type"),
    ("entity.name.struct", "type"),
    ("entity.name.enum", "type"),
    ("entity.name.namespace", "type"),
    ("entity.other.inherited-class", "type"),
    ("support.class", "type"),
    ("support.type", "type"),
    ("storage.type.function", "keyword"),
    ("storage", "keyword"),
    ("keyword.operator", "operator"),
    ("keyword", "keyword"),
    ("variable.language", "constant"),
    ("variable.parameter", "variable"),
    ("variable", "variable"),
    ("punctuation.definition.variable", "variable"),
    ("punctuation", "punctuation"),
];

#[cfg(test)]
mod tests {
    use super::super::plain::plain_text;
    use super::*;

    fn highlighted(language: &str, text: &str) -> String {
        Highlighter::new().highlight(&CodeBlock {
            marked: Vec::new(),
            language: language.to_owned(),
            words: String::new(),
            text: text.to_owned(),
            at: 0..0,
        })
    }

    #[track_caller]
    fn check(language: &str, text: &str, expected: &str) {
        assert_eq!(highlighted(language, text), expected);
    }

    #[test]
    fn parts_of_syntax_have_classes() {
        check(
            "json",
            "{\"a\": 1}\n",
            "<span class=\"hl-punctuation\">{</span><span class=\"hl-string\">\"a\"</span>\
             <span class=\"hl-punctuation\">: </span><span class=\"hl-number\">1</span>\
             <span class=\"hl-punctuation\">}\n</span>",
        );
    }

    #[test]
    fn an_unknown_language_is_escaped() {
        check("no-such", "a < b & c", "a &lt; b &amp; c");
    }

    #[test]
    fn a_session_has_no_colours() {
        check("shell", "$ if <a>", "$ if &lt;a&gt;");
    }

    #[test]
    fn the_text_is_unchanged() {
        let text = "def a(b): # <c>\n  return \"&amp;\" + 'd'\n\n\nclass É: x = 1\n";
        for language in ["python", "js", "yml", "golang", "bash", "html", "diff", "rb", "graphql"] {
            let expected: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(plain_text(&highlighted(language, text)), expected.join(" "), "{language}");
        }
    }

    #[test]
    fn languages_of_documentation_are_known() {
        let highlighter = Highlighter::new();
        for language in [
            "shell",
            "sh",
            "bash",
            "console",
            "yaml",
            "yml",
            "json",
            "js",
            "javascript",
            "ruby",
            "erb",
            "golang",
            "go",
            "python",
            "html",
            "xml",
            "css",
            "diff",
            "graphql",
            "powershell",
            "dockerfile",
            "batch",
            "java",
            "groovy",
            "csharp",
            "cpp",
            "c",
            "rust",
            "swift",
            "kotlin",
            "toml",
            "ini",
            "sql",
            "php",
            "typescript",
            "tsx",
            "markdown",
            "text",
            "YAML",
            "http",
        ] {
            assert!(highlighter.is_known_language(language), "{language}");
        }
        assert!(!highlighter.is_known_language("no-such"));
    }
}
