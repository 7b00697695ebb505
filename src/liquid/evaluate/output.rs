//! `{{ … }}`, assignments and filters.

use std::mem;

use liquid_core::model::{Value, ValueView};

use super::{Evaluator, Flow, Site, inside};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::{BAD_VALUE, DATA_NOT_TEXT, UNDEFINED_VALUE, UNKNOWN_FILTER};
use crate::liquid::expression::{Expression, FilterCall};
use crate::liquid::filter::{Application, FilterFault};
use crate::liquid::operand::{Operand, Segment};
use crate::liquid::sink::Sink;
use crate::liquid::value::{has_map, weight};

/// What `date` costs: the crate compiles a regular expression each time.
const DATE_STEPS: usize = 50;

impl<'a> Evaluator<'a, '_, '_> {
    /// `{{ expression }}`.
    pub(super) fn output(&mut self, at: Site<'a>, expression: &'a Expression) -> Flow {
        if let (Some(steps), []) = (expression.operand.data_segments(), &*expression.filters) {
            return self.data_path(at, steps);
        }
        match self.value(at, expression) {
            Err(flow) => flow,
            Ok(Some(value)) if has_map(&value) => {
                let message = format!("`{}` is or has a map, which cannot be printed", inside(at));
                self.report(Diagnostic::new(DATA_NOT_TEXT, at.span, message));
                Flow::On
            }
            Ok(Some(value)) => self.print(&value.to_kstr(), at.span),
            Ok(None) => {
                let message = format!("`{}` is not defined", inside(at));
                self.report(Diagnostic::new(UNDEFINED_VALUE, at.span, message));
                Flow::On
            }
        }
    }

    /// `{% assign name = expression %}`. What is not defined takes the name away.
    pub(super) fn assign(&mut self, at: Site<'a>, name: &str, expression: &'a Expression) -> Flow {
        match self.value(at, expression) {
            Err(flow) => flow,
            Ok(value) => {
                let flow = self.weigh(value.as_ref().map_or(0, weight), at.span);
                self.scope.assign(name, value);
                flow
            }
        }
    }

    /// The value of an expression; nothing where it is not defined.
    fn value(&mut self, at: Site<'a>, expression: &'a Expression) -> Result<Option<Value>, Flow> {
        let mut value = match expression.operand.data_segments() {
            Some(steps) => self.rendered(at, steps, &expression.operand)?,
            None => self.read(&expression.operand),
        };
        for filter in &expression.filters {
            if value.is_none() && *filter.name != *"default" {
                return Ok(None);
            }
            let input = value.unwrap_or(Value::Nil);
            value = Some(self.filtered(at, filter, input)?);
        }
        Ok(value)
    }

    fn read(&mut self, operand: &'a Operand) -> Option<Value> {
        self.reading().read(operand).map(std::borrow::Cow::into_owned)
    }

    /// A value of the site's data: a text is evaluated, as `{% data %}` does.
    fn rendered(
        &mut self,
        at: Site<'a>,
        steps: &'a [Segment],
        operand: &'a Operand,
    ) -> Result<Option<Value>, Flow> {
        let value = self.read(operand);
        if !matches!(value, Some(Value::Scalar(_))) {
            return Ok(value);
        }
        let (text, flow) = self.captured(|evaluator| evaluator.data_path(at, steps));
        if flow == Flow::Stop { Err(flow) } else { Ok(Some(Value::scalar(text))) }
    }

    /// What `work` prints, as a text.
    pub(super) fn captured(&mut self, work: impl FnOnce(&mut Self) -> Flow) -> (String, Flow) {
        let around = mem::take(&mut self.sink);
        let flow = work(self);
        let Sink { text, .. } = mem::replace(&mut self.sink, around);
        (text, flow)
    }

    fn filtered(
        &mut self,
        at: Site<'a>,
        filter: &'a FilterCall,
        input: Value,
    ) -> Result<Value, Flow> {
        let application = Application {
            name: &filter.name,
            input: &input,
            positional: filter.positional.iter().map(|value| self.argument(value)).collect(),
            named: filter
                .named
                .iter()
                .map(|(name, value)| (&**name, self.argument(value)))
                .collect(),
        };
        let size = weight(&input);
        let result = match application.result(self.limits.output) {
            Ok(result) => result,
            Err(fault) => return self.filter_fault(at, &filter.name, fault),
        };
        // A filter looks through all of its input: large values cost as much as many small ones.
        let steps = (size >> 10) + if *filter.name == *"date" { DATE_STEPS } else { 0 };
        let paid = self.work(steps, at.span);
        let kept = self.weigh(weight(&result), at.span);
        if paid == Flow::Stop || kept == Flow::Stop { Err(Flow::Stop) } else { Ok(result) }
    }

    fn argument(&mut self, operand: &'a Operand) -> Value {
        self.read(operand).unwrap_or(Value::Nil)
    }

    fn filter_fault(
        &mut self,
        at: Site<'a>,
        name: &str,
        fault: FilterFault,
    ) -> Result<Value, Flow> {
        let finding = match fault {
            FilterFault::Size => {
                let message = format!(
                    "`{name}` makes a value larger than a page may be (`limits.page_bytes`)"
                );
                return Err(self.stop(at.span, message));
            }
            FilterFault::Clock => {
                let message = "`date` of the current time differs from build to build";
                Diagnostic::new(BAD_VALUE, at.span, message).hint("write the date itself")
            }
            FilterFault::Values(reason) => {
                let message = format!("`{name}` cannot be applied: {reason}");
                Diagnostic::new(UNKNOWN_FILTER, at.span, message)
            }
        };
        self.report(finding);
        Err(Flow::On)
    }
}
