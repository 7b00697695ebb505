//! Changes of a translation's files together with its lock: carried out, or shown.

use std::collections::BTreeMap;

use super::{Desk, print};
use crate::cli::editions::Edition;
use crate::cli::failure::Failure;
use crate::diagnostic::Edit;
use crate::edit::{ChangeSet, EditError, Refused};
use crate::source::{SourceFile, Span, TextId};
use crate::translation::Lock;
use crate::variant::LanguageId;

impl Desk {
    /// Changes files, adds those with these texts, and writes the lock where it is another; with `dry_run` all of it is
    /// printed instead.
    pub(super) fn change(
        &self,
        (language, edition): (LanguageId, &Edition),
        edits: &[Edit],
        added: &BTreeMap<String, String>,
        lock: &Lock,
        dry_run: bool,
    ) -> Result<(), Failure> {
        let mut sources = self.site.sources.clone();
        let path = Lock::path(self.site.config.language(language));
        let written = edition.lock_text.as_ref().map(|text| {
            let file = SourceFile::new(&*path, text.as_str());
            let length = file.text.len();
            Span::new(TextId::whole(sources.add(file)), 0..length)
        });
        let mut changes = ChangeSet::new(&sources);
        let refused = |refused: Refused| Failure::Io(refused.to_string());
        edits.iter().try_for_each(|edit| changes.edit(edit)).map_err(refused)?;
        for (path, text) in added {
            changes.add(path, text.as_str()).map_err(refused)?;
        }
        if *lock != edition.lock {
            let text = lock.text();
            match written {
                Some(span) => changes.edit(&Edit { span, text }).map_err(refused)?,
                None => changes.add(&path, text).map_err(refused)?,
            }
        }
        let failed = |error: EditError| Failure::Io(error.to_string());
        let rewrite = changes.rewrite(&self.opened.root).map_err(failed)?;
        if dry_run {
            print(&String::from_utf8_lossy(&rewrite.diff()));
            return Ok(());
        }
        rewrite.apply().map_err(|error| Failure::Io(error.to_string()))
    }
}
