//! The `variorum` command.

use std::process::ExitCode;

/// Pages are made of many small texts: with the system's allocator a tenth of a build is spent on them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    variorum::cli::run(std::env::args_os())
}
