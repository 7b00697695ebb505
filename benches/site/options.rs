//! What the benchmark is asked to do.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Measures whole builds.
#[derive(Debug, Parser)]
pub(crate) struct Options {
    /// Measures the manual's own site, each thing once: shows that the benchmark works.
    #[arg(long)]
    pub(crate) quick: bool,
    /// A folder in memory.
    #[arg(long, value_name = "DIR", default_value = "/dev/shm")]
    pub(crate) out_memory: PathBuf,
    /// A folder on disk.
    #[arg(long, value_name = "DIR", default_value = env!("CARGO_TARGET_TMPDIR"))]
    pub(crate) out_disk: PathBuf,
    /// How many times each thing is measured; the median counts.
    #[arg(long, value_name = "N", default_value = "5")]
    turns: usize,
    /// Writes what was measured into `benches/RESULTS.md`.
    #[arg(long)]
    pub(crate) write: bool,
    /// What to measure, instead of everything.
    #[arg(value_enum)]
    measures: Vec<Measure>,
    /// What cargo adds.
    #[arg(long, hide = true)]
    bench: bool,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Measure {
    /// Time, memory and bytes, beside what writing alone takes.
    Build,
    /// What more versions cost.
    Versions,
    /// What more languages cost.
    Languages,
    /// What more pages cost.
    Pages,
    /// What is written when little or nothing has changed.
    Rebuild,
    /// The parts of a build, each by itself: runs `cargo bench --bench parts`.
    Parts,
}

impl Options {
    /// What is to be measured, in the order of `benches/RESULTS.md`.
    pub(crate) fn measures(&self) -> Vec<Measure> {
        let all = Measure::value_variants().iter().copied();
        all.filter(|one| self.measures.is_empty() || self.measures.contains(one)).collect()
    }

    /// How often things are measured that take seconds.
    pub(crate) fn turns(&self) -> usize {
        if self.quick { 1 } else { self.turns.max(1) }
    }

    /// How often things are measured that take half a minute.
    pub(crate) fn few_turns(&self) -> usize {
        self.turns().min(3)
    }
}
