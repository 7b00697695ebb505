//! The files of the index that are written when all pages are known.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use serde_json::{Value, json};

use super::super::site::Output;
use super::super::strings::PageString;
use super::draft::{Part, Variants};
use super::index::{Index, Row, Written};
use super::postings::{Shard, number, shards};
use super::{Prepared, entry_path, named, output};
use crate::model::{Page, PageId};
use crate::variant::{LanguageId, Variant, VersionId, VersionSet};

impl Index {
    /// Makes the files, and hands each to `put`; what that returns is returned in the order of the files.
    pub(in super::super) fn finish<T: Send, E: Send>(
        mut self,
        prepared: &Prepared<'_>,
        put: &(dyn Fn(Output) -> Result<T, E> + Sync),
    ) -> Result<Vec<T>, E> {
        let order = PageOrder::new(prepared, &self.pages);
        let mut outputs = Vec::new();
        let mut parts = Vec::new();
        for (language, written) in std::mem::take(&mut self.languages) {
            let shown = self.shown(&written);
            let tag = &prepared.site.config.language(language).tag;
            let (entry, files) = language_files(tag, written, &order);
            parts.push((shown, entry));
            outputs.extend(files);
        }
        let mut tables = Vec::new();
        for language in &prepared.languages {
            let (name, file) = named("json", order.table(prepared, *language, &mut self));
            tables.push(name);
            outputs.push(file);
        }
        for (position, language) in prepared.languages.iter().enumerate() {
            let shown = parts.iter().filter(|(shown, _)| !shown.of(position).is_empty());
            let entry = json!({
                "versions": versions(prepared, *language),
                "sets": self.sets_of(prepared, position),
                "pages": tables[position].text(),
                "texts": shown.map(|(_, entry)| entry).collect::<Vec<_>>(),
            });
            let code = &prepared.site.config.language(*language).code;
            outputs.push(output(entry_path(code), entry.to_string().into_bytes()));
        }
        outputs.sort_by(|left, right| left.path.cmp(&right.path));
        outputs.dedup_by(|left, right| left.path == right.path);
        outputs.into_par_iter().map(put).collect()
    }

    /// All variants that show something of it.
    fn shown(&self, written: &Written) -> Variants {
        let mut all = Variants::default();
        for section in written.rows.iter().flat_map(|row| &row.sections) {
            let set = &self.sets.list[section.set as usize];
            set.0.iter().enumerate().for_each(|(language, versions)| all.add(language, *versions));
        }
        all
    }

    /// What each set means to a reader of the language at this position: numbers of versions in the list of versions.
    fn sets_of(&self, prepared: &Prepared<'_>, position: usize) -> Vec<Vec<usize>> {
        let built: Vec<VersionId> = prepared.versions.iter().collect();
        let numbers = |versions: VersionSet| {
            let has = |(_, version): &(usize, &VersionId)| versions.contains(**version);
            built.iter().enumerate().filter(has).map(|(number, _)| number).collect()
        };
        self.sets.list.iter().map(|set| numbers(set.of(position))).collect()
    }
}

/// The versions: id, title, and what the addresses of its pages begin with.
fn versions<'a>(
    prepared: &'a Prepared<'_>,
    language: LanguageId,
) -> Vec<(&'a str, &'a str, String)> {
    let config = &prepared.site.config;
    let version = |id: VersionId| {
        let version = config.versions.get(id);
        let start = prepared.site.address("", Variant { language, version: id });
        (&*version.id, &*version.title, format!("{}{start}", config.base_path()))
    };
    prepared.versions.iter().map(version).collect()
}

/// The table of sections and the shards of what is written in one language.
fn language_files(tag: &str, written: Written, order: &PageOrder<'_>) -> (Value, Vec<Output>) {
    let (rows, terms) = written.terms();
    let (sections, file) = named("bin", sections(&rows, order));
    let mut files = vec![file];
    let mut names = Vec::new();
    for Shard { first, bytes } in shards(&terms) {
        let (name, file) = named("bin", bytes);
        names.push((first, name.text()));
        files.push(file);
    }
    (json!({ "tag": tag, "sections": sections.text(), "shards": names }), files)
}

/// The table of sections. For each file to quote from: the number of its page, the eight bytes of its name, how many
/// sections there are; for each of these the number of its set times two, plus one if it is the head of the page, and
/// how many terms it has.
fn sections(rows: &[Row], order: &PageOrder<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for row in rows {
        number(&mut bytes, order.numbers[&row.page] as u64);
        bytes.extend(row.file.0);
        number(&mut bytes, row.sections.len() as u64);
        for section in &row.sections {
            number(&mut bytes, u64::from(section.set) << 1 | u64::from(section.part == Part::Head));
            number(&mut bytes, u64::from(section.length));
        }
    }
    bytes
}

/// The pages by their routes.
struct PageOrder<'a> {
    pages: Vec<&'a Page>,
    numbers: HashMap<PageId, usize>,
}

impl<'a> PageOrder<'a> {
    fn new(prepared: &'a Prepared<'_>, pages: &[PageId]) -> Self {
        let mut pages: Vec<&Page> = pages.iter().map(|page| prepared.site.page(*page)).collect();
        pages.sort_by(|left, right| left.route.cmp(&right.route));
        let numbers = pages.iter().enumerate().map(|(number, page)| (page.id, number)).collect();
        Self { pages, numbers }
    }

    /// The pages as a reader of a language sees them. For each: how many characters its route shares with the one
    /// before, the others, its title, the number of the page above it or -1, the number of its set, and titles that
    /// are different in some versions, by the numbers of these.
    fn table(&self, prepared: &Prepared<'_>, language: LanguageId, index: &mut Index) -> Vec<u8> {
        let mut before = "";
        let mut rows = Vec::with_capacity(self.pages.len());
        for page in &self.pages {
            let shared = shared_characters(before, &page.route);
            let rest: String = page.route.chars().skip(shared).collect();
            before = &page.route;
            let titles = titles(prepared, page, language);
            let mut row = vec![
                json!(shared),
                json!(rest),
                json!(titles.first().map_or("", |(_, title)| title)),
                self.above(prepared, page).map_or(json!(-1), |above| json!(above)),
                json!(index.sets.number(&page_variants(prepared, page))),
            ];
            let differing: BTreeMap<String, &str> = titles
                .iter()
                .filter(|(_, title)| *title != titles[0].1)
                .map(|(number, title)| (number.to_string(), *title))
                .collect();
            if !differing.is_empty() {
                row.push(json!(differing));
            }
            rows.push(Value::Array(row));
        }
        Value::Array(rows).to_string().into_bytes()
    }

    /// The next page above a page that is in the table and is not the home page.
    fn above(&self, prepared: &Prepared<'_>, page: &Page) -> Option<usize> {
        let tree = &prepared.site.tree;
        let mut above = tree.ancestors(page.id).filter(|above| Some(*above) != tree.home());
        above.find_map(|above| self.numbers.get(&above).copied())
    }
}

/// The title of a page in each version that it has, by the number of the version.
fn titles<'a>(
    prepared: &'a Prepared<'_>,
    page: &Page,
    language: LanguageId,
) -> Vec<(usize, &'a str)> {
    let title = prepared.strings.get(page.id, language, PageString::Title);
    let built = prepared.versions.iter().enumerate();
    let has = built.filter(|(_, version)| page.versions.contains(*version));
    has.map(|(number, version)| (number, &*title.for_version(version).plain)).collect()
}

/// The variants that have a page.
fn page_variants(prepared: &Prepared<'_>, page: &Page) -> Variants {
    let versions = page.versions.and(prepared.versions);
    Variants(prepared.languages.iter().map(|_| versions).collect())
}

fn shared_characters(left: &str, right: &str) -> usize {
    left.chars().zip(right.chars()).take_while(|(left, right)| left == right).count()
}
