//! Folders of files: what is in them, copies of them, and their removal.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::WalkDir;

use super::Outcome;

/// A file as it was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// Below the folder.
    pub(crate) path: PathBuf,
    pub(crate) bytes: u64,
    /// When it was last written.
    pub(crate) modified: SystemTime,
}

/// Every file below a folder, in order.
pub(crate) fn list(folder: &Path) -> Outcome<Vec<Entry>> {
    let mut entries = Vec::new();
    for found in WalkDir::new(folder).sort_by_file_name() {
        let found = found?;
        if found.file_type().is_file() {
            let about = found.metadata()?;
            let path = found.path().strip_prefix(folder)?.to_owned();
            entries.push(Entry { path, bytes: about.len(), modified: about.modified()? });
        }
    }
    Ok(entries)
}

/// How many bytes the files below a folder have; none where it is not there.
pub(crate) fn bytes(folder: &Path) -> Outcome<u64> {
    match folder.is_dir() {
        true => Ok(list(folder)?.iter().map(|entry| entry.bytes).sum()),
        false => Ok(0),
    }
}

/// Copies a folder with all that is in it; nothing where it is not there.
pub(crate) fn copy(from: &Path, to: &Path) -> Outcome<()> {
    if !from.is_dir() {
        return Ok(());
    }
    for entry in list(from)? {
        let file = to.join(&entry.path);
        fs::create_dir_all(file.parent().ok_or("a file without a folder")?)?;
        // What is copied may be read-only; the copy is not.
        fs::write(file, fs::read(from.join(&entry.path))?)?;
    }
    Ok(())
}

/// Removes a folder if it is there.
pub(crate) fn remove(folder: &Path) -> Outcome<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
