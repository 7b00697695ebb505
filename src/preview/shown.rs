//! A page as it is shown: its text, what it was made from, and what is wrong with it.

use super::snapshot::{Snapshot, editions};
use crate::check;
use crate::diagnostic::{Diagnostic, Finding, Severity, codes};
use crate::model::PageId;
use crate::render::{PageBodies, Reads, Single};
use crate::source::{FileId, TextId};
use crate::variant::Variant;

/// A page in a variant.
#[derive(Debug)]
pub struct Shown {
    /// The page, and the variant.
    pub page: PageId,
    /// Its language and version.
    pub variant: Variant,
    /// Its text; empty where it could not be made.
    pub text: String,
    /// A name for the text: another one where the text, or a file that it shows, is other.
    pub stamp: String,
    /// What it was made from.
    pub reads: Reads,
    /// What is wrong with it, the gravest first.
    pub findings: Vec<Finding>,
    /// Its own files.
    own: Vec<FileId>,
}

impl Shown {
    pub(super) fn new(
        snapshot: &Snapshot,
        page: PageId,
        variant: Variant,
        bodies: &PageBodies,
        single: Result<Single, Diagnostic>,
        found: Vec<Diagnostic>,
    ) -> Self {
        let site = snapshot.prepared.site();
        let mut findings: Vec<Finding> = found.into_iter().map(Finding::from).collect();
        findings.extend(bodies.findings());
        let single = single.unwrap_or_else(|fault| {
            findings.push(fault.into());
            Single::default()
        });
        findings.extend(single.diagnostics.into_iter().map(Finding::from));
        findings.extend(check::of_page(site, &single.facts.alone(page, variant)));
        let files = single.reads.files();
        findings.extend(snapshot.found_in(site.page(page), variant.language, &files));
        let own = site.page(page);
        // What is wrong with the text in the default language is not shown in a translation, but for what both lead to:
        // so before findings of the same cause become one.
        if bodies.written_in(variant).is_some_and(|language| !language.is_default()) {
            findings.retain(|finding| root_of(&finding.diagnostic) != own.source.body.id);
        }
        let mut findings = check::findings(site, findings);
        let gravity = |finding: &Finding| std::cmp::Reverse(finding.diagnostic.severity);
        findings.sort_by_key(gravity);
        let stamp = stamp_of(snapshot, &single.text);
        let own = editions(own, variant.language).map(|edition| edition.file).collect();
        Self { page, variant, text: single.text, stamp, reads: single.reads, findings, own }
    }

    /// What is wrong with it that readers must not miss: something of it is lost, and it was not so in `good`, the last
    /// time that nothing was. Where there was no such time, faults of what all pages share are left to the bar.
    pub(super) fn grave<'a>(
        &'a self,
        good: Option<&'a Self>,
    ) -> impl Iterator<Item = &'a Diagnostic> {
        let is_known = move |finding: &Diagnostic| {
            let same = |other: &Finding| {
                let other = &other.diagnostic;
                other.code.name == finding.code.name && other.message == finding.message
            };
            good.is_some_and(|good| good.findings.iter().any(same))
        };
        let findings = self.findings.iter().map(|finding| &finding.diagnostic);
        let is_own = |finding: &Diagnostic| self.own.contains(&root_of(finding).file);
        let is_due =
            move |finding: &Diagnostic| good.is_some() || self.text.is_empty() || is_own(finding);
        findings.filter(move |finding| {
            is_lossy(finding, good.is_some()) && is_due(finding) && !is_known(finding)
        })
    }
}

/// The text in which the way to a finding begins.
fn root_of(finding: &Diagnostic) -> TextId {
    finding.trace.first().unwrap_or(&finding.span).text
}

/// Whether a finding is about something that is lost. Addresses that lead nowhere lose nothing of the page, and many
/// pages have some: only those that are `new` count.
fn is_lossy(finding: &Diagnostic, has_good: bool) -> bool {
    let is_address =
        [codes::BROKEN_LINK.name, codes::MISSING_IMAGE.name].contains(&finding.code.name);
    match finding.severity {
        Severity::Error => !is_address || has_good,
        // A fault of a translation is never more than a warning, although its text may be lost.
        Severity::Warning => {
            let is_of_translation = finding.code.severity == Severity::Error
                || finding.code.name == codes::TRANSLATION_FALLBACK.name;
            has_good && is_of_translation && !is_address
        }
    }
}

/// The name of a text with the copied files that it shows and that have changed.
fn stamp_of(snapshot: &Snapshot, text: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(text.as_bytes());
    hasher.update(snapshot.theme_stamp.as_bytes());
    for (name, count) in &snapshot.stamps {
        if text.contains(&**name) {
            hasher.update(name.as_bytes());
            hasher.update(&count.to_le_bytes());
        }
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
