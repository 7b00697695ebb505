//! All files and folders below a folder, listed and removed on all threads.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::disk::Disk;

/// What is below a folder. Symbolic links count as files: nothing behind them is listed.
#[derive(Default)]
pub(super) struct Tree {
    /// Files, relative to the folder.
    pub(super) files: Vec<PathBuf>,
    /// Folders, relative to the folder, by their depth; the first is the folder itself, an empty path.
    pub(super) folders: Vec<Vec<PathBuf>>,
}

impl Tree {
    /// Lists level by level rather than by recursion, so that no depth of folders exhausts the stack.
    pub(super) fn of(root: &Path) -> io::Result<Self> {
        let mut tree = Self::default();
        let mut level = vec![PathBuf::new()];
        while !level.is_empty() {
            let listed: Vec<Listing> =
                level.par_iter().map(|folder| list(root, folder)).collect::<io::Result<_>>()?;
            tree.folders.push(level);
            level = Vec::new();
            for listing in listed {
                level.extend(listing.folders);
                tree.files.extend(listing.files);
            }
        }
        Ok(tree)
    }

    /// Removes all that is listed from a folder that has the same content, and the folder.
    pub(super) fn remove(&self, disk: &dyn Disk, root: &Path) -> io::Result<()> {
        self.files.par_iter().try_for_each(|file| disk.remove_file(&root.join(file)))?;
        self.folders.iter().rev().try_for_each(|level| {
            level.par_iter().try_for_each(|folder| disk.remove_folder(&root.join(folder)))
        })
    }
}

/// Removes a folder with everything in it; that it is not there is no error. A link is removed, not followed.
pub(super) fn remove(disk: &dyn Disk, root: &Path) -> io::Result<()> {
    match fs::symlink_metadata(root) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Ok(found) if !found.is_dir() => return disk.remove_file(root),
        found => found?,
    };
    let tree = Tree::of(root)?;
    match tree.remove(disk, root) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            // Folders of others may be closed to writing, and their copies are too.
            let all = tree.folders.iter().flatten();
            all.for_each(|folder| drop(disk.open_folder(&root.join(folder))));
            Tree::of(root)?.remove(disk, root)
        }
        result => result,
    }
}

struct Listing {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

fn list(root: &Path, folder: &Path) -> io::Result<Listing> {
    let mut listing = Listing { files: Vec::new(), folders: Vec::new() };
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            listing.folders.push(path);
        } else {
            listing.files.push(path);
        }
    }
    Ok(listing)
}
