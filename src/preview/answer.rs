//! What an address is answered with: the kinds of responses, and what is added to a page.

use axum::body::Bytes;

use super::api::OWN;
use super::service::Response;
use crate::diagnostic::visible;
use crate::render::context::escape;

/// The media type of pages.
pub(super) const HTML: &str = "text/html; charset=utf-8";

impl Response {
    /// Bytes that are as they should be.
    pub(super) fn bytes(media_type: &str, body: Bytes) -> Self {
        Self { status: 200, media_type: media_type.to_owned(), location: None, body }
    }

    pub(super) fn text(status: u16, media_type: &str, text: String) -> Self {
        Self { status, ..Self::bytes(media_type, text.into()) }
    }

    /// A page that comes to life when what this token names is no longer what there is.
    pub(super) fn page(status: u16, html: &str, token: &str) -> Self {
        Self::text(status, HTML, with_script(html, token))
    }

    /// A comparison, which comes to life when it is another one.
    pub(super) fn comparison(html: &str) -> Self {
        let token = token_of(html.as_bytes());
        Self::text(200, HTML, html.replacen("<html ", &format!("<html data-token=\"{token}\" "), 1))
    }

    pub(super) fn plain(status: u16, text: &str) -> Self {
        Self::text(status, "text/plain; charset=utf-8", format!("{text}\n"))
    }

    /// What the preview knows nothing of.
    pub(super) fn nothing() -> Self {
        Self::plain(404, "there is nothing here")
    }

    /// There is nothing, and that is no mistake.
    pub(super) fn empty(media_type: &str) -> Self {
        Self { status: 204, ..Self::bytes(media_type, Bytes::new()) }
    }

    pub(super) fn moved(to: &str) -> Self {
        Self { location: Some(to.to_owned()), ..Self::plain(302, "moved") }
    }

    pub(super) fn json(value: &impl serde::Serialize) -> Self {
        let bytes = serde_json::to_vec(value).unwrap_or_default();
        Self::bytes("application/json", bytes.into())
    }
}

/// A page in the place of what could not be made; where `why` is empty, the overlay says it.
pub(super) fn broken_page(why: &str) -> String {
    let why = escape(&visible(why));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Variorum</title></head>\n\
         <body><main>{why}</main></body>\n</html>\n"
    )
}

/// A name for bytes: other ones have another.
pub(super) fn token_of(body: &[u8]) -> String {
    blake3::hash(body).to_hex()[..16].to_owned()
}

/// The page with the preview's script at its end, which is all that a browser gets besides the page itself.
fn with_script(html: &str, token: &str) -> String {
    let at = html.rfind("</body>").unwrap_or(html.len());
    let (before, behind) = html.split_at(at);
    format!("{before}<script src=\"{OWN}client.js\" data-token=\"{token}\" defer></script>{behind}")
}

/// The media type of a file, by the ending of its name.
pub(super) fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase().as_str() {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
