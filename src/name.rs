//! Names that every system can hold, whatever becomes of them: a file that is read, an address, a file that is written.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// The longest name that common file systems take, in bytes.
const SEGMENT_BYTES: usize = 255;
/// The longest path, in characters: some systems take 260, with the folder that the site lies in.
const PATH_CHARACTERS: usize = 240;

/// Why a path cannot stand on every system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnsafeName {
    /// Nothing at all, or nothing between two slashes.
    Empty,
    /// It begins at the root of a file system.
    Absolute,
    /// It steps to its own or the parent folder, as it is or percent-encoded.
    Step(String),
    /// A character that some system does not take, or takes for something else.
    Character(char),
    /// A name that a system keeps for devices, or that is kept for something else.
    Reserved(String),
    /// A name that ends in a dot or a space, which some systems drop.
    Ending(String),
    /// A name of more bytes than the number given.
    LongName(usize),
    /// A path of more characters than the number given.
    LongPath(usize),
}

/// Whether the path, with `/` between its segments, is relative and every system can hold it.
pub fn check(path: &str) -> Result<(), UnsafeName> {
    if path.starts_with('/') {
        return Err(UnsafeName::Absolute);
    }
    if path.len() > PATH_CHARACTERS && path.chars().count() > PATH_CHARACTERS {
        return Err(UnsafeName::LongPath(PATH_CHARACTERS));
    }
    if let Some(character) = path.chars().find(|character| is_unsafe(*character)) {
        return Err(UnsafeName::Character(character));
    }
    path.split('/').try_for_each(segment)
}

/// What a path has in common with those that a file system blind to case or composition takes for it.
pub fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    // Upper case first: letters such as `ß` have no single lower-case partner but share their upper case.
    path.nfd().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc().collect()
}

impl fmt::Display for UnsafeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("an empty name"),
            Self::Absolute => f.write_str("a path from the root"),
            Self::Step(name) => write!(f, "`{name}` leads out of its folder"),
            Self::Character(found) => write!(f, "`{}` in a name", found.escape_default()),
            Self::Reserved(name) => write!(f, "`{name}` is a reserved name"),
            Self::Ending(name) => write!(f, "`{name}` ends in a dot or a space"),
            Self::LongName(bytes) => write!(f, "a name longer than {bytes} bytes"),
            Self::LongPath(characters) => write!(f, "longer than {characters} characters"),
        }
    }
}

impl std::error::Error for UnsafeName {}

fn segment(name: &str) -> Result<(), UnsafeName> {
    let owned = || name.to_owned();
    match name {
        "" => Err(UnsafeName::Empty),
        _ if is_step(name) => Err(UnsafeName::Step(owned())),
        _ if name.ends_with(['.', ' ']) => Err(UnsafeName::Ending(owned())),
        _ if name.len() > SEGMENT_BYTES => Err(UnsafeName::LongName(SEGMENT_BYTES)),
        _ if is_device(name) => Err(UnsafeName::Reserved(owned())),
        _ => Ok(()),
    }
}

fn is_unsafe(character: char) -> bool {
    character.is_control() || matches!(character, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// Whether a web server that decodes the name could leave the folder by it.
fn is_step(name: &str) -> bool {
    let plain = name.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".." || ["%2f", "%5c", "%00"].iter().any(|code| plain.contains(code))
}

/// Whether Windows takes the name, with whatever extension, for a device.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    match stem.as_str() {
        "con" | "prn" | "aux" | "nul" | "conin$" | "conout$" => true,
        _ => stem
            .strip_prefix("com")
            .or_else(|| stem.strip_prefix("lpt"))
            .is_some_and(|port| matches!(port, "¹" | "²" | "³") || is_digit(port)),
    }
}

fn is_digit(text: &str) -> bool {
    matches!(text.as_bytes(), [digit] if digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use std::path::{Component, Path};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        #[test]
        fn no_path_that_is_taken_leaves_the_folder(path in r"([a.%2eEfFcC5 ~\\:/\x00-\x1f]|\PC){0,12}") {
            if check(&path).is_ok() {
                let mut parts = Path::new(&path).components();
                prop_assert!(parts.all(|part| matches!(part, Component::Normal(_))));
                prop_assert!(!path.contains(['\\', '\0']));
            }
        }
    }

    #[track_caller]
    fn says(path: &str, wanted: &str) {
        let found = check(path).map_or_else(|error| error.to_string(), |()| "fine".into());
        assert_eq!(found, wanted, "{path:?}");
    }

    #[test]
    fn ordinary_names_are_fine() {
        let long = "文".repeat(85);
        for path in
            ["a", "en/a@latest/b/index.html", "中文/é.html", "..a", "a..b", ".nojekyll", &long]
        {
            says(path, "fine");
        }
        for path in ["console", "com", "com10", "com0a", "nullable.txt", "100%25", "a/.variorum"] {
            says(path, "fine");
        }
    }

    #[test]
    fn paths_out_of_the_folder_are_refused() {
        says("", "an empty name");
        says("/", "a path from the root");
        says("/etc/passwd", "a path from the root");
        says("a//b", "an empty name");
        says("a/", "an empty name");
        says(".", "`.` leads out of its folder");
        says("a/../b", "`..` leads out of its folder");
        says("a/%2e%2E/b", "`%2e%2E` leads out of its folder");
        says("a/.%2e", "`.%2e` leads out of its folder");
        says("a/x%2Fy", "`x%2Fy` leads out of its folder");
        says("a%5cb", "`a%5cb` leads out of its folder");
        says("..\\b", "`\\\\` in a name");
        says("C:/b", "`:` in a name");
    }

    #[test]
    fn names_that_some_system_does_not_take_are_refused() {
        says("a\0", "`\\u{0}` in a name");
        says("a\u{9b}31m", "`\\u{9b}` in a name");
        says("a\nb", "`\\n` in a name");
        says("what?", "`?` in a name");
        says("a./b", "`a.` ends in a dot or a space");
        says("a/b ", "`b ` ends in a dot or a space");
        says(&"a".repeat(240), "fine");
        says(&"文".repeat(86), "a name longer than 255 bytes");
        says(&"a/".repeat(121), "longer than 240 characters");
    }

    #[test]
    fn device_names_are_reserved() {
        for name in ["con", "NUL", "Aux", "com1", "LPT9", "com¹", "conin$"] {
            says(name, &format!("`{name}` is a reserved name"));
        }
        says("a/nul.txt", "`nul.txt` is a reserved name");
        says("a/con .tar.gz", "`con .tar.gz` is a reserved name");
    }

    #[test]
    fn paths_that_a_folding_file_system_confuses_fold_to_the_same() {
        assert_eq!(folded("A/b"), folded("a/\u{42}"));
        assert_eq!(folded("A/Caf\u{e9}"), folded("a/cafe\u{301}"));
        assert_eq!(folded("Straße"), folded("STRASSE"));
        assert_ne!(folded("a/b"), folded("a/c"));
    }
}
