//! What is taken and what is refused, and what becomes of files when the disk fails.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::cell::Cell;
use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

use super::disk::{Disk, RealDisk};
use super::*;
use crate::source::{SourceFile, TextId};

/// A folder with these files, and their texts.
fn site(files: &[(&str, &str)]) -> (TempDir, Sources) {
    let folder = TempDir::new().unwrap();
    let mut sources = Sources::default();
    for (path, bytes) in files {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, bytes).unwrap();
        let text = bytes::text_of(bytes.as_bytes()).unwrap();
        sources.add(SourceFile::new(*path, text));
    }
    (folder, sources)
}

/// An edit of the first place of `old` in a file.
fn edit(sources: &Sources, path: &str, old: &str, new: &str) -> Edit {
    let file = find(sources, path).unwrap();
    let at = sources.file(file).text.find(old).unwrap();
    let span = Span::new(TextId::whole(file), at..at + old.len());
    Edit { span, text: new.to_owned() }
}

/// All files of a folder with their texts.
fn tree(root: &Path) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
    let text = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        let is_folder = entry.file_type().is_dir();
        let text =
            if is_folder { String::new() } else { fs::read_to_string(entry.path()).unwrap() };
        (path, text)
    };
    files.map(text).collect()
}

#[test]
fn edits_of_the_same_piece_are_refused_unless_they_are_the_same() {
    let (_folder, sources) = site(&[("a.md", "one two three")]);
    let mut changes = ChangeSet::new(&sources);
    let mut take = |old: &str, new: &str| changes.edit(&edit(&sources, "a.md", old, new));
    assert_eq!(take("two", "2"), Ok(()));
    assert_eq!(take("two", "2"), Ok(()));
    assert_eq!(take("two", "zwei"), Err(Refused::Overlap(("a.md".to_owned(), 1))));
    assert_eq!(take("wo th", ""), Err(Refused::Overlap(("a.md".to_owned(), 1))));
    assert_eq!(take(" three", ""), Ok(()));
    assert_eq!(changes.texts()["a.md"].as_deref(), Some("one 2"));
}

#[test]
fn a_fix_is_taken_whole_or_not_at_all() {
    let (_folder, sources) = site(&[("a.md", "one two"), ("b.md", "three")]);
    let mut changes = ChangeSet::new(&sources);
    changes.edit(&edit(&sources, "a.md", "two", "2")).unwrap();
    let edits = vec![edit(&sources, "b.md", "three", "3"), edit(&sources, "a.md", "two", "x")];
    let fix = Fix { what: "write numbers".to_owned(), edits };
    assert!(matches!(changes.fix(&fix), Err(Refused::Overlap(_))));
    assert_eq!(changes.texts().keys().collect::<Vec<_>>(), ["a.md"]);
    let edits = vec![edit(&sources, "b.md", "three", "3"), edit(&sources, "a.md", "one", "1")];
    changes.fix(&Fix { what: "write numbers".to_owned(), edits }).unwrap();
    assert_eq!(changes.texts()["a.md"].as_deref(), Some("1 2"));
    assert_eq!(changes.texts()["b.md"].as_deref(), Some("3"));
}

#[test]
fn a_text_in_quotes_is_edited_inside_of_them() {
    let (folder, mut sources) = site(&[("a.yml", "a: 'see /x'\nb: \"\\x41 /x\"\n")]);
    let file = find(&sources, "a.yml").unwrap();
    let single = sources.file_mut(file).add_scalar(3..11, "see /x");
    let double = sources.file_mut(file).add_scalar(15..25, "A /x");
    let mut changes = ChangeSet::new(&sources);
    let place = |index, range| Span::new(TextId { file, index }, range);
    changes.edit(&Edit { span: place(single, 4..6), text: "it's".to_owned() }).unwrap();
    let refused = changes.edit(&Edit { span: place(double, 2..4), text: "/y".to_owned() });
    assert_eq!(refused, Err(Refused::OtherForm(("a.yml".to_owned(), 2))));
    changes.rewrite(folder.path()).unwrap().apply().unwrap();
    let text = fs::read_to_string(folder.path().join("a.yml")).unwrap();
    assert_eq!(text, "a: 'see it''s'\nb: \"\\x41 /x\"\n");
}

#[test]
fn names_that_leave_the_folder_are_refused() {
    let sources = Sources::default();
    let mut changes = ChangeSet::new(&sources);
    for name in ["../a", "/a", "a/../b", "a\\b", "con"] {
        assert!(matches!(changes.add(name, ""), Err(Refused::Name(..))), "{name}");
        assert!(matches!(changes.rename("a", name), Err(Refused::Name(..))), "{name}");
        assert!(matches!(changes.remove(name), Err(Refused::Name(..))), "{name}");
    }
    changes.rename("a", "b").unwrap();
    assert_eq!(changes.add("b", ""), Err(Refused::Taken("b".to_owned())));
    assert_eq!(changes.remove("a"), Err(Refused::Twice("a".to_owned())));
}

#[test]
fn a_file_that_changed_in_between_stops_everything() {
    let (folder, sources) = site(&[("a.md", "one"), ("b.md", "two")]);
    let mut changes = ChangeSet::new(&sources);
    changes.edit(&edit(&sources, "a.md", "one", "1")).unwrap();
    changes.edit(&edit(&sources, "b.md", "two", "2")).unwrap();
    let rewrite = changes.rewrite(folder.path()).unwrap();
    fs::write(folder.path().join("b.md"), "zwei").unwrap();
    let error = rewrite.apply().unwrap_err().to_string();
    assert_eq!(error, "`b.md` has changed since it was read: try again; nothing has been changed");
    assert_eq!(fs::read_to_string(folder.path().join("a.md")).unwrap(), "one");
    assert!(matches!(changes.rewrite(folder.path()), Err(EditError::Changed(_))));
}

#[test]
fn nothing_is_put_over_a_file_that_is_there() {
    let (folder, sources) = site(&[("a.md", "one"), ("b.md", "two")]);
    let mut changes = ChangeSet::new(&sources);
    changes.rename("a.md", "b.md").unwrap();
    assert!(matches!(changes.rewrite(folder.path()), Err(EditError::Exists(_))));
    let mut changes = ChangeSet::new(&sources);
    changes.add("c.md", "three").unwrap();
    let rewrite = changes.rewrite(folder.path()).unwrap();
    fs::write(folder.path().join("c.md"), "somebody").unwrap();
    assert!(matches!(rewrite.apply(), Err(ApplyError::Refused(EditError::Exists(_)))));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let (folder, sources) = site(&[("site/a.md", "one"), ("b.md", "two")]);
    let root = folder.path().join("site");
    std::os::unix::fs::symlink(folder.path().join("b.md"), root.join("b.md")).unwrap();
    std::os::unix::fs::symlink(folder.path(), root.join("up")).unwrap();
    let outside = |change: &dyn Fn(&mut ChangeSet<'_>)| {
        let mut changes = ChangeSet::new(&sources);
        change(&mut changes);
        matches!(changes.rewrite(&root), Err(EditError::Outside(_)))
    };
    assert!(outside(&|changes| changes.remove("b.md").unwrap()));
    assert!(outside(&|changes| changes.remove("up/b.md").unwrap()));
    assert!(outside(&|changes| changes.rename("a.md", "up/a.md").unwrap()));
    assert!(outside(&|changes| changes.add("up/c.md", "").unwrap()));
}

#[test]
fn folders_come_and_go_with_their_files() {
    let (folder, sources) = site(&[("a/b/c.md", "one"), ("a/d.md", "two")]);
    let mut changes = ChangeSet::new(&sources);
    changes.rename("a/b/c.md", "x/y/c.md").unwrap();
    changes.edit(&edit(&sources, "a/b/c.md", "one", "1")).unwrap();
    changes.add("z/new.md", "new").unwrap();
    changes.rewrite(folder.path()).unwrap().apply().unwrap();
    let paths: Vec<String> = tree(folder.path()).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["", "a", "a/d.md", "x", "x/y", "x/y/c.md", "z", "z/new.md"]);
}

/// A disk that fails at one operation, or at all from there.
struct Failing {
    left: Cell<usize>,
    for_good: bool,
}

impl Failing {
    fn next(&self) -> io::Result<()> {
        match self.left.get() {
            0 => {
                if !self.for_good {
                    self.left.set(usize::MAX);
                }
                Err(io::Error::other("no"))
            }
            usize::MAX => Ok(()),
            left => {
                self.left.set(left - 1);
                Ok(())
            }
        }
    }
}

impl Disk for Failing {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.next().and_then(|()| RealDisk.create_folder(folder))
    }
    fn write_new(&self, file: &Path, bytes: &[u8], like: Option<&Path>) -> io::Result<()> {
        self.next().and_then(|()| RealDisk.write_new(file, bytes, like))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.next().and_then(|()| RealDisk.rename(from, to))
    }
    fn remove_file(&self, file: &Path) -> io::Result<()> {
        self.next().and_then(|()| RealDisk.remove_file(file))
    }
    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.next().and_then(|()| RealDisk.remove_folder(folder))
    }
}

/// Changes of every kind, on a disk that fails at the operation of this number; what was said, the tree before and
/// after.
#[allow(clippy::type_complexity, reason = "two trees")]
fn failing(
    at: usize,
    for_good: bool,
) -> (Result<(), ApplyError>, Vec<(String, String)>, Vec<(String, String)>) {
    let (folder, sources) = site(&[
        ("a.md", "one"),
        ("b/b.md", "two"),
        ("c.md", "three"),
        ("d.md", "four"),
        ("e.md", "five"),
    ]);
    let mut changes = ChangeSet::new(&sources);
    changes.edit(&edit(&sources, "a.md", "one", "1")).unwrap();
    changes.edit(&edit(&sources, "b/b.md", "two", "2")).unwrap();
    changes.rename("b/b.md", "x/y/b.md").unwrap();
    changes.rename("c.md", "x/c.md").unwrap();
    changes.remove("d.md").unwrap();
    changes.add("z/new.md", "new").unwrap();
    let rewrite = changes.rewrite(folder.path()).unwrap();
    let before = tree(folder.path());
    let disk = Failing { left: Cell::new(at), for_good };
    let outcome = rewrite.apply_on(&disk);
    (outcome, before, tree(folder.path()))
}

#[test]
fn a_failure_in_the_middle_leaves_all_as_it_was() {
    for at in 0..100 {
        let (outcome, before, after) = failing(at, false);
        match outcome {
            Err(ApplyError::Failed { left, .. }) => {
                assert_eq!(left, [""; 0], "operation {at}");
                assert_eq!(before, after, "operation {at}");
            }
            Err(ApplyError::Leftover(files)) => assert_eq!(files.len(), 1),
            Err(other) => panic!("{other}"),
            Ok(()) if after.iter().any(|(path, _)| path == "b") => {
                // An empty folder that stays is no failure.
            }
            Ok(()) => {
                assert!(at > 10, "there are more operations than {at}");
                return;
            }
        }
    }
    panic!("it never ends");
}

#[test]
fn what_cannot_be_undone_is_told() {
    let mut told = 0;
    for at in 0..20 {
        let (outcome, before, after) = failing(at, true);
        let Err(error @ ApplyError::Failed { .. }) = outcome else { continue };
        let is_same =
            |(path, text): &&(String, String)| after.contains(&(path.clone(), text.clone()));
        let text = error.to_string();
        for (path, _) in before.iter().filter(|file| !is_same(file)) {
            assert!(text.contains(&format!("`{path}`")), "operation {at}: {path}: {text}");
            told += 1;
        }
    }
    assert!(told > 5);
}
