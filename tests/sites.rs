//! Whole sites, written as Markdown in `tests/sites`: source files in; pages, findings and exit codes out.
//!
//! `UPDATE_CASES=1` writes down what the program does now; `CASE=words` runs the cases with these words in their name.

#[path = "support/case.rs"]
mod case;
#[path = "support/diff.rs"]
mod diff;
#[path = "support/folder.rs"]
mod folder;
#[path = "support/html.rs"]
mod html;
#[path = "support/program.rs"]
mod program;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use case::{Block, Case, Role, cases};
use diff::diff;
use program::{Files, Ran, files, put, run};
use rayon::prelude::*;

/// The configuration of a case that has none of its own.
const CONFIGURATION: &str = include_str!("sites/variorum.yml");

/// The home page of a case that has none of its own.
const HOME: &str = "---\ntitle: Home\nversions: '*'\n---\n";

/// The day of a build that names none.
const TODAY: &str = "2020-06-01";

#[test]
fn sites_are_built_as_the_cases_say() {
    let mut failures = Vec::new();
    for path in case_files() {
        let text = fs::read_to_string(&path).expect("the file was just found");
        let wanted = std::env::var("CASE").unwrap_or_default();
        let all: Vec<Case> =
            cases(&text).into_iter().filter(|case| case.name.contains(&wanted)).collect();
        let outcomes: Vec<Outcome> = all.par_iter().map(outcome).collect();
        if std::env::var_os("UPDATE_CASES").is_some() {
            fs::write(&path, updated(&text, &all, &outcomes)).expect("the file can be written");
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for (case, outcome) in all.iter().zip(&outcomes) {
            failures.extend(failure(&name, case, outcome));
        }
    }
    assert!(failures.is_empty(), "{}\n{} cases failed", failures.join("\n"), failures.len());
}

#[test]
fn names_of_cases_are_unique() {
    let mut names = std::collections::BTreeSet::new();
    for path in case_files() {
        for case in cases(&fs::read_to_string(path).expect("the file was just found")) {
            assert!(names.insert(case.name.clone()), "two cases are called `{}`", case.name);
        }
    }
}

#[test]
fn byte_order_marks_and_carriage_returns_change_no_byte() {
    let text = fs::read_to_string(folder().join("story.md")).expect("the story is there");
    for case in cases(&text) {
        let site = site(&case);
        let mut foreign = site.clone();
        for bytes in foreign.values_mut().filter(|bytes| !bytes.contains(&0)) {
            let text = String::from_utf8_lossy(bytes).replace('\n', "\r\n");
            *bytes = format!("\u{feff}{text}").into_bytes();
        }
        let (own, foreign) = (build(&site, &case.runs(), "2"), build(&foreign, &case.runs(), "2"));
        assert_eq!(own.0.printed, foreign.0.printed);
        assert!(own.1 == foreign.1, "`{}` is different with other line ends", case.name);
    }
}

/// What a case came to.
struct Outcome {
    ran: Ran,
    written: Files,
    /// What changed with the number of threads.
    unstable: Option<String>,
}

fn outcome(case: &Case) -> Outcome {
    let (site, runs) = (site(case), case.runs());
    let (ran, written) = build(&site, &runs, "1");
    let (again, rewritten) = build(&site, &runs, "4");
    let changed: Vec<&String> =
        written.keys().filter(|path| written.get(*path) != rewritten.get(*path)).collect();
    let unstable = if ran != again {
        Some(diff(&ran.printed, &again.printed))
    } else if !changed.is_empty() || written.len() != rewritten.len() {
        Some(format!("{changed:?}"))
    } else {
        None
    };
    Outcome { ran, written, unstable }
}

/// The files of a case, with those that it takes for granted.
fn site(case: &Case) -> Files {
    let mut files = case.inputs();
    for (path, text) in [("variorum.yml", CONFIGURATION), ("content/index.md", HOME)] {
        files.entry(path.to_owned()).or_insert_with(|| text.as_bytes().to_vec());
    }
    files
}

/// Builds a site in a folder of its own: what the last run printed, and all that was written.
fn build(site: &Files, runs: &[Vec<String>], jobs: &str) -> (Ran, Files) {
    let folder = folder::tempdir().expect("a temporary folder");
    let folder = folder.path().canonicalize().expect("it was just made");
    put(&folder, site);
    let mut last = None;
    for arguments in runs {
        let mut arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        if arguments.first() == Some(&"build") {
            arguments.extend(["--quiet", "--jobs", jobs]);
            if !arguments.contains(&"--date") {
                arguments.extend(["--date", TODAY]);
            }
        }
        last = Some(run(&folder, &arguments));
    }
    (last.expect("a case has a run"), files(&folder.join("public")))
}

/// What a block of expectations should hold.
fn found(block: &Block, outcome: &Outcome) -> Option<String> {
    match block.role() {
        Role::Input(_) | Role::Runs => None,
        Role::Findings => Some(with_line_end(outcome.ran.printed.trim_end())),
        Role::Exit => Some(format!("{}\n", outcome.ran.code)),
        Role::Written(path) => Some(match outcome.written.get(path) {
            Some(bytes) => shown(block, &String::from_utf8_lossy(bytes)),
            None if block.words[1] == "absent" => String::new(),
            None => {
                let all: Vec<&str> = outcome.written.keys().map(String::as_str).collect();
                format!("there is no such file, but:\n{}\n", all.join("\n"))
            }
        }),
    }
}

/// The part of a file that a block is about.
fn shown(block: &Block, text: &str) -> String {
    let (mode, what) = (block.words[0].as_str(), block.words[1].as_str());
    let lines = |keep: &dyn Fn(&&str) -> bool| -> String {
        block.text.lines().filter(keep).map(|line| format!("{line}\n")).collect()
    };
    match (mode, what) {
        (_, "contains") => lines(&|line| text.contains(line)),
        (_, "lacks") => lines(&|line| !text.contains(line)),
        (_, "absent") => "the file is there\n".to_owned(),
        (_, "whole") => with_line_end(text.trim_end()),
        (mode, selector) => match (mode, html::element(text, selector)) {
            (_, None) => format!("there is no `{selector}`\n"),
            ("text", Some(inside)) => with_line_end(&html::text(inside)),
            ("links", Some(inside)) => with_line_end(&html::links(inside)),
            (_, Some(inside)) => with_line_end(inside.trim()),
        },
    }
}

fn with_line_end(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

/// What is wrong with a case, if its failing is news.
fn failure(file: &str, case: &Case, outcome: &Outcome) -> Option<String> {
    let wrong = differences(case, outcome);
    match (&case.known, wrong.is_empty()) {
        (None, true) => None,
        (None, false) => Some(format!("## {} ({file})\n{}", case.name, wrong.join("\n"))),
        (Some(why), true) => Some(format!("## {} ({file})\nholds now, known: {why}", case.name)),
        (Some(why), false) => {
            writeln!(std::io::stdout(), "known: {} ({file}): {why}", case.name)
                .expect("standard output is open");
            None
        }
    }
}

fn differences(case: &Case, outcome: &Outcome) -> Vec<String> {
    let mut wrong: Vec<String> = Vec::new();
    for block in &case.blocks {
        let Some(found) = found(block, outcome) else { continue };
        if found != block.text {
            let about = block.path.as_deref().unwrap_or_default();
            wrong.push(format!("{} {about}\n{}", block.words.join(" "), diff(&block.text, &found)));
        }
    }
    for (role, text) in unsaid(case, outcome) {
        wrong.push(format!("{role}\n{}", diff("", &text)));
    }
    if let Some(unstable) = &outcome.unstable {
        wrong.push(format!("it depends on the number of threads:\n{unstable}"));
    }
    wrong
}

/// Findings and exit code that the case does not speak of.
fn unsaid(case: &Case, outcome: &Outcome) -> Vec<(&'static str, String)> {
    let speaks_of = |wanted: &str| case.blocks.iter().any(|block| block.words[0] == wanted);
    let mut unsaid = Vec::new();
    if !speaks_of("findings") && !outcome.ran.printed.is_empty() {
        unsaid.push(("findings", with_line_end(outcome.ran.printed.trim_end())));
    }
    if !speaks_of("exit") && outcome.ran.code != 0 {
        unsaid.push(("exit", format!("{}\n", outcome.ran.code)));
    }
    unsaid
}

/// The file with what the program does now. What `contains` and `lacks` ask for is for people to decide.
fn updated(text: &str, all: &[Case], outcomes: &[Outcome]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (case, outcome) in all.iter().zip(outcomes).rev() {
        let mut added = Vec::new();
        for (role, text) in unsaid(case, outcome) {
            added.push(format!("```{role}\n{text}```"));
        }
        lines.splice(case.end..case.end, added);
        for block in case.blocks.iter().rev() {
            let fixed = block.words.iter().any(|word| word == "contains" || word == "lacks");
            let Some(found) = found(block, outcome).filter(|_| !fixed) else { continue };
            lines.splice(block.lines.0..block.lines.1, found.lines().map(str::to_owned));
        }
    }
    lines.join("\n") + "\n"
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites"))
}

fn case_files() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).expect("the cases are there");
    let paths = entries.map(|entry| entry.expect("the folder can be listed").path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    paths.sort();
    paths
}
