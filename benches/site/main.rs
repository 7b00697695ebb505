//! Builds whole sites with the program, and measures time, memory and files: `cargo bench --bench site`.
//!
//! The site is the corpus where it is, else the manual. What is measured stands in `benches/RESULTS.md`.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measures")]

mod floor;
mod machine;
mod measures;
mod options;
mod parts;
mod program;
mod rebuild;
mod results;
#[path = "../../tests/support/shared.rs"]
mod shared;
mod subject;
mod tree;

use std::error::Error;

use clap::Parser;

use options::{Measure, Options};
use results::Section;
use subject::Subject;

/// What comes of something that the machine can fail at.
type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome<()> {
    let options = Options::parse();
    let subject = if options.quick { Subject::manual() } else { Subject::corpus_or_manual()? };
    println!("{}", subject.description);
    publish(&options, &machine::section(&options, &subject)?)?;
    for measure in options.measures() {
        let section = match measure {
            Measure::Build => measures::build(&subject, &options)?,
            Measure::Versions => measures::versions(&subject, &options)?,
            Measure::Languages => measures::languages(&subject, &options)?,
            Measure::Pages => measures::pages(&subject, &options)?,
            Measure::Rebuild => rebuild::rebuild(&subject, &options)?,
            Measure::Parts => parts::section(&options)?,
        };
        publish(&options, &section)?;
    }
    Ok(())
}

/// Prints a section, and writes it down where that was asked for.
fn publish(options: &Options, section: &Section) -> Outcome<()> {
    println!("\n{}", section.text());
    if options.write { results::write(section) } else { Ok(()) }
}
