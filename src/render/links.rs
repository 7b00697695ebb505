//! Where the links and images of a text lead in a variant.

use crate::markdown::{Body, Target};
use crate::model::{Page, PageId, Resolution, Site};
use crate::variant::Variant;

/// The addresses of a body's links and images in a variant, and what was wrong with them.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    pub(super) links: Vec<String>,
    pub(super) images: Vec<String>,
    pub(super) faults: Vec<AddressFault>,
}

/// An address that leads nowhere.
#[derive(Debug)]
pub(super) struct AddressFault {
    pub(super) kind: AddressKind,
    pub(super) address: String,
    /// The bytes of the expansion.
    pub(super) at: std::ops::Range<u32>,
}

/// What an address is that of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AddressKind {
    /// A link.
    Link,
    /// An image.
    Image,
}

/// The addresses of a body of `page` in a variant.
pub(super) fn addresses(site: &Site, page: &Page, variant: Variant, body: &Body) -> Addresses {
    let mut found = Addresses::default();
    for link in &body.links {
        let (address, known) = link_address(site, page, variant, &link.address);
        if !known {
            found.faults.push(fault(AddressKind::Link, link));
        }
        found.links.push(address);
    }
    for image in &body.images {
        let (address, known) = image_address(site, page, &image.address);
        if !known {
            found.faults.push(fault(AddressKind::Image, image));
        }
        found.images.push(address);
    }
    found
}

fn fault(kind: AddressKind, target: &Target) -> AddressFault {
    AddressFault { kind, address: target.address.clone(), at: target.at.clone() }
}

/// The address of a link in a variant, and whether it leads somewhere.
pub(super) fn link_address(
    site: &Site,
    page: &Page,
    variant: Variant,
    address: &str,
) -> (String, bool) {
    let address = address.trim();
    let base = site.config.base_path();
    let Some((path, suffix)) = local(page, address) else { return (address.to_owned(), true) };
    match site.resolve(&path, variant) {
        Resolution::Page { page, version, .. } => {
            let variant = Variant { version, ..variant };
            (format!("{base}{}{suffix}", site.permalink(page, variant)), true)
        }
        Resolution::Asset => (format!("{base}{path}{suffix}"), true),
        Resolution::Retired => {
            let language = &site.config.language(variant.language).code;
            let behind = without_language(site, &path);
            (format!("{base}/{language}/{behind}{suffix}"), true)
        }
        Resolution::Nowhere => {
            let route = without_language(site, path.trim_end_matches('/'));
            (format!("{base}{}{suffix}", site.address(route, variant)), false)
        }
    }
}

/// The page that a link leads to, in the variant that it leads to.
pub(super) fn linked_page(
    site: &Site,
    page: &Page,
    variant: Variant,
    address: &str,
) -> Option<(PageId, Variant)> {
    let (path, _) = local(page, address.trim())?;
    match site.resolve(&path, variant) {
        Resolution::Page { page, version, .. } => Some((page, Variant { version, ..variant })),
        _ => None,
    }
}

/// The address of an image, and whether it is there.
fn image_address(site: &Site, page: &Page, address: &str) -> (String, bool) {
    let address = address.trim();
    let base = site.config.base_path();
    let Some((path, suffix)) = local(page, address) else { return (address.to_owned(), true) };
    let known = path
        .strip_prefix("/assets/")
        .is_some_and(|name| site.assets.contains(&*percent_decoded(name)));
    (format!("{base}{path}{suffix}"), known)
}

/// Path and the rest (query, fragment) of an address of this site, the path beginning with a slash; nothing where
/// the address is that of another site, or a place on the same page.
fn local(page: &Page, address: &str) -> Option<(String, String)> {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (path, suffix) = address.split_at(end);
    if path.is_empty() || path.starts_with("//") || has_scheme(path) {
        return None;
    }
    if path.starts_with('/') {
        return Some((path.to_owned(), suffix.to_owned()));
    }
    // Relative addresses are relative to the folder of the page's file, with or without `.md`.
    let mut parts: Vec<&str> = page.folder().split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    let route = joined.strip_suffix(".md").unwrap_or(&joined);
    let route = route.strip_suffix("/index").unwrap_or(route);
    Some((format!("/{route}"), suffix.to_owned()))
}

/// Whether an address begins with a scheme such as `https:`.
fn has_scheme(address: &str) -> bool {
    let Some((scheme, _)) = address.split_once(':') else { return false };
    let mut letters = scheme.bytes();
    letters.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && letters.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// The path without a slash at the beginning and without its language.
fn without_language<'a>(site: &Site, path: &'a str) -> &'a str {
    let path = path.trim_start_matches('/');
    match path.split_once('/') {
        Some((code, rest)) if site.config.find_language(code).is_some() => rest,
        _ => path,
    }
}

/// `%20` as a space; what is no code stays.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let code = behind.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let code = code.filter(|_| byte == b'%').and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{has_scheme, percent_decoded};

    #[test]
    fn schemes_are_told_from_paths() {
        assert!(has_scheme("https://a"));
        assert!(has_scheme("mailto:a@b"));
        assert!(!has_scheme("/a:b"));
        assert!(!has_scheme("a/b"));
    }

    #[test]
    fn percent_codes_are_decoded() {
        assert_eq!(percent_decoded("a%20b%zz%"), "a b%zz%");
    }
}
