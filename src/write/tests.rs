//! What a published folder holds after builds, edits, failures and refusals.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use super::*;

mod edits;
mod faults;
mod kill;
mod power;

/// What a site or a folder holds: path to text.
type Files = BTreeMap<String, String>;

fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect()
}

/// A folder with an `out` to publish into, and a site beside it.
struct Yard {
    folder: TempDir,
}

impl Yard {
    fn new() -> Self {
        Self::in_folder(TempDir::new())
    }

    /// A yard in memory where the system has such a folder, for tests that bring much to the disk.
    fn in_memory() -> Self {
        let memory = Path::new("/dev/shm");
        Self::in_folder(if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() })
    }

    fn in_folder(folder: std::io::Result<TempDir>) -> Self {
        let folder = folder.expect("a folder for the test");
        fs::create_dir(folder.path().join("site")).expect("a site");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn open(&self) -> Result<Stage, WriteError> {
        self.open_at("out")
    }

    fn open_at(&self, out: &str) -> Result<Stage, WriteError> {
        self.with_target(out, Stage::open)
    }

    fn with_target<T>(&self, out: &str, then: impl FnOnce(&Target<'_>) -> T) -> T {
        then(&Target {
            folder: &self.path(out),
            site: &self.path("site"),
            inputs: &[self.path("site/content")],
            protected: &[self.path("home/me")],
            patience: Duration::from_millis(40),
            durability: Durability::Fast,
        })
    }

    /// Opens `out` for a build that survives a power cut, on this disk.
    fn open_durable(&self, disk: impl disk::Disk + 'static) -> Result<Stage, WriteError> {
        self.with_target("out", |target| {
            let target = Target { durability: Durability::Durable, ..target.clone() };
            Stage::open_on(Box::new(disk), &target)
        })
    }

    fn build(&self, site: &Files) -> Published {
        let stage = self.open().expect("the output is free");
        fill(stage, site).expect("the disk is fine")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// The files below `out`, without the marker.
    fn published(&self) -> Files {
        let out = self.path("out");
        let tree = tree::Tree::of(&out).unwrap_or_default();
        let read = |path: &Path| fs::read_to_string(out.join(path)).unwrap_or_default();
        let all = tree.files.iter().map(|path| (path.to_string_lossy().into_owned(), read(path)));
        all.filter(|(path, _)| path != MARKER).collect()
    }

    /// The marker of `out`: the list of its files with their hashes.
    fn marker(&self) -> String {
        fs::read_to_string(self.path("out").join(MARKER)).unwrap_or_default()
    }

    /// What lies beside the output and the site.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("the folder is there");
        let names = entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

fn fill(stage: Stage, site: &Files) -> Result<Published, WriteError> {
    let put = |(path, text): (&String, &String)| {
        stage.put(OutputPath::new(path).expect("the path is fine"), text.as_bytes())
    };
    let puts: Vec<Put> = site.iter().map(put).collect::<Result<_, _>>()?;
    stage.publish(&puts)
}

#[test]
fn a_first_build_creates_the_folder() {
    let yard = Yard::new();
    let site = files(&[("index.html", "1"), ("a/b/c/index.html", "2"), ("a/b.html", "")]);
    assert_eq!(yard.build(&site), Published { written: 3, unchanged: 0, removed: 0 });
    assert_eq!(yard.published(), site);
    assert_eq!(yard.names(), ["out", "site"]);
}

#[test]
fn what_is_gone_is_removed_with_its_folders() {
    let yard = Yard::new();
    yard.build(&files(&[("a/b/index.html", "1"), ("c.html", "2")]));
    let counted = yard.build(&files(&[("c.html", "2")]));
    assert_eq!(counted, Published { written: 0, unchanged: 1, removed: 1 });
    assert!(!yard.path("out/a").exists());
}

#[test]
fn a_file_and_a_folder_change_roles() {
    let yard = Yard::new();
    for site in [files(&[("a", "1")]), files(&[("a/b", "2")]), files(&[("a", "3")])] {
        yard.build(&site);
        assert_eq!(yard.published(), site);
    }
}

#[cfg(unix)]
#[test]
fn unchanged_files_are_neither_rewritten_nor_touched() {
    use std::os::unix::fs::MetadataExt;
    let yard = Yard::new();
    let identity = |path| {
        let found = fs::metadata(yard.path(path)).expect("the file is there");
        (found.ino(), found.mtime(), found.mtime_nsec())
    };
    yard.build(&files(&[("a/x", "1"), ("y", "1")]));
    let before = (identity("out/a/x"), identity("out/y"), identity("out"));
    yard.build(&files(&[("a/x", "1"), ("y", "1")]));
    assert_eq!((identity("out/a/x"), identity("out/y"), identity("out")), before);
    yard.build(&files(&[("a/x", "1"), ("y", "2")]));
    assert_eq!(identity("out/a/x"), before.0);
    assert_ne!(identity("out/y"), before.1);
}

#[test]
fn files_changed_or_deleted_by_hand_are_mended() {
    let yard = Yard::new();
    let site = files(&[("a", "right"), ("b", "right"), ("c", "right")]);
    yard.build(&site);
    yard.write("out/a", "wrong");
    fs::remove_file(yard.path("out/b")).expect("it is there");
    assert_eq!(yard.build(&site), Published { written: 2, unchanged: 1, removed: 0 });
    assert_eq!(yard.published(), site);
}

#[test]
fn a_durable_build_mends_what_a_crash_after_a_fast_one_has_damaged() {
    let yard = Yard::new();
    let site = files(&[("a", "right"), ("b", "right")]);
    yard.build(&site);
    let file = fs::File::options().write(true).open(yard.path("out/a")).expect("it is there");
    let dated = file.metadata().and_then(|found| found.modified()).expect("it has a date");
    fs::write(yard.path("out/a"), "\0\0\0\0\0").expect("it is ours");
    // As a file system leaves it that has kept names, lengths and dates, and lost bytes.
    file.set_modified(dated - Duration::from_secs(1)).expect("it is ours");
    let stage = yard.open_durable(disk::RealDisk).expect("the output is free");
    let counted = fill(stage, &site).expect("the disk is fine");
    assert_eq!(counted, Published { written: 1, unchanged: 1, removed: 0 });
    assert_eq!(yard.published(), site);
}

#[test]
fn each_file_of_a_tree_can_be_synced_where_a_file_system_cannot() {
    let yard = Yard::new();
    yard.build(&files(&[("a/b/c", "1"), ("d", "2")]));
    #[cfg(unix)]
    std::os::unix::fs::symlink("/nowhere", yard.path("out/link")).expect("a link");
    assert_eq!(disk::sync_each(&yard.path("out")).expect("all can be opened"), 3 + 3);
}

#[test]
fn files_of_others_are_kept_with_their_folders() {
    let yard = Yard::new();
    yard.build(&files(&[("a/x", "1"), ("b", "1")]));
    yard.write("out/a/theirs", "t");
    yard.write("out/.git/objects/00", "g");
    yard.build(&files(&[("b", "2")]));
    let wanted = files(&[("b", "2"), ("a/theirs", "t"), (".git/objects/00", "g")]);
    assert_eq!(yard.published(), wanted);
}

#[cfg(unix)]
#[test]
fn links_and_permissions_of_others_are_kept_as_they_are() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let yard = Yard::new();
    yard.build(&files(&[("a", "1")]));
    yard.write("out/private/key", "k");
    symlink("/nowhere", yard.path("out/link")).expect("a link");
    let closed = || fs::Permissions::from_mode(0o700);
    fs::set_permissions(yard.path("out/private"), closed()).expect("it is ours");
    yard.build(&files(&[("a", "2")]));
    let mode = fs::metadata(yard.path("out/private")).expect("it is kept").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    assert_eq!(fs::read_link(yard.path("out/link")).expect("it is kept"), Path::new("/nowhere"));
}

#[cfg(unix)]
#[test]
fn folders_of_others_that_are_closed_do_not_stop_a_build() {
    use std::os::unix::fs::PermissionsExt;
    let yard = Yard::new();
    let allow = |path, mode| {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(yard.path(path), permissions).expect("it is ours");
    };
    yard.build(&files(&[("a", "1")]));
    yard.write("out/closed/x", "t");
    allow("out/closed", 0o555);
    allow("out", 0o555);
    yard.build(&files(&[("a", "2")]));
    assert_eq!(yard.published(), files(&[("a", "2"), ("closed/x", "t")]));
    assert_eq!(yard.names(), ["out", "site"]);
    allow("out", 0o755);
    allow("out/closed", 0o755);
}

#[test]
fn files_of_others_in_the_way_stop_the_build_and_stay() {
    for (theirs, ours) in [("a", "a/b"), ("a/b", "a")] {
        let yard = Yard::new();
        yard.build(&files(&[("z", "1")]));
        yard.write(&format!("out/{theirs}"), "t");
        let stage = yard.open().expect("the output is free");
        let error = fill(stage, &files(&[(ours, "o")]));
        assert!(matches!(error, Err(WriteError::Obstructed { .. })), "{error:?}");
        assert_eq!(yard.published(), files(&[("z", "1"), (theirs, "t")]));
        assert_eq!(yard.names(), ["out", "site"]);
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_through_a_link() {
    let yard = Yard::new();
    yard.build(&files(&[("a/x", "1"), ("b", "1")]));
    fs::rename(yard.path("out/a"), yard.path("elsewhere")).expect("it is ours");
    for name in ["out/a", ".out.variorum-stage", ".out.variorum-old"] {
        std::os::unix::fs::symlink(yard.path("elsewhere"), yard.path(name)).expect("a link");
    }
    let stage = yard.open().expect("the output is free");
    let error = fill(stage, &files(&[("a/x", "1"), ("b", "2")]));
    assert!(matches!(error, Err(WriteError::Obstructed { .. })), "{error:?}");
    assert_eq!(fs::read_to_string(yard.path("elsewhere/x")).expect("it stays"), "1");
    std::os::unix::fs::symlink(yard.path("elsewhere/x"), yard.path(".out.variorum-lock"))
        .expect("a link");
    assert!(matches!(yard.open(), Err(WriteError::Io { action: "lock", .. })));
    assert_eq!(fs::read_to_string(yard.path("elsewhere/x")).expect("it stays"), "1");
}

#[test]
fn one_path_is_not_put_twice() {
    let yard = Yard::new();
    let path = || OutputPath::new("a").expect("the path is fine");
    let stage = yard.open().expect("the output is free");
    stage.put(path(), b"1").expect("the first is fine");
    assert!(matches!(stage.put(path(), b"2"), Err(WriteError::Taken { .. })));
    drop(stage);
    yard.build(&files(&[("a", "1")]));
    let stage = yard.open().expect("the output is free");
    let puts = [stage.put(path(), b"1"), stage.put(path(), b"1")].map(|put| put.expect("same"));
    assert!(matches!(stage.publish(&puts), Err(WriteError::Taken { .. })));
}

#[test]
fn a_copy_does_not_change_with_its_original() {
    let yard = Yard::new();
    yard.write("site/logo", "1");
    let stage = yard.open().expect("the output is free");
    let path = OutputPath::new("logo").expect("the path is fine");
    let put = stage.copy(path, &yard.path("site/logo")).expect("it is there");
    stage.publish(&[put]).expect("the disk is fine");
    yard.write("site/logo", "2");
    assert_eq!(yard.published(), files(&[("logo", "1")]));
}

#[test]
fn a_stage_that_is_dropped_leaves_no_trace() {
    let yard = Yard::new();
    let site = files(&[("a", "1")]);
    yard.build(&site);
    let stage = yard.open().expect("the output is free");
    stage.put(OutputPath::new("b/c").expect("fine"), b"2").expect("it is written");
    drop(stage);
    assert_eq!(yard.published(), site);
    assert_eq!(yard.names(), ["out", "site"]);
}

#[test]
fn what_a_killed_build_has_left_is_cleaned() {
    let yard = Yard::new();
    yard.build(&files(&[("a", "1")]));
    yard.write(".out.variorum-stage/x/y", "half");
    yard.write(".out.variorum-old/a", "0");
    yard.write(".out.variorum-lock", "999999");
    yard.build(&files(&[("a", "2")]));
    assert_eq!(yard.published(), files(&[("a", "2")]));
    assert_eq!(yard.names(), ["out", "site"]);
}

#[test]
fn a_build_killed_between_two_renames_is_undone() {
    let yard = Yard::new();
    let site = files(&[("a", "1")]);
    yard.build(&site);
    fs::rename(yard.path("out"), yard.path(".out.variorum-old")).expect("it is ours");
    drop(yard.open().expect("the output is free"));
    assert_eq!(yard.published(), site);
    assert_eq!(yard.names(), ["out", "site"]);
}

#[test]
fn two_builds_into_one_folder_exclude_each_other() {
    let yard = Yard::new();
    let first = yard.open().expect("the output is free");
    let error = yard.open().err().expect("it is held").to_string();
    let wanted = format!("is held by process {}: wait for it, or stop it", std::process::id());
    assert!(error.ends_with(&wanted), "{error}");
    drop(first);
    yard.open().expect("the output is free again");
}

#[test]
fn builds_that_wait_for_each_other_all_publish() {
    let yard = Yard::new();
    std::thread::scope(|scope| {
        for number in 0..8 {
            let yard = &yard;
            scope.spawn(move || {
                let site = files(&[("a", &number.to_string()), ("b", &number.to_string())]);
                let stage = yard.with_target("out", |target| {
                    Stage::open(&Target { patience: Duration::from_secs(20), ..target.clone() })
                });
                fill(stage.expect("its turn comes"), &site).expect("fine");
            });
        }
    });
    let published = yard.published();
    assert_eq!(published.get("a"), published.get("b"));
    assert_eq!(yard.names(), ["out", "site"]);
}

#[test]
fn many_threads_put_at_once() {
    use rayon::prelude::*;
    let yard = Yard::new();
    let stage = yard.open().expect("the output is free");
    let path = |n: usize| OutputPath::new(&format!("{}/{}/{n}", n % 3, n % 7)).expect("fine");
    let puts: Result<Vec<Put>, _> =
        (0..500).into_par_iter().map(|n| stage.put(path(n), b"x")).collect();
    stage.publish(&puts.expect("the disk is fine")).expect("it is published");
    assert_eq!(yard.published().len(), 500);
}

#[track_caller]
fn refused(out: &str, wanted: Refusal) {
    let yard = Yard::new();
    yard.write("home/me/x", "x");
    yard.write("site/variorum.yml", "x");
    yard.write("site/content/x", "x");
    yard.write("full/x", "x");
    yard.write("other/variorum.yml", "x");
    yard.write("other/.variorum", "variorum output 1\n");
    let before = yard.names();
    match yard.open_at(out).err() {
        Some(WriteError::Refused { refusal, .. }) => assert_eq!(refusal, wanted, "{out}"),
        other => panic!("{out}: {other:?}"),
    }
    assert_eq!(yard.names(), before);
    assert!(yard.path("full/x").exists() && yard.path("site/content/x").exists());
}

#[test]
fn folders_that_hold_something_else_are_refused() {
    refused("/", Refusal::Root);
    refused("home/me", Refusal::Protected);
    refused("home", Refusal::Protected);
    refused("home/../home/./me", Refusal::Protected);
    refused("site", Refusal::HoldsSite);
    refused("", Refusal::Protected);
    refused("site/content", Refusal::HoldsSite);
    refused("site/content/new/deep", Refusal::Input);
    refused("full", Refusal::Foreign);
    refused("full/x", Refusal::NotFolder);
    refused("other", Refusal::HoldsSite);
}

#[test]
fn an_empty_folder_and_one_inside_the_site_are_fine() {
    let yard = Yard::new();
    fs::create_dir(yard.path("empty")).expect("a folder");
    for out in ["empty", "site/dist", "new/and/deep"] {
        yard.open_at(out).expect("nothing speaks against it");
    }
}
