//! What answers an address of the site, or why nothing does. Of all pages only the one that is asked for is rendered.

mod asked;
mod editions;
mod files;
mod nothing;
mod page;
mod versions;
mod words;

use serde::Serialize;

use super::Place;
use crate::model::{PageId, Redirect};
use crate::render::{Form, Prepared, Requested};
use crate::variant::Variant;

use asked::{Asked, Elsewhere, asked};

pub use editions::{EditionAnswer, StringAnswer};
pub use page::{HeadingAnswer, PageAnswer};
pub use versions::VersionAnswer;

/// What answers an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Why {
    /// The address as it was asked for.
    pub asked: String,
    /// What answers it.
    pub answer: Answer,
    /// The path that was looked up: decoded, below the base path. `null` where the address is none of this site.
    pub path: Option<String>,
    /// The page, where one answers.
    pub page: Option<PageAnswer>,
    /// Where an old address leads, and who claims it.
    pub old: Option<OldAddress>,
    /// What the file is, where one answers that is no page.
    pub file: Option<String>,
    /// Why nothing answers, the most likely first.
    pub reasons: Vec<Reason>,
    /// What else there is to know about the address.
    pub notes: Vec<String>,
}

/// What answers an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// A page, in one of its forms.
    Page,
    /// The way to a page.
    OldAddress,
    /// A file that is no page.
    File,
    /// Another host, or no host at all.
    Elsewhere,
    /// Nothing.
    Nothing,
}

/// Where an old address leads, and who claims it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OldAddress {
    /// The address of the page, with the base path.
    pub target: String,
    /// The page's file.
    pub file: String,
    /// The code of the language.
    pub language: String,
    /// The id of the version.
    pub version: String,
    /// The entry of `redirect_from`; `null` where the site has the old address by itself.
    pub entry: Option<String>,
    /// Why it leads there.
    pub because: String,
    /// Where the entry is, or where the page begins.
    pub place: Place,
}

/// A reason why nothing answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The reason.
    pub reason: String,
    /// Where it is written.
    pub place: Option<Place>,
    /// What to do; begins with a verb or with "did you mean".
    pub hint: Option<String>,
}

impl Reason {
    fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), place: None, hint: None }
    }

    fn at(self, place: impl Into<Option<Place>>) -> Self {
        Self { place: place.into(), ..self }
    }

    fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl Why {
    fn new(address: &str, answer: Answer) -> Self {
        Self {
            asked: address.to_owned(),
            answer,
            path: None,
            page: None,
            old: None,
            file: None,
            reasons: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Whether something of this site answers.
    pub fn is_answered(&self) -> bool {
        matches!(self.answer, Answer::Page | Answer::OldAddress | Answer::File)
    }
}

/// What answers an address: a whole one, or a path with or without the base path.
pub fn why(prepared: &Prepared<'_>, address: &str) -> Why {
    let asked = match asked(&prepared.site().config, address) {
        Ok(asked) => asked,
        Err(Elsewhere(reason)) => {
            return Why { reasons: vec![reason], ..Why::new(address, Answer::Elsewhere) };
        }
    };
    let found = match prepared.requested(asked.below()) {
        Some(Requested::Page(id, variant, form)) => {
            page(prepared, address, &asked, (id, variant), form)
        }
        Some(Requested::Redirect(to)) => {
            let old = Some(old(prepared, &asked, to));
            Why { old, ..Why::new(address, Answer::OldAddress) }
        }
        other => match files::described(prepared, &asked, other) {
            Some(file) => Why { file: Some(file), ..Why::new(address, Answer::File) },
            None => {
                let reasons = nothing::reasons(prepared, &asked);
                Why { reasons, ..Why::new(address, Answer::Nothing) }
            }
        },
    };
    let notes = asked.notes.iter().cloned().chain(found.notes.iter().cloned()).collect();
    Why { path: Some(asked.path), notes, ..found }
}

fn page(
    prepared: &Prepared<'_>,
    address: &str,
    asked: &Asked,
    (id, variant): (PageId, Variant),
    form: Form,
) -> Why {
    let page = Some(page::answer(prepared, asked, (id, variant), form));
    Why { page, ..Why::new(address, Answer::Page) }
}

fn old(prepared: &Prepared<'_>, asked: &Asked, to: Redirect) -> OldAddress {
    let site = prepared.site();
    let config = &site.config;
    let page = site.page(to.page);
    let permalink = site.permalink(to.page, to.variant);
    let entry = (to.span.start < to.span.end)
        .then(|| site.sources.text(to.span.text).get(to.span.range()))
        .flatten()
        .map(str::to_owned);
    let because = match &entry {
        Some(entry) => format!("`{entry}` in `redirect_from`"),
        None if asked.path == "/" => "the address of the site leads to its home page".to_owned(),
        None => "the default version is left out of addresses (`urls.default_version`)".to_owned(),
    };
    OldAddress {
        target: format!("{}{permalink}", config.base_path()),
        file: site.sources.file(page.source.file).path.clone(),
        language: config.language(to.variant.language).code.clone(),
        version: config.versions.get(to.variant.version).id.clone(),
        entry,
        because,
        place: Place::of(&site.sources, to.span),
    }
}
