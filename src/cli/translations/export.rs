//! `variorum translations export`.

use std::collections::BTreeSet;
use std::process::ExitCode;

use super::{Desk, print};
use crate::cli::Outcome;
use crate::cli::args::{ExportArguments, ExportFormat};
use crate::cli::failure::Failure;
use crate::messages::Message;
use crate::translation::Examined;
use crate::translation::exchange::{Extent, Format, gather};

/// Writes what is to be translated for translators.
pub(super) fn export(arguments: &ExportArguments) -> Outcome {
    let desk = Desk::new(&arguments.site)?;
    let language = desk.language(&arguments.language)?;
    let mut examined = desk.edition(language)?.examined;
    if !arguments.pages.is_empty() {
        let named = arguments.pages.iter().map(|page| desk.named(&examined, page));
        let named = named.collect::<Result<BTreeSet<usize>, Failure>>()?;
        let all = examined.into_iter().enumerate();
        let wanted = all.filter(|(position, _)| named.contains(position));
        examined = wanted.map(|(_, file)| file).collect::<Vec<Examined>>();
    }
    desk.recall(&mut examined)?;
    let extent = if arguments.all { Extent::All } else { Extent::Open };
    let handover = gather(&desk.site, language, &examined, extent);
    let text = format(arguments.format).write(&handover);
    match &arguments.out {
        Some(file) => {
            std::fs::write(file, text).map_err(|error| {
                Failure::Io(format!("cannot write `{}`: {error}", file.display()))
            })?;
            let texts: usize = handover.files.iter().map(|file| file.entries.len()).sum();
            let told = Message::new("export-told").with("count", texts);
            desk.note(&told.with("files", handover.files.len()));
        }
        None => print(&text),
    }
    Ok(ExitCode::SUCCESS)
}

fn format(argument: ExportFormat) -> Format {
    match argument {
        ExportFormat::Xliff => Format::Xliff,
        ExportFormat::Po => Format::Po,
        ExportFormat::Csv => Format::Csv,
    }
}
