//! Carries a rewrite out: all of it, or, where the system fails in the middle, as little as possible.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, RealDisk};
use super::error::EditError;
use super::rewrite::{Rewrite, Rewritten, read};

/// Why a rewrite was not carried out.
#[derive(Debug)]
pub enum ApplyError {
    /// The files are not as they were. Nothing has been changed.
    Refused(EditError),
    /// The system has failed in the middle.
    Failed {
        /// What was tried, as in "cannot … `path`".
        action: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
        /// What was done and could not be undone, as sentences for people; none where all is as it was.
        left: Vec<String>,
    },
    /// All is done, but files that are no longer needed could not be removed.
    Leftover(Vec<PathBuf>),
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(f, "{why}; nothing has been changed"),
            Self::Failed { action, path, error, left } => {
                write!(f, "cannot {action} `{}`: {error}; ", path.display())?;
                match left.is_empty() {
                    true => f.write_str("all files are as they were"),
                    false => write!(f, "this could not be undone: {}", left.join(", ")),
                }
            }
            Self::Leftover(paths) => {
                let paths: Vec<_> =
                    paths.iter().map(|path| format!("`{}`", path.display())).collect();
                write!(f, "all is done, but remove {}: it could not be", paths.join(", "))
            }
        }
    }
}

impl std::error::Error for ApplyError {}

impl Rewrite {
    /// Changes the files, if all of them are still as they were.
    ///
    /// New bytes are written beside the files first, and take their places by renaming. Folders that become empty are
    /// removed.
    pub fn apply(&self) -> Result<(), ApplyError> {
        self.apply_on(&RealDisk)
    }

    pub(super) fn apply_on(&self, disk: &dyn Disk) -> Result<(), ApplyError> {
        self.compare().map_err(ApplyError::Refused)?;
        let mut work = Work { rewrite: self, disk, done: Vec::new(), staged: Vec::new() };
        if let Err(stop) = work.all() {
            let left = work.undo();
            let Stop { action, path, error } = stop;
            return Err(ApplyError::Failed { action, path, error, left });
        }
        let left = work.clean();
        if left.is_empty() { Ok(()) } else { Err(ApplyError::Leftover(left)) }
    }

    /// All files have to be as they were when the rewrite was made.
    fn compare(&self) -> Result<(), EditError> {
        for before in self.files().iter().filter_map(|file| file.before.as_ref()) {
            if read(&self.root, &before.path)?.0 != before.bytes {
                return Err(EditError::Changed(before.path.clone()));
            }
        }
        self.check_targets()
    }
}

/// Where the system stopped.
struct Stop {
    action: &'static str,
    path: PathBuf,
    error: io::Error,
}

/// A step that was taken.
enum Done<'a> {
    /// A new folder.
    Folder(PathBuf),
    /// A new file.
    Put(PathBuf),
    /// New bytes for a file that was there.
    Replaced(PathBuf, &'a [u8]),
    /// Another name for a file.
    Moved(PathBuf, PathBuf),
    /// A file put aside, to be removed at the end.
    Aside(PathBuf, PathBuf),
}

struct Work<'a> {
    rewrite: &'a Rewrite,
    disk: &'a dyn Disk,
    done: Vec<Done<'a>>,
    /// Files with new bytes that have not taken their places yet.
    staged: Vec<(PathBuf, &'a Rewritten)>,
}

impl<'a> Work<'a> {
    fn all(&mut self) -> Result<(), Stop> {
        let files = self.rewrite.files();
        for (number, file) in files.iter().enumerate() {
            self.stage(number, file)?;
        }
        for file in files {
            self.relocate(file)?;
        }
        while let Some((staged, file)) = self.staged.pop() {
            if let Err(stop) = self.unveil(&staged, file) {
                self.staged.push((staged, file));
                return Err(stop);
            }
        }
        Ok(())
    }

    fn at(&self, path: &str) -> PathBuf {
        self.rewrite.root.join(path)
    }

    /// A name beside a file that nobody uses: `what` and `number` tell it from the others.
    fn beside(&self, path: &str, what: &str, number: usize) -> PathBuf {
        let name = format!(".variorum-{}-{what}-{number}", std::process::id());
        self.at(path).with_file_name(name)
    }

    /// Writes new bytes beside the place that they are for.
    fn stage(&mut self, number: usize, file: &'a Rewritten) -> Result<(), Stop> {
        let Some(after) = &file.after else { return Ok(()) };
        if file.target().is_some() {
            self.folders(&after.path)?;
        }
        if file.before.as_ref().is_some_and(|before| before.bytes == after.bytes) {
            return Ok(());
        }
        let staged = self.beside(&after.path, "new", number);
        let like = file.before.as_ref().map(|before| self.at(&before.path));
        // What was written in part has to be removed too.
        self.staged.push((staged.clone(), file));
        self.disk.write_new(&staged, &after.bytes, like.as_deref()).map_err(stop("write", &staged))
    }

    /// Creates the folders around a path.
    fn folders(&mut self, path: &str) -> Result<(), Stop> {
        let ends = path.match_indices('/').map(|(at, _)| at);
        for end in ends {
            let folder = self.at(&path[..end]);
            if !folder.is_dir() {
                self.disk.create_folder(&folder).map_err(stop("create", &folder))?;
                self.done.push(Done::Folder(folder));
            }
        }
        Ok(())
    }

    /// Moves a file, or puts it aside.
    fn relocate(&mut self, file: &'a Rewritten) -> Result<(), Stop> {
        let Some(before) = &file.before else { return Ok(()) };
        let from = self.at(&before.path);
        let (to, done): (_, fn(PathBuf, PathBuf) -> Done<'a>) = match (&file.after, file.target()) {
            (None, _) => (self.beside(&before.path, "old", self.done.len()), Done::Aside),
            (_, Some(target)) => (self.at(target), Done::Moved),
            (_, None) => return Ok(()),
        };
        self.disk.rename(&from, &to).map_err(stop("rename", &from))?;
        self.done.push(done(from, to));
        Ok(())
    }

    /// Gives new bytes their place.
    fn unveil(&mut self, staged: &Path, file: &'a Rewritten) -> Result<(), Stop> {
        let Some(after) = &file.after else { return Ok(()) };
        let place = self.at(&after.path);
        self.disk.rename(staged, &place).map_err(stop("replace", &place))?;
        self.done.push(match &file.before {
            Some(before) => Done::Replaced(place, &before.bytes),
            None => Done::Put(place),
        });
        Ok(())
    }

    /// Takes all steps back, the last one first; says what could not be.
    fn undo(&mut self) -> Vec<String> {
        for (staged, _) in std::mem::take(&mut self.staged) {
            // It may not have been written at all.
            let _ = self.disk.remove_file(&staged);
        }
        let mut left = Vec::new();
        for (number, done) in std::mem::take(&mut self.done).into_iter().enumerate().rev() {
            let shown = |path: &Path| {
                format!("`{}`", path.strip_prefix(&self.rewrite.root).unwrap_or(path).display())
            };
            let (undone, what) = match &done {
                // Somebody may have put something there.
                Done::Folder(folder) => (self.disk.remove_folder(folder).or(Ok(())), String::new()),
                Done::Put(file) => {
                    (self.disk.remove_file(file), format!("{} was added", shown(file)))
                }
                Done::Replaced(file, bytes) => {
                    (self.restore(file, bytes, number), format!("{} was changed", shown(file)))
                }
                Done::Moved(from, to) => {
                    let what = format!("{} was moved to {}", shown(from), shown(to));
                    (self.disk.rename(to, from), what)
                }
                Done::Aside(from, to) => {
                    let what = format!("{} is now {}", shown(from), shown(to));
                    (self.disk.rename(to, from), what)
                }
            };
            left.extend(undone.err().map(|_| what));
        }
        left
    }

    /// Gives a file its old bytes.
    fn restore(&self, file: &Path, bytes: &[u8], number: usize) -> io::Result<()> {
        let name = format!(".variorum-{}-undo-{number}", std::process::id());
        let staged = file.with_file_name(name);
        self.disk.write_new(&staged, bytes, Some(file))?;
        self.disk.rename(&staged, file)
    }

    /// Removes what was put aside, and folders that are empty now; returns the files that could not be.
    fn clean(&self) -> Vec<PathBuf> {
        let mut left = Vec::new();
        let mut folders: BTreeSet<&Path> = BTreeSet::new();
        for done in &self.done {
            let (Done::Moved(from, _) | Done::Aside(from, _)) = done else { continue };
            if let Done::Aside(_, aside) = done {
                left.extend(self.disk.remove_file(aside).err().map(|_| aside.clone()));
            }
            let around = from.ancestors().skip(1);
            folders.extend(around.take_while(|folder| *folder != self.rewrite.root));
        }
        // The deepest come first. One that is not empty stays.
        for folder in folders.into_iter().rev() {
            let _ = self.disk.remove_folder(folder);
        }
        left
    }
}

fn stop(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Stop {
    move |error| Stop { action, path: path.to_owned(), error }
}
