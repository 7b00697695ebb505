//! A logical page: its source, its translations, and the versions it applies to.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Orphan;
use super::data::Fallback;
use crate::config::{Config, plan_names};
use crate::diagnostic::{Checked, Diagnostic, Severity, codes, nearest};
use crate::load::{FrontMatter, LiquidText, PageFile, VersionsField};
use crate::name::folded;
use crate::source::{FileId, Span, Spanned};
use crate::variant::{LanguageId, VersionSet, parse_range, takes_in_next};

/// A page, by its position in [`super::Site::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

impl PageId {
    /// Its position.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A page.
#[derive(Debug)]
pub struct Page {
    /// Its number.
    pub id: PageId,
    /// Its path below `content`.
    pub path: String,
    /// Its address without language and version: no slash at either end, empty for the home page.
    pub route: String,
    /// The versions it applies to.
    pub versions: VersionSet,
    /// What it is in the tree.
    pub kind: Kind,
    /// The page in the default language; structure comes from it alone.
    pub source: Edition,
    /// Its translations, by language.
    pub translations: BTreeMap<LanguageId, Edition>,
}

/// A page's file in one language.
#[derive(Debug)]
pub struct Edition {
    /// The file.
    pub file: FileId,
    /// The front matter.
    pub front: Arc<FrontMatter>,
    /// The body.
    pub body: LiquidText,
    /// Whether the file is so damaged that a translation gives way to its source as a whole.
    pub damaged: bool,
}

/// One string of a page's file.
type Pick = for<'a> fn(&'a Edition) -> Option<&'a LiquidText>;

/// The strings of a page that fall back one by one, by the names that reports have for them.
const STRINGS: [(&str, Pick); 6] = [
    ("title", |edition| edition.front.title.as_ref()),
    ("shortTitle", |edition| edition.front.short_title.as_ref()),
    ("intro", |edition| edition.front.intro.as_ref()),
    ("product", |edition| edition.front.product.as_ref()),
    ("permissions", |edition| edition.front.permissions.as_ref()),
    ("body", |edition| Some(&edition.body)),
];

impl Edition {
    /// The strings that give way to those of the source, each with the reason. Of a file that gives way as a whole
    /// they say nothing.
    pub fn fallbacks(&self, source: &Self) -> impl Iterator<Item = (&'static str, Fallback)> {
        STRINGS.into_iter().filter_map(|(name, pick)| {
            let source = pick(source)?;
            match pick(self) {
                None => Some((name, Fallback::Missing)),
                Some(own) if own.damaged && !source.damaged => Some((name, Fallback::Damaged)),
                Some(_) => None,
            }
        })
    }
}

/// What a page is in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `index.md`.
    Home,
    /// `PRODUCT/index.md`.
    Product,
    /// `PRODUCT/…/index.md`.
    Category,
    /// A page that lists the articles of a topic.
    MapTopic,
    /// Any other page.
    Article,
}

impl Kind {
    /// The word for it in templates and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Product => "product",
            Self::Category => "category",
            Self::MapTopic => "map-topic",
            Self::Article => "article",
        }
    }

    /// Whether the page is an index of other pages.
    pub fn is_index(self) -> bool {
        matches!(self, Self::Home | Self::Product | Self::Category)
    }

    fn of(path: &str, front: &FrontMatter) -> Self {
        let depth = path.matches('/').count();
        match (path.strip_suffix("index.md"), depth) {
            (Some(""), _) => Self::Home,
            (Some(folder), 1) if folder.ends_with('/') => Self::Product,
            // A map topic is a page beside its articles, or the index of a folder.
            _ if front.map_topic => Self::MapTopic,
            (Some(folder), _) if folder.ends_with('/') => Self::Category,
            _ => Self::Article,
        }
    }
}

impl Page {
    /// The page in this language, where there is a usable one.
    pub fn edition(&self, language: LanguageId) -> Option<&Edition> {
        if language.is_default() {
            return Some(&self.source);
        }
        self.translations.get(&language).filter(|edition| !edition.damaged)
    }

    /// One string of the page in this language, else of the default language; and the language it is in.
    ///
    /// A string whose Liquid has errors gives way to the one of the default language, unless that has errors too.
    pub fn string<'a>(
        &'a self,
        language: LanguageId,
        pick: impl Fn(&'a Edition) -> Option<&'a LiquidText>,
    ) -> Option<(&'a LiquidText, LanguageId)> {
        let source = pick(&self.source);
        let translated = (!language.is_default())
            .then(|| self.edition(language))
            .flatten()
            .and_then(&pick)
            // A string that the source does not have is structure, and comes from the source alone.
            .filter(|text| source.is_some_and(|source| !text.damaged || source.damaged));
        match translated {
            Some(text) => Some((text, language)),
            None => source.map(|text| (text, LanguageId::DEFAULT)),
        }
    }

    /// Whether the page is the index of a folder: `index.md`, or a page with `children`.
    pub fn is_index(&self) -> bool {
        self.is_folder() || !self.source.front.children.is_empty()
    }

    /// Whether the page's file is the `index.md` of its folder.
    pub fn is_folder(&self) -> bool {
        self.path == "index.md" || self.path.ends_with("/index.md")
    }

    /// The folder that the page lies in: for an `index.md`, the one around its own.
    pub fn folder_around(&self) -> &str {
        let folder = self.folder();
        if !self.is_folder() {
            return folder;
        }
        folder.rsplit_once('/').map_or("", |(around, _)| around)
    }

    /// The folder of the page's file below `content`, without a slash at the end.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// The pages of a site, and the translations that have none.
pub(super) struct Paired {
    /// The pages, in the order of their paths.
    pub(super) pages: Vec<Page>,
    /// The files of translations without a source, with their languages.
    pub(super) orphans: Vec<Orphan>,
}

/// Pairs pages with their translations.
pub(super) fn pages(
    files: Vec<PageFile>,
    features: &BTreeMap<String, VersionSet>,
    config: &Config,
) -> Checked<Paired> {
    let mut diagnostics = Vec::new();
    let (originals, translations): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| file.language.is_default());
    let mut translated: BTreeMap<String, BTreeMap<LanguageId, Edition>> = BTreeMap::new();
    for file in translations {
        let (language, path) = (file.language, file.path.clone());
        translated.entry(path).or_default().insert(language, edition(file));
    }
    let mut pages: Vec<Page> = Vec::with_capacity(originals.len());
    let mut by_name: BTreeMap<String, String> = BTreeMap::new();
    for file in originals {
        let id = PageId(u32::try_from(pages.len()).unwrap_or(u32::MAX));
        let path = file.path.clone();
        if let Some(other) = by_name.get(&folded(&route(&path))) {
            diagnostics.push(duplicate(&file, other));
            translated.remove(&path);
            continue;
        }
        by_name.insert(folded(&route(&path)), path.clone());
        let source = edition(file);
        let versions = versions(&source, features, config).collect(&mut diagnostics);
        pages.push(Page {
            id,
            route: route(&path),
            versions,
            kind: Kind::of(&path, &source.front),
            source,
            translations: translated.remove(&path).unwrap_or_default(),
            path,
        });
    }
    let mut orphans = Vec::new();
    for (language, edition) in translated.into_values().flatten() {
        orphans.push(Orphan { language, file: edition.file, key: None });
        diagnostics.push(orphan_file(Span::start_of(edition.file)));
    }
    Checked { value: Paired { pages, orphans }, diagnostics }
}

/// A finding about a translated file whose source is gone.
pub(super) fn orphan_file(at: Span) -> Diagnostic {
    Diagnostic::new(codes::ORPHAN_TRANSLATION, at, "a translation without a source")
        .hint("delete the file, or move it to where its source is now")
}

/// A page whose address `other` has already. The first one, by path, is built.
fn duplicate(file: &PageFile, other: &str) -> Diagnostic {
    let message = format!("`content/{other}` and `content/{}` have the same address", file.path);
    Diagnostic::new(codes::DUPLICATE_ADDRESS, Span::start_of(file.file), message)
        .hint("rename or delete one of the two")
}

fn edition(file: PageFile) -> Edition {
    let PageFile { file, document, damaged, .. } = file;
    Edition { file, front: document.front.clone(), body: document.body.clone(), damaged }
}

/// The address of a page below language and version.
pub fn route(path: &str) -> String {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    match stem.strip_suffix("index") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.trim_end_matches('/'),
        _ => stem,
    }
    .to_owned()
}

/// The versions that the front matter names. A page without the key applies to all.
fn versions(
    edition: &Edition,
    features: &BTreeMap<String, VersionSet>,
    config: &Config,
) -> Checked<VersionSet> {
    let all = config.versions.all();
    let mut diagnostics = Vec::new();
    let found = match &edition.front.versions {
        None => {
            // Those of its children: they are known when all pages are.
            if !edition.front.children.is_empty() {
                return Checked::clean(VersionSet::EMPTY);
            }
            if !edition.damaged {
                let span = Span::start_of(edition.file);
                diagnostics.push(
                    Diagnostic::new(codes::MISSING_KEY, span, "`versions` is missing")
                        .hint("add `versions: '*'`, or a map of plan to range"),
                );
            }
            return Checked { value: all, diagnostics };
        }
        Some(VersionsField::All) => all,
        Some(VersionsField::Plans(plans)) => {
            let each = plans.iter().map(|(plan, range)| match &*plan.value {
                "feature" => feature_versions(range, features),
                _ => plan_versions(plan, range, config),
            });
            each.fold(VersionSet::EMPTY, |found, next| found.or(next.collect(&mut diagnostics)))
        }
    };
    if !found.is_empty() {
        return Checked { value: found, diagnostics };
    }
    // A page whose ranges cannot be read is shown in every version rather than lost from all of them.
    if diagnostics.iter().any(|finding| finding.severity == Severity::Error) {
        return Checked { value: all, diagnostics };
    }
    // That its ranges take in nothing is the cause of it, and is said with it.
    diagnostics.retain(|finding| finding.code.name != codes::EMPTY_RANGE.name);
    let span = Span::start_of(edition.file);
    let message = "the page applies to none of the versions";
    diagnostics.push(
        Diagnostic::new(codes::NO_VERSIONS, span, message)
            .hint("correct `versions`, or delete the page"),
    );
    Checked { value: found, diagnostics }
}

/// The versions that have a feature.
pub(super) fn feature_versions(
    name: &Spanned<String>,
    features: &BTreeMap<String, VersionSet>,
) -> Checked<VersionSet> {
    if let Some(versions) = features.get(&name.value) {
        return Checked::clean(*versions);
    }
    let message = format!("`{}` is none of the features", name.value);
    let finding = Diagnostic::new(codes::UNKNOWN_FEATURE, name.span, message)
        .hint_nearest(&name.value, features.keys().map(String::as_str))
        .hint(format!("add `data/features/{}.yml`, or correct the name", name.value));
    Checked { value: VersionSet::EMPTY, diagnostics: vec![finding] }
}

/// The versions of a plan, called by its long or its short name, that are in a range.
pub(super) fn plan_versions(
    name: &Spanned<String>,
    range: &Spanned<String>,
    config: &Config,
) -> Checked<VersionSet> {
    let Some(plan) = config.versions.find_plan(&name.value) else {
        let message = format!("`{}` is none of the plans", name.value);
        let known = plan_names(&config.versions);
        let finding = Diagnostic::new(codes::UNKNOWN_PLAN, name.span, message);
        let finding = match nearest(&name.value, known.iter().map(|name| &**name)) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding.hint(format!("use one of {}", known.join(", "))),
        };
        return Checked { value: VersionSet::EMPTY, diagnostics: vec![finding] };
    };
    match parse_range(&range.value, plan, &config.versions) {
        Ok(set) if set.is_empty() && !takes_in_next(&range.value, plan) => {
            let message =
                format!("`{}` takes in none of the versions of `{}`", range.value, plan.name);
            let finding = Diagnostic::new(codes::EMPTY_RANGE, range.span, message)
                .hint("remove it, or correct the range");
            Checked { value: set, diagnostics: vec![finding] }
        }
        Ok(set) => Checked::clean(set),
        Err(error) => {
            let message = format!("`{}` is not a version range", error.part);
            let finding = Diagnostic::new(codes::BAD_RANGE, range.span, message);
            let finding = match error.suggestion {
                Some(meant) => finding.hint(format!("did you mean `{meant}`?")),
                None => finding.hint("write a range such as `>=2.20`, `<2.22` or `*`"),
            };
            Checked { value: VersionSet::EMPTY, diagnostics: vec![finding] }
        }
    }
}
