//! What stands on lines of its own: paragraphs, headings, lists, quotes, code.

use super::inlines::Place;
use super::quoting::{at_line_starts, escape_markdown, longest_run};
use super::tree::{Element, Node};

/// Makes Markdown of HTML.
pub(super) struct Blocks<'a> {
    /// The address to be written for each.
    pub(super) address: &'a dyn Fn(&str) -> String,
}

/// A part of the text on lines of its own.
pub(super) struct Block {
    pub(super) text: String,
    kind: BlockKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum BlockKind {
    Paragraph,
    List(List),
    Other,
}

/// A kind of list; two of the same kind in a row would be one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct List {
    is_ordered: bool,
    is_second: bool,
}

impl Block {
    /// What is neither paragraph nor list.
    pub(super) fn other(text: String) -> Self {
        Self { text, kind: BlockKind::Other }
    }
}

impl Blocks<'_> {
    /// The Markdown of some nodes, without a line end behind it.
    pub(super) fn text(&self, nodes: &[Node]) -> String {
        joined(&self.blocks(nodes), "\n\n")
    }

    fn blocks(&self, nodes: &[Node]) -> Vec<Block> {
        let mut blocks = Vec::new();
        self.add(nodes, &mut blocks);
        blocks
    }

    /// Adds blocks; what stands between them is paragraphs.
    fn add(&self, nodes: &[Node], blocks: &mut Vec<Block>) {
        let mut rest = nodes;
        while let Some(first) = rest.first() {
            if let Some(element) = first.element().filter(|element| element.is_block()) {
                self.add_element(element, blocks);
                rest = &rest[1..];
                continue;
            }
            let length = rest.iter().position(Node::is_block).unwrap_or(rest.len());
            let text = at_line_starts(&self.line(rest[..length].iter(), Place::Paragraph));
            if !text.is_empty() {
                blocks.push(Block { text, kind: BlockKind::Paragraph });
            }
            rest = &rest[length..];
        }
    }

    fn add_element(&self, element: &Element, blocks: &mut Vec<Block>) {
        match element.name() {
            name @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
                let level = usize::from(name.as_bytes()[1] - b'0');
                blocks.push(Block::other(self.heading(level, element)));
            }
            name @ ("ul" | "ol" | "menu" | "dir") => {
                self.add_list(element, name == "ol", blocks);
            }
            "pre" => blocks.push(Block::other(fenced(element))),
            "blockquote" => self.add_quote(None, &element.children, blocks),
            "table" => self.add_table(element, blocks),
            "hr" => blocks.push(Block::other("***".to_owned())),
            "dt" | "summary" => {
                let text = self.strong_line(&element.children);
                blocks.extend((!text.is_empty()).then_some(Block::other(text)));
            }
            "div" => self.add_division(element, blocks),
            _ => self.add(&element.children, blocks),
        }
    }

    fn heading(&self, level: usize, element: &Element) -> String {
        let text = self.line(element.children.iter(), Place::Line);
        let marks = "#".repeat(level);
        // Marks at the end would be taken for a closing sequence.
        match text.strip_suffix('#') {
            Some(before) => format!("{marks} {before}\\#"),
            None => format!("{marks} {text}").trim_end().to_owned(),
        }
    }

    fn add_division(&self, element: &Element, blocks: &mut Vec<Block>) {
        let number = element.attribute("id").and_then(|id| id.strip_prefix("fn-"));
        if element.has_class("code-header") {
            return;
        }
        if let (true, Some(number)) = (element.has_class("footnote"), number) {
            // The number that stands before the text is not part of it.
            let is_number = |node: &Node| node.element().is_some_and(|one| one.name() == "sup");
            let behind = element.children.iter().position(is_number).map_or(0, |at| at + 1);
            let text = self.text(&element.children[behind..]);
            blocks.push(Block::other(indented(&text, &format!("[^{number}]: "), "    ")));
        } else if let Some(kind) = alert(element) {
            let is_title =
                |node: &Node| node.element().is_some_and(|one| one.has_class("alert-title"));
            let title = element.children.iter().position(is_title).map_or(0, |at| at + 1);
            self.add_quote(Some(kind), &element.children[title..], blocks);
        } else {
            // Blocks for a platform or a tool say which.
            let label = element.attribute("data-label").map(escape_markdown);
            let label = label.filter(|label| !label.is_empty());
            blocks.extend(label.map(|label| Block::other(format!("**{label}**"))));
            self.add(&element.children, blocks);
        }
    }

    fn add_quote(&self, kind: Option<&str>, nodes: &[Node], blocks: &mut Vec<Block>) {
        let inner = self.blocks(nodes);
        let Some(first) = inner.first() else { return };
        // Only text can follow the kind of an alert without a blank line.
        let between = if first.kind == BlockKind::Paragraph { "\n" } else { "\n\n" };
        let text = joined(&inner, "\n\n");
        let text = match kind {
            Some(kind) => format!("[!{kind}]{between}{text}"),
            None => text,
        };
        let quote = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
        let quoted = text.split('\n').map(quote);
        blocks.push(Block::other(quoted.collect::<Vec<_>>().join("\n")));
    }

    fn add_list(&self, element: &Element, is_ordered: bool, blocks: &mut Vec<Block>) {
        let is_second = match blocks.last().map(|block| block.kind) {
            Some(BlockKind::List(before)) => before.is_ordered == is_ordered && !before.is_second,
            _ => false,
        };
        let list = List { is_ordered, is_second };
        let items: Vec<(Vec<Block>, bool)> =
            element.elements().map(|item| (self.item(item), has_paragraph(item))).collect();
        let is_tight = items.iter().all(|(blocks, is_loose)| !is_loose && can_be_tight(blocks));
        let first: u32 = element.attribute("start").and_then(|at| at.parse().ok()).unwrap_or(1);
        let lines = (0_u32..).zip(&items).map(|(number, (blocks, _))| {
            let mark = list.mark(first.saturating_add(number));
            let text = joined(blocks, if is_tight { "\n" } else { "\n\n" });
            indented(&text, &mark, &" ".repeat(mark.len()))
        });
        let lines: Vec<String> = lines.collect();
        if !lines.is_empty() {
            let text = lines.join(if is_tight { "\n" } else { "\n\n" });
            blocks.push(Block { text, kind: BlockKind::List(list) });
        }
    }

    /// What is in an item. A list that stands in a list without an item is one.
    fn item(&self, item: &Element) -> Vec<Block> {
        let mut blocks = Vec::new();
        match item.name() {
            "li" => self.add(&item.children, &mut blocks),
            _ if item.is_block() => self.add_element(item, &mut blocks),
            _ => self.add(&item.children, &mut blocks),
        }
        blocks
    }
}

impl List {
    /// What stands before an item.
    fn mark(self, number: u32) -> String {
        match (self.is_ordered, self.is_second) {
            // More digits would be text.
            (true, false) => format!("{}. ", number.min(999_999_999)),
            (true, true) => format!("{}) ", number.min(999_999_999)),
            (false, false) => "- ".to_owned(),
            (false, true) => "+ ".to_owned(),
        }
    }
}

fn has_paragraph(item: &Element) -> bool {
    item.elements().any(|inner| inner.name() == "p")
}

/// Whether the blocks of an item can follow each other without blank lines.
fn can_be_tight(blocks: &[Block]) -> bool {
    let interrupts = |block: &Block| {
        let begins = block.text.starts_with("- ") || block.text.starts_with("1. ");
        matches!(block.kind, BlockKind::List(_)) && begins
    };
    let is_text = |block: &Block| block.kind == BlockKind::Paragraph;
    blocks.first().is_none_or(is_text) && blocks.iter().skip(1).all(interrupts) && blocks.len() < 3
}

/// The kind of alert that a note or warning is.
fn alert(element: &Element) -> Option<&'static str> {
    let is_note = element.has_class("alert") || element.has_class("extended-markdown");
    let kind = |class: &str| match class {
        "note" => Some("NOTE"),
        "tip" => Some("TIP"),
        "important" => Some("IMPORTANT"),
        "warning" => Some("WARNING"),
        "caution" | "danger" => Some("CAUTION"),
        _ => None,
    };
    element.classes().find_map(kind).filter(|_| is_note)
}

/// Code between fences.
fn fenced(element: &Element) -> String {
    let inner = element.elements().find(|inner| inner.name() == "code");
    let classes = inner.iter().flat_map(|code| code.classes());
    let language = classes.filter_map(|class| class.strip_prefix("language-")).next();
    let code = element.text();
    let code = code.strip_suffix('\n').unwrap_or(&code);
    // A line end right behind the start tag is none, as browsers read it.
    let begins_with_text = matches!(element.children.first(), Some(Node::Text(_)));
    let code = code.strip_prefix('\n').filter(|_| begins_with_text).unwrap_or(code);
    let fence = "`".repeat(longest_run(code, '`').max(2) + 1);
    let break_before = if code.is_empty() { "" } else { "\n" };
    let language = language.filter(|language| !language.contains('`')).unwrap_or_default();
    format!("{fence}{language}{break_before}{code}\n{fence}")
}

fn joined(blocks: &[Block], between: &str) -> String {
    let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    texts.join(between)
}

/// Lines with `first` before the first of them and `rest` before the others that are not blank.
fn indented(text: &str, first: &str, rest: &str) -> String {
    let mut indented = String::with_capacity(text.len() + 16);
    for (number, line) in text.split('\n').enumerate() {
        match number {
            0 => indented.push_str(first),
            _ => indented.push('\n'),
        }
        if number > 0 && !line.is_empty() {
            indented.push_str(rest);
        }
        indented.push_str(line);
    }
    // An item without anything is its mark alone.
    let kept = if text.is_empty() { first.trim_end().len() } else { indented.len() };
    indented.truncate(kept);
    indented
}
