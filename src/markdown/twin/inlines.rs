//! What stands in a line: text, emphasis, links, images, code.

use super::blocks::Blocks;
use super::quoting::{code_span, destination, is_space, quoted};
use super::tree::{Element, Node};

/// Where the line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a paragraph, where lines can be broken.
    Paragraph,
    /// In a heading or a link, where they cannot.
    Line,
    /// In a cell of a table, where they can in HTML only.
    Cell,
}

/// A part of a line, which may need to know what stands on its sides.
enum Part {
    Plain(String),
    /// Escaped text.
    Text(String),
    Link(String),
    Code(String),
    Break,
    /// Emphasis: its delimiter, its element, what is in it.
    Marked(&'static str, &'static str, String),
}

impl Part {
    fn first(&self) -> Option<char> {
        match self {
            Self::Plain(text) | Self::Text(text) | Self::Link(text) => text.chars().next(),
            Self::Code(code) => code.chars().next().map(|_| '`'),
            Self::Break => Some('\n'),
            Self::Marked(mark, ..) => mark.chars().next(),
        }
    }
}

/// What the elements around a text mean for it.
#[derive(Clone, Copy, Default)]
struct Around {
    in_code: bool,
    is_strong: bool,
    is_emphasized: bool,
}

impl Blocks<'_> {
    /// The Markdown of what stands in a line, without white space around it.
    pub(super) fn line<'n>(&self, nodes: impl Iterator<Item = &'n Node>, place: Place) -> String {
        self.joined(nodes, Around::default(), place).trim_matches(is_space).to_owned()
    }

    /// The same, all of it strong.
    pub(super) fn strong_line(&self, nodes: &[Node]) -> String {
        let around = Around { is_strong: true, ..Around::default() };
        let inner = self.joined(nodes.iter(), around, Place::Line);
        join([Part::Marked("**", "strong", inner)].into_iter(), Place::Line)
            .trim_matches(is_space)
            .to_owned()
    }

    fn joined<'n>(
        &self,
        nodes: impl Iterator<Item = &'n Node>,
        around: Around,
        place: Place,
    ) -> String {
        let mut parts = Vec::new();
        self.add_nodes(nodes, around, place, &mut parts);
        join(parts.into_iter(), place)
    }

    fn add_nodes<'n>(
        &self,
        nodes: impl Iterator<Item = &'n Node>,
        around: Around,
        place: Place,
        parts: &mut Vec<Part>,
    ) {
        for node in nodes {
            match node {
                Node::Text(text) if around.in_code => parts.push(Part::Code(text.clone())),
                Node::Text(text) => parts.push(Part::Text(quoted(text))),
                Node::Element(element) => self.add_phrase(element, around, place, parts),
            }
        }
    }

    fn add_phrase(&self, element: &Element, around: Around, place: Place, parts: &mut Vec<Part>) {
        let inner = |around: Around| self.joined(element.children.iter(), around, place);
        match element.name() {
            "a" => self.add_link(element, around, place, parts),
            "img" => parts.extend(self.image(element)),
            "br" => parts.push(Part::Break),
            "strong" | "b" if !around.is_strong && !around.in_code => {
                let inner = inner(Around { is_strong: true, ..around });
                parts.push(Part::Marked("**", "strong", inner));
            }
            "em" | "i" | "cite" | "dfn" if !around.is_emphasized && !around.in_code => {
                let inner = inner(Around { is_emphasized: true, ..around });
                parts.push(Part::Marked("*", "em", inner));
            }
            "del" | "s" | "strike" => parts.push(Part::Marked("~~", "del", inner(around))),
            "code" | "kbd" | "samp" | "tt" if element.has_link() => {
                let around = Around { in_code: true, ..around };
                self.add_nodes(element.children.iter(), around, place, parts);
            }
            "code" | "kbd" | "samp" | "tt" => parts.push(Part::Code(element.text())),
            name @ ("sup" | "sub") => parts.push(Part::Plain(raised(name, &inner(around)))),
            "q" => parts.push(Part::Plain(format!("“{}”", inner(around)))),
            "svg" => parts.push(Part::Text(quoted(element.attribute("aria-label").unwrap_or("")))),
            "input" if place != Place::Line => parts.extend(checkbox(element)),
            "input" => {}
            "iframe" | "video" | "audio" => parts.extend(self.frame(element)),
            "span" if element.has_class("math") => parts.push(Part::Plain(formula(element))),
            "span" if element.has_class("link-arrow") => {}
            _ if element.is_block() => {
                // A block in a line, as in a link around blocks, is apart from what is on its sides.
                parts.push(Part::Text(" ".to_owned()));
                self.add_nodes(element.children.iter(), around, place, parts);
                parts.push(Part::Text(" ".to_owned()));
            }
            _ => self.add_nodes(element.children.iter(), around, place, parts),
        }
    }

    fn add_link(&self, element: &Element, around: Around, place: Place, parts: &mut Vec<Part>) {
        let Some(href) = element.attribute("href") else {
            return self.add_nodes(element.children.iter(), around, place, parts);
        };
        if element.has_class("anchor-link") {
            // A heading's link to itself.
            return self.add_nodes(element.children.iter(), around, place, parts);
        }
        if let (true, Some(number)) = (element.has_class("footnote"), href.strip_prefix("#fn-")) {
            return parts.push(Part::Plain(format!("[^{number}]")));
        }
        let place = if place == Place::Cell { place } else { Place::Line };
        let text = self.joined(element.children.iter(), around, place);
        let shown = text.trim_matches(is_space);
        // White space on the inner side of a link belongs to the text around it.
        let space = |is_there: bool| Part::Text(if is_there { " " } else { "" }.to_owned());
        parts.push(space(text.starts_with(is_space)));
        let title = title(element);
        parts.push(Part::Link(format!("[{shown}]({}{title})", self.destination(href))));
        parts.push(space(text.ends_with(is_space)));
    }

    fn image(&self, element: &Element) -> Option<Part> {
        let address = self.destination(element.attribute("src")?);
        let text = quoted(element.attribute("alt").unwrap_or_default());
        Some(Part::Plain(format!("![{}]({address}{})", text.trim(), title(element))))
    }

    /// A page or a film inside the page, as a link.
    fn frame(&self, element: &Element) -> Option<Part> {
        let source = element.elements().find(|inner| inner.name() == "source");
        let address = element.attribute("src").or_else(|| source?.attribute("src"))?;
        let is_web = address.starts_with("https://") || address.starts_with("http://");
        let text = element.attribute("title").unwrap_or(address);
        let text = quoted(text);
        is_web.then(|| Part::Link(format!("[{}]({})", text.trim(), self.destination(address))))
    }

    fn destination(&self, address: &str) -> String {
        destination(&(self.address)(address))
    }
}

fn title(element: &Element) -> String {
    let Some(title) = element.attribute("title").filter(|title| !title.trim().is_empty()) else {
        return String::new();
    };
    let title = quoted(title).replace('"', "\\\"");
    format!(" \"{}\"", title.trim())
}

/// Raised text; a mark of a footnote is raised by whoever shows it.
fn raised(name: &str, inner: &str) -> String {
    if inner.starts_with("[^") || inner.trim().is_empty() {
        inner.to_owned()
    } else {
        format!("<{name}>{inner}</{name}>")
    }
}

fn checkbox(element: &Element) -> Option<Part> {
    let is_box = element.attribute("type") == Some("checkbox");
    let mark = if element.attribute("checked").is_some() { "[x]" } else { "[ ]" };
    is_box.then(|| Part::Plain(mark.to_owned()))
}

fn formula(element: &Element) -> String {
    let mark = if element.has_class("math-display") { "$$" } else { "$" };
    format!("{mark}{}{mark}", element.text())
}

/// The parts of a line as one text.
fn join(parts: impl Iterator<Item = Part>, place: Place) -> String {
    let mut line = String::new();
    let mut parts = parts.filter(|part| part.first().is_some()).peekable();
    while let Some(part) = parts.next() {
        let next = parts.peek().and_then(Part::first);
        match part {
            Part::Plain(text) => line.push_str(&text),
            Part::Text(text) => push_text(&mut line, &text),
            // Two spans of code would be one.
            Part::Code(code) if line.ends_with('`') => {
                line.push_str(&format!("<code>{}</code>", quoted(&code)));
            }
            Part::Code(code) => line.push_str(&code_span(&code)),
            Part::Link(text) => push_link(&mut line, &text),
            Part::Break => push_break(&mut line, place, parts.peek().is_none()),
            Part::Marked(mark, name, inner) => push_marked(&mut line, mark, name, &inner, next),
        }
    }
    line
}

/// Adds text; white space beside white space is one.
fn push_text(line: &mut String, text: &str) {
    let text = if line.ends_with(is_space) { text.trim_start_matches(is_space) } else { text };
    // Brackets and parentheses side by side would be a link.
    if text.starts_with('(') && ends_with_bracket(line) {
        line.push('\\');
    }
    line.push_str(text);
}

/// Adds a link or an image, which what stands before it must not make into something else.
fn push_link(line: &mut String, text: &str) {
    if line.ends_with('!') {
        line.insert(line.len() - 1, '\\');
    }
    // Two pairs of brackets side by side would be one link. A comment is nothing to any reader.
    if text.starts_with('[') && ends_with_bracket(line) {
        line.push_str("<!-- -->");
    }
    line.push_str(text);
}

/// Whether a line ends with the mark of a footnote or with a box to tick: in text, brackets are escaped.
fn ends_with_bracket(line: &str) -> bool {
    line.ends_with(']') && !line.ends_with("\\]")
}

fn push_break(line: &mut String, place: Place, is_last: bool) {
    let kept = line.trim_end_matches(is_space).len();
    match place {
        _ if is_last || kept == 0 => push_text(line, " "),
        Place::Paragraph => {
            line.truncate(kept);
            line.push_str("\\\n");
        }
        Place::Line => push_text(line, " "),
        Place::Cell => {
            line.truncate(kept);
            line.push_str("<br>");
        }
    }
}

/// Adds emphasis: by delimiters where they are read as such beside their neighbours, by tags otherwise.
fn push_marked(line: &mut String, mark: &str, name: &str, inner: &str, next: Option<char>) {
    let shown = inner.trim_matches(is_space);
    if inner.starts_with(is_space) {
        push_text(line, " ");
    }
    if shown.is_empty() {
        return;
    }
    let next = if inner.ends_with(is_space) { Some(' ') } else { next };
    let delimiter = mark.chars().next();
    let (first, last) = (shown.chars().next(), shown.chars().next_back());
    let touches = [line.chars().next_back(), first, last, next].contains(&delimiter);
    if !touches && can_stand(line.chars().next_back(), first) && can_stand(next, last) {
        line.push_str(&format!("{mark}{shown}{mark}"));
    } else {
        line.push_str(&format!("<{name}>{shown}</{name}>"));
    }
    if inner.ends_with(is_space) {
        line.push(' ');
    }
}

/// Whether a delimiter is one between what is outside and what is inside.
fn can_stand(outside: Option<char>, inside: Option<char>) -> bool {
    let is_blank = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
    let is_punctuation =
        |letter: Option<char>| letter.is_some_and(|letter| !letter.is_alphanumeric());
    !is_blank(inside) && (!is_punctuation(inside) || is_blank(outside) || is_punctuation(outside))
}
