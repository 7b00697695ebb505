//! Built sites as readers have them: in a browser, by `node --test` in `tests/browser`.
//!
//! Without node, its packages or Chromium nothing is tested, and what is missing is said; with
//! `VARIORUM_BROWSER=required` that is a failure.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/program.rs"]
mod program;
#[path = "support/shared.rs"]
mod shared;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

use shared::say;

/// The day on which one release of the sample site is retired, and another is going to be.
const TODAY: &str = "2026-01-15";

/// Which pages of the corpus are drawn.
const SEED: &str = "5";

#[test]
fn readers_find_their_way_in_a_browser() {
    look(&Needs::Browser, "fast.test.mjs");
}

#[test]
#[ignore = "looks at every kind of page at every width: minutes"]
fn every_kind_of_page_is_for_all() {
    look(&Needs::Browser, "wide.test.mjs");
}

#[test]
fn writers_see_what_they_write_in_a_browser() {
    look(&Needs::Browser, "preview.test.mjs");
}

#[test]
#[ignore = "tries each part of the preview's scripts: a minute and more"]
fn the_scripts_of_the_preview_do_what_they_say() {
    look(&Needs::Browser, "preview-wide.test.mjs");
}

#[test]
fn pages_of_the_sample_are_valid() {
    let folder = folder::tempdir().expect("a temporary folder");
    let site = folder.path().join("site");
    build(&home().join("site"), &site);
    validate(&[path(&site)]);
}

#[test]
#[ignore = "checks more than a hundred pages"]
fn pages_of_the_manual_are_valid() {
    let folder = folder::tempdir().expect("a temporary folder");
    let site = folder.path().join("site");
    build(Path::new(env!("CARGO_MANIFEST_DIR")), &site);
    validate(&[path(&site), "--lenient"]);
}

#[test]
#[ignore = "builds the corpus, where it is"]
fn pages_of_the_corpus_are_valid() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Some((corpus, config)) = shared::corpus() else { return };
    let folder = folder::tempdir().expect("a temporary folder");
    let site = folder.path().join("site");
    let mut program = program::program(project);
    program.args(["build", "--quiet", "--date", "2020-11-13"]);
    program.arg("--config").arg(config).arg("--site").arg(corpus).arg("--out").arg(&site);
    // The corpus has faults of its own.
    let code = program.output().expect("the program can be started").status.code();
    assert!(matches!(code, Some(0 | 1)), "exit code {code:?}");
    validate(&[path(&site), "--draw", "100", "--seed", SEED, "--lenient"]);
}

/// What tests need besides node and its packages.
enum Needs {
    /// Nothing.
    Node,
    /// Chromium.
    Browser,
}

/// One browser at a time: two are slower together than one after the other, and pages run out of time.
static TURN: Mutex<()> = Mutex::new(());

/// Builds the sample site and runs a file of tests over it.
fn look(needs: &Needs, tests: &str) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = folder::tempdir().expect("a temporary folder");
    let site = folder.path().join("site");
    build(&home().join("site"), &site);
    if let Some(printed) = node(needs, &["--test", "--test-reporter=spec", tests], &site) {
        panic!("{tests} failed: {}", failures(&printed));
    }
}

/// Checks pages as HTML.
fn validate(arguments: &[&str]) {
    let arguments = [&["html.mjs"], arguments].concat();
    if let Some(printed) = node(&Needs::Node, &arguments, Path::new("")) {
        panic!("{printed}");
    }
}

/// Runs node in the folder of its tests. What it printed is returned where it failed.
fn node(needs: &Needs, arguments: &[&str], site: &Path) -> Option<String> {
    if let Some(missing) = missing(needs) {
        skip(&missing);
        return None;
    }
    let mut command = Command::new("node");
    command.args(arguments).current_dir(home()).env("VARIORUM_SITE", site);
    command.env("VARIORUM_PROGRAM", program::executable());
    let output = command.stdin(Stdio::null()).output().expect("node was found");
    let printed =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    (!output.status.success()).then(|| printed.concat())
}

fn path(folder: &Path) -> &str {
    folder.to_str().expect("temporary folders have plain names")
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
    say(&format!("browser tests are skipped: {missing}"));
}

/// The folder of the tests that run in node.
fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser")
}
