//! `variorum translations diff`.

use std::fmt::Write;
use std::process::ExitCode;

use super::{Desk, print};
use crate::cli::Outcome;
use crate::cli::args::DiffArguments;
use crate::messages::Message;
use crate::source::Span;
use crate::translation::{Examined, ExaminedUnit, Origin, Since};

/// Shows what has changed in the source of a file since it was translated.
pub(super) fn diff(arguments: &DiffArguments) -> Outcome {
    let desk = Desk::new(&arguments.site)?;
    let language = desk.language(&arguments.language)?;
    let mut edition = desk.edition(language)?;
    let position = desk.named(&edition.examined, &arguments.page)?;
    let file = &mut edition.examined[position];
    desk.recall(std::slice::from_mut(file))?;
    let mut teller = Teller { desk: &desk, text: String::new(), changed: 0 };
    teller.head(file, edition.origins.origin(position));
    for unit in &file.units {
        teller.unit(unit);
    }
    let id = if teller.changed == 0 { "diff-nothing" } else { "diff-sections" };
    let count = desk.say(&Message::new(id).with("count", teller.changed));
    print(&format!("{}{count}\n", teller.text));
    Ok(ExitCode::from(u8::from(teller.changed > 0)))
}

struct Teller<'a> {
    desk: &'a Desk,
    text: String,
    /// How many sections have changed.
    changed: usize,
}

impl Teller<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn head(&mut self, file: &Examined, origin: Option<Origin>) {
        let document = &file.document;
        let source = self.desk.site.sources.file(document.source).path.clone();
        self.line(&format!("{source} → {}", document.own_path));
        let since = match origin {
            None if document.own.is_none() => "diff-untranslated",
            None => "diff-unknown",
            Some(Origin::Commit) => "diff-since-commit",
            Some(Origin::Lock) => "diff-since-lock",
            Some(Origin::History) => "diff-since-history",
        };
        self.line(&self.desk.say(&Message::new(since)));
        self.line("");
    }

    fn unit(&mut self, unit: &ExaminedUnit) {
        for section in unit.stale_sections() {
            self.changed += 1;
            self.section(unit, section);
        }
    }

    fn section(&mut self, unit: &ExaminedUnit, position: usize) {
        let section = &unit.source.sections[position];
        let key = unit.unit.name.key(&self.desk.site);
        let title = match &*section.title {
            "" => key.to_owned(),
            title => format!("{} {title}", "#".repeat(usize::from(section.level))),
        };
        let place = self.place(unit, section.segments.start);
        self.line(&format!("{title}  ({place})"));
        let counterparts = unit.counterparts();
        for at in section.segments.clone() {
            // What is gone stands where it stood: behind the segment before it, or before all of them.
            let (first, behind) = unit.changes.gone_around(at);
            first.iter().for_each(|(old, _)| self.removed(unit, *old));
            self.segment(unit, at, counterparts[at]);
            behind.iter().for_each(|(old, _)| self.removed(unit, *old));
        }
        self.line("");
    }

    /// A segment that is other than it was, and what stands for it.
    fn segment(&mut self, unit: &ExaminedUnit, at: usize, counterpart: Option<usize>) {
        match unit.changes.since[at] {
            Since::Same => return,
            Since::Changed(old) => self.removed(unit, old),
            Since::New => {}
        }
        self.added(&self.source(unit, at));
        self.own(unit, counterpart);
    }

    /// Where both sides of a segment are written.
    fn place(&self, unit: &ExaminedUnit, at: usize) -> String {
        let Some(segment) = unit.source.list.get(at) else { return String::new() };
        let at = self.desk.site.sources.locate(Span::new(unit.unit.source, segment.range.clone()));
        format!("{}:{}:{}", at.path, at.line, at.column)
    }

    fn source(&self, unit: &ExaminedUnit, at: usize) -> String {
        let range = unit.source.list[at].range.clone();
        let text = self.desk.site.sources.text(unit.unit.source);
        text.get(range).unwrap_or_default().to_owned()
    }

    fn removed(&mut self, unit: &ExaminedUnit, old: usize) {
        let texts = unit.then.as_ref().and_then(|then| then.texts.as_ref());
        match texts.and_then(|texts| texts.get(old)).filter(|text| !text.is_empty()).cloned() {
            Some(text) => self.lines("- ", &text),
            None => self.line(&format!("- ({})", self.desk.say(&Message::new("diff-not-kept")))),
        }
    }

    fn added(&mut self, text: &str) {
        self.lines("+ ", text);
    }

    fn lines(&mut self, sign: &str, text: &str) {
        for line in text.lines() {
            let shown = crate::diagnostic::visible(line.trim_end());
            let _ = writeln!(self.text, "{sign}{shown}");
        }
    }

    /// What stands in the translation now.
    fn own(&mut self, unit: &ExaminedUnit, counterpart: Option<usize>) {
        let known = counterpart.zip(unit.own.as_ref()).zip(unit.unit.own);
        let Some(((at, own), text)) = known else {
            let line = self.desk.say(&Message::new("diff-no-counterpart"));
            return self.line(&format!("= {line}"));
        };
        let range = own.list[at].range.clone();
        let place = self.desk.site.sources.locate(Span::new(text, range.clone()));
        let said = self.desk.site.sources.text(text).get(range).unwrap_or_default();
        let first = said.lines().next().unwrap_or_default();
        let first = crate::diagnostic::visible(first);
        self.line(&format!("= {}:{}:{}  {first}", place.path, place.line, place.column));
    }
}
