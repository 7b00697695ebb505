//! `variorum translations fix`.

use std::io::Write;
use std::process::ExitCode;

use super::Desk;
use super::check::{faults, findings};
use crate::cli::Outcome;
use crate::cli::args::TranslationsFixArguments;
use crate::cli::build::print_findings;
use crate::cli::check::Fixes;
use crate::messages::Message;

/// Repairs what the source proves, and tells what is left.
pub(super) fn fix(arguments: &TranslationsFixArguments) -> Outcome {
    let desk = Desk::new(&arguments.site)?;
    let languages = desk.languages(arguments.language.as_deref())?;
    let found = findings(&desk, &faults(&desk, &languages));
    let fixes = Fixes::of(&desk.site, &found, &desk.opened.root)?;
    if arguments.dry_run {
        // A reader who has left is no failure.
        let _ = std::io::stdout().write_all(&fixes.diff());
        let (count, files) = (fixes.count(), fixes.files());
        let message = Message::new("damage-would-fix").with("count", count).with("files", files);
        tell(&desk, &message, &fixes);
        return Ok(ExitCode::from(u8::from(!fixes.is_empty())));
    }
    fixes.apply()?;
    let (count, files) = (fixes.count(), fixes.files());
    let message = Message::new("damage-fixed").with("count", count).with("files", files);
    tell(&desk, &message, &fixes);
    let desk = Desk::new(&arguments.site)?;
    let left = findings(&desk, &faults(&desk, &languages));
    print_findings(&left, &desk.site.sources, None)?;
    let words = desk.say(&Message::new("damage-count").with("count", left.len()));
    let _ = writeln!(std::io::stdout(), "{words}");
    Ok(ExitCode::from(u8::from(!left.is_empty())))
}

/// Tells on standard error what was repaired, and what could not be although the source proves it.
fn tell(desk: &Desk, message: &Message, fixes: &Fixes) {
    let mut words = desk.say(message) + "\n";
    for why in fixes.refused() {
        words.push_str(&desk.say(&Message::new("damage-left-alone").with("why", why.as_str())));
        words.push('\n');
    }
    // Nobody is left to be told where standard error is gone.
    let _ = std::io::stderr().write_all(words.as_bytes());
}
