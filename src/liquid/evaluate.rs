//! Walks a template and prints it, for all live versions at once, within limits.

mod block;
mod include;
mod output;

use std::collections::HashSet;

use indexmap::IndexSet;

use super::host::{Host, Live, Source};
use super::node::{Kind, Node, Place, bytes};
use super::reading::Reading;
use super::scope::Scope;
use super::sink::Sink;
use super::{Expansion, Frame, Limits};
use crate::diagnostic::codes::LIQUID_LIMIT;
use crate::diagnostic::{Checked, Diagnostic};
use crate::source::{Span, TextId};
use crate::timing::Meter;

/// The expansion of `source` for the versions that stay in `live`.
pub(super) fn expansion<'a>(
    source: Source<'a>,
    host: &'a dyn Host,
    live: &mut Live,
    limits: &Limits,
    meter: &mut Meter<'_>,
) -> Checked<Expansion> {
    let mut evaluator = Evaluator {
        host,
        limits: *limits,
        live,
        meter,
        scope: Scope::default(),
        sink: Sink::default(),
        reads: IndexSet::new(),
        frames: Vec::new(),
        frame: None,
        inclusions: vec![(source.id, String::new())],
        steps: 0,
        printed: 0,
        nesting: 0,
        findings: Vec::new(),
        reported: HashSet::new(),
    };
    evaluator.run(source, &source.template.nodes);
    let Evaluator { sink, reads, frames, findings, steps, live, .. } = evaluator;
    live.steps = steps;
    let Sink { text, segments, .. } = sink;
    let expansion = Expansion { text, segments, frames, reads: reads.into_iter().collect() };
    Checked { value: expansion, diagnostics: findings }
}

/// How evaluation goes on behind a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    On,
    /// The innermost loop ends.
    Break,
    /// The innermost loop goes on with its next item.
    Continue,
    /// A limit is reached: everything ends.
    Stop,
}

struct Evaluator<'a, 'l, 'c> {
    host: &'a dyn Host,
    limits: Limits,
    live: &'l mut Live,
    meter: &'l mut Meter<'c>,
    scope: Scope,
    sink: Sink,
    reads: IndexSet<TextId>,
    frames: Vec<Frame>,
    frame: Option<u32>,
    /// The texts that are being evaluated, outermost first, with the keys that led to them.
    inclusions: Vec<(TextId, String)>,
    steps: usize,
    printed: usize,
    /// Blocks around the node, also those around the inclusions that led to it.
    nesting: usize,
    findings: Vec<Diagnostic>,
    /// What was reported: a loop must not report the same place twice.
    reported: HashSet<(&'static str, Span, String)>,
}

impl<'a> Evaluator<'a, '_, '_> {
    /// Evaluates nodes of `source` in order.
    fn run(&mut self, source: Source<'a>, nodes: &'a [Node]) -> Flow {
        for node in nodes {
            let flow = self.node(source, node);
            if flow != Flow::On {
                return flow;
            }
        }
        Flow::On
    }

    fn node(&mut self, source: Source<'a>, node: &'a Node) -> Flow {
        let span = Span::new(source.id, bytes(&node.place));
        if self.work(1, span) == Flow::Stop {
            return Flow::Stop;
        }
        let at = Site { source, span };
        let flow = self.kind(at, node);
        for finding in std::mem::take(&mut self.live.overheard) {
            self.report_through(at, finding);
        }
        flow
    }

    fn kind(&mut self, at: Site<'a>, node: &'a Node) -> Flow {
        let Site { source, span } = at;
        match &node.kind {
            Kind::Text => self.print(&source.text[span.range()], span),
            Kind::Output(expression) => self.output(at, expression),
            Kind::Data { key } => self.data(at, at.text(key)),
            Kind::Indented { key, spaces } => self.indented(at, at.text(key), *spaces),
            Kind::Include { name } => self.include(at, at.text(name)),
            Kind::Assign { name, value } => self.assign(at, at.text(name), value),
            Kind::Count { name, step } => {
                let count = self.scope.count(at.text(name), *step);
                self.print(&count.to_string(), span)
            }
            Kind::Break => Flow::Break,
            Kind::Continue => Flow::Continue,
            Kind::Host { name, arguments } => self.host_tag(at, at.text(name), arguments),
            Kind::Block(opening, arms) => self.block(at, opening, arms),
        }
    }

    fn print(&mut self, text: &str, span: Span) -> Flow {
        let flow = self.weigh(text.len(), span);
        if flow == Flow::On {
            self.sink.print(text, span, self.frame);
        }
        flow
    }

    /// Counts steps.
    fn work(&mut self, steps: usize, span: Span) -> Flow {
        self.steps = self.steps.saturating_add(steps);
        if self.steps <= self.limits.steps {
            return Flow::On;
        }
        let limit = self.limits.steps;
        self.stop(span, format!("evaluation takes more than {limit} steps (`limits.steps`)"))
    }

    /// Counts bytes that are printed or kept.
    fn weigh(&mut self, size: usize, span: Span) -> Flow {
        self.printed = self.printed.saturating_add(size);
        if self.printed <= self.limits.output {
            return Flow::On;
        }
        let limit = self.limits.output;
        self.stop(
            span,
            format!("the text expands to more than {limit} bytes (`limits.page_bytes`)"),
        )
    }

    fn stop(&mut self, span: Span, message: String) -> Flow {
        self.report(Diagnostic::new(LIQUID_LIMIT, span, message));
        Flow::Stop
    }

    fn report(&mut self, finding: Diagnostic) {
        if self.reported.insert((finding.code.name, finding.span, finding.message.clone())) {
            let mut trace = super::trace(&self.frames, self.frame);
            trace.extend(finding.trace.iter().copied());
            self.findings.push(finding.trace(trace));
        }
    }

    fn reading(&mut self) -> Reading<'_> {
        Reading::new(self.host, &self.scope, self.live, &mut self.reads)
    }
}

/// A node that is being evaluated.
#[derive(Clone, Copy)]
struct Site<'a> {
    source: Source<'a>,
    span: Span,
}

impl<'a> Site<'a> {
    fn text(&self, place: &Place) -> &'a str {
        &self.source.text[bytes(place)]
    }
}

/// What stands between the braces of a tag or an output.
fn inside(at: Site<'_>) -> &str {
    at.source.text[at.span.range()].trim_matches(['{', '}', '%', '-', ' ', '\t'])
}
