//! Stories of translators, written as Markdown in `tests/translations`: files, commits and commands in, what the
//! program prints and writes out.
//!
//! A story is a heading and blocks, which are carried out in order. `path=FILE` writes a file; `commit` commits
//! everything; `sh` runs the program with these arguments, and what it prints stands in the block `out` behind it, with
//! its exit code where that is not 0; `file path=FILE` shows a file that the program has written. `UPDATE_CASES=1`
//! writes down what the program does now.

#[path = "support/case.rs"]
mod case;
#[path = "support/folder.rs"]
mod folder;
#[path = "support/program.rs"]
mod program;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use case::{Block, Case, cases};
use program::{Files, program, put};
use rayon::prelude::*;

/// The configuration of a story that has none of its own.
const CONFIGURATION: &str = include_str!("translations/variorum.yml");

#[test]
fn stories_go_as_they_are_told() {
    let mut failures = Vec::new();
    for path in story_files() {
        let text = fs::read_to_string(&path).expect("the file was just found");
        let stories: Vec<(Case, Vec<String>)> =
            cases(&text).into_par_iter().map(|case| (case.clone(), told(&case))).collect();
        let now = updated(&text, &stories);
        if std::env::var_os("UPDATE_CASES").is_some() {
            fs::write(&path, now).expect("the file can be written");
        } else if now != text {
            let diff = similar::TextDiff::from_lines(&*text, &*now);
            failures.push(diff.unified_diff().header("told", "now").to_string());
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn story_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/translations");
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("it is there").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    files
}

/// What each block of a story is to say: those that are given say what they say.
fn told(case: &Case) -> Vec<String> {
    let folder = folder::tempdir().expect("a temporary folder");
    let site = Site(folder.path().canonicalize().expect("it is there"));
    site.put("variorum.yml", CONFIGURATION);
    site.put("content/index.md", "---\ntitle: Home\nversions: '*'\n---\n");
    let mut out = String::new();
    let mut told = Vec::new();
    for block in &case.blocks {
        told.push(site.step(block, &mut out));
    }
    told
}

struct Site(PathBuf);

impl Site {
    fn put(&self, path: &str, text: &str) {
        put(&self.0, &Files::from([(path.to_owned(), text.as_bytes().to_vec())]));
    }

    fn step(&self, block: &Block, out: &mut String) -> String {
        let word = block.words.first().map(String::as_str).unwrap_or_default();
        match (word, &block.path) {
            ("commit", None) => self.commit(),
            ("sh", None) => *out = self.run(&block.text),
            ("out", None) => return out.clone(),
            ("file", Some(path)) => {
                return fs::read_to_string(self.0.join(path)).unwrap_or_default();
            }
            (_, Some(path)) => self.put(path, &block.text),
            (word, None) => panic!("nobody knows what to do with `{word}`"),
        }
        block.text.clone()
    }

    fn run(&self, script: &str) -> String {
        let mut said = String::new();
        for line in script.lines() {
            let arguments: Vec<&str> = line.split_whitespace().collect();
            let output = program(&self.0).args(arguments).env("LC_ALL", "C").output();
            let output = output.expect("the program can be started");
            for stream in [&output.stdout, &output.stderr] {
                let text = String::from_utf8_lossy(stream);
                said.push_str(&text.replace(&*self.0.to_string_lossy(), "SITE"));
            }
            if let Some(code) = output.status.code().filter(|code| *code != 0) {
                let _ = writeln!(said, "exit code {code}");
            }
        }
        said
    }

    fn commit(&self) {
        if !self.0.join(".git").exists() {
            self.git(&["init", "--quiet"]);
        }
        self.git(&["add", "."]);
        let name = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        // Every commit has the same moment: what came first is told by the commits alone.
        self.git(&[&name[..], &["commit", "--quiet", "--allow-empty", "-m", "a"]].concat());
    }

    fn git(&self, arguments: &[&str]) {
        let day = "2020-06-01T00:00:00Z";
        let done = Command::new("git")
            .args(arguments)
            .current_dir(&self.0)
            .env("GIT_AUTHOR_DATE", day)
            .env("GIT_COMMITTER_DATE", day)
            .output()
            .expect("git is there");
        assert!(
            done.status.success(),
            "git {arguments:?}: {}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
}

/// The text of a file of stories with what was told in the place of what its blocks say.
fn updated(text: &str, stories: &[(Case, Vec<String>)]) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut now = String::new();
    let mut at = 0;
    for (case, told) in stories {
        for (block, told) in case.blocks.iter().zip(told) {
            lines[at..block.lines.0].iter().for_each(|line| now.extend([*line, "\n"]));
            now.push_str(told);
            if !told.is_empty() && !told.ends_with('\n') {
                now.push('\n');
            }
            at = block.lines.1;
        }
    }
    lines[at..].iter().for_each(|line| now.extend([*line, "\n"]));
    now
}
