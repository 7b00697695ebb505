//! Tables: a line for each row. What has lines of its own in a cell is parted by `<br>`.

use super::blocks::{Block, Blocks};
use super::inlines::Place;
use super::quoting::code_span;
use super::tree::{Element, Node};

/// A row: its cells, and whether it is made of headers.
struct Row<'a> {
    cells: Vec<&'a Element>,
    is_head: bool,
}

impl Blocks<'_> {
    pub(super) fn add_table(&self, table: &Element, blocks: &mut Vec<Block>) {
        for caption in table.elements().filter(|inner| inner.name() == "caption") {
            let text = self.text(&caption.children);
            blocks.extend((!text.is_empty()).then_some(Block::other(text)));
        }
        let mut rows = Vec::new();
        add_rows(table, false, &mut rows);
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        if columns == 0 {
            return;
        }
        let has_head = rows.first().is_some_and(|row| row.is_head);
        let line = |row: &Row<'_>| {
            let cell = |at: usize| row.cells.get(at).map_or(String::new(), |cell| self.cell(cell));
            format!("| {} |", (0..columns).map(cell).collect::<Vec<_>>().join(" | "))
        };
        let mut lines: Vec<String> = rows.iter().map(line).collect();
        if !has_head {
            lines.insert(0, format!("|{}", "  |".repeat(columns)));
        }
        lines.insert(1, alignments(&rows[0], columns));
        blocks.push(Block::other(lines.join("\n")));
    }

    fn cell(&self, cell: &Element) -> String {
        let mut lines = Vec::new();
        self.add_lines(&cell.children, &mut lines);
        lines.join("<br>").replace('|', "\\|").replace('\n', " ")
    }

    /// The lines of what is in a cell.
    fn add_lines(&self, nodes: &[Node], lines: &mut Vec<String>) {
        let mut rest = nodes;
        while let Some(first) = rest.first() {
            let element = first.element().filter(|element| element.is_block());
            let length = rest.iter().position(Node::is_block).unwrap_or(rest.len());
            match element {
                Some(element) => self.add_block(element, lines),
                None => {
                    let line = self.line(rest[..length].iter(), Place::Cell);
                    lines.extend((!line.is_empty()).then_some(line));
                }
            }
            rest = &rest[length.max(1)..];
        }
    }

    fn add_block(&self, element: &Element, lines: &mut Vec<String>) {
        match element.name() {
            "pre" => {
                let code = element.text();
                let spans = code.lines().map(code_span).filter(|span| !span.is_empty());
                lines.extend(spans);
            }
            "li" => {
                let first = lines.len();
                self.add_lines(&element.children, lines);
                if let Some(line) = lines.get_mut(first) {
                    line.insert_str(0, "- ");
                }
            }
            _ if element.has_class("code-header") || element.has_class("alert-title") => {}
            _ => self.add_lines(&element.children, lines),
        }
    }
}

fn add_rows<'a>(element: &'a Element, in_head: bool, rows: &mut Vec<Row<'a>>) {
    for inner in element.elements() {
        match inner.name() {
            "tr" => {
                let is_cell = |cell: &&Element| matches!(cell.name(), "td" | "th");
                let cells: Vec<&Element> = inner.elements().filter(is_cell).collect();
                let is_head = in_head || cells.iter().all(|cell| cell.name() == "th");
                rows.push(Row { cells, is_head });
            }
            "thead" => add_rows(inner, true, rows),
            "tbody" | "tfoot" => add_rows(inner, false, rows),
            _ => {}
        }
    }
}

fn alignments(row: &Row<'_>, columns: usize) -> String {
    let mark = |at: usize| {
        let Some(cell) = row.cells.get(at) else { return "---" };
        let is = |side: &str| {
            cell.has_class(&format!("align-{side}")) || cell.attribute("align") == Some(side)
        };
        match (is("left"), is("center"), is("right")) {
            (true, ..) => ":--",
            (_, true, _) => ":-:",
            (_, _, true) => "--:",
            _ => "---",
        }
    };
    format!("| {} |", (0..columns).map(mark).collect::<Vec<_>>().join(" | "))
}
