//! The real input beside the project: `../shared`, or the folder that `VARIORUM_SHARED` names.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::io::Write;
use std::path::{Path, PathBuf};

/// Where the corpus lies in the folder.
const CORPUS: &str = "corpus/github-docs-2020";

/// The folder that holds the corpus. Where there is none, that is said.
///
/// It is absolute: tests start the program in folders of their own, from where `../shared` would lead elsewhere.
pub(crate) fn folder() -> Option<PathBuf> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("VARIORUM_SHARED").map_or("../shared".into(), PathBuf::from);
    let folder = project.join(named).canonicalize().ok();
    let folder = folder.filter(|folder| folder.join(CORPUS).is_dir());
    if folder.is_none() {
        say("skipped: the corpus is not there");
    }
    folder
}

/// The folder for what takes long where the library is not optimised. There this is left out unless the folder is named.
pub(crate) fn folder_for_long() -> Option<PathBuf> {
    if cfg!(debug_assertions) && std::env::var_os("VARIORUM_SHARED").is_none() {
        say("skipped: run it with `--release`, or with VARIORUM_SHARED=../shared");
        return None;
    }
    folder()
}

/// The corpus as a site: its folder and its configuration.
pub(crate) fn corpus() -> Option<(PathBuf, PathBuf)> {
    folder().map(|folder| corpus_in(&folder))
}

/// The same for what takes long.
pub(crate) fn corpus_for_long() -> Option<(PathBuf, PathBuf)> {
    folder_for_long().map(|folder| corpus_in(&folder))
}

fn corpus_in(folder: &Path) -> (PathBuf, PathBuf) {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/variorum.yml");
    (folder.join(CORPUS), config)
}

/// Not by a macro: what a test that passes prints by one is not shown.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
