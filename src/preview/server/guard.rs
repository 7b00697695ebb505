//! The outermost layer: whether a request comes from a browser that shows the preview, or from somewhere else.
//!
//! A page of another site can make a browser send requests to this machine, and a name of another site can be made to
//! lead here. So the host, the origin and what browsers say of the sender must all be right, for every path alike. What
//! is refused is told what to do, and nothing that it has sent.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CONNECTION, HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::Response;

use super::hosts::Hosts;
use super::plain;

/// Who may come in.
#[derive(Debug)]
pub(super) struct Guard {
    hosts: Hosts,
    /// Where browsers are sent who come otherwise.
    url: String,
}

/// Why a request may not come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    /// It is for another host.
    Host,
    /// A page of another site has sent it.
    Sender,
    /// It wants to do something.
    Method,
    /// What it asks for is no path.
    Target,
}

/// Lets a request in, or refuses it.
pub(super) async fn pass(
    State(guard): State<Arc<Guard>>,
    request: Request,
    next: Next,
) -> Response {
    match guard.refusal(&request) {
        Some(refusal) => guard.response(refusal),
        None => next.run(request).await,
    }
}

impl Guard {
    /// The guard of a server that has these names, and this address for people.
    pub(super) fn new(hosts: Hosts, url: String) -> Self {
        Self { hosts, url }
    }

    fn refusal(&self, request: &Request) -> Option<Refusal> {
        if !self.is_called(request.uri(), request.headers()) {
            Some(Refusal::Host)
        } else if !self.is_own_origin(request.headers()) || !is_own_site(request) {
            Some(Refusal::Sender)
        } else if ![Method::GET, Method::HEAD].contains(request.method()) {
            Some(Refusal::Method)
        } else if !request.uri().path().starts_with('/') {
            Some(Refusal::Target)
        } else {
            None
        }
    }

    /// Whether the request names this server, once, and in its target the same way, where a host is named there.
    fn is_called(&self, target: &Uri, headers: &HeaderMap) -> bool {
        let Some(Some(host)) = only(headers, HOST.as_str()) else { return false };
        let is_same = target.authority().is_none_or(|authority| {
            authority.as_str().as_bytes().eq_ignore_ascii_case(host.as_bytes())
        });
        is_same
            && target.scheme_str().is_none_or(|it| it == "http")
            && self.hosts.has(host.as_bytes())
    }

    /// Whether the page that sends the request, where it is named, is one of the preview.
    fn is_own_origin(&self, headers: &HeaderMap) -> bool {
        match only(headers, ORIGIN.as_str()) {
            Some(Some(origin)) => self.hosts.has_origin(origin.as_bytes()),
            Some(None) => true,
            None => false,
        }
    }

    fn response(&self, refusal: Refusal) -> Response {
        let url = &self.url;
        let mut response = match refusal {
            Refusal::Host => plain(
                StatusCode::FORBIDDEN,
                format!("The preview is not called so. Open {url} in a browser.\n"),
            ),
            Refusal::Sender => plain(
                StatusCode::FORBIDDEN,
                format!(
                    "Only pages of the preview may ask for this. Open {url} in a browser, by \
                     hand.\n"
                ),
            ),
            Refusal::Method => plain(
                StatusCode::METHOD_NOT_ALLOWED,
                "The preview only shows: ask with GET or HEAD.\n",
            ),
            Refusal::Target => {
                plain(StatusCode::BAD_REQUEST, "Ask for a path that begins with a slash.\n")
            }
        };
        let headers = response.headers_mut();
        if refusal == Refusal::Method {
            headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        // Whoever is refused has no use for the connection, and what else it has sent is not read.
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
        response
    }
}

/// Whether the browser says that a page of the preview, or the user, has sent the request. Another port of this machine
/// is another site, though browsers call it the same. Links from other sites may be followed, as in a new tab.
fn is_own_site(request: &Request) -> bool {
    let says = |name, value: &str| matches!(only(request.headers(), name), Some(Some(said)) if said.as_bytes() == value.as_bytes());
    match only(request.headers(), "sec-fetch-site") {
        None => false,
        Some(None) => true,
        Some(Some(site)) if site == "same-origin" || site == "none" => true,
        Some(Some(_)) => {
            says("sec-fetch-mode", "navigate")
                && says("sec-fetch-dest", "document")
                && request.method() == Method::GET
        }
    }
}

/// The value of a header that may stand once, if it is there; nothing where it stands more than once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<Option<&'a HeaderValue>> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    values.next().is_none().then_some(first)
}
