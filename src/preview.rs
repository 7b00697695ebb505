//! Shows a site while it is being written: holds it, watches its files, renders what a browser asks for.

mod answer;
pub mod api;
pub mod assets;
mod comparison;
pub mod follow;
mod info;
pub mod reader;
pub mod server;
pub mod service;
mod session;
mod shown;
mod snapshot;
mod standing;
pub mod watch;

pub use info::Editor;
pub use session::Session;
pub use snapshot::Snapshot;
