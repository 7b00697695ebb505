//! HTML of a site's pages on its way into a folder: addresses become those of the folder, or nothing.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::model::PageId;
use crate::render::{Form, Prepared, Requested};
use crate::translation::html::{Piece, attribute, attribute_range, pieces};

/// Attributes from which browsers load something by themselves.
const LOADED: [&str; 5] = ["src", "srcset", "poster", "data", "background"];

/// The addresses of a page of the folder.
pub(super) struct Carried<'a> {
    prepared: &'a Prepared<'a>,
    paths: &'a BTreeMap<PageId, String>,
    /// The way from the page to the folder.
    up: String,
    pictures: BTreeSet<String>,
}

impl<'a> Carried<'a> {
    /// The addresses of the page at this path, where these pages are in the folder.
    pub(super) fn new(
        prepared: &'a Prepared<'a>,
        paths: &'a BTreeMap<PageId, String>,
        path: &str,
    ) -> Self {
        let up = "../".repeat(path.matches('/').count());
        Self { prepared, paths, up, pictures: BTreeSet::new() }
    }

    /// The pictures that were met, by their paths below the site's `assets`.
    pub(super) fn into_pictures(self) -> BTreeSet<String> {
        self.pictures
    }

    /// The same HTML with the addresses of the folder.
    pub(super) fn html(&mut self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        for (piece, at) in pieces(html) {
            let text = &html[at];
            match piece {
                Piece::Start(_) => out.push_str(&self.tag(text)),
                Piece::End(_) | Piece::Text(_) => out.push_str(text),
            }
        }
        out
    }

    fn tag(&mut self, tag: &str) -> String {
        let mut tag = tag.to_owned();
        if let Some(address) = attribute(&tag, "href").map(str::to_owned) {
            tag = replaced(&tag, "href", self.link(&address));
        }
        for name in LOADED {
            if let Some(address) = attribute(&tag, name).map(str::to_owned) {
                tag = replaced(&tag, name, self.picture(&address));
            }
        }
        tag
    }

    /// The address of a link: on the same page, on another of the folder, or elsewhere on the web.
    fn link(&self, address: &str) -> Option<String> {
        let is_web = ["https://", "http://", "mailto:"].iter().any(|way| address.starts_with(way));
        if is_web || address.starts_with('#') {
            return Some(address.to_owned());
        }
        let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
        let Requested::Page(page, _, Form::Html) = self.requested(path)? else { return None };
        let to = self.paths.get(&page)?;
        let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
        Some(format!("{}{}{fragment}", self.up, encoded(to)))
    }

    /// The address of a picture, which comes along.
    fn picture(&mut self, address: &str) -> Option<String> {
        let Requested::Asset(name) = self.requested(address)? else { return None };
        let to = format!("{}{}", self.up, encoded(&format!("pictures/{name}")));
        self.pictures.insert(name);
        Some(to)
    }

    /// What an address of the site stands for.
    fn requested(&self, address: &str) -> Option<Requested> {
        let path = address.split(['?', '#']).next().unwrap_or_default().replace("&amp;", "&");
        let path = percent_decode_str(&path).decode_utf8().ok()?;
        let base = self.prepared.site().config.base_path();
        self.prepared.requested(path.strip_prefix(base)?.strip_prefix('/')?)
    }
}

/// A tag with another value of an attribute, or without it.
fn replaced(tag: &str, name: &str, value: Option<String>) -> String {
    let Some(range) = attribute_range(tag, name) else { return tag.to_owned() };
    let new = value.map(|value| format!(" {name}=\"{value}\"")).unwrap_or_default();
    format!("{}{new}{}", &tag[..range.start], &tag[range.end..])
}

/// A path as it stands in an address.
pub fn encoded(path: &str) -> String {
    const IN_PATHS: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~')
        .remove(b'/');
    percent_encoding::utf8_percent_encode(path, IN_PATHS).to_string()
}
