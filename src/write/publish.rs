//! The last step of a build: what is unchanged and what belongs to others joins the staged files, then the two
//! folders change places.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::stage::Leftovers;
use super::tree::Tree;
use super::{Durability, MARKER, Manifest, OutputPath, Put, PutState, Stage, WriteError};

/// How many files of the site were touched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// New files, and files with new bytes.
    pub written: usize,
    /// Files that were left as they are.
    pub unchanged: usize,
    /// Files of the last build that are no more.
    pub removed: usize,
}

impl Stage {
    /// Makes the files that were put the published site. Files there that no build has written are kept.
    pub fn publish(mut self, puts: &[Put]) -> Result<Published, WriteError> {
        let manifest = Manifest::of(puts)?;
        let published = self.count(puts, &manifest);
        if published.written == 0 && self.before.manifest.as_ref() == Some(&manifest) {
            // The build before this one may have left it to the system when that site is on the disk.
            self.sync_site(&self.places.published)?;
            self.sync_names()?;
            return Ok(published);
        }
        let before = self.published_tree()?;
        self.link_unchanged(puts)?;
        self.mark(&manifest)?;
        self.keep_foreign(&before, &manifest)?;
        let old = self.exchange()?;
        self.remove_old(&old, &before);
        Ok(published)
    }

    /// Writes the marker: after the files, so that it is newer, and before folders get permissions that forbid it.
    fn mark(&self, manifest: &Manifest) -> Result<(), WriteError> {
        let marker = self.places.stage.join(MARKER);
        let written = self.disk.write_new(&marker, manifest.to_text().as_bytes());
        written.map_err(WriteError::io("write", &marker))
    }

    fn count(&self, puts: &[Put], manifest: &Manifest) -> Published {
        let written = puts.iter().filter(|put| put.state == PutState::Written).count();
        let before = self.before.manifest.iter().flat_map(Manifest::paths);
        let removed = before.filter(|path| manifest.get(path).is_none()).count();
        Published { written, unchanged: puts.len() - written, removed }
    }

    fn link_unchanged(&self, puts: &[Put]) -> Result<(), WriteError> {
        let unchanged = puts.par_iter().filter(|put| put.state == PutState::Unchanged);
        unchanged.try_for_each(|put| self.link(Path::new(put.path.as_str())))
    }

    /// What is in the published folder; nothing if there is none.
    fn published_tree(&self) -> Result<Tree, WriteError> {
        match Tree::of(&self.places.published) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Tree::default()),
            tree => tree.map_err(WriteError::io("list", &self.places.published)),
        }
    }

    /// Carries over what is in the published folder and neither of the last build nor of this one.
    fn keep_foreign(&self, before: &Tree, manifest: &Manifest) -> Result<(), WriteError> {
        if before.folders.is_empty() {
            return Ok(());
        }
        let published = &self.places.published;
        let foreign: Vec<_> =
            before.files.iter().filter(|file| self.is_foreign(file, manifest)).collect();
        foreign.par_iter().try_for_each(|file| self.link(file))?;
        self.keep_permissions(&foreign)
            .map_err(WriteError::io("keep the permissions in", published))
    }

    fn is_foreign(&self, file: &Path, manifest: &Manifest) -> bool {
        if file == Path::new(MARKER) {
            return false;
        }
        let Some(path) = portable(file) else { return true };
        let listed = |manifest: &Manifest| manifest.get(&path).is_some();
        !listed(manifest) && !self.before.manifest.as_ref().is_some_and(listed)
    }

    /// Gives a published file its name in the staged site too: same file, same date.
    fn link(&self, file: &Path) -> Result<(), WriteError> {
        let from = self.places.published.join(file);
        let to = self.places.stage.join(file);
        let linked = match self.disk.link(&from, &to) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.create_parents(&to).and_then(|()| self.disk.link(&from, &to))
            }
            linked => linked,
        };
        match linked.map_err(|error| (error.kind(), error)) {
            Ok(()) => Ok(()),
            Err((ErrorKind::AlreadyExists | ErrorKind::NotADirectory, _)) => {
                Err(WriteError::Obstructed { path: from })
            }
            Err((_, error)) => Err(WriteError::io("keep", &from)(error)),
        }
    }

    /// Folders that hold files of others, and the site's own, stay as open or closed as they were.
    fn keep_permissions(&self, foreign: &[&PathBuf]) -> io::Result<()> {
        let above = foreign.iter().flat_map(|file| file.ancestors().skip(1));
        let folders: BTreeSet<&Path> = above.chain([Path::new("")]).collect();
        // From below: a folder that may not be written is closed after those in it.
        folders.iter().rev().try_for_each(|folder| {
            let (from, to) = (self.places.published.join(folder), self.places.stage.join(folder));
            self.disk.copy_permissions(&from, &to)
        })
    }

    /// Publishes what is staged; returns where the old site is now.
    fn exchange(&mut self) -> Result<PathBuf, WriteError> {
        self.sync_site(&self.places.stage)?;
        let old =
            self.change_places().map_err(WriteError::io("publish", &self.places.published))?;
        let old = old.to_owned();
        // Until the exchange is on the disk, a power failure may bring the old site back: it must be whole.
        self.leftovers = Leftovers::Keep;
        self.sync_names()?;
        self.leftovers = Leftovers::Remove;
        Ok(old)
    }

    /// Brings a site to the disk, if that was asked for.
    fn sync_site(&self, site: &Path) -> Result<(), WriteError> {
        match self.durability {
            Durability::Fast => Ok(()),
            Durability::Durable => self.disk.sync_tree(site).map_err(WriteError::io("sync", site)),
        }
    }

    /// Brings to the disk which folder has which name, if that was asked for.
    fn sync_names(&self) -> Result<(), WriteError> {
        let parent = self.places.parent();
        match self.durability {
            Durability::Fast => Ok(()),
            Durability::Durable => {
                self.disk.sync_folder(parent).map_err(WriteError::io("sync", parent))
            }
        }
    }

    fn change_places(&self) -> io::Result<&Path> {
        let (stage, published, old) =
            (&self.places.stage, &self.places.published, &self.places.old);
        if fs::symlink_metadata(published).is_err_and(|e| e.kind() == ErrorKind::NotFound) {
            return self.disk.rename(stage, published).map(|()| stage.as_path());
        }
        match self.disk.exchange(stage, published) {
            Err(error) if error.kind() == ErrorKind::Unsupported => {
                self.disk.rename(published, old)?;
                self.disk.rename(stage, published).inspect_err(|_| {
                    // If this fails too, the next build puts the old site back.
                    let _ = self.disk.rename(old, published);
                })?;
                Ok(old)
            }
            result => result.map(|()| stage.as_path()),
        }
    }

    /// Removes the old site by the list that was made before the exchange.
    ///
    /// Only if that list does not empty the folder is there anything to look at: what cannot be removed is left
    /// to the drop and to the next build, what others have put there since goes over to the new site.
    fn remove_old(&self, old: &Path, before: &Tree) {
        if before.remove(&*self.disk, old).is_ok() {
            return;
        }
        let listed: BTreeSet<&PathBuf> = before.files.iter().collect();
        let left = Tree::of(old).unwrap_or_default();
        for file in left.files.iter().filter(|file| !listed.contains(file)) {
            let to = self.places.published.join(file);
            if to.symlink_metadata().is_err() && self.create_parents(&to).is_ok() {
                let _ = self.disk.rename(&old.join(file), &to);
            }
        }
    }
}

/// The path as a manifest has it; none for names that a build never writes.
fn portable(file: &Path) -> Option<OutputPath> {
    let segments: Option<Vec<&str>> = file.iter().map(|name| name.to_str()).collect();
    OutputPath::new(&segments?.join("/")).ok()
}
