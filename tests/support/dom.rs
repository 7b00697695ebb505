//! Pages as a browser sees them: elements, attributes and addresses, read by an HTML5 parser of its own.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::BTreeSet;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// What a page has.
#[derive(Debug, Default)]
pub(crate) struct Page {
    elements: BTreeSet<String>,
    /// Element, attribute, value.
    attributes: BTreeSet<(String, String, String)>,
    /// Scripts that have text of their own.
    scripts: BTreeSet<String>,
}

/// Elements that a translator can write in Markdown, and plain emphasis.
const MARKDOWN: [&str; 43] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "cite",
    "code",
    "del",
    "dfn",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "span",
    "small",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "var",
    "wbr",
];

/// Attributes that the program writes for Markdown, icons and texts in another language.
const WRITTEN: [(&str, &str); 23] = [
    ("article", "dir"),
    ("article", "lang"),
    ("h1", "dir"),
    ("h1", "lang"),
    ("svg", "aria-hidden"),
    ("a", "aria-hidden"),
    ("a", "class"),
    ("a", "href"),
    ("a", "tabindex"),
    ("a", "title"),
    ("code", "class"),
    ("h1", "id"),
    ("h2", "id"),
    ("h3", "id"),
    ("h4", "id"),
    ("img", "alt"),
    ("img", "loading"),
    ("img", "src"),
    ("img", "title"),
    ("ol", "start"),
    ("pre", "class"),
    ("td", "align"),
    ("th", "align"),
];

/// Attributes that are text for people.
const TEXTS: [&str; 6] = ["alt", "aria-label", "content", "id", "placeholder", "title"];

/// Reads a page.
pub(crate) fn page(html: &[u8]) -> Page {
    let dom = parse_document(RcDom::default(), ParseOpts::default())
        .from_utf8()
        .read_from(&mut &*html)
        .expect("memory can be read");
    let mut page = Page::default();
    // Nodes that are dropped take those below them along: all is kept to the end.
    let mut open = vec![dom.document.clone()];
    while let Some(node) = open.pop() {
        page.add(&node);
        open.extend(node.children.borrow().iter().cloned());
    }
    page
}

impl Page {
    fn add(&mut self, node: &Handle) {
        let NodeData::Element { name, attrs, template_contents, .. } = &node.data else { return };
        let element = name.local.to_string();
        for attribute in attrs.borrow().iter() {
            let prefix = attribute.name.prefix.as_ref().map(|prefix| format!("{prefix}:"));
            let name = format!("{}{}", prefix.unwrap_or_default(), attribute.name.local);
            self.attributes.insert((element.clone(), name, attribute.value.to_string()));
        }
        if element == "script" && !is_data(node) {
            self.scripts.extend(text(node));
        }
        if let Some(inside) = &*template_contents.borrow() {
            inside.children.borrow().iter().for_each(|child| self.add(child));
        }
        self.elements.insert(element);
    }

    /// What could run.
    pub(crate) fn live(&self) -> Vec<String> {
        const DEAD: [&str; 16] = [
            "animate",
            "applet",
            "base",
            "embed",
            "foreignObject",
            "frame",
            "frameset",
            "iframe",
            "noembed",
            "noframes",
            "object",
            "plaintext",
            "set",
            "style",
            "template",
            "xmp",
        ];
        let elements = self.elements.iter().filter(|name| DEAD.contains(&name.as_str()));
        let elements = elements.filter(|name| *name != "iframe").map(|name| format!("<{name}>"));
        let scripts = self.scripts.iter().map(|text| format!("<script>{text}"));
        let attributes = self.attributes.iter().filter(|(element, name, value)| {
            let loads = element == "script" && name == "src" && !value.starts_with("/assets/");
            let is_meta = element == "meta" && name == "http-equiv" && value != "refresh";
            let runs = !TEXTS.contains(&name.as_str()) && is_script(value);
            name.starts_with("on") || name == "srcdoc" || loads || is_meta || runs
        });
        let attributes =
            attributes.map(|(element, name, value)| format!("<{element} {name}=\"{value}\">"));
        elements.chain(scripts).chain(attributes).collect()
    }

    /// What could run, and all that another page does not have but for what Markdown makes.
    pub(crate) fn beyond(&self, plain: &Self) -> Vec<String> {
        let known: BTreeSet<(&str, &str)> =
            plain.attributes.iter().map(|(element, name, _)| (&**element, &**name)).collect();
        let elements = self.elements.difference(&plain.elements);
        let elements = elements.filter(|name| !MARKDOWN.contains(&name.as_str()));
        let attributes = self.attributes.iter().filter(move |(element, name, value)| {
            if value == "procedural-image-wrapper" {
                return false;
            }
            let name = (element.as_str(), name.as_str());
            !known.contains(&name) && !WRITTEN.contains(&name)
        });
        let elements = elements.map(|name| format!("<{name}> is new"));
        let attributes = attributes.map(|(element, name, _)| format!("<{element} {name}> is new"));
        self.live().into_iter().chain(elements).chain(attributes).collect()
    }
}

/// Whether a script is JSON-LD, which is data, and ends where its data end.
fn is_data(node: &Handle) -> bool {
    let NodeData::Element { attrs, .. } = &node.data else { return false };
    let is_type = |name: &str, value: &str| name == "type" && value == "application/ld+json";
    let has_type = attrs.borrow().iter().any(|own| is_type(&own.name.local, &own.value));
    let data = text(node).and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok());
    has_type && data.is_some_and(|data| data["@type"] == "BreadcrumbList")
}

/// Whether a value is an address that runs something. Values that are text for people are none.
fn is_script(value: &str) -> bool {
    let plain: String = value
        .chars()
        .filter(|letter| !letter.is_whitespace() && !letter.is_control())
        .flat_map(char::to_lowercase)
        .collect();
    ["javascript:", "vbscript:", "livescript:", "data:text", "data:image/svg", "data:application"]
        .iter()
        .any(|scheme| plain.starts_with(scheme))
}

fn text(node: &Handle) -> Option<String> {
    let children = node.children.borrow();
    let texts = children.iter().filter_map(|child| match &child.data {
        NodeData::Text { contents } => Some(contents.borrow().to_string()),
        _ => None,
    });
    let text: String = texts.collect();
    (!text.trim().is_empty()).then_some(text)
}
