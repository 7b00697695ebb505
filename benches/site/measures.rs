//! The measurements: what is built how often, and what is made of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Outcome;
use super::floor;
use super::options::Options;
use super::program::{self, Run, Twins};
use super::results::{Section, grouped, mebibytes};
use super::subject::{RedirectPages, Subject};
use super::tree::{self, Entry};

/// How targets are listed.
pub(crate) const TARGETS: [&str; 4] = ["target", "wanted", "measured", ""];

/// A folder that is removed with all that is in it when it goes.
pub(crate) struct Scratch(tempfile::TempDir);

impl Scratch {
    pub(crate) fn new(place: &Path) -> Outcome<Self> {
        fs::create_dir_all(place)?;
        Ok(Self(tempfile::Builder::new().prefix("variorum-bench-").tempdir_in(place)?))
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// Builds, and removes what was built.
fn build_once(subject: &Subject, root: &Path, configuration: &str, out: &Path) -> Outcome<Run> {
    let run = program::build(subject, root, configuration, out)?;
    tree::remove(out)?;
    Ok(run)
}

/// Time, memory and bytes of the whole build, beside what writing alone takes.
pub(crate) fn build(subject: &Subject, options: &Options) -> Outcome<Section> {
    let head = [
        "redirect pages",
        "twins",
        "output",
        "pages",
        "bodies",
        "files",
        "MiB",
        "CPU µs a page",
        "wall s",
        "floor s",
        "wall / floor",
        "peak MiB",
    ];
    let mut table = Section::new("build", "Medians:", &head);
    let mut targets = Section::new("build", String::new(), &TARGETS);
    let (without, with) = (RedirectPages::Off, RedirectPages::On);
    for (redirects, twins) in [(without, Twins::Off), (with, Twins::Off), (without, Twins::On)] {
        let configuration = subject.configuration(redirects);
        for place in [Place::Memory, Place::Disk] {
            let folder = place.folder(options);
            let turns = Turns::measure(subject, &configuration, twins, folder, options)?;
            table.row(turns.cells(redirects, twins, place));
            // The targets are about the pages alone.
            if (redirects, twins) == (without, Twins::Off) {
                turns.judge(place, &mut targets);
            }
        }
    }
    table.lead = format!("{}\n{}", targets.text(), table.lead);
    Ok(table)
}

/// Where the output is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Memory,
    Disk,
}

impl Place {
    fn word(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Disk => "disk",
        }
    }

    fn folder(self, options: &Options) -> &Path {
        match self {
            Self::Memory => &options.out_memory,
            Self::Disk => &options.out_disk,
        }
    }
}

/// A build and the floor under it.
struct Pair {
    run: Run,
    floor: Duration,
}

/// Builds and floors in turn, and the files that they made.
struct Turns {
    pairs: Vec<Pair>,
    entries: Vec<Entry>,
}

impl Turns {
    fn measure(
        subject: &Subject,
        configuration: &str,
        twins: Twins,
        place: &Path,
        options: &Options,
    ) -> Outcome<Self> {
        let scratch = Scratch::new(place)?;
        let (out, bare) = (scratch.join("out"), scratch.join("bare"));
        let mut turns = Self { pairs: Vec::new(), entries: Vec::new() };
        for _ in 0..options.turns() {
            settle();
            let run = program::build_with(subject, &subject.root, configuration, &out, twins)?;
            turns.entries = tree::list(&out)?;
            tree::remove(&out)?;
            settle();
            let floor = floor::time(&turns.entries, &bare)?;
            tree::remove(&bare)?;
            turns.pairs.push(Pair { run, floor });
        }
        Ok(turns)
    }

    fn of(&self, value: fn(&Pair) -> f64) -> f64 {
        median(self.pairs.iter().map(value).collect())
    }

    fn cpu(&self) -> f64 {
        self.of(|pair| pair.run.cpu_per_page())
    }

    fn ratio(&self) -> f64 {
        self.of(|pair| pair.run.wall.as_secs_f64() / pair.floor.as_secs_f64())
    }

    fn peak(&self) -> f64 {
        self.of(|pair| mebibytes(pair.run.peak))
    }

    fn cells(&self, redirects: RedirectPages, twins: Twins, place: Place) -> [String; 12] {
        let first = &self.pairs[0].run;
        [
            redirects.word().to_owned(),
            twins.word().to_owned(),
            place.word().to_owned(),
            grouped(first.pages),
            grouped(first.bodies),
            grouped(self.entries.len() as u64),
            format!("{:.0}", mebibytes(self.entries.iter().map(|entry| entry.bytes).sum())),
            format!("{:.0}", self.cpu()),
            format!("{:.2}", self.of(|pair| pair.run.wall.as_secs_f64())),
            format!("{:.2}", self.of(|pair| pair.floor.as_secs_f64())),
            format!("{:.2}", self.ratio()),
            format!("{:.0}", self.peak()),
        ]
    }

    /// Compares with what is wanted of builds without redirect pages.
    fn judge(&self, place: Place, targets: &mut Section) {
        let (cpu, ratio, peak) = (self.cpu(), self.ratio(), self.peak());
        if place == Place::Memory {
            let measured = format!("{cpu:.0} µs");
            targets.target("CPU a page, memory", "≤ 120 µs", measured, cpu <= 120.0);
        }
        let wanted = if place == Place::Memory { 3.0 } else { 1.3 };
        let what = format!("wall / floor, {}", place.word());
        let measured = format!("{ratio:.2}");
        targets.target(&what, &format!("≤ {wanted}"), measured, ratio <= wanted);
        let what = format!("peak, {}", place.word());
        targets.target(&what, "≤ 300 MiB", format!("{peak:.0} MiB"), peak <= 300.0);
    }
}

/// Lets the system write what it still has to write, so that nobody pays for what was before.
fn settle() {
    rustix::fs::sync();
}

/// Six versions against one.
pub(crate) fn versions(subject: &Subject, options: &Options) -> Outcome<Section> {
    let scratch = Scratch::new(&options.out_memory)?;
    let out = scratch.join("out");
    let (all, one) = (subject.configuration(RedirectPages::Off), subject.one_version());
    let mut pairs = Vec::new();
    for _ in 0..options.turns() {
        let one = build_once(subject, &subject.root, &one, &out)?;
        pairs.push((one, build_once(subject, &subject.root, &all, &out)?));
    }
    let cpu = |run: &Run| run.cpu.as_secs_f64();
    let ratio = median(pairs.iter().map(|(one, all)| cpu(all) / cpu(one)).collect());
    let one = median(pairs.iter().map(|(one, _)| cpu(one)).collect());
    let all = median(pairs.iter().map(|(_, all)| cpu(all)).collect());
    let pages = |run: &Run| grouped(run.pages);
    let lead = format!(
        "All versions against one: {} pages in {all:.2} s CPU, {} pages in {one:.2} s.",
        pages(&pairs[0].1),
        pages(&pairs[0].0),
    );
    let mut section = Section::new("versions", lead, &TARGETS);
    section.target("CPU, all versions / one", "≤ 2", format!("{ratio:.2}"), ratio <= 2.0);
    Ok(section)
}

/// Languages: the one translation under other names.
pub(crate) fn languages(subject: &Subject, options: &Options) -> Outcome<Section> {
    const MOST: usize = 7;
    let scratch = Scratch::new(&options.out_memory)?;
    let (root, out) = (scratch.join("site"), scratch.join("out"));
    subject.copy_with_translations(&root, MOST)?;
    let sources = mebibytes(
        tree::bytes(&root.join("translations/t0/content"))?
            + tree::bytes(&root.join("translations/t0/data"))?,
    );
    let lead = format!("A translation's sources are {sources:.1} MiB. Medians:");
    let head = ["languages", "pages", "CPU µs a page", "wall s", "peak MiB"];
    let mut section = Section::new("languages", lead, &head);
    let mut peaks = Vec::new();
    for translations in [0, 1, MOST] {
        let configuration = subject.languages(translations);
        let runs: Outcome<Vec<Run>> = (0..options.few_turns())
            .map(|_| build_once(subject, &root, &configuration, &out))
            .collect();
        let runs = runs?;
        let peak = median(runs.iter().map(|run| mebibytes(run.peak)).collect());
        peaks.push(peak);
        section.row(cost(&(translations + 1).to_string(), &runs));
    }
    let growth = (peaks[2] - peaks[1]) / (MOST - 1) as f64;
    let beyond = (growth - sources) / peaks[1] * 100.0;
    let mut targets = Section::new("languages", String::new(), &TARGETS);
    targets.target(
        "memory for one more language, beyond its sources, of that for two",
        "< 15 %",
        format!("{beyond:.1} % ({growth:.1} MiB each, {sources:.1} of them sources)"),
        beyond < 15.0,
    );
    section.lead = format!("{}\n{}", targets.text(), section.lead);
    Ok(section)
}

/// What builds of one kind cost: pages, time and memory.
pub(crate) fn cost(name: &str, runs: &[Run]) -> [String; 5] {
    let of = |value: fn(&Run) -> f64| median(runs.iter().map(value).collect());
    [
        name.to_owned(),
        grouped(runs[0].pages),
        format!("{:.0}", of(Run::cpu_per_page)),
        format!("{:.2}", of(|run| run.wall.as_secs_f64())),
        format!("{:.0}", of(|run| mebibytes(run.peak))),
    ]
}

/// The pages once, twice, four and eight times, the data once.
pub(crate) fn pages(subject: &Subject, options: &Options) -> Outcome<Section> {
    let scratch = Scratch::new(&options.out_memory)?;
    let (root, out) = (scratch.join("site"), scratch.join("out"));
    subject.copy(&root)?;
    let configuration = subject.configuration(RedirectPages::Off);
    let head = ["copies", "pages", "CPU µs a page", "wall s", "peak MiB"];
    let mut section = Section::new("pages", "Medians:", &head);
    let mut points = Vec::new();
    let mut peak = 0.0;
    let sizes: &[usize] = if options.quick { &[1, 2] } else { &[1, 2, 4, 8] };
    let mut copies = 1;
    for wanted in sizes {
        while copies < *wanted {
            copies += 1;
            subject.add_pages(&root, &format!("copy{copies}"))?;
        }
        let runs: Outcome<Vec<Run>> = (0..options.few_turns())
            .map(|_| build_once(subject, &root, &configuration, &out))
            .collect();
        let runs = runs?;
        let cpu = median(runs.iter().map(|run| run.cpu.as_secs_f64()).collect());
        points.push((runs[0].pages as f64, cpu));
        peak = median(runs.iter().map(|run| mebibytes(run.peak)).collect());
        section.row(cost(&format!("× {wanted}"), &runs));
    }
    let off = farthest_from_line(&points) * 100.0;
    let mut targets = Section::new("pages", String::new(), &TARGETS);
    let measured = format!("{off:.1} %");
    targets.target("CPU, farthest from a line", "≤ 10 %", measured, off <= 10.0);
    let measured = format!("{peak:.0} MiB");
    targets.target("peak with the most pages", "≤ 500 MiB", measured, peak <= 500.0);
    section.lead = format!("{}\n{}", targets.text(), section.lead);
    Ok(section)
}

/// How far points are from the line that is nearest to them all, as a share of the line's value there.
fn farthest_from_line(points: &[(f64, f64)]) -> f64 {
    // Shares count, so that small sites weigh as much as large ones.
    let weight = |y: f64| 1.0 / (y * y);
    let sum = |value: &dyn Fn(f64, f64) -> f64| -> f64 {
        points.iter().map(|(x, y)| weight(*y) * value(*x, *y)).sum()
    };
    let (all, xs, ys) = (sum(&|_, _| 1.0), sum(&|x, _| x), sum(&|_, y| y));
    let (squares, products) = (sum(&|x, _| x * x), sum(&|x, y| x * y));
    let slope = (all * products - xs * ys) / (all * squares - xs * xs);
    let start = (ys - slope * xs) / all;
    let off = points.iter().map(|(x, y)| (y / (start + slope * x) - 1.0).abs());
    off.fold(0.0, f64::max)
}

/// The value in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        length if length.is_multiple_of(2) => f64::midpoint(values[middle - 1], values[middle]),
        _ => values[middle],
    }
}
