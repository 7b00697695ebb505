//! Headings: their ids, the link to themselves, and what is kept of them for outlines.

use std::ops::Range;

use super::Heading;
use super::elements::Kind;
use super::holes::{Hole, Id};
use super::inline::squeezed;
use super::render::Renderer;
use super::slug::{OwnId, slug};
use super::writer::Owner;

/// A heading that is open.
#[derive(Debug)]
pub(super) struct OpenHeading {
    level: u8,
    /// Where its content begins in the HTML.
    content: usize,
    /// The first slot that may be in its content.
    slots: usize,
    /// The first hole that may be.
    holes: usize,
    at: Range<u32>,
}

const NAMES: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
const ANCHOR: &str = "<a class=\"anchor-link\" href=\"#";

impl Renderer<'_> {
    pub(super) fn start_heading(&mut self, level: u8, at: Range<usize>) {
        let name = NAMES[usize::from(level.clamp(1, 6)) - 1];
        self.out.begin(name, Kind::Block, Owner::Markdown);
        self.out.html.push_str(" id=\"");
        self.out.hole(Id::Heading(self.body.headings.len()));
        self.out.html.push_str("\">");
        self.heard.clear();
        let at = self.prepared.original(at);
        let (content, slots) = (self.out.html.len(), self.out.slots.len());
        let holes = self.out.holes.len();
        self.heading = Some(OpenHeading { level, content, slots, holes, at });
    }

    pub(super) fn end_heading(&mut self) {
        self.out.close_inner();
        self.settle_link();
        if let Some(heading) = self.heading.take() {
            self.finish_heading(heading);
        }
        self.out.close();
        self.dropping = None;
        self.out.html.push('\n');
    }

    fn finish_heading(&mut self, heading: OpenHeading) {
        let mut text = squeezed(&self.heard);
        let id = match self.take_stated_id(&mut text, heading.content) {
            Some(id) => OwnId::Stated(id),
            None => OwnId::Slug(slug(self.heard.trim())),
        };
        let html = without_links(&self.out.html[heading.content..]);
        self.write_anchor(&heading);
        self.own_ids.push(id);
        self.body.headings.push(Heading {
            level: heading.level,
            id: String::new(),
            html: html.trim().to_owned(),
            text,
            platform: self.out.platform().to_owned(),
            at: heading.at,
        });
    }

    /// Takes `{#id}` off the end of a heading.
    fn take_stated_id(&mut self, text: &mut String, content: usize) -> Option<String> {
        let start = text.ends_with('}').then(|| text.rfind("{#"))??;
        let id = &text[start + 2..text.len() - 1];
        let is_id = |letter: char| letter.is_alphanumeric() || "-_.:".contains(letter);
        let written = &text[start..];
        if id.is_empty() || !id.chars().all(is_id) || !self.out.html[content..].ends_with(written) {
            return None;
        }
        let id = id.to_owned();
        let kept = self.out.html.len() - written.len();
        let kept = self.out.html[content..kept].trim_end().len() + content;
        self.out.html.truncate(kept);
        text.truncate(start);
        text.truncate(text.trim_end().len());
        Some(id)
    }

    /// A heading links to itself: all of it, or, where it holds a link, an empty link behind it.
    fn write_anchor(&mut self, heading: &OpenHeading) {
        let number = self.body.headings.len();
        if self.out.html[heading.content..].contains("<a ") {
            self.out.html.push_str(ANCHOR);
            self.out.hole(Id::Heading(number));
            self.out.html.push_str("\" aria-hidden=\"true\" tabindex=\"-1\"></a>");
            return;
        }
        let html = &mut self.out.html;
        html.insert_str(heading.content, "\">");
        html.insert_str(heading.content, ANCHOR);
        html.push_str("</a>");
        for slot in &mut self.out.slots[heading.slots..] {
            slot.at += super::offsets::narrow(ANCHOR.len() + 2);
        }
        for hole in &mut self.out.holes[heading.holes..] {
            hole.at += ANCHOR.len() + 2;
        }
        let own = Hole { at: heading.content + ANCHOR.len(), id: Id::Heading(number) };
        self.out.holes.insert(heading.holes, own);
    }
}

/// Our own HTML without the tags of links, and without images, whose addresses are not known here.
fn without_links(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        kept.push_str(&rest[..start]);
        let length = rest[start..].find('>').map_or(rest.len() - start, |end| end + 1);
        let (tag, behind) = rest[start..].split_at(length);
        // A place to lead to, without its name.
        if let Some(behind) = behind.strip_prefix("</span>").filter(|_| tag == "<span>") {
            rest = behind;
            continue;
        }
        let is_left_out = ["<a ", "<a>", "</a>", "<img "].iter().any(|left| tag.starts_with(left));
        if !is_left_out {
            kept.push_str(tag);
        }
        rest = behind;
    }
    kept.push_str(rest);
    kept
}
