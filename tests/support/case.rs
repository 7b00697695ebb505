//! Cases written as Markdown: `## name`, then fenced blocks.
//!
//! - A block with `path=…` and nothing more is a file of the site. With `escaped`, `\xff`, `\r` and `\\` in it mean
//!   bytes.
//! - `sh` holds the arguments of the runs, a line each; without it there is one plain build.
//! - A block with `path=…` and a word more is what a written file must be: `text main`, `links .pickers` and
//!   `html #article-contents` show one element, `whole` all of the file; every line of `contains` must be in it and
//!   none of `lacks`; `absent` means that there is no such file.
//! - `findings` is what is printed by the last run, `exit` its exit code. Without them nothing may be printed, and
//!   the code must be 0.
//! - A line `known: …` says why a case cannot hold yet.

#![allow(dead_code, reason = "each test uses a part of it")]

use super::program::Files;

/// A case.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) name: String,
    /// Why it is known to fail.
    pub(crate) known: Option<String>,
    pub(crate) blocks: Vec<Block>,
    /// The line behind its last.
    pub(crate) end: usize,
}

/// A fenced block.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// The words behind the fence, but for the path.
    pub(crate) words: Vec<String>,
    pub(crate) path: Option<String>,
    pub(crate) text: String,
    /// The lines of the text: the first and the one behind the last.
    pub(crate) lines: (usize, usize),
}

/// What a block is for.
pub(crate) enum Role<'a> {
    Input(&'a str),
    Runs,
    Findings,
    Exit,
    Written(&'a str),
}

impl Block {
    pub(crate) fn role(&self) -> Role<'_> {
        match (&self.path, self.words.first().map(String::as_str)) {
            (Some(path), _) if self.words.len() < 2 || self.words[1] == "escaped" => {
                Role::Input(path)
            }
            (Some(path), _) => Role::Written(path),
            (None, Some("sh")) => Role::Runs,
            (None, Some("findings")) => Role::Findings,
            (None, Some("exit")) => Role::Exit,
            (None, _) => panic!("a block without a path: {}", self.text),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        if self.words.iter().any(|word| word == "escaped") {
            unescaped(&self.text)
        } else {
            self.text.clone().into_bytes()
        }
    }
}

impl Case {
    /// The files of its site.
    pub(crate) fn inputs(&self) -> Files {
        let input = |block: &Block| match block.role() {
            Role::Input(path) => Some((path.to_owned(), block.bytes())),
            _ => None,
        };
        self.blocks.iter().filter_map(input).collect()
    }

    /// The arguments of each run.
    pub(crate) fn runs(&self) -> Vec<Vec<String>> {
        let block = self.blocks.iter().find(|block| matches!(block.role(), Role::Runs));
        let text = block.map_or("build", |block| &*block.text);
        text.lines().map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
    }
}

/// The cases of a file.
pub(crate) fn cases(text: &str) -> Vec<Case> {
    let lines: Vec<&str> = text.lines().collect();
    let mut cases: Vec<Case> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        if let Some(name) = line.strip_prefix("## ") {
            let name = name.to_owned();
            cases.push(Case { name, known: None, blocks: Vec::new(), end: at + 1 });
        }
        let Some(case) = cases.last_mut() else {
            at += 1;
            continue;
        };
        if let Some(why) = line.strip_prefix("known: ") {
            case.known = Some(why.to_owned());
        }
        if line.starts_with("```") {
            let block = block(&lines, at);
            at = block.lines.1;
            case.blocks.push(block);
            case.end = at + 1;
        }
        at += 1;
    }
    cases
}

/// The block whose fence is in line `at`.
fn block(lines: &[&str], at: usize) -> Block {
    let info = lines[at].trim_start_matches('`');
    let fence = &lines[at][..lines[at].len() - info.len()];
    let length = lines[at + 1..].iter().position(|line| *line == fence);
    let end = at + 1 + length.unwrap_or_else(|| panic!("`{info}` is not closed"));
    let (mut words, mut path) = (Vec::new(), None);
    for word in info.split_whitespace() {
        match word.strip_prefix("path=") {
            Some(given) => path = Some(given.to_owned()),
            None => words.push(word.to_owned()),
        }
    }
    let text = lines[at + 1..end].iter().map(|line| format!("{line}\n")).collect();
    Block { words, path, text, lines: (at + 1, end) }
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let (byte, behind) = match (byte, behind) {
            (b'\\', [b'r', behind @ ..]) => (b'\r', behind),
            (b'\\', [b'\\', behind @ ..]) => (b'\\', behind),
            (b'\\', [b'x', high, low, behind @ ..]) => (digit(*high) * 16 + digit(*low), behind),
            (byte, behind) => (byte, behind),
        };
        bytes.push(byte);
        rest = behind;
    }
    bytes
}

fn digit(letter: u8) -> u8 {
    char::from(letter).to_digit(16).and_then(|digit| u8::try_from(digit).ok()).expect("a hex digit")
}
