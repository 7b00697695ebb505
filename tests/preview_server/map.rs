//! A service that answers from a map.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use axum::body::Bytes;
use tokio::sync::watch;
use variorum::preview::service::{News, Request, Response, Service};

/// How long the address `/slow` takes.
pub(crate) const SLOW: Duration = Duration::from_millis(300);

/// Answers with what is in the map under exactly the path. `/panic` panics, `/slow` takes its time.
pub(crate) struct Map {
    pages: BTreeMap<String, Response>,
    /// The token of each page: what it looks like, a dot, what is said of it.
    tokens: Mutex<BTreeMap<String, String>>,
    generation: watch::Sender<u64>,
}

impl Map {
    pub(crate) fn new(pages: impl IntoIterator<Item = (String, Response)>) -> Self {
        let tokens = Mutex::new(BTreeMap::new());
        Self { pages: pages.into_iter().collect(), tokens, generation: watch::Sender::new(0) }
    }

    /// Pages whose text names their path.
    pub(crate) fn of(paths: &[&str]) -> Self {
        Self::new(paths.iter().map(|path| ((*path).to_owned(), html(&text(path)))))
    }

    /// Gives a page another token, without saying so.
    pub(crate) fn set(&self, page: &str, token: &str) {
        self.tokens.lock().unwrap().insert(page.to_owned(), token.to_owned());
    }

    /// How many wait for a change.
    pub(crate) fn waiting(&self) -> usize {
        self.generation.receiver_count()
    }

    /// Says that something has changed.
    pub(crate) fn say(&self) {
        self.generation.send_modify(|generation| *generation += 1);
    }
}

/// What is at a path of [`Map::of`].
pub(crate) fn text(path: &str) -> String {
    format!("<p>This is {path}</p>")
}

/// A page.
pub(crate) fn html(text: &str) -> Response {
    Response {
        status: 200,
        media_type: "text/html; charset=utf-8".to_owned(),
        location: None,
        body: Bytes::copy_from_slice(text.as_bytes()),
    }
}

impl Service for Map {
    fn response(&self, request: &Request) -> Response {
        match &*request.path {
            "/panic" => panic!("this page cannot be made"),
            "/slow" => thread::sleep(SLOW),
            _ => {}
        }
        let missing = || Response { status: 404, ..html("<p>There is no such page</p>") };
        self.pages.get(&request.path).cloned().unwrap_or_else(missing)
    }

    fn news(&self, path: &str, token: &str) -> News {
        assert_ne!(path, "/panic", "this page cannot be looked at");
        let tokens = self.tokens.lock().unwrap();
        let Some(now) = tokens.get(path).filter(|now| *now != token) else { return News::None };
        let looks = |token: &str| token.split('.').next().map(str::to_owned);
        if looks(now) == looks(token) {
            News::Told(now.clone())
        } else {
            News::Changed(now.clone())
        }
    }

    fn generations(&self) -> watch::Receiver<u64> {
        self.generation.subscribe()
    }
}
