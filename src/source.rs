//! Source files, the texts inside them, byte spans, and where these are in line and column.
//!
//! A *text* is a piece of a file that is read on its own: a page's body, one string of its front matter, one
//! value of a data file. Text 0 of each file is the whole file. A span lies in a text, because that is what a
//! parser sees; [`Sources::locate`] brings it back to the file that a person edits.

mod written;

pub use written::{Form, Written};

use std::ops::Range;
use std::sync::Arc;

/// A source file, by its position in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A text inside a file; index 0 is the file as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId {
    /// The file that holds the text.
    pub file: FileId,
    /// Which of its texts.
    pub index: u32,
}

impl TextId {
    /// The text that is all of `file`.
    pub fn whole(file: FileId) -> Self {
        Self { file, index: 0 }
    }
}

/// A range of bytes in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text it lies in.
    pub text: TextId,
    /// Byte offset of the first byte.
    pub start: u32,
    /// Byte offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range` in `text`.
    pub fn new(text: TextId, range: Range<usize>) -> Self {
        Self { text, start: offset(range.start), end: offset(range.end) }
    }

    /// The beginning of `file`, for findings about a file as a whole.
    pub fn start_of(file: FileId) -> Self {
        Self { text: TextId::whole(file), start: 0, end: 0 }
    }

    /// The bytes as an index range.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

/// One source file.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path relative to the site's folder, with `/`.
    pub path: String,
    /// Its text: UTF-8, without byte order mark, lines ended by `\n`.
    pub text: String,
    texts: Vec<Text>,
    /// Line and column at every [`STRIDE`] bytes, so that a place in a long file is found without counting from its
    /// beginning.
    marks: Vec<Mark>,
}

/// How far the places are apart whose lines and columns are known.
const STRIDE: usize = 4 << 10;

/// Lines and characters before a byte.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    line: u32,
    column: u32,
}

impl Mark {
    /// The same behind these bytes.
    fn behind(self, bytes: &[u8]) -> Self {
        let column = |line: &[u8]| offset(line.iter().filter(|byte| **byte & 0xc0 != 0x80).count());
        match bytes.iter().rposition(|byte| *byte == b'\n') {
            None => Self { column: self.column.saturating_add(column(bytes)), ..self },
            Some(last) => {
                let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
                let line = self.line.saturating_add(offset(lines));
                Self { line, column: column(&bytes[last + 1..]) }
            }
        }
    }
}

/// How a text is cut out of its file.
#[derive(Clone, Debug)]
enum Text {
    /// Bytes of the file as they are.
    Slice(Range<u32>),
    /// A YAML or JSON scalar: the bytes it was written in, and its value.
    Scalar(Range<u32>, Box<str>),
    /// Another text of the file with parts of it replaced: that text, the parts with the length of what stands
    /// there now, and the outcome.
    Edited(u32, Vec<(Range<u32>, u32)>, Box<str>),
}

/// A part of a text, and what is put in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// The bytes that are replaced.
    pub range: Range<usize>,
    /// What stands there instead.
    pub text: String,
}

/// `text` with splices done, which are in order and do not overlap.
pub fn spliced(text: &str, splices: &[Splice]) -> String {
    let mut value = String::with_capacity(text.len());
    let mut at = 0;
    for Splice { range, text: new } in splices {
        value.push_str(&text[at..range.start]);
        value.push_str(new);
        at = range.end;
    }
    value.push_str(&text[at..]);
    value
}

impl SourceFile {
    /// A file of the site. Callers have removed the byte order mark and carriage returns.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let whole = Text::Slice(0..offset(text.len()));
        let mut mark = Mark::default();
        let strides = text.as_bytes().chunks_exact(STRIDE);
        let mark_before = |bytes| {
            let behind = mark.behind(bytes);
            std::mem::replace(&mut mark, behind)
        };
        let marks = strides.map(mark_before).collect();
        Self { path: path.into(), text, texts: vec![whole], marks }
    }

    /// Line and column (from 1, in characters) of a byte offset; offsets beyond the end mean the end.
    fn line_and_column(&self, at: usize) -> (usize, usize) {
        let at = self.text.floor_char_boundary(at);
        let stride = (at / STRIDE).min(self.marks.len().saturating_sub(1));
        let known = self.marks.get(stride).copied().unwrap_or_default();
        let mark = known.behind(&self.text.as_bytes()[stride * STRIDE..at]);
        (mark.line as usize + 1, mark.column as usize + 1)
    }

    /// Registers a part of the file as a text of its own; returns its index for a [`TextId`].
    pub fn add_slice(&mut self, range: Range<usize>) -> u32 {
        self.add(Text::Slice(offset(range.start)..offset(range.end)))
    }

    /// Registers a scalar that was written in `raw` and means `value`; returns its index for a [`TextId`].
    pub fn add_scalar(&mut self, raw: Range<usize>, value: impl Into<Box<str>>) -> u32 {
        let value = value.into();
        let range = offset(raw.start)..offset(raw.end);
        let same = self.text.get(raw).is_some_and(|written| *written == *value);
        self.add(if same { Text::Slice(range) } else { Text::Scalar(range, value) })
    }

    /// Registers the text `base` with splices done, in order and without overlap, as a text of its own whose spans
    /// lead to where `base` was written; returns its index for a [`TextId`].
    pub fn add_edited(&mut self, base: u32, splices: &[Splice]) -> u32 {
        let value = spliced(self.text(base), splices);
        let part = |splice: &Splice| {
            let Range { start, end } = splice.range;
            (offset(start)..offset(end), offset(splice.text.len()))
        };
        self.add(Text::Edited(base, splices.iter().map(part).collect(), value.into()))
    }

    /// The index of the text that this one was edited from, else its own.
    pub fn unedited(&self, index: u32) -> u32 {
        match &self.texts[index as usize] {
            Text::Edited(base, ..) => self.unedited(*base),
            Text::Slice(_) | Text::Scalar(..) => index,
        }
    }

    /// How many texts there are.
    pub fn texts(&self) -> u32 {
        offset(self.texts.len())
    }

    /// The text with this index.
    pub fn text(&self, index: u32) -> &str {
        match &self.texts[index as usize] {
            Text::Slice(range) => &self.text[range.start as usize..range.end as usize],
            Text::Scalar(_, value) | Text::Edited(_, _, value) => value,
        }
    }

    fn add(&mut self, text: Text) -> u32 {
        self.texts.push(text);
        offset(self.texts.len() - 1)
    }

    /// The bytes of the file that `range` of text `index` was written in.
    fn bytes(&self, index: u32, range: Range<usize>) -> Range<usize> {
        match &self.texts[index as usize] {
            Text::Slice(slice) => {
                let start = slice.start as usize;
                let end = slice.end as usize;
                (start + range.start).min(end)..(start + range.end).min(end)
            }
            Text::Scalar(raw, value) => {
                let written = &self.text[raw.start as usize..raw.end as usize];
                let start = raw.start as usize;
                let first = written_offset(written, value, range.start);
                let last = written_offset(written, value, range.end).max(first);
                start + first..start + last
            }
            Text::Edited(base, parts, _) => self.bytes(*base, unedited(parts, range)),
        }
    }
}

/// The bytes before editing that `range` was made from; what was put in stands for the part it replaced.
fn unedited(parts: &[(Range<u32>, u32)], range: Range<usize>) -> Range<usize> {
    let before = |at: usize, of_part: fn(&Range<u32>) -> u32| {
        let mut shift = 0_isize;
        for (part, length) in parts {
            let (start, length) = (part.start as isize, *length as isize);
            let position = at as isize - shift;
            if position < start {
                break;
            }
            if position < start + length {
                return of_part(part) as usize;
            }
            shift += length - part.len() as isize;
        }
        at.saturating_add_signed(-shift)
    };
    let start = before(range.start, |part| part.start);
    if range.is_empty() {
        return start..start;
    }
    start..before(range.end - 1, |part| part.end.saturating_sub(1)).max(start) + 1
}

/// Where in `written`, a YAML scalar in the file, the byte `at` of its `value` stands.
///
/// Both are walked together: what the value does not have (quotes, indentation, folded line ends, escapes) is
/// passed over. After an escape of another form (`\u4e00`) the place is near rather than exact.
fn written_offset(written: &str, value: &str, at: usize) -> usize {
    let mut rest = written.char_indices().peekable();
    for (position, wanted) in value.char_indices() {
        let same = |found: char| found == wanted || (wanted == ' ' && found == '\n');
        if position >= at {
            while rest.peek().is_some_and(|&(_, found)| !same(found)) {
                rest.next();
            }
            return rest.peek().map_or(written.len(), |&(offset, _)| offset);
        }
        // What stands between two characters is indentation or an escape; a character that is written in another
        // form is not looked for in all of the rest.
        let mut ahead = rest.clone();
        if ahead.by_ref().take(FARTHEST).any(|(_, found)| same(found)) {
            rest = ahead;
        }
    }
    rest.peek().map_or(written.len(), |&(offset, _)| offset)
}

/// How far apart two characters of a value are written, in characters.
const FARTHEST: usize = 128;

/// All source files of a site, in the order of their paths. A file that did not change is shared with the site before.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Arc<SourceFile>>,
}

/// A place as people read it. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// The file's path relative to the site's folder.
    pub path: &'a str,
    /// The bytes of the file.
    pub bytes: Range<usize>,
    /// Line of the first byte.
    pub line: usize,
    /// Column of the first byte.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column of the end (behind the last character).
    pub end_column: usize,
}

impl Sources {
    /// Puts a file in; its number is its position.
    pub fn add(&mut self, file: impl Into<Arc<SourceFile>>) -> FileId {
        self.files.push(file.into());
        FileId(offset(self.files.len() - 1))
    }

    /// The file with this number.
    pub fn file(&self, file: FileId) -> &SourceFile {
        &self.files[file.0 as usize]
    }

    /// The file with this number, to be shared.
    pub fn shared(&self, file: FileId) -> &Arc<SourceFile> {
        &self.files[file.0 as usize]
    }

    /// The file with this number, to register texts of it. Who shares it keeps it as it was.
    pub fn file_mut(&mut self, file: FileId) -> &mut SourceFile {
        Arc::make_mut(&mut self.files[file.0 as usize])
    }

    /// The files with their numbers.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(number, file)| (FileId(offset(number)), &**file))
    }

    /// The text with this number.
    pub fn text(&self, text: TextId) -> &str {
        self.file(text.file).text(text.index)
    }

    /// The text as its file has it: that which this one was edited from, else the same.
    pub fn unedited(&self, text: TextId) -> TextId {
        TextId { index: self.file(text.file).unedited(text.index), ..text }
    }

    /// The path of the file that holds `span`.
    pub fn path(&self, span: Span) -> &str {
        &self.file(span.text.file).path
    }

    /// The place of `span` in its file.
    pub fn locate(&self, span: Span) -> Location<'_> {
        let file = self.file(span.text.file);
        let bytes = file.bytes(span.text.index, span.range());
        let (line, column) = file.line_and_column(bytes.start);
        let (end_line, end_column) = file.line_and_column(bytes.end);
        Location { path: &file.path, bytes, line, column, end_line, end_column }
    }
}

/// Source files are limited to 4 MiB, so that an offset fits 32 bits.
fn offset(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &str, scalar: &str, value: &str, part: &str, line: usize, column: usize) {
        let mut source = SourceFile::new("a.yml", file);
        let start = file.find(scalar).expect("the scalar is in the file");
        let index = source.add_scalar(start..start + scalar.len(), value);
        let at = value.find(part).expect("the part is in the value");
        let mut sources = Sources::default();
        let file = sources.add(source);
        let span = Span::new(TextId { file, index }, at..at + part.len());
        let location = sources.locate(span);
        assert_eq!((location.line, location.column), (line, column));
    }

    #[test]
    fn a_plain_scalar_is_found_where_it_is_written() {
        check("a: one two\n", "one two", "one two", "two", 1, 8);
    }

    #[test]
    fn a_doubled_quote_counts_once_in_the_value() {
        check("a: 'it''s {% x %}'\n", "'it''s {% x %}'", "it's {% x %}", "{% x %}", 1, 11);
    }

    #[test]
    fn a_folded_scalar_is_found_on_its_line() {
        check("a: >\n  one\n  two\n", ">\n  one\n  two\n", "one two\n", "two", 3, 3);
    }

    #[test]
    fn a_place_in_an_edited_text_is_found_where_it_was_written() {
        let mut source = SourceFile::new("a.md", "one two three four");
        let splices = [Splice { range: 4..7, text: "a longer text".to_owned() }];
        let index = source.add_edited(0, &splices);
        assert_eq!(source.text(index), "one a longer text three four");
        let check = |part: &str, written: &str| {
            let at = source.text(index).find(part).expect("the part is in the text");
            let bytes = source.bytes(index, at..at + part.len());
            assert_eq!(&source.text[bytes], written);
        };
        check("one", "one");
        check("longer", "two");
        check("three", "three");
        check("four", "four");
        check("text three", "two three");
    }

    #[test]
    fn columns_count_characters() {
        check("a: 中文 x\n", "中文 x", "中文 x", "x", 1, 7);
    }
}
