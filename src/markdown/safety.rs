//! What raw HTML and links must not do: run scripts.

/// Whether an address runs a script when it is followed, however it is disguised.
pub(super) fn runs_script(address: &str) -> bool {
    let scheme: String = address
        .chars()
        .filter(|letter| !letter.is_whitespace() && !letter.is_control())
        .take(LONGEST_SCHEME)
        .flat_map(char::to_lowercase)
        .collect();
    ["javascript:", "vbscript:", "livescript:", "data:text/html", "data:text/xml"]
        .iter()
        .any(|unsafe_scheme| scheme.starts_with(unsafe_scheme))
}

const LONGEST_SCHEME: usize = 16;

/// Whether an attribute runs a script: an event handler, a document in an attribute, an address that does.
pub(super) fn is_unsafe_attribute(name: &str, value: &str) -> bool {
    name.starts_with("on")
        || name == "srcdoc"
        || name == "http-equiv"
        || !is_prose(name) && value.split(';').any(runs_script)
}

/// Attributes that hold text for people or names, never addresses.
fn is_prose(name: &str) -> bool {
    matches!(name, "alt" | "title" | "class" | "id" | "name" | "label" | "summary")
        || name.starts_with("aria-")
        || name.starts_with("data-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disguised_script_is_recognised() {
        for address in
            ["javascript:x", " JavaScript:x", "java\tscript:x", "\u{1}javascript:", "vbscript:x"]
        {
            assert!(runs_script(address), "{address}");
        }
        for address in ["/javascript:", "https://a/javascript", "javascript", "data:image/png,x"] {
            assert!(!runs_script(address), "{address}");
        }
    }

    #[test]
    fn handlers_are_unsafe() {
        assert!(is_unsafe_attribute("onclick", "x"));
        assert!(is_unsafe_attribute("values", "/a;javascript:x"));
        assert!(!is_unsafe_attribute("title", "one"));
    }
}
