//! The headers that every response has: what a browser may do with it.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

/// What a page may load. Pictures and films may come from elsewhere, as sites refer to them.
const PAGE: &str = "default-src 'self'; img-src 'self' https: http: data:; \
                    media-src 'self' https: http:; style-src 'self'; script-src 'self'; \
                    object-src 'none'; base-uri 'none'; form-action 'self'; \
                    frame-ancestors 'none'";
/// What a picture may load when it is opened by itself: its own styles, no scripts.
const PICTURE: &str = "default-src 'none'; style-src 'unsafe-inline'";
/// What anything else may load.
const OTHER: &str = "default-src 'none'";

/// The headers that do not depend on what is sent.
const ALWAYS: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    // A browser may keep what it has, but asks each time whether it is still so.
    (CACHE_CONTROL, "no-cache"),
];

/// Adds the headers.
pub(super) async fn whole(mut response: Response) -> Response {
    let policy = policy(response.headers());
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn policy(headers: &HeaderMap) -> &'static str {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = media_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("text/html") {
        PAGE
    } else if essence.eq_ignore_ascii_case("image/svg+xml") {
        PICTURE
    } else {
        OTHER
    }
}
