//! The translation of the corpus, held beside its source.
//!
//! Run it with `--release`. Without the corpus nothing is done.

#![allow(clippy::print_stderr, reason = "a measure is told")]

#[path = "support/shared.rs"]
mod shared;

use std::path::Path;
use std::sync::Arc;

use variorum::discover::discover;
use variorum::load::{Shelf, load, load_config};
use variorum::markdown::BlockKind;
use variorum::model::{self, Memory, Site};
use variorum::translation::{Document, Segments, documents};

fn site(shared: &Path) -> Site {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = shared.join("corpus/github-docs-2020");
    let config = project.join("tests/corpus/variorum.yml");
    let mut found = Vec::new();
    let (sources, config) = load_config(&config, "variorum.yml").expect("the file is there");
    let config = config.collect(&mut found).expect("the configuration is right");
    let inventory = discover(&root, &config).expect("the folders are there");
    let loaded = load(&root, &inventory, &config, sources, &mut Shelf::default());
    let loaded = loaded.expect("the files are there").collect(&mut found);
    model::build(loaded, Arc::new(config), &mut Memory::default()).collect(&mut found)
}

fn all_documents(site: &Site) -> Vec<Document> {
    let language = site.languages().find(|language| !language.is_default());
    documents(site, language.expect("there is a translation"))
}

/// Every letter of every text stands in a segment, but for marks of Markdown, tags and what no block holds.
#[test]
fn segments_hold_the_texts() {
    let Some(shared) = shared::corpus() else { return };
    let site = site(&shared);
    let (mut inside, mut all) = (0, 0);
    for document in all_documents(&site) {
        let texts = document.units.iter().flat_map(|unit| [Some(unit.source), unit.own]).flatten();
        for text in texts.map(|text| site.sources.text(text)) {
            let segments = Segments::new(text);
            let mut end = 0;
            for segment in &segments.list {
                let said = &text[segment.range.clone()];
                assert!(segment.range.start >= end, "{said:?} comes twice in {text:?}");
                end = segment.range.end;
                inside += letters(said);
                if segment.kind == BlockKind::Code {
                    assert_eq!(segment.words, 0);
                }
            }
            all += letters(text);
        }
    }
    let share = inside * 1_000 / all;
    eprintln!("{share} of 1,000 letters are in segments");
    assert!(share > 970, "{share} of 1,000 letters are in segments");
}

fn letters(text: &str) -> usize {
    text.chars().filter(|character| character.is_alphanumeric()).count()
}
