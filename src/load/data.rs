//! Data files: YAML and JSON trees, and Markdown pieces, every text in them parsed as Liquid.

use std::sync::Arc;

use super::LiquidText;
use crate::diagnostic::{Checked, Diagnostic};
use crate::liquid::Syntax;
use crate::source::{FileId, SourceFile, Span, TextId};
use crate::variant::LanguageId;
use crate::yaml::{self, Limits, Node, Scalar, Value};

/// A data file.
#[derive(Debug)]
pub struct DataFile {
    /// The language it is written in.
    pub language: LanguageId,
    /// Its path below `data`.
    pub name: String,
    /// Its file.
    pub file: FileId,
    /// What is in it.
    pub node: Arc<DataNode>,
}

/// A value of a data file.
#[derive(Debug)]
pub enum DataNode {
    /// Nothing was written.
    Null,
    /// A text with Liquid in it.
    Text(LiquidText),
    /// `true` or `false`.
    Boolean(bool, TextId),
    /// A whole number.
    Number(i64, TextId),
    /// A list.
    List(Vec<DataNode>),
    /// A map, in the order of the file; with the place of each key.
    Map(Vec<(String, Span, DataNode)>),
}

/// Parses a data file. What does not parse has no node.
pub(super) fn parse(
    name: &str,
    file: &mut SourceFile,
    id: FileId,
    limits: Limits,
    syntax: &Syntax,
) -> Checked<Option<DataNode>> {
    if name.ends_with(".md") || name.ends_with(".markdown") {
        let end = file.text.trim_end().len();
        return LiquidText::slice(file, id, 0..end, syntax).map(|text| Some(DataNode::Text(text)));
    }
    // JSON is YAML, but for details that do not occur in data.
    let parsed = yaml::parse(file, id, 0..file.text.len(), limits);
    let mut diagnostics = parsed.diagnostics;
    let node = parsed.value.map(|node| convert(node, file, syntax, &mut diagnostics));
    Checked { value: node, diagnostics }
}

fn convert(
    node: Node,
    file: &SourceFile,
    syntax: &Syntax,
    diagnostics: &mut Vec<Diagnostic>,
) -> DataNode {
    match node.value {
        Value::Null => DataNode::Null,
        Value::Scalar(scalar) => self::scalar(scalar, file, syntax, diagnostics),
        Value::List(nodes) => DataNode::List(
            nodes.into_iter().map(|node| convert(node, file, syntax, diagnostics)).collect(),
        ),
        Value::Map(entries) => DataNode::Map(
            entries
                .into_iter()
                .map(|entry| {
                    let value = convert(entry.value, file, syntax, diagnostics);
                    (entry.key, entry.key_span, value)
                })
                .collect(),
        ),
    }
}

fn scalar(
    scalar: Scalar,
    file: &SourceFile,
    syntax: &Syntax,
    diagnostics: &mut Vec<Diagnostic>,
) -> DataNode {
    let text = file.text(scalar.text.index);
    let number = |text: &str| {
        // `010` and `1_000` are texts: only what prints again as it was written is a number.
        text.parse::<i64>().ok().filter(|number| number.to_string() == text)
    };
    match (scalar.plain, text) {
        (true, "true") => DataNode::Boolean(true, scalar.text),
        (true, "false") => DataNode::Boolean(false, scalar.text),
        (true, text) if number(text).is_some() => {
            DataNode::Number(number(text).unwrap_or_default(), scalar.text)
        }
        _ => DataNode::Text(LiquidText::parse(file, scalar.text, syntax).collect(diagnostics)),
    }
}
