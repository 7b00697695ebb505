//! Changes of a site as people make them, by chance.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::fs;
use std::path::Path;

use crate::program::files;

/// Numbers by chance, the same for the same seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }

    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.roll(items.len())]
    }
}

/// What was done.
pub(crate) struct Edit {
    /// The files that were touched.
    pub(crate) touched: Vec<String>,
    /// In words.
    pub(crate) told: String,
}

/// Pieces that a text gets somewhere.
const PIECES: &[&str] = &[
    " more words ",
    "\n\n## A new heading\n\ntext\n\n",
    "{% data variables.nowhere.at_all %}",
    "{% if currentVersion %}shown{% endif %}",
    "{% if broken",
    "\n\n[link](/nowhere)\n\n",
    "**bold** 与**粗体。**字",
    "\n\n```shell\n$ ls\n```\n\n",
    "\n{% note %}\n\nA note.\n\n{% endnote %}\n",
];

/// Lines of front matter that pages can have.
const KEYS: &[&str] = &[
    "redirect_from: [/an/old/place]",
    "hidden: true",
    "shortTitle: Short",
    "intro: 'An *intro* of its own'",
    "versions: '*'",
    "title: Another title",
    "showMiniToc: false",
    "permissions: Anybody can.",
    "unknown_key: 1",
];

/// Changes a file of the site.
pub(crate) fn edit(root: &Path, dice: &mut Dice) -> Edit {
    let all = files(root);
    let is_text = |path: &&String| {
        [".md", ".yml", ".html"].iter().any(|end| path.ends_with(end)) && *path != "variorum.yml"
    };
    let texts: Vec<String> = all.keys().filter(is_text).cloned().collect();
    let path = dice.pick(&texts).clone();
    let text = String::from_utf8_lossy(&all[&path]).into_owned();
    match dice.roll(12) {
        0..=4 => write(root, &path, &with_piece(&text, dice), "a piece in"),
        5 | 6 => write(root, &path, &with_key(&text, dice), "a key in"),
        7 => write(root, &path, &without_line(&text, dice), "a line less in"),
        8 => {
            let copy = path.replacen('.', &format!("-{}.", dice.roll(3)), 1);
            write(root, &copy, &text, "a copy")
        }
        9 if !path.ends_with("index.md") => {
            fs::remove_file(root.join(&path)).expect("it was just found");
            Edit { touched: vec![path.clone()], told: format!("removed {path}") }
        }
        10 => rename(root, &path, dice),
        _ => {
            let key = format!("new_{}: a value {{% data variables.x.y %}}\n", dice.roll(3));
            write(root, "data/variables/more.yml", &key, "data in")
        }
    }
}

fn write(root: &Path, path: &str, text: &str, what: &str) -> Edit {
    let place = root.join(path);
    fs::create_dir_all(place.parent().expect("a file is in a folder")).expect("a new folder");
    fs::write(place, text).expect("it can be written");
    Edit { touched: vec![path.to_owned()], told: format!("{what} {path}") }
}

fn rename(root: &Path, path: &str, dice: &mut Dice) -> Edit {
    let to = path.replacen('.', &format!("{}.", dice.roll(9)), 1);
    fs::rename(root.join(path), root.join(&to)).expect("it was just found");
    Edit { touched: vec![path.to_owned(), to.clone()], told: format!("{path} is {to}") }
}

fn with_piece(text: &str, dice: &mut Dice) -> String {
    let body = text.rfind("\n---\n").map_or(0, |at| at + 5);
    let at = text.floor_char_boundary(body + dice.roll(text.len() - body + 1));
    format!("{}{}{}", &text[..at], dice.pick(PIECES), &text[at..])
}

fn with_key(text: &str, dice: &mut Dice) -> String {
    let key = dice.pick(KEYS);
    let name = key.split(':').next().unwrap_or_default();
    let other: Vec<&str> = text.lines().filter(|line| !line.starts_with(name)).collect();
    match other.split_first() {
        Some((&"---", rest)) => format!("---\n{key}\n{}\n", rest.join("\n")),
        _ => format!("{text}\n{}: {}\n", "another", dice.roll(99)),
    }
}

fn without_line(text: &str, dice: &mut Dice) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let left = dice.roll(lines.len());
    let kept = lines.iter().enumerate().filter(|(at, _)| *at != left);
    kept.map(|(_, line)| format!("{line}\n")).collect()
}
