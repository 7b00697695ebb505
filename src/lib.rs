//! Compiles versioned, translated Markdown into a static site.
//!
//! discover → load → model → render → check → write

pub mod diagnostic;
pub mod liquid;
pub mod markdown;
pub mod render;
pub mod source;
pub mod variant;
