//! Tables.

use std::ops::Range;

use pulldown_cmark::{Alignment, Tag, TagEnd};

use super::blocks::BlockKind;
use super::elements::Kind;
use super::render::Renderer;
use super::writer::Owner;

const SCOPE: &str = " scope=\"";

/// The table that is open: tables do not nest.
#[derive(Debug, Default)]
pub(super) struct OpenTable {
    columns: Vec<Alignment>,
    /// The number of the next cell in its row.
    column: usize,
    /// The element of cells in this row.
    cell: &'static str,
    /// Where the cell that is open begins in the HTML, and its content.
    begins: (usize, usize),
}

impl Renderer<'_> {
    pub(super) fn start_table(&mut self, columns: Vec<Alignment>) {
        self.table = OpenTable { columns, column: 0, cell: "td", ..OpenTable::default() };
        self.out.begin("div", Kind::Block, Owner::Markdown);
        self.out.attribute("class", "table-wrapper");
        self.out.end_tag_start();
        self.out.open("table", Kind::Block, Owner::Markdown);
    }

    pub(super) fn start_row(&mut self, tag: &Tag<'_>, at: &Range<usize>) {
        self.table.column = 0;
        let is_head = matches!(tag, Tag::TableHead);
        self.table.cell = if is_head { "th" } else { "td" };
        if is_head {
            self.out.open("thead", Kind::Block, Owner::Markdown);
        }
        self.block(BlockKind::Row, at);
        self.out.open("tr", Kind::Block, Owner::Markdown);
    }

    pub(super) fn start_cell(&mut self) {
        let alignment =
            self.table.columns.get(self.table.column).copied().unwrap_or(Alignment::None);
        self.table.column += 1;
        let is_row_header =
            self.table.column == 1 && self.table.cell == "td" && self.out.has_row_headers();
        let start = self.out.html.len();
        let cell = if is_row_header { "th" } else { self.table.cell };
        self.out.begin(cell, Kind::Block, Owner::Markdown);
        match alignment {
            Alignment::None => {}
            Alignment::Left => self.out.attribute("class", "align-left"),
            Alignment::Center => self.out.attribute("class", "align-center"),
            Alignment::Right => self.out.attribute("class", "align-right"),
        }
        if is_row_header {
            self.out.attribute("scope", "row");
        } else if cell == "th" {
            self.out.attribute("scope", "col");
        }
        self.out.end_tag_start();
        self.table.begins = (start, self.out.html.len());
    }

    /// A header that says nothing is none: readers of tables would announce it.
    pub(super) fn end_cell(&mut self) {
        let (start, content) = self.table.begins;
        let html = &mut self.out.html;
        let scope = html[start..].rfind(SCOPE).filter(|_| html.len() == content);
        if let Some(scope) = scope {
            html.truncate(start + scope);
            html.push('>');
            html.replace_range(start..start + "<th".len(), "<td");
            self.out.rename("td");
        }
        self.end_plain(TagEnd::TableCell);
    }

    pub(super) fn end_table_head(&mut self) {
        self.out.close();
        self.out.close();
        self.out.html.push('\n');
        self.out.open("tbody", Kind::Block, Owner::Markdown);
        self.out.html.push('\n');
    }

    pub(super) fn end_table(&mut self) {
        for _ in ["tbody", "table", "div"] {
            self.out.close();
        }
        self.settle_link();
        self.out.html.push('\n');
    }
}
