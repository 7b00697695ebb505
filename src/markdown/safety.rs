//! What raw HTML and links must not do: run scripts.

/// Whether an address runs a script when it is followed, however it is disguised.
pub(super) fn runs_script(address: &str) -> bool {
    let Some((_, behind)) = address.split_once(':') else { return false };
    match scheme(address).as_deref() {
        Some("javascript" | "vbscript" | "livescript" | "jscript" | "mocha") => true,
        Some("blob" | "filesystem") => true,
        // A picture is shown; any other data may be a document.
        Some("data") => !PICTURES.iter().any(|kind| plain(behind).starts_with(kind)),
        Some("feed" | "jar" | "view-source") => runs_script(behind),
        _ => false,
    }
}

/// The kinds of data that only a picture can be. SVG can hold scripts.
const PICTURES: [&str; 7] =
    ["image/png", "image/gif", "image/jpeg", "image/jpg", "image/webp", "image/avif", "image/bmp"];

/// The scheme of an address as a browser reads it, in lower case.
pub(super) fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let scheme = plain(scheme);
    let mut letters = scheme.bytes();
    let is_scheme = letters.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some(scheme)
}

/// The address without what browsers pass over, in lower case.
fn plain(address: &str) -> String {
    let seen = address.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control());
    seen.flat_map(char::to_lowercase).collect()
}

/// Whether an attribute runs a script: an event handler, a document in an attribute, an address that does.
pub(super) fn is_unsafe_attribute(name: &str, value: &str) -> bool {
    name.starts_with("on")
        || matches!(name, "srcdoc" | "http-equiv")
        || name == "style" && is_unsafe_style(value)
        || !is_prose(name) && value.split([';', ',', ' ']).chain([value]).any(runs_script)
}

/// Whether a style loads or runs something.
fn is_unsafe_style(style: &str) -> bool {
    // Escapes and comments can hide any word in a style; honest ones need neither.
    let plain = plain(style);
    ["\\", "/*", "url(", "expression(", "@import", "-moz-binding", "behavior:", "script:"]
        .iter()
        .any(|part| plain.contains(part))
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
        for address in [
            "javascript:x",
            " JavaScript:x",
            "java\tscript:x",
            "java\u{a0}script:x",
            "\u{1}javascript:",
            "vbscript:x",
            "data:text/html,x",
            "data:image/svg+xml,x",
            "DATA:,x",
            "view-source:javascript:x",
            "feed:feed:javascript:x",
            "jar:data:text/html,x",
        ] {
            assert!(runs_script(address), "{address}");
        }
        for address in [
            "/javascript:",
            "https://a/javascript:",
            "javascript",
            "javascript%3Ax",
            "data:image/png,x",
            "feed:https://a",
        ] {
            assert!(!runs_script(address), "{address}");
        }
    }

    #[test]
    fn handlers_are_unsafe() {
        assert!(is_unsafe_attribute("onclick", "x"));
        assert!(is_unsafe_attribute("values", "/a;javascript:x"));
        assert!(is_unsafe_attribute("srcset", "a 1x, javascript:x 2x"));
        assert!(!is_unsafe_attribute("title", "one"));
    }

    #[test]
    fn styles_load_nothing() {
        for style in ["background: URL (x)", "width: exp/**/ression(x)", "a:\\75rl(x)"] {
            assert!(is_unsafe_attribute("style", style), "{style}");
        }
        assert!(!is_unsafe_attribute("style", "width: 20%; float: left"));
    }

    #[test]
    fn a_scheme_is_read_as_browsers_read_it() {
        assert_eq!(scheme(" Ht\ntps://a").as_deref(), Some("https"));
        assert_eq!(scheme("a/b:c"), None);
        assert_eq!(scheme("#a:b"), None);
        assert_eq!(scheme("中:b"), None);
    }
}
