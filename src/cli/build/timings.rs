//! `--timings`: where the time of a build went, as a table for people or as JSON for programs.

mod clock;
mod table;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

pub(super) use clock::{Clocks, SystemClocks};

use crate::model::Site;
use crate::render::{PageTime, Rendered, Timings};
use crate::source::{Sources, Span, TextId};
use crate::timing::Usage;

/// Notes when the stages of a build end. Without clocks it notes nothing.
pub(super) struct Stages<'a> {
    clocks: Option<&'a dyn Clocks>,
    begin: Moment,
    last: Moment,
    done: Vec<Stage>,
}

#[derive(Clone, Copy, Default)]
struct Moment {
    wall: Duration,
    cpu: Duration,
}

/// A stage of a build.
#[derive(Debug, Serialize)]
struct Stage {
    name: &'static str,
    #[serde(flatten)]
    took: Took,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Part>,
}

/// Time by the clock on the wall, and by the work of all threads.
#[derive(Clone, Copy, Debug, Serialize)]
struct Took {
    #[serde(rename = "wall_us", serialize_with = "microseconds")]
    wall: Duration,
    #[serde(rename = "cpu_us", serialize_with = "microseconds")]
    cpu: Duration,
}

/// A part of a stage, done by all threads among other parts, so that it has no beginning and no end.
#[derive(Debug, Serialize)]
struct Part {
    name: &'static str,
    #[serde(rename = "cpu_us", serialize_with = "microseconds")]
    cpu: Duration,
}

/// All that `--timings` tells.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    threads: usize,
    #[serde(flatten)]
    total: Took,
    stages: Vec<Stage>,
    counts: Counts,
    /// The slowest first.
    pages: Vec<PageRow>,
    /// Data and includes, the slowest first.
    reusables: Vec<TextRow>,
}

#[derive(Debug, Serialize)]
struct Counts {
    pages: usize,
    bodies: usize,
    evaluations: usize,
    code_blocks: usize,
}

/// What a page took, with all its variants.
#[derive(Debug, Serialize)]
struct PageRow {
    file: String,
    variants: usize,
    #[serde(rename = "cpu_us", serialize_with = "microseconds")]
    cpu: Duration,
    #[serde(rename = "liquid_us", serialize_with = "microseconds")]
    liquid: Duration,
    #[serde(rename = "markdown_us", serialize_with = "microseconds")]
    markdown: Duration,
    #[serde(rename = "composition_us", serialize_with = "microseconds")]
    composition: Duration,
    #[serde(rename = "staging_us", serialize_with = "microseconds")]
    staging: Duration,
}

/// What a text took in Liquid, with what it refers to, wherever it is referred to.
#[derive(Debug, Serialize)]
struct TextRow {
    file: String,
    line: usize,
    times: usize,
    #[serde(rename = "liquid_us", serialize_with = "microseconds")]
    liquid: Duration,
}

fn microseconds<S: serde::Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u64(u64::try_from(time.as_micros()).unwrap_or(u64::MAX))
}

impl<'a> Stages<'a> {
    /// Begins with the first stage.
    pub(super) fn begin(clocks: Option<&'a dyn Clocks>) -> Self {
        let begin = now(clocks);
        Self { clocks, begin, last: begin, done: Vec::new() }
    }

    /// The stage with this name is over.
    pub(super) fn done(&mut self, name: &'static str) {
        if self.clocks.is_none() {
            return;
        }
        let now = now(self.clocks);
        self.done.push(Stage { name, took: took(self.last, now), parts: Vec::new() });
        self.last = now;
    }

    /// What was noted; nothing without clocks.
    pub(super) fn report(mut self, rendered: &Rendered, site: &Site) -> Option<Report> {
        let total = took(self.begin, now(Some(self.clocks?)));
        for stage in self.done.iter_mut().filter(|stage| stage.name == "render") {
            stage.parts = parts(&rendered.timings, stage.took.cpu);
        }
        Some(Report {
            threads: rayon::current_num_threads(),
            total,
            stages: self.done,
            counts: Counts {
                pages: rendered.pages,
                bodies: rendered.bodies,
                evaluations: rendered.evaluations,
                code_blocks: rendered.code_blocks,
            },
            pages: pages(&rendered.timings.pages, site),
            reusables: texts(&rendered.timings.texts, &site.sources),
        })
    }
}

impl Report {
    /// For people.
    pub(super) fn table(&self) -> String {
        table::table(self)
    }

    /// For programs.
    pub(super) fn json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }
}

fn now(clocks: Option<&dyn Clocks>) -> Moment {
    clocks.map_or(Moment::default(), |clocks| Moment { wall: clocks.wall(), cpu: clocks.process() })
}

fn took(from: Moment, to: Moment) -> Took {
    Took { wall: to.wall.saturating_sub(from.wall), cpu: to.cpu.saturating_sub(from.cpu) }
}

/// What rendering consists of; what is left of its time goes to `other`.
fn parts(timings: &Timings, all: Duration) -> Vec<Part> {
    let pages = timings.of_pages();
    let mut parts = vec![
        Part { name: "liquid", cpu: pages.liquid },
        Part { name: "markdown", cpu: pages.markdown },
        Part { name: "highlighting", cpu: timings.highlighting },
        Part { name: "navigation", cpu: timings.navigation },
        Part { name: "composition", cpu: pages.composition },
        Part { name: "staging", cpu: pages.staging },
        Part { name: "redirects", cpu: timings.redirects },
        Part { name: "search", cpu: pages.search + timings.search },
    ];
    let known = parts.iter().map(|part| part.cpu).sum();
    parts.push(Part { name: "other", cpu: all.saturating_sub(known) });
    parts
}

fn pages(times: &[PageTime], site: &Site) -> Vec<PageRow> {
    let row = |time: &PageTime| PageRow {
        file: site.sources.file(site.page(time.page).source.file).path.clone(),
        variants: time.variants,
        cpu: time.spent.total(),
        liquid: time.spent.liquid,
        markdown: time.spent.markdown,
        composition: time.spent.composition,
        staging: time.spent.staging,
    };
    let mut rows: Vec<PageRow> = times.iter().map(row).collect();
    rows.sort_by(|one, other| other.cpu.cmp(&one.cpu).then_with(|| one.file.cmp(&other.file)));
    rows
}

fn texts(usages: &BTreeMap<TextId, Usage>, sources: &Sources) -> Vec<TextRow> {
    let row = |(text, usage): (&TextId, &Usage)| {
        let at = sources.locate(Span::new(*text, 0..0));
        let file = at.path.to_owned();
        TextRow { file, line: at.line, times: usage.times, liquid: usage.spent }
    };
    let mut rows: Vec<TextRow> = usages.iter().map(row).collect();
    rows.sort_by(|one, other| {
        let by_place = (&one.file, one.line).cmp(&(&other.file, other.line));
        other.liquid.cmp(&one.liquid).then(by_place)
    });
    rows
}
