//! `variorum translations accept`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use super::Desk;
use crate::cli::Outcome;
use crate::cli::args::AcceptArguments;
use crate::cli::editions::Edition;
use crate::cli::failure::Failure;
use crate::diagnostic::Edit;
use crate::load::Past;
use crate::messages::Message;
use crate::translation::{Examined, ExaminedUnit, Lock, Origin};
use crate::variant::LanguageId;

/// Notes that translations are up to date.
pub(super) fn accept(arguments: &AcceptArguments) -> Outcome {
    let desk = Desk::new(&arguments.site)?;
    let language = desk.language(&arguments.language)?;
    let edition = desk.edition(language)?;
    let files = if arguments.all {
        let there = |file: &&Examined| file.document.own.is_some();
        let all = edition.examined.iter().enumerate();
        all.filter(|(_, file)| there(file)).map(|(position, _)| position).collect()
    } else {
        let named = arguments.pages.iter().map(|page| desk.named(&edition.examined, page));
        named.collect::<Result<BTreeSet<usize>, Failure>>()?
    };
    let mut acceptance = Acceptance {
        desk: &desk,
        language,
        edition: &edition,
        arguments,
        lock: edition.lock.clone(),
        edits: Vec::new(),
        sections: 0,
        unknown: arguments.sections.iter().cloned().collect(),
    };
    for position in &files {
        acceptance.file(*position)?;
    }
    acceptance.forget_what_is_gone();
    if let Some(section) = acceptance.unknown.first() {
        let message = Message::new("accept-unknown-section").with("section", section.as_str());
        return Err(Failure::Usage(desk.say(&message)));
    }
    let Acceptance { lock, edits, sections, .. } = acceptance;
    let edition = (language, &edition);
    desk.change(edition, &edits, &BTreeMap::new(), &lock, arguments.dry_run)?;
    if arguments.dry_run {
        return Ok(ExitCode::SUCCESS);
    }
    let told = Message::new("accept-told").with("sections", sections).with("files", files.len());
    desk.note(&told);
    Ok(ExitCode::SUCCESS)
}

struct Acceptance<'a> {
    desk: &'a Desk,
    language: LanguageId,
    edition: &'a Edition,
    arguments: &'a AcceptArguments,
    lock: Lock,
    edits: Vec<Edit>,
    /// How many sections are up to date now and were not before.
    sections: usize,
    /// The sections that were asked for and not found yet.
    unknown: BTreeSet<String>,
}

impl Acceptance<'_> {
    fn file(&mut self, position: usize) -> Result<(), Failure> {
        let file = &self.edition.examined[position];
        let path = self.desk.site.sources.file(file.document.source).path.clone();
        if file.document.own.is_none() {
            let message = Message::new("accept-untranslated").with("file", path);
            return Err(Failure::Usage(self.desk.say(&message)));
        }
        if self.edition.origins.origin(position) == Some(Origin::Commit) {
            return if self.arguments.all { Ok(()) } else { self.commit(file) };
        }
        for unit in file.units.iter().filter(|unit| unit.own.is_some()) {
            let key = unit.unit.name.key(&self.desk.site);
            let accepted = self.accepted(unit, key);
            self.sections += unit.stale_sections().intersection(&accepted).count();
            let is_accepted = |at: usize| accepted.contains(&unit.source.list[at].section);
            self.lock.put(&path, key, unit.stands_for(is_accepted, is_accepted));
        }
        Ok(())
    }

    /// The sections of a text that are accepted.
    fn accepted(&mut self, unit: &ExaminedUnit, key: &str) -> BTreeSet<usize> {
        if self.arguments.all {
            return BTreeSet::new();
        }
        let mut accepted = BTreeSet::new();
        for (position, section) in unit.source.sections.iter().enumerate() {
            let names = [&*section.id, if section.level == 0 { key } else { "" }];
            let asked = self.arguments.sections.iter();
            let is_asked = asked.clone().any(|name| !name.is_empty() && names.contains(&&**name));
            if is_asked {
                self.unknown.retain(|name| !names.contains(&&**name));
            }
            if is_asked || self.arguments.sections.is_empty() {
                accepted.insert(position);
            }
        }
        accepted
    }

    /// Writes today's commit into the front matter of a page that names one.
    fn commit(&mut self, file: &Examined) -> Result<(), Failure> {
        let usage = |message: Message| Err(Failure::Usage(self.desk.say(&message)));
        let site = &self.desk.site;
        let source = site.sources.file(file.document.source);
        let page = file.document.page.map(|page| site.page(page));
        let front = page.and_then(|page| page.translations.get(&self.language));
        let Some(named) = front.and_then(|own| own.front.source_commit.as_ref()) else {
            return Ok(());
        };
        if !self.arguments.sections.is_empty() {
            return usage(Message::new("accept-whole-page").with("file", source.path.as_str()));
        }
        let past = Past::open(&self.desk.opened.root)
            .map_err(|why| Failure::Io(self.desk.say(&why.message())))?;
        let head = past.head();
        let committed = head.and_then(|head| past.text(past.blob(head, &source.path)?));
        let Some(head) = head.filter(|_| committed.as_ref() == Some(&source.text)) else {
            return usage(Message::new("accept-uncommitted").with("file", source.path.as_str()));
        };
        self.sections += file.units.iter().map(|unit| unit.stale_sections().len()).sum::<usize>();
        self.edits.push(Edit { span: named.span, text: head.to_string() });
        Ok(())
    }

    /// Leaves files and texts out of the lock that are no longer there.
    fn forget_what_is_gone(&mut self) {
        let site = &self.desk.site;
        let there: BTreeSet<(&str, &str)> = self
            .edition
            .examined
            .iter()
            .flat_map(|file| {
                let path = &*site.sources.file(file.document.source).path;
                file.units.iter().map(move |unit| (path, unit.unit.name.key(site)))
            })
            .collect();
        self.lock.retain(|path, key| there.contains(&(path, key)));
    }
}
