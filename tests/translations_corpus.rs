//! The translation of the corpus, held beside its source.
//!
//! Run it with `--release`. Without the corpus nothing is done.

#![allow(clippy::print_stderr, reason = "a measure is told")]

#[path = "support/shared.rs"]
mod shared;
#[path = "support/stages.rs"]
mod stages;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use variorum::markdown::BlockKind;
use variorum::model::Site;
use variorum::translation::{Document, Segments, damage, documents};

/// The corpus, where it is.
fn site() -> Option<Arc<Site>> {
    let (root, config) = shared::corpus_for_long()?;
    Some(stages::read(&root, &config).value)
}

/// The tables of the manual, by the folder of their language and the headings of their columns.
const TABLES: [(&str, &str, &str); 2] =
    [("", "Finding", "Places"), ("translations/zh-CN/", "问题", "处数")];

/// `UPDATE_MANUAL=1` writes them down.
#[test]
fn the_manual_tells_how_much_is_found() {
    let Some(site) = site() else { return };
    let language = site.languages().find(|language| !language.is_default());
    let faults = damage::check(&site, language.expect("there is a translation"));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for fault in &faults {
        *counts.entry(fault.kind.code().name).or_default() += 1;
    }
    let mut rows: Vec<(&str, usize)> = counts.into_iter().collect();
    rows.sort_by_key(|(name, count)| (Reverse(*count), *name));
    for (folder, finding, places) in TABLES {
        let mut table = format!("| {finding} | {places} |\n| --- | --: |\n");
        for (name, count) in &rows {
            let _ = writeln!(table, "| [`{name}`](/reference/rules/{name}) | {count} |");
        }
        let path = format!("{folder}data/reusables/generated/translation-counts.md");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        if std::env::var_os("UPDATE_MANUAL").is_some() {
            fs::write(&path, &table).expect("the folder is there");
        }
        assert_eq!(fs::read_to_string(path).unwrap_or_default(), table);
    }
}

fn all_documents(site: &Site) -> Vec<Document> {
    let language = site.languages().find(|language| !language.is_default());
    documents(site, language.expect("there is a translation"))
}

/// Every letter of every text stands in a segment, but for marks of Markdown, tags and what no block holds.
#[test]
fn segments_hold_the_texts() {
    let Some(site) = site() else { return };
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
