//! Texts as a catalogue.

use std::fmt::Write as _;

use super::super::{Entry, Handover, State};
use super::{BETWEEN, NOTHING, REPLACES};

/// Writes a catalogue.
pub(in super::super) fn write(handover: &Handover) -> String {
    let mut out = String::from("msgid \"\"\nmsgstr \"\"\n");
    let program = format!("variorum {}", env!("CARGO_PKG_VERSION"));
    let fields = [
        ("Project-Id-Version", &*program),
        ("PO-Revision-Date", "0001-01-01 00:00+0000"),
        ("Last-Translator", "none"),
        ("Language-Team", "none"),
        ("Language", &handover.to.replace('-', "_")),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("X-Source-Language", &handover.from),
    ];
    for (name, value) in fields {
        let _ = writeln!(out, "\"{}\"", escaped(&format!("{name}: {value}\n")));
    }
    for file in &handover.files {
        for entry in &file.entries {
            self::entry(&mut out, &file.path, entry);
        }
    }
    out
}

fn entry(out: &mut String, path: &str, entry: &Entry) {
    out.push('\n');
    comment(out, &entry.key);
    comment(out, &entry.section);
    comment(out, &format!("{REPLACES}{}", entry.replaces.as_deref().unwrap_or(NOTHING)));
    // A path with blanks stands between the signs that keep it together.
    let shown =
        if path.contains(' ') { format!("\u{2068}{path}\u{2069}") } else { path.to_owned() };
    let _ = writeln!(out, "#: {shown}:{}", entry.line);
    if matches!(entry.state, State::Stale | State::Fallback) && entry.target.is_some() {
        out.push_str("#, fuzzy\n");
        if let Some(before) = &entry.before {
            string(out, "#| ", "msgid", before);
        }
    }
    string(out, "", "msgctxt", &format!("{path}{BETWEEN}{}", entry.id));
    string(out, "", "msgid", &entry.source);
    string(out, "", "msgstr", entry.target.as_deref().unwrap_or_default());
}

/// A comment for translators, in one line.
fn comment(out: &mut String, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.is_empty() {
        let _ = writeln!(out, "#. {}", text.replace(char::is_control, "\u{fffd}"));
    }
}

/// A keyword with a string, a line of the file for each line of the text.
fn string(out: &mut String, before: &str, keyword: &str, text: &str) {
    if !text.trim_end_matches('\n').contains('\n') {
        let _ = writeln!(out, "{before}{keyword} \"{}\"", escaped(text));
        return;
    }
    let _ = writeln!(out, "{before}{keyword} \"\"");
    for line in text.split_inclusive('\n') {
        let _ = writeln!(out, "{before}\"{}\"", escaped(line));
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_ascii_control() => {
                let _ = write!(out, "\\{:03o}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}
