//! A run of the program: how long it took, what it used, and what it said about its work.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

use super::Outcome;
use super::subject::Subject;

/// What a build took and did.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Run {
    pub(crate) wall: Duration,
    /// Of the user and of the system, all threads together.
    pub(crate) cpu: Duration,
    /// The most memory that it held at once.
    pub(crate) peak: u64,
    pub(crate) pages: u64,
    pub(crate) bodies: u64,
    /// Files that were written.
    pub(crate) written: u64,
}

impl Run {
    /// Microseconds for a page.
    pub(crate) fn cpu_per_page(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e6 / self.pages.max(1) as f64
    }
}

/// Whether each page is written as Markdown and JSON too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Twins {
    On,
    Off,
}

impl Twins {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
        }
    }
}

/// Builds the site in `root`, configured by the text given, into `out`: the pages alone, so that the figures of all
/// sections tell of the same work.
pub(crate) fn build(
    subject: &Subject,
    root: &Path,
    configuration: &str,
    out: &Path,
) -> Outcome<Run> {
    build_with(subject, root, configuration, out, Twins::Off)
}

/// The same, with twins or without.
pub(crate) fn build_with(
    subject: &Subject,
    root: &Path,
    configuration: &str,
    out: &Path,
    twins: Twins,
) -> Outcome<Run> {
    let folder = tempfile::tempdir()?;
    let config = folder.path().join("variorum.yml");
    fs::write(&config, configuration)?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
    command.arg("build").arg("--site").arg(root).arg("--config").arg(&config);
    command.arg("--out").arg(out).args(["--date", subject.date]);
    if twins == Twins::Off {
        command.arg("--no-twins");
    }
    // What it says is kept in a file, for the case that it fails: a pipe would have to be read at once.
    let messages = folder.path().join("messages");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(&messages)?);
    let start = Instant::now();
    let mut child = command.spawn()?;
    let mut summary = String::new();
    if let Some(mut stdout) = child.stdout.take() {
        stdout.read_to_string(&mut summary)?;
    }
    let used = child.wait4()?;
    let wall = start.elapsed();
    // Content with faults is published with the code 1.
    if !matches!(used.status.code(), Some(0 | 1)) || !summary.starts_with("built ") {
        let said = fs::read_to_string(&messages)?;
        return Err(format!("the build failed: {}, {summary}{said}", used.status).into());
    }
    let peak = used.rusage.maxrss;
    let own = own_peak()?;
    if peak <= own {
        // A child begins with the memory of the program that starts it, which the system counts.
        return Err(format!("{peak} bytes say nothing, as the benchmark itself has {own}").into());
    }
    Ok(Run {
        wall,
        cpu: used.rusage.utime + used.rusage.stime,
        peak,
        pages: number_before(&summary, " pages"),
        bodies: number_before(&summary, " bodies"),
        written: number_before(&summary, " files written"),
    })
}

/// The number in front of these words, its thousands divided by commas.
fn number_before(text: &str, words: &str) -> u64 {
    let before = text.split(words).next().unwrap_or_default();
    let digits = before.rsplit(' ').next().unwrap_or_default().replace(',', "");
    digits.parse().unwrap_or_default()
}

/// The most memory that this program held, where the system tells.
fn own_peak() -> Outcome<u64> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
    Ok(kilobytes.map_or(Ok(0), str::parse::<u64>)? * 1024)
}
