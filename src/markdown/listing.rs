//! Code blocks.

use std::ops::Range;

use super::annotate::{Passage, passages};
use super::blocks::BlockKind;
use super::code::{Header, Info, SESSION, indented_session, is_session, label, parse_info};
use super::elements::{Kind, is_live_in_code};
use super::offsets::narrow;
use super::raw::{Piece, pieces};
use super::render::Renderer;
use super::writer::Owner;
use super::{CodeBlock, SlotKind};

const BUTTON: &str = "</span><button type=\"button\" class=\"copy\" aria-label=\"";

impl Renderer<'_> {
    pub(super) fn end_code(&mut self, at: Range<usize>) {
        let Some(code) = self.code.take() else { return };
        let session = if code.info.is_none() { indented_session(&code.text) } else { None };
        let (info, text) = match session {
            Some(session) => (SESSION, session),
            None => (code.info.as_deref().unwrap_or_default(), &*code.text),
        };
        let info = parse_info(info);
        self.block(BlockKind::Code, &at);
        match info.header {
            Header::Copy => self.with_header(&info, text, at),
            Header::None if has_frame(&info) => self.framed(&info, text, at),
            Header::None => self.annotated(&info, text, at),
        }
        self.out.html.push('\n');
    }

    fn with_header(&mut self, info: &Info<'_>, code: &str, at: Range<usize>) {
        self.out.begin("div", Kind::Block, Owner::Markdown);
        self.out.attribute("class", "code-block");
        self.out.end_tag_start();
        self.out.html.push_str("<div class=\"code-header\"><span>");
        self.out.text(label(info.language));
        self.out.html.push_str(BUTTON);
        self.out.slot(SlotKind::Ui("code.copy"));
        self.out.html.push_str("\"></button></div>");
        self.annotated(info, code, at);
        self.out.close();
    }

    /// Code with the name of its language in the corner.
    fn framed(&mut self, info: &Info<'_>, code: &str, at: Range<usize>) {
        self.out.begin("div", Kind::Block, Owner::Markdown);
        self.out.attribute("class", "code-block");
        self.out.attribute("data-language", label(info.language));
        self.out.end_tag_start();
        self.annotated(info, code, at);
        self.out.close();
    }

    /// Code with its comments beside it, where the fence asks for that.
    fn annotated(&mut self, info: &Info<'_>, code: &str, at: Range<usize>) {
        let is_wanted = is_annotated(info) && !self.in_note;
        match is_wanted.then(|| passages(info.language, code)).flatten() {
            Some(passages) => self.passages(info, &passages, &at),
            None => self.listing(info, code, at),
        }
    }

    /// A list: each item is a comment as Markdown, and the code that it is about.
    fn passages(&mut self, info: &Info<'_>, passages: &[Passage], at: &Range<usize>) {
        self.out.begin("ul", Kind::Block, Owner::Markdown);
        self.out.attribute("class", "annotated");
        self.out.end_tag_start();
        for passage in passages {
            self.out.html.push('\n');
            self.out.open("li", Kind::Block, Owner::Markdown);
            self.out.begin("div", Kind::Block, Owner::Markdown);
            self.out.attribute("class", "annotation");
            self.out.end_tag_start();
            self.note(&passage.note, at);
            self.out.close();
            if !passage.code.is_empty() {
                self.listing(info, &passage.code, at.clone());
            }
            self.out.close();
        }
        self.out.html.push('\n');
        self.out.close();
    }

    fn listing(&mut self, info: &Info<'_>, code: &str, at: Range<usize>) {
        self.out.begin("pre", Kind::Block, Owner::Markdown);
        if is_drawn(info.language) {
            self.out.attribute("class", info.language);
        }
        self.out.end_tag_start();
        self.out.begin("code", Kind::Phrase, Owner::Markdown);
        if is_class(info.language) {
            self.out.attribute("class", &format!("language-{}", info.language));
        }
        self.out.end_tag_start();
        let session = if is_session(info) { session(code) } else { None };
        match session {
            Some(Session { text, live: true }) => {
                self.add_code(info, text, &at);
                self.live_code(code, &at);
            }
            Some(Session { text, live: false }) => self.code_slot(info, text, &at),
            None => self.code_slot(info, code.to_owned(), &at),
        }
        self.out.close();
        self.out.close();
    }

    fn code_slot(&mut self, info: &Info<'_>, text: String, at: &Range<usize>) {
        let number = self.add_code(info, text, at);
        self.out.slot(SlotKind::Code(number));
    }

    fn add_code(&mut self, info: &Info<'_>, text: String, at: &Range<usize>) -> u32 {
        self.body.code.push(CodeBlock {
            language: info.language.to_owned(),
            words: info.words.clone(),
            marked: info.marked.clone(),
            text,
            at: self.prepared.original(at.clone()),
        });
        narrow(self.body.code.len() - 1)
    }
}

fn is_annotated(info: &Info<'_>) -> bool {
    info.words.split(' ').any(|word| word == "annotate")
}

/// Whether the language of a block is named in its corner.
fn has_frame(info: &Info<'_>) -> bool {
    !info.language.is_empty() && !is_drawn(info.language) && !is_annotated(info)
}

/// Whether a script of the site may draw what the code says; without one it is read as it is.
fn is_drawn(language: &str) -> bool {
    matches!(language, "mermaid" | "math")
}

/// Whether a language can be part of a class name as it is.
fn is_class(language: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+#._-".contains(&byte);
    !language.is_empty() && language.bytes().all(is_plain)
}

/// A shell example with HTML in it.
struct Session {
    /// What it reads: entities decoded, tags of emphasis left out.
    text: String,
    /// Whether there are such tags.
    live: bool,
}

fn session(code: &str) -> Option<Session> {
    if !code.contains(['<', '&']) {
        return None;
    }
    let mut session = Session { text: String::with_capacity(code.len()), live: false };
    for (piece, inside) in pieces(code) {
        match piece {
            Piece::Text(text) => session.text.push_str(&text),
            Piece::Start(tag) if is_live_in_code(&tag.name) => session.live = true,
            Piece::End(name) if is_live_in_code(&name) => session.live = true,
            Piece::Start(_) | Piece::End(_) => session.text.push_str(&code[inside]),
        }
    }
    Some(session)
}
