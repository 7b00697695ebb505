//! Paths of output files: relative, and safe to publish on every system.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::MARKER;

/// The longest name that common file systems take, in bytes.
const SEGMENT_BYTES: usize = 255;
/// The longest path that is published, in bytes.
const PATH_BYTES: usize = 1024;

/// A path below the output folder, with `/` between its segments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Box<str>);

/// Why a path cannot be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnsafePath {
    /// Nothing at all, or nothing between two slashes.
    Empty,
    /// It begins at the root of a file system.
    Absolute,
    /// It steps to its own or the parent folder, as it is or percent-encoded.
    Step(String),
    /// A character that some system does not take, or takes for something else.
    Character(char),
    /// A name that a system keeps for devices, or that this program keeps for itself.
    Reserved(String),
    /// A name that ends in a dot or a space, which some systems drop.
    Ending(String),
    /// More bytes than the number given.
    TooLong(usize),
}

impl OutputPath {
    /// The path, if it is relative and every system can hold it.
    pub fn new(path: &str) -> Result<Self, UnsafePath> {
        if path.starts_with('/') {
            return Err(UnsafePath::Absolute);
        }
        if path.len() > PATH_BYTES {
            return Err(UnsafePath::TooLong(PATH_BYTES));
        }
        if let Some(character) = path.chars().find(|character| is_unsafe(*character)) {
            return Err(UnsafePath::Character(character));
        }
        path.split('/').try_for_each(segment)?;
        if fold(path.split('/').next().unwrap_or(path)) == MARKER {
            return Err(UnsafePath::Reserved(path.into()));
        }
        Ok(Self(path.into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What this path has in common with those that a file system blind to case or composition takes for it.
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for UnsafePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("an empty name"),
            Self::Absolute => f.write_str("a path from the root"),
            Self::Step(name) => write!(f, "`{name}` leads out of its folder"),
            Self::Character(found) => write!(f, "`{}` in a name", found.escape_default()),
            Self::Reserved(name) => write!(f, "`{name}` is a reserved name"),
            Self::Ending(name) => write!(f, "`{name}` ends in a dot or a space"),
            Self::TooLong(bytes) => write!(f, "longer than {bytes} bytes"),
        }
    }
}

impl std::error::Error for UnsafePath {}

fn segment(name: &str) -> Result<(), UnsafePath> {
    let owned = || name.to_owned();
    match name {
        "" => Err(UnsafePath::Empty),
        _ if is_step(name) => Err(UnsafePath::Step(owned())),
        _ if name.ends_with(['.', ' ']) => Err(UnsafePath::Ending(owned())),
        _ if name.len() > SEGMENT_BYTES => Err(UnsafePath::TooLong(SEGMENT_BYTES)),
        _ if is_device(name) => Err(UnsafePath::Reserved(owned())),
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

/// Upper case first: letters such as `ß` have no single lower-case partner but share their upper case.
fn fold(text: &str) -> String {
    text.nfd().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc().collect()
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
            if let Ok(path) = OutputPath::new(&path) {
                let mut parts = Path::new(path.as_str()).components();
                prop_assert!(parts.all(|part| matches!(part, Component::Normal(_))));
                prop_assert!(!path.as_str().contains(['\\', '\0']));
                prop_assert_eq!(OutputPath::new(path.as_str()), Ok(path));
            }
        }
    }

    #[track_caller]
    fn check(path: &str, wanted: &str) {
        let found = OutputPath::new(path).map_or_else(|error| error.to_string(), |_| "fine".into());
        assert_eq!(found, wanted, "{path:?}");
    }

    #[test]
    fn ordinary_names_are_fine() {
        let long = "a".repeat(255);
        for path in
            ["a", "en/a@latest/b/index.html", "中文/é.html", "..a", "a..b", ".nojekyll", &long]
        {
            check(path, "fine");
        }
        for path in ["console", "com", "com10", "com0a", "nullable.txt", "100%25", "a/.variorum"] {
            check(path, "fine");
        }
    }

    #[test]
    fn paths_out_of_the_folder_are_refused() {
        check("", "an empty name");
        check("/", "a path from the root");
        check("/etc/passwd", "a path from the root");
        check("a//b", "an empty name");
        check("a/", "an empty name");
        check(".", "`.` leads out of its folder");
        check("a/../b", "`..` leads out of its folder");
        check("a/%2e%2E/b", "`%2e%2E` leads out of its folder");
        check("a/.%2e", "`.%2e` leads out of its folder");
        check("a/x%2Fy", "`x%2Fy` leads out of its folder");
        check("a%5cb", "`a%5cb` leads out of its folder");
        check("..\\b", "`\\\\` in a name");
        check("C:/b", "`:` in a name");
    }

    #[test]
    fn names_that_some_system_does_not_take_are_refused() {
        check("a\0", "`\\u{0}` in a name");
        check("a\u{9b}31m", "`\\u{9b}` in a name");
        check("a\nb", "`\\n` in a name");
        check("what?", "`?` in a name");
        check("a./b", "`a.` ends in a dot or a space");
        check("a/b ", "`b ` ends in a dot or a space");
        check(&"a".repeat(256), "longer than 255 bytes");
        check(&"a/".repeat(600), "longer than 1024 bytes");
    }

    #[test]
    fn device_names_and_the_marker_are_reserved() {
        for name in ["con", "NUL", "Aux", "com1", "LPT9", "com¹", "conin$", ".Variorum"] {
            check(name, &format!("`{name}` is a reserved name"));
        }
        check("a/nul.txt", "`nul.txt` is a reserved name");
        check("a/con .tar.gz", "`con .tar.gz` is a reserved name");
    }

    #[test]
    fn paths_that_a_folding_file_system_confuses_fold_to_the_same() {
        let folded = |path| OutputPath::new(path).expect("the path is fine").folded();
        assert_eq!(folded("A/Caf\u{e9}"), folded("a/cafe\u{301}"));
        assert_eq!(folded("Straße"), folded("STRASSE"));
        assert_ne!(folded("a/b"), folded("a/c"));
    }
}
