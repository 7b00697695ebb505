//! Changes of files: what `apply` does is what `git apply` and `patch` make of the diff, whatever is changed.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/folder.rs"]
mod folder;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use variorum::diagnostic::Edit;
use variorum::edit::ChangeSet;
use variorum::source::{FileId, SourceFile, Sources, Span, TextId};

type Files = BTreeMap<String, Vec<u8>>;

fn write(root: &Path, files: &Files) {
    for (path, bytes) in files {
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
}

fn read(root: &Path) -> Files {
    let files = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    let path = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    files.map(|entry| (path(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

/// The text of bytes, as the program reads them.
fn text(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).unwrap();
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

fn sources(files: &Files) -> Sources {
    let mut sources = Sources::default();
    for (path, bytes) in files {
        sources.add(SourceFile::new(&**path, text(bytes)));
    }
    sources
}

/// Feeds a diff to a program in a folder; nothing where there is no such program.
fn feed(program: &str, arguments: &[&str], folder: &Path, diff: &[u8]) -> Option<()> {
    let child = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        let _ = writeln!(std::io::stdout(), "without {program}: its part is not tried");
        return None;
    };
    child.stdin.take().unwrap().write_all(diff).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let out = String::from_utf8_lossy(&output.stdout);
    let diff = String::from_utf8_lossy(diff);
    assert!(output.status.success(), "{program}: {said}{out}\n{diff}");
    Some(())
}

/// Makes the changes in three ways, which have to come to the same files; returns them with the diff.
fn check(files: &Files, change: &dyn Fn(&mut ChangeSet<'_>)) -> (Files, String) {
    let sources = sources(files);
    let mut changes = ChangeSet::new(&sources);
    change(&mut changes);
    let own = folder::tempdir().unwrap();
    write(own.path(), files);
    let rewrite = changes.rewrite(own.path()).unwrap();
    let diff = rewrite.diff();
    rewrite.apply().unwrap();
    let after = read(own.path());
    for (path, text_after) in changes.texts() {
        let found = after.get(&path).map(|bytes| text(bytes));
        assert_eq!(found, text_after, "{path}");
    }
    if !diff.is_empty() {
        let programs: [(&str, &[&str]); 2] =
            [("git", &["apply"]), ("patch", &["-p1", "--binary", "--no-backup-if-mismatch"])];
        for (program, arguments) in programs {
            let other = folder::tempdir().unwrap();
            write(other.path(), files);
            if program == "git" {
                feed(program, &["apply", "--check"], other.path(), &diff);
            }
            if feed(program, arguments, other.path(), &diff).is_some() {
                let shown = String::from_utf8_lossy(&diff);
                assert_eq!(read(other.path()), after, "{program}\n{shown}");
            }
        }
    }
    (after, String::from_utf8_lossy(&diff).into_owned())
}

fn files(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

fn edit(file: u32, range: std::ops::Range<usize>, text: &str) -> Edit {
    Edit { span: Span::new(TextId::whole(FileId(file)), range), text: text.to_owned() }
}

#[test]
fn a_diff_has_gits_form() {
    let files = files(&[("a b.md", "one\ntwo\nthree"), ("c.md", "x\n"), ("d.md", "gone\n")]);
    let (_, diff) = check(&files, &|changes| {
        changes.edit(&edit(0, 4..7, "2")).unwrap();
        changes.rename("c.md", "e/c.md").unwrap();
        changes.remove("d.md").unwrap();
        changes.add("new.md", "new").unwrap();
    });
    let expected = r#"diff --git "a/a b.md" "b/a b.md"
--- "a/a b.md"
+++ "b/a b.md"
@@ -1,3 +1,3 @@
 one
-two
+2
 three
\ No newline at end of file
diff --git a/c.md b/e/c.md
similarity index 100%
rename from c.md
rename to e/c.md
diff --git a/d.md b/d.md
deleted file mode 100644
--- a/d.md
+++ /dev/null
@@ -1 +0,0 @@
-gone
diff --git a/new.md b/new.md
new file mode 100644
--- /dev/null
+++ b/new.md
@@ -0,0 +1 @@
+new
\ No newline at end of file
"#;
    assert_eq!(diff, expected);
}

#[test]
fn a_file_is_moved_and_edited_at_once() {
    let files = files(&[("a.md", "\u{feff}one\r\ntwo\r\nthree\r\n"), ("文/b.md", "x")]);
    let (after, _) = check(&files, &|changes| {
        changes.rename("a.md", "文/a.md").unwrap();
        changes.edit(&edit(0, 4..7, "2\n2½")).unwrap();
    });
    assert_eq!(after["文/a.md"], "\u{feff}one\r\n2\r\n2½\r\nthree\r\n".as_bytes());
}

#[test]
fn a_file_can_lose_and_get_its_last_line_end() {
    for (before, range, text) in [("a\nb", 3..3, "\n"), ("a\nb\n", 3..4, ""), ("a\n", 0..2, "")] {
        check(&files(&[("a.md", before)]), &|changes| {
            changes.edit(&edit(0, range.clone(), text)).unwrap();
        });
    }
}

/// What is done with a file by chance.
#[derive(Clone, Debug)]
enum Act {
    Edit(usize, usize, String),
    Move,
    Remove,
    Add(String),
}

fn acts() -> impl Strategy<Value = Vec<(usize, Act)>> {
    let text = "[a-c\\n]{0,6}|中\\n文";
    let act = prop_oneof![
        6 => (0..200_usize, 0..8_usize, text).prop_map(|(at, length, new)| Act::Edit(at, length, new)),
        1 => Just(Act::Move),
        1 => Just(Act::Remove),
        1 => text.prop_map(Act::Add),
    ];
    proptest::collection::vec((0..3_usize, act), 1..8)
}

/// A file of lines that are often alike, with or without a mark, of one kind of line end or of two. It is never empty:
/// `patch` does not remove empty files.
fn content() -> impl Strategy<Value = String> {
    let line = ("[a-c]{0,2}|中", prop_oneof![3 => Just("\n"), 1 => Just("\r\n")]);
    let lines = proptest::collection::vec(line, 0..30);
    (any::<bool>(), lines, "[a-c]").prop_map(|(mark, lines, end)| {
        let lines: String = lines.into_iter().map(|(text, end)| text + end).collect();
        format!("{}{lines}{end}", if mark { "\u{feff}" } else { "" })
    })
}

/// Does what can be done of an act; what overlaps is refused, and left.
fn act(changes: &mut ChangeSet<'_>, sources: &Sources, number: usize, file: usize, act: &Act) {
    let (id, known) = sources.files().nth(file).unwrap();
    match act {
        Act::Edit(at, length, new) => {
            let start = known.text.floor_char_boundary(*at);
            let end = known.text.floor_char_boundary((start + length).min(known.text.len()));
            let span = Span::new(TextId::whole(id), start..end.max(start));
            let _ = changes.edit(&Edit { span, text: new.clone() });
        }
        Act::Move => drop(changes.rename(&known.path, &format!("to/{}", known.path))),
        Act::Remove => drop(changes.remove(&known.path)),
        Act::Add(text) => changes.add(&format!("new/{number}.md"), text.clone()).unwrap(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_applied_is_what_the_diff_says(
        contents in proptest::array::uniform3(content()),
        acts in acts(),
    ) {
        let names = ["a.md", "b c/b.md", "c.md"];
        let files: Files =
            names.iter().zip(contents).map(|(name, text)| ((*name).to_owned(), text.into_bytes())).collect();
        let known = sources(&files);
        check(&files, &|changes| {
            for (number, (file, one)) in acts.iter().enumerate() {
                act(changes, &known, number, *file, one);
            }
        });
    }
}
