//! Typed reading of a mapping: every key is known or a finding, every value has its type or is a finding.

use super::{Entry, Node, Scalar, Value};
use crate::diagnostic::{Checked, Diagnostic, HINTED, codes, nearest};
use crate::source::{SourceFile, Span, Spanned};

/// Reads values out of nodes and gathers what was wrong.
#[derive(Debug)]
pub struct Decoder<'a> {
    file: &'a SourceFile,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Decoder<'a> {
    /// A decoder for nodes of this file.
    pub fn new(file: &'a SourceFile) -> Self {
        Self { file, diagnostics: Vec::new() }
    }

    /// The value with everything that was wrong.
    pub fn finish<T>(self, value: T) -> Checked<T> {
        Checked { value, diagnostics: self.diagnostics }
    }

    /// Adds a finding.
    pub fn report(&mut self, finding: Diagnostic) {
        self.diagnostics.push(finding);
    }

    /// The text of a scalar.
    pub fn scalar(&self, scalar: Scalar) -> &'a str {
        self.file.text(scalar.text.index)
    }

    /// The entries of a mapping; anything else is a finding.
    pub fn map<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Entry]> {
        match &node.value {
            Value::Map(entries) => Some(entries),
            Value::Null => Some(&[]),
            _ => {
                self.wrong_type(node, what, "a map");
                None
            }
        }
    }

    /// The items of a list; anything else is a finding.
    pub fn list<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Node]> {
        match &node.value {
            Value::List(nodes) => Some(nodes),
            Value::Null => Some(&[]),
            _ => {
                self.wrong_type(node, what, "a list");
                None
            }
        }
    }

    /// A text; anything else is a finding.
    pub fn text(&mut self, node: &Node, what: &str) -> Option<Spanned<String>> {
        match node.value {
            Value::Scalar(scalar) => {
                Some(Spanned { value: self.scalar(scalar).to_owned(), span: node.span })
            }
            _ => {
                self.wrong_type(node, what, "a text");
                None
            }
        }
    }

    /// A text or a list of texts.
    pub fn texts(&mut self, node: &Node, what: &str) -> Vec<Spanned<String>> {
        match &node.value {
            Value::Null => Vec::new(),
            Value::List(nodes) => nodes.iter().filter_map(|node| self.text(node, what)).collect(),
            _ => self.text(node, what).into_iter().collect(),
        }
    }

    /// `true` or `false`; anything else is a finding.
    pub fn boolean(&mut self, node: &Node, what: &str) -> Option<bool> {
        let found = match node.value {
            Value::Scalar(scalar) if scalar.plain => match self.scalar(scalar) {
                "true" | "True" | "TRUE" => Some(true),
                "false" | "False" | "FALSE" => Some(false),
                _ => None,
            },
            _ => None,
        };
        if found.is_none() {
            self.wrong_type(node, what, "`true` or `false`");
        }
        found
    }

    /// A whole number; anything else is a finding.
    pub fn number(&mut self, node: &Node, what: &str) -> Option<u64> {
        let found = match node.value {
            Value::Scalar(scalar) if scalar.plain => self.scalar(scalar).parse().ok(),
            _ => None,
        };
        if found.is_none() {
            self.wrong_type(node, what, "a whole number");
        }
        found
    }

    /// A day written as `YYYY-MM-DD`; anything else is a finding.
    pub fn date(&mut self, node: &Node, what: &str) -> Option<jiff::civil::Date> {
        let found = match node.value {
            Value::Scalar(scalar) => self.scalar(scalar).parse().ok(),
            _ => None,
        };
        if found.is_none() {
            self.wrong_type(node, what, "a day such as `2020-11-13`");
        }
        found
    }

    /// One of the words of a table; anything else is a finding that lists them.
    pub fn choice<T: Copy>(&mut self, node: &Node, what: &str, table: &[(&str, T)]) -> Option<T> {
        let word = self.text(node, what)?;
        if let Some((_, choice)) = table.iter().find(|(name, _)| *name == word.value) {
            return Some(*choice);
        }
        let names: Vec<_> = table.iter().map(|(name, _)| format!("`{name}`")).collect();
        let message = format!("`{what}` cannot be `{}`", word.value);
        self.report(
            Diagnostic::new(codes::BAD_VALUE, word.span, message)
                .hint(format!("use one of {}", names.join(", "))),
        );
        None
    }

    fn wrong_type(&mut self, node: &Node, what: &str, wanted: &str) {
        let message = format!("`{what}` is {}, not {wanted}", self.described(node));
        self.report(
            Diagnostic::new(codes::WRONG_TYPE, node.span, message)
                .hint(format!("write {wanted} here")),
        );
    }

    fn described(&self, node: &Node) -> String {
        match node.value {
            Value::Scalar(scalar) => {
                let text: String = self.scalar(scalar).chars().take(40).collect();
                format!("`{text}`")
            }
            _ => node.type_name().to_owned(),
        }
    }
}

/// The entries of a mapping, taken one after the other by name; what is left at the end is unknown.
#[derive(Debug)]
pub struct Fields<'n> {
    entries: &'n [Entry],
    known: Vec<&'static str>,
    passed: &'static [&'static str],
}

impl<'n> Fields<'n> {
    /// The fields of these entries.
    pub fn new(entries: &'n [Entry]) -> Self {
        Self { entries, known: Vec::new(), passed: &[] }
    }

    /// The entry of this name; an entry without a value is none.
    pub fn entry(&mut self, name: &'static str) -> Option<&'n Entry> {
        self.known.push(name);
        let found = self.entries.iter().find(|entry| entry.key == name);
        found.filter(|entry| !matches!(entry.value.value, Value::Null))
    }

    /// The value of this name.
    pub fn take(&mut self, name: &'static str) -> Option<&'n Node> {
        self.entry(name).map(|entry| &entry.value)
    }

    /// Lets entries of these names be, whatever their values are.
    pub fn pass(&mut self, names: &'static [&'static str]) {
        self.passed = names;
    }

    /// The value of this name; its absence is a finding at `owner`.
    pub fn require(
        &mut self,
        name: &'static str,
        owner: Span,
        decoder: &mut Decoder<'_>,
    ) -> Option<&'n Node> {
        let found = self.take(name);
        if found.is_none() {
            let message = format!("`{name}` is missing");
            decoder.report(
                Diagnostic::new(codes::MISSING_KEY, owner, message)
                    .hint(format!("add the key `{name}`")),
            );
        }
        found
    }

    /// Reports every entry that was not asked for.
    pub fn finish(self, decoder: &mut Decoder<'_>) {
        let all = || self.known.iter().chain(self.passed).copied();
        let is_unknown = |entry: &&'n Entry| all().all(|name| name != entry.key);
        let mut unknown = self.entries.iter().filter(is_unknown);
        for entry in unknown.by_ref().take(HINTED) {
            let message = format!("unknown key `{}`", entry.key);
            let finding = Diagnostic::new(codes::UNKNOWN_KEY, entry.key_span, message);
            let finding = match nearest(&entry.key, all()) {
                Some(near) => finding.hint(format!("did you mean `{near}`?")),
                None => finding.hint(format!("remove it; known are {}", listed(&self.known))),
            };
            decoder.report(finding);
        }
        if let Some(next) = unknown.next() {
            let message = format!("unknown key `{}`, and {} more", next.key, unknown.count());
            decoder.report(Diagnostic::new(codes::UNKNOWN_KEY, next.key_span, message));
        }
    }
}

fn listed(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
