//! Compiles versioned, translated Markdown into a static site.
//!
//! discover → load → model → render → check → write

#![cfg_attr(not(test), warn(clippy::disallowed_methods))]

pub mod affected;
pub mod check;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod discover;
pub mod edit;
pub mod external;
pub mod liquid;
pub mod load;
pub mod lsp;
pub mod markdown;
pub mod messages;
pub mod model;
pub mod name;
pub mod preview;
pub mod redirects;
pub mod references;
pub mod render;
pub mod source;
pub mod timing;
pub mod translation;
pub mod variant;
pub mod write;
pub mod yaml;
