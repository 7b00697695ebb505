//! What one evaluation shares with those inside it: the world, the limits, what is used up, read and found.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::host::{Host, Live, Source};
use super::{Frame, Limits};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::LIQUID_LIMIT;
use crate::source::{Span, TextId};
use crate::timing::Meter;

/// How evaluation goes on behind a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    On,
    /// The innermost loop ends.
    Break,
    /// The innermost loop goes on with its next item.
    Continue,
    /// A limit is reached: everything ends.
    Stop,
}

/// Shared by the evaluation of a text and those of the texts that it asks for.
pub(super) struct Shared<'a, 'l, 'c> {
    pub(super) host: &'a dyn Host,
    pub(super) limits: Limits,
    pub(super) live: &'l mut Live,
    pub(super) meter: &'l mut Meter<'c>,
    pub(super) reads: IndexSet<TextId>,
    pub(super) frames: Vec<Frame>,
    pub(super) frame: Option<u32>,
    /// The texts that are being evaluated, outermost first, with the keys that led to them.
    pub(super) inclusions: Vec<(TextId, String)>,
    /// Blocks around the node, also those around the inclusions that led to it.
    pub(super) nesting: usize,
    pub(super) findings: Vec<Diagnostic>,
    steps: usize,
    printed: usize,
    /// Whether a limit is reached. It is reported once.
    stopped: bool,
    /// What was reported: a loop must not report the same place twice.
    reported: HashSet<(&'static str, Span, String)>,
}

impl<'a, 'l, 'c> Shared<'a, 'l, 'c> {
    /// At the beginning of the evaluation of `source`.
    pub(super) fn new(
        source: Source<'a>,
        host: &'a dyn Host,
        live: &'l mut Live,
        limits: &Limits,
        meter: &'l mut Meter<'c>,
    ) -> Self {
        Self {
            host,
            limits: *limits,
            live,
            meter,
            reads: IndexSet::new(),
            frames: Vec::new(),
            frame: None,
            inclusions: vec![(source.id, String::new())],
            nesting: 0,
            findings: Vec::new(),
            steps: 0,
            printed: 0,
            stopped: false,
            reported: HashSet::new(),
        }
    }

    /// Counts steps.
    pub(super) fn work(&mut self, steps: usize, span: Span) -> Flow {
        self.steps = self.steps.saturating_add(steps);
        if self.steps <= self.limits.steps && !self.stopped {
            return Flow::On;
        }
        let limit = self.limits.steps;
        self.stop(span, format!("evaluation takes more than {limit} steps (`limits.steps`)"))
    }

    /// Counts bytes that are printed or kept.
    pub(super) fn weigh(&mut self, size: usize, span: Span) -> Flow {
        self.printed = self.printed.saturating_add(size);
        if self.printed <= self.limits.output && !self.stopped {
            return Flow::On;
        }
        let limit = self.limits.output;
        self.stop(
            span,
            format!("the text expands to more than {limit} bytes (`limits.page_bytes`)"),
        )
    }

    /// Ends everything, as a limit is reached.
    pub(super) fn stop(&mut self, span: Span, message: String) -> Flow {
        if !self.stopped {
            self.stopped = true;
            self.report(Diagnostic::new(LIQUID_LIMIT, span, message));
        }
        Flow::Stop
    }

    /// Keeps a finding, with the inclusions that led to its place.
    pub(super) fn report(&mut self, finding: Diagnostic) {
        if self.reported.insert((finding.code.name, finding.span, finding.message.clone())) {
            let mut trace = super::trace(&self.frames, self.frame);
            trace.extend(finding.trace.iter().copied());
            self.findings.push(finding.trace(trace));
        }
    }
}
