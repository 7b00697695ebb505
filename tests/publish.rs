//! Never half a site: builds that are killed, fail, meet each other or have nothing to do, by what is on the disk.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/products.rs"]
mod products;
#[path = "support/program.rs"]
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use program::{program, put};
use tempfile::TempDir;

/// Everything in a folder, with what programs hide: path to bytes. Folders end with `/`.
type Tree = BTreeMap<String, Vec<u8>>;

/// A site, and a folder `www` beside it in which it is published as `www/out`.
struct Yard {
    folder: TempDir,
}

impl Yard {
    fn new() -> Self {
        let yard = Self { folder: folder::tempdir().expect("a temporary folder") };
        put(&yard.path("site"), &products::site());
        fs::create_dir(yard.path("www")).expect("a new folder");
        yard
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A build into `www/out`, not yet started.
    fn command(&self, more: &[&str]) -> Command {
        let mut command = program(self.folder.path());
        command.args(["build", "--date", "2020-06-01", "--site", "site", "--out", "www/out"]);
        command.args(more);
        command
    }

    fn build(&self, more: &[&str]) -> Output {
        self.command(more).output().expect("the program can be started")
    }

    /// Builds, which must work; returns what is published.
    fn published(&self, more: &[&str]) -> Tree {
        let output = self.build(more);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        self.out()
    }

    fn out(&self) -> Tree {
        tree(&self.path("www/out"))
    }

    /// What lies in the folder that the site is published in.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("www")).expect("it is there");
        let mut names: Vec<String> =
            entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into()).collect();
        names.sort();
        names
    }

    /// Changes a word that pages of all products show.
    fn change_word(&self, word: &str) {
        let path = self.path("site/data/words.yml");
        let text = fs::read_to_string(&path).expect("it is there");
        let lines = text.lines().map(|line| match line.strip_prefix("w1: ") {
            Some(_) => format!("w1: {word}\n"),
            None => format!("{line}\n"),
        });
        fs::write(path, lines.collect::<String>()).expect("it is ours");
    }
}

fn tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let name = entry.path().strip_prefix(folder).expect("it was found below");
        let name = name.to_string_lossy().into_owned();
        if entry.file_type().is_dir() {
            tree.insert(name + "/", Vec::new());
        } else {
            tree.insert(name, fs::read(entry.path()).unwrap_or_default());
        }
    }
    tree
}

fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("somebody reads");
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

// Killed

#[test]
fn a_killed_program_leaves_the_old_site_or_the_new() {
    kill(4);
}

#[test]
#[ignore = "long: the program is killed 200 times"]
fn a_program_killed_at_200_moments_leaves_the_old_site_or_the_new() {
    kill(200);
}

/// Kills builds of two sites in turn, spread over the time that a build takes.
fn kill(rounds: u32) {
    let yard = Yard::new();
    let sites = ["One", "Other"].map(|word| {
        yard.change_word(word);
        yard.published(&[])
    });
    assert!(sites[0] != sites[1], "the two sites are the same");
    yard.change_word("One");
    let started = Instant::now();
    let mut there = usize::from(yard.published(&[]) != sites[0]);
    let time = started.elapsed();
    let (mut left, mut at_work) = (BTreeMap::from([("old", 0), ("new", 0)]), 0);
    for round in 0..rounds {
        let wanted = 1 - there;
        yard.change_word(["One", "Other"][wanted]);
        let mut child = quiet(yard.command(&[]));
        // 89 and 200 have no common divisor: every part of a build has its turn, in no order.
        std::thread::sleep(time * (round * 89 % 200) / 190);
        let _ = child.kill();
        child.wait().expect("it has ended");
        at_work += usize::from(yard.names().iter().any(|name| name.ends_with("-stage")));
        let found = yard.out();
        let survivor = sites.iter().position(|site| *site == found);
        let survivor = survivor.unwrap_or_else(|| panic!("round {round}: half a site"));
        *left.entry(if survivor == there { "old" } else { "new" }).or_default() += 1;
        assert!(yard.published(&[]) == sites[wanted], "round {round}: another site than wanted");
        assert_eq!(yard.names(), ["out"], "round {round}");
        there = wanted;
    }
    say(&format!("{rounds} builds killed, {at_work} while they staged or removed: {left:?}"));
}

fn quiet(mut command: Command) -> Child {
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program can be started")
}

// At once

#[test]
fn two_builds_at_once_leave_one_valid_site() {
    pairs(4);
}

#[test]
#[ignore = "long: 50 pairs of builds"]
fn fifty_pairs_of_builds_at_once_leave_one_valid_site() {
    pairs(50);
}

fn pairs(count: usize) {
    let yard = Yard::new();
    let arguments: [&[&str]; 2] = [&["--lang", "en"], &["--lang", "zh"]];
    let sites = arguments.map(|more| yard.published(more));
    let mut last = BTreeMap::new();
    for round in 0..count {
        let children = arguments.map(|more| quiet(yard.command(more)));
        for mut child in children {
            // The second waits for the first.
            let status = child.wait().expect("it ends");
            assert_eq!(status.code(), Some(0), "round {round}");
        }
        let found = yard.out();
        let which = sites.iter().position(|site| *site == found);
        *last.entry(which.expect("one of the two, whole")).or_insert(0) += 1;
        assert_eq!(yard.names(), ["out"], "round {round}");
    }
    say(&format!("{count} pairs, all built, the last to publish: {last:?}"));
}

#[test]
fn the_lock_of_a_dead_process_holds_nobody_up() {
    let yard = Yard::new();
    fs::write(yard.path("www/.out.variorum-lock"), "999999").expect("a file");
    let started = Instant::now();
    yard.published(&[]);
    assert!(started.elapsed() < Duration::from_secs(10), "it has waited for the dead");
    assert_eq!(yard.names(), ["out"]);
}

#[test]
#[ignore = "long: waits as long as a build waits for another"]
fn a_build_that_waits_too_long_says_who_holds_the_folder() {
    let yard = Yard::new();
    let before = yard.published(&[]);
    let mut lock = fs::File::create(yard.path("www/.out.variorum-lock")).expect("a file");
    lock.lock().expect("nobody else has it");
    write!(lock, "{}", std::process::id()).expect("a file");
    let output = yard.build(&["--lang", "en"]);
    assert_eq!(output.status.code(), Some(3));
    let wanted = format!("is held by process {}: wait for it, or stop it", std::process::id());
    assert!(stderr(&output).contains(&wanted), "{}", stderr(&output));
    assert!(yard.out() == before);
    say(stderr(&output).trim());
}

// Refused

#[test]
fn folders_that_are_not_an_output_are_refused_and_nothing_is_removed() {
    let yard = Yard::new();
    for path in ["site/templates/x", "site/assets/x", "home/me/x", "full/x", "other/variorum.yml"] {
        put(yard.folder.path(), &[(path.to_owned(), b"x".to_vec())].into());
    }
    fs::write(yard.path("other/.variorum"), "variorum output 1\n").expect("a file");
    let mut cases = vec![
        ("/", "below the root"),
        ("site", "holds the site"),
        (".", "is or holds a protected folder"),
        ("site/content", "holds the site"),
        ("site/content/new/deep", "the site is read from it"),
        ("site/data", "holds the site"),
        ("site/templates", "holds the site"),
        ("site/assets", "holds the site"),
        ("site/translations", "holds the site"),
        ("site/translations/zh/new", "the site is read from it"),
        ("home/me", "is or holds a protected folder"),
        ("home", "is or holds a protected folder"),
        ("home/../home/./me", "is or holds a protected folder"),
        ("full", "not empty and has no `.variorum` file"),
        ("full/x", "not a folder"),
        ("other", "holds the site"),
    ];
    #[cfg(unix)]
    for (link, to, why) in [
        ("to-content", "site/content", "holds the site"),
        ("to-home", "home/me", "is or holds a protected folder"),
        ("to-full", "full", "not empty and has no `.variorum` file"),
    ] {
        std::os::unix::fs::symlink(yard.path(to), yard.path(link)).expect("a link");
        cases.push((link, why));
    }
    let before = tree(yard.folder.path());
    for (out, why) in &cases {
        let output = program(yard.folder.path())
            .args(["build", "--site", "site", "--out", out])
            .env("HOME", yard.path("home/me"))
            .output()
            .expect("the program can be started");
        assert_eq!(output.status.code(), Some(2), "{out}: {}", stderr(&output));
        assert!(stderr(&output).contains(why), "{out}: {}", stderr(&output));
        assert!(tree(yard.folder.path()) == before, "{out}: something has changed");
    }
    say(&format!("{} folders refused, nothing removed", cases.len()));
}

#[test]
fn a_folder_that_the_site_will_be_read_from_is_refused_before_it_is_there() {
    let yard = Yard::new();
    let output = program(yard.folder.path())
        .args(["build", "--site", "site", "--out", "site/assets"])
        .output()
        .expect("the program can be started");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(!yard.path("site/assets").exists());
}

// Nothing to do

#[cfg(unix)]
#[test]
fn a_build_of_the_same_site_writes_nothing() {
    let yard = Yard::new();
    yard.published(&[]);
    let before = identities(&yard);
    let output = yard.build(&[]);
    let said = String::from_utf8_lossy(&output.stdout).replace(',', "");
    // The list of the files is no file of the site.
    let counted = format!("0 files written {} unchanged 0 removed", before.len() - 2);
    assert!(said.contains(&counted), "{said}");
    assert!(identities(&yard) == before, "a file or the folder is another one");
}

#[cfg(unix)]
#[test]
fn a_page_that_changed_is_the_only_one_written() {
    let yard = Yard::new();
    let (before, old) = (yard.published(&[]), identities(&yard));
    let page = yard.path("site/content/product-1/page-5.md");
    let text = fs::read_to_string(&page).expect("it is there");
    fs::write(&page, text + "\nMore.\n").expect("it is ours");
    let output = yard.build(&[]);
    let (after, new) = (yard.out(), identities(&yard));
    let written: BTreeSet<&String> = after
        .keys()
        .filter(|path| !path.ends_with('/') && new.get(*path) != old.get(*path))
        .filter(|path| *path != ".variorum")
        .collect();
    let changed: BTreeSet<&String> = after
        .keys()
        .filter(|path| after.get(*path) != before.get(*path) && *path != ".variorum")
        .collect();
    assert_eq!(written, changed);
    // The page and its twin, three versions in two languages. What else is written is of the search index.
    let (own, other): (Vec<&String>, Vec<&String>) =
        written.iter().copied().partition(|path| path.contains("/product-1/page-5"));
    assert_eq!(own.len(), 12, "{written:?}");
    assert!(other.iter().all(|path| path.starts_with("search/")), "{written:?}");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains(&format!(": {} files written, ", written.len())), "{said}");
}

/// Which files these are, and when each was written; the first is the folder.
#[cfg(unix)]
fn identities(yard: &Yard) -> BTreeMap<String, (u64, i64, i64)> {
    use std::os::unix::fs::MetadataExt;
    let out = yard.path("www/out");
    let paths = yard.out().into_keys().filter(|path| path == "/" || !path.ends_with('/'));
    let identity = |path: String| {
        let found = fs::symlink_metadata(out.join(path.trim_start_matches('/')));
        let found = found.expect("it was just found");
        (path, (found.ino(), found.mtime(), found.mtime_nsec()))
    };
    paths.map(identity).collect()
}

// Full disks

/// A limit for the size of files fails writes half way, as a full disk or a quota does.
#[cfg(unix)]
#[test]
fn a_write_that_fails_half_way_leaves_the_old_site() {
    let yard = Yard::new();
    let before = yard.published(&["--lang", "zh"]);
    let mut failed = 0;
    for blocks in std::iter::successors(Some(0_u32), |blocks| Some((blocks * 2).max(1))) {
        let program = yard.command(&["--quiet"]);
        let mut limited = Command::new("sh");
        let output = limited
            // Without the trap, the system kills the program, which is another test.
            .args(["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"", &blocks.to_string()])
            .arg(program.get_program())
            .args(program.get_args())
            .current_dir(yard.folder.path())
            .output()
            .expect("there is a shell");
        if output.status.code() == Some(0) {
            break;
        }
        failed += 1;
        assert_eq!(output.status.code(), Some(3), "{blocks} blocks: {}", stderr(&output));
        assert!(stderr(&output).contains("www/"), "no path: {}", stderr(&output));
        assert!(yard.out() == before, "{blocks} blocks: another site");
        assert_eq!(yard.names(), ["out"], "{blocks} blocks");
    }
    assert!(failed > 3, "only {failed} limits were too small");
    say(&format!("{failed} limits too small for a file: exit code 3, the old site untouched"));
    assert!(yard.out() != before);
}

/// What a shell does with a small file system of its own; it prints an exit code and two sums for each build.
#[cfg(target_os = "linux")]
const SMALL_DISK: &str = r#"
set -e
mount -t tmpfs -o size="$1"k none www
shift
sum() { (cd www && find . -type f | LC_ALL=C sort | xargs cksum | cksum); }
"$@" --lang zh --version cloud@latest >&2
before=$(sum)
code=0
"$@" >&2 || code=$?
echo "$code"; echo "$before"; sum
"#;

#[cfg(target_os = "linux")]
#[test]
#[ignore = "long, and needs the right to mount in a namespace"]
fn a_full_disk_leaves_the_old_site() {
    let yard = Yard::new();
    let mut failed = 0;
    for size in (1..).map(|n| 400 + n * 100) {
        let program = yard.command(&["--quiet"]);
        let output = Command::new("unshare")
            .args(["-Urm", "sh", "-c", SMALL_DISK, "sh", &size.to_string()])
            .arg(program.get_program())
            .args(program.get_args())
            .current_dir(yard.folder.path())
            .output()
            .expect("there is unshare");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let lines: Vec<&str> = said.lines().collect();
        let [code, before, after] = lines[..] else {
            assert!(stderr(&output).contains("(os error 28)"), "{}", stderr(&output));
            continue;
        };
        if code == "0" {
            assert_ne!(before, after);
            break;
        }
        failed += 1;
        assert_eq!((code, before), ("3", after), "{size} KiB: {}", stderr(&output));
        assert!(stderr(&output).contains("www/out"), "no path: {}", stderr(&output));
    }
    assert!(failed > 3, "only {failed} disks were too small");
    say(&format!("{failed} disks too small: exit code 3, the old site untouched"));
}

// What the system is asked for

/// The system calls of these kinds that a build makes, in their order. Needs strace.
#[cfg(target_os = "linux")]
fn calls(yard: &Yard, kinds: &str, more: &[&str]) -> Vec<String> {
    let (program, log) = (yard.command(more), yard.path("calls"));
    let status = Command::new("strace")
        .args(["-f", "-qq", "-e", &format!("trace={kinds}"), "-e", "signal=none", "-o"])
        .arg(&log)
        .arg(program.get_program())
        .args(program.get_args())
        .current_dir(yard.folder.path())
        .stdout(Stdio::null())
        .status()
        .expect("there is strace");
    assert_eq!(status.code(), Some(0));
    let text = fs::read_to_string(log).expect("it has written");
    let calls = text.lines().filter_map(|line| line.split_once(' ')?.1.trim().split_once('('));
    calls.map(|(name, _)| name.to_owned()).collect()
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs strace"]
fn a_durable_build_syncs_once_before_the_exchange_and_once_after() {
    let yard = Yard::new();
    let kinds = "syncfs,fsync,fdatasync,sync,renameat2";
    yard.published(&["--lang", "en"]);
    let durable = calls(&yard, kinds, &["--durable"]);
    assert_eq!(durable, ["syncfs", "renameat2", "fsync"]);
    let fast = calls(&yard, kinds, &["--lang", "en"]);
    assert_eq!(fast, ["renameat2"]);
    say(&format!("--durable: {}; without: {}", durable.join(", "), fast.join(", ")));
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs strace"]
fn a_build_opens_no_connection_and_runs_no_program() {
    let yard = Yard::new();
    let network = calls(&yard, "network", &[]);
    assert!(network.is_empty(), "{network:?}");
    let programs = calls(&yard, "execve,execveat,fork,vfork", &[]);
    // The one is how strace starts the build.
    assert_eq!(programs, ["execve"]);
    say("0 calls of the network, 0 programs run");
}

#[test]
fn nothing_of_the_machine_is_in_the_output() {
    let yard = Yard::new();
    let environment = [
        ("HOME", "/canary-of-home"),
        ("USER", "canary-of-user"),
        ("HOSTNAME", "canary-of-host"),
        ("LANG", "canary-of-lang"),
        ("SECRET_TOKEN", "canary-of-token"),
    ];
    let mut build = yard.command(&[]);
    let status = build.envs(environment).stdout(Stdio::null()).status().expect("it starts");
    assert_eq!(status.code(), Some(0));
    let folder = yard.folder.path().to_string_lossy().into_owned();
    let canaries = environment.iter().map(|(_, value)| *value).chain([&*folder]);
    let out = yard.out();
    assert!(out.contains_key(".variorum") && out.contains_key("report.json"));
    for canary in canaries {
        let holds =
            |bytes: &[u8]| bytes.windows(canary.len()).any(|part| part == canary.as_bytes());
        let found: Vec<&String> =
            out.iter().filter(|(_, bytes)| holds(bytes)).map(|(path, _)| path).collect();
        assert!(found.is_empty(), "`{canary}` is in {found:?}");
    }
}
