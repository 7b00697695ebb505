//! Where the formats of a check go: into files, each in one step, and to standard output.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::super::args::{CheckArguments, Format, FormatArgument};
use super::super::failure::Failure;
use super::super::findings;
use super::super::findings::Colour;
use super::super::locate::colour;
use crate::check::formats::{self, Judgement, Paths};
use crate::source::Sources;
use crate::write;

/// The formats that are wanted, and where.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct Outputs {
    /// What goes to standard output besides what is said to people.
    printed: Option<Format>,
    files: Vec<(Format, PathBuf)>,
}

/// What is told, in whatever format.
pub(in super::super) struct Told<'a> {
    pub(in super::super) judgement: Judgement<'a>,
    pub(in super::super) sources: &'a Sources,
    pub(in super::super) paths: Paths,
}

impl Outputs {
    /// What the arguments ask for, or why that cannot be.
    pub(super) fn new(arguments: &CheckArguments) -> Result<Self, Failure> {
        let outputs = Self::asked(&arguments.formats, arguments.output.as_deref())?;
        outputs.apart(arguments.baseline.as_deref(), arguments.external_cache.as_deref())?;
        Ok(outputs)
    }

    /// What is asked for beside a baseline, or why that cannot be.
    pub(in super::super) fn of(
        formats: &[FormatArgument],
        output: Option<&Path>,
        baseline: Option<&Path>,
    ) -> Result<Self, Failure> {
        let outputs = Self::asked(formats, output)?;
        outputs.apart(baseline, None)?;
        Ok(outputs)
    }

    fn asked(formats: &[FormatArgument], output: Option<&Path>) -> Result<Self, Failure> {
        let mut files = Vec::new();
        let mut without = Vec::new();
        for asked in formats {
            match &asked.file {
                Some(file) => files.push((asked.format, file.clone())),
                None => without.push(asked.format),
            }
        }
        if let [one, other, ..] = without[..] {
            let (one, other) = (one.name(), other.name());
            return Err(Failure::Usage(format!(
                "`{one}` and `{other}` would go to one place: give one of them a file, as in `--format {other}=FILE`"
            )));
        }
        let printed = match (output, without.first(), files.is_empty()) {
            (None, format, _) => {
                let human = !files.iter().any(|(format, _)| *format == Format::Human);
                format.copied().or(human.then_some(Format::Human))
            }
            (Some(_), None, false) => {
                let what = "--output: every format has a file of its own";
                return Err(Failure::Usage(format!("{what}: leave it out")));
            }
            (Some(file), format, _) => {
                let format = format.copied().unwrap_or(Format::Human);
                files.push((format, file.to_owned()));
                (format != Format::Human).then_some(Format::Human)
            }
        };
        Ok(Self { printed, files })
    }

    /// Makes sure that each file is for one thing only, and can be written.
    fn apart(&self, baseline: Option<&Path>, cache: Option<&Path>) -> Result<(), Failure> {
        let mut taken: Vec<&Path> = baseline.into_iter().collect();
        let files = self.files.iter().map(|(_, file)| file.as_path());
        for file in cache.into_iter().chain(files) {
            writable(file)?;
            if taken.contains(&file) {
                let file = file.display();
                return Err(Failure::Usage(format!("`{file}` is named twice: name another file")));
            }
            taken.push(file);
        }
        Ok(())
    }

    /// Says something to people besides: on standard output, where no format for programs goes there.
    pub(in super::super) fn say(&self, words: &str) {
        let is_for_people = self.printed.is_none_or(|format| format == Format::Human);
        // A reader who has left is no failure.
        let _ = if is_for_people {
            io::stdout().write_all(words.as_bytes())
        } else {
            io::stderr().write_all(words.as_bytes())
        };
    }

    /// Writes the files and these others, all or none; then prints.
    pub(in super::super) fn tell(
        &self,
        told: &Told<'_>,
        others: Vec<(PathBuf, Vec<u8>)>,
    ) -> Result<(), Failure> {
        let mut files = others;
        for (format, file) in &self.files {
            files.push((file.clone(), told.text(*format, Colour::Never)?));
        }
        write::replace(&files).map_err(|error| Failure::Io(error.to_string()))?;
        let Some(format) = self.printed else { return Ok(()) };
        let mut out = io::stdout().lock();
        let text = told.text(format, colour(&out))?;
        match out.write_all(&text).and_then(|()| out.flush()) {
            // A reader who has left is no failure.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            other => other.map_err(cannot_print),
        }
    }
}

/// Makes sure, before anything is done, that a file can be written.
pub(super) fn writable(file: &Path) -> Result<(), Failure> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if !folder.is_dir() => {
            let (file, folder) = (file.display(), folder.display());
            Err(Failure::Usage(format!(
                "cannot write `{file}`: there is no folder `{folder}`: make it first"
            )))
        }
        _ if file.is_dir() => {
            let file = file.display();
            Err(Failure::Usage(format!("cannot write `{file}`: it is a folder: name a file")))
        }
        _ => Ok(()),
    }
}

impl Told<'_> {
    fn text(&self, format: Format, colour: Colour) -> Result<Vec<u8>, Failure> {
        let Self { judgement, sources, paths } = self;
        let text = match format {
            Format::Human => {
                let mut text = Vec::new();
                let new = judgement.new_rows().map(|row| row.finding);
                findings::print(new, sources, colour, &mut text).map_err(cannot_print)?;
                return Ok(text);
            }
            Format::Json => formats::json(judgement),
            Format::Sarif => formats::sarif(judgement, paths),
            Format::Github => formats::github(judgement, paths),
            Format::Junit => formats::junit(judgement, paths),
            Format::Markdown => formats::markdown(judgement),
        };
        Ok(text.into_bytes())
    }
}

fn cannot_print(error: io::Error) -> Failure {
    Failure::Io(format!("cannot print findings: {error}"))
}
