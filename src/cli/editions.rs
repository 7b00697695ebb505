//! A language of a site as it is: each file beside its counterpart, and what is known of what it stands for.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::failure::Failure;
use crate::diagnostic::Diagnostic;
use crate::load::{NoHistory, Past, read_if_there};
use crate::messages::{Catalog, MessageLanguage};
use crate::model::Site;
use crate::source::FileId;
use crate::translation::damage;
use crate::translation::{
    Document, Examined, LanguageStatus, Lock, Origins, documents, is_ignored, untold_staleness,
};
use crate::variant::LanguageId;

/// A language as it is.
pub(super) struct Edition {
    pub(super) examined: Vec<Examined>,
    pub(super) origins: Origins,
    pub(super) lock: Lock,
    /// The text of the lock as it was read; none where there is none.
    pub(super) lock_text: Option<String>,
    /// What is wrong with what translations say of their origin.
    pub(super) found: Vec<Diagnostic>,
}

impl Edition {
    /// A language of a site whose lock says this.
    pub(super) fn new(
        site: &Site,
        language: LanguageId,
        lock_text: Option<String>,
        past: Option<&Past>,
    ) -> Result<Self, Failure> {
        let lock = Lock::parse(lock_text.as_deref().unwrap_or_default()).map_err(|fault| {
            let (path, line, column) =
                (Lock::path(site.config.language(language)), fault.line, fault.column);
            Failure::Usage(format!("{path}:{line}:{column}: {}", fault.message))
        })?;
        let mut documents = documents(site, language);
        documents.retain(|document| !is_ignored(site, language, document));
        let mut found = Vec::new();
        let origins = Origins::new(site, language, &documents, &lock, past);
        let origins = origins.map_err(Failure::Io)?.collect(&mut found);
        let examine = |(position, document): (usize, &Document)| {
            Examined::new(site, position, document, &origins)
        };
        let examined = documents.par_iter().enumerate().map(examine).collect();
        Ok(Self { examined, origins, lock, lock_text, found })
    }

    /// Whether there is a translation of which nobody tells what it stands for.
    pub(super) fn has_untold(&self) -> bool {
        let mut files = self.examined.iter().enumerate();
        files.any(|(position, file)| {
            file.document.own.is_some() && self.origins.origin(position).is_none()
        })
    }

    /// How far it is, where so many places of its files are damaged.
    pub(super) fn status(
        &self,
        site: &Site,
        language: LanguageId,
        damage: &BTreeMap<FileId, usize>,
    ) -> LanguageStatus {
        let origin = |position: usize| self.origins.origin(position);
        let damage = |file| damage.get(&file).copied().unwrap_or_default();
        LanguageStatus::new(site, language, &self.examined, &origin, &damage)
    }
}

/// How many places of each translated file are damaged, by the rules that the site has not switched off.
pub(super) fn damage(site: &Site, language: LanguageId) -> BTreeMap<FileId, usize> {
    let words = Catalog::of(MessageLanguage::English);
    let mut damage = BTreeMap::new();
    for finding in damage::findings(site, &damage::check(site, language), &words) {
        *damage.entry(finding.diagnostic.span.text.file).or_default() += 1;
    }
    damage
}

/// The text of the lock of a language as it is now.
pub(super) fn lock_now(
    root: &Path,
    site: &Site,
    language: LanguageId,
) -> Result<Option<String>, Failure> {
    let path = Lock::path(site.config.language(language));
    read_if_there(root, &path)
        .map_err(|error| Failure::Io(format!("cannot read `{path}`: {error}")))
}

/// What is over the budgets of a site's translations: as it is now, or as it was in a commit.
pub(super) fn over_budget(
    root: &Path,
    site: &Site,
    commit: Option<&str>,
) -> Result<Vec<Diagnostic>, Failure> {
    let mut found = Vec::new();
    if site.config.budgets.is_empty() {
        return Ok(found);
    }
    let past = Past::open(root).map_err(NoHistory::said).and_then(|past| match commit {
        Some(name) => past.as_of(name),
        None => Ok(past),
    });
    for (language, budget) in &site.config.budgets {
        let language = *language;
        let lock = match (commit, &past) {
            (None, _) => lock_now(root, site, language)?,
            (Some(_), Ok(past)) => {
                let path = Lock::path(site.config.language(language));
                past.head().and_then(|head| past.text(past.blob(head, &path)?))
            }
            (Some(_), Err(_)) => None,
        };
        let edition = Edition::new(site, language, lock, past.as_ref().ok())?;
        if let Err(why) = &past
            && (edition.lock_text.is_none() || edition.has_untold())
        {
            found.extend(untold_staleness(&site.config, language, why));
        }
        let damage = budget.max_damaged.map(|_| damage(site, language)).unwrap_or_default();
        let status = edition.status(site, language, &damage);
        found.extend(status.over_budget(&site.config, language));
        found.extend(edition.found);
    }
    Ok(found)
}
