//! Where each piece of data, include, feature, image and page is referred to in the sources.
//!
//! The sources are read as they are written, and nothing is evaluated: a reference counts also where no version comes
//! to it. What is computed counts for everything that it could come to.

mod addresses;
mod gather;
mod names;
mod report;
mod touched;
mod unused;
mod usage;
mod values;

pub use gather::references_in;
pub use names::{called, similar};
pub use report::Report;
pub use touched::{State, Touched, numbers, touched};
pub use unused::{Unused, feature_file, unused};
pub use usage::{Use, leaves, pages_by_file, reached, uses};
pub use values::{Said, said};

use std::collections::BTreeMap;

use crate::model::{PageId, Site};
use crate::source::{FileId, Span, TextId};

/// What can be referred to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A value of the data, or a place in its tree with everything below it.
    Data(String),
    /// An include, by the name that the site has it under.
    Include(String),
    /// A feature.
    Feature(String),
    /// A file of `assets`, by its path below.
    Asset(String),
    /// A page.
    Page(PageId),
}

/// A place that refers to something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What is referred to.
    pub target: Target,
    /// The name alone.
    pub span: Span,
}

impl Reference {
    /// The text that refers.
    pub fn from(&self) -> TextId {
        self.span.text
    }
}

/// All references of a site.
#[derive(Debug, Default)]
pub struct References {
    /// In the order of the files.
    all: Vec<Reference>,
    by_target: BTreeMap<Target, Vec<usize>>,
}

impl References {
    /// The references in the sources of a site, in all languages.
    pub fn new(site: &Site) -> Self {
        let mut all = gather::references(site);
        all.sort_by_key(|reference| reference.span);
        all.dedup();
        let mut by_target: BTreeMap<Target, Vec<usize>> = BTreeMap::new();
        for (number, reference) in all.iter().enumerate() {
            by_target.entry(reference.target.clone()).or_default().push(number);
        }
        Self { all, by_target }
    }

    /// All of them, by their places.
    pub fn all(&self) -> &[Reference] {
        &self.all
    }

    /// Those in a file.
    pub fn within(&self, file: FileId) -> &[Reference] {
        let start = self.all.partition_point(|reference| reference.span.text.file < file);
        let end = self.all.partition_point(|reference| reference.span.text.file <= file);
        &self.all[start..end]
    }

    /// Those in a text.
    pub fn from(&self, text: TextId) -> &[Reference] {
        let start = self.all.partition_point(|reference| reference.span.text < text);
        let end = self.all.partition_point(|reference| reference.span.text <= text);
        &self.all[start..end]
    }

    /// The references to something; of data also those to a place in the tree above it or below it.
    pub fn to(&self, target: &Target) -> Vec<&Reference> {
        let Target::Data(key) = target else { return self.exactly(target).collect() };
        let above = prefixes(key).map(|prefix| Target::Data(prefix.to_owned()));
        let mut found: Vec<&Reference> = above.flat_map(|above| self.exactly(&above)).collect();
        let start = Target::Data(format!("{key}."));
        let below = self.by_target.range(start..).take_while(|(target, _)| is_below(target, key));
        found.extend(below.flat_map(|(_, numbers)| numbers).map(|number| &self.all[*number]));
        found.sort_by_key(|reference| reference.span);
        found
    }

    fn exactly(&self, target: &Target) -> impl Iterator<Item = &Reference> + use<'_> {
        let numbers = self.by_target.get(target).map_or(&[][..], Vec::as_slice);
        numbers.iter().map(|number| &self.all[*number])
    }
}

/// A key and the keys above it; the empty one, which stands for all data, is the last.
fn prefixes(key: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(key), |key| match key.rsplit_once('.') {
        Some((above, _)) => Some(above),
        None => (!key.is_empty()).then_some(""),
    })
}

fn is_below(target: &Target, key: &str) -> bool {
    let Target::Data(below) = target else { return false };
    below.strip_prefix(key).is_some_and(|rest| rest.starts_with('.'))
}
