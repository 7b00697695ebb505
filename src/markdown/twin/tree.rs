//! HTML that this program has made as a tree of elements and texts.

use crate::markdown::elements::{Kind, element};
use crate::markdown::raw::{Piece, Tag, pieces};

/// A part of HTML.
#[derive(Debug)]
pub(super) enum Node {
    /// Text, entities decoded.
    Text(String),
    /// An element with what is in it.
    Element(Element),
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) tag: Tag,
    pub(super) children: Vec<Node>,
}

impl Element {
    /// Its name, in lower case.
    pub(super) fn name(&self) -> &str {
        &self.tag.name
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.tag.attribute(name)
    }

    /// Whether it has a class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.classes().any(|own| own == class)
    }

    /// Its classes.
    pub(super) fn classes(&self) -> impl Iterator<Item = &str> {
        self.attribute("class").unwrap_or_default().split_whitespace()
    }

    /// Whether it stands on lines of its own.
    pub(super) fn is_block(&self) -> bool {
        match element(self.name()) {
            Some((_, Kind::Block | Kind::VoidBlock)) => true,
            // A link around blocks is a link all the same.
            _ if self.name() == "a" && self.attribute("href").is_some() => false,
            _ => self.children.iter().any(Node::is_block),
        }
    }

    /// The elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(Node::element)
    }

    /// All text in it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        add_text(&self.children, &mut text);
        text
    }

    /// Whether a link is in it.
    pub(super) fn has_link(&self) -> bool {
        self.elements().any(|inner| inner.name() == "a" || inner.has_link())
    }
}

fn add_text(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match node {
            Node::Text(own) => text.push_str(own),
            Node::Element(element) if element.name() == "br" => text.push('\n'),
            Node::Element(element) => add_text(&element.children, text),
        }
    }
}

impl Node {
    /// The element, unless it is text.
    pub(super) fn element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) => None,
        }
    }

    /// Whether it stands on lines of its own.
    pub(super) fn is_block(&self) -> bool {
        self.element().is_some_and(Element::is_block)
    }
}

/// The tree of some HTML. What is not closed ends with what is around it.
pub(super) fn nodes(html: &str) -> Vec<Node> {
    let mut open: Vec<Element> = Vec::new();
    let mut top: Vec<Node> = Vec::new();
    for (piece, _) in pieces(html) {
        match piece {
            Piece::Text(text) => add(&mut open, &mut top, Node::Text(text)),
            Piece::Start(tag) => {
                let kind = element(&tag.name).map(|(_, kind)| kind);
                let new = Element { tag, children: Vec::new() };
                if matches!(kind, Some(Kind::Void | Kind::VoidBlock)) {
                    add(&mut open, &mut top, Node::Element(new));
                } else {
                    open.push(new);
                }
            }
            Piece::End(name) => {
                if let Some(at) = open.iter().rposition(|element| element.name() == name) {
                    close(&mut open, &mut top, at);
                }
            }
        }
    }
    close(&mut open, &mut top, 0);
    top
}

/// Closes open elements until so many are open.
fn close(open: &mut Vec<Element>, top: &mut Vec<Node>, until: usize) {
    while open.len() > until
        && let Some(element) = open.pop()
    {
        add(open, top, Node::Element(element));
    }
}

fn add(open: &mut [Element], top: &mut Vec<Node>, node: Node) {
    let nodes = open.last_mut().map_or(top, |element| &mut element.children);
    match (nodes.last_mut(), node) {
        (Some(Node::Text(before)), Node::Text(text)) => before.push_str(&text),
        (_, node) => nodes.push(node),
    }
}
