//! Any text as the YAML of a data file: no panic, every place inside the text.

#![no_main]

#[path = "../../tests/support/soup.rs"]
mod soup;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| soup::yaml(text));
