//! What becomes of the files of a language when translations are taken: texts are replaced, put in where the source
//! has them, and files made where there were none.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::place::Fault;
use super::splice::{Told, spliced_in};
use super::take::{Accepted, Taken};
use super::yaml::{Change, Notation, Step, Tree};
use crate::diagnostic::Edit;
use crate::load::split;
use crate::messages::Message;
use crate::model::Site;
use crate::source::{FileId, Span, Splice, TextId, spliced};
use crate::translation::{Document, Examined, ExaminedUnit, UnitName};

/// What becomes of the files of a language.
#[derive(Default)]
pub struct Changed {
    /// What is replaced in files that are there.
    pub edits: Vec<Edit>,
    /// The texts of new files, by their paths.
    pub added: BTreeMap<String, String>,
    /// Translations that have no place.
    pub faults: Vec<Fault>,
    /// The translations that are written: blocks, by the positions of files and texts.
    pub written: BTreeMap<usize, BTreeMap<usize, BTreeSet<usize>>>,
}

impl Changed {
    /// How many translations are written.
    pub fn count(&self) -> usize {
        self.written.values().flat_map(BTreeMap::values).map(BTreeSet::len).sum()
    }
}

/// What writes the translations that are taken into the files of the language.
pub fn changes(site: &Site, files: &[Examined], taken: &Taken) -> Changed {
    let mut changed = Changed::default();
    for (&file, blocks) in &taken.blocks {
        let accepted = taken.accepted.range((file, 0, 0)..(file + 1, 0, 0));
        let mut units: BTreeMap<usize, BTreeMap<usize, &Accepted>> = BTreeMap::new();
        for ((_, unit, block), accepted) in accepted {
            units.entry(*unit).or_default().insert(*block, accepted);
        }
        if units.is_empty() {
            continue;
        }
        let mut writing = Writing { site, document: &files[file].document, changed: &mut changed };
        let told = units.iter().map(|(unit, accepted)| Text {
            examined: &files[file].units[*unit],
            told: Told { blocks: &blocks[*unit].list, accepted },
        });
        writing.texts(&told.collect::<Vec<_>>());
    }
    changed
}

/// A text with the translations that are to be written into it.
struct Text<'a> {
    examined: &'a ExaminedUnit,
    told: Told<'a>,
}

struct Writing<'a, 'c> {
    site: &'a Site,
    document: &'a Document,
    changed: &'c mut Changed,
}

/// A text that is to be put into YAML or JSON.
struct Scalar<'a> {
    change: Change,
    /// The translations that are in it.
    accepted: Vec<&'a Accepted>,
}

impl<'a> Writing<'a, '_> {
    fn texts(&mut self, texts: &[Text<'a>]) {
        let (bodies, scalars): (Vec<&Text<'a>>, Vec<&Text<'a>>) =
            texts.iter().partition(|text| self.is_body(text));
        let source_tree = self.tree(self.document.source);
        let scalars: Vec<Scalar<'a>> = scalars
            .into_iter()
            .filter_map(|text| self.scalar(text, source_tree.as_ref()))
            .collect();
        match self.document.own {
            Some(own) => {
                if let Some(source) = &source_tree {
                    self.set(own, source, scalars);
                }
                bodies.into_iter().for_each(|text| self.body(own, text));
            }
            None => self.file(source_tree.as_ref(), scalars, bodies.first().copied()),
        }
    }

    /// Whether a text is Markdown that stands in its file as it is.
    fn is_body(&self, text: &Text<'_>) -> bool {
        let path = &self.site.sources.file(self.document.source).path;
        let is_markdown = path.ends_with(".md") || path.ends_with(".markdown");
        match text.examined.unit.name {
            UnitName::Body => true,
            UnitName::Data(..) => is_markdown,
            _ => false,
        }
    }

    /// The YAML or JSON of a file: its front matter, or all of it.
    fn tree(&self, file: FileId) -> Option<Tree> {
        let file = self.site.sources.file(file);
        let notation = if file.path.ends_with(".json") { Notation::Json } else { Notation::Yaml };
        let range = match self.document.page {
            Some(_) => split(&file.text)?.0,
            None => 0..file.text.len(),
        };
        Tree::read(&file.text, range, notation)
    }

    fn refuse(&mut self, accepted: &[&Accepted], message: &Message, hint: &Message) {
        let fault = |accepted: &&Accepted| {
            Fault::new(&accepted.name, accepted.at, message.clone(), hint.clone())
        };
        self.changed.faults.extend(accepted.iter().map(fault));
    }

    fn written(&mut self, accepted: &[&Accepted]) {
        for Accepted { key: (file, unit, block), .. } in accepted {
            let units = self.changed.written.entry(*file).or_default();
            units.entry(*unit).or_default().insert(*block);
        }
    }

    /// The text with its translations, and where it belongs.
    fn scalar(&mut self, text: &Text<'a>, source: Option<&Tree>) -> Option<Scalar<'a>> {
        let path = match text.examined.unit.name {
            UnitName::Data(..) => source.and_then(|it| it.path(text.examined.unit.source.index)),
            name => Some(vec![Step::Key(name.key(self.site).to_owned())]),
        };
        let Some(path) = path else {
            let all: Vec<&Accepted> = text.told.accepted.values().copied().collect();
            let message =
                Message::new("import-unreadable-source").with("file", &*self.document.own_path);
            self.refuse(&all, &message, &Message::new("import-unreadable-hint"));
            return None;
        };
        let (value, accepted) = self.value(text);
        (!accepted.is_empty()).then_some(Scalar { change: Change { path, value }, accepted })
    }

    /// A text of its own with its translations, and those that are in it.
    fn value(&mut self, text: &Text<'a>) -> (String, Vec<&'a Accepted>) {
        let sources = &self.site.sources;
        let source = sources.text(text.examined.unit.source);
        let own = text.examined.unit.own.map(|own| sources.text(own));
        let done = spliced_in(text.examined, source, own, &text.told);
        self.without_place(&done.without_place);
        (spliced(own.unwrap_or(source), &done.splices), done.accepted)
    }

    fn without_place(&mut self, accepted: &[&Accepted]) {
        let message = Message::new("import-no-place").with("file", &*self.document.own_path);
        self.refuse(accepted, &message, &Message::new("import-by-hand-hint"));
    }

    /// Puts texts into the YAML or JSON of a file that is there; those that cannot be put in are told.
    fn set(&mut self, own: FileId, source: &Tree, scalars: Vec<Scalar<'a>>) {
        if scalars.is_empty() {
            return;
        }
        let Some(tree) = self.tree(own) else {
            let all: Vec<&Accepted> = scalars.into_iter().flat_map(|it| it.accepted).collect();
            let message = Message::new("import-unreadable").with("file", &*self.document.own_path);
            return self.refuse(&all, &message, &Message::new("import-unreadable-hint"));
        };
        let all: Vec<Change> = scalars.iter().map(|it| it.change.clone()).collect();
        let mut changes = Vec::new();
        let splices = put_in(&tree, source, &mut changes, &all);
        for scalar in &scalars {
            if changes.contains(&scalar.change) {
                self.written(&scalar.accepted);
            } else {
                let message = Message::new("import-no-key").with("file", &*self.document.own_path);
                self.refuse(&scalar.accepted, &message, &Message::new("import-by-hand-hint"));
            }
        }
        for splice in splices {
            self.edit(own, splice.range, splice.text);
        }
    }

    /// Writes translations into Markdown that is there.
    fn body(&mut self, own: FileId, text: &Text<'a>) {
        let sources = &self.site.sources;
        let source = sources.text(text.examined.unit.source);
        let own_text = text.examined.unit.own.map(|own| sources.text(own));
        let done = spliced_in(text.examined, source, own_text, &text.told);
        self.without_place(&done.without_place);
        let all = &sources.file(own).text;
        let base = match text.examined.unit.own {
            Some(own) => {
                let whole = Span::new(own, 0..sources.text(own).len());
                Some(sources.locate(whole).bytes)
            }
            // Nothing but white space stands there.
            None if self.document.page.is_some() => split(all).map(|(_, body)| body),
            None => Some(0..all.len()),
        };
        let Some(base) = base else {
            let message =
                Message::new("import-no-front-matter").with("file", &*self.document.own_path);
            let hint = Message::new("import-no-front-matter-hint");
            return self.refuse(&done.accepted, &message, &hint);
        };
        self.written(&done.accepted);
        if own_text.is_none() {
            return self.edit(own, base, spliced(source, &done.splices));
        }
        for splice in done.splices {
            let range = base.start + splice.range.start..base.start + splice.range.end;
            self.edit(own, range, splice.text);
        }
    }

    fn edit(&mut self, file: FileId, range: Range<usize>, text: String) {
        let span = Span::new(TextId::whole(file), range);
        self.changed.edits.push(Edit { span, text });
    }

    /// Makes the file that was not there. What is not translated of its body stays in the default language, since a
    /// page has one body; what has keys is left out, since it falls back by itself.
    fn file(&mut self, tree: Option<&Tree>, scalars: Vec<Scalar<'a>>, body: Option<&Text<'a>>) {
        let changes: Vec<Change> = scalars.iter().map(|it| it.change.clone()).collect();
        let mut accepted: Vec<&Accepted> = scalars.into_iter().flat_map(|it| it.accepted).collect();
        let all = &self.site.sources.file(self.document.source).text;
        let front = match (tree, changes.is_empty()) {
            (_, true) => Some(String::new()),
            (Some(tree), false) => tree.fresh(&changes),
            (None, false) => None,
        };
        let Some(front) = front else {
            let message = Message::new("import-no-new-file").with("file", &*self.document.own_path);
            return self.refuse(&accepted, &message, &Message::new("import-by-hand-hint"));
        };
        let body = body.map(|text| {
            let (value, of_body) = self.value(text);
            accepted.extend(of_body);
            value
        });
        let text = match self.document.page {
            Some(_) => {
                let untouched = || split(all).map_or("", |(_, body)| &all[body]).to_owned();
                format!("---\n{front}---\n{}", body.unwrap_or_else(untouched))
            }
            None => match body {
                Some(mut body) => {
                    body.push('\n');
                    body
                }
                None => front,
            },
        };
        self.written(&accepted);
        self.changed.added.insert(self.document.own_path.clone(), text);
    }
}

/// Puts texts into a tree beside those that are `taken`, which gets all that have a place; what is replaced then.
fn put_in(tree: &Tree, source: &Tree, taken: &mut Vec<Change>, more: &[Change]) -> Vec<Splice> {
    let before = taken.len();
    taken.extend_from_slice(more);
    if let Some(splices) = tree.set(taken, source) {
        return splices;
    }
    taken.truncate(before);
    if let (left, right @ [_, ..]) = more.split_at(more.len() / 2)
        && !left.is_empty()
    {
        put_in(tree, source, taken, left);
        return put_in(tree, source, taken, right);
    }
    tree.set(taken, source).unwrap_or_default()
}
