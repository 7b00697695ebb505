//! What the preview's scripts in the browser read, as JSON.

use serde::Serialize;

pub use crate::translation::{Condition, Place};

/// The folder of the preview's own addresses. No language is called so.
pub const OWN: &str = "/_variorum/";

/// `GET /_variorum/page?path=…`: what the bar and the overlay show of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageInfo {
    /// What [`super::service::Service::news`] is asked with.
    pub token: String,
    /// The file that is shown.
    pub file: Place,
    /// The page in each version.
    pub versions: Vec<Choice>,
    /// The page in each language.
    pub languages: Vec<Choice>,
    /// Why the text is in the default language, where the page is in another: `missing`, `damaged`, …
    pub fallback: Option<String>,
    /// What it reads besides its own file, in the order of names.
    pub reads: Vec<Read>,
    /// Old addresses that lead to it.
    pub redirects: Vec<OldAddress>,
    /// What is wrong with it, the gravest first.
    pub findings: Vec<Problem>,
    /// Whether the findings are to be laid over the page: something of it is lost.
    pub overlay: bool,
    /// Whether the page shown is the last one that was whole, and not the one of now.
    pub is_last_good: bool,
}

/// A variant that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What `?compare=` calls it: `en`, `product@1.0`.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Its BCP 47 tag, of languages.
    pub tag: Option<String>,
    /// Where it is; where it does not exist, the nearest page that does.
    pub href: String,
    /// Whether it is the one that is shown.
    pub is_current: bool,
    /// Whether the page exists in it: the version has the page, the language a translation of it.
    pub exists: bool,
}

/// Something that a page reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Read {
    /// What it is.
    pub kind: ReadKind,
    /// Its key or its path.
    pub name: String,
    /// Where it is written.
    pub place: Place,
}

/// What something is that a page reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadKind {
    /// A piece of Markdown of the data.
    Reusable,
    /// A short value of the data.
    Variable,
    /// Another value of the data.
    Data,
    /// A piece of Liquid of the templates.
    Include,
    /// Title or intro of another page.
    Page,
    /// A string of the interface.
    Interface,
}

/// An old address of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OldAddress {
    /// The address.
    pub from: String,
    /// Where it is written.
    pub place: Place,
}

/// A finding, as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The stable name of its kind.
    pub code: String,
    /// `error` or `warning`.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub place: Place,
    /// The marked line; none where there is no line to show.
    pub excerpt: Option<Excerpt>,
    /// The inclusions that led there, outermost first.
    pub trace: Vec<Place>,
    /// What to do.
    pub hints: Vec<String>,
}

/// A line of a file, in three parts: the middle one is what is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Excerpt {
    /// Before it.
    pub before: String,
    /// What is wrong; it may be empty.
    pub marked: String,
    /// Behind it.
    pub after: String,
}

/// `GET /_variorum/blocks?path=…`: where the blocks of a page come from. The number of a block is its place in the
/// list, and the value of `data-block` on its element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origins {
    /// The blocks.
    pub blocks: Vec<Origin>,
}

/// Where a block comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Where it is written.
    pub place: Place,
    /// The inclusions that led there, outermost first.
    pub trace: Vec<Place>,
    /// The language of its file, by its code.
    pub language: String,
    /// The conditions that let it in, outermost first.
    pub conditions: Vec<Condition>,
}
