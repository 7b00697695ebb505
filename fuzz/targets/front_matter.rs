//! Any bytes as the front matter of a page and of its translation, and as data: no panic, every place inside its file.

#![no_main]

#[path = "../../tests/support/pipeline.rs"]
mod pipeline;
#[path = "../../tests/support/soup.rs"]
mod soup;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let own = [b"---\ntitle: A\nversions: '*'\n", bytes, b"\n---\n"].concat();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files: [(&str, &[u8]); 4] = [
        ("content/a.md", &own),
        ("translations/zh/content/a.md", &own),
        ("data/x.yml", b"y: z\n"),
        ("translations/zh/data/x.yml", bytes),
    ];
    pipeline::write(folder.path(), files);
    let outcome = pipeline::build_on(1, folder.path());
    soup::checked_spans(&outcome.site, &outcome.findings);
});
