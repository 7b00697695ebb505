//! A text as words and as what translators have to leave alone: tags, code, addresses, HTML, marks of structure.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::signs::signs;
use crate::liquid;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What it is.
    pub kind: PieceKind,
    /// Its bytes.
    pub text: &'a str,
}

/// What a piece is. Pairs are numbered from 0; what stands between the two is words and pieces again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Words.
    Text,
    /// Something to be left alone.
    Whole,
    /// The beginning of a pair, such as the bracket of a link.
    Open(u32),
    /// The end of a pair, such as a link's address.
    Close(u32),
}

/// Takes a text apart. The pieces, one after the other, are the text byte for byte.
pub fn protect(text: &str) -> Vec<Piece<'_>> {
    let marks: Vec<Range<usize>> = liquid::marks(text).into_iter().map(|mark| mark.span).collect();
    let masked = masked(text, &marks);
    let mut parts: Vec<Part> = marks.into_iter().map(Part::whole).collect();
    Markdown { text: &masked, parts: &mut parts, links: Vec::new(), pairs: 0 }.read();
    let parts = apart(parts, text);
    bare_parts(&masked, parts, text)
}

/// Whether there is something to translate in a text.
pub fn has_words(text: &str) -> bool {
    let is_word = |piece: &Piece<'_>| {
        piece.kind == PieceKind::Text && piece.text.contains(char::is_alphabetic)
    };
    protect(text).iter().any(is_word)
}

/// A part of a text that is protected.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    range: Range<usize>,
    kind: PieceKind,
}

impl Part {
    fn whole(range: Range<usize>) -> Self {
        Self { range, kind: PieceKind::Whole }
    }
}

/// The text with letters in the place of Liquid, so that Markdown sees a word there. Every byte keeps its place.
fn masked(text: &str, marks: &[Range<usize>]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for mark in marks {
        masked.push_str(&text[at..mark.start]);
        masked.extend(std::iter::repeat_n('x', mark.len()));
        at = mark.end;
    }
    masked.push_str(&text[at..]);
    masked
}

/// Goes through a text as Markdown, and notes what is to be left alone.
struct Markdown<'t, 'p> {
    text: &'t str,
    parts: &'p mut Vec<Part>,
    /// The links and images around a place.
    links: Vec<Around>,
    pairs: u32,
}

/// A link or an image.
struct Around {
    range: Range<usize>,
    /// How far what is shown of it goes at least.
    shown: usize,
    opening: usize,
    is_paired: bool,
}

impl Markdown<'_, '_> {
    fn read(mut self) {
        // Blanks before the first line are those of a list or quotation, and make no code of it.
        let start = self.text.len() - self.text.trim_start_matches([' ', '\t']).len();
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
        let text = self.text;
        let events = Parser::new_ext(&text[start..], options).into_offset_iter();
        for (event, range) in events {
            let range = range.start + start..range.end + start;
            self.event(&event, range.clone());
            if let Some(around) = self.links.last_mut()
                && range != around.range
            {
                around.shown = around.shown.max(range.end);
            }
        }
        self.pipes(start);
    }

    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Code(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => {
                self.parts.push(Part::whole(range));
            }
            Event::Start(Tag::HtmlBlock) => self.elements(range),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                self.parts.push(Part::whole(range));
            }
            Event::Start(Tag::Heading { .. }) => self.marker(range, &|c| c == '#'),
            Event::Start(Tag::Item) => self
                .marker(range, &|c| matches!(c, '-' | '*' | '+' | '.' | ')') || c.is_ascii_digit()),
            Event::Start(Tag::BlockQuote(_)) => self.marker(range, &|c| c == '>'),
            Event::Start(Tag::Link { link_type, .. }) => self.link(*link_type, range, 1),
            Event::Start(Tag::Image { link_type, .. }) => self.link(*link_type, range, 2),
            Event::End(TagEnd::Link | TagEnd::Image) => self.end_link(),
            _ => {}
        }
    }

    /// Protects the signs that a block begins with, and the blanks behind them.
    fn marker(&mut self, range: Range<usize>, is_sign: &dyn Fn(char) -> bool) {
        let block = &self.text[range.clone()];
        let inside = block.trim_start_matches([' ', '\t']);
        let behind = inside.trim_start_matches(is_sign);
        if behind.len() < inside.len() {
            let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
            let start = range.end - inside.len();
            self.parts.push(Part::whole(start..range.end - behind.len() + blanks));
        }
    }

    fn link(&mut self, kind: LinkType, range: Range<usize>, opening: usize) {
        let is_paired = kind == LinkType::Inline;
        if !is_paired && matches!(kind, LinkType::Autolink | LinkType::Email) {
            self.parts.push(Part::whole(range.clone()));
        }
        self.links.push(Around { shown: range.start + opening, range, opening, is_paired });
    }

    fn end_link(&mut self) {
        let Some(around) = self.links.pop() else { return };
        let Around { range, shown, opening, is_paired } = around;
        let close = self.text.get(shown..range.end).and_then(|rest| rest.find(']'));
        if let (true, Some(close)) = (is_paired, close) {
            let pair = self.pairs;
            self.pairs += 1;
            let open = range.start..range.start + opening;
            self.parts.push(Part { range: open, kind: PieceKind::Open(pair) });
            self.parts.push(Part { range: shown + close..range.end, kind: PieceKind::Close(pair) });
        }
    }

    /// The tags and comments of raw HTML.
    fn elements(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while let Some(open) = self.text[at..range.end].find('<') {
            let start = at + open;
            let rest = &self.text[start..range.end];
            let is_tag = |c: char| c.is_ascii_alphabetic() || "/!?".contains(c);
            let close = if rest.starts_with("<!--") { "-->" } else { ">" };
            if !rest[1..].starts_with(is_tag) {
                at = start + 1;
                continue;
            }
            // What does not end hides the rest.
            let end = rest.find(close).map_or(rest.len(), |end| end + close.len());
            self.parts.push(Part::whole(start..start + end));
            at = start + end;
        }
    }

    /// The lines between cells, and the line below the head of a table.
    fn pipes(&mut self, start: usize) {
        let is_row = |line: &str| line.trim_start().starts_with('|');
        if !self.text[start..].lines().any(is_row) {
            return;
        }
        let mut at = start;
        for line in self.text[start..].split_inclusive('\n') {
            let shown = line.trim();
            if shown.contains('-')
                && shown.contains('|')
                && shown.chars().all(|c| " \t:|-".contains(c))
            {
                let from = at + (line.len() - line.trim_start().len());
                self.parts.push(Part::whole(from..from + shown.len()));
            } else if is_row(line) {
                let pipes =
                    line.match_indices('|').filter(|(pipe, _)| !line[..*pipe].ends_with('\\'));
                self.parts.extend(pipes.map(|(pipe, _)| Part::whole(at + pipe..at + pipe + 1)));
            }
            at += line.len();
        }
    }
}

/// The parts in order, without those inside others. What is left of a pair that is torn stands for itself.
fn apart(mut parts: Vec<Part>, text: &str) -> Vec<Part> {
    parts.retain(|part| !part.range.is_empty() && text.get(part.range.clone()).is_some());
    parts.sort_by_key(|part| (part.range.start, std::cmp::Reverse(part.range.end)));
    let mut kept: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        if kept.last().is_none_or(|last| last.range.end <= part.range.start) {
            kept.push(part);
        }
    }
    let mut ends = std::collections::BTreeMap::new();
    for part in &kept {
        if let PieceKind::Open(pair) | PieceKind::Close(pair) = part.kind {
            *ends.entry(pair).or_insert(0) += 1;
        }
    }
    for part in &mut kept {
        if let PieceKind::Open(pair) | PieceKind::Close(pair) = part.kind
            && ends.get(&pair) != Some(&2)
        {
            part.kind = PieceKind::Whole;
        }
    }
    kept
}

/// The pieces: what is protected, between it words, in which bare addresses are protected too.
fn bare_parts<'a>(masked: &str, parts: Vec<Part>, text: &'a str) -> Vec<Piece<'a>> {
    let mut pieces = Vec::with_capacity(parts.len() * 2 + 1);
    let mut at = 0;
    let words = |range: Range<usize>, pieces: &mut Vec<Piece<'a>>| {
        let mut at = range.start;
        for address in signs(&masked[range.clone()]) {
            let address = range.start + address.start..range.start + address.end;
            push(pieces, PieceKind::Text, &text[at..address.start]);
            push(pieces, PieceKind::Whole, &text[address.clone()]);
            at = address.end;
        }
        push(pieces, PieceKind::Text, &text[at..range.end]);
    };
    for part in parts {
        words(at..part.range.start, &mut pieces);
        push(&mut pieces, part.kind, &text[part.range.clone()]);
        at = part.range.end;
    }
    words(at..text.len(), &mut pieces);
    pieces
}

fn push<'a>(pieces: &mut Vec<Piece<'a>>, kind: PieceKind, text: &'a str) {
    if !text.is_empty() {
        pieces.push(Piece { kind, text });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The pieces of a text: words as they are, `⟨…⟩` what is protected, `⟨…` and `…⟩` the ends of pairs.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = |piece: &Piece<'_>| match piece.kind {
            PieceKind::Text => piece.text.to_owned(),
            PieceKind::Whole => format!("⟨{}⟩", piece.text),
            PieceKind::Open(_) => format!("⟨{}", piece.text),
            PieceKind::Close(_) => format!("{}⟩", piece.text),
        };
        let pieces = protect(text);
        assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), text);
        assert_eq!(pieces.iter().map(shown).collect::<String>(), expected);
    }

    #[test]
    fn liquid_is_protected() {
        check("a {% data x.y %} b {{ c }}.", "a ⟨{% data x.y %}⟩ b ⟨{{ c }}⟩.");
        check("{% if a %}b{% endif %}", "⟨{% if a %}⟩b⟨{% endif %}⟩");
        check("{% raw %}a {{ b }}{% endraw %} c", "⟨{% raw %}a {{ b }}{% endraw %}⟩ c");
    }

    #[test]
    fn code_and_html_are_protected() {
        check("a `b c` d", "a ⟨`b c`⟩ d");
        check("a <kbd>b</kbd> c", "a ⟨<kbd>⟩b⟨</kbd>⟩ c");
        check("<div>\nb <!-- c --> d\n</div>\n", "⟨<div>⟩\nb ⟨<!-- c -->⟩ d\n⟨</div>⟩\n");
        check("```sh\na\n```\n", "⟨```sh\na\n```⟩\n");
        check("a <!-- b", "a ⟨<!--⟩ b");
        check("a --> b", "a ⟨-->⟩ b");
        check("<!-- a\nb", "⟨<!-- a\nb⟩");
        check("<script a\nb", "⟨<script a\nb⟩");
        check("a < b and c > d", "a < b and c > d");
    }

    #[test]
    fn what_is_shown_of_a_link_is_words() {
        check("see [a *b*](/c \"d\")!", "see ⟨[a *b*](/c \"d\")⟩!");
        check("![a](/b.png)", "⟨![a](/b.png)⟩");
        check("[![a](b)](c)", "⟨[⟨![a](b)⟩](c)⟩");
        check("[{% data a %} b](/c/{{ d }})", "⟨[⟨{% data a %}⟩ b](/c/{{ d }})⟩");
        check("[a](<b c>)", "⟨[a](<b c>)⟩");
        check("[](b)", "⟨[](b)⟩");
        check("[a\\]b](c)", "⟨[a\\]b](c)⟩");
    }

    #[test]
    fn addresses_are_protected() {
        check("see https://a.b/c?d=e. And", "see ⟨https://a.b/c?d=e⟩. And");
        check("请看https://a.b/c。好", "请看⟨https://a.b/c⟩。好");
        check("<https://a.b>", "⟨<https://a.b>⟩");
        check("a://b", "a://b");
    }

    #[test]
    fn marks_of_structure_are_protected() {
        check("## A b\n", "⟨## ⟩A b\n");
        check("- a\n- b\n", "⟨- ⟩a\n⟨- ⟩b\n");
        check("1. a", "⟨1. ⟩a");
        check("> a\n> b", "⟨> ⟩a\n> b");
        check(
            "| a | b |\n|---|---|\n| c | `d` |\n",
            "⟨|⟩ a ⟨|⟩ b ⟨|⟩\n⟨|---|---|⟩\n⟨|⟩ c ⟨|⟩ ⟨`d`⟩ ⟨|⟩\n",
        );
        check("| a \\| b |", "⟨|⟩ a \\| b ⟨|⟩");
        check("    a `b`", "    a ⟨`b`⟩");
    }

    #[test]
    fn words_are_what_has_letters() {
        assert!(has_words("{% data a %} b"));
        assert!(has_words("[甲](b)"));
        assert!(!has_words("{% data a %} `b` 12 &"));
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "([\\[\\]()!`*_<>|#\\-\\n {}%a-c甲\"/:.\\\\]|https://|\\{% data x %\\}|<a>|```){0,40}") {
            let pieces = protect(&text);
            prop_assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), &*text);
            let mut around = Vec::new();
            for piece in &pieces {
                match piece.kind {
                    PieceKind::Open(pair) => around.push(pair),
                    PieceKind::Close(pair) => prop_assert_eq!(around.pop(), Some(pair)),
                    PieceKind::Text | PieceKind::Whole => {}
                }
            }
            prop_assert!(around.is_empty());
        }
    }
}
