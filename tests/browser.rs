//! Built sites as readers have them: in a browser, by `node --test` in `tests/browser`.
//!
//! Without node, its packages or Chromium nothing is tested, and what is missing is said; with
//! `VARIORUM_BROWSER=required` that is a failure.

#[path = "support/program.rs"]
mod program;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The day on which one release of the sample site is retired, and another is going to be.
const TODAY: &str = "2026-01-15";

#[test]
fn readers_find_their_way_in_a_browser() {
    look(&Needs::Browser, "fast.test.mjs");
}

#[test]
#[ignore = "looks at every kind of page at every width: minutes"]
fn every_kind_of_page_is_for_all() {
    look(&Needs::Browser, "wide.test.mjs");
}

/// What tests need besides node and its packages.
enum Needs {
    /// Chromium.
    Browser,
}

/// Builds the sample site and runs a file of tests over it.
fn look(needs: &Needs, tests: &str) {
    if let Some(missing) = missing(needs) {
        return skip(&missing);
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let site = folder.path().join("site");
    build(&home().join("site"), &site);
    let output = Command::new("node")
        .args(["--test", "--test-reporter=spec", tests])
        .current_dir(home())
        .env("VARIORUM_SITE", &site)
        .stdin(Stdio::null())
        .output()
        .expect("node was found");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{tests} failed: {}", failures(&printed));
}

/// The part of the report that is about what failed.
fn failures(report: &str) -> &str {
    report.find("failing tests:").map_or(report, |at| &report[at..])
}

fn build(site: &Path, out: &Path) {
    let arguments = ["build", "--strict", "--quiet", "--date", TODAY, "--site"];
    let mut program = program::program(site);
    let output = program.args(arguments).arg(site).arg("--out").arg(out).output();
    let output = output.expect("the program can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What is not there that the tests need, and how to get it.
fn missing(needs: &Needs) -> Option<String> {
    let has = |program: &str| {
        let mut command = Command::new(program);
        command.arg("--version").stdin(Stdio::null()).output().is_ok()
    };
    let chromium = ["chromium", "chromium-browser", "google-chrome"];
    if !has("node") {
        Some("there is no `node`: install `nodejs` and `npm`".to_owned())
    } else if !home().join("node_modules").is_dir() {
        Some("the packages are missing: run `npm ci` in `tests/browser`".to_owned())
    } else if matches!(needs, Needs::Browser) && !chromium.into_iter().any(has) {
        Some("there is no browser: install `chromium`".to_owned())
    } else {
        None
    }
}

fn skip(missing: &str) {
    let required = std::env::var_os("VARIORUM_BROWSER").is_some_and(|value| value == "required");
    assert!(!required, "{missing}");
    // Not by a macro: what a test that passes prints by one is not shown.
    let _ = writeln!(std::io::stderr(), "browser tests are skipped: {missing}");
}

/// The folder of the tests that run in node.
fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser")
}
