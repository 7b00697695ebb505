//! Which of the texts that came back can be taken, and why others cannot.

use std::collections::BTreeMap;

use super::gather::{Blocks, place};
use super::marked::{Places, filled};
use super::place::Fault;
use super::verdict::judge;
use super::{FlowPart, Point, Progress, Replaces, Returned, lines};
use crate::messages::Message;
use crate::model::Site;
use crate::translation::Examined;

/// What is taken of the texts that came back.
pub struct Taken {
    /// Why others are not.
    pub faults: Vec<Fault>,
    /// How many have no translation yet.
    pub empty: usize,
    /// How many are marked as not done.
    pub open: usize,
    /// How many are what the site has already.
    pub unchanged: usize,
    /// The translations that are new, by file, text and block.
    pub(super) accepted: BTreeMap<(usize, usize, usize), Accepted>,
    /// The blocks of the files that are touched, by text.
    pub(super) blocks: BTreeMap<usize, Vec<Blocks>>,
}

/// A translation that is taken.
pub(super) struct Accepted {
    /// As it is to be written.
    pub(super) text: String,
    /// Its file, text and block.
    pub(super) key: (usize, usize, usize),
    /// The file that it came in.
    pub(super) name: String,
    /// Its place there.
    pub(super) at: Point,
}

/// Judges what came back in files, each with what messages call it, for files of the site.
pub fn take(site: &Site, files: &[Examined], returned: &[(String, Vec<Returned>)]) -> Taken {
    let path = |file: &Examined| site.sources.file(file.document.source).path.clone();
    let numbers = files.iter().enumerate().map(|(number, file)| (path(file), number)).collect();
    let mut taking = Taking {
        site,
        files,
        numbers,
        ids: BTreeMap::new(),
        taken: Taken {
            faults: Vec::new(),
            empty: 0,
            open: 0,
            unchanged: 0,
            accepted: BTreeMap::new(),
            blocks: BTreeMap::new(),
        },
    };
    for (name, entries) in returned {
        for entry in entries {
            if let Err(fault) = taking.entry(name, entry) {
                taking.taken.faults.push(fault);
            }
        }
    }
    taking.taken
}

struct Taking<'a> {
    site: &'a Site,
    files: &'a [Examined],
    /// The files by their paths.
    numbers: BTreeMap<String, usize>,
    /// The blocks of a file by their names: text and block.
    ids: BTreeMap<usize, BTreeMap<String, (usize, usize)>>,
    taken: Taken,
}

impl Taking<'_> {
    fn entry(&mut self, name: &str, entry: &Returned) -> Result<(), Fault> {
        let fault =
            |at: Point, message: Message, hint: Message| Fault::new(name, at, message, hint);
        let Some(&file) = self.numbers.get(&entry.path) else {
            let message = Message::new("import-no-file").with("file", &*entry.path);
            return Err(fault(entry.at, message, Message::new("import-no-file-hint")));
        };
        let Some((unit, number)) = self.find(file, &entry.id) else {
            let hint = Message::new("import-again-hint");
            return Err(fault(entry.at, self.unknown(file, entry), hint));
        };
        let block = &self.taken.blocks[&file][unit].list[number];
        let own = block.entry.target.as_deref();
        let places = Places::new(&block.entry.source, own);
        let texts = places.texts();
        let is_source = filled(&entry.source.parts, &texts).is_ok_and(|source| {
            source.split_whitespace().eq(block.entry.source.split_whitespace())
        });
        if !is_source {
            let message = Message::new("import-other-source").with("id", &*entry.id);
            return Err(fault(entry.source.at, message, Message::new("import-keep-hint")));
        }
        let target = filled(&entry.target.parts, &texts).map_err(|part| {
            let (id, at) = match part {
                FlowPart::Mark(id, _, at) => (&**id, *at),
                FlowPart::Text(_) => ("", entry.target.at),
            };
            let message = Message::new("import-unknown-mark").with("id", id);
            fault(at, message, Message::new("import-take-out-hint"))
        })?;
        if target.trim().is_empty() {
            self.taken.empty += 1;
            return Ok(());
        }
        let model = own.unwrap_or(&block.entry.source);
        let text = lines::with_ends_of(model, &target);
        if own == Some(&*text) {
            self.taken.unchanged += 1;
            return Ok(());
        }
        if entry.progress == Progress::Open {
            self.taken.open += 1;
            return Ok(());
        }
        if !is_what_it_was(entry, block.entry.replaces.as_deref()) {
            let message = Message::new("import-other-translation");
            let hint = Message::new("import-other-translation-hint");
            return Err(fault(entry.target.at, message, hint));
        }
        judge(&block.entry.source, &text, &self.site.config.syntax())
            .map_err(|refusal| fault(entry.target.at, refusal.message, refusal.hint))?;
        let text = lines::put(&text, &block.prefix);
        let key = (file, unit, number);
        self.accept(Accepted { text, key, name: name.to_owned(), at: entry.at })
    }

    fn accept(&mut self, new: Accepted) -> Result<(), Fault> {
        match self.taken.accepted.get(&new.key) {
            Some(known) if known.text != new.text => {
                let Point { line, column } = known.at;
                let place = format!("{}:{line}:{column}", known.name);
                let message = Message::new("import-twice").with("place", place);
                Err(Fault::new(&new.name, new.at, message, Message::new("import-twice-hint")))
            }
            Some(_) => Ok(()),
            None => {
                self.taken.accepted.insert(new.key, new);
                Ok(())
            }
        }
    }

    /// The text and block of a file that has this name.
    fn find(&mut self, file: usize, id: &str) -> Option<(usize, usize)> {
        let (site, examined) = (self.site, &self.files[file]);
        let blocks =
            self.taken.blocks.entry(file).or_insert_with(|| {
                examined.units.iter().map(|unit| Blocks::new(site, unit)).collect()
            });
        let ids = self.ids.entry(file).or_insert_with(|| {
            let mut ids = BTreeMap::new();
            for (unit, blocks) in blocks.iter().enumerate() {
                for (number, block) in blocks.list.iter().enumerate() {
                    ids.insert(block.entry.id.clone(), (unit, number));
                }
            }
            ids
        });
        ids.get(id).copied()
    }

    /// Why there is no block with the name of an entry.
    fn unknown(&self, file: usize, entry: &Returned) -> Message {
        let key = |unit: &crate::translation::ExaminedUnit| place(unit.unit.name.key(self.site));
        let mut keys = self.files[file].units.iter().map(key);
        let is_of =
            |key: &str| entry.id.strip_prefix(key).is_some_and(|digest| digest.starts_with('.'));
        if keys.any(|key| is_of(&key)) {
            return Message::new("import-changed-source").with("id", &*entry.id);
        }
        Message::new("import-unknown-text").with("id", &*entry.id).with("file", &*entry.path)
    }
}

/// Whether the site says what it said when the text went to translators.
fn is_what_it_was(entry: &Returned, now: Option<&str>) -> bool {
    match (&entry.replaces, now) {
        (None, _) | (Some(Replaces::Nothing), None) => true,
        (Some(Replaces::Text(then)), Some(now)) => then == now,
        (Some(_), _) => false,
    }
}
