//! How far the corpus agrees with the reference, counted by cause, and the part of COMPATIBILITY.md that says so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::causes::{CAUSES, OTHER_CAUSES, Page, causes};
use super::compare::{ASPECTS, Aspect, Compared, compare};
use super::expected::{FILES, rows};
use super::repairs::Repairs;

/// In COMPATIBILITY.md, around what is generated.
const START: &str =
    "<!-- agreement: UPDATE_COMPATIBILITY=1 cargo test --release --test corpus -->\n";
const END: &str = "<!-- end of agreement -->\n";

/// What was counted in a language.
#[derive(Debug, Default)]
pub(crate) struct Count {
    /// All pages.
    pub(crate) pages: usize,
    /// Pages that differ, by aspect.
    pub(crate) differ: BTreeMap<Aspect, usize>,
    /// Pages that differ without a cause that is known, by aspect.
    pub(crate) unexplained: BTreeMap<Aspect, Vec<String>>,
    /// Pages by cause, in order.
    pages_of: BTreeMap<&'static str, BTreeSet<String>>,
    /// The first page of each cause: its source.
    examples: BTreeMap<&'static str, String>,
    /// What could not be compared.
    pub(crate) missing: Vec<String>,
}

impl Count {
    /// The share of pages that are the same in an aspect.
    pub(crate) fn share(&self, aspect: Aspect) -> f64 {
        1.0 - ratio(self.differ.get(&aspect).copied().unwrap_or_default(), self.pages)
    }

    fn add(&mut self, compared: &Compared<'_>, repairs: &Repairs) {
        let row = compared.row;
        let repaired = repairs.reach(&row.language, &row.relative_path);
        for (aspect, causes) in causes(&Page { compared, repaired }) {
            *self.differ.entry(aspect).or_default() += 1;
            if causes.is_empty() {
                self.unexplained.entry(aspect).or_default().push(row.href.clone());
            }
            for cause in causes {
                self.pages_of.entry(cause).or_default().insert(row.href.clone());
                self.examples.entry(cause).or_insert_with(|| row.relative_path.clone());
            }
        }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// Compares all pages of which the reference is known, in each language.
pub(crate) fn count(shared: &Path, out: &Path) -> Vec<(&'static str, Count)> {
    let repairs = Repairs::read(shared, out);
    FILES.iter().map(|(language, file)| (*language, of_file(shared, out, file, &repairs))).collect()
}

fn of_file(shared: &Path, out: &Path, file: &str, repairs: &Repairs) -> Count {
    let rows = rows(shared, file);
    let compared: Vec<_> = rows.par_iter().map(|row| compare(out, row)).collect();
    let mut count = Count { pages: rows.len(), ..Count::default() };
    for page in compared {
        match page {
            Ok(page) => count.add(&page, repairs),
            Err(missing) => count.missing.push(missing),
        }
    }
    count
}

/// Says what COMPATIBILITY.md says otherwise than what was counted, or writes it anew.
pub(crate) fn document(counts: &[(&str, Count)]) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("COMPATIBILITY.md");
    let page = fs::read_to_string(&path).expect("there is COMPATIBILITY.md");
    let (before, rest) = page.split_once(START).expect("the generated part begins");
    let (_, after) = rest.split_once(END).expect("the generated part ends");
    let expected = format!("{before}{START}{}{END}{after}", tables(counts));
    if std::env::var_os("UPDATE_COMPATIBILITY").is_some() {
        fs::write(&path, expected).expect("COMPATIBILITY.md can be written");
        return Vec::new();
    }
    let hint = "run `UPDATE_COMPATIBILITY=1 cargo test --release --test corpus`";
    if page == expected {
        Vec::new()
    } else {
        vec![format!("COMPATIBILITY.md is out of date: {hint}")]
    }
}

/// The figures and the causes, as Markdown.
pub(crate) fn tables(counts: &[(&str, Count)]) -> String {
    let mut text = String::from("\n| | Pages |");
    text += &ASPECTS.map(|(_, name)| format!(" {name} |")).concat();
    text += &format!("\n| --- | --: |{}\n", " --: |".repeat(ASPECTS.len()));
    for (language, count) in counts {
        let share = |(aspect, _)| format!(" {} |", percent(count.share(aspect)));
        text +=
            &format!("| {} | {} |{}\n", name(language), count.pages, ASPECTS.map(share).concat());
    }
    text += "\n| The reference | Variorum | English | Chinese | For example |\n";
    text += "| --- | --- | --: | --: | --- |\n";
    for (was, is) in known() {
        let pages = |count: &Count| count.pages_of.get(was).map_or(0, BTreeSet::len);
        let numbers: String =
            counts.iter().map(|(_, count)| format!(" {} |", pages(count))).collect();
        let example = counts.iter().find_map(|(_, count)| count.examples.get(was));
        if let Some(example) = example {
            text += &format!("| {was} | {is} |{numbers} `{example}` |\n");
        }
    }
    text + "\n"
}

fn known() -> impl Iterator<Item = (&'static str, &'static str)> {
    let texts = CAUSES.iter().map(|cause| (cause.was, cause.is));
    texts.chain(OTHER_CAUSES.iter().copied())
}

fn name(language: &str) -> &str {
    if language == "en" { "English" } else { "Chinese" }
}

/// Cut off, not rounded: what is not all pages is not 100 %.
fn percent(share: f64) -> String {
    format!("{:.2} %", (share * 10_000.0 + 1e-9).floor() / 100.0)
}
