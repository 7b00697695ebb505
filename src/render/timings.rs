//! Where the time of rendering went: nothing, unless a clock was handed in.

use std::time::Duration;

use crate::model::PageId;
use crate::timing::Usages;

/// What rendering took, added up over all threads.
#[derive(Debug, Default)]
pub struct Timings {
    /// The pages, in the order in which they were rendered.
    pub pages: Vec<PageTime>,
    /// The texts of data and includes that pages refer to.
    pub texts: Usages,
    /// Syntax of code blocks.
    pub highlighting: Duration,
    /// Navigation and order of products.
    pub navigation: Duration,
    /// Pages for old addresses, with their staging.
    pub redirects: Duration,
    /// The files of the search index that are written last.
    pub search: Duration,
}

/// What a page took in all its variants.
#[derive(Clone, Copy, Debug)]
pub struct PageTime {
    /// The page.
    pub page: PageId,
    /// How many variants it has.
    pub variants: usize,
    /// What was done.
    pub spent: Spent,
}

/// Time by what it was spent on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    /// Evaluation of Liquid.
    pub liquid: Duration,
    /// Markdown to HTML.
    pub markdown: Duration,
    /// The slots of the body, and the theme around it.
    pub composition: Duration,
    /// What became of the files outside.
    pub staging: Duration,
    /// Sections and terms for search, and the files to quote from.
    pub search: Duration,
}

impl Spent {
    /// All of it.
    pub fn total(&self) -> Duration {
        self.liquid + self.markdown + self.composition + self.staging + self.search
    }

    /// Adds what was spent elsewhere.
    pub fn add(&mut self, other: Self) {
        self.liquid += other.liquid;
        self.markdown += other.markdown;
        self.composition += other.composition;
        self.staging += other.staging;
        self.search += other.search;
    }
}

impl Timings {
    /// Adds up the pages.
    pub fn of_pages(&self) -> Spent {
        let mut sum = Spent::default();
        self.pages.iter().for_each(|page| sum.add(page.spent));
        sum
    }
}
