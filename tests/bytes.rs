//! Whatever bytes stand in a file: no panic, no page lost, every span inside its file.
//!
//! The fuzz targets below `fuzz/` ask the same of the same functions, without an end.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/pipeline.rs"]
mod pipeline;
#[path = "support/soup.rs"]
mod soup;

use std::fs;

use pipeline::{Outcome, build, build_on, write};
use proptest::prelude::*;
use soup::{PIECES, Random, checked_spans, liquid, markdown, yaml};

/// How many files are damaged in a quick run, and in a long one.
const FEW: u64 = 150;
const MANY: u64 = 10_000;

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => any::<char>().prop_map(String::from),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn any_yaml_is_read(text in text()) {
        yaml(&text);
    }

    #[test]
    fn any_liquid_is_parsed(text in text()) {
        liquid(&text);
    }

    #[test]
    fn any_markdown_is_rendered(text in text()) {
        markdown(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn any_page_is_built(front in text(), body in text(), data in text(), own in text()) {
        let front = format!("title: A\nversions: '*'\n{front}\n");
        let translated = format!("---\ntitle: 甲\n---\n{own}");
        let outcome = built(&[
            ("content/a.md", format!("---\n{front}---\n{body}").as_bytes()),
            ("content/b.md", body.as_bytes()),
            ("data/x.yml", data.as_bytes()),
            ("data/reusables/r.md", own.as_bytes()),
            ("translations/zh/content/a.md", translated.as_bytes()),
            ("translations/zh/data/x.yml", own.as_bytes()),
        ]);
        checked_spans(&outcome.site, &outcome.findings);
    }
}

#[test]
fn damaged_files_lose_no_page() {
    damage(FEW);
}

#[test]
#[ignore = "takes minutes"]
fn ten_thousand_damaged_files_lose_no_page() {
    damage(MANY);
}

#[test]
fn what_is_no_text_is_a_finding_with_its_byte() {
    let outcome = built(&[("content/a.md", b"---\ntitle: A\nversions: '*'\n---\nab\xffcd\n")]);
    let shown = outcome.shown();
    assert!(
        shown.iter().any(|found| found.contains("not-utf-8: byte 33 is not UTF-8")),
        "{shown:?}"
    );
    assert!(outcome.page("en/product@2.0/a/index.html").contains("ab\u{fffd}cd"));
    let both = "---\ntitle: A\nversions: '*'\n---\na\0b中".as_bytes();
    let outcome = built(&[("content/a.md", &[both, b"\xff\xe4\n"].concat())]);
    checked_spans(&outcome.site, &outcome.findings);
    assert!(
        outcome.shown().iter().any(|found| found.contains("5:4 not-utf-8")),
        "{:?}",
        outcome.shown()
    );
    let outcome = built(&[("content/a.md", b"---\ntitle: A\nversions: '*'\n---\nab\0cd\n")]);
    assert!(outcome.shown().iter().any(|found| found.contains("nul-byte")));
}

#[test]
fn characters_that_nobody_sees_are_told() {
    for (character, number) in [
        ('\u{200b}', "U+200B"),
        ('\u{202e}', "U+202E"),
        ('\u{2066}', "U+2066"),
        ('\u{2028}', "U+2028"),
        ('\u{feff}', "U+FEFF"),
    ] {
        let page = format!("---\ntitle: A\nversions: '*'\n---\na{character}b\n");
        let shown = built(&[("content/a.md", page.as_bytes())]).shown();
        let told = format!("5:2 unseen-character: {number}, which nobody sees");
        assert!(shown.iter().any(|found| found.contains(&told)), "{shown:?}");
    }
    // These join letters, or divide words where no blanks do.
    let page =
        "---\ntitle: A\nversions: '*'\n---\nन\u{200d} \u{200c}é 👩\u{200d}💻 ខ្មែរ\u{200b}ភាសា\n";
    let shown = built(&[("content/a.md", page.as_bytes())]).shown();
    assert!(!shown.iter().any(|found| found.contains("unseen-character")), "{shown:?}");
}

#[test]
fn line_ends_and_byte_order_marks_change_no_byte() {
    let page = "---\ntitle: A\nintro: >\n  b\n  c\nversions: '*'\n---\n## d\n\n{% data x.y %}\n\n```js\na\n\nb\n```\n";
    let data = "y: |\n  one\n  two\nz: 'a\n\n  b'\n";
    let site = |form: &dyn Fn(&str) -> String| {
        let outcome = built(&[
            ("content/a.md", form(page).as_bytes()),
            ("data/x.yml", form(data).as_bytes()),
            ("data/reusables/r.md", form("a\n\nb\n").as_bytes()),
            ("translations/zh/content/a.md", form(&page.replace('A', "甲")).as_bytes()),
            ("templates/includes/i.html", form("a\nb\n").as_bytes()),
        ]);
        outcome.outputs
    };
    let unix = site(&str::to_owned);
    assert!(unix.len() > 8);
    assert!(site(&|text| text.replace('\n', "\r\n")) == unix, "CRLF");
    assert!(site(&|text| text.replace('\n', "\r")) == unix, "CR");
    assert!(site(&|text| format!("\u{feff}{text}")) == unix, "BOM");
    assert!(site(&|text| format!("\u{feff}{}", text.replace('\n', "\r\n"))) == unix, "both");
}

fn built(files: &[(&str, &[u8])]) -> Outcome {
    let folder = folder::tempdir().expect("a temporary folder");
    write(folder.path(), files.iter().copied());
    build(folder.path())
}

/// Damages one file of the manual after the other, and builds a site of the damaged one and a few more.
fn damage(count: u64) {
    let pages = files("content", "md");
    let data = files("data", "yml");
    // Threads of their own: one of rayon that waits for a build would begin another one on the same stack.
    let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get() as u64);
    std::thread::scope(|scope| {
        for first in 0..threads {
            let (pages, data) = (&pages, &data);
            let seeds = (first..count).step_by(usize::try_from(threads).expect("few threads"));
            scope.spawn(move || seeds.for_each(|seed| damaged(seed, pages, data)));
        }
    });
}

fn damaged(seed: u64, pages: &[(String, Vec<u8>)], data: &[(String, Vec<u8>)]) {
    let mut random = Random(seed);
    let (_, english) = &pages[random.below(pages.len())];
    let (_, values) = &data[random.below(data.len())];
    let mut site = [
        ("content/a.md", english.clone()),
        ("content/b.md", pipeline::HOME.replace("Home", "B").into_bytes()),
        ("data/x.yml", values.clone()),
        ("translations/zh/content/a.md", english.clone()),
        ("translations/zh/data/x.yml", values.clone()),
    ];
    let which = random.below(site.len());
    let path = site[which].0;
    site[which].1 = random.damage(&site[which].1);
    let folder = folder::tempdir().expect("a temporary folder");
    write(folder.path(), site.iter().map(|(path, bytes)| (*path, bytes)));
    let root = folder.path().to_owned();
    let outcome = build_on(1, &root);
    checked_spans(&outcome.site, &outcome.findings);
    let is_there = |path: &str| outcome.page(path).contains("</html>");
    for language in ["en", "zh"] {
        assert!(is_there(&format!("{language}/product@2.0/b/index.html")), "seed {seed}: {path}");
        // The source alone says in which versions a page is.
        let page = is_there(&format!("{language}/product@2.0/a/index.html"));
        let told = path == "content/a.md" && !outcome.findings.is_empty();
        assert!(page || told, "seed {seed}: {path} {:?}", outcome.shown());
    }
}

/// The files of the manual below a folder, with the front matter that the site of these tests understands.
fn files(folder: &str, extension: &str) -> Vec<(String, Vec<u8>)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let found = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok);
    let wanted = found.filter(|entry| entry.path().extension().is_some_and(|own| own == extension));
    wanted
        .map(|entry| {
            let text = fs::read(entry.path()).expect("the file was just found");
            (entry.path().to_string_lossy().into_owned(), text)
        })
        .collect()
}
