//! The event stream of an open page: what has become of it.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, StreamExt};
use serde::Serialize;
use tokio::sync::watch;

use super::desk::Desk;
use super::{plain, query};
use crate::preview::service::News;

/// How long a browser waits before it comes back.
const RETRY: Duration = Duration::from_millis(300);

/// Tells the browser what has become of the page that it shows, now and after each change of the site.
pub(super) async fn events(State(desk): State<Desk>, RawQuery(asked): RawQuery) -> Response {
    let asked = asked.unwrap_or_default();
    let (Some(page), Some(token)) = (query::value(&asked, "page"), query::value(&asked, "token"))
    else {
        return plain(StatusCode::BAD_REQUEST, "An event stream needs `page` and `token`.\n");
    };
    let heartbeat = KeepAlive::new().interval(desk.heartbeat);
    let greeting = stream::iter([Event::default().retry(RETRY)]);
    let watcher = Watcher::new(desk, page, token);
    let news = stream::unfold(watcher, |mut watcher| async {
        watcher.next().await.map(|event| (event, watcher))
    });
    Sse::new(greeting.chain(news).map(Ok::<_, Infallible>)).keep_alive(heartbeat).into_response()
}

/// What is told about a page.
#[derive(Serialize)]
struct Told<'a> {
    token: &'a str,
}

/// Waits for something to tell about a page.
struct Watcher {
    desk: Desk,
    page: String,
    /// What the browser shows.
    token: String,
    generations: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
}

impl Watcher {
    fn new(desk: Desk, page: String, token: String) -> Self {
        let mut generations = desk.service.generations();
        // The site may have changed since the page was shown.
        generations.mark_changed();
        let stopping = desk.stopping.clone();
        Self { desk, page, token, generations, stopping }
    }

    /// The next thing to tell; nothing when the server stops.
    async fn next(&mut self) -> Option<Event> {
        loop {
            tokio::select! {
                biased;
                _ = self.stopping.wait_for(|stops| *stops) => return None,
                () = changed(&mut self.generations) => {}
            }
            // However many changes there were, only what the site is now is of interest.
            let (kind, token) = match self.news().await {
                News::None => continue,
                News::Changed(token) => ("changed", token),
                News::Told(token) => ("told", token),
            };
            self.token = token;
            let data = serde_json::to_string(&Told { token: &self.token });
            // JSON has no line breaks of its own, so a token cannot begin another event.
            return data.ok().map(|data| Event::default().event(kind).data(data));
        }
    }

    /// What has become of the page. Where the service fails there is none: the stream is not to blame, and the browser
    /// would only come back and ask again.
    async fn news(&self) -> News {
        let (page, token) = (self.page.clone(), self.token.clone());
        let answer = self.desk.ask(move |desk| desk.service.news(&page, &token));
        answer.await.unwrap_or(News::None)
    }
}

/// Waits for the next generation, for ever where there will be none.
async fn changed(generations: &mut watch::Receiver<u64>) {
    if generations.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}
