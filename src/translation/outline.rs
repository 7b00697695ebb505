//! The blocks of a body as a tree, each with what it is known by.

use std::collections::BTreeMap;
use std::ops::Range;

use super::html::{Piece, is_void, pieces};
use super::traits::{Traits, hash};
use crate::liquid::Expansion;
use crate::markdown::{BlockKind, Body, SlotKind};
use crate::source::Span;

/// The blocks of a body as a tree. A block's number is its place in [`Body::blocks`].
#[derive(Debug)]
pub struct Outline {
    pub(super) roots: Vec<u32>,
    pub(super) nodes: Vec<Node>,
}

/// A block in its tree.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) children: Vec<u32>,
    pub(super) traits: Traits,
}

impl Outline {
    /// The outline of a body that was made from `expansion`; `written` gives the text of a span.
    pub fn new<'t>(body: &Body, expansion: &Expansion, written: impl Fn(Span) -> &'t str) -> Self {
        let mut reader = Reader::new(body);
        reader.read();
        reader.pass(usize::MAX);
        let Reader { parents, traits, .. } = reader;
        let nodes = traits.into_iter().map(|traits| Node { children: Vec::new(), traits });
        let mut outline = Self { roots: Vec::new(), nodes: nodes.collect() };
        for (number, parent) in (0..).zip(&parents) {
            match parent {
                Some(parent) => outline.nodes[*parent as usize].children.push(number),
                None => outline.roots.push(number),
            }
        }
        outline.references(body, expansion, written);
        outline.gather(&parents);
        outline
    }

    pub(super) fn node(&self, block: u32) -> &Node {
        &self.nodes[block as usize]
    }

    /// Adds the data references that blocks were made from. What a block has inside it is its own matter.
    fn references<'t>(
        &mut self,
        body: &Body,
        expansion: &Expansion,
        written: impl Fn(Span) -> &'t str,
    ) {
        if expansion.frames.is_empty() {
            return;
        }
        let roots = roots_of(expansion);
        for (node, block) in self.nodes.iter_mut().zip(&body.blocks) {
            let inside = node.children.first().map(|child| body.blocks[*child as usize].at.start);
            let end = inside.unwrap_or(block.at.end).min(block.at.end);
            let mut last = None;
            for segment in segments(expansion, &(block.at.start..end)) {
                let root = segment.and_then(|frame| roots.get(frame as usize).copied());
                if let Some(root) = root.filter(|root| last != Some(*root)) {
                    let tag = written(expansion.frames[root as usize].tag);
                    node.traits.mark('d', &key(tag), 2);
                }
                last = root;
            }
        }
    }

    /// Gives each block what the blocks inside it are known by; a block stands behind the one around it.
    fn gather(&mut self, parents: &[Option<u32>]) {
        for number in (0..self.nodes.len()).rev() {
            // Children come to their parent from the last to the first; the order is the same for all.
            if let Some(parent) = parents[number] {
                let (before, from) = self.nodes.split_at_mut(number);
                before[parent as usize].traits.inside(&from[0].traits);
            }
        }
        for node in &mut self.nodes {
            node.traits.settle();
        }
    }
}

/// The outermost inclusion that each inclusion came through.
fn roots_of(expansion: &Expansion) -> Vec<u32> {
    let mut roots: Vec<u32> = Vec::with_capacity(expansion.frames.len());
    for (number, frame) in (0..).zip(&expansion.frames) {
        let parent = frame.parent.and_then(|parent| roots.get(parent as usize).copied());
        roots.push(parent.unwrap_or(number));
    }
    roots
}

/// The inclusions that the parts of `range` came through.
fn segments(expansion: &Expansion, range: &Range<u32>) -> impl Iterator<Item = Option<u32>> {
    let segments = &expansion.segments;
    let end = range.end;
    let first = segments.partition_point(|segment| segment.start <= range.start).saturating_sub(1);
    let inside = segments[first..].iter().take_while(move |segment| segment.start < end);
    inside.map(|segment| segment.frame)
}

/// What a tag refers to, however it is written.
fn key(tag: &str) -> String {
    let inside = tag.trim_matches(['{', '}', '%', '-', ' ', '\t', '\n']);
    inside.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

struct Reader<'a> {
    body: &'a Body,
    ids: BTreeMap<u32, &'a str>,
    traits: Vec<Traits>,
    parents: Vec<Option<u32>>,
    /// The blocks that are open, each with the number of elements around it.
    open: Vec<(u32, usize)>,
    /// The block that text outside all blocks belongs to.
    last_root: Option<u32>,
    depth: usize,
    /// Code in a line that is being read.
    code: Option<String>,
}

impl<'a> Reader<'a> {
    fn new(body: &'a Body) -> Self {
        let traits = body.blocks.iter().map(|block| Traits::new(block.kind)).collect();
        Self {
            body,
            ids: ids(body),
            traits,
            parents: Vec::with_capacity(body.blocks.len()),
            open: Vec::new(),
            last_root: None,
            depth: 0,
            code: None,
        }
    }

    fn read(&mut self) {
        let mut slots = self.body.slots.iter().peekable();
        for (piece, at) in pieces(&self.body.html) {
            if let Piece::Start(name) = piece {
                self.start(name, at.start);
            }
            while let Some(slot) = slots.next_if(|slot| (slot.at as usize) < at.end) {
                self.slot(&slot.kind);
            }
            match piece {
                Piece::Start(name) if is_void(name) => self.end(),
                Piece::Start(_) => {}
                Piece::End(name) => {
                    self.end_code(name);
                    self.end();
                }
                Piece::Text(text) => self.text(text),
            }
        }
    }

    /// Passes blocks whose elements are not there: text that breaks the HTML around it can hide them.
    fn pass(&mut self, at: usize) {
        let blocks = self.body.blocks.get(self.parents.len()..).unwrap_or_default();
        let hidden = blocks.iter().take_while(|block| (block.html as usize) < at).count();
        self.parents.extend(std::iter::repeat_n(None, hidden));
    }

    fn start(&mut self, name: &str, at: usize) {
        self.pass(at);
        let next = self.parents.len();
        if self.body.blocks.get(next).is_some_and(|block| block.html as usize == at) {
            self.parents.push(self.open.last().map(|(block, _)| *block));
            let number = u32::try_from(next).unwrap_or(u32::MAX);
            if self.open.is_empty() {
                self.last_root = Some(number);
            }
            self.open.push((number, self.depth));
            if let Some(id) = self.ids.get(&self.body.blocks[next].at.start) {
                self.traits[next].id = Some(hash(*id));
            }
        }
        self.depth += 1;
        if name == "code" && !self.owner().is_some_and(|owner| is_code(owner.kind)) {
            self.code = Some(String::new());
        }
    }

    fn end(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.open.pop_if(|(_, depth)| *depth == self.depth);
    }

    fn end_code(&mut self, name: &str) {
        if name == "code"
            && let Some(code) = self.code.take()
            && let Some(owner) = self.owner()
        {
            owner.thing('c', code.trim(), 2);
            owner.length += code.len();
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.push_str(text);
        } else if let Some(owner) = self.owner() {
            if is_code(owner.kind) {
                owner.code(text);
            } else {
                owner.text(text);
            }
        }
    }

    fn slot(&mut self, kind: &SlotKind) {
        let body = self.body;
        let Some(owner) = self.owner() else { return };
        match kind {
            SlotKind::Link(number) => {
                owner.thing('l', &body.links[*number as usize].address, 2);
            }
            SlotKind::Image(number) => {
                let address = &body.images[*number as usize].address;
                // Translations may have pictures of their own in other folders.
                let name = address.rsplit('/').next().unwrap_or(address);
                owner.thing('i', name, 2);
            }
            SlotKind::Code(number) => {
                let code = &body.code[*number as usize];
                owner.code(&code.text);
            }
            SlotKind::Block(_)
            | SlotKind::ImageSize(_)
            | SlotKind::LinkTitle(_)
            | SlotKind::Ui(_) => {}
        }
    }

    /// What the innermost block is known by.
    fn owner(&mut self) -> Option<&mut Traits> {
        let block = self.open.last().map(|(block, _)| *block).or(self.last_root)?;
        self.traits.get_mut(block as usize)
    }
}

/// Whether all text of a block is code.
fn is_code(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Code | BlockKind::Raw("pre"))
}

/// The ids of headings by where they were written.
fn ids(body: &Body) -> BTreeMap<u32, &str> {
    let headings = body.headings.iter().filter(|heading| !heading.id.is_empty());
    headings.map(|heading| (heading.at.start, &*heading.id)).collect()
}
