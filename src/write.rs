//! Stages output beside the published site, compares it with what is there, and publishes it in one step.
//!
//! A build puts its files into a [`Stage`]. Until [`Stage::publish`] the published site is not touched; that
//! step exchanges two folders, so that whoever is killed or filled up in between leaves the old site or the new.
//! What to write, and whether two sources claim one file, is decided by the caller.
//!
//! ```no_run
//! # use std::path::Path;
//! # use std::time::Duration;
//! # use variorum::write::{Durability, OutputPath, Stage, Target};
//! let stage = Stage::open(&Target {
//!     folder: Path::new("site/dist"),
//!     site: Path::new("site"),
//!     inputs: &["site/content".into()],
//!     protected: &["/home/me".into()],
//!     patience: Duration::from_secs(5),
//!     durability: Durability::Fast,
//! })?;
//! let index = stage.put(OutputPath::new("en/index.html")?, b"<h1>Hello</h1>")?;
//! stage.publish(&[index])?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![allow(clippy::disallowed_methods, reason = "the one stage that writes files")]

mod disk;
mod error;
mod lock;
mod manifest;
mod path;
mod publish;
mod replace;
mod stage;
mod target;
mod tree;

#[cfg(test)]
mod tests;

pub use error::{Refusal, WriteError};
pub use manifest::{Digest, Manifest};
pub use path::OutputPath;
pub use publish::Published;
pub use replace::replace;
pub use stage::{Put, PutState, Stage};
pub use target::{Durability, Target};

/// The file in a published folder that says that it is one, and lists what is in it.
pub const MARKER: &str = ".variorum";
