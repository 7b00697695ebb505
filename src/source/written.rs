//! Where a piece of a text is written in its file letter by letter, so that it can be replaced there.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

use super::{SourceFile, Sources, Span, Text};

/// A piece of a text as its file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The bytes of the file, which are those of the piece.
    pub bytes: Range<usize>,
    /// How other text has to be written there.
    pub form: Form,
}

/// How a text has to be written at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it is.
    Plain,
    /// Between single quotes of YAML.
    SingleQuoted,
    /// Between double quotes of YAML or JSON.
    DoubleQuoted,
    /// In an indented block of YAML.
    Block,
}

impl Form {
    /// The text as it has to be written; nothing where it cannot be.
    pub fn write(self, text: &str) -> Option<String> {
        match self {
            Self::Plain => Some(text.to_owned()),
            Self::SingleQuoted => (!text.contains('\n')).then(|| text.replace('\'', "''")),
            Self::DoubleQuoted => {
                let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
                Some(escaped.replace('\n', "\\n").replace('\t', "\\t"))
            }
            Self::Block => (!text.contains('\n')).then(|| text.to_owned()),
        }
    }
}

impl Sources {
    /// Where the piece is written letter by letter; nothing where its file has it in another form (escapes, line ends
    /// that are folded), or where something else stands there.
    pub fn written(&self, span: Span) -> Option<Written> {
        let file = self.file(span.text.file);
        let range = span.range();
        let written = file.written(span.text.index, range.clone())?;
        let is_same = file.text.get(written.bytes.clone())? == self.text(span.text).get(range)?;
        is_same.then_some(written)
    }
}

impl SourceFile {
    fn written(&self, index: u32, range: Range<usize>) -> Option<Written> {
        match self.texts.get(index as usize)? {
            Text::Slice(slice) => {
                let start = slice.start as usize;
                let bytes = start + range.start..start + range.end;
                (bytes.end <= slice.end as usize).then_some(Written { bytes, form: Form::Plain })
            }
            Text::Scalar(raw, value) => {
                let start = raw.start as usize;
                let written = self.text.get(start..raw.end as usize)?;
                let (form, bytes) = in_scalar(written, value, range)?;
                Some(Written { bytes: start + bytes.start..start + bytes.end, form })
            }
            Text::Edited(base, parts, _) => self.written(*base, untouched(parts, range)?),
        }
    }
}

/// The bytes before editing of a range in which nothing was replaced.
fn untouched(parts: &[(Range<u32>, u32)], range: Range<usize>) -> Option<Range<usize>> {
    // What was put in makes what is behind it longer or shorter.
    let (mut added, mut removed) = (0, 0);
    for (part, length) in parts {
        let (length, part) = (*length as usize, part.start as usize..part.end as usize);
        let start = part.start + added - removed;
        if range.end <= start {
            break;
        }
        if range.start < start + length {
            return None;
        }
        added += length;
        removed += part.len();
    }
    Some(range.start + removed - added..range.end + removed - added)
}

/// The bytes of a scalar that a range of its value is written in.
fn in_scalar(written: &str, value: &str, range: Range<usize>) -> Option<(Form, Range<usize>)> {
    let mut walk = Walk::new(written)?;
    let mut start = None;
    for (at, wanted) in value.char_indices() {
        if at >= range.end && start.is_some() {
            break;
        }
        let found = walk.next(wanted)?;
        if at == range.start {
            start = Some(found.start);
        }
        if at + wanted.len_utf8() == range.end && !range.is_empty() {
            return Some((walk.form, start?..found.end));
        }
    }
    if !range.is_empty() || range.start > value.len() {
        return None;
    }
    let at = start.or_else(|| (range.start == value.len()).then(|| walk.end()))?;
    Some((walk.form, at..at))
}

/// Goes through a scalar as it is written, one character of its value after the other.
struct Walk<'a> {
    written: &'a str,
    rest: Peekable<CharIndices<'a>>,
    form: Form,
    folds: bool,
    /// The blanks that each line of a block begins with.
    indent: usize,
}

impl<'a> Walk<'a> {
    fn new(written: &'a str) -> Option<Self> {
        let (form, folds) = match written.as_bytes().first()? {
            b'\'' => (Form::SingleQuoted, false),
            b'"' => (Form::DoubleQuoted, false),
            b'|' => (Form::Block, false),
            b'>' => (Form::Block, true),
            _ => (Form::Plain, false),
        };
        let mut walk =
            Self { written, rest: written.char_indices().peekable(), form, folds, indent: 0 };
        match form {
            Form::SingleQuoted | Form::DoubleQuoted => drop(walk.rest.next()),
            Form::Block => walk.open_block()?,
            Form::Plain => {}
        }
        Some(walk)
    }

    /// Goes to the first line of a block. One that says itself how far it is indented is left alone.
    fn open_block(&mut self) -> Option<()> {
        let header = self.written.find('\n')?;
        if self.written[..header].contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let body = &self.written[header + 1..];
        let first = body.lines().find(|line| !line.trim().is_empty())?;
        self.indent = first.len() - first.trim_start_matches(' ').len();
        while self.rest.next().is_some_and(|(at, _)| at < header) {}
        self.skip_indent();
        Some(())
    }

    fn skip_indent(&mut self) {
        for _ in 0..self.indent {
            if self.rest.next_if(|(_, found)| *found == ' ').is_none() {
                break;
            }
        }
    }

    /// Where the value ends.
    fn end(&mut self) -> usize {
        self.rest.peek().map_or(self.written.len(), |(at, _)| *at)
    }

    /// The bytes of the next character of the value, if it is `wanted`.
    fn next(&mut self, wanted: char) -> Option<Range<usize>> {
        let (at, found) = self.rest.next()?;
        let range = at..at + found.len_utf8();
        match (self.form, found) {
            (Form::SingleQuoted, '\'') => {
                self.rest.next_if(|(_, next)| *next == '\'' && wanted == '\'')?;
                Some(at..at + 2)
            }
            (Form::DoubleQuoted, '\\') => {
                let (_, escaped) = self.rest.next()?;
                (matches!(escaped, '"' | '\\' | '/') && escaped == wanted).then_some(at..at + 2)
            }
            (Form::Block, '\n') => self.line_end(range, wanted),
            (_, '\n') => None,
            _ => (found == wanted).then_some(range),
        }
    }

    /// The end of a line in a block: in a folded one a blank, unless empty lines follow.
    fn line_end(&mut self, range: Range<usize>, wanted: char) -> Option<Range<usize>> {
        self.skip_indent();
        if !self.folds {
            return (wanted == '\n').then_some(range);
        }
        let is_empty = self.rest.peek().is_some_and(|(_, next)| *next == '\n');
        match wanted {
            ' ' if !is_empty => Some(range),
            // Of several line ends in a row the first is dropped.
            '\n' if is_empty => {
                self.rest.next();
                self.skip_indent();
                Some(range)
            }
            '\n' => Some(range),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Splice, TextId};

    /// Looks for `part` in the value of a scalar of a file; says where it is written.
    fn found(file: &str, scalar: &str, value: &str, part: &str) -> Option<(usize, Form)> {
        let mut source = SourceFile::new("a.yml", file);
        let start = file.find(scalar).expect("the scalar is in the file");
        let index = source.add_scalar(start..start + scalar.len(), value);
        let mut sources = Sources::default();
        let file = sources.add(source);
        let at = value.find(part).expect("the part is in the value");
        let written = sources.written(Span::new(TextId { file, index }, at..at + part.len()))?;
        assert_eq!(&sources.file(file).text[written.bytes.clone()], part);
        Some((written.bytes.start, written.form))
    }

    #[test]
    fn a_piece_is_found_where_its_letters_stand() {
        assert_eq!(found("a: x y\n", "x y", "x y", "y"), Some((5, Form::Plain)));
        assert_eq!(found("a: 'x y'\n", "'x y'", "x y", "y"), Some((6, Form::SingleQuoted)));
        assert_eq!(found("a: 'x''s y'\n", "'x''s y'", "x's y", "y"), Some((9, Form::SingleQuoted)));
        assert_eq!(
            found(r#"a: "\"x\" y""#, r#""\"x\" y""#, "\"x\" y", "y"),
            Some((10, Form::DoubleQuoted))
        );
        assert_eq!(
            found("a: |-\n  - x\n  y\n", "|-\n  - x\n  y\n", "- x\ny", "-"),
            Some((8, Form::Block))
        );
        assert_eq!(
            found("a: >\n  x\n  y\n\n  z\n", ">\n  x\n  y\n\n  z\n", "x y\nz\n", "z"),
            Some((16, Form::Block))
        );
    }

    #[test]
    fn a_piece_in_another_form_is_not() {
        assert_eq!(found(r#"a: "\x61 a""#, r#""\x61 a""#, "a a", "a"), None);
        assert_eq!(found("a: 'it''s'\n", "'it''s'", "it's", "'s"), None);
        assert_eq!(found("a: >\n  x\n  y\n", ">\n  x\n  y\n", "x y\n", "x y"), None);
        assert_eq!(found("a: |2\n  x\n", "|2\n  x\n", "x\n", "x"), None);
    }

    #[test]
    fn a_piece_of_an_edited_text_is_found_beside_the_edits() {
        let mut source = SourceFile::new("a.md", "one two three four");
        let index =
            source.add_edited(0, &[Splice { range: 4..7, text: "a longer text".to_owned() }]);
        let mut sources = Sources::default();
        let file = sources.add(source);
        let text = TextId { file, index };
        let check = |part: &str, expected: Option<Range<usize>>| {
            let at = sources.text(text).find(part).expect("the part is in the text");
            let written = sources.written(Span::new(text, at..at + part.len()));
            assert_eq!(written.map(|written| written.bytes), expected, "{part}");
        };
        check("one", Some(0..3));
        check("longer", None);
        check("ne a", None);
        check("t three", None);
        check("three", Some(8..13));
    }

    #[test]
    fn what_is_put_into_quotes_is_written_for_them() {
        assert_eq!(Form::SingleQuoted.write("it's").as_deref(), Some("it''s"));
        assert_eq!(Form::DoubleQuoted.write("a\"\\\n").as_deref(), Some("a\\\"\\\\\\n"));
        assert_eq!(Form::Block.write("a\nb"), None);
    }
}
