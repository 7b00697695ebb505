//! The site as the editor has it: what was read, with the texts of open documents in place of their files.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{Location, Uri};

use super::places::{Encoding, Lines, address};
use crate::model::Site;
use crate::preview::Snapshot;
use crate::preview::reader::{Choose, Place, Reader, Touched, Trouble};
use crate::references::References;
use crate::source::{FileId, Span};

/// A site that is kept warm.
pub(super) struct World {
    reader: Reader,
    /// The site at this moment.
    pub(super) snapshot: Arc<Snapshot>,
    /// Made when somebody asks.
    references: OnceCell<References>,
    root: PathBuf,
    config: PathBuf,
    pub(super) encoding: Encoding,
}

impl World {
    /// Reads the site, with texts that stand for files.
    pub(super) fn open(
        place: Place,
        choose: Choose,
        encoding: Encoding,
        documents: &[(PathBuf, &str)],
    ) -> Result<Self, Trouble> {
        let (root, config) = (place.root.clone(), place.config.clone());
        let mut reader = Reader::new(place, choose)?;
        for (path, text) in documents.iter().filter(|(path, _)| *path != config) {
            if let Some(path) = below(&root, path) {
                reader.hold(&path, Some(text));
            }
        }
        let snapshot = Arc::new(reader.first()?);
        Ok(Self { reader, snapshot, references: OnceCell::new(), root, config, encoding })
    }

    /// The folder of the site.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The folders whose files belong to the site, below its folder.
    pub(super) fn folders(&self) -> Vec<String> {
        self.reader.folders()
    }

    /// The site.
    pub(super) fn site(&self) -> &Site {
        self.snapshot.prepared.site()
    }

    /// Who refers to what.
    pub(super) fn references(&self) -> &References {
        self.references.get_or_init(|| References::new(self.site()))
    }

    /// Whether a file is the configuration: it is read where it is saved, as half of one is a site of another kind.
    pub(super) fn is_configuration(&self, path: &Path) -> bool {
        path == self.config
    }

    /// Has a text stand for a file, or gives the file back to the disk.
    pub(super) fn hold(&mut self, path: &str, text: Option<&str>) {
        self.reader.hold(path, text);
    }

    /// Makes the next snapshot, after these files have changed; whether there is another one.
    pub(super) fn take_in(&mut self, touched: &Touched) -> Result<bool, Trouble> {
        let Some(next) = self.reader.next(touched, &self.snapshot)? else { return Ok(false) };
        self.snapshot = Arc::new(next);
        self.references = OnceCell::new();
        Ok(true)
    }

    /// The path of a file below the site's folder; nothing where it is elsewhere.
    pub(super) fn below(&self, path: &Path) -> Option<String> {
        below(&self.root, path)
    }

    /// The file with this path below the site's folder.
    pub(super) fn file(&self, path: &str) -> Option<FileId> {
        self.site().sources.files().find(|(_, file)| file.path == path).map(|(id, _)| id)
    }

    /// Where a file is.
    pub(super) fn path(&self, file: FileId) -> PathBuf {
        match file.0 {
            0 => self.config.clone(),
            _ => self.root.join(&self.site().sources.file(file).path),
        }
    }

    /// A place for the editor.
    pub(super) fn location(&self, span: Span) -> Option<Location> {
        self.locations(std::iter::once(span)).into_iter().next()
    }

    /// Places for the editor. The lines of a file are counted once where its places stand one after the other.
    pub(super) fn locations(&self, spans: impl Iterator<Item = Span>) -> Vec<Location> {
        let sources = &self.site().sources;
        let mut last: Option<(FileId, Uri, Lines<'_>)> = None;
        let mut found = Vec::new();
        for span in spans {
            let file = span.text.file;
            if last.as_ref().is_none_or(|(known, ..)| *known != file) {
                let lines = Lines::new(&sources.file(file).text, self.encoding);
                last = address(&self.path(file)).map(|uri| (file, uri, lines));
            }
            if let Some((_, uri, lines)) = &last {
                let range = lines.range(sources.locate(span).bytes);
                found.push(Location { uri: uri.clone(), range });
            }
        }
        found
    }
}

fn below(root: &Path, path: &Path) -> Option<String> {
    let rest = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> =
        rest.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/")).filter(|path| !path.is_empty())
}
