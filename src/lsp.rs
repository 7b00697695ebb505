//! The language server: what an editor asks about a site, answered by the engine that builds it.
//!
//! One thread reads messages, one answers them in their order, and one watches the files. What is open in the editor
//! stands for its file. Nothing is written: an edit is an answer, and the editor makes it.

mod actions;
mod completion;
mod cursor;
mod edits;
mod findings;
mod hover;
mod keys;
mod navigation;
mod opening;
mod places;
mod rename;
mod seen;
mod server;
mod symbols;
mod wire;
mod world;

#[cfg(test)]
mod tests;

pub use server::{Ended, Locate, Start, serve};
