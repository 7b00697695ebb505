//! From the parser's events to HTML and facts: blocks, and the order of things.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, Event, Options as Syntax, Parser, Tag, TagEnd,
};

use super::blocks::{BlockKind, stretch};
use super::counting::Counting;
use super::elements::Kind;
use super::heading::OpenHeading;
use super::holes;
use super::inline::{Alternative, OpenLink};
use super::language::OtherParts;
use super::nesting::holds_text_only;
use super::offsets::Prepared;
use super::prepare::{LIST_BREAK, prepare, unmarked};
use super::raw::RawText;
use super::slug::{OwnId, assign_ids};
use super::table::OpenTable;
use super::writer::{Owner, Writer};
use super::{Body, Dollars, Fault, Options, SlotKind};
use crate::diagnostic::codes::MARKDOWN_LIMIT;

/// The body of a prepared and parsed text.
pub(super) fn render(text: &str, options: Options<'_>) -> Body {
    let prepared = prepare(text);
    let syntax = syntax(options.dollars);
    let mut renderer = Renderer::new(&prepared, syntax, options);
    for (event, at) in Parser::new_ext(&prepared.text, syntax).into_offset_iter() {
        renderer.event(event, at);
    }
    renderer.finish()
}

fn syntax(dollars: Dollars) -> Syntax {
    let always = Syntax::ENABLE_TABLES
        | Syntax::ENABLE_FOOTNOTES
        | Syntax::ENABLE_STRIKETHROUGH
        | Syntax::ENABLE_TASKLISTS
        | Syntax::ENABLE_GFM;
    match dollars {
        Dollars::Text => always,
        Dollars::Formulas => always | Syntax::ENABLE_MATH,
    }
}

/// A piece of a text that is being gathered from several events.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// What has been gathered.
    pub(super) text: String,
    /// The bytes of the prepared text.
    pub(super) at: Range<usize>,
}

impl Gathered {
    fn add(&mut self, text: &str, at: Range<usize>) {
        if self.text.is_empty() {
            self.at.start = at.start;
        }
        self.at.end = at.end;
        self.text.push_str(text);
    }
}

/// A code block whose text is being gathered.
#[derive(Debug)]
pub(super) struct OpenCode {
    /// What stands behind the fence; nothing where there is no fence.
    pub(super) info: Option<String>,
    /// The code so far.
    pub(super) text: String,
}

/// A body in the making.
pub(super) struct Renderer<'a> {
    pub(super) prepared: &'a Prepared<'a>,
    syntax: Syntax,
    pub(super) options: Options<'a>,
    pub(super) out: Writer,
    pub(super) body: Body,
    /// Running text since the last other event.
    text: Gathered,
    /// Raw HTML of the block that is open.
    raw: RawText,
    pub(super) code: Option<OpenCode>,
    pub(super) alternative: Option<Alternative>,
    pub(super) link: Option<OpenLink>,
    pub(super) heading: Option<OpenHeading>,
    /// The ids that headings have on their own.
    pub(super) own_ids: Vec<OwnId>,
    /// Plain text since the outermost open heading or link.
    pub(super) heard: String,
    /// The raw element whose content is left out.
    pub(super) dropping: Option<&'static str>,
    pub(super) table: OpenTable,
    pub(super) other_parts: OtherParts,
    /// Whether this is the text of an annotation: code in it has none of its own.
    pub(super) in_note: bool,
    counting: Counting,
    footnotes: BTreeMap<String, usize>,
    /// The limits that have been passed.
    limits: Vec<&'static str>,
    nesting: usize,
    /// Elements open beyond the limit, without tags.
    beyond: usize,
}

impl<'a> Renderer<'a> {
    fn new(prepared: &'a Prepared<'a>, syntax: Syntax, options: Options<'a>) -> Self {
        let mut out = Writer::new(2 * options.nesting);
        out.html.reserve(prepared.text.len() + prepared.text.len() / 4);
        Self {
            prepared,
            syntax,
            options,
            out,
            body: Body::default(),
            text: Gathered::default(),
            raw: RawText::default(),
            code: None,
            alternative: None,
            link: None,
            heading: None,
            own_ids: Vec::new(),
            heard: String::new(),
            dropping: None,
            table: OpenTable::default(),
            other_parts: OtherParts::new(options.other_language),
            in_note: false,
            counting: Counting::default(),
            footnotes: BTreeMap::new(),
            limits: Vec::new(),
            nesting: 0,
            beyond: 0,
        }
    }

    /// Writes a text inside the text: Markdown in a comment of the code at `at`.
    pub(super) fn note(&mut self, text: &str, at: &Range<usize>) {
        self.in_note = true;
        let prepared = prepare(text);
        for event in Parser::new_ext(&prepared.text, self.syntax) {
            self.event(event, at.clone());
        }
        self.flush_text();
        self.in_note = false;
    }

    fn event(&mut self, event: Event<'_>, at: Range<usize>) {
        self.out.reached = at.start;
        if self.alternative.is_some() {
            return self.alternative_event(event, at);
        }
        match event {
            Event::Text(text) => self.some_text(&unmarked(&text), at),
            Event::Html(html) if *html == *LIST_BREAK => self.counting.goes_on(),
            Event::Html(html) => self.raw.add(&unmarked(&html), at),
            event => {
                self.flush_text();
                self.other_event(event, at);
            }
        }
    }

    fn some_text(&mut self, text: &str, at: Range<usize>) {
        match &mut self.code {
            Some(code) => code.text.push_str(text),
            None => self.text.add(text, at),
        }
    }

    fn other_event(&mut self, event: Event<'_>, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(end) => self.end(end, at),
            Event::Code(code) => self.code_span(&unmarked(&code)),
            Event::InlineHtml(html) => self.raw_html(&RawText::new(&unmarked(&html), at)),
            Event::SoftBreak => self.plain("\n"),
            Event::HardBreak => {
                self.out.open("br", Kind::Void, Owner::Markdown);
                self.plain("\n");
            }
            Event::Rule => {
                self.block(BlockKind::Rule, &at);
                self.out.open("hr", Kind::VoidBlock, Owner::Markdown);
            }
            Event::TaskListMarker(done) => self.task(if done { " checked" } else { "" }),
            Event::FootnoteReference(name) => self.footnote_reference(&name),
            Event::Text(text) | Event::Html(text) => self.some_text(&text, at),
            Event::InlineMath(text) => self.formula("math", &unmarked(&text)),
            Event::DisplayMath(text) => self.formula("math math-display", &unmarked(&text)),
        }
    }

    fn flush_text(&mut self) {
        if !self.text.text.is_empty() {
            let mut gathered = std::mem::take(&mut self.text);
            self.running_text(&gathered);
            gathered.text.clear();
            self.text = gathered;
        }
    }

    fn flush_raw(&mut self) {
        let gathered = std::mem::take(&mut self.raw);
        self.raw_html(&gathered);
        self.dropping = None;
    }

    fn start(&mut self, tag: Tag<'_>, at: Range<usize>) {
        if let Tag::Image { dest_url, title, .. } = tag {
            self.alternative = Some(Alternative::new(&dest_url, &title, at));
            return;
        }
        if self.beyond > 0 || self.nesting >= self.options.nesting {
            self.start_beyond(at);
            return;
        }
        self.nesting += 1;
        self.mark_language(&tag, &at);
        self.block_of(&tag, &at);
        match tag {
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::Heading { level, .. } => self.start_heading(level as u8, at),
            Tag::List(first) => self.start_list(first),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::Table(columns) => self.start_table(columns),
            Tag::TableHead | Tag::TableRow => self.start_row(&tag, &at),
            Tag::TableCell => self.start_cell(),
            Tag::FootnoteDefinition(name) => self.start_footnote(&name),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.start_link(link_type, &dest_url, &title, at);
            }
            Tag::Strikethrough => self.start_strikethrough(&at),
            Tag::HtmlBlock => {}
            _ => self.start_plain(&tag),
        }
    }

    fn start_beyond(&mut self, at: Range<usize>) {
        if self.beyond == 0 {
            self.limit("blocks and emphasis", self.options.nesting, at);
        }
        self.beyond += 1;
    }

    fn start_plain(&mut self, tag: &Tag<'_>) {
        if *tag == Tag::Item {
            self.counting.item();
        }
        let (name, kind) = match tag {
            Tag::Paragraph if self.out.container().is_some_and(holds_text_only) => {
                ("span", Kind::Phrase)
            }
            Tag::Paragraph => ("p", Kind::Block),
            Tag::Item => ("li", Kind::Block),
            Tag::Emphasis => ("em", Kind::Phrase),
            Tag::Strong => ("strong", Kind::Phrase),
            _ => ("span", Kind::Phrase),
        };
        self.out.open(name, kind, Owner::Markdown);
    }

    fn end(&mut self, end: TagEnd, at: Range<usize>) {
        if self.beyond > 0 {
            self.beyond -= 1;
            self.end_beyond(end);
            return;
        }
        self.nesting = self.nesting.saturating_sub(1);
        match end {
            TagEnd::CodeBlock => self.end_code(at),
            TagEnd::HtmlBlock => self.flush_raw(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::TableHead => self.end_table_head(),
            TagEnd::Table => self.end_table(),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Strikethrough => self.end_strikethrough(&at),
            TagEnd::Link => self.end_link(),
            _ => self.end_plain(end),
        }
    }

    fn end_beyond(&mut self, end: TagEnd) {
        match end {
            TagEnd::HtmlBlock => self.flush_raw(),
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::Heading(_) => self.plain("\n"),
            _ => {}
        }
    }

    pub(super) fn end_plain(&mut self, end: TagEnd) {
        if matches!(end, TagEnd::List(_)) {
            self.counting.end();
        }
        self.out.close();
        self.settle_link();
        let is_block = !matches!(end, TagEnd::Emphasis | TagEnd::Strong);
        if is_block {
            self.dropping = None;
            self.out.html.push('\n');
        }
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => Some(unmarked(info).into_owned()),
            CodeBlockKind::Indented => None,
        };
        self.code = Some(OpenCode { info, text: String::new() });
    }

    fn start_list(&mut self, first: Option<u64>) {
        let name = if first.is_some() { "ol" } else { "ul" };
        let first = self.counting.start(first);
        self.out.begin(name, Kind::Block, Owner::Markdown);
        if let Some(first) = first.filter(|first| *first != 1) {
            self.out.attribute("start", &first.to_string());
        }
        self.out.end_tag_start();
        self.out.html.push('\n');
    }

    /// The text of an item is what its box is called.
    fn task(&mut self, checked: &str) {
        self.out.open("label", Kind::Phrase, Owner::Raw);
        self.out.set_written("");
        self.out.html.push_str("<input type=\"checkbox\" disabled");
        self.out.html.push_str(checked);
        self.out.html.push_str("> ");
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            self.out.open("blockquote", Kind::Block, Owner::Markdown);
            self.out.html.push('\n');
            return;
        };
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("alert note", "alerts.note"),
            BlockQuoteKind::Tip => ("alert tip", "alerts.tip"),
            BlockQuoteKind::Important => ("alert important", "alerts.important"),
            BlockQuoteKind::Warning => ("alert warning", "alerts.warning"),
            BlockQuoteKind::Caution => ("alert caution", "alerts.caution"),
        };
        self.out.begin("div", Kind::Block, Owner::Markdown);
        self.out.attribute("class", class);
        self.out.attribute("role", "note");
        self.out.end_tag_start();
        self.out.html.push_str("\n<p class=\"alert-title\">");
        self.out.slot(SlotKind::Ui(title));
        self.out.html.push_str("</p>\n");
    }

    fn footnote_number(&mut self, name: &str) -> usize {
        let next = self.footnotes.len() + 1;
        *self.footnotes.entry(name.to_owned()).or_insert(next)
    }

    fn footnote_reference(&mut self, name: &str) {
        self.out.bridge("sup");
        let number = self.footnote_number(name);
        let html = format!("<sup><a class=\"footnote\" href=\"#fn-{number}\">{number}</a></sup>");
        self.out.html.push_str(&html);
    }

    fn start_footnote(&mut self, name: &str) {
        let number = self.footnote_number(name);
        self.out.begin("div", Kind::Block, Owner::Markdown);
        self.out.attribute("class", "footnote");
        self.out.attribute("id", &format!("fn-{number}"));
        self.out.end_tag_start();
        self.out.html.push_str(&format!("<sup>{number}</sup>\n"));
    }

    /// Notes that a limit has been passed, once for each limit.
    pub(super) fn limit(&mut self, what: &'static str, most: usize, at: Range<usize>) {
        if self.limits.contains(&what) {
            return;
        }
        self.limits.push(what);
        self.body.faults.push(Fault {
            code: MARKDOWN_LIMIT,
            message: format!("{what} nest deeper than {most} (`limits.markdown_nesting`)"),
            hints: vec!["make the page simpler".to_owned()],
            at: self.prepared.original(at),
        });
    }

    fn finish(mut self) -> Body {
        self.flush_text();
        self.out.reached = self.prepared.text.len();
        self.out.finish();
        self.settle_link();
        let taken = assign_ids(&mut self.body.headings, self.own_ids, self.options.source_headings);
        self.body.faults.extend(taken.into_iter().map(|(id, at)| holes::twice(&id, at)));
        self.body.html = self.out.html;
        self.body.slots = self.out.slots;
        self.body.blocks = self.out.blocks;
        stretch(&mut self.body.blocks, &self.out.ends, self.prepared);
        holes::fill(&mut self.body, &self.out.holes);
        self.body.anchors.extend(self.body.headings.iter().map(|heading| heading.id.clone()));
        self.body
    }
}
