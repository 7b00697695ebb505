//! The editor that links to places open.

use std::path::Path;

use super::super::failure::Failure;
use crate::preview::Editor;

/// Editors by name, with the addresses that open a place in them.
const KNOWN: [(&str, &str); 5] = [
    ("vscode", "vscode://file{file}:{line}:{column}"),
    ("cursor", "cursor://file{file}:{line}:{column}"),
    ("zed", "zed://file{file}:{line}:{column}"),
    ("idea", "idea://open?file={file}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file://{file}&line={line}&column={column}"),
];

/// Schemes that run a script or show a document instead of opening an editor.
const FORBIDDEN: [&str; 4] = ["javascript", "data", "vbscript", "blob"];

/// The editor with this name or address, for the site in `root`.
pub(super) fn editor(name: &str, root: &Path) -> Result<Editor, Failure> {
    let root = root.to_string_lossy().replace('\\', "/");
    let root = if root.starts_with('/') { root } else { format!("/{root}") };
    let known = KNOWN.iter().find(|(known, _)| *known == name).map(|(_, address)| *address);
    let address = match (name, known) {
        ("none", _) => None,
        (_, Some(address)) => Some(address.to_owned()),
        (address, None) => Some(checked(address)?.to_owned()),
    };
    Ok(Editor { address, root })
}

fn checked(address: &str) -> Result<&str, Failure> {
    let names: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
    let wrong = |why: &str| {
        let names = names.join(", ");
        let hint = format!("name one of {names}, none, or an address with {{file}} and {{line}}");
        Failure::Usage(format!("--editor: `{address}` {why}: {hint}"))
    };
    let Some((scheme, _)) = address.split_once(':') else {
        return Err(wrong("is no editor that is known"));
    };
    let is_plain = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if !is_plain || FORBIDDEN.contains(&&*scheme.to_ascii_lowercase()) {
        return Err(wrong("opens no editor"));
    }
    if address.contains("{file}") { Ok(address) } else { Err(wrong("has no {file}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(name: &str) -> Option<String> {
        editor(name, Path::new("/site")).ok().map(|editor| editor.address.unwrap_or_default())
    }

    #[test]
    fn editors_have_names_or_addresses() {
        assert_eq!(address("zed").as_deref(), Some("zed://file{file}:{line}:{column}"));
        assert_eq!(address("x-edit:{file}#{line}").as_deref(), Some("x-edit:{file}#{line}"));
        assert_eq!(address("none").as_deref(), Some(""));
    }

    #[test]
    fn what_opens_no_editor_is_refused() {
        for name in ["vim", "javascript:{file}", "DATA:{file}", "x:{line}", "a b:{file}"] {
            assert_eq!(address(name), None, "{name}");
        }
    }
}
