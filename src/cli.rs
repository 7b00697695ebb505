//! The commands: arguments, one file a command, how findings are printed.

#![allow(
    clippy::disallowed_methods,
    reason = "the outermost layer looks at the environment and the clock"
)]

mod affected;
pub mod args;
mod build;
mod changing;
mod check;
mod editions;
mod failure;
pub mod findings;
mod locate;
mod lsp;
mod message_language;
mod mv;
mod opened;
mod preview;
mod progress;
mod redirects;
mod refs;
mod rules;
mod settings;
mod translations;
mod versions;
mod why;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};
use failure::Failure;

/// Runs the program with these arguments, the first being its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // A reader who has left is no failure.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let outcome = match arguments.command {
        Command::Build(arguments) => build::build(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Affected(arguments) => affected::affected(&arguments),
        Command::Mv(arguments) => mv::mv(&arguments),
        Command::Translations(arguments) => translations::translations(&arguments),
        Command::Versions(arguments) => versions::versions(&arguments),
        Command::Preview(arguments) => preview::preview(&arguments),
        Command::Redirects(arguments) => redirects::redirects(&arguments),
        Command::Why(arguments) => why::why(&arguments),
        Command::Lsp(arguments) => lsp::lsp(&arguments),
        Command::Refs(arguments) => refs::refs(&arguments),
        Command::Rules(arguments) => rules::rules(&arguments),
    };
    match outcome {
        Ok(code) => code,
        Err(failure) => failure.print(),
    }
}

/// The outcome of a command: an exit code, or why it could not be carried out.
type Outcome = Result<ExitCode, Failure>;
