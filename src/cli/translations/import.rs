//! `variorum translations import`.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use super::Desk;
use crate::cli::Outcome;
use crate::cli::args::ImportArguments;
use crate::cli::editions::Edition;
use crate::cli::failure::Failure;
use crate::diagnostic::visible;
use crate::messages::Message;
use crate::translation::exchange::{
    Changed, Fault, Format, LIMIT, Point, Returned, Taken, changes, stands_for, take,
};
use crate::translation::{Lock, Origin};

/// Takes what translators have brought back.
pub(super) fn import(arguments: &ImportArguments) -> Outcome {
    let desk = Desk::new(&arguments.site)?;
    let language = desk.language(&arguments.language)?;
    let (mut returned, mut faults) = (Vec::new(), Vec::new());
    for file in &arguments.files {
        let name = file.display().to_string();
        match read(&desk, file, &name)? {
            Ok(entries) => returned.push((name, entries)),
            Err(fault) => faults.push(fault),
        }
    }
    let edition = desk.edition(language)?;
    let mut taken = take(&desk.site, &edition.examined, &returned);
    faults.append(&mut taken.faults);
    let mut changed = changes(&desk.site, &edition.examined, &taken);
    faults.append(&mut changed.faults);
    let lock = accepted(&desk, &edition, &changed);
    let Changed { edits, added, .. } = &changed;
    desk.change((language, &edition), edits, added, &lock, arguments.dry_run)?;
    faults.sort_by(|one, other| (&one.file, one.at).cmp(&(&other.file, other.at)));
    tell(&desk, &taken, &changed, &faults);
    Ok(ExitCode::from(u8::from(!faults.is_empty())))
}

/// Reads a file that came back; what is wrong with it, where it cannot be read as what it is.
fn read(desk: &Desk, file: &Path, name: &str) -> Result<Result<Vec<Returned>, Fault>, Failure> {
    let failed =
        |error: std::io::Error| Failure::Io(format!("cannot read `{}`: {error}", visible(name)));
    if std::fs::metadata(file).map_err(failed)?.len() > LIMIT {
        let message = Message::new("import-too-large").with("file", visible(name));
        return Err(Failure::Usage(desk.say(&message.with("most", LIMIT.to_string()))));
    }
    let bytes = std::fs::read(file).map_err(failed)?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => {
            return Ok(Err(Fault {
                file: name.to_owned(),
                at: Point { line: 1, column: 1 },
                message: Message::new("import-not-text"),
                hint: Message::new("import-not-text-hint"),
            }));
        }
    };
    let Some(format) = Format::of(name, &text) else {
        let message = Message::new("import-unknown-format");
        return Err(Failure::Usage(desk.say(&message.with("file", visible(name)))));
    };
    Ok(format.read(name, &text))
}

/// The lock with what is written: it stands for the source as it is. A page that names a commit says itself what it
/// stands for.
fn accepted(desk: &Desk, edition: &Edition, changed: &Changed) -> Lock {
    let mut lock = edition.lock.clone();
    for (position, texts) in &changed.written {
        if edition.origins.origin(*position) == Some(Origin::Commit) {
            continue;
        }
        let file = &edition.examined[*position];
        let path = &desk.site.sources.file(file.document.source).path;
        for (number, unit) in file.units.iter().enumerate() {
            if let Some(digests) = stands_for(file, unit, texts.get(&number)) {
                lock.put(path, unit.unit.name.key(&desk.site), digests);
            }
        }
    }
    lock
}

/// Tells what was taken, and what was not and why.
fn tell(desk: &Desk, taken: &Taken, changed: &Changed, faults: &[Fault]) {
    for fault in faults {
        let place = format!("{}:{}:{}", fault.file, fault.at.line, fault.at.column);
        let message = Message::new("import-error").with("place", place);
        let message = desk.say(&message.with("message", desk.say(&fault.message)));
        let hint = Message::new("import-help").with("hint", desk.say(&fault.hint));
        let (message, hint) = (visible(&message), desk.say(&hint));
        // Nobody is left to be told where standard error is gone.
        let _ = writeln!(std::io::stderr(), "{message}\n  {}", visible(&hint));
    }
    let told = Message::new("import-told").with("count", changed.count());
    desk.note(&told.with("unchanged", taken.unchanged.to_string()));
    let counts = [
        (Message::new("import-refused"), faults.len()),
        (Message::new("import-empty"), taken.empty),
        (Message::new("import-open"), taken.open),
    ];
    for (message, count) in counts {
        if count > 0 {
            desk.note(&message.with("count", count));
        }
    }
}
