//! Shows a site while it is being written: holds it, watches its files, renders what a browser asks for.

pub mod api;
pub mod service;
