//! Any bytes as the body of a page, as a reusable and as the page's translation: both pages are there.

#![no_main]

#[path = "../../tests/support/pipeline.rs"]
mod pipeline;
#[path = "../../tests/support/soup.rs"]
mod soup;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let front = b"---\ntitle: A\nversions: '*'\n---\n";
    let page = [front, bytes].concat();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files: [(&str, &[u8]); 3] = [
        ("content/a.md", b"---\ntitle: A\nversions: '*'\n---\n{% data reusables.r %}\n"),
        ("data/reusables/r.md", bytes),
        ("translations/zh/content/a.md", &page),
    ];
    pipeline::write(folder.path(), files);
    let outcome = pipeline::build_on(1, folder.path());
    soup::checked_spans(&outcome.site, &outcome.findings);
    for language in ["en", "zh"] {
        let page = outcome.page(&format!("{language}/product@2.0/a/index.html"));
        assert!(page.contains("</html>"));
    }
});
