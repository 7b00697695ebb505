//! What a page was made from: the texts whose change would change the page.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::source::{FileId, TextId};

/// The texts that a page read in one variant, also those of other pages and of the interface. A file as a whole
/// stands for what is read of it besides its texts.
///
/// What decides which pages there are, and where (versions, addresses, the tree, templates), is read by all pages.
#[derive(Clone, Debug, Default)]
pub struct Reads {
    own: BTreeSet<TextId>,
    shared: Vec<Arc<[TextId]>>,
}

impl Reads {
    /// Texts that this page alone reads, and lists of texts that it shares with other pages.
    pub(super) fn new(own: BTreeSet<TextId>, shared: Vec<Arc<[TextId]>>) -> Self {
        Self { own, shared }
    }

    /// The texts that the page alone reads: those of its own, and what it shows of others; not those of the navigation
    /// and of the interface.
    pub fn own(&self) -> impl Iterator<Item = TextId> {
        self.own.iter().copied()
    }

    /// The texts, some of them more than once.
    pub fn texts(&self) -> impl Iterator<Item = TextId> {
        self.own.iter().copied().chain(self.shared.iter().flat_map(|texts| texts.iter().copied()))
    }

    /// The files that the texts are in.
    pub fn files(&self) -> BTreeSet<FileId> {
        self.texts().map(|text| text.file).collect()
    }
}
