//! The HTTP server: everything between the socket and the [`Service`]. It knows neither pages nor files.
//!
//! [`listen`] binds, [`serve`] answers until it is told to stop. Whatever comes in goes through these, in this order:
//! the limits of the connection (`connections`, `seats`), the guard (`guard`), then the events (`events`) or the
//! service (`desk`, `pages`); whatever goes out gets the headers of `headers`.

mod connections;
mod desk;
mod events;
mod guard;
mod headers;
mod hosts;
mod listen;
mod pages;
mod query;
mod seats;
mod tags;

use std::any::Any;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;

use super::service::Service;
use desk::Desk;
use guard::Guard;
use seats::Seats;

pub use listen::{Exposure, ListenError, Listeners, Notice, listen};

/// The stack of each thread, in bytes: what a page may nest is measured for it.
const STACK: usize = 16 << 20;
/// The address of the events.
const EVENTS: &str = "/_variorum/events";

/// What one client may take from the others.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many connections there are at once.
    pub connections: usize,
    /// How many bytes a request has, with its first line; not below 8 KiB.
    pub head_bytes: usize,
    /// How long a client may take to send a request, the first and each further one, and to take a part of a response
    /// while others wait for its place.
    pub head_time: Duration,
    /// How long a connection keeps its place although others wait for one.
    pub grace: Duration,
    /// How often an event stream says that it lives.
    pub heartbeat: Duration,
    /// How long running responses have when the server stops.
    pub farewell: Duration,
}

impl Limits {
    /// The limits of the preview.
    pub const USUAL: Self = Self {
        connections: 512,
        head_bytes: 16 << 10,
        head_time: Duration::from_secs(10),
        grace: Duration::from_millis(50),
        heartbeat: Duration::from_secs(15),
        farewell: Duration::from_secs(2),
    };
}

/// The threads that a server works on.
///
/// # Errors
///
/// The system has no threads to give.
pub fn runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread().enable_io().enable_time().thread_stack_size(STACK).build()
}

/// Answers requests until `shutdown` is done: then event streams end at once, and running responses have the time of
/// [`Limits::farewell`].
pub async fn serve(
    listeners: Listeners,
    service: Arc<dyn Service>,
    limits: Limits,
    shutdown: impl Future<Output = ()>,
) {
    let (stop, stopping) = watch::channel(false);
    let guard = Guard::new(listeners.hosts().clone(), listeners.url());
    let desk = Desk::new(service, limits.heartbeat, stopping.clone());
    let seats = Seats::new(limits);
    let server = connections::Server { router: router(guard, desk), limits, stopping };
    connections::serve(listeners.into_sockets(), server, seats, stop, shutdown).await;
}

/// The way of a request. What is added last is passed first.
fn router(guard: Guard, desk: Desk) -> Router {
    let inside =
        Router::new().route(EVENTS, get(events::events)).fallback(pages::page).with_state(desk);
    // Inside a fallback, so that no path is looked at before the guard has seen the request.
    Router::new()
        .fallback_service(inside)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::new(guard), guard::pass))
        .layer(map_response(headers::whole))
}

/// The response to a request that something has failed on. What has failed is on standard error.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    plain(StatusCode::INTERNAL_SERVER_ERROR, "The preview has failed on this address.\n")
}

/// A response of the server's own.
fn plain(status: StatusCode, text: impl Into<String>) -> Response {
    // A string is sent as plain text in UTF-8.
    (status, text.into()).into_response()
}
