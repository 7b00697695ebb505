//! Comma-separated values: a row for each text.

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};

use super::place::{Fault, Places};
use super::{Entry, Flow, FlowPart, Handover, Progress, Replaces, Returned};
use crate::messages::Message;

const COLUMNS: [&str; 9] =
    ["id", "file", "line", "section", "state", "source", "target", "note", "replaces"];

/// What stands in the last column of a text that replaces nothing.
const NOTHING: &str = "nothing";

/// Writes a table.
pub(super) fn write(handover: &Handover) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(COLUMNS);
    for file in &handover.files {
        for entry in &file.entries {
            let _ = writer.write_record(row(&file.path, entry));
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn row(path: &str, entry: &Entry) -> [String; 9] {
    [
        entry.id.clone(),
        path.to_owned(),
        entry.line.to_string(),
        as_text(&entry.section),
        entry.state.name().to_owned(),
        as_text(&entry.source),
        entry.target.as_deref().map(as_text).unwrap_or_default(),
        entry.before.as_ref().map(|before| format!("before: {before}")).unwrap_or_default(),
        entry.replaces.clone().unwrap_or_else(|| NOTHING.to_owned()),
    ]
}

/// A cell that programs for tables take for text: behind an apostrophe where they would compute it, or where the text
/// itself looks so. What translations say is nobody's formula.
fn as_text(text: &str) -> String {
    if is_computed(text) { format!("{AS_TEXT}{text}") } else { text.to_owned() }
}

/// The text of a cell that [`as_text`] has written.
fn as_read(cell: &str) -> &str {
    cell.strip_prefix(AS_TEXT).filter(|text| is_computed(text)).unwrap_or(cell)
}

/// What says that a cell is text.
const AS_TEXT: char = '\'';

fn is_computed(text: &str) -> bool {
    text.trim_start_matches(AS_TEXT).starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Reads a table. Columns are known by their names; commas, semicolons and tabs can stand between them.
pub(super) fn read(name: &str, text: &str) -> Result<Vec<Returned>, Fault> {
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let frequent = |it: &u8| head.bytes().filter(|byte| byte == it).count();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(frequent);
    let delimiter = delimiter.unwrap_or(b',');
    let places = Places::new(text);
    if let Some(open) = unclosed(text) {
        let (message, hint) =
            (Message::new("import-csv-open"), Message::new("import-csv-open-hint"));
        return Err(Fault::new(name, places.point(open), message, hint));
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let Some(Ok(head)) = records.next() else {
        let message = Message::new("import-csv-empty");
        return Err(Fault::new(name, places.point(0), message, Message::new("import-csv-hint")));
    };
    let columns = Columns::of(&head).map_err(|missing| {
        let message = Message::new("import-csv-column").with("column", missing);
        Fault::new(name, places.point(0), message, Message::new("import-csv-hint"))
    })?;
    let mut returned = Vec::new();
    for record in records {
        let record = record.map_err(|error| {
            let at = error.position().map_or(0, |at| byte(at.byte()));
            let message = Message::new("import-csv-row").with("why", error.to_string());
            Fault::new(name, places.point(at), message, Message::new("import-csv-hint"))
        })?;
        let start = record.position().map_or(0, |at| byte(at.byte()));
        let row = Row { text, start, delimiter, record: &record };
        returned.extend(columns.returned(&row, &places));
    }
    Ok(returned)
}

fn byte(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// Where a quote opens that nothing closes. The crate takes the rest of the file for the cell then.
fn unclosed(text: &str) -> Option<usize> {
    let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    if quotes.len().is_multiple_of(2) { None } else { quotes.last().copied() }
}

/// Where the columns are that are read.
struct Columns {
    id: usize,
    file: usize,
    source: usize,
    target: usize,
    replaces: Option<usize>,
}

impl Columns {
    /// Finds the columns; the name of one that is needed and not there.
    fn of(head: &StringRecord) -> Result<Self, &'static str> {
        let find = |name: &'static str| {
            let mut cells = head.iter();
            cells.position(|cell| cell.trim().eq_ignore_ascii_case(name)).ok_or(name)
        };
        Ok(Self {
            id: find("id")?,
            file: find("file")?,
            source: find("source")?,
            target: find("target")?,
            replaces: find("replaces").ok(),
        })
    }

    /// What a row has; nothing for an empty one.
    fn returned(&self, row: &Row<'_>, places: &Places) -> Option<Returned> {
        let cell = |column: usize| row.record.get(column).unwrap_or_default();
        if row.record.iter().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        let flow = |column: usize| Flow {
            at: places.point(row.cell(column)),
            // Programs for tables end lines in their own way.
            parts: vec![FlowPart::Text(as_read(cell(column)).replace("\r\n", "\n"))],
        };
        let at = flow(self.id).at;
        let (source, target) = (flow(self.source), flow(self.target));
        let replaces = self.replaces.map(cell).filter(|digest| !digest.is_empty());
        Some(Returned {
            path: cell(self.file).to_owned(),
            id: cell(self.id).to_owned(),
            at,
            source,
            target,
            replaces: replaces.map(|digest| match digest {
                NOTHING => Replaces::Nothing,
                digest => Replaces::Text(digest.to_owned()),
            }),
            progress: Progress::Done,
        })
    }
}

/// A row of the table, and where it begins.
struct Row<'a> {
    text: &'a str,
    start: usize,
    delimiter: u8,
    record: &'a StringRecord,
}

impl Row<'_> {
    /// The byte that a cell begins at.
    fn cell(&self, column: usize) -> usize {
        let rest = self.text.as_bytes().get(self.start..).unwrap_or_default();
        // The end of the row before is passed over.
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let (mut quoted, mut left) = (false, column);
        for (at, byte) in rest.iter().enumerate().skip(blank) {
            if left == 0 {
                return self.start + at;
            }
            match *byte {
                b'"' => quoted = !quoted,
                byte if byte == self.delimiter && !quoted => left -= 1,
                b'\n' if !quoted => break,
                _ => {}
            }
        }
        self.start + blank
    }
}
