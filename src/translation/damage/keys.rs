//! Keys and values that are for the program and not for translators.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Fault, FaultKind};
use crate::diagnostic::Edit;
use crate::load::{FRONT_KEYS, split};
use crate::model::Site;
use crate::source::{FileId, SourceFile, Span, TextId};
use crate::translation::units::Document;
use crate::yaml::{self, Entry, Node, Value};

/// Keys of front matter whose values are texts for readers, wherever they stand.
const TEXTS: [&str; 9] = [
    "title",
    "shortTitle",
    "intro",
    "product",
    "permissions",
    "changelog",
    "learningTracks",
    "introLinks",
    "headings",
];

/// Keys and values of a file that were translated, though they are for the program.
pub(super) fn keys(site: &Site, document: &Document, own: FileId) -> Vec<Fault> {
    let (source_text, own_text) =
        (&site.sources.file(document.source).text, &site.sources.file(own).text);
    let is_page = document.page.is_some();
    let yaml = |text: &str| match is_page {
        true => split(text).map(|(front, _)| front),
        false => Some(0..text.len()),
    };
    let (Some(source_range), Some(own_range)) = (yaml(source_text), yaml(own_text)) else {
        return Vec::new();
    };
    let is_yaml = is_page || own_text_is_yaml(site, own);
    // What is for the program is ASCII or the source's own.
    if !is_yaml || source_text[source_range.clone()] == own_text[own_range.clone()] {
        return Vec::new();
    }
    if !is_page && !has_odd_key(own_text) {
        return Vec::new();
    }
    let source = Structure::new(site, document.source, source_range);
    let own = Structure::new(site, own, own_range);
    let (Some(source), Some(own)) = (source, own) else { return Vec::new() };
    let mut faults = Vec::new();
    if is_page {
        own.front(&source, &mut faults);
    } else {
        own.names(&own.node, Some(&source.node), &source, &mut faults);
    }
    faults
}

fn own_text_is_yaml(site: &Site, file: FileId) -> bool {
    let path = &site.sources.file(file).path;
    path.ends_with(".yml") || path.ends_with(".yaml")
}

/// Whether a line begins with a key that is not ASCII.
fn has_odd_key(text: &str) -> bool {
    let is_odd = |line: &str| {
        let key = line.trim_start().trim_start_matches(['-', ' ']);
        key.split_once(':').is_some_and(|(key, _)| !key.is_ascii())
    };
    text.lines().any(is_odd)
}

/// What a file says in YAML.
struct Structure {
    file: SourceFile,
    id: FileId,
    node: Node,
}

impl Structure {
    fn new(site: &Site, id: FileId, range: Range<usize>) -> Option<Self> {
        let mut file = SourceFile::new("", &site.sources.file(id).text[..range.end]);
        let node = yaml::parse(&mut file, id, range, site.config.limits.yaml).value?;
        Some(Self { file, id, node })
    }

    /// The keys of front matter.
    fn front(&self, source: &Self, faults: &mut Vec<Fault>) {
        let (Value::Map(theirs), Value::Map(ours)) = (&source.node.value, &self.node.value) else {
            return;
        };
        for entry in ours {
            match theirs.iter().find(|theirs| theirs.key == entry.key) {
                None => {
                    faults.extend(self.name(entry, source.start()));
                    self.additions(entry, source, faults);
                }
                Some(_) if TEXTS.contains(&&*entry.key) => {}
                Some(theirs) => self.values(entry, theirs, source, faults),
            }
        }
    }

    /// The values of a key that the source does not use, if they can only have been translated.
    fn additions(&self, own: &Entry, source: &Self, faults: &mut Vec<Fault>) {
        if !is_for_program(&own.key) {
            return;
        }
        for (text, span) in scalars(&own.value, &self.file) {
            if !text.is_ascii() || own.key == "redirect_from" && text.contains(' ') {
                faults.push(Fault {
                    kind: FaultKind::KeyValue {
                        key: own.key.clone(),
                        wrong: text.to_owned(),
                        right: None,
                    },
                    at: self.place(span),
                    source: Some(source.start()),
                    fix: None,
                });
            }
        }
    }

    /// The keys of data at any depth.
    fn names(&self, own: &Node, theirs: Option<&Node>, source: &Self, faults: &mut Vec<Fault>) {
        match (&own.value, theirs.map(|node| &node.value)) {
            (Value::Map(ours), known) => {
                let known = match known {
                    Some(Value::Map(theirs)) => theirs.as_slice(),
                    _ => &[],
                };
                let known: BTreeMap<&str, &Node> =
                    known.iter().map(|entry| (&*entry.key, &entry.value)).collect();
                for entry in ours {
                    let theirs = known.get(&*entry.key).copied();
                    if theirs.is_none() {
                        faults.extend(self.name(entry, source.start()));
                    }
                    self.names(&entry.value, theirs, source, faults);
                }
            }
            (Value::List(ours), Some(Value::List(theirs))) => {
                for (own, theirs) in ours.iter().zip(theirs) {
                    self.names(own, Some(theirs), source, faults);
                }
            }
            _ => {}
        }
    }

    /// A key that the source has not, if it was translated.
    fn name(&self, entry: &Entry, source: Span) -> Option<Fault> {
        (!entry.key.is_ascii()).then(|| Fault {
            kind: FaultKind::KeyName { key: entry.key.clone() },
            at: self.place(entry.key_span),
            source: Some(source),
            fix: None,
        })
    }

    fn place(&self, span: Span) -> Span {
        Span::new(TextId::whole(self.id), span.range())
    }

    fn start(&self) -> Span {
        Span::start_of(self.id)
    }

    /// The values of a key that is for the program, if they were translated.
    fn values(&self, own: &Entry, theirs: &Entry, source: &Self, faults: &mut Vec<Fault>) {
        let is_map = |node: &Node| matches!(node.value, Value::Map(_));
        if is_map(&own.value) != is_map(&theirs.value) {
            faults.push(Fault {
                kind: FaultKind::KeyType { key: own.key.clone() },
                at: self.place(own.key_span),
                source: Some(source.place(theirs.key_span)),
                fix: None,
            });
            return;
        }
        let known: Vec<(&str, Span)> = scalars(&theirs.value, &source.file);
        let all: BTreeSet<&str> = known.iter().map(|(text, _)| *text).collect();
        let is_for_program = is_for_program(&own.key);
        let is_flag = matches!(*known, [("true" | "false", _)]);
        let has_blank = all.iter().any(|text| text.contains(' '));
        let ours = scalars(&own.value, &self.file);
        let is_parallel = ours.len() == known.len();
        for (at, (text, span)) in ours.iter().enumerate() {
            let is_odd = is_for_program && (!text.is_ascii() || text.contains(' ') && !has_blank);
            let is_other = is_flag && !matches!(*text, "true" | "false");
            if all.contains(text)
                || !(is_odd && !all.iter().any(|text| !text.is_ascii()) || is_other)
            {
                continue;
            }
            // A value that stands elsewhere already was not what this one is.
            let right = known.get(at).filter(|_| is_parallel);
            let right = right.filter(|(right, _)| !ours.iter().any(|(text, _)| text == right));
            let fix =
                right.map(|(right, _)| vec![Edit { span: self.place(*span), text: plain(right) }]);
            faults.push(Fault {
                kind: FaultKind::KeyValue {
                    key: own.key.clone(),
                    wrong: (*text).to_owned(),
                    right: right.map(|(right, _)| (*right).to_owned()),
                },
                at: self.place(*span),
                source: Some(source.place(right.map_or(theirs.key_span, |(_, span)| *span))),
                fix,
            });
        }
    }
}

/// Whether the values of a key of front matter are no texts. Whatever keys a site has besides may be.
fn is_for_program(key: &str) -> bool {
    FRONT_KEYS.iter().any(|known| known.name == key) && !TEXTS.contains(&key)
}

/// A text as a scalar of YAML that means the same.
fn plain(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte));
    if is_plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}

/// The scalars of a value, in order, with their places in the file.
fn scalars<'f>(node: &Node, file: &'f SourceFile) -> Vec<(&'f str, Span)> {
    match &node.value {
        Value::Null => Vec::new(),
        Value::Scalar(scalar) => vec![(file.text(scalar.text.index), node.span)],
        Value::List(items) => items.iter().flat_map(|item| scalars(item, file)).collect(),
        Value::Map(entries) => entries
            .iter()
            .filter(|entry| !TEXTS.contains(&&*entry.key) && !entry.key.ends_with("Heading"))
            .flat_map(|entry| scalars(&entry.value, file))
            .collect(),
    }
}
