//! What the service answers, as HTTP.

use std::panic::resume_unwind;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;

use super::desk::Desk;
use super::plain;
use crate::preview::service;

/// Answers with what is at an address.
pub(super) async fn page(State(desk): State<Desk>, request: Request) -> Response {
    let target = request.uri();
    let asked = service::Request {
        path: target.path().to_owned(),
        query: target.query().unwrap_or_default().to_owned(),
    };
    let answer = desk.ask(move |desk| {
        let answer = desk.service.response(&asked);
        let tag = desk.tags.tag(&answer.body);
        (answer, tag)
    });
    match answer.await {
        Ok((answer, tag)) => response(answer, &tag, request.headers()),
        // An outer layer answers for panics, these and our own.
        Err(panic) => resume_unwind(panic),
    }
}

/// An answer as a response to a request with these headers.
fn response(answer: service::Response, tag: &str, asked: &HeaderMap) -> Response {
    let status = StatusCode::from_u16(answer.status).ok().filter(|it| it.as_u16() >= 200);
    let Some(status) = status else {
        return plain(StatusCode::INTERNAL_SERVER_ERROR, "The preview has no status for this.\n");
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if let Some(location) = answer.location {
        let Some(location) = own_place(&location) else {
            return plain(
                StatusCode::INTERNAL_SERVER_ERROR,
                "This address leads to something that is no address of the preview.\n",
            );
        };
        headers.insert(LOCATION, location);
    }
    let media_type = HeaderValue::try_from(answer.media_type);
    let unknown = HeaderValue::from_static("application/octet-stream");
    headers.insert(CONTENT_TYPE, media_type.unwrap_or(unknown));
    headers.extend(HeaderValue::from_str(tag).map(|tag| (ETAG, tag)));
    if status == StatusCode::OK && is_known(tag, asked) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        *response.body_mut() = Body::from(answer.body);
    }
    response
}

/// Whether the browser has the body with this tag.
fn is_known(tag: &str, asked: &HeaderMap) -> bool {
    let lists = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = lists.flat_map(|list| list.split(',')).map(str::trim);
    tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// A path that stays on this server, whatever a browser makes of it: it takes `//` and `/\` for the beginning of a host,
/// and drops tabs and line breaks before it looks.
fn own_place(location: &str) -> Option<HeaderValue> {
    let is_plain = location.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let is_path = location.starts_with('/') && !location.starts_with("//");
    (is_plain && is_path).then(|| HeaderValue::from_str(location).ok()).flatten()
}
