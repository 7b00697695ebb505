//! Blocks: choices, loops, captures and the site's own.

use std::collections::BTreeMap;
use std::mem;

use liquid_core::model::Value;

use super::{Evaluator, Flow, Site};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::{LIQUID_LIMIT, UNDEFINED_VALUE};
use crate::liquid::condition::Condition;
use crate::liquid::node::{Arm, For, Guard, Opening, Place};
use crate::liquid::operand::Operand;
use crate::liquid::reading::integer;
use crate::liquid::scope::Loop;

/// What a loop goes through.
enum Items {
    List(Vec<Value>),
    Range(i64),
}

impl<'a> Evaluator<'a, '_, '_> {
    /// A block, unless it nests too deep.
    pub(super) fn block(&mut self, at: Site<'a>, opening: &'a Opening, arms: &'a [Arm]) -> Flow {
        if self.nesting >= self.limits.nesting {
            let limit = self.limits.nesting;
            let message = format!("blocks nest deeper than {limit} (`limits.liquid_nesting`)");
            self.report(Diagnostic::new(LIQUID_LIMIT, at.span, message));
            return Flow::On;
        }
        self.nesting += 1;
        let flow = match opening {
            Opening::If => self.choose(at, None, arms),
            Opening::Case(subject) => self.choose(at, Some(subject), arms),
            Opening::For(opening) => self.repeat(at, opening, arms),
            Opening::Capture(name) => self.capture(at, name, arms),
            Opening::Wrapped { name, arguments } => self.wrapped(at, name, arguments, arms),
        };
        self.nesting -= 1;
        flow
    }

    /// The first part whose guard holds.
    fn choose(&mut self, at: Site<'a>, subject: Option<&'a Operand>, arms: &'a [Arm]) -> Flow {
        for arm in arms {
            match self.is_taken(at, subject, &arm.guard) {
                Err(flow) => return flow,
                Ok(true) => return self.run(at.source, &arm.body),
                Ok(false) => {}
            }
        }
        Flow::On
    }

    /// Whether a part is taken; the live versions are narrowed to those that answer alike.
    fn is_taken(
        &mut self,
        at: Site<'a>,
        subject: Option<&'a Operand>,
        guard: &'a Guard,
    ) -> Result<bool, Flow> {
        Ok(match guard {
            Guard::When(condition) => self.holds(at, condition)?,
            Guard::Unless(condition) => !self.holds(at, condition)?,
            Guard::Values(values) => {
                let holds = subject.map(|subject| self.reading().versions_equal(subject, values));
                self.live.decide(holds.unwrap_or_default())
            }
            Guard::Content | Guard::Else => true,
            Guard::Never => false,
        })
    }

    fn holds(&mut self, at: Site<'a>, condition: &'a Condition) -> Result<bool, Flow> {
        let mut reading = self.reading();
        let holds = reading.versions_of(condition);
        let (work, unknown) = (reading.work, mem::take(&mut reading.unknown));
        for name in unknown {
            let message = format!("`{name}` is no plan and no feature");
            self.report(Diagnostic::new(UNDEFINED_VALUE, at.span, message));
        }
        let outcome = self.live.decide(holds);
        if self.work(work >> 10, at.span) == Flow::Stop { Err(Flow::Stop) } else { Ok(outcome) }
    }

    fn repeat(&mut self, at: Site<'a>, opening: &'a For, arms: &'a [Arm]) -> Flow {
        let body = arms.iter().find(|arm| matches!(arm.guard, Guard::Content));
        let otherwise = arms.iter().find(|arm| matches!(arm.guard, Guard::Else));
        let (items, length) = self.items(&opening.items);
        if let Items::List(items) = &items
            && self.work(items.len() >> 4, at.span) == Flow::Stop
        {
            return Flow::Stop;
        }
        let offset = self.count(opening.offset.as_ref()).unwrap_or(0).min(length);
        let limit = self.count(opening.limit.as_ref()).unwrap_or(length).min(length - offset);
        match body {
            Some(body) if limit > 0 => {
                self.run_loop(at, opening, body, Selection { items, offset, limit })
            }
            _ => otherwise.map_or(Flow::On, |arm| self.run(at.source, &arm.body)),
        }
    }

    fn run_loop(
        &mut self,
        at: Site<'a>,
        opening: &'a For,
        body: &'a Arm,
        mut selection: Selection,
    ) -> Flow {
        let variable: Box<str> = at.text(&opening.variable).into();
        let length = selection.limit;
        self.scope.enter(Loop { variable, item: Value::Nil, index: 0, length });
        let mut flow = Flow::On;
        for index in 0..length {
            let position = if opening.reversed { length - 1 - index } else { index };
            let item = selection.take(position);
            if let Some(running) = self.scope.innermost() {
                (running.item, running.index) = (item, index);
            }
            flow = self.work(1, at.span);
            if flow == Flow::On {
                flow = self.run(at.source, &body.body);
            }
            if matches!(flow, Flow::Break | Flow::Stop) {
                break;
            }
        }
        self.scope.leave();
        if flow == Flow::Stop { Flow::Stop } else { Flow::On }
    }

    /// What an operand has to go through, and how much of it.
    fn items(&mut self, operand: &'a Operand) -> (Items, usize) {
        if let Operand::Range(ends) = operand {
            let first = self.integer(&ends.0);
            let last = self.integer(&ends.1);
            if let (Some(first), Some(last)) = (first, last) {
                let length = last.saturating_sub(first).saturating_add(1).max(0);
                return (Items::Range(first), usize::try_from(length).unwrap_or(usize::MAX));
            }
        }
        let items = match self.reading().read(operand).map(std::borrow::Cow::into_owned) {
            Some(Value::Array(items)) => items,
            Some(Value::Object(object)) => {
                // Maps have no order of their own.
                let sorted: BTreeMap<_, _> = object.into_iter().collect();
                let pair = |(key, value)| Value::array([Value::scalar(key), value]);
                sorted.into_iter().map(pair).collect()
            }
            Some(Value::Nil | Value::State(_)) | None => Vec::new(),
            Some(scalar) => vec![scalar],
        };
        let length = items.len();
        (Items::List(items), length)
    }

    fn integer(&mut self, operand: &'a Operand) -> Option<i64> {
        self.reading().read(operand).as_deref().and_then(integer)
    }

    fn count(&mut self, operand: Option<&'a Operand>) -> Option<usize> {
        self.integer(operand?).map(|count| usize::try_from(count).unwrap_or(0))
    }

    fn capture(&mut self, at: Site<'a>, name: &Place, arms: &'a [Arm]) -> Flow {
        let (text, flow) = self.captured(|evaluator| evaluator.bodies(at, arms));
        self.scope.assign(at.text(name), Some(Value::scalar(text)));
        flow
    }

    fn wrapped(&mut self, at: Site<'a>, name: &Place, arguments: &Place, arms: &'a [Arm]) -> Flow {
        let host = self.host;
        let (before, behind) = host.block(at.text(name), at.text(arguments));
        if self.print(&before, at.span) == Flow::Stop {
            return Flow::Stop;
        }
        let flow = self.bodies(at, arms);
        if self.print(&behind, at.span) == Flow::Stop { Flow::Stop } else { flow }
    }

    fn bodies(&mut self, at: Site<'a>, arms: &'a [Arm]) -> Flow {
        arms.first().map_or(Flow::On, |arm| self.run(at.source, &arm.body))
    }
}

/// The part of a list or range that a loop goes through.
struct Selection {
    items: Items,
    offset: usize,
    limit: usize,
}

impl Selection {
    /// The item at `position` of the part; each is asked for once.
    fn take(&mut self, position: usize) -> Value {
        match &mut self.items {
            Items::List(items) => {
                items.get_mut(self.offset + position).map_or(Value::Nil, mem::take)
            }
            Items::Range(first) => {
                let distance = i64::try_from(self.offset + position).unwrap_or(i64::MAX);
                Value::scalar(first.saturating_add(distance))
            }
        }
    }
}
