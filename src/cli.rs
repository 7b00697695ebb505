//! The command line: what is typed, what is printed, and nothing that a library could want.

pub mod findings;
