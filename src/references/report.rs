//! Where something is used, how far that reaches, and what it says, for people and programs.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::{References, Said, Target, Use, leaves, reached, said, uses};
use crate::diagnostic::visible;
use crate::model::Site;
use crate::render::Prepared;
use crate::source::Span;
use crate::variant::{LanguageId, VariantSet, VersionSet};

/// How many characters of a line are shown.
const WIDTH: usize = 100;

/// Who uses something, and what it says.
#[derive(Debug, Serialize)]
pub struct Report {
    /// What it is: `data`, `include`, `feature`, `asset` or `page`.
    pub kind: &'static str,
    /// What it is called.
    pub name: String,
    /// The places where it is written, of data by language and version.
    pub written: Vec<Place>,
    /// How many pages it reaches.
    pub pages: usize,
    /// In how many variants.
    pub variants: usize,
    /// The places that come to it.
    pub references: Vec<ReportedUse>,
    /// What a value of the data says in each variant, equal ones put together.
    pub values: Vec<ReportedValue>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The path of the file below the site's folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// A place that comes to something.
#[derive(Debug, Serialize)]
pub struct ReportedUse {
    /// The place.
    #[serde(flatten)]
    pub place: Place,
    /// Its line.
    pub text: String,
    /// What is between the place and the thing, the nearest to the place first.
    pub through: Vec<String>,
}

/// What a value says in some variants.
#[derive(Debug, Serialize)]
pub struct ReportedValue {
    /// The text after Liquid.
    pub text: String,
    /// Why the default language stands in, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fallback: Option<&'static str>,
    /// The ids of the versions by the codes of the languages.
    pub variants: BTreeMap<String, Vec<String>>,
}

impl Report {
    /// The report about something of a site.
    pub fn new(prepared: &Prepared<'_>, references: &References, target: &Target) -> Self {
        let site = prepared.site();
        let uses = uses(site, references, target);
        let reached = reached(prepared, &uses, target);
        Self {
            kind: target.kind(),
            name: target.name(site),
            written: written(site, target),
            pages: reached.len(),
            variants: reached.values().map(VariantSet::len).sum(),
            references: uses.iter().map(|used| reported(site, used)).collect(),
            values: values(prepared, target),
        }
    }

    /// For a terminal.
    pub fn human(&self, site: &Site) -> String {
        let mut text = format!("{}\n", self.summary());
        for place in &self.written {
            let _ = writeln!(text, "  written in {}:{}:{}", place.file, place.line, place.column);
        }
        let mut before: Option<&[String]> = None;
        for used in &self.references {
            if before != Some(&used.through) {
                text += &match &*used.through {
                    [] => "\nused in\n".to_owned(),
                    way => format!("\nused through {}\n", way.join(" → ")),
                };
                before = Some(&used.through);
            }
            let Place { file, line, column } = &used.place;
            let _ = writeln!(text, "  {file}:{line}:{column}: {}", used.text);
        }
        if !self.values.is_empty() {
            text += "\nsays\n";
        }
        for (at, value) in self.values.iter().enumerate() {
            let same = |other: &&ReportedValue| other.text == value.text;
            if self.values[..at].iter().any(|other| same(&other)) {
                continue;
            }
            for other in self.values[at..].iter().filter(same) {
                let _ = writeln!(text, "  {}", other.heading(site));
            }
            for line in value.text.trim().lines() {
                let _ = writeln!(text, "    {}", visible(line));
            }
        }
        text
    }

    /// One line: `variables.product.name: 3 places, 2 pages, 8 variants`.
    fn summary(&self) -> String {
        let plural = |count: usize, word: &str| {
            format!("{count} {word}{}", if count == 1 { "" } else { "s" })
        };
        format!(
            "{}: {}, {}, {}",
            visible(&self.name),
            plural(self.references.len(), "place"),
            plural(self.pages, "page"),
            plural(self.variants, "variant"),
        )
    }
}

impl ReportedValue {
    /// `en: product@2.0, product@1.0`, and why that is not in the language.
    fn heading(&self, site: &Site) -> String {
        let all = site.versions().len();
        let of = |(language, versions): (&String, &Vec<String>)| match versions.len() {
            count if count == all && all > 1 => format!("{language}: all versions"),
            _ => format!("{language}: {}", versions.join(", ")),
        };
        let variants: Vec<String> = self.variants.iter().map(of).collect();
        let default = &site.config.language(LanguageId::DEFAULT).code;
        let fallback = self.fallback.map(|why| format!(" (in {default}: {why})"));
        variants.join("; ") + &fallback.unwrap_or_default()
    }
}

impl Target {
    /// The word for what it is.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Data(_) => "data",
            Self::Include(_) => "include",
            Self::Feature(_) => "feature",
            Self::Asset(_) => "asset",
            Self::Page(_) => "page",
        }
    }

    /// What it is called.
    pub fn name(&self, site: &Site) -> String {
        match self {
            Self::Data(name) | Self::Include(name) | Self::Feature(name) => name.clone(),
            Self::Asset(name) => format!("assets/{name}"),
            Self::Page(page) => format!("content/{}", site.page(*page).path),
        }
    }
}

/// The places where something is written: of data in every language and version; none for more than one value.
fn written(site: &Site, target: &Target) -> Vec<Place> {
    let start = |span: Span| place(site, span);
    match target {
        Target::Data(key) => match site.data.find(key) {
            Some(datum) => {
                let texts = datum.all().map(|(_, _, value)| value.text());
                texts.map(|text| start(Span::new(text, 0..0))).collect()
            }
            None => Vec::new(),
        },
        Target::Include(name) => site
            .includes
            .get(name)
            .map(|text| start(Span::new(text.id, 0..0)))
            .into_iter()
            .collect(),
        Target::Page(page) => {
            let page = site.page(*page);
            let editions = std::iter::once(&page.source).chain(page.translations.values());
            editions.map(|edition| start(Span::start_of(edition.file))).collect()
        }
        Target::Feature(_) | Target::Asset(_) => Vec::new(),
    }
}

fn place(site: &Site, span: Span) -> Place {
    let at = site.sources.locate(span);
    Place { file: visible(at.path), line: at.line, column: at.column }
}

fn reported(site: &Site, used: &Use) -> ReportedUse {
    let span = used.reference.span;
    let at = site.sources.locate(span);
    let text = &site.sources.file(span.text.file).text;
    let line = text.lines().nth(at.line - 1).unwrap_or_default().trim();
    let text = match line.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    };
    ReportedUse {
        place: place(site, span),
        text: visible(&text),
        through: used.through.iter().map(|target| target.name(site)).collect(),
    }
}

/// What a value says. A place in the tree with more than one says nothing by itself.
fn values(prepared: &Prepared<'_>, target: &Target) -> Vec<ReportedValue> {
    let site = prepared.site();
    let Target::Data(key) = target else { return Vec::new() };
    let only = site.data.branch(key).map(leaves).filter(|found| found.len() == 1);
    let datum = site.data.find(key).or_else(|| Some(site.data.get(*only?.first()?)));
    let all = datum.map(|datum| said(prepared, datum)).unwrap_or_default();
    all.into_iter().map(|one| reported_value(site, one)).collect()
}

fn reported_value(site: &Site, Said { text, fallback, variants }: Said) -> ReportedValue {
    let of = |(language, versions): (LanguageId, VersionSet)| {
        let ids = versions.iter().map(|version| site.config.versions.get(version).id.clone());
        (site.config.language(language).code.clone(), ids.collect())
    };
    let variants = variants.iter().map(of).collect();
    ReportedValue { text, fallback: fallback.map(|why| why.name()), variants }
}
