//! Nothing that a site holds stops a build, exhausts a stack or fills the memory: each limit has a finding that names
//! it, and the other pages are built.
//!
//! Each case runs in a process of its own, on threads with stacks of 512 KiB.
//! `cargo test --release --test limits -- --ignored --nocapture` prints the table and checks time and memory.

#![allow(clippy::print_stdout, reason = "the long tests print tables")]

#[path = "support/folder.rs"]
mod folder;
#[path = "support/pipeline.rs"]
mod pipeline;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use pipeline::{build_on, write};
use rayon::prelude::*;

/// What a case may take in a release build.
const MILLISECONDS: u128 = 250;
const MEBIBYTES: u64 = 256;

/// Pages of 3 MB that are not refused but shown, and may take this long.
const SHOWN: [&str; 2] = ["10^6 `<b>`", "500,000 `<div>` lines"];
const SHOWN_MILLISECONDS: u128 = 400;

/// Names the case that a child is to run.
const CASE: &str = "VARIORUM_LIMIT_CASE";

/// A site with something in it that has no end.
struct Case {
    name: &'static str,
    /// Files besides the configuration and the home page.
    files: fn() -> Vec<(String, Vec<u8>)>,
    /// Part of a finding that there must be; empty where the page is only to be built.
    finding: &'static str,
}

const PAGE: &str = "content/a.md";

fn page(body: &str) -> Vec<(String, Vec<u8>)> {
    vec![(PAGE.to_owned(), format!("---\ntitle: A\nversions: '*'\n---\n{body}\n").into_bytes())]
}

fn many(part: &str) -> Vec<(String, Vec<u8>)> {
    page(&part.repeat(1_000_000))
}

/// A page and a data file of values, each of which is made of its number.
fn data(count: usize, value: impl Fn(usize) -> String) -> Vec<(String, Vec<u8>)> {
    let mut files = page("{% data x.v0 %}");
    let text: String = (0..count).map(|number| format!("v{number}: {}\n", value(number))).collect();
    files.push(("data/x.yml".to_owned(), text.into_bytes()));
    files
}

fn cycle(length: usize) -> Vec<(String, Vec<u8>)> {
    data(length, |number| format!("'{{% data x.v{} %}}'", (number + 1) % length))
}

fn bomb(levels: usize) -> Vec<(String, Vec<u8>)> {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..levels {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        text += &format!("a{level}: &a{level} [{items}]\n");
    }
    let mut files = page("a");
    files.push(("data/x.yml".to_owned(), text.into_bytes()));
    files
}

/// A file of which nothing is on the disk.
const SPARSE: &str = "content/sparse.md";

const CASES: &[Case] = &[
    Case { name: "cycle of 1", files: || cycle(1), finding: "`x.v0 → x.v0` is a cycle" },
    Case { name: "cycle of 2", files: || cycle(2), finding: "`x.v0 → x.v1 → x.v0` is a cycle" },
    Case { name: "cycle of 10", files: || cycle(10), finding: "→ x.v9 → x.v0` is a cycle" },
    Case { name: "cycle of 1,000", files: || cycle(1_000), finding: "`limits.data_depth`" },
    Case {
        name: "cycle in a translation",
        files: || {
            let mut files = cycle(1);
            files.pop();
            files.push(("data/x.yml".to_owned(), b"v0: English\nv1: '{% data x.v0 %}'\n".to_vec()));
            let translated = b"v0: '{% data x.v1 %}'\nv1: '{% data x.v0 %}'\n".to_vec();
            files.push(("translations/zh/data/x.yml".to_owned(), translated));
            files
        },
        finding: "is a cycle of references",
    },
    Case {
        name: "cycle through a list",
        files: || {
            let mut files = page("{% for v in site.data.x.list %}{{ v }}{% endfor %}");
            let list = "list:\n  - '{% for v in site.data.x.list %}{{ v }}{% endfor %}'\n";
            files.push(("data/x.yml".to_owned(), list.into()));
            files
        },
        finding: "is a cycle of references",
    },
    Case {
        name: "list of 1,000 long loops",
        files: || {
            let mut files = page("{% for v in site.data.x.list %}{{ v }}{% endfor %}");
            let item = "- '{% for i in (1..90000) %}{% endfor %}'\n".repeat(1_000);
            files.push(("data/x.yml".to_owned(), format!("list:\n{item}").into_bytes()));
            files
        },
        finding: "`limits.steps`",
    },
    Case {
        name: "2^40 by references",
        files: || {
            data(41, |number| {
                let next = format!("{{% data x.v{} %}}", number + 1);
                if number == 40 { "x".to_owned() } else { format!("'{next}{next}'") }
            })
        },
        finding: "(`limits.",
    },
    Case {
        name: "2^30 by references",
        files: || {
            data(31, |number| {
                let next = format!("{{% data x.v{} %}}", number + 1);
                if number == 30 { "x".to_owned() } else { format!("'{next}{next}'") }
            })
        },
        finding: "`limits.steps`",
    },
    Case {
        name: "1 TiB by references",
        files: || {
            data(21, |number| {
                let next = format!("{{% data x.v{} %}}", number + 1);
                if number == 20 { "x".repeat(1 << 20) } else { format!("'{next}{next}'") }
            })
        },
        finding: "`limits.page_bytes`",
    },
    Case { name: "10^9 aliases", files: || bomb(9), finding: "`limits.yaml_nodes`" },
    Case {
        name: "empty loop over 10^8",
        files: || page("{% for i in (1..100000000) %}{% endfor %}"),
        finding: "`limits.steps`",
    },
    Case {
        name: "loop over 10^8 in a title",
        files: || {
            vec![(
                PAGE.to_owned(),
                b"---\ntitle: 'A{% for i in (1..100000000) %}{% endfor %}'\nversions: '*'\n---\n"
                    .to_vec(),
            )]
        },
        finding: "`limits.steps`",
    },
    Case { name: "10^6 `>`", files: || many(">"), finding: "nest deeper" },
    Case { name: "10^6 `> `", files: || many("> "), finding: "nest deeper" },
    Case { name: "10^6 `[`", files: || many("["), finding: "" },
    Case { name: "10^6 `![`", files: || many("!["), finding: "" },
    Case { name: "300,000 `[](`", files: || page(&"[](".repeat(300_000)), finding: "" },
    Case { name: "10^6 `{% if %}`", files: || many("{% if %}"), finding: "more than 4194304" },
    Case {
        name: "4 MiB of `{% if %}`",
        files: || page(&"{% if %}".repeat(500_000)),
        finding: "`limits.liquid_nesting`",
    },
    Case { name: "10^6 `{{`", files: || many("{{"), finding: "not closed" },
    Case { name: "10^6 `(`", files: || many("("), finding: "" },
    Case { name: "10^6 `*`", files: || many("*"), finding: "" },
    Case { name: "10^6 `_`", files: || many("_"), finding: "" },
    Case { name: "10^6 `*a_`", files: || page(&"*a_".repeat(333_333)), finding: "" },
    Case { name: "10^6 backticks", files: || many("`"), finding: "" },
    Case { name: "10^6 `<`", files: || many("<"), finding: "" },
    Case { name: "10^6 `<b>`", files: || many("<b>"), finding: "nest deeper" },
    Case { name: "10^6 `<b `", files: || many("<b "), finding: "" },
    Case {
        name: "500,000 `<div>` lines",
        files: || page(&"<div>\n".repeat(500_000)),
        finding: "nest deeper",
    },
    Case { name: "10^6 `- `", files: || many("- "), finding: "" },
    Case { name: "10^6 `1. `", files: || many("1. "), finding: "nest deeper" },
    Case { name: "10^6 `|`", files: || many("|"), finding: "" },
    Case {
        name: "10^6 `|-`",
        files: || page(&format!("|a{}\n{}", "|".repeat(999_999), "|-".repeat(1_000_000))),
        finding: "",
    },
    Case { name: "10^6 `#`", files: || many("#"), finding: "" },
    Case { name: "40,000 headings", files: || page(&"## a\n".repeat(40_000)), finding: "" },
    Case { name: "10^6 `&`", files: || many("&"), finding: "" },
    Case { name: "10^6 `\\`", files: || many("\\"), finding: "" },
    Case { name: "10^6 `!`", files: || many("!"), finding: "" },
    Case { name: "10^6 `~`", files: || many("~"), finding: "" },
    Case { name: "10^6 `[^`", files: || many("[^"), finding: "" },
    Case { name: "10^6 spaces", files: || many(" "), finding: "" },
    Case { name: "10^6 empty lines", files: || many("\n"), finding: "" },
    Case {
        name: "10^6 `[` in YAML",
        files: || with_data("[".repeat(1_000_000)),
        finding: "`limits.yaml_depth`",
    },
    Case { name: "10^6 `{` in YAML", files: || with_data("{".repeat(1_000_000)), finding: "yaml-" },
    Case {
        name: "10^6 `- ` in YAML",
        files: || with_data("- ".repeat(1_000_000)),
        finding: "`limits.yaml_depth`",
    },
    Case {
        name: "1,000 levels of YAML",
        files: || with_data((0..1_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect()),
        finding: "`limits.yaml_depth`",
    },
    Case {
        name: "300,000 values in YAML",
        files: || with_data("- a\n".repeat(300_000)),
        finding: "`limits.yaml_nodes`",
    },
    Case {
        name: "50,000 keys in YAML",
        files: || with_data((0..50_000).map(|key| format!("k{key}: v\n")).collect()),
        finding: "",
    },
    Case {
        name: "50,000 keys in a translation of YAML",
        files: || {
            let text: String = (0..50_000).map(|key| format!("k{key}: v\n")).collect();
            let mut files = with_data(text.clone());
            files.push(("translations/zh/data/x.yml".to_owned(), text.into_bytes()));
            files
        },
        finding: "",
    },
    Case {
        name: "`[` in front matter",
        files: || {
            vec![(
                PAGE.to_owned(),
                format!("---\ntitle: {}\n---\n", "[".repeat(1_000_000)).into_bytes(),
            )]
        },
        finding: "`limits.yaml_depth`",
    },
    Case {
        name: "1 GiB sparse file",
        files: || vec![(SPARSE.to_owned(), Vec::new())],
        finding: "`limits.file_bytes`",
    },
    Case { name: "line of 4 MB", files: || page(&"a ".repeat(2_000_000)), finding: "" },
    Case {
        name: "line of 100 MB",
        files: || page(&"a".repeat(100_000_000)),
        finding: "`limits.file_bytes`",
    },
];

fn with_data(text: String) -> Vec<(String, Vec<u8>)> {
    let mut files = page("a");
    files.push(("data/x.yml".to_owned(), text.into_bytes()));
    files
}

#[test]
fn nothing_without_end_stops_a_build() {
    let failed: Vec<String> = CASES.par_iter().filter_map(|case| in_child(case).fault).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
#[ignore = "figures mean something in release builds on quiet machines only"]
fn what_has_no_end_is_refused_in_little_time_and_memory() {
    let rows = measured();
    println!("| case | ms | MiB |\n| --- | --: | --: |");
    for row in &rows {
        println!("| {} | {} | {} |", row.name, row.milliseconds, row.mebibytes);
    }
    let over = |row: &&Row| {
        let shown = SHOWN.contains(&row.name);
        let most = if shown { SHOWN_MILLISECONDS } else { MILLISECONDS };
        row.milliseconds > most || row.mebibytes > MEBIBYTES
    };
    let over: Vec<&str> = rows.iter().filter(over).map(|row| row.name).collect();
    assert!(over.is_empty(), "{over:?}");
    let failed: Vec<String> = rows.into_iter().filter_map(|row| row.fault).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn a_cycle_of_a_translation_gives_way_to_the_source() {
    let case = CASES.iter().find(|case| case.name == "cycle in a translation");
    let files = (case.expect("the case is there").files)();
    let folder = folder::tempdir().expect("a temporary folder");
    write(folder.path(), files.iter().map(|(path, bytes)| (&**path, bytes)));
    let outcome = build_on(1, folder.path());
    assert!(outcome.page("zh/product@2.0/a/index.html").contains("English"));
    let told = "translation-fallback: the text gives way to English: `x.v0 → x.v1 → x.v0` is a cycle of references";
    let shown = outcome.shown();
    assert!(shown.iter().any(|found| found.contains(told)), "{shown:?}");
    assert_eq!(shown.len(), 1, "{shown:?}");
}

/// What a case came to.
struct Row {
    name: &'static str,
    milliseconds: u128,
    mebibytes: u64,
    fault: Option<String>,
}

/// One after the other, so that none disturbs another.
fn measured() -> Vec<Row> {
    let wanted = std::env::var("CASE").unwrap_or_default();
    CASES.iter().filter(|case| case.name.contains(&wanted)).map(in_child).collect()
}

/// Runs a case in a process of its own.
fn in_child(case: &Case) -> Row {
    let program = std::env::current_exe().expect("the test has a file");
    let folder = folder::tempdir().expect("a temporary folder");
    let files = (case.files)();
    write(folder.path(), files.iter().map(|(path, bytes)| (&**path, bytes)));
    if files.iter().any(|(path, _)| path == SPARSE) {
        let sparse = fs::File::create(folder.path().join(SPARSE)).expect("a new file");
        sparse.set_len(1 << 30).expect("a file can be long without being written");
    }
    let output = Command::new(program)
        .args(["--exact", "child", "--ignored", "--nocapture"])
        .env(CASE, folder.path())
        .output()
        .expect("the test can be started");
    let printed = String::from_utf8_lossy(&output.stdout);
    let figure = |name: &str| {
        let line = printed.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|figure| figure.trim().parse::<u64>().ok())
    };
    let fault = if !output.status.success() {
        Some(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr)))
    } else if !printed.contains(case.finding) {
        Some(format!("no `{}` in\n{printed}", case.finding))
    } else {
        None
    };
    Row {
        name: case.name,
        milliseconds: figure("milliseconds:").unwrap_or(u64::MAX).into(),
        mebibytes: figure("mebibytes:").unwrap_or(u64::MAX),
        fault: fault.map(|fault| format!("{}: {fault}", case.name)),
    }
}

/// The process that a case runs in: prints its findings, its time and its memory.
#[test]
#[ignore = "the other tests start it"]
fn child() {
    let Some(folder) = std::env::var_os(CASE) else { return };
    let start = Instant::now();
    let outcome = build_on(2, Path::new(&folder));
    let took = start.elapsed().as_millis();
    println!();
    for finding in outcome.shown().iter().take(2_000) {
        println!("{}", finding.chars().take(300).collect::<String>());
    }
    assert!(outcome.page("en/product@2.0/index.html").contains("</html>"), "the home page is lost");
    if Path::new(&folder).join(PAGE).exists()
        && !outcome.shown().iter().any(|f| f.contains("too-large"))
    {
        let page = outcome.page("en/product@2.0/a/index.html");
        assert!(page.contains("</html>"), "the page is lost");
    }
    println!("milliseconds: {took}\nmebibytes: {}", peak_mebibytes());
}

/// The most memory that this process had.
fn peak_mebibytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("the system counts memory");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kibibytes.expect("the figure is there") >> 10
}
