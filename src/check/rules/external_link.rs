//! Addresses of other sites that cannot be right. The network is not asked.

use std::cell::Cell;

use url::{SyntaxViolation, Url};

use super::gather::{Gathered, links};
use crate::diagnostic::{Diagnostic, Finding, codes, nearest};
use crate::model::Site;
use crate::render::{Leads, PageFacts};

/// Schemes that are slips of the pen where they are nearly these.
const SCHEMES: &[&str] = &["http", "https", "mailto"];

pub(super) fn rule(_: &Site, facts: &[PageFacts]) -> Vec<Finding> {
    let mut wrong = Gathered::new();
    for (text, link) in links(facts).filter(|(_, link)| link.leads == Leads::Away) {
        if let Some(fault) = fault(&link.address) {
            wrong.add(&link.place, (&*link.address, fault), text);
        }
    }
    wrong.findings(|span, (address, fault), _| {
        let message = format!("`{address}`: {fault}");
        Diagnostic::new(codes::EXTERNAL_LINK_SYNTAX, span, message).hint("correct the address")
    })
}

/// The address with its scheme, which may be left out in front of `//`.
pub(super) fn absolute(address: &str) -> String {
    if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() }
}

/// What is wrong with an address; nothing where it can be right.
pub(super) fn fault(address: &str) -> Option<String> {
    if address.is_empty() {
        return Some("the address is empty".to_owned());
    }
    let absolute = absolute(address);
    let (scheme, rest) = absolute.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    match &*scheme {
        "http" | "https" => web(&absolute),
        "mailto" => {
            (!rest.split('?').next()?.contains('@')).then(|| "there is no `@` in it".to_owned())
        }
        other => {
            let near = nearest(other, SCHEMES.iter().copied())?;
            Some(format!("the scheme `{other}` is hardly meant: did you mean `{near}`?"))
        }
    }
}

/// What is wrong with an address of the web, by the rules of browsers without their leniency.
fn web(address: &str) -> Option<String> {
    let violation = Cell::new(None);
    let note = |found| {
        if is_fault(found) {
            violation.set(Some(found));
        }
    };
    let parsed = Url::options();
    let parsed = parsed.syntax_violation_callback(Some(&note)).parse(address);
    match (parsed, violation.get()) {
        (Err(error), _) => Some(error.to_string()),
        (Ok(_), Some(found)) => Some(found.description().to_owned()),
        (Ok(url), None) => host_fault(&url),
    }
}

/// What readers do not get away with. Letters that should be percent-encoded are, when the page is made.
fn is_fault(violation: SyntaxViolation) -> bool {
    matches!(
        violation,
        SyntaxViolation::Backslash
            | SyntaxViolation::ExpectedDoubleSlash
            | SyntaxViolation::ExpectedFileDoubleSlash
            | SyntaxViolation::EmbeddedCredentials
            | SyntaxViolation::TabOrNewlineIgnored
            | SyntaxViolation::UnencodedAtSign
    )
}

/// `https://https://a.b` and `https://http//a.b` are addresses of hosts by these names.
fn host_fault(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    SCHEMES.contains(&host).then(|| format!("`{host}` is there twice"))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn addresses_that_can_be_right_pass() {
        for address in [
            "https://example.com",
            "http://[::1]:4000/a?b#c",
            "//cdn.example.com/a.js",
            "https://example.com/必须?a=[1]",
            "mailto:a@example.com?subject=x",
            "tel:+123",
            "git:example",
            "x-github-client://openRepo/https://github.com/a/b",
            "#place",
        ] {
            assert_eq!(fault(address), None, "{address}");
        }
    }

    #[test]
    fn addresses_that_cannot_be_right_are_told() {
        for address in [
            "",
            "https:example.com",
            "https:///example.com",
            "http:/example.com",
            "https://",
            "https://exa mple.com",
            "htps://example.com",
            "https://https://example.com",
            "https://http//example.com",
            "https://example.com:port/",
            "https://user:secret@example.com",
            "https:\\\\example.com",
            "mailto:somebody",
        ] {
            assert!(fault(address).is_some(), "{address}");
        }
    }
}
