//! The real input beside the project: `../shared`, or the folder that `VARIORUM_SHARED` names.

use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder that holds the corpus. Where there is none, or the program is not optimised, that is said.
pub(crate) fn corpus() -> Option<PathBuf> {
    if cfg!(debug_assertions) {
        say("skipped: run it with `--release`");
        return None;
    }
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("VARIORUM_SHARED").map_or(beside, PathBuf::from);
    let is_there = folder.join("corpus/github-docs-2020").is_dir();
    if !is_there {
        say("skipped: the corpus is not there");
    }
    is_there.then_some(folder)
}

/// Not by a macro: what a test that passes prints by one is not shown.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
