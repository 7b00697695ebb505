//! Reads operands for one version or for all live ones, and notes whether the version made a difference.

use std::borrow::Cow;

use liquid_core::model::{Object, Value};

use super::condition::{Condition, Joint, Relation, Term, Test};
use super::evaluate::text_of;
use super::host::{DataValue, Global};
use super::operand::{Operand, Segment};
use super::scope::Scope;
use super::shared::Shared;
use super::value::{entry, is_equal, is_identical, is_true, item, relates};
use crate::source::Span;
use crate::variant::{VersionId, VersionSet};

/// The longest range that is made into a list; `for` counts through longer ones.
const LONGEST_LIST: i64 = 10_000;

/// The parts of an evaluation that reading needs.
pub(super) struct Reading<'r, 'a, 'l, 'c> {
    scope: &'r Scope,
    shared: &'r mut Shared<'a, 'l, 'c>,
    /// The tag that asks.
    at: Span,
    version: VersionId,
    /// Whether a value of the version was read.
    varied: bool,
    /// Bytes that comparisons have looked through.
    pub(super) work: usize,
    /// Names of versions that there are not.
    pub(super) unknown: Vec<String>,
}

impl<'r, 'a, 'l, 'c> Reading<'r, 'a, 'l, 'c>
where
    'a: 'r,
{
    /// Reads for the chosen version.
    pub(super) fn new(scope: &'r Scope, shared: &'r mut Shared<'a, 'l, 'c>, at: Span) -> Self {
        let version = shared.live.chosen();
        Self { scope, shared, at, version, varied: false, work: 0, unknown: Vec::new() }
    }

    /// The value of `operand`; the live versions are narrowed to those that have the same.
    pub(super) fn read(&mut self, operand: &'r Operand) -> Option<Cow<'r, Value>> {
        let (version, varied) = (self.version, self.varied);
        self.varied = false;
        self.version = self.shared.live.chosen();
        let chosen = self.value(operand);
        if self.varied {
            let same = self.versions_where(|reading| {
                is_identical(reading.value(operand).as_deref(), chosen.as_deref())
            });
            self.shared.live.decide(same);
        }
        (self.version, self.varied) = (version, varied);
        chosen
    }

    /// The live versions in which `condition` holds. One without terms did not parse and never holds.
    pub(super) fn versions_of(&mut self, condition: &'r Condition) -> VersionSet {
        let Some((last, others)) = condition.terms.split_last() else { return VersionSet::EMPTY };
        let mut holds = self.versions_of_term(last);
        for (term, joint) in others.iter().zip(&condition.joints).rev() {
            let own = self.versions_of_term(term);
            holds = match joint {
                Joint::And => own.and(holds),
                Joint::Or => own.or(holds),
            };
        }
        holds
    }

    /// The live versions in which `subject` equals one of `values`.
    pub(super) fn versions_equal(
        &mut self,
        subject: &'r Operand,
        values: &'r [Operand],
    ) -> VersionSet {
        self.versions_that(|reading| {
            let subject = reading.value(subject);
            values.iter().any(|value| {
                let value = reading.value(value);
                is_equal(or_nil(subject.as_deref()), or_nil(value.as_deref()))
            })
        })
    }

    fn versions_of_term(&mut self, term: &'r Term) -> VersionSet {
        let holds = match &term.test {
            Test::Release { plan, operator, release } => {
                let versions = self.shared.host.compared_versions(plan, operator, release);
                self.known(versions, plan)
            }
            Test::Named(name) => self.versions_named(name),
            Test::Truth(operand) => self.versions_true(operand),
            Test::Compare(left, relation, right) => {
                self.versions_that(|reading| reading.compare(left, *relation, right))
            }
        };
        let live = self.shared.live.versions();
        if term.negated { live.minus(holds) } else { live.and(holds) }
    }

    fn versions_true(&mut self, operand: &'r Operand) -> VersionSet {
        let named = operand
            .word()
            .filter(|word| self.scope.get(word).is_none())
            .and_then(|word| self.shared.host.named_versions(word));
        named.unwrap_or_else(|| {
            self.versions_that(|reading| is_true(reading.value(operand).as_deref()))
        })
    }

    /// A word of `ifversion`: a set of versions, or else a value.
    fn versions_named(&mut self, name: &str) -> VersionSet {
        if let Some(value) = self.scope.get(name) {
            return if is_true(Some(value)) {
                self.shared.live.versions()
            } else {
                VersionSet::EMPTY
            };
        }
        let host = self.shared.host;
        host.named_versions(name).unwrap_or_else(|| self.versions_with_global(name))
    }

    fn versions_with_global(&mut self, name: &str) -> VersionSet {
        let live = self.shared.live.versions();
        let globals =
            || live.iter().map(|version| (version, self.shared.host.global(name, version)));
        if globals().all(|(_, global)| matches!(global, Global::Undefined)) {
            return self.known(None, name);
        }
        let holds = |global: &Global<'_>| match global {
            Global::Undefined => false,
            Global::Fixed(value) => is_true(Some(value)),
            Global::Versioned(value) => is_true(Some(value)),
        };
        globals().filter(|(_, global)| holds(global)).map(|(version, _)| version).collect()
    }

    /// A set of versions, or none and a note of the name.
    fn known(&mut self, versions: Option<VersionSet>, name: &str) -> VersionSet {
        if versions.is_none() {
            self.unknown.push(name.to_owned());
        }
        versions.unwrap_or_default()
    }

    fn compare(&mut self, left: &'r Operand, relation: Relation, right: &'r Operand) -> bool {
        let (left, right) = (self.value(left), self.value(right));
        let (left, right) = (or_nil(left.as_deref()), or_nil(right.as_deref()));
        self.work += text_length(left) + text_length(right);
        relates(left, relation, right, self.shared.host.default_plan())
    }

    /// The live versions in which `holds`: asked once, unless a value of the version is read.
    fn versions_that(&mut self, holds: impl Fn(&mut Self) -> bool) -> VersionSet {
        self.varied = false;
        self.version = self.shared.live.chosen();
        let outcome = holds(self);
        if self.varied {
            return self.versions_where(holds);
        }
        if outcome { self.shared.live.versions() } else { VersionSet::EMPTY }
    }

    fn versions_where(&mut self, holds: impl Fn(&mut Self) -> bool) -> VersionSet {
        let mut versions = VersionSet::EMPTY;
        for version in self.shared.live.versions().iter() {
            self.version = version;
            if holds(self) {
                versions = versions.with(version);
            }
        }
        self.version = self.shared.live.chosen();
        versions
    }

    /// The value of `operand` in the version that is asked for.
    fn value(&mut self, operand: &'r Operand) -> Option<Cow<'r, Value>> {
        let (root, segments) = match operand {
            Operand::Literal(value) => return Some(Cow::Borrowed(value)),
            Operand::Range(ends) => return self.range(ends).map(Cow::Owned),
            Operand::Path { root, segments } => (&**root, segments.as_slice()),
        };
        if let Some(value) = self.scope.get(root) {
            return self.find(value, segments);
        }
        if let Some(steps) = operand.data_segments() {
            return self.data(steps);
        }
        if let ("forloop", [Segment::Key(key)]) = (root, segments)
            && let Some(value) = self.scope.loop_property(key)
        {
            return Some(Cow::Owned(value));
        }
        self.global(root, segments)
    }

    fn global(&mut self, root: &str, segments: &'r [Segment]) -> Option<Cow<'r, Value>> {
        let host = self.shared.host;
        match host.global(root, self.version) {
            Global::Undefined => {
                // Another version may define it.
                self.varied = true;
                None
            }
            Global::Fixed(value) => self.find(value, segments),
            Global::Versioned(value) => {
                self.varied = true;
                self.find_in(value, segments)
            }
        }
    }

    fn find_in(
        &mut self,
        value: Cow<'r, Value>,
        segments: &'r [Segment],
    ) -> Option<Cow<'r, Value>> {
        match value {
            Cow::Borrowed(value) => self.find(value, segments),
            Cow::Owned(value) if segments.is_empty() => Some(Cow::Owned(value)),
            Cow::Owned(value) => {
                self.find(&value, segments).map(|found| Cow::Owned(found.into_owned()))
            }
        }
    }

    fn find<'v>(&mut self, value: &'v Value, segments: &'r [Segment]) -> Option<Cow<'v, Value>> {
        let Some((first, rest)) = segments.split_first() else { return Some(Cow::Borrowed(value)) };
        let found = match first {
            Segment::Key(key) => entry(value, key),
            Segment::Index(index) => item(value, *index),
            Segment::Dynamic(operand) => step(value, self.value(operand).as_deref()?),
        }?;
        match found {
            Cow::Borrowed(found) => self.find(found, rest),
            Cow::Owned(found) => {
                self.find(&found, rest).map(|found| Cow::Owned(found.into_owned()))
            }
        }
    }

    fn range(&mut self, ends: &'r (Operand, Operand)) -> Option<Value> {
        let (first, last) = (self.integer(&ends.0)?, self.integer(&ends.1)?);
        let is_short = last.saturating_sub(first) < LONGEST_LIST;
        is_short.then(|| Value::array((first..=last).map(Value::scalar)))
    }

    fn integer(&mut self, operand: &'r Operand) -> Option<i64> {
        integer(self.value(operand).as_deref()?)
    }

    /// A value of the site's data. Which one must not depend on the version: the live versions are narrowed.
    fn data(&mut self, steps: &'r [Segment]) -> Option<Cow<'r, Value>> {
        let keys = self.data_keys(steps)?;
        let host = self.shared.host;
        let key = keys.join(".");
        match host.data(&key, self.shared.live) {
            DataValue::Text(source) => {
                self.shared.reads.insert(source.id);
                Some(Cow::Owned(Value::scalar(source.text.to_owned())))
            }
            DataValue::Missing => self.data_property(&keys),
            DataValue::Fixed(value, text) => {
                self.shared.reads.extend(text);
                Some(value)
            }
            collection => Some(Cow::Owned(self.collection(collection, &key))),
        }
    }

    /// `size`, `first`, `last` or an item of a value of the site's data.
    pub(super) fn data_property(&mut self, keys: &[String]) -> Option<Cow<'r, Value>> {
        let (last, keys) = keys.split_last().filter(|(_, keys)| !keys.is_empty())?;
        let host = self.shared.host;
        let key = keys.join(".");
        match host.data(&key, self.shared.live) {
            DataValue::Text(_) | DataValue::Missing => None,
            DataValue::Fixed(Cow::Borrowed(value), None) => entry(value, last),
            found => {
                let value = self.collection(found, &key);
                entry(&value, last).map(|found| Cow::Owned(found.into_owned()))
            }
        }
    }

    /// A value of the site's data with the texts in it evaluated.
    fn collection(&mut self, found: DataValue<'a>, key: &str) -> Value {
        match found {
            DataValue::Missing => Value::Nil,
            DataValue::Fixed(value, text) => {
                self.shared.reads.extend(text);
                value.into_owned()
            }
            DataValue::Text(source) => Value::scalar(text_of(self.shared, source, self.at, key)),
            DataValue::List(items) => {
                let items = items.into_iter().enumerate();
                Value::array(
                    items.map(|(number, item)| self.collection(item, &format!("{key}.{number}"))),
                )
            }
            DataValue::Map(entries) => {
                let mut object = Object::new();
                for (name, found) in entries {
                    let value = self.collection(found, &format!("{key}.{name}"));
                    object.insert(name.to_owned().into(), value);
                }
                Value::Object(object)
            }
        }
    }

    /// The parts of a data key, computed ones for the chosen version.
    pub(super) fn data_keys(&mut self, steps: &'r [Segment]) -> Option<Vec<String>> {
        let key = |segment: &'r Segment| match segment {
            Segment::Key(key) => Some(key.to_string()),
            Segment::Index(index) => Some(index.to_string()),
            Segment::Dynamic(operand) => match self.read(operand)?.as_ref() {
                Value::Scalar(scalar) => Some(scalar.clone().into_string().to_string()),
                _ => None,
            },
        };
        steps.iter().map(key).collect()
    }
}

/// The integer that a value is, or that it is written as.
pub(super) fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Scalar(scalar) => scalar.to_integer(),
        _ => None,
    }
}

fn step<'v>(value: &'v Value, key: &Value) -> Option<Cow<'v, Value>> {
    let Value::Scalar(scalar) = key else { return None };
    match (value, scalar.to_integer()) {
        (Value::Array(_), Some(index)) => item(value, index),
        _ => entry(value, scalar.clone().into_string().as_str()),
    }
}

fn or_nil(value: Option<&Value>) -> &Value {
    value.unwrap_or(&Value::Nil)
}

fn text_length(value: &Value) -> usize {
    use liquid_core::model::ValueView;
    match value {
        Value::Scalar(scalar) => scalar.to_kstr().len(),
        Value::Array(items) => items.len(),
        _ => 0,
    }
}
