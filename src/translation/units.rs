//! The texts of a site that people translate, file by file, each with what a language says in its place.

use std::collections::BTreeMap;

use crate::config::Language;
use crate::load::{FrontMatter, LiquidText};
use crate::model::{DataId, DatumValue, Edition, Page, PageId, Site};
use crate::render::ui::forms::needless_forms;
use crate::source::{FileId, TextId};
use crate::variant::{LanguageId, VersionId};

/// A file of the default language with its counterpart in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The page, of a page's file; none of a data file.
    pub page: Option<PageId>,
    /// The file in the default language.
    pub source: FileId,
    /// The file in the other language, where there is one.
    pub own: Option<FileId>,
    /// Where the file in the other language is, or would be.
    pub own_path: String,
    /// Whether that file is so damaged that nothing of it is used.
    pub gives_way: bool,
    /// Its texts, in the order in which they are written.
    pub units: Vec<Unit>,
}

/// A text, and what the other language says in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What it is.
    pub name: UnitName,
    /// The text in the default language.
    pub source: TextId,
    /// The text in the other language as it is written; none where there is none, or nothing but white space.
    pub own: Option<TextId>,
    /// Whether the other language's text is so damaged that the source is shown.
    pub gives_way: bool,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitName {
    /// The title of a page.
    Title,
    /// Its title for navigation.
    ShortTitle,
    /// Its lead.
    Intro,
    /// Which products have what it describes.
    Product,
    /// Who may do what it describes.
    Permissions,
    /// What stands below its front matter.
    Body,
    /// A value of the data, and the version that alone has it.
    Data(DataId, Option<VersionId>),
}

impl UnitName {
    /// The texts of front matter, in their order.
    pub const FRONT: [Self; 5] =
        [Self::Title, Self::ShortTitle, Self::Intro, Self::Product, Self::Permissions];

    /// The key of front matter, `body`, or the key of the data.
    pub fn key(self, site: &Site) -> &str {
        match self {
            Self::Title => "title",
            Self::ShortTitle => "shortTitle",
            Self::Intro => "intro",
            Self::Product => "product",
            Self::Permissions => "permissions",
            Self::Body => "body",
            Self::Data(id, _) => &site.data.get(id).key,
        }
    }
}

/// The files of a site that are for translators, with their counterparts in `language`, in the order of their paths.
pub fn documents(site: &Site, language: LanguageId) -> Vec<Document> {
    let mut documents: Vec<Document> =
        site.pages.iter().map(|page| page_document(site, page, language)).collect();
    documents.extend(data_documents(site, language));
    documents.sort_by(|left, right| path(site, left.source).cmp(path(site, right.source)));
    documents
}

/// The files of a language of which nothing could be read, by their paths.
fn lost(site: &Site, language: LanguageId) -> BTreeMap<&str, FileId> {
    let files = site.mends.iter().filter(|mend| mend.source.is_none()).map(|mend| mend.own.file);
    let files = files.filter(|file| site.language_of(*file) == language);
    files.map(|file| (path(site, file), file)).collect()
}

/// Whether a file is not to be translated, as the configuration says.
pub fn is_ignored(site: &Site, language: LanguageId, document: &Document) -> bool {
    let budget = site.config.budgets.get(&language);
    budget.is_some_and(|budget| budget.ignores(path(site, document.source)))
}

fn path(site: &Site, file: FileId) -> &str {
    &site.sources.file(file).path
}

/// Where the counterpart of a file of the default language is.
pub fn own_path(language: &Language, path: &str) -> String {
    match &*language.dir {
        "" => path.to_owned(),
        dir => format!("{dir}/{path}"),
    }
}

fn page_document(site: &Site, page: &Page, language: LanguageId) -> Document {
    let own = page.translations.get(&language);
    let gives_way = own.is_some_and(|own| own.damaged);
    let names = UnitName::FRONT.into_iter().chain([UnitName::Body]);
    let unit = |name| {
        let source = written(&page.source, name)?;
        let own = own.and_then(|own| written(own, name));
        unit(site, name, source, own, gives_way)
    };
    Document {
        page: Some(page.id),
        source: page.source.file,
        own: own.map(|own| own.file),
        own_path: own_path(site.config.language(language), path(site, page.source.file)),
        gives_way,
        units: names.filter_map(unit).collect(),
    }
}

/// A text of a page's file.
pub(super) fn written(edition: &Edition, name: UnitName) -> Option<&LiquidText> {
    let front: &FrontMatter = &edition.front;
    match name {
        UnitName::Title => front.title.as_ref(),
        UnitName::ShortTitle => front.short_title.as_ref(),
        UnitName::Intro => front.intro.as_ref(),
        UnitName::Product => front.product.as_ref(),
        UnitName::Permissions => front.permissions.as_ref(),
        UnitName::Body => Some(&edition.body),
        UnitName::Data(..) => None,
    }
}

/// A unit; none where the source has nothing but white space.
fn unit(
    site: &Site,
    name: UnitName,
    source: &LiquidText,
    own: Option<&LiquidText>,
    gives_way: bool,
) -> Option<Unit> {
    let is_empty = |text: &LiquidText| site.sources.text(text.id).trim().is_empty();
    if is_empty(source) {
        return None;
    }
    let own = own.filter(|own| !is_empty(own));
    Some(Unit {
        name,
        source: source.id,
        own: own.map(|own| site.sources.unedited(own.id)),
        gives_way: gives_way || own.is_some_and(|own| own.damaged && !source.damaged),
    })
}

/// The data of the site, but for features, which are for the program alone.
fn data_documents(site: &Site, language: LanguageId) -> Vec<Document> {
    let mut documents: BTreeMap<FileId, Document> = BTreeMap::new();
    let needless = needless_forms(site, language);
    let lost = lost(site, language);
    for (number, datum) in (0..).zip(site.data.values()) {
        if datum.key.starts_with("features.") || needless.contains(&*datum.key) {
            continue;
        }
        let value = |wanted: LanguageId, version: Option<VersionId>| {
            let mut all = datum.all();
            let value = all.find(|(language, of, _)| *language == wanted && *of == version)?.2;
            match value {
                DatumValue::Text(text) => Some(text),
                DatumValue::Boolean(..) | DatumValue::Number(..) => None,
            }
        };
        for (_, version, _) in datum.all().filter(|(language, ..)| language.is_default()) {
            let name = UnitName::Data(DataId(number), version);
            let (Some(source), own) =
                (value(LanguageId::DEFAULT, version), value(language, version))
            else {
                continue;
            };
            let file = source.id.file;
            let own_path = own_path(site.config.language(language), path(site, file));
            let lost = lost.get(&*own_path).copied();
            let Some(unit) = unit(site, name, source, own, lost.is_some()) else { continue };
            let document = documents.entry(file).or_insert_with(|| Document {
                page: None,
                source: file,
                own: lost,
                own_path,
                gives_way: lost.is_some(),
                units: Vec::new(),
            });
            document.own = document.own.or(unit.own.map(|own| own.file));
            document.units.push(unit);
        }
    }
    documents.into_values().collect()
}
