//! Raw HTML: known elements are rewritten, everything that could run a script is left out with a fault, and
//! what only looks like a tag is text.

use std::ops::Range;

use super::SlotKind;
use super::blocks::BlockKind;
use super::elements::{Kind, element, is_live_in_code};
use super::holes::Id;
use super::modern::{self, successor};
use super::nesting::fitting;
use super::raw::{Piece, RawText, Tag, pieces};
use super::render::Renderer;
use super::safety::is_unsafe_attribute;
use super::writer::Owner;

impl Renderer<'_> {
    /// Writes raw HTML.
    pub(super) fn raw_html(&mut self, html: &RawText) {
        for (piece, inside) in pieces(&html.text) {
            match piece {
                Piece::Text(text) => self.plain(&text),
                Piece::Start(tag) => {
                    let at = html.written(&inside);
                    self.out.reached = at.start;
                    self.raw_start(&tag, &html.text[inside], at);
                }
                Piece::End(name) => {
                    self.out.reached = html.written(&inside).end;
                    self.raw_end(&name, &html.text[inside]);
                }
            }
        }
    }

    /// Writes the text of a shell example: emphasis in it is live, other tags are text.
    pub(super) fn live_code(&mut self, html: &str, at: &Range<usize>) {
        for (piece, inside) in pieces(html) {
            match piece {
                Piece::Text(text) => self.plain(&text),
                Piece::Start(tag) if is_live_in_code(&tag.name) => {
                    self.raw_start(&tag, &html[inside], at.clone());
                }
                Piece::End(name) if is_live_in_code(&name) => {
                    self.raw_end(&name, &html[inside]);
                }
                Piece::Start(_) | Piece::End(_) => self.plain(&html[inside]),
            }
        }
    }

    fn raw_start(&mut self, tag: &Tag, written: &str, at: Range<usize>) {
        if self.dropping.is_some() {
            return;
        }
        match element(&tag.name) {
            None => self.plain(written),
            Some((_, Kind::Transparent)) => {}
            Some((name, Kind::Unsafe)) => self.unsafe_element(name, at),
            Some((name, Kind::UnsafeContent)) => {
                self.unsafe_element(name, at);
                self.dropping = Some(name);
            }
            Some((name, _)) if self.is_foreign_element(name, &at) => {
                self.foreign(format!("`<{name}>` is not used in the source"), at);
            }
            Some((name, kind)) => self.raw_element(name, kind, tag, at),
        }
    }

    fn unsafe_element(&mut self, name: &str, at: Range<usize>) {
        self.unsafe_html(format!("`<{name}>` is not allowed"), at);
    }

    fn raw_element(&mut self, name: &'static str, kind: Kind, tag: &Tag, at: Range<usize>) {
        if !self.out.has_room() {
            self.limit("HTML elements", self.out.nesting(), at);
            return;
        }
        let (own, kind, class) = successor(name).unwrap_or((name, kind, ""));
        self.out.close_implied(own);
        self.settle_link();
        if name == "a" && tag.attribute("href").is_none() {
            return self.place(tag, &at);
        }
        if name == "a" && self.out.in_link() {
            return;
        }
        let Some((own, kind)) = fitting(self.out.container(), own, kind) else { return };
        let wrapper_end = if name == "img" { self.begin_image_wrapper() } else { "" };
        if matches!(kind, Kind::Block | Kind::VoidBlock) {
            self.block(BlockKind::Raw(own), &at);
        }
        self.out.begin(own, kind, Owner::Raw);
        if !matches!(kind, Kind::Void | Kind::VoidBlock) {
            self.out.set_written(name);
        }
        self.attributes(name, class, tag, &at);
        if let Some(title) = callout(tag) {
            self.out.attribute("role", "note");
            self.out.slot_attribute("aria-label", SlotKind::Ui(title));
        }
        self.out.end_tag_start();
        self.note_platform(tag);
        self.end_image_wrapper(wrapper_end);
    }

    /// Writes an `a` that leads nowhere: a place that others lead to. Authors do not always close it, and it may stand
    /// in a link, so that it does not go around anything.
    fn place(&mut self, tag: &Tag, at: &Range<usize>) {
        self.out.begin("span", Kind::Phrase, Owner::Markdown);
        self.attributes("a", "", tag, at);
        self.out.end_tag_start();
        self.out.close();
    }

    fn attributes(
        &mut self,
        element: &'static str,
        class: &'static str,
        tag: &Tag,
        at: &Range<usize>,
    ) {
        if self.options.guard.is_none() {
            self.body.markup.add_tag(element, &tag.attributes);
        }
        let written: Vec<(&str, &str)> =
            tag.attributes.iter().map(|(name, value)| (&**name, &**value)).collect();
        let allowed: Vec<(&str, &str)> = written
            .into_iter()
            .filter(|attribute| self.is_allowed(element, *attribute, at))
            .collect();
        for (name, value) in &allowed {
            if matches!(*name, "id" | "name") {
                self.body.anchors.push((*value).to_owned());
            }
        }
        let modern = modern::attributes(element, &allowed, class);
        let is_sized = modern.iter().any(|(name, _)| matches!(*name, "width" | "height"));
        for (name, value) in modern {
            let Some(value) = value else {
                self.out.flag(name);
                continue;
            };
            match self.raw_slot(element, name, &value, tag, at) {
                Some(slot) => {
                    self.out.slot_attribute(name, slot.clone());
                    if !is_sized {
                        self.size_slot(&slot);
                    }
                }
                None if name == "id" => {
                    let at = self.prepared.original(at.clone());
                    self.out.hole(Id::Raw(value.into_owned(), at));
                }
                None => self.out.attribute(name, &value),
            }
        }
        if element == "img" && tag.attribute("loading").is_none() {
            self.out.attribute("loading", "lazy");
        }
    }

    fn is_allowed(
        &mut self,
        element: &str,
        (name, value): (&str, &str),
        at: &Range<usize>,
    ) -> bool {
        if is_unsafe_attribute(name, value) {
            self.unsafe_html(format!("attribute `{name}` runs a script"), at.clone());
            return false;
        }
        if self.is_foreign_attribute(element, (name, value), at) {
            let message = format!("`<{element}>` has no such `{name}` in the source");
            self.foreign(message, at.clone());
            return false;
        }
        true
    }

    fn raw_slot(
        &mut self,
        element: &str,
        name: &str,
        value: &str,
        tag: &Tag,
        at: &Range<usize>,
    ) -> Option<SlotKind> {
        match (element, name) {
            ("a", "href") => Some(self.add_link(value, at.clone())),
            ("img", "src") => {
                let text = tag.attribute("alt").unwrap_or_default();
                Some(self.add_image(value, text, at.clone()))
            }
            _ => None,
        }
    }

    /// Blocks for a platform or a tool are `div`s with these classes; callouts are no platforms.
    fn note_platform(&mut self, tag: &Tag) {
        let Some(classes) = tag.attribute("class") else { return };
        if tag.name == "div" && classes == "rowheaders" {
            self.out.set_row_headers();
        }
        let mut names = classes.split_whitespace();
        if tag.name != "div" || !names.any(|name| name == "extended-markdown") {
            return;
        }
        if callout(tag).is_none() {
            let platform: Vec<&str> = names.collect();
            self.out.set_platform(platform.join(" "));
        }
    }

    fn raw_end(&mut self, name: &str, written: &str) {
        if let Some(dropping) = self.dropping {
            if dropping == name {
                self.dropping = None;
            }
            return;
        }
        if element(name).is_none() {
            self.plain(written);
        } else {
            self.out.close_raw(name);
            self.settle_link();
        }
    }
}

/// The name of the interface string for what a block is that stands out of the text: a note, a tip, a warning.
fn callout(tag: &Tag) -> Option<&'static str> {
    let mut classes = tag.attribute("class")?.split_whitespace();
    if tag.name != "div" || !classes.any(|class| class == "extended-markdown") {
        return None;
    }
    match classes.next()? {
        "note" => Some("alerts.note"),
        "tip" => Some("alerts.tip"),
        "warning" => Some("alerts.warning"),
        "danger" => Some("alerts.danger"),
        _ => None,
    }
}
