//! A real site: the corpus in `../shared`, or in the folder that `VARIORUM_SHARED` names. Without it nothing is done.
//!
//! Run it with `--release`: the whole site is built once, for all checks.

#[path = "support/html.rs"]
mod html;
#[path = "support/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use unicode_normalization::UnicodeNormalization;

/// How many pages the corpus has: pages × their versions × languages.
const PAGES: u64 = 11_062;

/// The share of pages that must be as the reference printed them.
const SHARES: &[(&str, f64)] = &[
    ("text", 0.975),
    ("headings", 0.995),
    ("external", 0.995),
    ("structure", 0.985),
    ("title", 0.999),
    ("intro", 0.999),
];

/// Where the page stands that the project began with.
const SEED_PAGE: &str = "cn/enterprise-server@2.19/developers/apps/\
                         troubleshooting-oauth-app-access-token-request-errors/index.html";

const EXPECTED: &[&str] =
    &["expected/github-docs-2020.en.jsonl.gz", "expected/github-docs-2020.cn.jsonl.gz"];

#[test]
fn the_corpus_is_built_as_the_reference_built_it() {
    let Some(shared) = shared() else {
        say("skipped: the corpus is not there");
        return;
    };
    // Unoptimised, the build and the comparison would take longer than all other tests together.
    if cfg!(debug_assertions) {
        say("skipped: run it with `cargo test --release --test corpus`");
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("site");
    build(&shared, &out);
    let checks: [fn(&Path, &Path) -> Vec<String>; 4] = [pages, seed, redirects, reference];
    let wrong: Vec<String> = checks.iter().flat_map(|check| check(&shared, &out)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn build(shared: &Path, out: &Path) {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let started = std::time::Instant::now();
    let output = program::program(project)
        .arg("build")
        .arg("--site")
        .arg(shared.join("corpus/github-docs-2020"))
        .args(["--config", "tests/corpus/variorum.yml", "--date", "2020-11-13"])
        .arg("--out")
        .arg(out)
        .output()
        .expect("the program can be started");
    say(String::from_utf8_lossy(&output.stdout).trim_end());
    say(&format!("the build of the corpus took {:.1} s", started.elapsed().as_secs_f64()));
    // The corpus has faults of its own, so that 1 is what it comes to.
    let code = output.status.code();
    assert!(matches!(code, Some(0 | 1)), "exit code {code:?}");
}

/// Every page was built.
fn pages(_: &Path, out: &Path) -> Vec<String> {
    let report = fs::read(out.join("report.json")).expect("there is a report");
    let report: serde_json::Value = serde_json::from_slice(&report).expect("the report is JSON");
    let pages = report["counts"]["pages"].as_u64().unwrap_or_default();
    say(&format!("{pages} pages"));
    (pages != PAGES).then(|| format!("{pages} pages, not {PAGES}")).into_iter().collect()
}

/// The page that the project began with has the lines that a reader saw, in that order.
fn seed(shared: &Path, out: &Path) -> Vec<String> {
    let seen = fs::read_to_string(shared.join("seeds/004_0ff65da95b89555f.txt"));
    let page = fs::read_to_string(out.join(SEED_PAGE)).expect("the page of the seed was built");
    let page = squeezed(&html::text(html::element(&page, "main").unwrap_or_default()));
    let mut rest = &*page;
    let mut wrong = Vec::new();
    for line in seen.expect("there is a seed").lines().map(squeezed) {
        match rest.find(&*line) {
            Some(at) => rest = &rest[at + line.len()..],
            None => wrong.push(format!("the page of the seed lacks, at its place: {line}")),
        }
    }
    wrong
}

/// NFKC, and one space for all white space.
fn squeezed(text: &str) -> String {
    let text: String = text.nfkc().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every redirect that is known to be right is there.
fn redirects(shared: &Path, out: &Path) -> Vec<String> {
    let path = shared.join("expected/github-docs-2020.redirects.tsv.gz");
    let unpacked = Command::new("gzip").arg("-dc").arg(path).output().expect("there is gzip");
    let known = String::from_utf8(unpacked.stdout).expect("the pairs are UTF-8");
    let own = fs::read(out.join("redirects.json")).expect("there are redirects");
    let own: BTreeMap<String, String> = serde_json::from_slice(&own).expect("redirects are JSON");
    let pairs: Vec<(&str, &str)> = known.lines().filter_map(|line| line.split_once('\t')).collect();
    let lacks = |(from, to): &&(&str, &str)| own.get(*from).is_none_or(|own| own != to);
    let missing: Vec<_> = pairs.iter().filter(lacks).collect();
    say(&format!("{} of {} redirects", pairs.len() - missing.len(), pairs.len()));
    assert!(!pairs.is_empty(), "there are known redirects");
    let shown = missing.iter().take(10);
    shown.map(|(from, to)| format!("{from} → {to}, not {:?}", own.get(*from))).collect()
}

/// Texts, headings, titles and leads are those of the reference.
fn reference(shared: &Path, out: &Path) -> Vec<String> {
    let output = Command::new("python3")
        .arg(shared.join("tools/compare.py"))
        .arg(out)
        .args(EXPECTED.iter().map(|path| shared.join(path)))
        .args(["--json", "--show", "0"])
        .output()
        .expect("there is python3");
    let printed = String::from_utf8_lossy(&output.stdout);
    let last = printed.lines().last().unwrap_or_default();
    say(last);
    let found: serde_json::Value = serde_json::from_str(last).expect("the comparison is JSON");
    let count = |key: &str| found[key].as_f64().unwrap_or(f64::NAN);
    let mut wrong = Vec::new();
    for key in ["missing", "without_article"] {
        if count(key) != 0.0 {
            wrong.push(format!("{key}: {}", count(key)));
        }
    }
    for (key, wanted) in SHARES {
        let share = count(key) / count("pages");
        if share.is_nan() || share < *wanted {
            wrong.push(format!("{key}: {:.2} %, less than {:.0} %", share * 100.0, wanted * 100.0));
        }
    }
    wrong
}

fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("VARIORUM_SHARED").map_or(beside, PathBuf::from);
    folder.join("corpus/github-docs-2020").is_dir().then_some(folder)
}

/// Figures are for people to read, also where the test passes.
fn say(line: &str) {
    writeln!(std::io::stdout(), "corpus: {line}").expect("standard output is open");
}
