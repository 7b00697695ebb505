//! Walks a template and prints it, for all live versions at once, within limits.

mod block;
mod include;
mod output;

use super::host::{Host, Live, Source};
use super::node::{Kind, Node, Place, bytes};
use super::reading::Reading;
use super::scope::Scope;
use super::shared::{Flow, Shared};
use super::sink::Sink;
use super::{Expansion, Limits};
use crate::diagnostic::Checked;
use crate::source::Span;
use crate::timing::Meter;

/// The expansion of `source` for the versions that stay in `live`.
pub(super) fn expansion<'a>(
    source: Source<'a>,
    host: &'a dyn Host,
    live: &mut Live,
    limits: &Limits,
    meter: &mut Meter<'_>,
) -> Checked<Expansion> {
    let mut shared = Shared::new(source, host, live, limits, meter);
    let mut evaluator = Evaluator::new(&mut shared);
    evaluator.run(source, &source.template.nodes);
    let Sink { text, segments, .. } = evaluator.sink;
    let Shared { reads, frames, findings, .. } = shared;
    let expansion = Expansion { text, segments, frames, reads: reads.into_iter().collect() };
    Checked { value: expansion, diagnostics: findings }
}

/// The text of `source` with names of its own, asked for by the tag `at` under `key`.
pub(super) fn text_of<'a>(
    shared: &mut Shared<'a, '_, '_>,
    source: Source<'a>,
    at: Span,
    key: &str,
) -> String {
    let mut evaluator = Evaluator::new(shared);
    evaluator.included(at, source, key);
    evaluator.sink.text
}

/// One text with what it named itself and what it printed.
struct Evaluator<'s, 'a, 'l, 'c> {
    shared: &'s mut Shared<'a, 'l, 'c>,
    scope: Scope,
    sink: Sink,
}

impl<'s, 'a, 'l, 'c> Evaluator<'s, 'a, 'l, 'c> {
    fn new(shared: &'s mut Shared<'a, 'l, 'c>) -> Self {
        Self { shared, scope: Scope::default(), sink: Sink::default() }
    }

    /// Reads operands for the node `at`.
    fn reading(&mut self, at: Site<'a>) -> Reading<'_, 'a, 'l, 'c> {
        Reading::new(&self.scope, self.shared, at.span)
    }
}

impl<'a> Evaluator<'_, 'a, '_, '_> {
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
        if self.shared.work(1, span) == Flow::Stop {
            return Flow::Stop;
        }
        let at = Site { source, span };
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
        let flow = self.shared.weigh(text.len(), span);
        if flow == Flow::On {
            self.sink.print(text, span, self.shared.frame);
        }
        flow
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
