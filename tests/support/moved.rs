//! Moves by chance, and whole sites before and after them.

#![allow(dead_code, reason = "each test uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::edits::Dice;
use crate::program::{Files, files, program};
use crate::shared::say;

/// A copy of the corpus with its configuration, to be changed. Assets are none of it.
pub(crate) fn with_corpus_in(corpus: &Path) -> (TempDir, PathBuf) {
    let folder = crate::folder::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    for part in ["content", "data", "translations"] {
        for entry in walkdir::WalkDir::new(corpus.join(part)).into_iter().map(Result::unwrap) {
            let to = root.join(entry.path().strip_prefix(corpus).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).unwrap();
            } else {
                fs::copy(entry.path(), to).unwrap();
            }
        }
    }
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/variorum.yml");
    // Pages for old addresses are left out of all comparisons, and are most of the files.
    let text = fs::read_to_string(own).unwrap().replace("pages: true", "pages: false");
    assert!(text.contains("pages: false"));
    fs::write(root.join("variorum.yml"), text).unwrap();
    (folder, root)
}

/// Builds a site into a folder beside it.
pub(crate) fn build(root: &Path, arguments: &[&str]) -> (Files, String) {
    let out = crate::folder::tempdir().unwrap();
    let output = program(root)
        .args(["build", "--quiet", "--out"])
        .arg(out.path().join("o"))
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code().is_some_and(|code| code < 2), "{said}");
    (files(&out.path().join("o")), said)
}

/// A move: the routes before and after.
type Move = (String, String);

/// Moves so many pages by chance, each into a new name in its folder, and holds the whole site before beside the one
/// after: every file has to be there with the same bytes, but for the addresses.
pub(crate) fn check(name: &str, root: &Path, arguments: &[&str], dice: &mut Dice, count: usize) {
    let (before, _) = build(root, arguments);
    let mut moves: Vec<Move> = Vec::new();
    for number in 0..count {
        moves.extend(one_move(root, dice, number));
    }
    assert!(!moves.is_empty(), "{name}: nothing was moved");
    let (after, _) = build(root, arguments);
    let (before, after) = (before_names(&before, &[]), before_names(&after, &moves));
    let differ: Vec<&String> =
        before.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    let shown = &differ[..differ.len().min(5)];
    let first = differ.first().map(|path| {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let after = after.get(*path).cloned();
        first_difference(&text(before[*path].clone()), &text(after.unwrap_or_default()))
    });
    let count = differ.len();
    let first = first.unwrap_or_default();
    assert!(count == 0, "{name}: {moves:?}\n{count}: {shown:#?}\n{first}");
    say(&format!("{name}: {} moves, {} files alike", moves.len(), before.len()));
}

/// Moves one page, and says so.
fn one_move(root: &Path, dice: &mut Dice, number: usize) -> Option<Move> {
    let content = root.join("content");
    let mut pages: Vec<String> = files(&content).into_keys().collect();
    pages.retain(|path| path.ends_with(".md") && path != "index.md" && !path.contains("README"));
    let page = dice.pick(&pages).clone();
    let route = page.strip_suffix("/index.md").or(page.strip_suffix(".md"))?.to_owned();
    let (folder, leaf) = route.rsplit_once('/').unwrap_or(("", &route));
    // Lists without an order of their own go by the names: the new one sorts as the old one does.
    let new = format!("{folder}/{leaf}-{number}").trim_start_matches('/').to_owned();
    let output = program(root)
        .args(["mv", &format!("/{route}"), &format!("/{new}"), "--yes"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{route} → {new}: {said}");
    assert!(!said.contains("note:"), "{route} → {new}: {said}");
    Some((route, new))
}

/// The site with the old addresses for the new ones, which nothing else is called by. Left out is what necessarily
/// differs: pages for old addresses and the table of them, and the search index, whose files are called after their
/// contents.
fn before_names(site: &Files, moves: &[Move]) -> Files {
    let is_page = |path: &String, bytes: &[u8]| {
        !path.starts_with("search/") && path != "redirects.json" && !is_redirect(bytes)
    };
    let kept = site.iter().filter(|(path, bytes)| is_page(path, bytes));
    let renamed = kept.map(|(path, bytes)| {
        let mut name = format!("/{path}");
        let mut text = String::from_utf8_lossy(bytes).into_owned();
        for (old, new) in moves.iter().rev() {
            name = replaced(&name, new, old);
            text = replaced(&text, new, old);
        }
        let path = name.trim_start_matches('/').to_owned();
        let bytes = if text.contains('\u{fffd}') { bytes.clone() } else { text.into_bytes() };
        (path.clone(), neutral(&path, &bytes))
    });
    renamed.collect()
}

/// Whether a page only leads on to another.
fn is_redirect(bytes: &[u8]) -> bool {
    bytes.len() < 4_000 && String::from_utf8_lossy(bytes).contains("http-equiv=\"refresh\"")
}

/// Lists of all pages are in the order of their addresses: their lines are compared in an order of their own. A record
/// names the old addresses of its page, of which there is one more; the report counts them, and names files by their paths.
pub(crate) fn neutral(path: &str, bytes: &[u8]) -> Vec<u8> {
    if path.ends_with("page.json") {
        let mut record: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        record.as_object_mut().unwrap().remove("redirects");
        return record.to_string().into_bytes();
    }
    if path == "report.json" {
        return tally(bytes);
    }
    if !path.ends_with(".xml") && !path.ends_with(".txt") {
        return bytes.to_vec();
    }
    let text = String::from_utf8_lossy(bytes);
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines.join("\n").into_bytes()
}

/// What a report says without places: its rows, each as a line without names of files.
fn tally(report: &[u8]) -> Vec<u8> {
    let report: serde_json::Value = serde_json::from_slice(report).unwrap();
    let row = |row: &serde_json::Value| {
        let keys = ["code", "severity", "occurrences", "language", "string", "reason", "version"];
        keys.map(|key| row.get(key).map_or_else(String::new, ToString::to_string)).join(" ")
    };
    // A name with a number is unlike any title.
    let counts = |row: &&serde_json::Value| row["code"] != "file-name-unlike-title";
    let rows = |key: &str| {
        report[key].as_array().unwrap().iter().filter(counts).map(row).collect::<Vec<_>>()
    };
    let mut lines = [rows("fallbacks"), rows("findings")].concat();
    lines.sort_unstable();
    lines.join("\n").into_bytes()
}

/// The text with one route for another wherever it stands in an address or a path.
fn replaced(text: &str, old: &str, new: &str) -> String {
    let old = format!("/{old}");
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = text[at..].find(&old) {
        let (start, end) = (at + found, at + found + old.len());
        let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '@');
        result.push_str(&text[at..start]);
        if text[end..].chars().next().is_some_and(goes_on) {
            result.push_str(&old);
        } else {
            result.push('/');
            result.push_str(new);
        }
        at = end;
    }
    result.push_str(&text[at..]);
    result
}

fn first_difference(one: &str, other: &str) -> String {
    let pair = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    let (one, other) = pair.unwrap_or((one, other));
    let at = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let around = |text: &str| {
        let (start, end) =
            (text.floor_char_boundary(at.saturating_sub(100)), text.floor_char_boundary(at + 200));
        text[start..end].to_owned()
    };
    format!("- {}\n+ {}", around(one), around(other))
}
