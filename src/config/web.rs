//! Web addresses in `variorum.yml`.

use super::EDITED_PATH;
use super::read::bad_value;
use crate::yaml::{Decoder, Node};

/// An address with `http` or `https`, its slash at the end removed.
pub(super) fn base_url(node: &Node, decoder: &mut Decoder<'_>) -> Option<String> {
    let text = decoder.text(node, "base_url")?;
    match check_base_url(&text.value) {
        Ok(url) => Some(url),
        Err(message) => {
            bad_value(
                decoder,
                text.span,
                message,
                "write an address such as `https://example.com/docs`",
            );
            None
        }
    }
}

/// The address without its slash at the end, or what is wrong with it.
pub(crate) fn check_base_url(url: &str) -> Result<String, String> {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/@[]%".contains(c);
    match host {
        Some(host) if !host.is_empty() && !host.starts_with('/') && host.chars().all(plain) => {
            Ok(url.trim_end_matches('/').to_owned())
        }
        _ => Err(format!("`{url}` is not a web address")),
    }
}

/// An address with `http` or `https` that has a place for the path of a file.
pub(super) fn edit_url(node: &Node, decoder: &mut Decoder<'_>) -> Option<String> {
    let text = decoder.text(node, "edit_url")?;
    let url = &text.value;
    let hint = "write an address such as `https://github.com/OWNER/REPOSITORY/edit/main/{path}`";
    let message = if let Err(message) = check_web_address(url) {
        message
    } else if !url.contains(EDITED_PATH) {
        format!("`{url}` has no `{EDITED_PATH}` for the file")
    } else {
        return Some(text.value);
    };
    bad_value(decoder, text.span, message, hint);
    None
}

/// What is wrong with an address of which any part may follow the host.
fn check_web_address(url: &str) -> Result<(), String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"`\\".contains(c);
    match host {
        Some(host) if !host.is_empty() && !host.contains(['{', '}']) && url.chars().all(plain) => {
            Ok(())
        }
        _ => Err(format!("`{url}` is not a web address")),
    }
}
