//! Where the links and images of a text lead.

use std::borrow::Cow;
use std::fmt::Write as _;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::context::escape;
use super::permalinks::Permalinks;
use crate::load::ImageSize;
use crate::markdown::Body;
use crate::model::{Destination, Page, PageId, Resolution, Route, Site};
use crate::variant::{Variant, VersionId};

/// The addresses of a body's links and images, made once for all variants.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    pub(super) links: Vec<Address>,
    pub(super) images: Vec<ImageAddress>,
}

/// Where an image is, and how large.
#[derive(Debug)]
pub(super) struct ImageAddress {
    /// Escaped for an attribute.
    pub(super) address: String,
    size: Option<ImageSize>,
}

impl ImageAddress {
    /// Writes the attributes of the size, if it is known.
    pub(super) fn write_size(&self, html: &mut String) {
        if let Some(ImageSize { width, height }) = self.size {
            let _ = write!(html, r#" width="{width}" height="{height}""#);
        }
    }
}

/// An address, all but what depends on the variant.
#[derive(Debug)]
pub(super) enum Address {
    /// The same in every variant.
    Fixed(String),
    /// That of a page, in the version that is named or the variant's, and what follows.
    Page { page: PageId, asked: Option<VersionId>, suffix: String },
    /// Behind the language of the variant.
    InLanguage(String),
    /// Behind language and version of the variant.
    InVersion(String),
}

impl Address {
    /// The same for an attribute.
    fn escaped(self) -> Self {
        match self {
            Self::Fixed(address) => Self::Fixed(in_attribute(&address)),
            Self::Page { page, asked, suffix } => {
                Self::Page { page, asked, suffix: in_attribute(&suffix) }
            }
            Self::InLanguage(rest) => Self::InLanguage(in_attribute(&rest)),
            Self::InVersion(rest) => Self::InVersion(in_attribute(&rest)),
        }
    }

    /// Writes the address in a variant.
    pub(super) fn write(
        &self,
        site: &Site,
        permalinks: &Permalinks,
        variant: Variant,
        html: &mut String,
    ) {
        match self {
            Self::Fixed(address) => html.push_str(address),
            Self::Page { page, asked, suffix } => {
                let wanted = asked.unwrap_or(variant.version);
                let version = site.nearest_version(*page, wanted).unwrap_or(wanted);
                permalinks.write(*page, Variant { version, ..variant }, html);
                html.push_str(suffix);
            }
            Self::InLanguage(rest) => {
                html.push_str(permalinks.language(variant.language));
                html.push_str(rest);
            }
            Self::InVersion(rest) => {
                html.push_str(permalinks.variant(variant));
                html.push_str(rest);
            }
        }
    }
}

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To a page of the site.
    Page {
        /// The page.
        page: PageId,
        /// The version that the address names.
        asked: Option<VersionId>,
        /// Whether an old address led there.
        route: Route,
    },
    /// To a place on the same page.
    Here,
    /// To a file of `assets`.
    Asset,
    /// To a version that is no longer built.
    Retired,
    /// To another site.
    Away,
    /// To nothing on this site.
    Nowhere,
}

/// Where a link in a text of `page` leads.
pub(super) fn leads(site: &Site, page: &Page, address: &str) -> Leads {
    let address = address.trim();
    let Some((path, _)) = local(page, address) else {
        return if address.starts_with(['#', '?']) { Leads::Here } else { Leads::Away };
    };
    match site.destination(&path) {
        Destination::Page { page, asked, route } => Leads::Page { page, asked, route },
        Destination::Asset => Leads::Asset,
        Destination::Retired => Leads::Retired,
        Destination::Nowhere => Leads::Nowhere,
    }
}

/// The file below `assets` that an image leads to, if it is one of this site, and whether there is none where there
/// should be one.
pub(super) fn asset_of(site: &Site, page: &Page, address: &str) -> (Option<String>, bool) {
    match image_address(site, page, address).1 {
        Asset::Elsewhere => (None, false),
        Asset::Here(name) => (Some(name), false),
        Asset::Missing => (None, true),
    }
}

/// The addresses of a body of `page`, escaped for attributes.
pub(super) fn addresses(site: &Site, page: &Page, body: &Body) -> Addresses {
    let mut found = Addresses::default();
    for link in &body.links {
        found.links.push(link_to(site, page, &link.address).0.escaped());
    }
    for image in &body.images {
        let (address, asset) = image_address(site, page, &image.address);
        let size = if let Asset::Here(name) = asset { site.image_sizes.get(&*name) } else { None };
        found.images.push(ImageAddress { address: in_attribute(&address), size: size.copied() });
    }
    found
}

/// Where a link leads, and whether that is somewhere.
fn link_to(site: &Site, page: &Page, address: &str) -> (Address, bool) {
    let address = address.trim();
    let Some((path, suffix)) = local(page, address) else {
        return (Address::Fixed(address.to_owned()), true);
    };
    match site.destination(&path) {
        Destination::Page { page, asked, .. } => {
            (Address::Page { page, asked, suffix: suffix.to_owned() }, true)
        }
        Destination::Asset => {
            (Address::Fixed(format!("{}{path}{suffix}", site.config.base_path())), true)
        }
        Destination::Retired => {
            (Address::InLanguage(format!("/{}{suffix}", without_language(site, &path))), true)
        }
        Destination::Nowhere => {
            let route = without_language(site, path.trim_end_matches('/'));
            let slash = if route.is_empty() { "" } else { "/" };
            (Address::InVersion(format!("{slash}{route}{suffix}")), false)
        }
    }
}

/// The address of a link in a variant, not escaped, and whether it leads somewhere.
pub(super) fn link_address(
    site: &Site,
    page: &Page,
    variant: Variant,
    address: &str,
) -> (String, bool) {
    let base = site.config.base_path();
    let (address, known) = link_to(site, page, address);
    let address = match address {
        Address::Fixed(address) => address,
        Address::Page { page, asked, suffix } => {
            let wanted = asked.unwrap_or(variant.version);
            let version = site.nearest_version(page, wanted).unwrap_or(wanted);
            format!("{base}{}{suffix}", site.permalink(page, Variant { version, ..variant }))
        }
        Address::InLanguage(rest) => {
            format!("{base}/{}{rest}", site.config.language(variant.language).code)
        }
        Address::InVersion(rest) => format!("{base}{}{rest}", site.address("", variant)),
    };
    (address, known)
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

/// What an address says of the site's `assets`.
enum Asset {
    /// It leads elsewhere.
    Elsewhere,
    /// It leads to the file of this name.
    Here(String),
    /// There is no such file.
    Missing,
}

/// The address of an image, and the file that it leads to.
fn image_address(site: &Site, page: &Page, address: &str) -> (String, Asset) {
    let address = address.trim();
    let base = site.config.base_path();
    let Some((path, suffix)) = local(page, address) else {
        return (address.to_owned(), Asset::Elsewhere);
    };
    let name = path.strip_prefix("/assets/").map(percent_decoded);
    let asset = match name.filter(|name| site.assets.contains(name)) {
        Some(name) => Asset::Here(name),
        None => Asset::Missing,
    };
    (format!("{base}{path}{suffix}"), asset)
}

/// Path and the rest (query, fragment) of an address of this site, the path beginning with a slash; nothing where
/// the address is that of another site, or a place on the same page.
fn local<'a>(page: &Page, address: &'a str) -> Option<(Cow<'a, str>, &'a str)> {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (path, suffix) = address.split_at(end);
    if path.is_empty() || path.starts_with("//") || has_scheme(path) {
        return None;
    }
    if path.starts_with('/') {
        return Some((Cow::Borrowed(path), suffix));
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
    Some((Cow::Owned(format!("/{route}")), suffix))
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
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Cow::into_owned)
}

/// What cannot stand in an address as it is; `%` stays, as it begins a code.
const NOT_IN_ADDRESSES: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// An address with everything encoded that cannot stand in one. A host in brackets, as of IPv6, stays.
pub(super) fn percent_encoded(address: &str) -> String {
    let host = address.find("://[").map(|at| at + 3);
    let end = host.and_then(|host| Some(host + address[host..].find(']')? + 1));
    let numbers =
        |host: &str| host.bytes().all(|byte| byte.is_ascii_hexdigit() || b"[:.]".contains(&byte));
    let kept = match (host, end) {
        (Some(host), Some(end)) if numbers(&address[host..end]) => end,
        _ => 0,
    };
    let (kept, rest) = address.split_at(kept);
    format!("{kept}{}", utf8_percent_encode(rest, NOT_IN_ADDRESSES))
}

/// An address as it stands in a quoted attribute.
pub(super) fn in_attribute(address: &str) -> String {
    escape(&percent_encoded(address))
}

#[cfg(test)]
mod tests {
    use super::{has_scheme, percent_decoded, percent_encoded};

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

    #[test]
    fn what_cannot_stand_in_an_address_is_encoded() {
        assert_eq!(
            percent_encoded("https://a.b/c?d=<e>#[f]%20"),
            "https://a.b/c?d=%3Ce%3E#%5Bf%5D%20"
        );
        assert_eq!(percent_encoded("http://[::1]:4000/[x]"), "http://[::1]:4000/%5Bx%5D");
        assert_eq!(percent_encoded("https://[host]/a"), "https://%5Bhost%5D/a");
        assert_eq!(percent_encoded("/a#必须"), "/a#%E5%BF%85%E9%A1%BB");
    }
}
