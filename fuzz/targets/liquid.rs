//! Any text as a text with Liquid: no panic, every place inside the text.

#![no_main]

#[path = "../../tests/support/soup.rs"]
mod soup;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| soup::liquid(text));
