//! The file of a baseline: read before anything is done, and written with what was found.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::super::build::grouped;
use super::super::failure::Failure;
use super::outputs::writable;
use crate::check::{Baseline, Damage, Row};
use crate::diagnostic::{Levels, codes};

/// What arguments say about what is known.
pub(in super::super) enum Known<'a> {
    /// Nothing.
    Unasked,
    /// It was read from this file.
    Read(&'a Path, Baseline),
    /// What is found is to be written into this file.
    ToWrite(&'a Path),
}

/// What has become of a baseline.
pub(in super::super) struct Marked {
    /// How many known findings are gone, where any are known.
    pub(in super::super) gone: Option<usize>,
    /// The file to write, and its text.
    pub(in super::super) written: Option<(PathBuf, Vec<u8>)>,
}

impl<'a> Known<'a> {
    /// What is known by a file, or will be, or why that cannot be told.
    pub(in super::super) fn of(file: Option<&'a Path>, is_written: bool) -> Result<Self, Failure> {
        match file {
            None => Ok(Self::Unasked),
            Some(file) if is_written => {
                replaceable(file)?;
                Ok(Self::ToWrite(file))
            }
            Some(file) => Ok(Self::Read(file, read(file)?)),
        }
    }

    /// Marks what is known among findings. Known ones of rules that are off are not gone.
    pub(in super::super) fn mark(&self, rows: &mut [Row<'_>], rules: &Levels) -> Marked {
        match self {
            Self::Unasked => Marked { gone: None, written: None },
            Self::Read(_, baseline) => {
                Marked { gone: Some(baseline.mark(rows, rules)), written: None }
            }
            // Of a site that was not looked at as a whole, what is known is not known.
            Self::ToWrite(_) if is_faulty(rows) => Marked { gone: None, written: None },
            Self::ToWrite(file) => {
                let baseline = Baseline::of(rows);
                baseline.mark(rows, &Levels::default());
                let text = baseline.text().into_bytes();
                Marked { gone: Some(0), written: Some(((*file).to_owned(), text)) }
            }
        }
    }

    /// What has become of the file, in words for people: these are known, and so many of the file are gone.
    pub(in super::super) fn words(&self, rows: &[Row<'_>], known: usize, gone: usize) -> String {
        match self {
            Self::Read(file, _) if gone > 0 => {
                let (gone, file) = (grouped(gone), file.display());
                format!("{gone} of `{file}` are gone: take them out with `--write-baseline`\n")
            }
            Self::ToWrite(file) if is_faulty(rows) => {
                format!("`{}` is as it was\n", file.display())
            }
            Self::ToWrite(file) => {
                format!("wrote {} findings into `{}`\n", grouped(known), file.display())
            }
            Self::Read(..) | Self::Unasked => String::new(),
        }
    }
}

/// Whether the program itself has failed somewhere.
pub(super) fn is_faulty(rows: &[Row<'_>]) -> bool {
    rows.iter().any(|row| row.code == codes::PROGRAM_FAULT.name)
}

fn read(file: &Path) -> Result<Baseline, Failure> {
    let name = file.display();
    let text = fs::read(file).map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            Failure::Usage(format!("there is no file `{name}`: write it with `--write-baseline`"))
        }
        _ => Failure::Io(format!("cannot read `{name}`: {error}")),
    })?;
    Baseline::parse(&text).map_err(|Damage { line, column, message }| {
        Failure::Usage(format!("{name}:{line}:{column}: {message}"))
    })
}

/// Makes sure that a file can be written, and that it has been nothing else than a baseline.
fn replaceable(file: &Path) -> Result<(), Failure> {
    writable(file)?;
    let name = file.display();
    match fs::read(file) {
        Ok(text) if text.is_empty() || Baseline::is_meant(&text) => Ok(()),
        Ok(_) => Err(Failure::Usage(format!("`{name}` is no baseline: name another file"))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::Io(format!("cannot read `{name}`: {error}"))),
    }
}
