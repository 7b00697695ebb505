//! What criterion measured of the parts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Outcome;
use super::options::Options;
use super::results::Section;

/// Runs `cargo bench --bench parts`, and reads what it found.
pub(crate) fn section(options: &Options) -> Outcome<Section> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["bench", "--bench", "parts"]);
    // What cargo says of this package to what it runs would be taken for something new by crates that ask for it when
    // they are built: all that stands on them would be compiled again, here and in the next run outside.
    let own = std::env::vars_os().map(|(name, _)| name);
    for name in own.filter(|name| is_of_package(&name.to_string_lossy())) {
        command.env_remove(name);
    }
    if cfg!(debug_assertions) {
        command.args(["--profile", "test"]);
    }
    if options.quick {
        // Everything once, unmeasured.
        command.args(["--", "--test"]);
    }
    if !command.status()?.success() {
        return Err("the parts could not be measured".into());
    }
    let folder = target().join("criterion");
    let lead = "The parts, one thread, medians:";
    let mut section = Section::new("parts", lead, &["part", "input", "time", "speed"]);
    let found = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in found.filter_map(Result::ok) {
        if entry.path().ends_with("new/benchmark.json") {
            section.rows.extend(part(entry.path())?);
        }
    }
    Ok(section)
}

/// A row for one benchmark of criterion.
fn part(about: &Path) -> Outcome<Option<Vec<String>>> {
    let json = |path: &Path| -> Outcome<serde_json::Value> {
        Ok(serde_json::from_slice(&fs::read(path)?)?)
    };
    let estimates = json(&about.with_file_name("estimates.json"))?;
    let about = json(about)?;
    let (Some(nanoseconds), Some(name), Some(input)) = (
        estimates["median"]["point_estimate"].as_f64(),
        about["group_id"].as_str(),
        about["value_str"].as_str().or(about["function_id"].as_str()),
    ) else {
        return Ok(None);
    };
    let throughput = &about["throughput"];
    let speed = match (throughput["Bytes"].as_f64(), throughput["Elements"].as_f64()) {
        (Some(bytes), _) => format!("{:.1} MB/s", bytes * 1e3 / nanoseconds),
        (_, Some(pages)) => format!("{:.1} µs a page", nanoseconds / 1e3 / pages),
        _ => String::new(),
    };
    let time = format!("{:.2} ms", nanoseconds / 1e6);
    Ok(Some(vec![name.to_owned(), input.to_owned(), time, speed]))
}

/// Whether cargo says something about a package by this name.
fn is_of_package(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

/// The folder of everything that cargo makes.
fn target() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    folder.parent().unwrap_or(folder).to_owned()
}
