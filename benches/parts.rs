//! The parts of a build, each by itself on one thread: `cargo bench --bench parts`.
//!
//! The inputs are the English pages of the corpus where it is, else those of the manual.

#![allow(clippy::print_stdout, reason = "a benchmark says what it measures")]

#[path = "../tests/support/shared.rs"]
mod shared;
#[path = "../tests/support/stages.rs"]
mod stages;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput};
use variorum::liquid::{self, Source};
use variorum::markdown::{Highlighter, Options, to_body};
use variorum::model::Site;
use variorum::render::{Drafts, Prepared, Twins};
use variorum::variant::LanguageId;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The day of the builds.
const TODAY: jiff::civil::Date = jiff::civil::date(2020, 11, 13);

fn main() {
    let (name, root, config) = subject();
    println!("inputs: {name}");
    let site = stages::read(&root, &config).value;
    let prepared = stages::prepared(&site, TODAY, Twins::LeftOut).value;
    let time = Duration::from_secs(5);
    let criterion = Criterion::default().sample_size(10).measurement_time(time);
    let mut criterion = criterion.configure_from_args();
    measure(&mut criterion, name, &prepared);
    criterion.final_summary();
}

/// What is measured, its folder and its configuration.
fn subject() -> (&'static str, PathBuf, PathBuf) {
    if let Some((corpus, config)) = shared::corpus() {
        ("corpus", corpus, config)
    } else {
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        ("manual", project.to_owned(), project.join("variorum.yml"))
    }
}

fn measure(criterion: &mut Criterion, name: &str, prepared: &Prepared<'_>) {
    tokenizer(criterion, name, prepared.site());
    let texts = evaluation(criterion, name, prepared);
    markdown(criterion, name, &texts);
    highlighting(criterion, name, &texts);
    composition(criterion, name, prepared);
}

/// Tokens and blocks of all pages.
fn tokenizer(criterion: &mut Criterion, name: &str, site: &Site) {
    let syntax = site.config.syntax();
    let sources: Vec<Source<'_>> =
        site.pages.iter().map(|page| site.source(&page.source.body)).collect();
    let bytes: usize = sources.iter().map(|source| source.text.len()).sum();
    let parse = |source: &Source<'_>| liquid::parse(source.id, source.text, &syntax);
    run(criterion, "tokenizer", name, Throughput::Bytes(bytes as u64), || {
        sources.iter().for_each(|source| drop(black_box(parse(source))));
    });
}

/// Liquid of all pages in all versions; the distinct texts that come out.
fn evaluation(criterion: &mut Criterion, name: &str, prepared: &Prepared<'_>) -> Vec<String> {
    let pages = &prepared.site().pages;
    let expand = |page| prepared.expansions(page, LanguageId::DEFAULT).value;
    let mut texts = Vec::new();
    for page in pages {
        let first = texts.len();
        for (_, expansion) in expand(page) {
            if !texts[first..].contains(&expansion.text) {
                texts.push(expansion.text);
            }
        }
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    run(criterion, "evaluation", name, Throughput::Bytes(bytes as u64), || {
        pages.iter().for_each(|page| drop(black_box(expand(page))));
    });
    texts
}

/// Markdown of all distinct texts.
fn markdown(criterion: &mut Criterion, name: &str, texts: &[String]) {
    let bytes: usize = texts.iter().map(String::len).sum();
    run(criterion, "Markdown", name, Throughput::Bytes(bytes as u64), || {
        texts.iter().for_each(|text| drop(black_box(to_body(text, Options::default()))));
    });
}

/// Each distinct code block that has a language, once.
fn highlighting(criterion: &mut Criterion, name: &str, texts: &[String]) {
    let highlighter = Highlighter::new();
    let of = |text: &String| to_body(text, Options::default()).code;
    let mut blocks: Vec<_> = texts.iter().flat_map(of).collect();
    blocks.retain(|block| !block.language.is_empty());
    blocks.sort_by(|one, other| (&one.language, &one.text).cmp(&(&other.language, &other.text)));
    blocks.dedup_by(|one, other| (&one.language, &one.text) == (&other.language, &other.text));
    let bytes: usize = blocks.iter().map(|block| block.text.len()).sum();
    run(criterion, "highlighting", name, Throughput::Bytes(bytes as u64), || {
        blocks.iter().for_each(|block| drop(black_box(highlighter.highlight(block))));
    });
}

/// Slots and theme of the largest product's pages in all variants.
fn composition(criterion: &mut Criterion, name: &str, prepared: &Prepared<'_>) {
    let drafts = Drafts::of_largest_product(prepared);
    let pages = drafts.compose().len();
    run(criterion, "composition", name, Throughput::Elements(pages as u64), || {
        drop(black_box(drafts.compose()));
    });
}

fn run(
    criterion: &mut Criterion,
    part: &str,
    name: &str,
    throughput: Throughput,
    mut work: impl FnMut(),
) {
    let mut group = criterion.benchmark_group(part);
    group.throughput(throughput);
    group.bench_function(BenchmarkId::from_parameter(name), |bencher| bencher.iter(&mut work));
    group.finish();
}
