//! A rewrite as a diff in git's form, which `git apply` and `patch -p1` take.

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

use super::rewrite::{Rewrite, Rewritten, State};

/// How many lines are shown around what differs.
const CONTEXT: usize = 3;

impl Rewrite {
    /// What differs, as a diff in git's form; bytes, as files may have any.
    pub fn diff(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.files().iter().for_each(|file| file_diff(&mut out, file));
        out
    }
}

fn file_diff(out: &mut Vec<u8>, file: &Rewritten) {
    let empty = State { path: String::new(), bytes: Vec::new() };
    let before = file.before.as_ref().unwrap_or(&empty);
    let after = file.after.as_ref().unwrap_or(&empty);
    let name = |side: &str, state: &State, other: &State| {
        quoted(side, if state.path.is_empty() { &other.path } else { &state.path })
    };
    let (old, new) = (lines(&before.bytes), lines(&after.bytes));
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
    let (from, to) = (name("a/", before, after), name("b/", after, before));
    say(out, &format!("diff --git {from} {to}"));
    header(out, file, &old, &operations);
    if before.bytes == after.bytes {
        return;
    }
    say(out, &format!("--- {}", side("a/", before)));
    say(out, &format!("+++ {}", side("b/", after)));
    for group in group_diff_ops(operations, CONTEXT) {
        hunk(out, &group, &old, &new);
    }
}

/// The lines of git that tell what becomes of the file itself.
fn header(out: &mut Vec<u8>, file: &Rewritten, old: &[&[u8]], operations: &[DiffOp]) {
    let mode = if file.executable { "100755" } else { "100644" };
    match (&file.before, &file.after) {
        (None, _) => say(out, &format!("new file mode {mode}")),
        (_, None) => say(out, &format!("deleted file mode {mode}")),
        (Some(before), Some(after)) if before.path != after.path => {
            let likeness = likeness(before, after, old, operations);
            say(out, &format!("similarity index {likeness}%"));
            say(out, &format!("rename from {}", quoted("", &before.path)));
            say(out, &format!("rename to {}", quoted("", &after.path)));
        }
        _ => {}
    }
}

/// How many of a hundred bytes are the same.
fn likeness(before: &State, after: &State, old: &[&[u8]], operations: &[DiffOp]) -> usize {
    let all = before.bytes.len().max(after.bytes.len());
    if before.bytes == after.bytes || all == 0 {
        return 100;
    }
    let equal = operations.iter().filter_map(|operation| match operation {
        DiffOp::Equal { old_index, len, .. } => Some(&old[*old_index..old_index + len]),
        _ => None,
    });
    let same: usize = equal.flatten().map(|line| line.len()).sum();
    (same * 100 / all).min(99)
}

fn hunk(out: &mut Vec<u8>, group: &[DiffOp], old: &[&[u8]], new: &[&[u8]]) {
    let (Some(first), Some(last)) = (group.first(), group.last()) else { return };
    let before = first.old_range().start..last.old_range().end;
    let after = first.new_range().start..last.new_range().end;
    say(out, &format!("@@ -{} +{} @@", counted(&before), counted(&after)));
    for operation in group {
        let (old, new) = (&old[operation.old_range()], &new[operation.new_range()]);
        if matches!(operation, DiffOp::Equal { .. }) {
            old.iter().for_each(|text| line(out, b' ', text));
            continue;
        }
        old.iter().for_each(|text| line(out, b'-', text));
        new.iter().for_each(|text| line(out, b'+', text));
    }
}

/// The first line, from 1, and how many there are. Where there are none it is the line before.
fn counted(range: &std::ops::Range<usize>) -> String {
    match range.len() {
        0 => format!("{},0", range.start),
        1 => format!("{}", range.start + 1),
        length => format!("{},{length}", range.start + 1),
    }
}

fn line(out: &mut Vec<u8>, mark: u8, text: &[u8]) {
    out.push(mark);
    out.extend_from_slice(text);
    if !text.ends_with(b"\n") {
        out.extend_from_slice(b"\n\\ No newline at end of file\n");
    }
}

/// The name of a file in one of the two states.
fn side(side: &str, state: &State) -> String {
    if state.path.is_empty() { "/dev/null".to_owned() } else { quoted(side, &state.path) }
}

/// A name as programs read it. With blanks it is quoted, as they could not tell where it ends; what else would have to
/// be quoted, no name of a site has.
fn quoted(side: &str, path: &str) -> String {
    if path.contains(' ') { format!("\"{side}{path}\"") } else { format!("{side}{path}") }
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n').collect()
}

fn say(out: &mut Vec<u8>, line: &str) {
    out.extend_from_slice(line.as_bytes());
    out.push(b'\n');
}
