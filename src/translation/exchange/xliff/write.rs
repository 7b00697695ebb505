//! Texts as XLIFF.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::marked::{Placed, Places};
use super::super::{End, Entry, Handover, HandoverFile, State};
use super::{CORE, NEW, REPLACES, is_allowed};

/// Writes a document.
pub(in super::super) fn write(handover: &Handover) -> String {
    let (from, to) = (attribute(&handover.from), attribute(&handover.to));
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<xliff xmlns=\"{}\" version=\"2.1\" srcLang=\"{from}\" trgLang=\"{to}\" xml:space=\"preserve\">",
        CORE[0]
    );
    for (number, file) in (1..).zip(&handover.files) {
        self::file(&mut out, number, file);
    }
    out.push_str("</xliff>\n");
    out
}

fn file(out: &mut String, number: usize, file: &HandoverFile) {
    let path = attribute(&file.path);
    // A text is one segment: what comes back in several could not be put together.
    let _ = writeln!(out, "  <file id=\"f{number}\" original=\"{path}\" canResegment=\"no\">");
    for entry in &file.entries {
        unit(out, &file.path, entry);
    }
    out.push_str("  </file>\n");
}

fn unit(out: &mut String, path: &str, entry: &Entry) {
    let places = Places::new(&entry.source, entry.target.as_deref());
    let (id, key) = (attribute(&entry.id), attribute(&entry.key));
    let _ = writeln!(out, "    <unit id=\"{id}\" name=\"{key}\">\n      <notes>");
    note(out, "location", &format!("{path}:{}", entry.line));
    note(out, "section", &entry.section);
    note(out, "previous-source", entry.before.as_deref().unwrap_or_default());
    out.push_str("      </notes>\n");
    original_data(out, &places);
    let (state, more) = match entry.state {
        State::Translated | State::Identical | State::Wordless => ("translated", ""),
        State::Stale => ("initial", " subState=\"variorum:stale\""),
        State::Fallback => ("initial", " subState=\"variorum:fallback\""),
        State::Missing => ("initial", ""),
    };
    let id = entry.replaces.as_ref().map_or(NEW.to_owned(), |text| format!("{REPLACES}{text}"));
    let _ = writeln!(out, "      <segment id=\"{id}\" state=\"{state}\"{more}>");
    text(out, "source", &places.source);
    if entry.target.is_some() {
        text(out, "target", &places.target);
    }
    out.push_str("      </segment>\n    </unit>\n");
}

fn note(out: &mut String, category: &str, text: &str) {
    if !text.is_empty() {
        let text = attribute(text).replace("&#10;", "\n");
        let _ = writeln!(out, "        <note category=\"{category}\">{text}</note>");
    }
}

/// What everything protected is.
fn original_data(out: &mut String, places: &Places<'_>) {
    let mut data = BTreeMap::new();
    for placed in places.source.iter().chain(&places.target) {
        if let Some((id, end)) = &placed.place {
            data.entry((id.len(), id, *end as u8)).or_insert((*end, placed.text));
        }
    }
    if data.is_empty() {
        return;
    }
    out.push_str("      <originalData>\n");
    for ((_, id, _), (end, text)) in data {
        let _ = write!(out, "        <data id=\"{}\">", reference(id, end));
        content(out, text);
        out.push_str("</data>\n");
    }
    out.push_str("      </originalData>\n");
}

/// The name of what stands for an end of something.
fn reference(id: &str, end: End) -> String {
    match end {
        End::Whole | End::Open => format!("d{id}"),
        End::Close => format!("d{id}e"),
    }
}

fn text(out: &mut String, element: &str, pieces: &[Placed<'_>]) {
    let _ = write!(out, "        <{element}>");
    for placed in pieces {
        match &placed.place {
            None => content(out, placed.text),
            Some((id, End::Whole)) => {
                let _ = write!(out, "<ph id=\"{id}\" dataRef=\"d{id}\"{FIXED}/>");
            }
            Some((id, End::Open)) => {
                let _ = write!(
                    out,
                    "<pc id=\"{id}\" dataRefStart=\"d{id}\" dataRefEnd=\"d{id}e\"{FIXED}>"
                );
            }
            Some((_, End::Close)) => out.push_str("</pc>"),
        }
    }
    let _ = writeln!(out, "</{element}>");
}

/// What programs for translators are told of places: each has to come back once.
const FIXED: &str = " canCopy=\"no\" canDelete=\"no\"";

/// Text between tags. What XML cannot hold is an element.
fn content(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            c if is_allowed(c) => out.push(c),
            c => {
                let _ = write!(out, "<cp hex=\"{:04X}\"/>", u32::from(c));
            }
        }
    }
}

/// Text of an attribute. What XML cannot hold is gone, since nothing is read from there that can have it.
fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            c if is_allowed(c) => out.push(c),
            _ => out.push('\u{fffd}'),
        }
    }
    out
}
