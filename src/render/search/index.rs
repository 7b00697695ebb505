//! The index while pages are rendered: batch after batch, in the order of the pages.

use std::collections::{BTreeMap, HashMap};

use hashbrown::HashMap as QuickMap;
use rayon::prelude::*;

use super::Name;
use super::draft::{BUCKETS, Draft, Part, Record, Section, Variants};
use super::postings::Postings;
use crate::model::PageId;
use crate::variant::LanguageId;

/// All that search knows of the site.
#[derive(Debug, Default)]
pub(in super::super) struct Index {
    /// The pages, in the order in which they were rendered.
    pub(super) pages: Vec<PageId>,
    pub(super) sets: Sets,
    /// By the language that texts are written in.
    pub(super) languages: BTreeMap<LanguageId, Written>,
}

/// The distinct sets of variants, numbered as they come.
#[derive(Debug, Default)]
pub(super) struct Sets {
    pub(super) list: Vec<Variants>,
    numbers: HashMap<Variants, u32>,
}

impl Sets {
    /// The number of a set.
    pub(super) fn number(&mut self, variants: &Variants) -> u32 {
        if let Some(number) = self.numbers.get(variants) {
            return *number;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(variants.clone());
        self.numbers.insert(variants.clone(), number);
        number
    }
}

/// What is written in one language.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) rows: Vec<Row>,
    /// How many sections there are.
    sections: u32,
    /// The terms by their buckets.
    buckets: [QuickMap<Box<str>, Postings>; BUCKETS as usize],
}

/// The sections of a record.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) page: PageId,
    pub(super) file: Name,
    pub(super) sections: Vec<Listed>,
}

/// A section in the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listed {
    pub(super) set: u32,
    pub(super) part: Part,
    pub(super) length: u32,
}

impl Index {
    /// Adds pages.
    pub(in super::super) fn add(&mut self, drafts: &[Draft]) {
        let mut numbered: BTreeMap<LanguageId, Vec<(u32, &Section)>> = BTreeMap::new();
        for draft in drafts {
            self.pages.push(draft.page);
            for record in &draft.records {
                let sections = self.record(draft.page, record).zip(&record.sections);
                numbered.entry(record.language).or_default().extend(sections);
            }
        }
        for (language, sections) in numbered {
            let written = self.languages.entry(language).or_default();
            let buckets = (0..BUCKETS).into_par_iter().zip(&mut written.buckets);
            buckets.for_each(|(number, bucket)| fill(bucket, number, &sections));
        }
    }

    /// Takes a record into the table; the numbers of its sections.
    fn record(&mut self, page: PageId, record: &Record) -> std::ops::Range<u32> {
        let sets = &mut self.sets;
        let listed = |section: &Section| Listed {
            set: sets.number(&section.variants),
            part: section.part,
            length: section.terms.length,
        };
        let sections: Vec<Listed> = record.sections.iter().map(listed).collect();
        let written = self.languages.entry(record.language).or_default();
        let first = written.sections;
        written.sections += u32::try_from(sections.len()).unwrap_or_default();
        written.rows.push(Row { page, file: record.file, sections });
        first..written.sections
    }
}

impl Written {
    /// All terms, sorted.
    pub(super) fn terms(self) -> (Vec<Row>, Vec<(Box<str>, Postings)>) {
        let mut terms: Vec<(Box<str>, Postings)> = self.buckets.into_iter().flatten().collect();
        terms.par_sort_unstable_by(|left, right| left.0.cmp(&right.0));
        (self.rows, terms)
    }
}

/// Adds the terms of a bucket.
fn fill(bucket: &mut QuickMap<Box<str>, Postings>, number: u8, sections: &[(u32, &Section)]) {
    for (section, Section { terms, .. }) in sections {
        for (term, weight) in terms.of_bucket(number) {
            if let Some(postings) = bucket.get_mut(term) {
                postings.add(*section, weight);
            } else {
                bucket.entry(term.into()).or_default().add(*section, weight);
            }
        }
    }
}
