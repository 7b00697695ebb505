//! What a page says, for comparison: lines of text, headings, absolute links, lists and tables. The same rules as in
//! the comparison tool of the corpus, which counts the same pages; a test holds the two together.

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};
use unicode_normalization::UnicodeNormalization;

/// What a page, or an element of it, says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// The lines of text: a block begins a line.
    pub(crate) text: Vec<String>,
    /// Level, id (where ids are asked for) and text of the headings below the first level.
    pub(crate) headings: Vec<String>,
    /// The absolute links.
    pub(crate) external: Vec<String>,
    /// Lists with their items, tables with rows and cells, code, quotes and pictures.
    pub(crate) structure: Vec<String>,
    /// The texts of links that stand for a page.
    pub(crate) page_links: Vec<String>,
    /// The text outside code.
    pub(crate) prose: String,
}

/// Whether the ids of headings are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ids {
    /// They are.
    Compared,
    /// They are not: the reference made them of translated texts.
    Ignored,
}

/// The facts of all of `html`.
pub(crate) fn facts(html: &str, ids: Ids) -> Facts {
    Extract { inside: true, ids, ..Extract::new(None, ids) }.run(html)
}

/// The facts of the element with this id, where there is one.
pub(crate) fn facts_of(html: &str, id: &str, ids: Ids) -> Option<Facts> {
    let start = html.find(&format!(" id=\"{id}\""))?;
    let start = html[..start].rfind('<')?;
    Some(Extract::new(Some(id), ids).run(&html[start..]))
}

/// NFC, one space for all white space, none at the ends.
pub(crate) fn squeezed(text: &str) -> String {
    let text: String = text.nfc().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];
const BLOCK: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
const SKIPPED: &[&str] = &["svg", "script", "style", "button", "template", "noscript"];
const HEADINGS: &[&str] = &["h2", "h3", "h4", "h5", "h6"];

/// A list or table that is open.
struct Open {
    at: usize,
    name: String,
    items: usize,
    cells: usize,
}

struct Extract<'a> {
    wanted: Option<&'a str>,
    ids: Ids,
    /// The name of the wanted element, and how many of these are open.
    name: String,
    depth: usize,
    inside: bool,
    over: bool,
    skipped: usize,
    code: usize,
    text: String,
    heading: Option<(String, String)>,
    link: Option<String>,
    open: Vec<Open>,
    found: Facts,
}

impl<'a> Extract<'a> {
    fn new(wanted: Option<&'a str>, ids: Ids) -> Self {
        Self {
            wanted,
            ids,
            name: String::new(),
            depth: 0,
            inside: false,
            over: false,
            skipped: 0,
            code: 0,
            text: String::new(),
            heading: None,
            link: None,
            open: Vec::new(),
            found: Facts::default(),
        }
    }

    fn run(mut self, html: &str) -> Facts {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
            match token {
                Token::StartTag(tag) => self.start(&tag),
                Token::EndTag(tag) => self.end(&String::from_utf8_lossy(&tag.name)),
                Token::String(text) => self.data(&String::from_utf8_lossy(&text)),
                _ => {}
            }
            if self.over {
                break;
            }
        }
        let lines = self.text.split('\n').map(squeezed);
        self.found.text = lines.filter(|line| !line.is_empty()).collect();
        self.found
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if !self.inside {
            self.inside = self.wanted.is_some_and(|wanted| attribute(tag, "id") == wanted);
            (self.name, self.depth) = (name, 1);
            return;
        }
        self.depth += usize::from(name == self.name);
        if self.skipped > 0 || SKIPPED.contains(&&*name) {
            self.skipped += usize::from(!VOID.contains(&&*name));
        } else {
            self.opened(&name, tag);
        }
        if tag.self_closing && !VOID.contains(&&*name) {
            self.end(&name);
        }
    }

    fn opened(&mut self, name: &str, tag: &StartTag<()>) {
        if BLOCK.contains(&name) {
            self.text.push('\n');
            self.found.prose.push('\n');
        }
        self.code += usize::from(matches!(name, "pre" | "code"));
        match name {
            "ol" | "ul" | "table" => {
                let at = self.found.structure.len();
                self.open.push(Open { at, name: name.to_owned(), items: 0, cells: 0 });
                self.found.structure.push(String::new());
            }
            "li" | "tr" => self.open.iter_mut().next_back().into_iter().for_each(|o| o.items += 1),
            "td" | "th" => self.open.iter_mut().next_back().into_iter().for_each(|o| o.cells += 1),
            "pre" | "blockquote" => self.found.structure.push(name.to_owned()),
            "img" => {
                let source = attribute(tag, "src");
                let file = source.split('?').next().unwrap_or_default().rsplit('/').next();
                self.found.structure.push(format!("img {}", file.unwrap_or_default()));
            }
            "a" => self.link(tag),
            name if HEADINGS.contains(&name) => {
                let id = if self.ids == Ids::Compared { attribute(tag, "id") } else { "".into() };
                self.heading = Some((format!("{name} #{id} "), String::new()));
            }
            _ => {}
        }
    }

    fn link(&mut self, tag: &StartTag<()>) {
        let address = attribute(tag, "href");
        let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if address.contains(':') && matches!(&*scheme, "http" | "https" | "mailto") {
            self.found.external.push(address.trim().trim_end_matches('/').to_owned());
        }
        let class = attribute(tag, "class");
        let is_page = |class: &str| {
            matches!(class, "article-link" | "topic-link" | "link-with-intro" | "featured-link")
        };
        self.link = class.split(' ').any(is_page).then(String::new);
    }

    fn end(&mut self, name: &str) {
        if !self.inside || VOID.contains(&name) {
            return;
        }
        if self.skipped > 0 {
            self.skipped -= 1;
        } else {
            self.closed(name);
        }
        if self.wanted.is_some() && name == self.name {
            self.depth = self.depth.saturating_sub(1);
            self.over = self.depth == 0;
        }
    }

    fn closed(&mut self, name: &str) {
        if BLOCK.contains(&name) {
            self.text.push('\n');
            self.found.prose.push('\n');
        }
        self.code = self.code.saturating_sub(usize::from(matches!(name, "pre" | "code")));
        if HEADINGS.contains(&name)
            && let Some((start, text)) = self.heading.take()
        {
            self.found.headings.push(start + &squeezed(&text));
        }
        if name == "a"
            && let Some(text) = self.link.take()
        {
            self.found.page_links.push(squeezed(&text));
        }
        if matches!(name, "ol" | "ul" | "table")
            && let Some(open) = self.open.pop()
        {
            let cells = if open.cells > 0 { format!(" {}", open.cells) } else { String::new() };
            self.found.structure[open.at] = format!("{} {}{cells}", open.name, open.items);
        }
    }

    fn data(&mut self, text: &str) {
        if !self.inside || self.skipped > 0 {
            return;
        }
        self.text.push_str(&text.replace('\n', " "));
        if self.code == 0 {
            self.found.prose.push_str(text);
        }
        if let Some((_, heading)) = &mut self.heading {
            heading.push_str(text);
        }
        if let Some(link) = &mut self.link {
            link.push_str(text);
        }
    }
}

fn attribute<'a>(tag: &'a StartTag<()>, name: &str) -> std::borrow::Cow<'a, str> {
    let value = tag.attributes.get(name.as_bytes());
    value.map_or("".into(), |value| String::from_utf8_lossy(&value.value))
}
