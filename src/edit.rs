//! Changes of the site's own files: planned, shown as a diff, carried out together.
//!
//! A [`ChangeSet`] gathers edits against the texts that were read. [`ChangeSet::rewrite`] looks at the files' bytes,
//! which may have a byte order mark and other line ends than their texts; what comes of it can be shown and done.

#![allow(
    clippy::disallowed_methods,
    reason = "the one stage that writes into the site's own files"
)]

mod apply;
mod bytes;
mod diff;
mod disk;
mod error;
mod front;
mod moving;
mod retirement;
mod rewrite;
mod scan;

pub use apply::ApplyError;
pub use error::{EditError, Impossible, Refused};
pub use moving::{Moving, follow};
pub use retirement::{Draft, Retirement};
pub use rewrite::{Rewrite, Rewritten};

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Edit, Fix};
use crate::name;
use crate::source::{FileId, Sources, Span, Splice, spliced};

/// Changes of a site's files, all against the texts that were read.
#[derive(Clone, Debug)]
pub struct ChangeSet<'a> {
    sources: &'a Sources,
    /// The files that are there, by their paths below the site's folder.
    files: BTreeMap<String, FileChange>,
    /// The texts of new files.
    added: BTreeMap<String, String>,
    /// Where something comes to stand that was not there.
    targets: BTreeSet<String>,
}

/// What becomes of a file that is there.
#[derive(Clone, Debug, Default)]
struct FileChange {
    /// The file, where its text was read.
    file: Option<FileId>,
    /// What is replaced in its text, in order.
    splices: Vec<Splice>,
    end: End,
}

/// Where a file ends up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum End {
    #[default]
    Stays,
    Moves(String),
    Goes,
}

impl<'a> ChangeSet<'a> {
    /// No changes yet.
    pub fn new(sources: &'a Sources) -> Self {
        let (files, added, targets) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        Self { sources, files, added, targets }
    }

    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.added.is_empty()
    }

    /// Replaces one piece. A piece that overlaps one that is replaced otherwise is refused.
    pub fn edit(&mut self, edit: &Edit) -> Result<(), Refused> {
        let splice = self.splice(edit)?;
        self.take(edit.span.text.file, splice);
        Ok(())
    }

    /// Takes all edits of a fix, or none of them.
    pub fn fix(&mut self, fix: &Fix) -> Result<(), Refused> {
        let mut tried = self.clone_of(fix.edits.iter().map(|edit| edit.span));
        fix.edits.iter().try_for_each(|edit| tried.edit(edit))?;
        self.files.append(&mut tried.files);
        Ok(())
    }

    /// Gives a file another path. Both lie below the site's folder.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<(), Refused> {
        self.claim(to)?;
        self.put(from, End::Moves(to.to_owned()))
    }

    /// Adds a file with this text.
    pub fn add(&mut self, path: &str, text: impl Into<String>) -> Result<(), Refused> {
        self.claim(path)?;
        self.added.insert(path.to_owned(), text.into());
        Ok(())
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &str) -> Result<(), Refused> {
        self.put(path, End::Goes)
    }

    /// The texts that files of the site would have: by path, nothing for one that would no longer be there.
    pub fn texts(&self) -> BTreeMap<String, Option<String>> {
        let mut texts = BTreeMap::new();
        for (path, change) in &self.files {
            let text = || {
                let file = change.file.or_else(|| find(self.sources, path))?;
                Some(spliced(&self.sources.file(file).text, &change.splices))
            };
            match &change.end {
                End::Stays => drop(texts.insert(path.clone(), text())),
                End::Goes => drop(texts.insert(path.clone(), None)),
                End::Moves(to) => {
                    texts.insert(path.clone(), None);
                    texts.insert(to.clone(), text());
                }
            }
        }
        texts.extend(self.added.iter().map(|(path, text)| (path.clone(), Some(text.clone()))));
        texts
    }

    /// The same sources with what is changed in the files of these places.
    fn clone_of(&self, places: impl Iterator<Item = Span>) -> Self {
        let mut part = Self::new(self.sources);
        for place in places {
            let path = self.sources.path(place);
            if let Some(change) = self.files.get(path) {
                part.files.insert(path.to_owned(), change.clone());
            }
        }
        part
    }

    /// What an edit replaces in the text of its file.
    fn splice(&self, edit: &Edit) -> Result<Splice, Refused> {
        let at = || {
            let location = self.sources.locate(edit.span);
            (location.path.to_owned(), location.line)
        };
        let written = self.sources.written(edit.span);
        let text = written.as_ref().and_then(|written| written.form.write(&edit.text));
        let (Some(written), Some(text)) = (written, text) else {
            return Err(Refused::OtherForm(at()));
        };
        let splice = Splice { range: written.bytes, text };
        let known = self.files.get(self.sources.path(edit.span));
        match known {
            Some(known) if known.end == End::Goes => Err(Refused::Gone(at())),
            Some(known) if known.splices.iter().any(|other| overlap(other, &splice)) => {
                Err(Refused::Overlap(at()))
            }
            _ => Ok(splice),
        }
    }

    fn take(&mut self, file: FileId, splice: Splice) {
        let change = self.files.entry(self.sources.file(file).path.clone()).or_default();
        change.file = Some(file);
        let order = |splice: &Splice| (splice.range.start, splice.range.end);
        let at = change.splices.partition_point(|other| order(other) < order(&splice));
        if change.splices.get(at) != Some(&splice) {
            change.splices.insert(at, splice);
        }
    }

    /// Takes a path for something that was not there.
    fn claim(&mut self, path: &str) -> Result<(), Refused> {
        name::check(path).map_err(|why| Refused::Name(path.to_owned(), why))?;
        if self.targets.insert(path.to_owned()) {
            Ok(())
        } else {
            Err(Refused::Taken(path.to_owned()))
        }
    }

    fn put(&mut self, path: &str, end: End) -> Result<(), Refused> {
        name::check(path).map_err(|why| Refused::Name(path.to_owned(), why))?;
        let change = self.files.entry(path.to_owned()).or_default();
        if change.end != End::Stays && change.end != end {
            return Err(Refused::Twice(path.to_owned()));
        }
        change.end = end;
        Ok(())
    }
}

/// Whether two pieces cannot both be replaced. The same piece may be replaced by the same twice.
fn overlap(one: &Splice, other: &Splice) -> bool {
    let (a, b) = (&one.range, &other.range);
    let touch = match (a.is_empty(), b.is_empty()) {
        (true, true) => a.start == b.start,
        (true, false) => b.start < a.start && a.start < b.end,
        (false, true) => a.start < b.start && b.start < a.end,
        (false, false) => a.start < b.end && b.start < a.end,
    };
    touch && one != other
}

/// The file with this path.
fn find(sources: &Sources, path: &str) -> Option<FileId> {
    sources.files().find(|(_, file)| file.path == path).map(|(id, _)| id)
}

#[cfg(test)]
mod tests;
