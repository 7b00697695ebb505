//! A real site: the corpus in `../shared`, or in the folder that `VARIORUM_SHARED` names. Without it nothing is done.
//!
//! Run it with `--release`: the whole site is built once, for all checks.

#[path = "corpus/causes.rs"]
mod causes;
#[path = "corpus/compare.rs"]
mod compare;
#[path = "support/diff.rs"]
mod diff;
#[path = "corpus/expected.rs"]
mod expected;
#[path = "corpus/facts.rs"]
mod facts;
#[path = "support/html.rs"]
mod html;
#[path = "corpus/invariants.rs"]
mod invariants;
#[path = "corpus/ledger.rs"]
mod ledger;
#[path = "support/program.rs"]
mod program;
#[path = "corpus/repairs.rs"]
mod repairs;
#[path = "support/shared.rs"]
mod shared;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use unicode_normalization::UnicodeNormalization;

use compare::Aspect;

/// How many pages the corpus has: pages × their versions × languages.
const PAGES: u64 = 11_062;

/// The shares of pages that must be as the reference printed them, in percent: English and Chinese. Every other page
/// must differ for a reason that COMPATIBILITY.md gives.
const SHARES: [(Aspect, [f64; 2]); 8] = [
    (Aspect::Text, [99.02, 96.37]),
    (Aspect::Headings, [100.0, 99.84]),
    (Aspect::External, [100.0, 99.64]),
    (Aspect::Structure, [99.41, 98.39]),
    (Aspect::Title, [100.0, 100.0]),
    (Aspect::Intro, [100.0, 99.96]),
    (Aspect::Breadcrumbs, [98.98, 85.32]),
    (Aspect::MiniToc, [100.0, 99.92]),
];

/// Where the page stands that the project began with.
const SEED_PAGE: &str = "cn/enterprise-server@2.19/developers/apps/\
                         troubleshooting-oauth-app-access-token-request-errors/index.html";

#[test]
fn the_corpus_is_built_as_the_reference_built_it() {
    // A site that was built already, for those who work on the comparison.
    if let Some(built) = std::env::var_os("VARIORUM_BUILT") {
        let Some(shared) = shared::folder() else { return };
        return check(&shared, Path::new(&built));
    }
    let Some(shared) = shared::folder_for_long() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("site");
    build(&shared, &out);
    check(&shared, &out);
}

fn check(shared: &Path, out: &Path) {
    let checks: [fn(&Path, &Path) -> Vec<String>; 5] = [pages, seed, redirects, sound, reference];
    let wrong: Vec<String> = checks.iter().flat_map(|check| check(shared, out)).collect();
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
    for line in seen.expect("there is a seed").lines().map(squeezed).map(|line| dated(&line)) {
        match rest.find(&*line) {
            Some(at) => rest = &rest[at + line.len()..],
            None => wrong.push(format!("the page of the seed lacks, at its place: {line}")),
        }
    }
    wrong
}

/// The reference wrote days as `2020-11-12.`; the theme writes them as readers of the language do.
fn dated(line: &str) -> String {
    let word = |word: &str| match word.strip_suffix('.').map(str::parse::<jiff::civil::Date>) {
        Some(Ok(day)) => format!("{}年{}月{}日。", day.year(), day.month(), day.day()),
        _ => word.to_owned(),
    };
    line.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// NFKC, and one space for all white space.
fn squeezed(text: &str) -> String {
    let text: String = text.nfkc().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every redirect that is known to be right is there.
fn redirects(shared: &Path, out: &Path) -> Vec<String> {
    let known = expected::unpacked(&shared.join("expected/github-docs-2020.redirects.tsv.gz"));
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

/// No page lacks its article or title, or shows a reader what only authors should see.
fn sound(_: &Path, out: &Path) -> Vec<String> {
    let (pages, mut faults) = invariants::faults(out, &["en", "cn"]);
    say(&format!("{pages} pages looked through, {} faults", faults.len()));
    if u64::try_from(pages) != Ok(PAGES) {
        faults.push(format!("{pages} pages looked through, not {PAGES}"));
    }
    faults.truncate(20);
    faults
}

/// Pages are those of the reference, or differ as COMPATIBILITY.md says.
fn reference(shared: &Path, out: &Path) -> Vec<String> {
    let counts = ledger::count(shared, out);
    say(&ledger::tables(&counts));
    let mut wrong = Vec::new();
    for (number, (language, count)) in counts.iter().enumerate() {
        wrong.extend(count.missing.iter().take(10).cloned());
        for (aspect, least) in SHARES {
            let (share, least) = (count.share(aspect) * 100.0, least[number]);
            if share.is_nan() || share < least {
                wrong.push(format!("{language}: {aspect:?} {share:.2} %, less than {least} %"));
            }
        }
        for (aspect, pages) in &count.unexplained {
            let shown = pages.iter().take(10);
            wrong.extend(
                shown.map(|page| format!("{page}: {aspect:?} differs for no known reason")),
            );
        }
        wrong.extend(counted_alike(shared, out, language, count));
    }
    wrong.extend(ledger::document(&counts));
    wrong
}

/// The comparison tool of the corpus counts as many pages as we do.
fn counted_alike(shared: &Path, out: &Path, language: &str, count: &ledger::Count) -> Vec<String> {
    let file = expected::FILES.iter().find(|(name, _)| *name == language).map(|(_, file)| file);
    let output = Command::new("python3")
        .arg(shared.join("tools/compare.py"))
        .arg(out)
        .arg(shared.join(file.expect("it is one of the files")))
        .args(["--json", "--show", "0"])
        .output()
        .expect("there is python3");
    let printed = String::from_utf8_lossy(&output.stdout);
    let found: serde_json::Value =
        serde_json::from_str(printed.lines().last().unwrap_or_default()).expect("it prints JSON");
    let names = ["text", "headings", "external", "structure", "title", "intro"];
    let own = |aspect| count.pages - count.differ.get(&aspect).copied().unwrap_or_default();
    let compared =
        compare::ASPECTS.iter().zip(names).map(|((aspect, _), name)| (name, own(*aspect)));
    compared
        .filter(|(name, same)| found[*name].as_u64() != u64::try_from(*same).ok())
        .map(|(name, same)| format!("{language}: {name} {same} by us, {} by the tool", found[name]))
        .collect()
}

/// Figures are for people to read, also where the test passes.
fn say(line: &str) {
    writeln!(std::io::stdout(), "corpus: {line}").expect("standard output is open");
}
