//! The files of a site as they were read last, so that only those are read again that changed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{ImageSize, Read, Revision};
use crate::diagnostic::Diagnostic;
use crate::discover::{Input, Role};
use crate::source::{FileId, SourceFile, Sources};

/// What files came to, by path.
///
/// A file keeps its number as long as the shelf is kept, so that spans, and records of what was read, hold for the
/// next site too. A shelf belongs to one configuration.
#[derive(Debug, Default)]
pub struct Shelf {
    /// All paths that there ever were, in the order of their numbers.
    paths: Vec<String>,
    numbers: HashMap<String, FileId>,
    /// What files came to, by their numbers.
    read: HashMap<FileId, (Role, Arc<Read>)>,
    sizes: HashMap<String, Option<ImageSize>>,
    pub(super) history: Option<History>,
    /// The bytes of files that are not to be read from the disk.
    past: HashMap<String, Vec<u8>>,
    /// Texts that stand for files as long as an editor has them open.
    held: BTreeMap<String, Vec<u8>>,
}

/// When files were last changed, as the repository said, and the finding where it did not.
#[derive(Clone, Debug)]
pub(super) struct History {
    pub(super) dates: BTreeMap<FileId, jiff::Timestamp>,
    pub(super) unknown: Option<Diagnostic>,
}

impl Shelf {
    /// Forgets what the file with this path came to: the next load reads it again.
    pub fn forget(&mut self, path: &str) {
        if let Some(number) = self.numbers.get(path) {
            self.read.remove(number);
        }
        self.sizes.remove(path);
    }

    /// Goes back to a revision: its bytes stand for those on the disk until [`Self::return_to_now`].
    pub fn go_back(&mut self, revision: &Revision) {
        self.past.clone_from(&revision.bytes);
    }

    /// Takes other bytes for those of the disk, by path, until [`Self::return_to_now`].
    pub fn imagine(&mut self, bytes: HashMap<String, Vec<u8>>) {
        self.return_to_now();
        bytes.keys().for_each(|path| self.forget(path));
        self.past = bytes;
    }

    /// What came from a revision, or was imagined, is forgotten.
    pub fn return_to_now(&mut self) {
        for path in std::mem::take(&mut self.past).into_keys() {
            self.forget(&path);
        }
    }

    /// A shelf on which nothing was read, with the same texts standing for files.
    #[must_use]
    pub fn emptied(self) -> Self {
        Self { held: self.held, ..Self::default() }
    }

    /// Has a text stand for the file with this path, whatever the disk has there, until [`Self::release`].
    pub fn hold(&mut self, path: &str, text: &str) {
        self.held.insert(path.to_owned(), text.as_bytes().to_vec());
        self.forget(path);
    }

    /// The file with this path is again what the disk has.
    pub fn release(&mut self, path: &str) {
        if self.held.remove(path).is_some() {
            self.forget(path);
        }
    }

    /// The paths of files for which a text stands.
    pub fn held(&self) -> impl Iterator<Item = &str> {
        self.held.keys().map(String::as_str)
    }

    /// The bytes that stand for a file.
    pub(super) fn past(&self, path: &str) -> Option<&[u8]> {
        self.past.get(path).or_else(|| self.held.get(path)).map(Vec::as_slice)
    }

    /// The numbers of files: those that they had, or the next ones, behind the `before` that stand before all.
    pub(super) fn numbers(&mut self, inputs: &[&Input], before: usize) -> Vec<FileId> {
        let mut is_new = false;
        let numbers = inputs.iter().map(|input| {
            if let Some(known) = self.numbers.get(&input.path) {
                return *known;
            }
            is_new = true;
            let number = super::file_id(before + self.paths.len());
            self.paths.push(input.path.clone());
            self.numbers.insert(input.path.clone(), number);
            number
        });
        let numbers = numbers.collect();
        if is_new {
            // The repository has not been asked about them.
            self.history = None;
        }
        numbers
    }

    /// What a file came to, if it was read with this role and has not been forgotten.
    pub(super) fn get(&self, input: &Input, number: FileId) -> Option<&Arc<Read>> {
        let (role, read) = self.read.get(&number)?;
        (*role == input.role).then_some(read)
    }

    /// Keeps what the files of an inventory came to, and nothing else.
    pub(super) fn keep<'a>(
        &mut self,
        read: impl ExactSizeIterator<Item = (&'a Input, FileId, &'a Arc<Read>)>,
    ) {
        let there = read.len();
        for (input, number, read) in read {
            let is_known = self.get(input, number).is_some_and(|known| Arc::ptr_eq(known, read));
            if !is_known {
                self.read.insert(number, (input.role.clone(), read.clone()));
            }
        }
        debug_assert!(self.read.len() >= there, "each file has a number of its own");
    }

    /// Forgets files that are not there any more.
    pub(super) fn forget_others(&mut self, there: &[FileId]) {
        if self.read.len() > there.len() {
            let there: std::collections::HashSet<&FileId> = there.iter().collect();
            self.read.retain(|number, _| there.contains(number));
        }
    }

    /// Puts all files into `sources`, each at its number, behind the `before` that stand before all; one that is no
    /// longer there is empty.
    pub(super) fn fill(&self, sources: &mut Sources, before: usize) {
        for (at, path) in self.paths.iter().enumerate() {
            match self.read.get(&super::file_id(before + at)) {
                Some((_, read)) => sources.add(read.file.clone()),
                None => sources.add(SourceFile::new(&**path, "")),
            };
        }
    }

    /// The sizes of pictures, by path below `assets`; `size` tells those that are not known yet.
    pub(super) fn sizes(
        &mut self,
        names: &[String],
        size: impl Fn(&[&String]) -> Vec<Option<ImageSize>>,
    ) -> BTreeMap<String, ImageSize> {
        let path = |name: &String| format!("assets/{name}");
        let is_new = |name: &&String| !self.sizes.contains_key(&path(name));
        let new: Vec<&String> = names.iter().filter(is_new).collect();
        let found = size(&new);
        self.sizes.extend(new.into_iter().map(path).zip(found));
        let known = |name: &String| Some((name.clone(), (*self.sizes.get(&path(name))?)?));
        names.iter().filter_map(known).collect()
    }
}
