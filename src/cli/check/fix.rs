//! `variorum check --fix` and `--diff`: what can be mended without looking.

use std::path::Path;

use super::super::build::grouped;
use super::super::failure::Failure;
use crate::diagnostic::Finding;
use crate::edit::{ChangeSet, Rewrite};
use crate::model::Site;

/// The fixes of findings, put together.
pub(in super::super) struct Fixes {
    rewrite: Rewrite,
    /// How many findings they mend.
    fixed: usize,
    /// Why others are not made.
    refused: Vec<String>,
}

impl Fixes {
    /// Those of the findings about a site in the folder `root`.
    pub(in super::super) fn of(
        site: &Site,
        findings: &[Finding],
        root: &Path,
    ) -> Result<Self, Failure> {
        let mut changes = ChangeSet::new(&site.sources);
        let (mut fixed, mut refused) = (0, Vec::new());
        for fix in findings.iter().filter_map(|finding| finding.diagnostic.fix.as_deref()) {
            match changes.fix(fix) {
                Ok(()) => fixed += 1,
                Err(why) => refused.push(why.to_string()),
            }
        }
        let rewrite = changes.rewrite(root).map_err(|error| Failure::Io(error.to_string()))?;
        Ok(Self { rewrite, fixed, refused })
    }

    /// Whether there is nothing to change.
    pub(in super::super) fn is_empty(&self) -> bool {
        self.rewrite.is_empty()
    }

    /// What they change, as a diff in git's form.
    pub(in super::super) fn diff(&self) -> Vec<u8> {
        self.rewrite.diff()
    }

    /// How many findings they mend.
    pub(in super::super) fn count(&self) -> usize {
        self.fixed
    }

    /// In how many files.
    pub(in super::super) fn files(&self) -> usize {
        self.rewrite.files().len()
    }

    /// Why others are not made.
    pub(in super::super) fn refused(&self) -> &[String] {
        &self.refused
    }

    /// Changes the files.
    pub(in super::super) fn apply(&self) -> Result<(), Failure> {
        self.rewrite.apply().map_err(|error| Failure::Io(error.to_string()))
    }

    /// How many findings are mended in how many files, and what is not.
    pub(super) fn words(&self, verb: &str) -> String {
        let (fixed, files) = (grouped(self.fixed), grouped(self.rewrite.files().len()));
        let mut words = format!("{verb} {fixed} findings in {files} files\n");
        for why in &self.refused {
            words.push_str(&format!("left alone: {why}\n"));
        }
        words
    }
}
