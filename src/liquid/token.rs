//! Cuts a text into plain pieces, tags and outputs, by byte offsets. Knows no tag but its own braces.

use std::ops::Range;

/// A piece of a text.
#[derive(Debug)]
pub(super) enum Token {
    /// Printed as it is.
    Text(Range<usize>),
    /// An HTML comment, which is dropped before Liquid looks at anything.
    Comment,
    /// `{% … %}`.
    Tag(Markup),
    /// `{{ … }}`.
    Output(Markup),
    /// An opening without its closing.
    Broken(Range<usize>),
}

/// A tag or an output.
#[derive(Clone, Debug)]
pub(super) struct Markup {
    /// With the braces.
    pub(super) span: Range<usize>,
    /// Between the braces and their hyphens.
    pub(super) inner: Range<usize>,
    /// Whether white space before it is dropped.
    pub(super) trims_before: bool,
    /// Whether white space behind it is dropped.
    pub(super) trims_after: bool,
}

/// Reads a text from its beginning; every byte is looked at a bounded number of times.
#[derive(Debug)]
pub(super) struct Scanner<'s> {
    source: &'s str,
    at: usize,
    /// An unclosed comment is text, and so are all after it.
    comments_close: bool,
}

impl<'s> Scanner<'s> {
    /// At the beginning of `source`.
    pub(super) fn new(source: &'s str) -> Self {
        Self::within(source, 0)
    }

    /// At an offset of `source`.
    pub(super) fn within(source: &'s str, at: usize) -> Self {
        Self { source, at, comments_close: true }
    }

    /// The next piece.
    pub(super) fn next(&mut self) -> Option<Token> {
        if self.at >= self.source.len() {
            return None;
        }
        let start = self.opening();
        let end = self.without_newline_of_comment(start);
        if end > self.at {
            let text = self.at..end;
            self.at = start;
            return Some(Token::Text(text));
        }
        self.at = start;
        Some(self.markup())
    }

    /// Passes over everything up to the tag with the one name `end`: the text before it, and that tag.
    /// Without such a tag the rest of the text is passed over.
    pub(super) fn skip_to(&mut self, end: &str) -> (Range<usize>, Option<Markup>) {
        let start = self.at;
        let mut from = start;
        while let Some(found) = self.source[from..].find("{%") {
            let at = from + found;
            if let Some(markup) = self.closed(at, "%}")
                && tag_name(&self.source[markup.inner.clone()]).0 == end
            {
                self.at = markup.span.end;
                return (start..at, Some(markup));
            }
            from = at + 2;
        }
        self.at = self.source.len();
        (start..self.at, None)
    }

    /// Where the next markup or comment begins, else the end of the text.
    fn opening(&mut self) -> usize {
        let bytes = self.source.as_bytes();
        let mut at = self.at;
        while let Some(found) = bytes[at..].iter().position(|byte| matches!(byte, b'{' | b'<')) {
            at += found;
            let opens = match bytes[at] {
                b'{' => matches!(bytes.get(at + 1), Some(b'%' | b'{')),
                _ => bytes[at..].starts_with(b"<!--") && self.comment_end(at).is_some(),
            };
            if opens {
                return at;
            }
            at += 1;
        }
        bytes.len()
    }

    fn comment_end(&mut self, at: usize) -> Option<usize> {
        if !self.comments_close {
            return None;
        }
        let end = self.source[at + 4..].find("-->").map(|found| at + 4 + found + 3);
        self.comments_close = end.is_some();
        end
    }

    /// A comment that starts a line takes the line end before it along.
    fn without_newline_of_comment(&self, start: usize) -> usize {
        let starts_line = start > self.at && self.source.as_bytes()[start - 1] == b'\n';
        if starts_line && self.source[start..].starts_with('<') { start - 1 } else { start }
    }

    fn markup(&mut self) -> Token {
        let start = self.at;
        let bytes = self.source.as_bytes();
        if bytes[start] == b'<' {
            self.at = self.comment_end(start).unwrap_or(bytes.len());
            return Token::Comment;
        }
        let (closing, token): (_, fn(Markup) -> Token) =
            if bytes[start + 1] == b'%' { ("%}", Token::Tag) } else { ("}}", Token::Output) };
        let Some(markup) = self.closed(start, closing) else {
            self.at = self.end_of_broken(start);
            return Token::Broken(start..self.at);
        };
        self.at = markup.span.end;
        token(markup)
    }

    /// The markup that opens at `start`, if it closes before the next one opens and before a blank line.
    fn closed(&self, start: usize, closing: &str) -> Option<Markup> {
        let bytes = self.source.as_bytes();
        let (first, second) = (closing.as_bytes()[0], closing.as_bytes()[1]);
        let mut at = start + 2;
        let mut strings = MOST_STRINGS;
        loop {
            let next = bytes.get(at + 1)?;
            match bytes[at] {
                byte if byte == first && *next == second => break,
                // Braces inside a string of an output are text.
                b'"' | b'\'' if first == b'}' && strings > 0 => {
                    match string_with_brace(&bytes[at..]) {
                        Some(length) => (strings, at) = (strings - 1, at + length),
                        None => at += 1,
                    }
                }
                b'{' if *next == b'%' || (first == b'}' && *next == b'{') => return None,
                b'\n' if is_blank_line(&bytes[at + 1..]) => return None,
                _ => at += 1,
            }
        }
        let inner = &self.source[start + 2..at];
        let trims_before = inner.starts_with('-');
        let trims_after = inner.len() > 1 && inner.ends_with('-');
        let inner = start + 2 + usize::from(trims_before)..at - usize::from(trims_after);
        Some(Markup { span: start..at + 2, inner, trims_before, trims_after })
    }

    /// What is lost of an unclosed markup: its line, but not the markup after it.
    fn end_of_broken(&self, start: usize) -> usize {
        let bytes = &self.source.as_bytes()[start + 2..];
        let ends = |at: usize| match bytes[at] {
            b'\n' => true,
            b'{' => matches!(bytes.get(at + 1), Some(b'%' | b'{')),
            _ => false,
        };
        (0..bytes.len()).find(|at| ends(*at)).map_or(self.source.len(), |at| start + 2 + at)
    }
}

/// The name of a tag and the rest of it. A stray `%` before the closing braces is passed over.
pub(super) fn tag_name(inner: &str) -> (&str, &str) {
    let inner = inner.trim_end_matches(|c: char| c.is_whitespace() || c == '%').trim_start();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let end = inner.find(|c| !is_part(c)).unwrap_or(inner.len());
    (&inner[..end], inner[end..].trim_start())
}

/// Strings with opening braces in one output, and bytes of such a string: beyond that nobody means one, and a text
/// full of quotes and braces must not be read again and again.
const MOST_STRINGS: usize = 8;
const LONGEST_STRING: usize = 80;

/// The length of the string at the beginning of `bytes`, quotes included, if it has an opening brace in it and ends
/// before its line and before anything that closes.
fn string_with_brace(bytes: &[u8]) -> Option<usize> {
    let inside = &bytes[1..bytes.len().min(LONGEST_STRING)];
    let inside = &inside[..inside.iter().position(|byte| *byte == bytes[0])?];
    let has = |pair: &[u8]| inside.windows(2).any(|found| found == pair);
    let is_string = !inside.contains(&b'\n') && !has(b"}}") && (has(b"{%") || has(b"{{"));
    is_string.then_some(inside.len() + 2)
}

fn is_blank_line(rest: &[u8]) -> bool {
    let content = rest.iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    matches!(content, None | Some(b'\n'))
}
