//! What stands between HTTP and the site: the server knows no pages, and what answers it knows no sockets.

use tokio::sync::watch;

/// What a browser asks for. The request has passed the guard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The path as it stands in the request, percent-encoded, with a slash at its beginning.
    pub path: String,
    /// What stands behind the question mark, undecoded.
    pub query: String,
}

/// What it gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The media type, with `charset` where it is text.
    pub media_type: String,
    /// Where to go instead, for statuses that say so: a path with one slash at its beginning.
    pub location: Option<String>,
    /// The bytes; shared, so that a page in memory is never copied.
    pub body: axum::body::Bytes,
}

/// What has become of an open page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The browser shows what there is.
    None,
    /// The page looks otherwise; what is shown then has this token.
    Changed(String),
    /// The page looks the same, but there is something else to say about it: its findings, what it reads.
    Told(String),
}

/// Answers requests, from several threads at once. A call takes milliseconds of work and never waits for a socket.
pub trait Service: Send + Sync + 'static {
    /// What is at an address.
    fn response(&self, request: &Request) -> Response;

    /// What has become of the page or comparison at this address, with its query, since it was shown with this token.
    /// A token that was never given out is that of something that looks otherwise.
    fn news(&self, address: &str, token: &str) -> News;

    /// The number of the site as it is now; it grows by one with each change that was taken in.
    fn generations(&self) -> watch::Receiver<u64>;
}
