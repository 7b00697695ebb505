//! The preview's server, over a service that answers from a map: real sockets on the loopback, plain clients.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "preview_server/answers.rs"]
mod answers;
#[path = "preview_server/client.rs"]
mod client;
#[path = "preview_server/connections.rs"]
mod connections;
#[path = "preview_server/events.rs"]
mod events;
#[path = "preview_server/guard.rs"]
mod guard;
#[path = "preview_server/listen.rs"]
mod listen;
#[path = "preview_server/load.rs"]
mod load;
#[path = "preview_server/map.rs"]
mod map;
#[path = "preview_server/paths.rs"]
mod paths;
#[path = "preview_server/running.rs"]
mod running;
