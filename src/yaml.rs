//! YAML to a tree of nodes that know where they were written, and typed reading of its mappings.
//!
//! The parser is the `saphyr-parser` crate's event reader; this adds byte spans, limits, and the rule that a scalar
//! stays the text it was written as until somebody asks for a number or a boolean: `yes` and `3.10` are texts.

mod fault;
mod fields;

pub use fields::{Decoder, Fields};

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Marks};

use crate::diagnostic::{Checked, Diagnostic, codes};
use crate::source::{FileId, SourceFile, Span, TextId};

/// A node of a YAML document.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it was written, in the whole file.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing, `null` or `~`.
    Null,
    /// Text, number or boolean.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file.
    Map(Vec<Entry>),
}

/// A scalar: a text of its file.
#[derive(Clone, Copy, Debug)]
pub struct Scalar {
    /// The text.
    pub text: TextId,
    /// Whether it was written without quotes, so that it may mean a number or a boolean.
    pub plain: bool,
}

/// One key of a mapping and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key, always a text.
    pub key: String,
    /// Where the key was written.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

/// How much a document may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Collections inside collections.
    pub depth: usize,
    /// Nodes, aliases counted as often as they stand for something.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 64, nodes: 250_000 }
    }
}

impl Node {
    /// The value of this key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => {
                entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
            }
            _ => None,
        }
    }

    /// The word for its type in messages.
    pub fn type_name(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Scalar(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

/// Parses `range` of `file`, registering each scalar as a text of the file.
///
/// What does not parse is one finding and no node; an empty document is no node.
pub fn parse(
    file: &mut SourceFile,
    id: FileId,
    range: Range<usize>,
    limits: Limits,
) -> Checked<Option<Node>> {
    // The events borrow the text while scalars are added to the file.
    let text = file.text[range.clone()].to_owned();
    let mut composer = Composer {
        id,
        limits,
        cursor: Cursor { text: &text, characters: 0, bytes: 0, base: range.start },
        nodes: 0,
        open: Vec::new(),
        root: None,
        anchors: BTreeMap::new(),
        diagnostics: Vec::new(),
    };
    if let Err(fault) = composer.run(file) {
        composer.diagnostics.push(fault);
        composer.root = None;
    }
    Checked { value: composer.root, diagnostics: composer.diagnostics }
}

/// Turns the parser's positions, counted in characters, into bytes. Positions mostly move forward.
struct Cursor<'a> {
    text: &'a str,
    characters: usize,
    bytes: usize,
    base: usize,
}

impl Cursor<'_> {
    fn byte(&mut self, characters: usize) -> usize {
        while self.characters < characters {
            let Some(next) = self.text[self.bytes..].chars().next() else { break };
            self.bytes += next.len_utf8();
            self.characters += 1;
        }
        while self.characters > characters {
            let Some(last) = self.text[..self.bytes].chars().next_back() else { break };
            self.bytes -= last.len_utf8();
            self.characters -= 1;
        }
        self.base + self.bytes
    }

    fn range(&mut self, marks: Marks) -> Range<usize> {
        let start = self.byte(marks.start.index());
        let end = self.byte(marks.end.index()).max(start);
        start..end
    }
}

/// A collection that is being read.
struct Open {
    anchor: usize,
    start: usize,
    collection: Collection,
}

enum Collection {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, key: Option<(String, Span)>, keys: Keys },
}

/// The keys of a mapping that is being read. Few are looked through; of many there is a set, as a file can have as
/// many as it has lines.
#[derive(Default)]
struct Keys(BTreeSet<String>);

impl Keys {
    const FEW: usize = 32;

    /// Whether `name` is not among the keys of `entries` yet.
    fn add(&mut self, name: &str, entries: &[Entry]) -> bool {
        if entries.len() < Self::FEW {
            return entries.iter().all(|entry| entry.key != name);
        }
        if self.0.is_empty() {
            self.0.extend(entries.iter().map(|entry| entry.key.clone()));
        }
        self.0.insert(name.to_owned())
    }
}

struct Composer<'a> {
    id: FileId,
    limits: Limits,
    cursor: Cursor<'a>,
    nodes: usize,
    open: Vec<Open>,
    root: Option<Node>,
    anchors: BTreeMap<usize, (Node, usize)>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Composer<'a> {
    fn run(&mut self, file: &mut SourceFile) -> Result<(), Diagnostic> {
        let mut parser = Parser::new_from_str(self.cursor.text);
        while let Some(event) = parser.next_event() {
            let (event, marks) = event.map_err(|error| self.syntax_error(&error))?;
            match event {
                Event::DocumentStart(_) if self.root.is_some() => {
                    let span = self.span(marks);
                    return Err(Diagnostic::new(codes::YAML_SYNTAX, span, "a second document")
                        .hint("remove the line `---`"));
                }
                Event::StreamEnd => break,
                event => self.event(event, marks, file)?,
            }
        }
        Ok(())
    }

    fn event(
        &mut self,
        event: Event<'a>,
        marks: Marks,
        file: &mut SourceFile,
    ) -> Result<(), Diagnostic> {
        match event {
            Event::Scalar(value, style, anchor, _) => {
                self.scalar(&value, style, anchor, marks, file)
            }
            Event::SequenceStart(anchor, _) => {
                self.begin(anchor, marks, Collection::List(Vec::new()))
            }
            Event::MappingStart(anchor, _) => self.begin(
                anchor,
                marks,
                Collection::Map { entries: Vec::new(), key: None, keys: Keys::default() },
            ),
            Event::SequenceEnd | Event::MappingEnd => self.end(marks),
            Event::Alias(anchor) => self.alias(anchor, marks),
            _ => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        anchor: usize,
        marks: Marks,
        file: &mut SourceFile,
    ) -> Result<(), Diagnostic> {
        let raw = self.cursor.range(marks);
        let span = self.whole(raw.clone());
        if self.expects_key() {
            return self.put_key(value.to_owned(), span);
        }
        let plain = style == ScalarStyle::Plain;
        let value = if plain && matches!(value, "" | "~" | "null" | "Null" | "NULL") {
            Value::Null
        } else {
            let index = file.add_scalar(raw, value);
            Value::Scalar(Scalar { text: TextId { file: self.id, index }, plain })
        };
        self.put(Node { span, value }, anchor, 1)
    }

    fn begin(&mut self, anchor: usize, marks: Marks, new: Collection) -> Result<(), Diagnostic> {
        let start = self.cursor.byte(marks.start.index());
        if self.expects_key() {
            return Err(self.no_key(start, "a key that is a list or a map"));
        }
        if self.open.len() >= self.limits.depth {
            return Err(self.too_deep(start));
        }
        self.open.push(Open { anchor, start, collection: new });
        Ok(())
    }

    fn end(&mut self, marks: Marks) -> Result<(), Diagnostic> {
        let end = self.cursor.byte(marks.end.index());
        let Some(open) = self.open.pop() else { return Ok(()) };
        let value = match open.collection {
            Collection::List(nodes) => Value::List(nodes),
            Collection::Map { entries, .. } => Value::Map(merged(entries)),
        };
        let span = self.whole(open.start..end.max(open.start));
        self.put(Node { span, value }, open.anchor, 1)
    }

    fn alias(&mut self, anchor: usize, marks: Marks) -> Result<(), Diagnostic> {
        let span = self.span(marks);
        if self.expects_key() {
            return Err(self.no_key(span.start as usize, "a key that is an alias"));
        }
        let Some((node, size)) = self.anchors.get(&anchor) else {
            return Err(self.no_key(span.start as usize, "an alias inside its own anchor"));
        };
        // The size is checked before the copy is made: a bomb is refused while it is still small.
        let (size, too_many) = (*size, self.nodes + *size > self.limits.nodes);
        if too_many {
            return Err(self.too_many(span));
        }
        let node = Node { span, value: node.value.clone() };
        self.put(node, 0, size)
    }

    fn put(&mut self, node: Node, anchor: usize, size: usize) -> Result<(), Diagnostic> {
        self.nodes += size;
        if self.nodes > self.limits.nodes {
            return Err(self.too_many(node.span));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), count(&node)));
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut open.collection {
            Collection::List(nodes) => nodes.push(node),
            Collection::Map { entries, key, .. } => {
                if let Some((key, key_span)) = key.take() {
                    entries.push(Entry { key, key_span, value: node });
                }
            }
        }
        Ok(())
    }

    /// Whether the next node is the key of a mapping.
    fn expects_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { collection: Collection::Map { key: None, .. }, .. }))
    }

    fn put_key(&mut self, name: String, span: Span) -> Result<(), Diagnostic> {
        let Some(Open { collection: Collection::Map { entries, key, keys }, .. }) =
            self.open.last_mut()
        else {
            return Ok(());
        };
        let twice = name != "<<" && !keys.add(&name, entries);
        let fault = twice.then(|| {
            let message = format!("the key `{name}` is there twice");
            Diagnostic::new(codes::DUPLICATE_KEY, span, message).hint("remove one of the two")
        });
        *key = Some((name, span));
        fault.map_or(Ok(()), Err)
    }

    fn too_deep(&self, at: usize) -> Diagnostic {
        let message =
            format!("nested deeper than {} levels (`limits.yaml_depth`)", self.limits.depth);
        Diagnostic::new(codes::YAML_LIMIT, self.whole(at..at), message)
            .hint("flatten the data, or raise `limits.yaml_depth`")
    }

    fn too_many(&self, span: Span) -> Diagnostic {
        let message = format!("more than {} values (`limits.yaml_nodes`)", self.limits.nodes);
        Diagnostic::new(codes::YAML_LIMIT, span, message)
            .hint("remove aliases, or raise `limits.yaml_nodes`")
    }

    fn syntax_error(&mut self, error: &ScanError) -> Diagnostic {
        let at = self.cursor.byte(error.marker().index());
        // The parser reads ahead, and has a limit of its own for that.
        if error.info().contains("recursion limit") {
            return self.too_deep(at);
        }
        let base = self.cursor.base;
        let fault = fault::fault(self.cursor.text, at - base, error.info());
        let at = fault.at + base;
        Diagnostic::new(codes::YAML_SYNTAX, self.whole(at..at), fault.message).hint(fault.hint)
    }

    /// A key that is not a text.
    fn no_key(&self, at: usize, message: &str) -> Diagnostic {
        Diagnostic::new(codes::YAML_SYNTAX, self.whole(at..at), message)
            .hint("quote a text that begins with `{`, `[`, `*` or `&`")
    }

    fn span(&mut self, marks: Marks) -> Span {
        let range = self.cursor.range(marks);
        self.whole(range)
    }

    fn whole(&self, range: Range<usize>) -> Span {
        Span::new(TextId::whole(self.id), range)
    }
}

/// How many nodes a node stands for.
fn count(node: &Node) -> usize {
    match &node.value {
        Value::Null | Value::Scalar(_) => 1,
        Value::List(nodes) => 1 + nodes.iter().map(count).sum::<usize>(),
        Value::Map(entries) => 1 + entries.iter().map(|entry| count(&entry.value)).sum::<usize>(),
    }
}

/// The entries with those of `<<: *other` behind them, unless the mapping has the key itself.
fn merged(entries: Vec<Entry>) -> Vec<Entry> {
    if !entries.iter().any(|entry| entry.key == "<<") {
        return entries;
    }
    let (merges, mut own): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|entry| entry.key == "<<");
    let maps = merges.into_iter().flat_map(|merge| match merge.value.value {
        Value::List(nodes) => nodes,
        _ => vec![merge.value],
    });
    let mut keys: BTreeSet<String> = own.iter().map(|entry| entry.key.clone()).collect();
    for map in maps {
        let Value::Map(others) = map.value else { continue };
        own.extend(others.into_iter().filter(|other| keys.insert(other.key.clone())));
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    /// The tree on one line, and the findings with line and column.
    fn shown(text: &str) -> String {
        let mut file = SourceFile::new("a.yml", text);
        let parsed = parse(&mut file, FileId(0), 0..text.len(), Limits::default());
        let mut sources = Sources::default();
        sources.add(file);
        let mut shown = parsed.value.map_or_else(String::new, |node| show(&node, &sources));
        for finding in parsed.diagnostics {
            let at = sources.locate(finding.span);
            shown +=
                &format!("{}:{} {}: {}", at.line, at.column, finding.code.name, finding.message);
        }
        shown
    }

    fn show(node: &Node, sources: &Sources) -> String {
        match &node.value {
            Value::Null => "null".to_owned(),
            Value::Scalar(scalar) => format!("{:?}", sources.text(scalar.text)),
            Value::List(nodes) => {
                let items: Vec<_> = nodes.iter().map(|node| show(node, sources)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Map(entries) => {
                let show =
                    |entry: &Entry| format!("{}: {}", entry.key, show(&entry.value, sources));
                let items: Vec<_> = entries.iter().map(show).collect();
                format!("{{{}}}", items.join(", "))
            }
        }
    }

    #[test]
    fn scalars_stay_the_text_they_were_written_as() {
        assert_eq!(shown("yes: Yes\nv: 3.10\nn: 010\n"), r#"{yes: "Yes", v: "3.10", n: "010"}"#);
    }

    #[test]
    fn collections_nest() {
        assert_eq!(shown("a:\n- b\n- c: [d, {e: f}]\n"), r#"{a: ["b", {c: ["d", {e: "f"}]}]}"#);
    }

    #[test]
    fn nothing_is_null() {
        assert_eq!(shown("a:\nb: ~\nc: ''\n"), r#"{a: null, b: null, c: ""}"#);
        assert_eq!(shown(""), "");
    }

    #[test]
    fn aliases_and_merges_are_followed() {
        let text = "x: &x {a: 1, b: 2}\ny: *x\nz:\n  <<: *x\n  b: 3\n";
        let expected = r#"{x: {a: "1", b: "2"}, y: {a: "1", b: "2"}, z: {b: "3", a: "1"}}"#;
        assert_eq!(shown(text), expected);
    }

    #[test]
    fn faults_name_their_place() {
        assert_eq!(shown("a: 1\na: 2\n"), "2:1 duplicate-key: the key `a` is there twice");
        assert!(
            shown("title: foo: bar\n").starts_with("1:11 yaml-syntax"),
            "{}",
            shown("title: foo: bar\n")
        );
        assert!(shown("中文: 'x\n").contains("yaml-syntax"));
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(shown(&"[".repeat(100)).contains("yaml-limit"));
        assert!(shown(&"[".repeat(1_000_000)).contains("yaml-"));
    }

    #[test]
    fn an_alias_bomb_is_refused() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..10 {
            let previous = level - 1;
            let items = vec![format!("*a{previous}"); 10].join(", ");
            bomb += &format!("a{level}: &a{level} [{items}]\n");
        }
        assert!(shown(&bomb).contains("yaml-limit: more than 250000 values"));
    }
}
