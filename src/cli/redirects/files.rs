//! A few files that come into their places together.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::super::failure::Failure;
use crate::redirects::hosts::HostFile;

/// Writes files to standard output, into a folder, or one of them into a file. Each is whole or as it was.
pub(super) fn write(files: &[HostFile], output: Option<&Path>) -> Result<(), Failure> {
    let Some(output) = output else { return print(files) };
    let is_folder = files.len() > 1 || output.is_dir();
    if is_folder {
        fs::create_dir_all(output).map_err(|error| failed("create", output, &error))?;
    }
    let path = |file: &HostFile| match is_folder {
        true => output.join(file.name),
        false => output.to_owned(),
    };
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    let written = files.iter().try_for_each(|file| {
        let path = path(file);
        let beside = beside(&path);
        staged.push((beside.clone(), path.clone()));
        fs::write(&beside, &file.text).map_err(|error| failed("write", &path, &error))
    });
    let placed = written.and_then(|()| {
        let place = |(beside, path): &(PathBuf, PathBuf)| {
            fs::rename(beside, path).map_err(|error| failed("write", path, &error))
        };
        staged.iter().try_for_each(place)
    });
    if placed.is_err() {
        for (beside, _) in &staged {
            // Of those that are in their places nothing is left here.
            let _ = fs::remove_file(beside);
        }
    }
    placed
}

fn print(files: &[HostFile]) -> Result<(), Failure> {
    let [file] = files else {
        let names: Vec<&str> = files.iter().map(|file| file.name).collect();
        let names = names.join("` and `");
        return Err(Failure::Usage(format!("there are `{names}`: name a folder with --output")));
    };
    match io::stdout().lock().write_all(file.text.as_bytes()) {
        // A reader who has left is no failure.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Io(format!("cannot print the redirects: {error}")))
        }
        _ => Ok(()),
    }
}

/// A name beside a file, where it is put together.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}", std::process::id()))
}

fn failed(what: &str, path: &Path, error: &io::Error) -> Failure {
    Failure::Io(format!("cannot {what} `{}`: {error}", path.display()))
}
