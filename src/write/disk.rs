//! The operations that change the disk, behind a trait so that tests can make each of them fail.

#[cfg(unix)]
use std::fs::File;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Everything that `write` does to a disk.
pub(super) trait Disk: Send + Sync {
    /// Creates a folder; its parent is there.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;
    /// Writes a file that is not there yet.
    fn write_new(&self, file: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Gives a file a second name; a copy, where the file system has no links.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a folder the permissions of another.
    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Lets files in a folder be removed.
    fn open_folder(&self, folder: &Path) -> io::Result<()>;
    /// Renames a file or folder.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Exchanges two folders in one step; `Unsupported` where the system cannot.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    /// Brings everything in a new folder to the disk.
    fn sync_tree(&self, folder: &Path) -> io::Result<()>;
    /// Brings the names in a folder to the disk.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
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

    fn write_new(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        OpenOptions::new().write(true).create_new(true).open(file)?.write_all(bytes)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        match fs::hard_link(from, to) {
            Err(error) if has_no_links(&error) => copy(from, to),
            result => result,
        }
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::set_permissions(to, fs::metadata(from)?.permissions())
    }

    fn open_folder(&self, folder: &Path) -> io::Result<()> {
        #[cfg(unix)]
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        #[cfg(not(unix))]
        let open = fs::metadata(folder)?.permissions();
        fs::set_permissions(folder, open)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        exchange(one, other)
    }

    fn sync_tree(&self, folder: &Path) -> io::Result<()> {
        sync_tree(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        sync_folder(folder)
    }

    fn remove_file(&self, file: &Path) -> io::Result<()> {
        fs::remove_file(file)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
    }
}

fn has_no_links(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Unsupported
            | ErrorKind::PermissionDenied
            | ErrorKind::CrossesDevices
            | ErrorKind::TooManyLinks
    )
}

/// Copies a file that cannot be linked. Pipes and devices are not read: that could wait for ever.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let kind = fs::symlink_metadata(from)?.file_type();
    if kind.is_file() {
        return fs::copy(from, to).map(drop);
    }
    #[cfg(unix)]
    if kind.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    Err(ErrorKind::Unsupported.into())
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        // File systems without the operation answer with any of these.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Err(ErrorKind::Unsupported.into()),
        result => Ok(result?),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// One call for the whole file system is far cheaper than one for each of ten thousand files.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn sync_tree(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn sync_tree(folder: &Path) -> io::Result<()> {
    sync_each(folder).map(drop)
}

/// Syncs every file and folder of a tree; returns how many there are. Links have nothing to sync, and opening a pipe
/// could wait for ever.
#[cfg(any(test, not(any(target_os = "linux", target_os = "android"))))]
pub(super) fn sync_each(folder: &Path) -> io::Result<usize> {
    let tree = super::tree::Tree::of(folder)?;
    let all = tree.files.iter().chain(tree.folders.iter().flatten());
    let all = all.map(|path| folder.join(path)).filter(|path| {
        path.symlink_metadata().is_ok_and(|found| found.is_file() || found.is_dir())
    });
    all.map(|path| sync(&path)).sum()
}

/// Syncs one file or folder. Files of others may be closed to us: they were not written by this build.
#[cfg(any(test, not(any(target_os = "linux", target_os = "android"))))]
fn sync(path: &Path) -> io::Result<usize> {
    let synced = match path.is_dir() {
        true => sync_folder(path),
        false => OpenOptions::new().read(true).write(cfg!(windows)).open(path)?.sync_all(),
    };
    match synced {
        Err(error) if error.kind() != ErrorKind::PermissionDenied => Err(error),
        _ => Ok(1),
    }
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Other systems cannot sync a folder; their file systems keep a journal of names.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
