//! What a template has named itself: assigned values, captured texts, loop variables, counters.

use std::collections::BTreeMap;

use liquid_core::model::Value;

/// The names of one evaluation. Assignments last; loop variables end with their loop.
#[derive(Debug, Default)]
pub(super) struct Scope {
    assigned: BTreeMap<Box<str>, Value>,
    loops: Vec<Loop>,
    counters: BTreeMap<Box<str>, i64>,
}

/// A loop that is running.
#[derive(Debug)]
pub(super) struct Loop {
    pub(super) variable: Box<str>,
    pub(super) item: Value,
    /// Position of the item, from 0.
    pub(super) index: usize,
    pub(super) length: usize,
}

impl Scope {
    /// The value that the template gave this name.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        let running = self.loops.iter().rev().find(|running| *running.variable == *name);
        running.map(|running| &running.item).or_else(|| self.assigned.get(name))
    }

    /// Gives `name` a value, or takes it away.
    pub(super) fn assign(&mut self, name: &str, value: Option<Value>) {
        match value {
            Some(value) => self.assigned.insert(name.into(), value),
            None => self.assigned.remove(name),
        };
    }

    /// Begins a loop.
    pub(super) fn enter(&mut self, running: Loop) {
        self.loops.push(running);
    }

    /// Ends the innermost loop.
    pub(super) fn leave(&mut self) {
        self.loops.pop();
    }

    /// The innermost loop.
    pub(super) fn innermost(&mut self) -> Option<&mut Loop> {
        self.loops.last_mut()
    }

    /// A property of the innermost loop, such as `forloop.first`.
    pub(super) fn loop_property(&self, name: &str) -> Option<Value> {
        let running = self.loops.last()?;
        let left = running.length.saturating_sub(running.index);
        let count = |count: usize| Value::scalar(i64::try_from(count).unwrap_or(i64::MAX));
        Some(match name {
            "index" => count(running.index + 1),
            "index0" => count(running.index),
            "rindex" => count(left),
            "rindex0" => count(left.saturating_sub(1)),
            "first" => Value::scalar(running.index == 0),
            "last" => Value::scalar(left <= 1),
            "length" => count(running.length),
            _ => return None,
        })
    }

    /// Moves a counter; what it prints is its value before it grows, or after it shrinks.
    pub(super) fn count(&mut self, name: &str, step: i64) -> i64 {
        let counter = self.counters.entry(name.into()).or_default();
        let before = *counter;
        *counter = counter.saturating_add(step);
        if step > 0 { before } else { *counter }
    }
}
