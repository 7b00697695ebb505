//! The operations that change the site's folder, behind a trait so that tests can make each of them fail.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Everything that is done to the site's folder.
pub(super) trait Disk {
    /// Creates a folder; its parent is there.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;
    /// Writes a file that is not there yet, with the permissions of another.
    fn write_new(&self, file: &Path, bytes: &[u8], like: Option<&Path>) -> io::Result<()>;
    /// Renames a file; what has the other name is replaced.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove_file(&self, file: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;
}

/// The disk of the machine.
pub(super) struct RealDisk;

impl Disk for RealDisk {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir(folder)
    }

    fn write_new(&self, file: &Path, bytes: &[u8], like: Option<&Path>) -> io::Result<()> {
        let mut new = OpenOptions::new().write(true).create_new(true).open(file)?;
        new.write_all(bytes)?;
        match like {
            Some(like) => new.set_permissions(fs::metadata(like)?.permissions()),
            None => Ok(()),
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, file: &Path) -> io::Result<()> {
        fs::remove_file(file)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
    }
}
