//! Sites on disk, the program run over them, and what it wrote.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Files by path, with `/`.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What a run of the program came to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    /// The exit code.
    pub(crate) code: i32,
    /// Standard error.
    pub(crate) printed: String,
}

/// The program: the one that `VARIORUM_PROGRAM` names, such as one that was built to be fast, else that of the tests.
pub(crate) fn executable() -> PathBuf {
    let named = std::env::var_os("VARIORUM_PROGRAM");
    let named = named.unwrap_or_else(|| env!("CARGO_BIN_EXE_variorum").into());
    // It is started in other folders than the one that the name counts from.
    Path::new(env!("CARGO_MANIFEST_DIR")).join(named)
}

/// The program, to be run in this folder without a terminal, colours or input.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(executable());
    command.current_dir(folder).stdin(Stdio::null()).env("NO_COLOR", "1");
    command
}

/// Runs the program. What it prints has `SITE` for the folder of the site.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let output = program(folder).args(arguments).output().expect("the program can be started");
    let printed = String::from_utf8_lossy(&output.stderr);
    Ran {
        code: output.status.code().unwrap_or(-1),
        printed: printed.replace(&*folder.to_string_lossy(), "SITE"),
    }
}

/// Writes files below a folder.
pub(crate) fn put(folder: &Path, files: &Files) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a new folder");
        fs::write(path, bytes).expect("a new file");
    }
}

/// Every file below a folder; none where there is no folder. What the program keeps for itself is left out.
pub(crate) fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let name = entry.path().strip_prefix(folder).expect("it was found below");
        let name = name.to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() && !name.starts_with('.') {
            files.insert(name, fs::read(entry.path()).expect("the file was just found"));
        }
    }
    files
}
