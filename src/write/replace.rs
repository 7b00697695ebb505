//! Single files outside a published site, such as reports: each is the old one or the new one.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::WriteError;

/// How many names beside a file are tried; those of programs that were killed may be taken.
const NAMES: usize = 100;

/// Writes files whose folders are there. None takes the place of what was there before all are on the disk, and each
/// does so in one step. What is no file, such as a pipe, is written to as it is.
pub fn replace(files: &[(PathBuf, Vec<u8>)]) -> Result<(), WriteError> {
    let mut staged = Vec::with_capacity(files.len());
    let done = stage_all(files, &mut staged).and_then(|()| {
        staged.iter().try_for_each(|Staged { beside, file }| {
            fs::rename(beside, file).map_err(WriteError::io("replace", file))
        })
    });
    if done.is_err() {
        for Staged { beside, .. } in &staged {
            // Those that have taken their places are not there any more.
            let _ = fs::remove_file(beside);
        }
    }
    done
}

/// A new file beside the one whose place it takes.
struct Staged {
    beside: PathBuf,
    file: PathBuf,
}

fn stage_all(files: &[(PathBuf, Vec<u8>)], staged: &mut Vec<Staged>) -> Result<(), WriteError> {
    let mut pipes = Vec::new();
    for (file, bytes) in files {
        // A link goes on leading to the file.
        let file = fs::canonicalize(file).unwrap_or_else(|_| file.clone());
        match fs::metadata(&file) {
            Ok(found) if !found.is_file() => pipes.push((file, bytes)),
            _ => stage(file, bytes, staged)?,
        }
    }
    pipes.into_iter().try_for_each(|(file, bytes)| {
        let open = OpenOptions::new().write(true).open(&file);
        open.and_then(|mut pipe| pipe.write_all(bytes)).map_err(WriteError::io("write", &file))
    })
}

fn stage(file: PathBuf, bytes: &[u8], staged: &mut Vec<Staged>) -> Result<(), WriteError> {
    let (beside, mut open) = create_beside(&file).map_err(WriteError::io("write", &file))?;
    staged.push(Staged { beside: beside.clone(), file: file.clone() });
    open.write_all(bytes)
        .and_then(|()| open.sync_all())
        .and_then(|()| match fs::metadata(&file) {
            Ok(old) => fs::set_permissions(&beside, old.permissions()),
            Err(_) => Ok(()),
        })
        .map_err(WriteError::io("write", &file))
}

fn create_beside(file: &Path) -> io::Result<(PathBuf, fs::File)> {
    let name = file.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
    let process = std::process::id();
    let mut taken = io::Error::from(ErrorKind::AlreadyExists);
    for number in 0..NAMES {
        let beside = file.with_file_name(format!(".{name}.{process}-{number}"));
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(open) => return Ok((beside, open)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names in a folder.
    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder is there");
        let name = |entry: io::Result<fs::DirEntry>| {
            entry.expect("an entry").file_name().to_string_lossy().into_owned()
        };
        let mut names: Vec<String> = entries.map(name).collect();
        names.sort();
        names
    }

    #[test]
    fn files_are_written_and_nothing_is_left_beside_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, other) = (folder.path().join("a.json"), folder.path().join("b.json"));
        fs::write(&one, "old and longer").expect("a file");
        replace(&[(one.clone(), b"new".into()), (other, b"other".into())]).expect("it works");
        assert_eq!(fs::read(&one).expect("it is there"), b"new");
        assert_eq!(names(folder.path()), ["a.json", "b.json"]);
    }

    #[test]
    fn where_one_cannot_be_written_the_others_stay_as_they_were() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, lost) = (folder.path().join("a.json"), folder.path().join("none/b.json"));
        fs::write(&one, "old").expect("a file");
        let refused = replace(&[(one.clone(), b"new".into()), (lost.clone(), b"".into())]);
        let refused = refused.expect_err("there is no such folder").to_string();
        assert!(refused.contains(&*lost.to_string_lossy()), "{refused}");
        assert_eq!(fs::read(&one).expect("it is there"), b"old");
        assert_eq!(names(folder.path()), ["a.json"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_goes_on_leading_to_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("a.json"), folder.path().join("link"));
        fs::write(&file, "old").expect("a file");
        std::os::unix::fs::symlink(&file, &link).expect("a link");
        replace(&[(link.clone(), b"new".into())]).expect("it works");
        assert_eq!(fs::read(&file).expect("it is there"), b"new");
        assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
    }
}
