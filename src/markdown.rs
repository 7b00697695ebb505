//! Markdown to HTML with slots for what differs between variants, and facts: headings, links, images, code.
//!
//! Knows no site: where a link leads and what a code block looks like is filled in by `render`.

mod annotate;
mod blocks;
mod code;
mod counting;
mod elements;
mod emphasis;
mod escape;
mod foreign;
mod heading;
mod highlight;
mod holes;
mod html;
mod inline;
mod language;
mod lines;
mod listing;
mod marked;
mod markup;
mod modern;
mod nesting;
mod offsets;
mod passages;
mod plain;
mod prepare;
mod raw;
mod render;
mod safety;
mod slug;
mod steps;
mod table;
mod text;
mod twin;
mod writer;

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

pub use blocks::{Block, BlockKind};
pub use elements::is_element;
pub use highlight::Highlighter;
pub use inline::AUTOMATIC_TITLE;
pub use marked::mark_lines;
pub use markup::{Guard, Markup};
pub use passages::{Passages, passages};
pub use plain::plain_text;
pub use twin::{Twin, destination, escape_markdown, to_markdown, twin};

use crate::diagnostic::CodeRef;

/// How a text is turned into HTML.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The headings of the same page in the default language: a translation's headings take their ids.
    pub source_headings: Option<&'a [Heading]>,
    /// What a translation is held to; nothing else is.
    pub guard: Option<Guard<'a>>,
    /// What `$…$` is.
    pub dollars: Dollars,
    /// What links in headings say that ask for the title of their target, by address.
    pub heading_titles: Option<&'a BTreeMap<String, String>>,
    /// The parts that are written in another language than the rest.
    pub other_language: Option<OtherLanguage<'a>>,
    /// Blocks and emphasis inside one another; deeper ones lose their tags. Of raw HTML it is twice as many.
    pub nesting: usize,
}

/// How deep Markdown may nest, unless a site says otherwise.
pub const NESTING: usize = 100;

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            source_headings: None,
            guard: None,
            dollars: Dollars::default(),
            heading_titles: None,
            other_language: None,
            nesting: NESTING,
        }
    }
}

/// Parts of a text in another language than the rest: blocks of it say so with `lang`.
#[derive(Clone, Copy, Debug)]
pub struct OtherLanguage<'a> {
    /// The BCP 47 tag of the language.
    pub tag: &'a str,
    /// The bytes of the text, in order and apart from each other.
    pub parts: &'a [Range<u32>],
}

/// What `$…$` and `$$…$$` are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dollars {
    /// Text: most pages write of prices and shell variables.
    #[default]
    Text,
    /// Formulas.
    Formulas,
}

/// A rendered text, the same for every variant that shares the expansion.
#[derive(Debug, Default)]
pub struct Body {
    /// The HTML; slots are to be inserted at their offsets. Every element that is opened is closed.
    pub html: String,
    /// What is missing in the HTML, in the order of offsets.
    pub slots: Vec<Slot>,
    /// The blocks, in the order of the HTML.
    pub blocks: Vec<Block>,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// The links (also of raw HTML), in order.
    pub links: Vec<Target>,
    /// The images (also of raw HTML), in order.
    pub images: Vec<Target>,
    /// The code blocks, in order.
    pub code: Vec<CodeBlock>,
    /// Whether blocks of it are in another language ([`Options::other_language`]).
    pub has_other_language: bool,
    /// Every id that can be linked to: headings, `id` and `name` attributes of raw HTML.
    pub anchors: Vec<String>,
    /// The raw HTML in it and the schemes of its addresses; only where nothing was held to a source.
    pub markup: Markup,
    /// What was wrong, in bytes of the expansion.
    pub faults: Vec<Fault>,
}

/// A place in the HTML where something of the variant goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Byte offset in the HTML.
    pub at: u32,
    /// What goes there.
    pub kind: SlotKind,
}

/// What goes into a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// The address of the link with this number in [`Body::links`], escaped for an attribute.
    Link(u32),
    /// The address of the image with this number in [`Body::images`], escaped for an attribute.
    Image(u32),
    /// `width` and `height` of the image with this number in [`Body::images`], each with a space before it; nothing
    /// where they are not known.
    ImageSize(u32),
    /// The code block with this number in [`Body::code`], highlighted: what stands inside `<code>`.
    Code(u32),
    /// The title of the page that the link with this number in [`Body::links`] leads to, escaped for text.
    LinkTitle(u32),
    /// The interface string with this key, escaped for text or attribute.
    Ui(&'static str),
    /// Behind the element's name: attributes of the block with this number in [`Body::blocks`], each with a space
    /// before it; nothing in what is published.
    Block(u32),
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id.
    pub id: String,
    /// What stands inside it: inline HTML without links.
    pub html: String,
    /// Its plain text.
    pub text: String,
    /// Class names of the platform or tool block around it (`mac`, `windows`, `linux`, …), else empty.
    pub platform: String,
    /// The bytes of the expansion.
    pub at: Range<u32>,
}

/// Where a link or an image leads, as written (entities decoded).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The address as written.
    pub address: String,
    /// The text of the link or the alternative text of the image.
    pub text: String,
    /// The bytes of the expansion.
    pub at: Range<u32>,
}

/// A code block.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodeBlock {
    /// The language as written, or empty.
    pub language: String,
    /// The other words behind the fence, except the wish for a copy button.
    pub words: String,
    /// The lines that the author points at, from 1.
    pub marked: Vec<RangeInclusive<usize>>,
    /// Its text.
    pub text: String,
    /// The bytes of the expansion.
    pub at: Range<u32>,
}

/// Something wrong in the text.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The kind of finding.
    pub code: CodeRef,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hints: Vec<String>,
    /// The bytes of the expansion.
    pub at: Range<u32>,
}

/// Whether a text that is one paragraph keeps its `<p>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paragraph {
    /// It does: an intro, a note.
    Wrapped,
    /// It does not: a title.
    Unwrapped,
}

/// The body of a page.
pub fn to_body(text: &str, options: Options<'_>) -> Body {
    render::render(text, options)
}

/// The HTML of a short text: a title, an intro, a note about a product.
///
/// One paragraph loses its `<p>` when [`Paragraph::Unwrapped`] is asked for.
pub fn to_inline(text: &str, paragraph: Paragraph, options: Options<'_>) -> Body {
    let mut body = render::render(text, options);
    if paragraph == Paragraph::Unwrapped {
        unwrap_paragraph(&mut body);
    }
    body
}

const PARAGRAPH_START: &str = "<p>";
const PARAGRAPH_END: &str = "</p>";

fn unwrap_paragraph(body: &mut Body) {
    let html = body.html.trim_end();
    let inner =
        html.strip_prefix(PARAGRAPH_START).and_then(|rest| rest.strip_suffix(PARAGRAPH_END));
    let Some(inner) = inner.filter(|inner| !inner.contains(PARAGRAPH_END)) else { return };
    body.html = inner.to_owned();
    // The paragraph was all there is.
    body.blocks.clear();
    body.slots.retain(|slot| !matches!(slot.kind, SlotKind::Block(_)));
    for slot in &mut body.slots {
        slot.at -= offsets::narrow(PARAGRAPH_START.len());
    }
}
