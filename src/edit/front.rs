//! Front matter as it is written: its lists are edited in the form that they have, and nothing else of it.

use std::ops::Range;

use crate::diagnostic::Edit;
use crate::load::split;
use crate::source::{FileId, SourceFile, Sources, Span, TextId};
use crate::yaml::{self, Entry, Limits, Node, Scalar, Value};

/// The front matter of a file.
pub(super) struct Front {
    id: FileId,
    file: SourceFile,
    range: Range<usize>,
    entries: Vec<Entry>,
}

/// One text of the front matter.
pub(super) struct Item {
    /// Where it is written, with its quotes.
    pub(super) span: Span,
    /// What it says.
    pub(super) value: String,
}

impl Front {
    /// The front matter of a file, if it has one that can be read.
    pub(super) fn of(sources: &Sources, id: FileId, limits: Limits) -> Option<Self> {
        let mut file = sources.file(id).clone();
        let (range, _) = split(&file.text)?;
        let node = yaml::parse(&mut file, id, range.clone(), limits).value;
        let entries = match node.map(|node| node.value) {
            Some(Value::Map(entries)) => entries,
            None => Vec::new(),
            Some(_) => return None,
        };
        Some(Self { id, file, range, entries })
    }

    /// The keys with their values, in the order of the file.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The texts of a list, or the one text that stands for it.
    pub(super) fn items(&self, key: &str) -> Vec<Item> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let mut items = Vec::new();
        self.collect(&entry.value, &mut items);
        items
    }

    /// All texts below a node.
    pub(super) fn collect(&self, node: &Node, items: &mut Vec<Item>) {
        match &node.value {
            Value::Scalar(scalar) => {
                items.push(Item { span: node.span, value: self.text(*scalar).to_owned() });
            }
            Value::List(nodes) => nodes.iter().for_each(|node| self.collect(node, items)),
            Value::Map(entries) => {
                entries.iter().for_each(|entry| self.collect(&entry.value, items));
            }
            Value::Null => {}
        }
    }

    /// What adds texts to a list; nothing where the list has a form that is not known here.
    pub(super) fn add(&self, key: &str, values: &[String]) -> Option<Edit> {
        let Some(entry) = self.entry(key) else { return self.add_entry(key, values) };
        let span = entry.value.span.range();
        let written = self.file.text.get(span.clone())?;
        match &entry.value.value {
            Value::Null => self.fill(entry, values),
            // An alias stands for what is written elsewhere.
            _ if written.starts_with(['*', '&', '!']) => None,
            Value::List(nodes) => match nodes.last() {
                Some(last) if written.starts_with('[') => {
                    let end = last.span.range().end;
                    Some(self.edit(end..end, format!(", {}", self.like(last, values).join(", "))))
                }
                Some(last) => self.add_lines(last, values),
                None => {
                    let brackets = span.start..closing(&self.file.text, &entry.value);
                    Some(self.edit(brackets, format!("[{}]", values.join(", "))))
                }
            },
            Value::Scalar(scalar) => {
                let marks: &[char] =
                    if scalar.plain { &['\n', ',', '[', ']', '{', '}'] } else { &['\n'] };
                let is_simple = !written.contains(marks);
                let added = self.like(&entry.value, values).join(", ");
                is_simple.then(|| self.edit(span, format!("[{written}, {added}]")))
            }
            Value::Map(_) => None,
        }
    }

    /// What removes a text from a list; with the last one the key goes too.
    pub(super) fn remove(&self, key: &str, value: &str) -> Option<Edit> {
        let entry = self.entry(key)?;
        let list = self.file.text.get(entry.value.span.range())?;
        if list.starts_with(['*', '&', '!']) {
            return None;
        }
        let Value::List(nodes) = &entry.value.value else { return None };
        let is_it = |node: &Node| match node.value {
            Value::Scalar(scalar) => self.text(scalar) == value,
            _ => false,
        };
        let at = nodes.iter().position(is_it)?;
        let item = nodes[at].span.range();
        if nodes.len() == 1 {
            let start = self.line(entry.key_span.range().start).start;
            let end = self.line(closing(&self.file.text, &entry.value).saturating_sub(1)).end;
            return Some(self.edit(start..end, String::new()));
        }
        if !list.starts_with('[') {
            self.dash(&nodes[at])?;
            return Some(self.edit(self.line(item.start), String::new()));
        }
        let range = match at {
            0 => item.start..nodes[1].span.range().start,
            _ => nodes[at - 1].span.range().end..item.end,
        };
        Some(self.edit(range, String::new()))
    }

    /// What writes another text in the place of one, in the same quotes.
    pub(super) fn replace(&self, item: &Item, value: &str) -> Edit {
        let range = item.span.range();
        let quote = self.quote(range.start);
        self.edit(range, format!("{quote}{value}{quote}"))
    }

    fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    pub(super) fn text(&self, scalar: Scalar) -> &str {
        self.file.text(scalar.text.index)
    }

    fn edit(&self, range: Range<usize>, text: String) -> Edit {
        Edit { span: Span::new(TextId::whole(self.id), range), text }
    }

    /// The line around a byte, with its end.
    fn line(&self, at: usize) -> Range<usize> {
        line(&self.file.text, at)
    }

    /// What stands in front of an item of a list that has a line of its own.
    fn dash(&self, item: &Node) -> Option<&str> {
        let range = item.span.range();
        let line = self.line(range.start);
        let dash = self.file.text.get(line.start..range.start)?;
        let is_dash = dash.trim() == "-" && range.end <= line.end;
        is_dash.then_some(dash)
    }

    fn add_lines(&self, last: &Node, values: &[String]) -> Option<Edit> {
        let dash = self.dash(last)?;
        let end = self.line(last.span.range().start).end;
        let lines = self.like(last, values).into_iter().map(|value| format!("{dash}{value}\n"));
        Some(self.edit(end..end, lines.collect::<String>()))
    }

    /// Values for a key that has none.
    fn fill(&self, entry: &Entry, values: &[String]) -> Option<Edit> {
        let key = entry.key_span.range();
        let colon = key.end + self.file.text.get(key.end..)?.find(':')? + 1;
        let rest = &self.file.text[colon..self.line(colon).end];
        let word = rest.trim_start_matches(' ');
        let blanks = rest.len() - word.len();
        let null = ["null", "Null", "NULL", "~"].into_iter().find(|null| word.starts_with(null));
        let end = null.map_or(colon, |null| colon + blanks + null.len());
        let indent = self.indent();
        let lines = values.iter().map(|value| format!("\n{indent}- {value}"));
        Some(self.edit(colon..end, lines.collect::<String>()))
    }

    fn add_entry(&self, key: &str, values: &[String]) -> Option<Edit> {
        let front = self.file.text.get(self.range.clone())?;
        if front.trim_start().starts_with('{') {
            return None;
        }
        let end = self.range.end;
        let indent = self.indent();
        let lines = values.iter().map(|value| format!("{indent}- {value}\n"));
        Some(self.edit(end..end, format!("{key}:\n{}", lines.collect::<String>())))
    }

    /// How far the lists of this front matter are indented.
    fn indent(&self) -> &str {
        let first = |entry: &Entry| match &entry.value.value {
            Value::List(nodes) => self.dash(nodes.first()?),
            _ => None,
        };
        let dash = self.entries.iter().rev().find_map(first);
        dash.map_or("  ", |dash| dash.trim_end().trim_end_matches('-'))
    }

    /// Values in the quotes that a neighbour has.
    fn like(&self, neighbour: &Node, values: &[String]) -> Vec<String> {
        let quote = self.quote(neighbour.span.range().start);
        values.iter().map(|value| format!("{quote}{value}{quote}")).collect()
    }

    fn quote(&self, at: usize) -> &'static str {
        match self.file.text.as_bytes().get(at) {
            Some(b'\'') => "'",
            Some(b'"') => "\"",
            _ => "",
        }
    }
}

/// Where the last letter of a node stands. Collections that are written in lines have no end of their own, and what the
/// parser takes for the end of others has white space in it.
pub(super) fn closing(text: &str, node: &Node) -> usize {
    let last = match &node.value {
        Value::List(nodes) => nodes.last(),
        Value::Map(entries) => entries.last().map(|entry| &entry.value),
        Value::Scalar(_) | Value::Null => return node.span.range().end,
    };
    let span = node.span.range();
    let end = last.map_or(span.start + 1, |last| closing(text, last));
    let bracket = match text.as_bytes().get(span.start) {
        Some(b'[') => ']',
        Some(b'{') => '}',
        _ => return end,
    };
    text[end..].find(bracket).map_or(span.end, |at| end + at + 1)
}

/// The line around a byte, with its end.
pub(super) fn line(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The front matter after an edit.
    fn after(front: &str, edit: impl Fn(&Front) -> Option<Edit>) -> Option<String> {
        let mut sources = Sources::default();
        let id = sources.add(SourceFile::new("a.md", format!("---\n{front}---\nbody\n")));
        let edit = edit(&Front::of(&sources, id, Limits::default())?)?;
        let mut text = sources.file(id).text.clone();
        text.replace_range(edit.span.range(), &edit.text);
        Some(text.strip_prefix("---\n")?.strip_suffix("---\nbody\n")?.to_owned())
    }

    #[track_caller]
    fn adds(front: &str, expected: &str) {
        let found = after(front, |front| front.add("r", &["/new".to_owned()]));
        assert_eq!(found.as_deref(), Some(expected));
    }

    #[test]
    fn a_text_is_added_in_the_form_of_the_list() {
        adds("t: x\n", "t: x\nr:\n  - /new\n");
        adds("", "r:\n  - /new\n");
        adds("c:\n- a\nt: x\n", "c:\n- a\nt: x\nr:\n- /new\n");
        adds(
            "r:\n    - /a # why\n    # end\nt: x\n",
            "r:\n    - /a # why\n    - /new\n    # end\nt: x\n",
        );
        adds("r:\n- '/a'\n- '/b'\nt: x\n", "r:\n- '/a'\n- '/b'\n- '/new'\nt: x\n");
        adds("r: [/a, \"/b\"] # all\n", "r: [/a, \"/b\", \"/new\"] # all\n");
        adds("r: []\n", "r: [/new]\n");
        adds("r: [ ] # none\nt: x\n", "r: [/new] # none\nt: x\n");
        adds("r: /a\n", "r: [/a, /new]\n");
        adds("r: '/a'\n", "r: ['/a', '/new']\n");
        adds("r:\nt: x\n", "r:\n  - /new\nt: x\n");
        adds("r: ~\nt: x\n", "r:\n  - /new\nt: x\n");
    }

    #[test]
    fn a_list_of_an_unknown_form_is_left() {
        for front in ["x: &x [a]\nr: *x\n", "{t: x}\n", "r: {a: b}\n"] {
            assert_eq!(after(front, |front| front.add("r", &["/new".to_owned()])), None, "{front}");
        }
    }

    #[test]
    fn a_text_is_removed_with_its_line() {
        let check = |front: &str, expected: &str| {
            let found = after(front, |front| front.remove("r", "/b"));
            assert_eq!(found.as_deref(), Some(expected));
        };
        check("r:\n  - /a\n  - /b # why\n  - /c\n", "r:\n  - /a\n  - /c\n");
        check("t: x\nr:\n  - /b\nu: y\n", "t: x\nu: y\n");
        check("r: [/a, /b, /c]\n", "r: [/a, /c]\n");
        check("r: ['/b', /c]\n", "r: [/c]\n");
        assert_eq!(after("x: &x [/b]\nr: *x\n", |front| front.remove("r", "/b")), None);
        check("t: x\nr: [/b]\n", "t: x\n");
        check("r:\n  - /b\n# about u\nu: y\n", "# about u\nu: y\n");
        check("r: [/b]\n# about u\nu: y\n", "# about u\nu: y\n");
    }
}
