//! The same site gives the same bytes: on any number of threads, wherever and in whatever order its files were
//! written, whatever the environment and the clock say.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/products.rs"]
mod products;
#[path = "support/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use products::{PAGES, PRODUCTS};
use program::{Files, files, program, put};
use tempfile::TempDir;

/// One after the other, each with its own order of files, threads, environment and dates.
const BUILDS: u64 = 20;

const ZONES: [&str; 4] = ["UTC", "Pacific/Kiritimati", "America/St_Johns", "nonsense"];
const LOCALES: [&str; 4] = ["C", "tr_TR.UTF-8", "zh_CN.GB18030", "nonsense"];

#[test]
fn twenty_builds_give_one_hash() {
    let site = products::site();
    let mut hashes = BTreeSet::new();
    let mut orders = BTreeSet::new();
    for number in 0..BUILDS {
        let folder = shuffled(&site, number);
        orders.insert(listed(&folder.path().join("content/product-0")));
        let output = build(&mut command(folder.path(), number));
        assert!(output.len() > PRODUCTS * PAGES * 4, "{} files", output.len());
        hashes.insert(hash(&output).to_hex().to_string());
    }
    assert_eq!(hashes.len(), 1, "{hashes:?}");
    // Where files are listed in the order in which they were written, or against it, each site had its own.
    if Path::new(MEMORY).is_dir() {
        assert_eq!(orders.len() as u64, BUILDS, "the folders were listed in the same order");
    }
    let shown = format!("{BUILDS} builds, {} orders of files: {hashes:?}", orders.len());
    writeln!(std::io::stdout(), "{shown}").expect("somebody reads");
}

#[test]
fn the_day_is_all_that_a_build_asks_of_the_clock() {
    let site = products::site();
    let folder = shuffled(&site, 0);
    let day = || jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let build_on = |day: Option<&str>| {
        let mut command = program(folder.path());
        command.args(["build", "--quiet"]);
        command.args(day.iter().flat_map(|day| ["--date", day]));
        build(&mut command)
    };
    let (before, undated, after) = (day(), build_on(None), day());
    // Midnight may pass in between.
    assert!([before, after].iter().any(|day| build_on(Some(day)) == undated));
}

/// Needs faketime, which makes a program see another clock.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs faketime"]
fn another_clock_changes_no_byte() {
    let site = products::site();
    let folder = shuffled(&site, 0);
    let wanted = hash(&build(&mut command(folder.path(), 0)));
    for clock in ["1971-02-03 04:05:06", "2031-12-31 23:59:59", "2037-06-07 08:09:10"] {
        fs::remove_dir_all(folder.path().join("public")).expect("it was built");
        let plain = command(folder.path(), 0);
        let mut changed = Command::new("faketime");
        changed.arg("-f").arg(format!("@{clock}")).arg(plain.get_program()).args(plain.get_args());
        changed.current_dir(folder.path());
        assert_eq!(hash(&build(&mut changed)), wanted, "{clock}");
    }
}

#[test]
fn a_build_over_the_last_one_is_the_same_as_a_clean_one() {
    let site = products::site();
    let folder = folder::tempdir().expect("a temporary folder");
    put(folder.path(), &site);
    let build = |arguments: &[&str]| {
        let arguments = ["build", "--quiet", "--date", "2020-06-01"].iter().chain(arguments);
        let status = program(folder.path()).args(arguments).output().expect("it can be started");
        assert_eq!(status.status.code(), Some(0));
        files(&folder.path().join("public"))
    };
    let first = build(&[]);
    assert!(build(&["--lang", "zh"]) != first);
    assert!(build(&[]) == first);
}

/// A folder that lies in memory on many systems, where folders are listed in the order of writing.
const MEMORY: &str = "/dev/shm";

/// The site in a folder, its files written in an order of their own and dated years apart.
fn shuffled(site: &Files, number: u64) -> TempDir {
    let memory = Path::new(MEMORY);
    let folder = if memory.is_dir() { TempDir::new_in(memory) } else { folder::tempdir() };
    let folder = folder.expect("a temporary folder");
    let chance = |path: &str| *blake3::hash(format!("{number} {path}").as_bytes()).as_bytes();
    let mut paths: Vec<&String> = site.keys().collect();
    paths.sort_by_key(|path| chance(path));
    for path in paths {
        put(folder.path(), &Files::from([(path.clone(), site[path].clone())]));
        let years = u64::from(chance(path)[0] % 60);
        let date = SystemTime::UNIX_EPOCH + Duration::from_secs(years * 31_557_600);
        let file = fs::File::options().append(true).open(folder.path().join(path));
        file.and_then(|file| file.set_modified(date)).expect("the file is ours");
    }
    folder
}

/// The names in a folder, as the system lists them.
fn listed(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("it is there");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into()).collect()
}

/// The build with this number: one to sixteen threads, any place and language of the machine.
fn command(folder: &Path, number: u64) -> Command {
    let mut command = program(folder);
    let jobs = (number * 7 % 16 + 1).to_string();
    command.args(["build", "--quiet", "--date", "2020-06-01", "--jobs", &jobs]);
    let locale = LOCALES[(number / 4) as usize % 4];
    command.env("TZ", ZONES[number as usize % 4]).env("LANG", locale).env("LC_ALL", locale);
    command
}

/// What a build writes into `public`.
fn build(command: &mut Command) -> Files {
    let output = command.output().expect("the program can be started");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let folder = command.get_current_dir().expect("it is built in its folder");
    files(&folder.join("public"))
}

fn hash(files: &Files) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for (path, bytes) in files {
        for part in [path.as_bytes(), bytes] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
    }
    hasher.finalize()
}
