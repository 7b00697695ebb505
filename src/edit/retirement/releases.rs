//! A release in the configuration: taken out of `releases`, put first into `retired`. Nothing else is touched.

use std::ops::Range;

use crate::diagnostic::Edit;
use crate::edit::front::{closing, line};
use crate::source::{FileId, SourceFile, Sources, Span, TextId};
use crate::yaml::{self, Entry, Limits, Node, Value};

/// The edits of the configuration in `id` that retire a release of a plan; nothing where its lists have a form that is
/// not understood.
pub(super) fn retire(
    sources: &Sources,
    id: FileId,
    plan: &str,
    release: &str,
    limits: Limits,
) -> Option<Vec<Edit>> {
    let mut file = sources.file(id).clone();
    let range = 0..file.text.len();
    let root = yaml::parse(&mut file, id, range, limits).value?;
    let text = Written { file: &file, id };
    let Value::List(plans) = &root.get("versions")?.value else { return None };
    let own = plans.iter().find(|node| text.says(node.get("plan"), plan))?;
    let Value::Map(entries) = &own.value else { return None };
    let entry = |key: &str| entries.iter().find(|entry| entry.key == key);
    let releases = entry("releases")?;
    let out = text.taken_out(releases, release)?;
    let into = match entry("retired") {
        Some(retired) => text.put_first(retired, release)?,
        None => text.new_list(own, releases, release),
    };
    Some(vec![out, into])
}

struct Written<'a> {
    file: &'a SourceFile,
    id: FileId,
}

impl Written<'_> {
    fn says(&self, node: Option<&Node>, wanted: &str) -> bool {
        match node.map(|node| &node.value) {
            Some(Value::Scalar(scalar)) => self.file.text(scalar.text.index) == wanted,
            _ => false,
        }
    }

    fn edit(&self, range: Range<usize>, text: impl Into<String>) -> Edit {
        Edit { span: Span::new(TextId::whole(self.id), range), text: text.into() }
    }

    fn starts_with(&self, node: &Node, mark: char) -> bool {
        self.file.text[node.span.range()].starts_with(mark)
    }

    fn end(&self, node: &Node) -> usize {
        closing(&self.file.text, node)
    }

    /// The list without the release.
    fn taken_out(&self, entry: &Entry, release: &str) -> Option<Edit> {
        let Value::List(items) = &entry.value.value else { return None };
        let is_it = |item: &Node| match &item.value {
            Value::Map(_) => self.says(item.get("release"), release),
            _ => self.says(Some(item), release),
        };
        let at = items.iter().position(is_it)?;
        let item = &items[at];
        // An alias stands for what is written elsewhere.
        if ['*', '&']
            .iter()
            .any(|mark| self.starts_with(item, *mark) || self.starts_with(&entry.value, *mark))
        {
            return None;
        }
        let start = item.span.range().start;
        if self.starts_with(&entry.value, '[') {
            let range = match (at, items.get(at + 1)) {
                (0, Some(next)) => start..next.span.range().start,
                (0, None) => return None,
                (_, _) => self.end(&items[at - 1])..self.end(item),
            };
            return Some(self.edit(range, ""));
        }
        self.dash(item)?;
        let lines = line(&self.file.text, start).start
            ..line(&self.file.text, self.end(item).saturating_sub(1)).end;
        Some(self.edit(lines, ""))
    }

    /// What stands in front of an item that has lines of its own.
    fn dash(&self, item: &Node) -> Option<&str> {
        let start = item.span.range().start;
        let dash = &self.file.text[line(&self.file.text, start).start..start];
        (dash.trim() == "-").then_some(dash)
    }

    /// The list with the release before all others, as it is the newest of them.
    fn put_first(&self, entry: &Entry, release: &str) -> Option<Edit> {
        let range = entry.value.span.range();
        let Value::List(items) = &entry.value.value else { return None };
        let Some(first) = items.first() else {
            let brackets = range.start..self.end(&entry.value);
            return Some(self.edit(brackets, format!("[\"{release}\"]")));
        };
        let start = first.span.range().start;
        let quote = if self.starts_with(first, '\'') { '\'' } else { '"' };
        if self.starts_with(&entry.value, '[') {
            return Some(self.edit(start..start, format!("{quote}{release}{quote}, ")));
        }
        let dash = self.dash(first)?;
        let above = line(&self.file.text, start).start;
        Some(self.edit(above..above, format!("{dash}{quote}{release}{quote}\n")))
    }

    /// A list of its own behind `releases`.
    fn new_list(&self, plan: &Node, releases: &Entry, release: &str) -> Edit {
        let end = self.end(&releases.value);
        if self.starts_with(plan, '{') {
            return self.edit(end..end, format!(", retired: [\"{release}\"]"));
        }
        let key = releases.key_span.range().start;
        let column = key - line(&self.file.text, key).start;
        let own = line(&self.file.text, end.saturating_sub(1));
        let newline = if self.file.text[own.clone()].ends_with('\n') { "" } else { "\n" };
        let text = format!("{newline}{}retired: [\"{release}\"]\n", " ".repeat(column));
        self.edit(own.end..own.end, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::ChangeSet;

    #[track_caller]
    fn check(plan: &str, expected: &str) {
        let around =
            |plan: &str| format!("title: T\nversions:\n  # plans\n{plan}default_version: p@2\n");
        let mut sources = Sources::default();
        let id = sources.add(SourceFile::new("variorum.yml", around(plan)));
        let edits = retire(&sources, id, "p", "1", Limits::default()).expect("it is understood");
        let mut changes = ChangeSet::new(&sources);
        edits.iter().for_each(|edit| changes.edit(edit).expect("it is taken"));
        assert_eq!(changes.texts()["variorum.yml"], Some(around(expected)));
    }

    #[test]
    fn a_release_goes_from_one_list_to_the_other() {
        check(
            "  - plan: p\n    releases: ['2', '1'] # two\n    retired: ['0.9']\n",
            "  - plan: p\n    releases: ['2'] # two\n    retired: ['1', '0.9']\n",
        );
        check(
            "  - plan: p\n    releases:\n      - { release: '2', released: 2020-01-01 }\n      - { release: '1' } # old\n    next: '3'\n",
            "  - plan: p\n    releases:\n      - { release: '2', released: 2020-01-01 }\n    retired: [\"1\"]\n    next: '3'\n",
        );
        check(
            "  - plan: p\n    releases:\n      - release: \"1\"\n        released: 2020-01-01\n      # newer\n      - \"2\"\n    retired:\n      - \"0.9\" # older\n",
            "  - plan: p\n    releases:\n      # newer\n      - \"2\"\n    retired:\n      - \"1\"\n      - \"0.9\" # older\n",
        );
        check(
            "  - { plan: p, releases: [\"1\", \"2\"] }\n",
            "  - { plan: p, releases: [\"2\"], retired: [\"1\"] }\n",
        );
        check(
            "  - plan: p\n    releases: ['2', '1']\n    retired: []\n",
            "  - plan: p\n    releases: ['2']\n    retired: [\"1\"]\n",
        );
    }
}
