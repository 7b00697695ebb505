//! Keeps the code in shape: modules use only what stands before them, few of them touch the disk, and neither files
//! nor functions grow without anybody noticing. The limits that are only wishes are printed, not enforced.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Modules from left to right. A module may use itself and anything to its left.
const ORDER: &[&str] = &[
    "name",
    "source",
    "timing",
    "variant",
    "diagnostic",
    "messages",
    "yaml",
    "liquid",
    "markdown",
    "config",
    "discover",
    "load",
    "model",
    "render",
    "references",
    "check",
    "affected",
    "write",
    "external",
    "translation",
    "edit",
    "redirects",
    "preview",
    "lsp",
    "cli",
];

/// The modules that may name the file system.
const ON_DISK: &[&str] = &["discover", "load", "write", "edit", "cli"];

const SOFT_FILE: usize = 400;
const HARD_FILE: usize = 800;
const SOFT_FUNCTION: usize = 60;
const HARD_FUNCTION: usize = 80;

#[test]
fn modules_only_use_modules_to_their_left() {
    let mut wrong = Vec::new();
    for file in sources() {
        let Some(from) = rank(&file.path[0]) else { continue };
        for (number, used) in file.uses() {
            let to = rank(&used);
            if to.is_none_or(|to| to > from) {
                wrong.push(format!("{}:{number} uses {used}", file.name));
            }
        }
    }
    assert!(wrong.is_empty(), "dependencies must point left:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_has_a_place_in_the_order() {
    let mut missing: Vec<String> = sources().into_iter().map(|file| file.path[0].clone()).collect();
    missing.retain(|module| rank(module).is_none());
    missing.dedup();
    assert!(missing.is_empty(), "not in the order: {}", missing.join(", "));
}

#[test]
fn imports_name_the_module_that_they_use() {
    let mut wrong = Vec::new();
    for file in sources() {
        for (number, line) in file.code() {
            if line.contains("crate::{") || line.contains("{super::") {
                wrong.push(format!("{}:{number} {}", file.name, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that this test cannot follow:\n{}", wrong.join("\n"));
}

#[test]
fn only_a_few_modules_touch_the_disk() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| !ON_DISK.contains(&&*file.path[0])) {
        for (number, line) in file.code() {
            if ["std::fs", "fs::read", "fs::write", "File::open"].iter().any(|it| line.contains(it))
            {
                wrong.push(format!("{}:{number} {}", file.name, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "the disk is for {}:\n{}", ON_DISK.join(", "), wrong.join("\n"));
}

#[test]
fn files_and_functions_stay_small() {
    let (mut soft, mut hard) = (Vec::new(), Vec::new());
    let mut functions = 0;
    let mut long = 0;
    for file in sources().iter().chain(&tests()) {
        let lines = file.text.lines().count();
        if lines > HARD_FILE {
            hard.push(format!("{} has {lines} lines", file.name));
        } else if lines > SOFT_FILE {
            soft.push(format!("{} has {lines} lines", file.name));
        }
        for function in file.functions() {
            functions += 1;
            let shown = format!("{}:{} `{}`", file.name, function.line, function.name);
            if function.lines > HARD_FUNCTION {
                hard.push(format!("{shown} has {} lines", function.lines));
            } else if function.lines > SOFT_FUNCTION {
                long += 1;
                soft.push(format!("{shown} has {} lines", function.lines));
            }
        }
    }
    let mut out = std::io::stdout();
    for line in &soft {
        writeln!(out, "over the soft limit: {line}").unwrap();
    }
    writeln!(out, "{functions} functions, {long} of them over {SOFT_FUNCTION} lines").unwrap();
    assert!(hard.is_empty(), "over the hard limit:\n{}", hard.join("\n"));
    assert!(long * 100 <= functions * 3, "more than 3 % of the functions are long");
}

#[test]
fn a_way_out_of_a_module_is_seen() {
    let text = "use crate::load::x;\nuse super::super::write::y;\nuse super::near;\nmod tests {\n    \
                use super::super::super::cli::z;\n    use super::super::beside;\n}\n";
    let path = vec!["model".to_owned(), "page".to_owned()];
    let file = Source { name: String::new(), path, text: text.to_owned() };
    let names = ["load", "write", "cli"].map(str::to_owned);
    assert_eq!(file.uses(), [1, 2, 5].into_iter().zip(names).collect::<Vec<_>>());
}

/// A file of code.
struct Source {
    /// Its path from the top of the project.
    name: String,
    /// The module that it is, from the crate: `src/load.rs` and `src/load/mod.rs` are `load`.
    path: Vec<String>,
    text: String,
}

/// A function, by where its signature begins.
struct Function {
    name: String,
    line: usize,
    lines: usize,
}

impl Source {
    /// The lines that are no comments, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbered = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        numbered.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The top-level modules that are named, each with its line.
    fn uses(&self) -> Vec<(usize, String)> {
        let mut uses = Vec::new();
        let mut inline = 0;
        for (number, line) in self.code() {
            // A module inside the file stands one level deeper.
            if line.starts_with("mod ") && line.ends_with('{') {
                inline = 1;
            } else if line.starts_with('}') {
                inline = 0;
            }
            let named = line.split("crate::").skip(1).map(first_name);
            uses.extend(named.map(|name| (number, name)));
            uses.extend(self.escapes(line, inline).map(|name| (number, name)));
        }
        // `$crate::` and types of the crate's root are no modules.
        uses.retain(|(_, name)| name.chars().next().is_none_or(char::is_lowercase));
        uses
    }

    /// What each `super::super::…` names that leaves the top-level module.
    fn escapes(&self, line: &str, inline: usize) -> impl Iterator<Item = String> {
        let depth = self.path.len() + inline;
        let marked = line.replace("super::", "\u{0}");
        let runs: Vec<&str> = marked.split_inclusive('\u{0}').collect();
        let mut names = Vec::new();
        let mut steps = 0;
        for (at, part) in runs.iter().enumerate() {
            steps = if *part == "\u{0}" { steps + 1 } else { usize::from(part.ends_with('\u{0}')) };
            let behind = runs.get(at + 1).copied().unwrap_or_default();
            if steps >= depth && behind != "\u{0}" {
                names.push(first_name(behind));
            }
        }
        names.into_iter()
    }

    /// The functions, as `rustfmt` lays them out: each ends where a brace stands below its beginning.
    fn functions(&self) -> Vec<Function> {
        let lines: Vec<&str> = self.text.lines().collect();
        let mut functions = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let Some(name) = function_name(line) else { continue };
            let indent = &line[..line.len() - line.trim_start().len()];
            let one_line = line.ends_with('}') || line.ends_with(';');
            let end = format!("{indent}}}");
            let length = lines[at..].iter().position(|line| *line == end);
            let lines = if one_line { 1 } else { length.map_or(1, |length| length + 1) };
            functions.push(Function { name, line: at + 1, lines });
        }
        functions
    }
}

/// The name of the function that begins in this line.
fn function_name(line: &str) -> Option<String> {
    let mut rest = line.trim_start();
    for word in ["pub ", "pub(crate) ", "pub(super) ", "const "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest.strip_prefix("fn ").map(first_name)
}

fn first_name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|name| *name == module)
}

/// The files of the library. `lib.rs` and `main.rs` put the modules together and belong to none.
fn sources() -> Vec<Source> {
    let mut files = rust_files("src");
    files.retain(|file| !["lib", "main"].contains(&&*file.path[0]));
    files
}

fn tests() -> Vec<Source> {
    rust_files("tests")
}

fn rust_files(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    list(&root.join(folder), &mut paths);
    paths.sort();
    paths.iter().map(|path| read(root, path)).collect()
}

fn list(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn read(root: &Path, file: &Path) -> Source {
    let relative = file.strip_prefix(root).unwrap();
    let parts = relative.with_extension("");
    let mut path: Vec<String> =
        parts.iter().skip(1).map(|part| part.to_str().unwrap().to_owned()).collect();
    if path.len() > 1 && path.last().is_some_and(|name| name == "mod") {
        path.pop();
    }
    let name = relative.to_str().unwrap().replace('\\', "/");
    Source { name, path, text: fs::read_to_string(file).unwrap() }
}
