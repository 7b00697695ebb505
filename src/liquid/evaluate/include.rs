//! Data references, includes and the host's tags: what brings other texts in.

use liquid_core::model::{Value, ValueView};

use super::{Evaluator, Site, inside};
use crate::diagnostic::codes::{
    DATA_CYCLE, DATA_NOT_TEXT, LIQUID_LIMIT, UNKNOWN_DATA, UNKNOWN_INCLUDE,
};
use crate::diagnostic::{Diagnostic, HINTED};
use crate::liquid::Frame;
use crate::liquid::host::{Advice, DataValue, Source, TagCall, TagFault};
use crate::liquid::node::Node;
use crate::liquid::operand::Segment;
use crate::liquid::shared::Flow;
use crate::liquid::sink::Indent;
use crate::source::{Span, TextId};

impl<'a> Evaluator<'_, 'a, '_, '_> {
    /// `{% data key %}`.
    pub(super) fn data(&mut self, at: Site<'a>, key: &str) -> Flow {
        let host = self.shared.host;
        match host.data(key, self.shared.live) {
            DataValue::Text(source) => self.included(at.span, source, key),
            DataValue::Fixed(value, text) => {
                self.shared.reads.extend(text);
                self.data_value(at, key, &value)
            }
            DataValue::List(_) => self.not_text(at, key, "list"),
            DataValue::Map(_) => self.not_text(at, key, "map"),
            DataValue::Missing => self.unknown_data(at, key),
        }
    }

    /// `{{ site.data.key }}`: the same, but a path can also lead into a list.
    pub(super) fn data_path(&mut self, at: Site<'a>, steps: &'a [Segment]) -> Flow {
        let Some(keys) = self.reading(at).data_keys(steps) else {
            return self.unknown_data(at, inside(at));
        };
        let key = keys.join(".");
        let host = self.shared.host;
        if !matches!(host.data(&key, self.shared.live), DataValue::Missing) {
            return self.data(at, &key);
        }
        match self.reading(at).data_property(&keys).map(std::borrow::Cow::into_owned) {
            Some(value) => self.data_value(at, &key, &value),
            None => self.unknown_data(at, &key),
        }
    }

    /// `{% indented_data_reference key spaces=n %}`: every line of the reference is indented.
    pub(super) fn indented(&mut self, at: Site<'a>, key: &str, spaces: usize) -> Flow {
        let indent = Indent { spaces, tag: at.span, at_line_start: true };
        let around = self.sink.set_indent(Some(indent));
        let flow = self.data(at, key);
        let inner = self.sink.set_indent(None);
        // Lines go on as the reference left them.
        let at_line_start = inner.is_some_and(|indent| indent.at_line_start);
        self.sink.set_indent(around.map(|around| Indent { at_line_start, ..around }));
        flow
    }

    /// `{% include name %}`.
    pub(super) fn include(&mut self, at: Site<'a>, name: &str) -> Flow {
        let host = self.shared.host;
        match host.include(name) {
            Some(source) => self.included(at.span, source, name),
            None => {
                let message = format!("there is no include `{name}`");
                self.shared.report(Diagnostic::new(UNKNOWN_INCLUDE, at.span, message));
                Flow::On
            }
        }
    }

    /// A tag that the host answers.
    pub(super) fn host_tag(&mut self, at: Site<'a>, name: &'a str, arguments: &'a [Node]) -> Flow {
        let (arguments, flow) = self.captured(|evaluator| evaluator.run(at.source, arguments));
        if flow != Flow::On {
            return flow;
        }
        let depth = self.shared.inclusions.len() - 1;
        let hinted = self.shared.findings.len() < HINTED;
        let advice = if hinted { Advice::Wanted } else { Advice::Unwanted };
        let arguments = arguments.trim();
        let call = TagCall { name, arguments, span: at.span, depth, advice };
        let host = self.shared.host;
        match host.tag(call, self.shared.live) {
            Ok(output) => {
                self.shared.reads.extend(output.reads);
                output.diagnostics.into_iter().for_each(|finding| self.report_through(at, finding));
                self.print(&output.text, at.span)
            }
            Err(TagFault { code, message, hints }) => {
                self.shared.report(Diagnostic { hints, ..Diagnostic::new(code, at.span, message) });
                Flow::On
            }
        }
    }

    /// A finding inside a text that a tag brought in.
    pub(super) fn report_through(&mut self, at: Site<'a>, mut finding: Diagnostic) {
        finding.trace.insert(0, at.span);
        self.shared.report(finding);
    }

    /// Evaluates another text where the tag stands.
    pub(super) fn included(&mut self, at: Span, source: Source<'a>, key: &str) -> Flow {
        self.shared.reads.insert(source.id);
        if !self.may_include(at, source, key) {
            return Flow::On;
        }
        let around = self.shared.frame;
        self.shared.frames.push(Frame { tag: at, parent: around });
        self.shared.frame = u32::try_from(self.shared.frames.len() - 1).ok();
        self.shared.inclusions.push((source.id, key.to_owned()));
        let watch = self.shared.meter.start();
        let flow = self.run(source, &source.template.nodes);
        self.shared.meter.stop(source.id, watch);
        self.shared.inclusions.pop();
        self.shared.frame = around;
        flow
    }

    fn may_include(&mut self, at: Span, source: Source<'a>, key: &str) -> bool {
        let known = self.shared.inclusions.iter().position(|(text, _)| *text == source.id);
        let finding = if let Some(known) = known {
            let message = format!("`{}`", chain(&self.shared.inclusions[known..], key));
            Diagnostic::new(DATA_CYCLE, at, message + " is a cycle of references")
        } else if self.shared.inclusions.len() > self.shared.limits.depth {
            let limit = self.shared.limits.depth;
            let message =
                format!("`{key}`: references nest deeper than {limit} (`limits.data_depth`)");
            Diagnostic::new(LIQUID_LIMIT, at, message)
        } else {
            return true;
        };
        self.shared.report(finding);
        false
    }

    fn data_value(&mut self, at: Site<'a>, key: &str, value: &Value) -> Flow {
        match value {
            Value::Array(_) => self.not_text(at, key, "list"),
            Value::Object(_) => self.not_text(at, key, "map"),
            _ => self.print(&value.to_kstr(), at.span),
        }
    }

    fn not_text(&mut self, at: Site<'a>, key: &str, kind: &str) -> Flow {
        let message = format!("`{key}` is a {kind}, which cannot be printed");
        self.shared.report(Diagnostic::new(DATA_NOT_TEXT, at.span, message));
        Flow::On
    }

    fn unknown_data(&mut self, at: Site<'a>, key: &str) -> Flow {
        let finding = Diagnostic::new(UNKNOWN_DATA, at.span, format!("`{key}` is not defined"));
        let asked = Some(key).filter(|_| self.shared.findings.len() < HINTED);
        let finding = match asked.and_then(|key| self.shared.host.data_hint(key)) {
            Some(hint) => finding.hint(hint),
            None => finding,
        };
        self.shared.report(finding);
        Flow::On
    }
}

/// The keys of a cycle. A text that nothing referred to is named by the reference that leads back to it.
fn chain(inclusions: &[(TextId, String)], key: &str) -> String {
    let keys = inclusions.iter().map(|(_, own)| if own.is_empty() { key } else { own });
    keys.chain([key]).collect::<Vec<_>>().join(" → ")
}
