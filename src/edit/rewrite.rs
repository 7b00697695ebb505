//! What becomes of each file, in bytes.

use std::fs;
use std::path::{Path, PathBuf};

use super::bytes;
use super::error::EditError;
use super::{ChangeSet, End, FileChange, find};

/// Changes of files, each with the bytes before and after.
#[derive(Debug)]
pub struct Rewrite {
    pub(super) root: PathBuf,
    files: Vec<Rewritten>,
}

/// What becomes of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewritten {
    /// Its path and bytes before; nothing for a new file.
    pub before: Option<State>,
    /// Its path and bytes afterwards; nothing for a file that is removed.
    pub after: Option<State>,
    /// Whether the system takes it for a program.
    pub executable: bool,
}

/// A file at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its path below the site's folder, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Rewrite {
    /// What becomes of each file, in the order of the paths.
    pub fn files(&self) -> &[Rewritten] {
        &self.files
    }

    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl ChangeSet<'_> {
    /// Reads the bytes of the files in `root`, which have to be those that the texts were read from.
    pub fn rewrite(&self, root: &Path) -> Result<Rewrite, EditError> {
        let root =
            fs::canonicalize(root).map_err(EditError::io("find", &root.to_string_lossy()))?;
        let changed = self.files.iter().map(|(path, change)| self.changed(&root, path, change));
        let mut files = changed.collect::<Result<Vec<_>, _>>()?;
        files.retain(|file| file.before != file.after);
        for (path, text) in &self.added {
            let after = State { path: path.clone(), bytes: text.clone().into_bytes() };
            files.push(Rewritten { before: None, after: Some(after), executable: false });
        }
        files.sort_by(|one, other| one.path().cmp(other.path()));
        let rewrite = Rewrite { root, files };
        rewrite.check_targets()?;
        Ok(rewrite)
    }

    fn changed(
        &self,
        root: &Path,
        path: &str,
        change: &FileChange,
    ) -> Result<Rewritten, EditError> {
        let (before, executable) = read(root, path)?;
        if let Some(file) = change.file.or_else(|| find(self.sources, path)) {
            let text = bytes::text_of(&before);
            if text.is_none() && !change.splices.is_empty() {
                return Err(EditError::NotText(path.to_owned()));
            }
            if text.is_some_and(|text| text != self.sources.file(file).text) {
                return Err(EditError::Changed(path.to_owned()));
            }
        }
        let to = match &change.end {
            End::Stays => Some(path),
            End::Moves(to) => Some(&**to),
            End::Goes => None,
        };
        let after = to.map(|to| State {
            path: to.to_owned(),
            bytes: bytes::edited(&before, &change.splices),
        });
        let before = Some(State { path: path.to_owned(), bytes: before });
        Ok(Rewritten { before, after, executable })
    }
}

impl Rewritten {
    /// The path to name it by: the one before, if there is one.
    pub fn path(&self) -> &str {
        let state = self.before.as_ref().or(self.after.as_ref());
        state.map_or("", |state| &state.path)
    }

    /// The path where something comes to stand that was not there.
    pub(super) fn target(&self) -> Option<&str> {
        let after = self.after.as_ref()?;
        let is_new = self.before.as_ref().is_none_or(|before| before.path != after.path);
        is_new.then_some(&*after.path)
    }
}

impl Rewrite {
    /// Nothing may stand where a file is put.
    pub(super) fn check_targets(&self) -> Result<(), EditError> {
        for file in &self.files {
            let Some(target) = file.target() else { continue };
            inside(&self.root, target)?;
            let place = self.root.join(target);
            // A file system blind to case says that the file itself stands there.
            let is_own = file.before.as_ref().is_some_and(|before| {
                let same = fs::canonicalize(self.root.join(&before.path)).ok();
                same.is_some() && same == fs::canonicalize(&place).ok()
            });
            if fs::symlink_metadata(&place).is_ok() && !is_own {
                return Err(EditError::Exists(target.to_owned()));
            }
        }
        Ok(())
    }
}

/// The bytes of a file, and whether it is a program.
pub(super) fn read(root: &Path, path: &str) -> Result<(Vec<u8>, bool), EditError> {
    inside(root, path)?;
    let file = root.join(path);
    let metadata = fs::symlink_metadata(&file).map_err(EditError::io("read", path))?;
    if !metadata.is_file() {
        return Err(EditError::Outside(path.to_owned()));
    }
    let bytes = fs::read(&file).map_err(EditError::io("read", path))?;
    Ok((bytes, is_executable(&metadata)))
}

/// Every folder on the way to a path that is there has to be a folder, and no link to one.
fn inside(root: &Path, path: &str) -> Result<(), EditError> {
    let outside = || EditError::Outside(path.to_owned());
    crate::name::check(path).map_err(|_| outside())?;
    let mut folder = root.to_owned();
    let mut names: Vec<&str> = path.split('/').collect();
    names.pop();
    for name in names {
        folder.push(name);
        match fs::symlink_metadata(&folder) {
            Ok(metadata) if !metadata.is_dir() => return Err(outside()),
            Ok(_) => {}
            Err(_) => break,
        }
    }
    Ok(())
}

#[cfg(unix)]
fn is_executable(metadata: &fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o111 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &fs::Metadata) -> bool {
    false
}
