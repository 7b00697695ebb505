//! Any text as Markdown: no panic, every place inside the text.

#![no_main]

#[path = "../../tests/support/soup.rs"]
mod soup;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| soup::markdown(text));
