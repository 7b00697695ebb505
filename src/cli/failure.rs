//! Why a command could not be carried out, and the exit code that says so.

use std::io::Write;
use std::process::ExitCode;

/// Why a command could not be carried out.
#[derive(Debug)]
pub(super) enum Failure {
    /// Wrong usage; what is wrong and what to do.
    Usage(String),
    /// A faulty configuration, whose findings are printed already.
    Configuration,
    /// A file that could not be read or written.
    Io(String),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Usage(message) | Self::Io(message) => f.write_str(message),
            Self::Configuration => f.write_str("the configuration is faulty"),
        }
    }
}

impl Failure {
    /// Says so, and returns the exit code.
    pub(super) fn print(&self) -> ExitCode {
        let (message, code) = match self {
            Self::Usage(message) => (Some(message), 2),
            Self::Configuration => (None, 2),
            Self::Io(message) => (Some(message), 3),
        };
        if let Some(message) = message {
            // Nobody is left to be told where standard error is gone.
            let _ = writeln!(std::io::stderr(), "error: {message}");
        }
        ExitCode::from(code)
    }
}
