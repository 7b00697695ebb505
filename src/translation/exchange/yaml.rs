//! Texts that are put into YAML and JSON as they are written: in the place of others, and where there was none.

use std::ops::Range;

use super::scalar;
use crate::source::{FileId, SourceFile, Splice, spliced};
use crate::yaml::{self, Entry, Limits, Node, Value};

/// A step from a list or map to what is in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Item(usize),
}

/// A text, and the way to its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) path: Vec<Step>,
    pub(super) value: String,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    Yaml,
    Json,
}

/// A part of a file that is YAML or JSON, read on its own.
pub(super) struct Tree {
    file: SourceFile,
    range: Range<usize>,
    root: Option<Node>,
    notation: Notation,
}

impl Tree {
    /// Reads a part of a file; nothing where it does not parse.
    pub(super) fn read(text: &str, range: Range<usize>, notation: Notation) -> Option<Self> {
        let mut file = SourceFile::new("", text);
        let parsed = yaml::parse(&mut file, FileId(0), range.clone(), Limits::default());
        let root = parsed.value;
        parsed.diagnostics.is_empty().then_some(Self { file, range, root, notation })
    }

    /// The way to the scalar that was read as the text with this index of its file.
    pub(super) fn path(&self, index: u32) -> Option<Vec<Step>> {
        let mut path = Vec::new();
        let root = self.root.as_ref()?;
        way(root, index, &mut path).then_some(path)
    }

    /// What a scalar says.
    pub(super) fn text(&self, path: &[Step]) -> Option<&str> {
        match self.get(path)?.value {
            Value::Scalar(scalar) => Some(self.file.text(scalar.text.index)),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    fn get(&self, path: &[Step]) -> Option<&Node> {
        path.iter().try_fold(self.root.as_ref()?, |node, step| match (step, &node.value) {
            (Step::Key(key), Value::Map(_)) => node.get(key),
            (Step::Item(at), Value::List(nodes)) => nodes.get(*at),
            _ => None,
        })
    }

    fn raw(&self, node: &Node) -> &str {
        self.file.text.get(node.span.range()).unwrap_or_default()
    }

    /// What puts texts into their places. `source` is the same file in the default language, whose structure holds
    /// where there is no place yet. Nothing where a text cannot be put in, or would change others.
    pub(super) fn set(&self, changes: &[Change], source: &Self) -> Option<Vec<Splice>> {
        let mut splices = Vec::new();
        let mut missing: Vec<&Change> = Vec::new();
        for change in changes {
            match self.get(&change.path) {
                Some(node) if matches!(node.value, Value::Scalar(_)) => {
                    splices.push(self.replacement(node, &change.value)?);
                }
                Some(_) => return None,
                None => missing.push(change),
            }
        }
        splices.extend(self.insertions(&missing, source)?);
        splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
        self.holds(&splices, changes).then_some(splices)
    }

    /// The file's part as it would be written anew: with these texts and nothing else, but that lists keep their
    /// length. JSON is copied whole.
    pub(super) fn fresh(&self, changes: &[Change]) -> Option<String> {
        let text = match (self.notation, &self.root) {
            (Notation::Json, _) => {
                return Some(spliced(&self.file.text, &self.set(changes, self)?));
            }
            (Notation::Yaml, Some(root)) => {
                let mut text = String::new();
                let all: Vec<&Change> = changes.iter().collect();
                self.emit(root, &mut Vec::new(), &all, 0, &mut text);
                text
            }
            (Notation::Yaml, None) => return None,
        };
        let tree = Self::read(&text, 0..text.len(), Notation::Yaml)?;
        let says = |change: &Change| tree.text(&change.path) == Some(&*change.value);
        changes.iter().all(says).then_some(text)
    }

    fn replacement(&self, node: &Node, value: &str) -> Option<Splice> {
        let range = self.written(node);
        let raw = &self.file.text[range.clone()];
        let before = &self.file.text[self.line_start(range.start)..range.start];
        // What has an anchor is said elsewhere too.
        let is_anchored = before.trim_end().rsplit([' ', '\t']).next()?.starts_with('&');
        if is_anchored || raw.starts_with(['!', '&']) {
            return None;
        }
        let text = match self.notation {
            Notation::Json => scalar::quoted(value),
            Notation::Yaml => scalar::written(raw, value, indent(before) + 2),
        };
        Some(Splice { range, text: like_end(raw, text) })
    }

    /// The bytes of a scalar, those of the head of a block included, and without the blanks before what follows.
    fn written(&self, node: &Node) -> Range<usize> {
        let Range { start, end } = node.span.range();
        let before = self.file.text[..start].trim_end_matches([' ', '\n']);
        let head = before.rfind([' ', '\t', '\n']).map_or(0, |blank| blank + 1);
        let is_head = before[head..].starts_with(['|', '>'])
            && before[head + 1..].chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-'));
        let is_below = self.file.text[before.len()..start].contains('\n');
        if is_head && is_below {
            return head..start + self.file.text[start..end].trim_end_matches(' ').len();
        }
        start..end
    }

    /// What adds texts that have no place yet.
    fn insertions(&self, missing: &[&Change], source: &Self) -> Option<Vec<Splice>> {
        let mut splices: Vec<Splice> = Vec::new();
        let mut rest = missing.to_vec();
        while let Some(first) = rest.first() {
            // The deepest map on the way that is there.
            let known = (0..first.path.len()).rev().find(|length| {
                let node = self.get(&first.path[..*length]);
                node.is_some_and(|node| matches!(node.value, Value::Map(_)))
            });
            let around = known.map_or(&[][..], |length| &first.path[..length]).to_vec();
            let step = first.path.get(around.len())?;
            if !matches!(step, Step::Key(_)) || self.notation == Notation::Json {
                return None;
            }
            let place = [&*around, std::slice::from_ref(step)].concat();
            let (now, later): (Vec<&Change>, Vec<&Change>) =
                rest.into_iter().partition(|change| change.path.starts_with(&place));
            rest = later;
            if self.get(&place).is_some() {
                return None;
            }
            let (at, column) = self.end_of(&around)?;
            let mut text = String::new();
            source.emit_entry(&place, &now, column, &mut text)?;
            let behind = self.file.text[..at].ends_with('\n') || at == 0;
            let text = if behind { text } else { format!("\n{text}") };
            match splices.iter_mut().find(|splice| splice.range.start == at) {
                Some(splice) => splice.text.push_str(&text),
                None => splices.push(Splice { range: at..at, text }),
            }
        }
        Some(splices)
    }

    /// The byte behind the last line of a map, and the column of its keys.
    fn end_of(&self, path: &[Step]) -> Option<(usize, usize)> {
        let Some(root) = &self.root else { return Some((self.range.end, 0)) };
        let map = path.is_empty().then_some(root).or_else(|| self.get(path))?;
        let Value::Map(entries) = &map.value else { return None };
        if self.raw(map).starts_with('{') {
            return None;
        }
        let is_own = |entry: &&Entry| map.span.range().start <= entry.key_span.range().start;
        let first = entries.iter().find(is_own)?.key_span.range().start;
        let last = entries.iter().filter(is_own).map(|entry| self.end(entry)).max()?;
        let column = self.file.text[self.line_start(first)..first].chars().count();
        let at = match self.file.text[last..].find('\n') {
            _ if self.file.text[..last].ends_with('\n') => last,
            Some(newline) => last + newline + 1,
            None => self.file.text.len(),
        };
        Some((at.min(self.range.end), column))
    }

    /// The byte behind an entry of a map.
    fn end(&self, entry: &Entry) -> usize {
        let value = &entry.value;
        let inside = match &value.value {
            Value::Null | Value::Scalar(_) => value.span.range().end,
            _ if self.raw(value).starts_with(['{', '[']) => value.span.range().end + 1,
            Value::List(nodes) => {
                nodes.iter().map(|node| node.span.range().end).max().unwrap_or_default()
            }
            Value::Map(entries) => {
                entries.iter().map(|entry| self.end(entry)).max().unwrap_or_default()
            }
        };
        inside.max(entry.key_span.range().end).min(self.file.text.len())
    }

    /// Whether the texts are there afterwards, and the rest is as it was.
    fn holds(&self, splices: &[Splice], changes: &[Change]) -> bool {
        if splices.windows(2).any(|pair| pair[1].range.start < pair[0].range.end) {
            return false;
        }
        let text = spliced(&self.file.text, splices);
        let end = text.len() - (self.file.text.len() - self.range.end);
        let Some(after) = Self::read(&text, self.range.start..end, self.notation) else {
            return false;
        };
        let is_changed = |path: &[Step]| changes.iter().any(|change| change.path == path);
        let mut kept = true;
        if let Some(root) = &self.root {
            each_text(root, &mut Vec::new(), &mut |path| {
                kept &= is_changed(path) || after.text(path) == self.text(path);
            });
        }
        kept && changes.iter().all(|change| after.text(&change.path) == Some(&*change.value))
    }

    /// Writes an entry of a map with what changes have of it.
    fn emit_entry(
        &self,
        path: &[Step],
        changes: &[&Change],
        column: usize,
        out: &mut String,
    ) -> Option<()> {
        let (Step::Key(key), around) = path.split_last()? else { return None };
        let map = if around.is_empty() { self.root.as_ref() } else { self.get(around) };
        let Value::Map(entries) = &map?.value else { return None };
        let entry = entries.iter().find(|entry| entry.key == *key)?;
        self.entry(entry, &mut path.to_vec(), changes, column, out);
        Some(())
    }

    fn entry(
        &self,
        entry: &Entry,
        path: &mut Vec<Step>,
        changes: &[&Change],
        column: usize,
        out: &mut String,
    ) {
        let key = self.file.text.get(entry.key_span.range()).unwrap_or_default();
        out.extend(std::iter::repeat_n(' ', column));
        out.push_str(key);
        out.push(':');
        self.value(&entry.value, path, changes, column, out);
    }

    /// Writes what changes have of a list or map.
    fn emit(
        &self,
        node: &Node,
        path: &mut Vec<Step>,
        changes: &[&Change],
        column: usize,
        out: &mut String,
    ) {
        let has = |path: &[Step]| changes.iter().any(|change| change.path.starts_with(path));
        match &node.value {
            Value::Map(entries) => {
                for entry in entries {
                    path.push(Step::Key(entry.key.clone()));
                    if has(path) {
                        self.entry(entry, path, changes, column, out);
                    }
                    path.pop();
                }
            }
            Value::List(nodes) => {
                for (at, node) in nodes.iter().enumerate() {
                    path.push(Step::Item(at));
                    out.extend(std::iter::repeat_n(' ', column));
                    out.push('-');
                    if has(path) {
                        self.value(node, path, changes, column, out);
                    } else {
                        // What is not translated falls back by itself, but has to keep its place.
                        out.push_str(" ~\n");
                    }
                    path.pop();
                }
            }
            Value::Null | Value::Scalar(_) => {}
        }
    }

    /// Writes what stands behind a colon or a dash.
    fn value(
        &self,
        node: &Node,
        path: &mut Vec<Step>,
        changes: &[&Change],
        column: usize,
        out: &mut String,
    ) {
        match changes.iter().find(|change| change.path == *path) {
            Some(change) => {
                out.push(' ');
                out.push_str(&scalar::written(
                    &self.file.text[self.written(node)],
                    &change.value,
                    column + 2,
                ));
                if !out.ends_with('\n') {
                    out.push('\n');
                }
            }
            None => {
                out.push('\n');
                self.emit(node, path, changes, column + 2, out);
            }
        }
    }

    fn line_start(&self, at: usize) -> usize {
        self.file.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }
}

/// Follows the scalars below a node to the one with this index.
fn way(node: &Node, index: u32, path: &mut Vec<Step>) -> bool {
    let mut below = |step, node| {
        path.push(step);
        let found = way(node, index, path);
        if !found {
            path.pop();
        }
        found
    };
    match &node.value {
        Value::Null => false,
        Value::Scalar(scalar) => scalar.text.index == index,
        Value::List(nodes) => (0..).zip(nodes).any(|(at, node)| below(Step::Item(at), node)),
        Value::Map(entries) => {
            entries.iter().any(|entry| below(Step::Key(entry.key.clone()), &entry.value))
        }
    }
}

/// Tells the way to each scalar below a node.
fn each_text(node: &Node, path: &mut Vec<Step>, tell: &mut dyn FnMut(&[Step])) {
    let mut below = |step, node| {
        path.push(step);
        each_text(node, path, tell);
        path.pop();
    };
    match &node.value {
        Value::Null => {}
        Value::Scalar(_) => tell(path),
        Value::List(nodes) => {
            (0..).zip(nodes).for_each(|(at, node)| below(Step::Item(at), node));
        }
        Value::Map(entries) => {
            entries.iter().for_each(|entry| below(Step::Key(entry.key.clone()), &entry.value));
        }
    }
}

/// How far the key or item is indented whose value stands behind this on its line.
fn indent(before: &str) -> usize {
    before.len() - before.trim_start_matches([' ', '-']).len()
}

/// A scalar that ends its line where the one that it replaces does.
fn like_end(raw: &str, mut text: String) -> String {
    if raw.ends_with('\n') && !text.ends_with('\n') {
        text.push('\n');
    }
    if !raw.ends_with('\n') && text.ends_with('\n') {
        text.truncate(text.trim_end_matches('\n').len());
    }
    text
}

#[cfg(test)]
mod tests;
