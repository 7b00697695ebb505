//! Files beside their translations as pages of a folder that needs no server: for reviewers who have no tools.

mod carried;
mod styles;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use self::carried::Carried;
pub use self::carried::encoded;
use super::compare::{Comparison, STYLE, Side};
use super::examined::State;
use super::facing::Facing;
use super::ground::Ground;
use super::html::escaped;
use super::place::Place;
use super::rows::Row;
use super::standing::Standing;
use super::units::{Document, UnitName};
use crate::model::{PageId, Site};
use crate::render::Prepared;
use crate::source::{FileId, Location, Span, TextId};
use crate::variant::{LanguageId, Variant, VersionId};

/// What goes through the rows of a page.
const SCRIPT: &str = include_str!("../../templates/preview/rows.js");

/// Where the program's own files are in the folder.
const OWN: &str = "review";

/// Nothing is asked of anybody, whatever authors and translators have written.
const POLICY: &str = "default-src 'none'; img-src 'self' file: data:; media-src 'self' file:; \
    style-src 'self' file: 'unsafe-inline'; font-src 'self' file:; script-src 'self' file:; \
    base-uri 'none'; form-action 'none'";

/// A site to be reviewed in a language.
pub struct Review<'a> {
    /// The site.
    pub prepared: &'a Prepared<'a>,
    /// The language.
    pub language: LanguageId,
    /// What is known of its texts.
    pub standing: &'a Standing,
    /// The version that pages are shown in; else the nearest one to the default version that a page has.
    pub version: Option<VersionId>,
    /// The BCP 47 tag of the language that the pages speak themselves.
    pub interface: &'a str,
}

/// How much of a site is reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reviewed {
    /// What has something to do in it.
    Open,
    /// Everything.
    All,
}

/// A file with its translation, to be reviewed.
pub struct ReviewPage {
    /// Its address in the folder.
    pub path: String,
    /// The path of the source.
    pub source: String,
    /// The title of the page; none of data files.
    pub title: Option<String>,
    /// How many places there are where something is to be done.
    pub places: usize,
    /// How many words of the file are stale, missing or in fallback.
    pub words: usize,
    /// The page, in HTML.
    pub html: String,
}

/// The pages of a review, and the files that they show.
pub struct Folder {
    /// The pages, in the order of their sources.
    pub pages: Vec<ReviewPage>,
    /// The program's own files, by their paths.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The pictures: their paths below the site's `assets` by those in the folder.
    pub pictures: BTreeMap<String, String>,
}

/// A file on its way into the folder: what it was made from must outlive its rows.
struct Draft<'a> {
    document: &'a Document,
    halves: Option<(Facing, Facing)>,
    rows: Vec<Row>,
    places: usize,
}

impl Review<'_> {
    /// The folder of these files. The only error is one of the program's own template.
    pub fn folder(
        &self,
        documents: &[&Document],
        reviewed: Reviewed,
    ) -> Result<Folder, minijinja::Error> {
        let drafts: Vec<Draft<'_>> = documents
            .par_iter()
            .filter_map(|document| self.draft(document))
            .filter(|draft| reviewed == Reviewed::All || draft.places > 0)
            .collect();
        let paths: BTreeMap<PageId, String> = drafts
            .iter()
            .filter_map(|draft| Some((draft.document.page?, self.path(draft.document))))
            .collect();
        let made = drafts.into_par_iter().map(|draft| self.page(draft, &paths));
        let made: Vec<(ReviewPage, BTreeSet<String>)> = made.collect::<Result<_, _>>()?;
        let (pages, shown): (Vec<_>, Vec<_>) = made.into_iter().unzip();
        let shown: BTreeSet<String> = shown.into_iter().flatten().collect();
        let pictures = shown.into_iter().map(|name| (format!("pictures/{name}"), name));
        Ok(Folder { pages, files: self.files(), pictures: pictures.collect() })
    }

    /// The styles and the script of all pages.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let theme = styles::theme(self.prepared);
        let own = [("theme.css", &*theme), ("compare.css", STYLE), ("rows.js", SCRIPT)];
        let own = own.map(|(name, text)| (format!("{OWN}/{name}"), text.as_bytes().to_vec()));
        own.into_iter().collect()
    }

    fn site(&self) -> &Site {
        self.prepared.site()
    }

    /// The address of a file's page in the folder.
    fn path(&self, document: &Document) -> String {
        let source = &self.site().sources.file(document.source).path;
        let stem = match document.page {
            Some(_) => source.strip_suffix(".md").unwrap_or(source),
            // Two data files can differ in their endings alone.
            None => source,
        };
        format!("{stem}.html")
    }

    /// A file beside its counterpart; nothing where the version does not have the page.
    fn draft<'d>(&self, document: &'d Document) -> Option<Draft<'d>> {
        let halves = match document.page {
            Some(page) => Some(self.halves(page)?),
            None => None,
        };
        let draft = Draft { document, halves, rows: Vec::new(), places: 0 };
        let rows = self.compared(&draft, |comparison| comparison.rows());
        let places = rows.iter().filter(|row| row.status.differs()).count();
        Some(Draft { rows, places, ..draft })
    }

    fn halves(&self, page: PageId) -> Option<(Facing, Facing)> {
        let site = self.site();
        let version = match self.version {
            Some(version) => Some(version).filter(|own| site.page(page).versions.contains(*own)),
            None => site.nearest_version(page, site.config.default_version),
        };
        let version = version?;
        let half = |language| {
            let bodies = Arc::new(self.prepared.page_bodies(page, language));
            Facing::new(self.prepared, bodies, page, Variant { language, version }).ok()
        };
        Some((half(LanguageId::DEFAULT)?, half(self.language)?))
    }

    /// Does `work` with the comparison of a draft.
    fn compared<T>(&self, draft: &Draft<'_>, work: impl FnOnce(&Comparison<'_>) -> T) -> T {
        let site = self.site();
        let document = draft.document;
        let is_source = |file: FileId| site.language_of(file).is_default();
        let edit = |_: &Location<'_>| None;
        let texts = draft.halves.iter().flat_map(|(left, right)| [left.text(), right.text()]);
        let expansions: Vec<_> = texts.flatten().map(|text| text.expansion).collect();
        let ground =
            Ground::new(&site.sources, &site.config.syntax(), &expansions, &is_source, &edit);
        let ground = ground.known(self.standing);
        let at = |file: FileId| ground.place(Span::start_of(file));
        let own = document.own.map(at).unwrap_or_else(|| Place {
            file: document.own_path.clone(),
            line: 1,
            column: 1,
            edit: None,
        });
        let files = match &draft.halves {
            Some((left, right)) => (at(left.file), at(right.file)),
            None => (at(document.source), own),
        };
        let fronts = document.units.iter().filter(|unit| unit.name != UnitName::Body);
        let fronts: Vec<TextId> = fronts.map(|unit| unit.source).collect();
        let path = self.path(document);
        let up = "../".repeat(path.matches('/').count());
        let styles = ["theme.css", "compare.css"].map(|name| format!("{up}{OWN}/{name}"));
        let styles: Vec<&str> = styles.iter().map(String::as_str).collect();
        let (script, contents) = (format!("{up}{OWN}/rows.js"), format!("{up}index.html"));
        let name = |file: &Place| escaped(file.file.rsplit('/').next().unwrap_or_default());
        let names = (name(&files.0), name(&files.1));
        let (left, right) = self.sides(draft, (&files.0, &names.0), (&files.1, &names.1));
        work(&Comparison {
            left,
            right,
            ground: &ground,
            fronts: &fronts,
            own: document.own,
            notices: &[],
            contents: Some(&contents),
            policy: Some(POLICY),
            styles: &styles,
            scripts: &[&script],
            interface: self.interface,
        })
    }

    fn sides<'a>(
        &'a self,
        draft: &'a Draft<'_>,
        (source, source_name): (&'a Place, &'a str),
        (own, own_name): (&'a Place, &'a str),
    ) -> (Side<'a>, Side<'a>) {
        let site = self.site();
        if let Some((left, right)) = &draft.halves {
            // Whoever has the folder does not have the pages.
            let away = |side: Side<'a>| Side { href: None, ..side };
            return (away(left.side(site, source)), away(right.side(site, own)));
        }
        let side = |language: LanguageId, file: &'a Place, title: &'a str| {
            let language = site.config.language(language);
            Side {
                title,
                language: &language.native_name,
                tag: &language.tag,
                version: "",
                href: None,
                file,
                fallback: None,
                text: None,
            }
        };
        (side(LanguageId::DEFAULT, source, source_name), side(self.language, own, own_name))
    }

    /// A page of the folder, and the pictures that it shows.
    fn page(
        &self,
        mut draft: Draft<'_>,
        paths: &BTreeMap<PageId, String>,
    ) -> Result<(ReviewPage, BTreeSet<String>), minijinja::Error> {
        let path = self.path(draft.document);
        let mut carried = Carried::new(self.prepared, paths, &path);
        let mut rows = std::mem::take(&mut draft.rows);
        for cell in rows.iter_mut().flat_map(|row| [&mut row.left, &mut row.right]).flatten() {
            cell.html = carried.html(&cell.html);
        }
        let pictures = carried.into_pictures();
        let html = self.compared(&draft, |comparison| comparison.html_of(rows))?;
        let site = self.site();
        let title = draft.halves.as_ref().map(|(left, _)| {
            let page = draft.document.page.expect("only pages have halves");
            self.prepared.title(page, left.variant).to_owned()
        });
        let page = ReviewPage {
            source: site.sources.file(draft.document.source).path.clone(),
            title,
            places: draft.places,
            words: self.words(draft.document),
            path,
            html,
        };
        Ok((page, pictures))
    }

    fn words(&self, document: &Document) -> usize {
        let known = document.units.iter().filter_map(|unit| self.standing.known(unit.source));
        let open = |known: &super::standing::Known| {
            let states = [State::Stale, State::Missing, State::Fallback];
            states.map(|state| known.examined.words(state)).iter().sum::<usize>()
        };
        known.map(open).sum()
    }
}
