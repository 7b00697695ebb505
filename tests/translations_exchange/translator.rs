//! A translator who writes every word from its end, and leaves alone what is no word.

use std::collections::BTreeMap;

use variorum::translation::exchange::{PieceKind, protect};

pub(crate) const FORMATS: [&str; 3] = ["xliff", "po", "csv"];

/// A file with everything in it translated.
pub(crate) fn translated(format: &str, file: &str) -> String {
    match format {
        "xliff" => xliff(file),
        "po" => po(file),
        _ => table(file, |source, _| Some(backwards(source))),
    }
}

/// A table with a translation for the text that begins so, and for no other.
pub(crate) fn with_target(file: &str, begins: &str, target: &str) -> String {
    table(file, |source, _| Some(if source.starts_with(begins) { target } else { "" }.to_owned()))
}

/// What a file has as translations, by anything that is the same in the next export.
pub(crate) fn targets(format: &str, file: &str) -> BTreeMap<String, String> {
    let mut targets = BTreeMap::new();
    match format {
        "xliff" => {
            for unit in file.split("<unit id=\"").skip(1) {
                let source = between(unit, "<source>", "</source>").unwrap_or_default();
                let target = between(unit, "<target>", "</target>").unwrap_or_default();
                targets.insert(format!("{}{source}", &unit[..16.min(unit.len())]), target.into());
            }
        }
        "po" => {
            for entry in file.split("\n\n").skip(1) {
                let (context, target) = entry.split_once("\nmsgstr ").unwrap();
                let context = context.split_once("msgctxt ").unwrap().1;
                targets.insert(context.to_owned(), string(target));
            }
        }
        _ => {
            table(file, |source, row| {
                targets.insert(format!("{}{}{source}", &row[0], &row[1]), row[6].to_owned());
                None
            });
        }
    }
    targets
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(open)?;
    Some(rest.split_once(close)?.0)
}

/// The words of a text from their ends.
fn backwards(text: &str) -> String {
    let piece = |piece: &variorum::translation::exchange::Piece<'_>| match piece.kind {
        PieceKind::Text => words(piece.text),
        _ => piece.text.to_owned(),
    };
    protect(text).iter().map(piece).collect()
}

fn words(text: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for c in text.chars() {
        if c.is_alphabetic() {
            word.insert(0, c);
        } else {
            out.push_str(&std::mem::take(&mut word));
            out.push(c);
        }
    }
    out + &word
}

fn xliff(file: &str) -> String {
    let mut out = String::new();
    let mut rest = file;
    while let Some(at) = rest.find("<source>") {
        let end = at + rest[at..].find("</source>").unwrap();
        let source = &rest[at + "<source>".len()..end];
        let behind = end + "</source>\n".len();
        out.push_str(&rest[..behind]);
        out.push_str(&format!("        <target>{}</target>\n", xml_words(source)));
        rest = &rest[behind..];
        if rest.trim_start().starts_with("<target>") {
            rest = &rest[rest.find("</target>\n").unwrap() + "</target>\n".len()..];
        }
    }
    out + rest
}

/// The words of XML, without its tags and entities.
fn xml_words(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(stop) = rest.find(['<', '&']) {
        out.push_str(&words(&rest[..stop]));
        let end = if rest[stop..].starts_with('<') { '>' } else { ';' };
        let end = stop + rest[stop..].find(end).unwrap() + 1;
        out.push_str(&rest[stop..end]);
        rest = &rest[end..];
    }
    out + &words(rest)
}

/// A table in which `target` says what stands as translation: nothing leaves the row as it is.
fn table(file: &str, mut target: impl FnMut(&str, &csv::StringRecord) -> Option<String>) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (number, row) in reader.records().enumerate() {
        let row = row.unwrap();
        let target = if number > 0 { target(&row[5], &row) } else { None };
        let cells = row.iter().enumerate().map(|(column, cell)| match &target {
            Some(target) if column == 6 => target.clone(),
            _ => cell.to_owned(),
        });
        writer.write_record(cells).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// What a string of a catalogue says.
fn string(text: &str) -> String {
    let lines = text.lines().map(|line| line.trim().trim_start_matches('"'));
    let joined: String = lines.map(|line| line.strip_suffix('"').unwrap_or(line)).collect();
    let mut said = String::new();
    let mut letters = joined.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => said.extend(letters.next().map(|it| if it == 'n' { '\n' } else { it })),
            letter => said.push(letter),
        }
    }
    said
}

fn po(file: &str) -> String {
    let mut entries = file.split("\n\n");
    let mut out = entries.next().unwrap_or_default().to_owned();
    for entry in entries {
        let (head, _) = entry.split_once("\nmsgstr ").unwrap();
        let (_, source) = head.rsplit_once("\nmsgid ").unwrap();
        let target = backwards(&string(source));
        let escaped = target.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        let head = head.replace("#, fuzzy\n", "");
        out.push_str(&format!("\n\n{head}\nmsgstr \"{escaped}\"\n"));
    }
    out
}
