//! The client library of a real editor, by `node --test`. Without node or its packages nothing is tested, and what is
//! missing is said; with `VARIORUM_EDITOR=required` that is a failure.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::program::executable;
use super::site;

#[test]
fn the_library_of_a_real_editor_is_served() {
    if let Some(missing) = missing() {
        let required = std::env::var_os("VARIORUM_EDITOR").is_some_and(|value| value == "required");
        assert!(!required, "{missing}");
        let _ =
            writeln!(std::io::stderr(), "the test with an editor's library is skipped: {missing}");
        return;
    }
    let folder = site(&[]);
    let mut command = Command::new("node");
    let test = here().join("tests/lsp/editor.test.mjs");
    command.args(["--test", "--test-reporter=spec"]).arg(test).env("VARIORUM_SITE", folder.path());
    command.env("VARIORUM_PROGRAM", executable());
    let output = command.stdin(Stdio::null()).output().expect("node was found");
    let printed = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&printed));
}

/// What is not there that the test needs, and how to get it.
fn missing() -> Option<&'static str> {
    let node = Command::new("node").arg("--version").stdin(Stdio::null()).output();
    if node.is_err() {
        Some("there is no `node`: install `nodejs` and `npm`")
    } else if !here().join("editors/vscode/node_modules").is_dir() {
        Some("the packages are missing: run `npm ci` in `editors/vscode`")
    } else {
        None
    }
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
