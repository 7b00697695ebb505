//! The machine that was measured on, without names.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::Outcome;
use super::options::Options;
use super::results::Section;
use super::subject::Subject;

/// What was measured, on what, when.
pub(crate) fn section(options: &Options, subject: &Subject) -> Outcome<Section> {
    let day = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let cores = std::thread::available_parallelism()?;
    let lines = [
        format!("- What: {}.", subject.description),
        format!("- When: {day}, commit {}, built by {}.", commit(), compiler()),
        format!("- Machine: {cores} cores, {}, {}.", processor(), kernel()),
        format!(
            "- Memory: {}; disk: {}. Load before: {}.",
            file_system(&options.out_memory),
            file_system(&options.out_disk),
            load()
        ),
    ];
    Ok(Section::new("machine", lines.join("\n"), &[]))
}

fn commit() -> String {
    let id = said(Command::new("git").args(["rev-parse", "--short", "HEAD"]));
    let changes =
        said(Command::new("git").args(["status", "--porcelain", "--", "src", "templates"]));
    if changes.is_empty() { id } else { format!("{id} with changes") }
}

fn compiler() -> String {
    let version = said(Command::new("rustc").arg("--version"));
    version.split(" (").next().unwrap_or_default().to_owned()
}

/// What a program prints; nothing where it is not there.
fn said(command: &mut Command) -> String {
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let printed = output.map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&printed).trim().to_owned()
}

fn processor() -> String {
    let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = about.lines().find(|line| line.starts_with("model name"));
    let model = model.and_then(|line| line.split_once(':')).map(|(_, name)| name.trim());
    model.unwrap_or("a processor of unknown model").to_owned()
}

fn kernel() -> String {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let release = release.split(['-', '+']).next().unwrap_or_default().trim();
    format!("{} {release}", std::env::consts::OS)
}

fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}

/// The kind of file system that a folder is on.
fn file_system(folder: &Path) -> String {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let mount = |line: &str| {
        let mut words = line.split(' ').skip(1);
        let (place, kind) = (words.next()?.to_owned(), words.next()?.to_owned());
        folder.starts_with(&place).then_some((place.len(), kind))
    };
    // Of two at the same place the later one hides the earlier.
    let found = mounts.lines().filter_map(mount).max_by_key(|(length, _)| *length);
    found.map_or_else(|| "unknown".to_owned(), |(_, kind)| kind)
}
