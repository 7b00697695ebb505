//! The pages that may say something else than they said in another state of the site, found without rendering.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::usage::holders;
use super::{References, Target};
use crate::model::{Datum, DatumValue, Page, PageId, Site};
use crate::source::{FileId, SourceFile, TextId};

/// A site in one of two states.
#[derive(Clone, Copy)]
pub struct State<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its references.
    pub references: &'a References,
}

/// What may be other than it was.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Whether that is everything: templates, icons or interface strings have changed.
    pub everything: bool,
    /// The pages, by their paths below `content`, also such as there are in one of the states only.
    pub pages: BTreeSet<String>,
    /// Those of them whose addresses are other ones, or that are in other versions.
    pub moved: BTreeSet<String>,
}

/// What may be other in one state than in the other one.
pub fn touched(before: State<'_>, now: State<'_>) -> Touched {
    let (old, new) = (Parts::new(before.site), Parts::new(now.site));
    let files = different(&old.files, &new.files, |one, other| {
        Arc::ptr_eq(one, other) || one.text == other.text
    });
    if files.iter().any(|path| is_for_all(path)) {
        return Touched { everything: true, ..Touched::default() };
    }
    let moved = different(&old.pages, &new.pages, |one, other| {
        one.versions == other.versions && redirects(one).eq(redirects(other))
    });
    let mut touched = Touched { moved, ..Touched::default() };
    let changed = changed(&old, &new);
    for (state, parts) in [(before, &old), (now, &new)] {
        let own = parts.pages.iter().filter(|(_, page)| {
            editions(page).any(|file| files.contains(&*state.site.sources.file(file).path))
        });
        touched.pages.extend(own.map(|(path, _)| (*path).to_owned()));
        touched.pages.extend(state.referring(&changed));
    }
    touched.pages.extend(touched.moved.iter().cloned());
    touched
}

impl State<'_> {
    /// The pages that lead to one of these pages, by their paths.
    pub fn linking_to(self, pages: &BTreeSet<String>) -> BTreeSet<String> {
        let wanted = self.site.pages.iter().filter(|page| pages.contains(&page.path));
        let wanted: Vec<Target> = wanted.map(|page| Target::Page(page.id)).collect();
        self.referring(&wanted)
    }

    /// The pages that come to one of these, directly or through data and includes.
    fn referring(self, targets: &[Target]) -> BTreeSet<String> {
        let holders = holders(self.site);
        let mut seen: BTreeSet<Target> = targets.iter().cloned().collect();
        let mut queue: Vec<Target> = targets.to_vec();
        let mut files: BTreeSet<FileId> = BTreeSet::new();
        while let Some(target) = queue.pop() {
            for reference in self.references.to(&target) {
                let text = reference.from();
                files.insert(text.file);
                if let Some(holder) = holders.get(&text)
                    && seen.insert(holder.clone())
                {
                    queue.push(holder.clone());
                }
            }
        }
        let pages = self.site.pages.iter();
        let comes = |page: &&Page| editions(page).any(|file| files.contains(&file));
        pages.filter(comes).map(|page| page.path.clone()).collect()
    }
}

/// Everything of a site that can be compared by its name.
struct Parts<'a> {
    files: BTreeMap<&'a str, &'a Arc<SourceFile>>,
    pages: BTreeMap<&'a str, &'a Page>,
    data: BTreeMap<&'a str, Said>,
    includes: BTreeMap<&'a str, &'a str>,
    features: BTreeMap<&'a str, crate::variant::VersionSet>,
    assets: BTreeMap<&'a str, ()>,
}

impl<'a> Parts<'a> {
    fn new(site: &'a Site) -> Self {
        let sources = &site.sources;
        let text = |text: TextId| sources.text(text);
        Self {
            files: sources.files().map(|(id, file)| (&*file.path, sources.shared(id))).collect(),
            pages: site.pages.iter().map(|page| (&*page.path, page)).collect(),
            data: site.data.values().iter().map(|datum| (&*datum.key, said(site, datum))).collect(),
            includes: site.includes.iter().map(|(name, it)| (&**name, text(it.id))).collect(),
            features: site.features.iter().map(|(name, it)| (&**name, *it)).collect(),
            assets: site.assets.iter().map(|name| (&**name, ())).collect(),
        }
    }
}

/// What a value is in each language and version.
type Said = Vec<(u8, Option<usize>, String)>;

fn said(site: &Site, datum: &Datum) -> Said {
    let value = |value: &DatumValue| match value {
        DatumValue::Boolean(value, _) => value.to_string(),
        DatumValue::Number(value, _) => value.to_string(),
        DatumValue::Text(text) => format!("{}{}", text.damaged, site.sources.text(text.id)),
    };
    let all = datum.all();
    all.map(|(language, version, it)| (language.0, version.map(|it| it.index()), value(it)))
        .collect()
}

/// What can be referred to and is other than it was.
fn changed(before: &Parts<'_>, now: &Parts<'_>) -> Vec<Target> {
    let data = different(&before.data, &now.data, |one, other| one == other);
    let includes = different(&before.includes, &now.includes, |one, other| one == other);
    let features = different(&before.features, &now.features, |one, other| one == other);
    let assets = different(&before.assets, &now.assets, |(), ()| true);
    let data = data.into_iter().map(Target::Data);
    let includes = includes.into_iter().map(Target::Include);
    let features = features.into_iter().map(Target::Feature);
    data.chain(includes).chain(features).chain(assets.into_iter().map(Target::Asset)).collect()
}

/// The names of what is in one of two maps only, or other in each.
fn different<T>(
    before: &BTreeMap<&str, T>,
    now: &BTreeMap<&str, T>,
    same: impl Fn(&T, &T) -> bool,
) -> BTreeSet<String> {
    let is_other = |name: &&&str| match (before.get(**name), now.get(**name)) {
        (Some(one), Some(other)) => !same(one, other),
        _ => true,
    };
    before.keys().chain(now.keys()).filter(is_other).map(|name| (*name).to_owned()).collect()
}

/// Whether a file has to do with every page.
fn is_for_all(path: &str) -> bool {
    let is_template = path.starts_with("templates/") && !path.starts_with("templates/includes/");
    is_template || path.ends_with("/data/ui.yml") || path == "data/ui.yml"
}

fn editions(page: &Page) -> impl Iterator<Item = FileId> {
    let translations = page.translations.values().map(|edition| edition.file);
    std::iter::once(page.source.file).chain(translations)
}

fn redirects(page: &Page) -> impl Iterator<Item = &String> {
    let editions = std::iter::once(&page.source).chain(page.translations.values());
    editions.flat_map(|edition| edition.front.redirect_from.iter().map(|entry| &entry.value))
}

/// The numbers of pages by their paths.
pub fn numbers(site: &Site, paths: &BTreeSet<String>) -> BTreeSet<PageId> {
    site.pages.iter().filter(|page| paths.contains(&page.path)).map(|page| page.id).collect()
}
