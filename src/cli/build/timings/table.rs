//! The table of `--timings`.

use std::fmt::Write;
use std::time::Duration;

use super::{PageRow, Report, TextRow};

/// How many pages and reusables are listed; JSON has all.
const LISTED: usize = 10;

/// The report as text.
pub(super) fn table(report: &Report) -> String {
    let mut text = stages(report);
    text += &pages(&report.pages);
    text += &reusables(&report.reusables);
    text
}

fn stages(report: &Report) -> String {
    let head = format!("stage ({} threads)", report.threads);
    let mut text = format!("{head:<24}{:>12}{:>12}{:>8}\n", "CPU ms", "wall ms", "CPU %");
    let share = |time: Duration| {
        let all = report.total.cpu.as_secs_f64();
        if all > 0.0 { time.as_secs_f64() / all * 100.0 } else { 0.0 }
    };
    let mut line = |name: &str, cpu: Duration, wall: Option<Duration>| {
        let wall = wall.map(milliseconds).unwrap_or_default();
        let _ = writeln!(text, "{name:<24}{:>12}{wall:>12}{:>8.1}", milliseconds(cpu), share(cpu));
    };
    for stage in &report.stages {
        line(stage.name, stage.took.cpu, Some(stage.took.wall));
        for part in &stage.parts {
            line(&format!("  {}", part.name), part.cpu, None);
        }
    }
    line("total", report.total.cpu, Some(report.total.wall));
    text
}

fn pages(rows: &[PageRow]) -> String {
    let mut text = format!(
        "\n{:>12}{:>12}{:>12}{:>12}{:>12}{:>10}  slowest pages\n",
        "CPU ms", "liquid", "markdown", "composition", "staging", "variants"
    );
    for row in rows.iter().take(LISTED) {
        let times = [row.cpu, row.liquid, row.markdown, row.composition, row.staging];
        for time in times.map(milliseconds) {
            let _ = write!(text, "{time:>12}");
        }
        let _ = writeln!(text, "{:>10}  {}", row.variants, row.file);
    }
    text
}

fn reusables(rows: &[TextRow]) -> String {
    let mut text = format!("\n{:>12}{:>12}  slowest reusables\n", "liquid ms", "times");
    for row in rows.iter().take(LISTED) {
        let time = milliseconds(row.liquid);
        let _ = writeln!(text, "{time:>12}{:>12}  {}:{}", row.times, row.file, row.line);
    }
    text
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1000.0)
}
