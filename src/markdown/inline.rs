//! Running text, links, images, code spans and strikethrough.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::elements::Kind;
use super::offsets::narrow;
use super::prepare::unmarked;
use super::render::{Gathered, Renderer};
use super::safety::runs_script;
use super::text::{Addresses, Part, for_each_part};
use super::writer::Owner;
use super::{Fault, SlotKind, Target};
use crate::diagnostic::codes::UNSAFE_HTML;

/// The text of a link that stands for the title of the page it leads to.
pub const AUTOMATIC_TITLE: &str = "AUTOTITLE";

const END: &str = "</a>";

/// A link that is open. Links do not nest.
#[derive(Debug)]
pub(super) struct OpenLink {
    target: usize,
    heard: usize,
}

/// An image whose alternative text is being gathered.
#[derive(Debug)]
pub(super) struct Alternative {
    address: String,
    title: String,
    text: String,
    at: Range<usize>,
    /// Images inside this one's alternative text that are open.
    inner: usize,
}

impl Alternative {
    /// An image without alternative text so far.
    pub(super) fn new(address: &str, title: &str, at: Range<usize>) -> Self {
        let [address, title] = [address, title].map(|text| unmarked(text).into_owned());
        Self { address, title, text: String::new(), at, inner: 0 }
    }
}

impl Renderer<'_> {
    /// Writes text as it is.
    pub(super) fn plain(&mut self, text: &str) {
        if self.dropping.is_some() {
            return;
        }
        self.out.text(text);
        if self.heading.is_some() || self.link.is_some() {
            self.heard.push_str(text);
        }
    }

    /// Writes text with emoji for codes and links for bare addresses.
    pub(super) fn running_text(&mut self, gathered: &Gathered) {
        if self.dropping.is_some() {
            return;
        }
        let addresses = if self.out.in_link() { Addresses::Plain } else { Addresses::Linked };
        let mut from = 0;
        for_each_part(&gathered.text, addresses, |part| match part {
            Part::Plain(text) | Part::Emoji(text) => self.plain(text),
            Part::Address(address) => {
                let at = place(gathered, address, &mut from);
                self.bare_address(address, at);
            }
        });
    }

    fn bare_address(&mut self, address: &str, at: Range<usize>) {
        self.open_link(address, "", at);
        self.plain(address);
        self.out.close();
        self.settle_link();
    }

    /// Writes code inside a line.
    pub(super) fn code_span(&mut self, code: &str) {
        self.out.bridge("code");
        self.out.html.push_str("<code>");
        self.plain(code);
        self.out.html.push_str("</code>");
    }

    /// Writes a formula as it is written, for a script of the site to draw.
    pub(super) fn formula(&mut self, class: &str, text: &str) {
        self.out.begin("span", Kind::Phrase, Owner::Markdown);
        self.out.attribute("class", class);
        self.out.end_tag_start();
        self.plain(text);
        self.out.close();
    }

    pub(super) fn start_link(
        &mut self,
        kind: LinkType,
        address: &str,
        title: &str,
        at: Range<usize>,
    ) {
        let mut address = unmarked(address).into_owned();
        if kind == LinkType::Email {
            address.insert_str(0, "mailto:");
        }
        if runs_script(&address) {
            self.unsafe_html(format!("a link to `{address}` runs a script"), at);
        } else if self.is_foreign_address(&address) {
            self.foreign(format!("no link of the source is like that to `{address}`"), at);
        } else if !self.out.in_link() {
            self.open_link(&address, &unmarked(title), at);
            return;
        }
        // A link inside a link, or one that must not be: its text alone.
        self.out.open("span", Kind::Phrase, Owner::Markdown);
    }

    fn open_link(&mut self, address: &str, title: &str, at: Range<usize>) {
        let number = self.add_link(address, at);
        self.out.begin("a", Kind::Phrase, Owner::Markdown);
        self.out.slot_attribute("href", number);
        if !title.is_empty() {
            self.out.attribute("title", title);
        }
        self.out.end_tag_start();
    }

    /// Notes a link that opens here; returns its slot.
    pub(super) fn add_link(&mut self, address: &str, at: Range<usize>) -> SlotKind {
        if self.heading.is_none() {
            self.heard.clear();
        }
        let target = self.body.links.len();
        self.link = Some(OpenLink { target, heard: self.heard.len() });
        if self.options.guard.is_none() {
            self.body.markup.add_address(address);
        }
        let at = self.prepared.original(at);
        self.body.links.push(Target { address: address.to_owned(), text: String::new(), at });
        SlotKind::Link(narrow(target))
    }

    pub(super) fn end_link(&mut self) {
        self.out.close();
        self.settle_link();
    }

    /// Gives the link its text when it has been closed, by its end or by that of its container.
    pub(super) fn settle_link(&mut self) {
        if !self.out.in_link()
            && let Some(link) = self.link.take()
        {
            let text = squeezed(self.heard.get(link.heard..).unwrap_or_default());
            if text == AUTOMATIC_TITLE && !self.put_title(&link) {
                self.leave_title(link.target);
            }
            self.body.links[link.target].text = text;
        }
    }

    /// Writes the title instead of the text of the link that was closed just now, where it is known already.
    fn put_title(&mut self, link: &OpenLink) -> bool {
        let titles = self.options.heading_titles.filter(|_| self.heading.is_some());
        let address = &self.body.links[link.target].address;
        let Some(title) = titles.and_then(|titles| titles.get(address)) else { return false };
        let html = &mut self.out.html;
        let before = html.strip_suffix(END).and_then(|html| html.strip_suffix(AUTOMATIC_TITLE));
        let Some(length) = before.map(str::len) else { return false };
        html.truncate(length);
        self.out.text(title);
        self.out.html.push_str(END);
        self.heard.truncate(link.heard);
        self.heard.push_str(title);
        true
    }

    /// Leaves a place for a title instead of the text of the link that was closed just now.
    fn leave_title(&mut self, target: usize) {
        let html = &mut self.out.html;
        let before = html.strip_suffix(END).and_then(|html| html.strip_suffix(AUTOMATIC_TITLE));
        let Some(length) = before.map(str::len) else { return };
        html.truncate(length);
        self.out.slot(SlotKind::LinkTitle(narrow(target)));
        self.out.html.push_str(END);
    }

    /// A single tilde on each side is text, not strikethrough.
    pub(super) fn start_strikethrough(&mut self, at: &Range<usize>) {
        let (name, literal) = if self.is_struck(at) { ("del", "") } else { ("span", "~") };
        self.plain(literal);
        self.out.open(name, Kind::Phrase, Owner::Markdown);
    }

    pub(super) fn end_strikethrough(&mut self, at: &Range<usize>) {
        self.out.close();
        self.settle_link();
        if !self.is_struck(at) {
            self.plain("~");
        }
    }

    fn is_struck(&self, at: &Range<usize>) -> bool {
        self.prepared.text.get(at.clone()).is_some_and(|written| written.starts_with("~~"))
    }

    /// An event inside the alternative text of an image: only its text counts.
    pub(super) fn alternative_event(&mut self, event: Event<'_>, _: Range<usize>) {
        let Some(alternative) = &mut self.alternative else { return };
        match event {
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => alternative.text.push_str(&unmarked(&text)),
            Event::SoftBreak | Event::HardBreak => alternative.text.push(' '),
            Event::Start(Tag::Image { .. }) => alternative.inner += 1,
            Event::End(TagEnd::Image) if alternative.inner > 0 => alternative.inner -= 1,
            Event::End(TagEnd::Image) => self.end_image(),
            _ => {}
        }
    }

    fn end_image(&mut self) {
        let Some(image) = self.alternative.take() else { return };
        if runs_script(&image.address) {
            let message = format!("an image at `{}` runs a script", image.address);
            self.unsafe_html(message, image.at);
            return;
        }
        if self.is_foreign_address(&image.address) {
            let message = format!("no image of the source is like that at `{}`", image.address);
            self.foreign(message, image.at);
            self.plain(&image.text);
            return;
        }
        if self.link.is_some() && self.heading.is_none() {
            // A link around an image alone reads as the image does.
            self.heard.push_str(&image.text);
        }
        let slot = self.add_image(&image.address, &image.text, image.at);
        let wrapper_end = self.begin_image_wrapper();
        self.out.begin("img", Kind::Void, Owner::Markdown);
        self.out.slot_attribute("src", slot.clone());
        self.out.attribute("alt", &image.text);
        self.size_slot(&slot);
        if !image.title.is_empty() {
            self.out.attribute("title", &image.title);
        }
        self.out.attribute("loading", "lazy");
        self.out.end_tag_start();
        self.end_image_wrapper(wrapper_end);
    }

    /// Notes an image; returns its slot.
    pub(super) fn add_image(&mut self, address: &str, text: &str, at: Range<usize>) -> SlotKind {
        let number = narrow(self.body.images.len());
        if self.options.guard.is_none() {
            self.body.markup.add_address(address);
        }
        let at = self.prepared.original(at);
        self.body.images.push(Target { address: address.to_owned(), text: text.to_owned(), at });
        SlotKind::Image(number)
    }

    /// Leaves a place for the size of an image, so that the text below does not jump when it comes.
    pub(super) fn size_slot(&mut self, image: &SlotKind) {
        if let SlotKind::Image(number) = image {
            self.out.slot(SlotKind::ImageSize(*number));
        }
    }

    /// Images of a procedure's steps are screenshots: each stands in a wrapper of its own, a block unless a
    /// phrase is open. The wrapper's end is returned, for [`Self::end_image_wrapper`].
    pub(super) fn begin_image_wrapper(&mut self) -> &'static str {
        self.out.bridge("img");
        if !self.out.in_step() {
            return "";
        }
        let is_block = self.out.leave_paragraph();
        let (start, end) = if is_block { ("<div", "</div>") } else { ("<span", "</span>") };
        self.out.html.push_str(start);
        // One that stands in the place of the paragraph is its block.
        self.out.begin_block(&start[1..]);
        self.out.html.push_str(" class=\"procedural-image-wrapper\">");
        end
    }

    pub(super) fn end_image_wrapper(&mut self, end: &'static str) {
        self.out.html.push_str(end);
        if end == "</div>" {
            self.out.resume_paragraph();
        }
    }

    /// Notes HTML that was left out because it could run a script.
    pub(super) fn unsafe_html(&mut self, message: String, at: Range<usize>) {
        let hints = vec!["remove it".to_owned()];
        let at = self.prepared.original(at);
        self.body.faults.push(Fault { code: UNSAFE_HTML, message, hints, at });
    }
}

/// Text with white space collapsed.
pub(super) fn squeezed(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

/// The bytes of a part of gathered text: exact where it was written as it reads, else those of all of it.
fn place(gathered: &Gathered, part: &str, from: &mut usize) -> Range<usize> {
    if gathered.at.len() != gathered.text.len() {
        return gathered.at.clone();
    }
    let found = gathered.text[*from..].find(part).map(|at| *from + at);
    let Some(start) = found else { return gathered.at.clone() };
    *from = start + part.len();
    gathered.at.start + start..gathered.at.start + *from
}
