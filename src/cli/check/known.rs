//! The file of a baseline: read before anything is done, and written with what was found.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::super::args::{CheckArguments, FailOnArgument};
use super::super::failure::Failure;
use super::outputs::writable;
use crate::check::{Baseline, Damage};

/// What arguments say about what is known.
pub(super) enum Known<'a> {
    /// Nothing.
    Unasked,
    /// It was read from this file.
    Read(&'a Path, Baseline),
    /// What is found is to be written into this file.
    ToWrite(&'a Path),
}

impl<'a> Known<'a> {
    /// What is known, or why that cannot be told.
    pub(super) fn new(arguments: &'a CheckArguments) -> Result<Self, Failure> {
        match &arguments.baseline {
            None if arguments.fail_on == FailOnArgument::New && arguments.since.is_none() => {
                let what =
                    "--fail-on new: say beside what, with `--baseline FILE` or `--since REV`";
                Err(Failure::Usage(what.to_owned()))
            }
            None => Ok(Self::Unasked),
            Some(file) if arguments.write_baseline => {
                replaceable(file)?;
                Ok(Self::ToWrite(file))
            }
            Some(file) => Ok(Self::Read(file, read(file)?)),
        }
    }
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
