//! Time grows with the size of a page and no faster, whatever is repeated in it.
//!
//! `cargo test --release --test linear -- --ignored --nocapture` prints the table of all patterns;
//! `PATTERN=words` runs those with these words in them.

#![allow(clippy::print_stdout, reason = "the long tests print tables")]

#[path = "support/folder.rs"]
mod folder;
#[path = "linear/pattern.rs"]
mod pattern;
#[path = "linear/patterns.rs"]
mod patterns;
#[path = "support/pipeline.rs"]
mod pipeline;

use std::fmt::Write;
use std::fs;

use pattern::{Pattern, Place};
use patterns::PATTERNS;
use pipeline::write;
use variorum::translation::damage;

/// What is repeated grows to these sizes.
const SIZES: [usize; 3] = [100_000, 200_000, 400_000];

/// The most that time may grow when the size doubles.
const RATIO: f64 = 2.5;

/// The most that a page of 400 KB may take.
const SLOWEST: f64 = 1.0;

/// Patterns that are known to be over the bounds, with their own: the mean ratio and the seconds. A page of 40,000 old
/// addresses makes as many pages for each variant; of a list of 100,000 items half the time is the system's, which
/// clears memory for it.
const KNOWN: [(Place, &str, &str, f64, f64); 2] = [
    (Place::FrontMatter, "redirect_from:\n", "  - /a§\n", RATIO, 2.0),
    (Place::Data, "", "- a\n", 3.5, SLOWEST),
];

/// What takes less is lost in the noise of the machine.
const NOISE: f64 = 0.02;

#[test]
#[ignore = "takes minutes, and figures mean something in release builds only"]
fn every_pattern_takes_time_in_proportion() {
    let wanted = std::env::var("PATTERN").unwrap_or_default();
    let idle = seconds(&Pattern { place: Place::Body, head: "", unit: "a\n" }, 2);
    println!("| pattern | 100 KB | 200 KB | 400 KB | ratios |\n| --- | --: | --: | --: | --: |");
    let mut slow = String::new();
    for pattern in PATTERNS.iter().filter(|pattern| pattern.name().contains(&wanted)) {
        let first = figures(pattern, idle);
        // A machine with other work to do is asked once more.
        let again = (!first.is_linear(pattern)).then(|| figures(pattern, idle));
        let figures = again.filter(|again| again.is_linear(pattern)).unwrap_or(first);
        println!("{}", figures.row(pattern));
        if !figures.is_linear(pattern) {
            writeln!(slow, "{}", figures.row(pattern)).expect("memory can be written");
        }
    }
    assert!(slow.is_empty(), "\n{slow}");
}

/// Patterns that once took time in the square of their number, and some that take it elsewhere. The bound lets a busy
/// machine be three times slower for a while; the square would be eight times over it.
#[test]
fn what_was_mended_stays_mended() {
    let mended = [
        (Place::Body, "{% if x %}", "{% elsif y %}"),
        (Place::Body, "", "[AUTOTITLE](#x§)\n# x§\n"),
        (Place::Body, "", "&amp; http://a§ "),
        (Place::Body, "", "%}"),
        (Place::FrontMatter, "", "a§: 1\n"),
        (Place::FrontMatter, "product: \"", "\\u4e00"),
        (Place::Data, "", "a§: '{% x§ %}'\n"),
        (Place::Translation, "", "]("),
        (Place::Translation, "", "\u{200b}"),
        (Place::Translation, "", "<a "),
        (Place::Translation, "", "<div>"),
        (Place::Translation, "", "【a】(/b) "),
        (Place::Both, "", "`a§` [b](/c§) "),
        (Place::Raw, "", "{{ a§ }}"),
    ];
    for (place, head, unit) in mended {
        let pattern = Pattern { place, head, unit };
        let (short, long) = (seconds(&pattern, 20_000), seconds(&pattern, 160_000));
        assert!(long <= 24.0 * short + 0.1, "{}: {short} s, {long} s", pattern.name());
    }
}

struct Figures([f64; 3]);

impl Figures {
    fn ratios(&self) -> [f64; 2] {
        let [first, second, third] = self.0.map(|time| time.max(NOISE));
        [second / first, third / second]
    }

    /// The ratio of both doublings together counts: one alone is at the mercy of the caches.
    fn is_linear(&self, pattern: &Pattern) -> bool {
        let [one, two] = self.ratios();
        let known = KNOWN.iter().find(|(place, head, unit, ..)| {
            (*place, *head, *unit) == (pattern.place, pattern.head, pattern.unit)
        });
        let (ratio, slowest) =
            known.map_or((RATIO, SLOWEST), |(.., ratio, slowest)| (*ratio, *slowest));
        (one * two).sqrt() <= ratio && self.0[2] <= slowest
    }

    fn row(&self, pattern: &Pattern) -> String {
        let [first, second, third] = self.0.map(|time| format!("{:.0} ms", time * 1e3));
        let [one, two] = self.ratios();
        format!("| {} | {first} | {second} | {third} | {one:.2} {two:.2} |", pattern.name())
    }
}

fn figures(pattern: &Pattern, idle: f64) -> Figures {
    Figures(SIZES.map(|size| (seconds(pattern, size) - idle).max(0.0)))
}

/// CPU time of the whole way of a site with the pattern, on one thread.
fn seconds(pattern: &Pattern, size: usize) -> f64 {
    let folder = folder::tempdir().expect("a temporary folder");
    let files = pattern.files(size);
    write(folder.path(), files.iter().map(|(path, text)| (*path, text)));
    let root = folder.path().to_owned();
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a thread can be started")
        .install(move || {
            let start = thread_seconds();
            let outcome = pipeline::build(&root);
            let page = outcome.page("en/product@2.0/a/index.html");
            assert!(page.contains("</html>"), "the page is missing: {:?}", outcome.shown().first());
            let site = &outcome.site;
            for language in site.languages().filter(|language| !language.is_default()) {
                drop(damage::check(site, language));
            }
            thread_seconds() - start
        })
}

/// CPU time that this thread has had.
fn thread_seconds() -> f64 {
    let text = fs::read_to_string("/proc/thread-self/schedstat").expect("the system counts time");
    let nanoseconds = text.split_whitespace().next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.expect("the first figure is time on the processor") / 1e9
}
