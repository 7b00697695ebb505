//! How values compare, and how one is found inside another. Only `nil` and `false` are false.

use std::borrow::Cow;
use std::cmp::Ordering;

use liquid_core::model::{ScalarCow, State, Value, ValueView};

use super::condition::Relation;
use crate::variant::compare_versions;

/// Whether a condition holds for `value`.
pub(super) fn is_true(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Nil) => false,
        Some(Value::Scalar(scalar)) => scalar.to_bool() != Some(false),
        Some(_) => true,
    }
}

/// Whether two values are the same in every respect, so that nothing can come out otherwise.
pub(super) fn is_identical(left: Option<&Value>, right: Option<&Value>) -> bool {
    match (left, right) {
        (None, None) | (Some(Value::Nil), Some(Value::Nil)) => true,
        (Some(Value::Scalar(left)), Some(Value::Scalar(right))) => {
            left.type_name() == right.type_name() && left.to_kstr() == right.to_kstr()
        }
        (Some(Value::Array(left)), Some(Value::Array(right))) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| is_identical(Some(left), Some(right)))
        }
        (Some(Value::Object(left)), Some(Value::Object(right))) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(key, value)| is_identical(Some(value), right.get(key.as_str())))
        }
        (Some(Value::State(left)), Some(Value::State(right))) => left == right,
        _ => false,
    }
}

/// Whether two values are related so. A missing value is `nil`.
pub(super) fn relates(left: &Value, relation: Relation, right: &Value, plan: &str) -> bool {
    let order = |accepted: fn(Ordering) -> bool| order(left, right).is_some_and(accepted);
    match relation {
        Relation::Equal => is_equal(left, right),
        Relation::Unequal => !is_equal(left, right),
        Relation::Less => order(Ordering::is_lt),
        Relation::Greater => order(Ordering::is_gt),
        Relation::LessOrEqual => order(Ordering::is_le),
        Relation::GreaterOrEqual => order(Ordering::is_ge),
        Relation::Contains => contains(left, right),
        Relation::NewerRelease => releases(left, right, plan) == Some(Ordering::Greater),
        Relation::OlderRelease => releases(left, right, plan) == Some(Ordering::Less),
    }
}

/// Whether `left == right`.
pub(super) fn is_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Nil, Value::Nil) => true,
        (Value::State(state), value) | (value, Value::State(state)) => has_state(value, *state),
        (Value::Scalar(left), Value::Scalar(right)) => scalars_are_equal(left, right),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(l, r)| is_equal(l, r))
        }
        (Value::Object(_), Value::Object(_)) => is_identical(Some(left), Some(right)),
        _ => false,
    }
}

fn has_state(value: &Value, state: State) -> bool {
    match (state, value) {
        (_, Value::State(other)) => *other == state,
        (State::Blank, Value::Nil) => true,
        (State::Blank, Value::Scalar(scalar)) if is_text(scalar) => {
            scalar.to_kstr().trim().is_empty()
        }
        (State::Blank, Value::Scalar(scalar)) => scalar.to_bool() == Some(false),
        (State::Empty, Value::Scalar(scalar)) => is_text(scalar) && scalar.to_kstr().is_empty(),
        (State::Blank | State::Empty, Value::Array(items)) => items.is_empty(),
        (State::Blank | State::Empty, Value::Object(object)) => object.is_empty(),
        _ => false,
    }
}

fn is_text(scalar: &ScalarCow<'_>) -> bool {
    scalar.type_name() == "string"
}

fn scalars_are_equal(left: &ScalarCow<'_>, right: &ScalarCow<'_>) -> bool {
    match (is_text(left), is_text(right)) {
        (true, true) => left.to_kstr() == right.to_kstr(),
        (false, false) => match (left.to_float(), right.to_float()) {
            (Some(left), Some(right)) => left == right,
            _ => left.type_name() == right.type_name() && left.to_kstr() == right.to_kstr(),
        },
        _ => false,
    }
}

fn order(left: &Value, right: &Value) -> Option<Ordering> {
    let (Value::Scalar(left), Value::Scalar(right)) = (left, right) else { return None };
    if is_text(left) && is_text(right) {
        return Some(left.to_kstr().cmp(&right.to_kstr()));
    }
    left.to_float()?.partial_cmp(&right.to_float()?)
}

fn contains(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (_, Value::Nil) => false,
        (Value::Array(items), item) => items.iter().any(|own| is_equal(own, item)),
        (Value::Object(object), key) => object.contains_key(key.to_kstr().as_str()),
        (Value::Scalar(text), part) if is_text(text) => {
            text.to_kstr().contains(part.to_kstr().as_str())
        }
        _ => false,
    }
}

fn releases(left: &Value, right: &Value, plan: &str) -> Option<Ordering> {
    match (left, right) {
        (Value::Scalar(left), Value::Scalar(right)) => {
            compare_versions(&left.to_kstr(), &right.to_kstr(), plan)
        }
        _ => None,
    }
}

/// The entry `key` of a map, or a property that lists, maps and strings have.
pub(super) fn entry<'v>(value: &'v Value, key: &str) -> Option<Cow<'v, Value>> {
    match (value, key) {
        (Value::Object(object), key) if object.contains_key(key) => {
            object.get(key).map(Cow::Borrowed)
        }
        (Value::Array(items), "first") => items.first().map(Cow::Borrowed),
        (Value::Array(items), "last") => items.last().map(Cow::Borrowed),
        (Value::Array(items), key) if key.parse::<i64>().is_ok() => {
            item(value, key.parse().ok()?).filter(|_| !items.is_empty())
        }
        (value, "size") => size(value).map(|size| Cow::Owned(Value::scalar(size))),
        _ => None,
    }
}

/// The item at `index` of a list, from the end where it is negative; or the entry of a map of that name.
pub(super) fn item(value: &Value, index: i64) -> Option<Cow<'_, Value>> {
    match value {
        Value::Array(items) => {
            let index = if index < 0 { index + i64::try_from(items.len()).ok()? } else { index };
            items.get(usize::try_from(index).ok()?).map(Cow::Borrowed)
        }
        Value::Object(object) => object.get(index.to_string().as_str()).map(Cow::Borrowed),
        _ => None,
    }
}

fn size(value: &Value) -> Option<i64> {
    let size = match value {
        Value::Array(items) => items.len(),
        Value::Object(object) => object.len(),
        Value::Scalar(text) if is_text(text) => text.to_kstr().chars().count(),
        _ => return None,
    };
    i64::try_from(size).ok()
}

/// Whether there is a map in `value`. Maps have no order, so that their text would differ from run to run.
pub(super) fn has_map(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => items.iter().any(has_map),
        _ => false,
    }
}

/// About how many bytes a value takes, for the limits.
pub(super) fn weight(value: &Value) -> usize {
    match value {
        Value::Scalar(text) if is_text(text) => text.to_kstr().len(),
        Value::Array(items) => items.iter().map(|item| 16 + weight(item)).sum(),
        Value::Object(object) => {
            object.iter().map(|(key, item)| 16 + key.len() + weight(item)).sum()
        }
        _ => 8,
    }
}
