//! The keys of a data file with their places, read from the text of the moment.

use std::ops::Range;

use crate::source::{FileId, SourceFile};
use crate::yaml::{self, Limits, Node, Value};

/// A key of a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// The whole key, such as `variables.product.name`.
    pub(super) key: String,
    /// The bytes of its last part.
    pub(super) range: Range<usize>,
    /// Its bytes and those of its value.
    pub(super) all: Range<usize>,
    /// The keys below it.
    pub(super) below: Vec<Self>,
}

/// The keys of a YAML or JSON text, below the key of its file; none where it does not parse.
pub(super) fn keys(file_key: &str, path: &str, text: &str) -> Vec<Key> {
    if path.ends_with(".md") || path.ends_with(".markdown") {
        return Vec::new();
    }
    let mut file = SourceFile::new(path, text);
    let node = yaml::parse(&mut file, FileId(0), 0..text.len(), Limits::default()).value;
    node.map_or_else(Vec::new, |node| below(file_key, &node))
}

fn below(key: &str, node: &Node) -> Vec<Key> {
    match &node.value {
        Value::Map(entries) => {
            let entry = |entry: &yaml::Entry| {
                let key = format!("{key}.{}", entry.key);
                let range = entry.key_span.range();
                let all = range.start..entry.value.span.range().end.max(range.end);
                Key { below: below(&key, &entry.value), key, range, all }
            };
            entries.iter().map(entry).collect()
        }
        Value::List(items) => {
            let items = items.iter().enumerate();
            items.flat_map(|(number, item)| below(&format!("{key}.{number}"), item)).collect()
        }
        Value::Null | Value::Scalar(_) => Vec::new(),
    }
}

/// The key whose name stands at a byte.
pub(super) fn at(
    file_key: &str,
    path: &str,
    text: &str,
    offset: usize,
) -> Option<(String, Range<usize>)> {
    fn find(keys: &[Key], offset: usize) -> Option<(String, Range<usize>)> {
        keys.iter().find_map(|key| {
            let is_here = key.range.start <= offset && offset <= key.range.end;
            let own = is_here.then(|| (key.key.clone(), key.range.clone()));
            own.or_else(|| find(&key.below, offset))
        })
    }
    find(&keys(file_key, path, text), offset)
}

/// The place of a key in the text of its file.
pub(super) fn place(file_key: &str, path: &str, text: &str, key: &str) -> Option<Range<usize>> {
    fn find(keys: &[Key], wanted: &str) -> Option<Range<usize>> {
        keys.iter().find_map(|key| match key.key == wanted {
            true => Some(key.range.clone()),
            false => find(&key.below, wanted),
        })
    }
    find(&keys(file_key, path, text), key)
}

#[cfg(test)]
mod tests {
    use super::{at, place};

    #[test]
    fn keys_are_found_by_place_and_by_name() {
        let text = "a:\n  b: x\n  'c d': [{e: 1}]\n";
        let found = at("variables.v", "v.yml", text, text.find("e:").expect("it is there"));
        assert_eq!(found.map(|(key, _)| key).as_deref(), Some("variables.v.a.c d.0.e"));
        assert_eq!(at("variables.v", "v.yml", text, 8), None);
        let place = place("variables.v", "v.yml", text, "variables.v.a.b");
        assert_eq!(place.map(|range| &text[range]), Some("b"));
        assert_eq!(at("x", "x.md", "a: 1", 0), None);
    }
}
