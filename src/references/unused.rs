//! What nobody refers to, directly or through something that is used itself.

use std::collections::BTreeSet;

use super::usage::{holders, leaves};
use super::{References, Target};
use crate::model::{Branch, DataId, Site, file_key};
use crate::source::{FileId, Span, TextId};

/// Places in the tree of data that the program reads by itself. What it reads because a page or the configuration
/// names it is a reference like any other.
const READ_BY_THE_PROGRAM: [&str; 4] = ["ui", "release-notes", "products", "learning-tracks"];

/// Something that nobody uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// What it is: a value, or a part of the tree of data that is in one file; an include, a feature or an asset.
    pub target: Target,
    /// Where it begins; nothing for an asset, which is no text.
    pub span: Option<Span>,
}

/// Data, includes, features and assets that no page, template or setting of the site comes to, in any language.
pub fn unused(site: &Site, references: &References) -> Vec<Unused> {
    let used = Used::new(site, references);
    let mut found = Vec::new();
    let tree = Tree { site, used: &used };
    tree.unused(String::new(), site.data.tree(), &mut found);
    let includes = site.includes.iter().filter(|(name, _)| !site.has_built_in_name(name));
    let unused = includes.filter(|(name, _)| !used.includes.contains(&***name));
    found.extend(unused.map(|(name, text)| Unused {
        target: Target::Include(name.clone()),
        span: Some(Span::start_of(text.id.file)),
    }));
    let features = site.features.keys().filter(|name| !used.features.contains(&***name));
    found.extend(features.map(|name| Unused {
        target: Target::Feature(name.clone()),
        span: feature_file(site, name).map(Span::start_of),
    }));
    let assets = site.assets.iter().filter(|name| !used.assets.contains(&***name));
    found.extend(assets.map(|name| Unused { target: Target::Asset(name.clone()), span: None }));
    found
}

/// The file that says where a feature holds.
pub fn feature_file(site: &Site, name: &str) -> Option<FileId> {
    let names = ["yml", "yaml"].map(|ending| format!("data/features/{name}.{ending}"));
    site.sources.files().find(|(_, file)| names.contains(&file.path)).map(|(id, _)| id)
}

/// What is used.
struct Used<'a> {
    data: BTreeSet<DataId>,
    includes: BTreeSet<&'a str>,
    features: BTreeSet<&'a str>,
    assets: BTreeSet<&'a str>,
}

/// Walks from what the site shows to everything that it comes to.
struct Walk<'a> {
    site: &'a Site,
    references: &'a References,
    used: Used<'a>,
    /// Texts that are used, and whose references are not followed yet.
    texts: Vec<TextId>,
}

impl<'a> Used<'a> {
    fn new(site: &'a Site, references: &'a References) -> Self {
        let (data, includes) = (BTreeSet::new(), BTreeSet::new());
        let (features, assets) = (BTreeSet::new(), BTreeSet::new());
        let used = Self { data, includes, features, assets };
        let mut walk = Walk { site, references, used, texts: Vec::new() };
        walk.begin();
        while let Some(text) = walk.texts.pop() {
            for reference in references.from(text) {
                walk.follow(&reference.target);
            }
        }
        walk.used
    }
}

impl<'a> Walk<'a> {
    /// What needs nobody to refer to it: pages, templates, the configuration, what the program reads by itself.
    fn begin(&mut self) {
        let held = holders(self.site);
        let texts = self.references.all().iter().map(super::Reference::from);
        let free: BTreeSet<TextId> = texts.filter(|text| !held.contains_key(text)).collect();
        self.texts.extend(free);
        for key in READ_BY_THE_PROGRAM {
            self.data(key);
        }
        for include in self.site.includes.keys().filter(|name| self.site.is_built_in(name)) {
            self.include(include);
        }
    }

    fn follow(&mut self, target: &'a Target) {
        match target {
            Target::Data(key) => self.data(key),
            Target::Include(name) => self.include(name),
            Target::Feature(name) => drop(self.used.features.insert(name)),
            Target::Asset(name) => drop(self.used.assets.insert(name)),
            Target::Page(_) => {}
        }
    }

    fn data(&mut self, key: &str) {
        if let Some(name) = feature_of(key)
            && let Some((name, _)) = self.site.features.get_key_value(name)
        {
            self.used.features.insert(name);
        }
        let data = &self.site.data;
        let branch = if key.is_empty() { Some(&**data.tree()) } else { data.branch(key) };
        let Some(branch) = branch else { return };
        for id in leaves(branch) {
            if self.used.data.insert(id) {
                let values = data.get(id).all();
                self.texts.extend(values.map(|(_, _, value)| value.text()));
            }
        }
    }

    fn include(&mut self, name: &str) {
        let Some((name, text)) = self.site.includes.get_key_value(name) else { return };
        if self.used.includes.insert(name) {
            self.texts.push(text.id);
        }
    }
}

/// The feature that a key of the data is about.
fn feature_of(key: &str) -> Option<&str> {
    key.strip_prefix("features.")?.split('.').next()
}

/// Goes down the tree of data to the largest parts that nobody uses and that one file has.
struct Tree<'a> {
    site: &'a Site,
    used: &'a Used<'a>,
}

impl Tree<'_> {
    fn unused(&self, key: String, branch: &Branch, found: &mut Vec<Unused>) {
        if feature_of(&key).is_some_and(|name| self.site.features.contains_key(name)) {
            return;
        }
        let below = leaves(branch);
        let is_used = |id: &DataId| self.used.data.contains(id);
        if below.iter().all(is_used) {
            return;
        }
        if !below.iter().any(is_used)
            && let Some(span) = self.common_file(&below)
            && self.is_within_file(&key, span.text.file)
        {
            return found.push(Unused { target: Target::Data(key), span: Some(span) });
        }
        let inside = |part: &str| match &*key {
            "" => part.to_owned(),
            key => format!("{key}.{part}"),
        };
        match branch {
            // A value that only some version has in another language is nobody's to remove.
            Branch::Leaf(_) => {}
            Branch::List(items) => {
                for (number, item) in items.iter().enumerate() {
                    self.unused(inside(&number.to_string()), item, found);
                }
            }
            Branch::Map(entries) => {
                for (name, item) in entries {
                    self.unused(inside(name), item, found);
                }
            }
        }
    }

    /// Where values of the default language begin, if all of them are in one file.
    fn common_file(&self, values: &[DataId]) -> Option<Span> {
        let text = |id: &DataId| self.site.data.get(*id).source().map(|value| value.text());
        let texts: Option<Vec<TextId>> = values.iter().map(text).collect();
        let texts = texts?;
        let first = texts.first()?;
        let same = texts.iter().all(|text| text.file == first.file);
        let letter = self.site.sources.text(*first).chars().next();
        same.then(|| Span::new(*first, 0..letter.map_or(0, char::len_utf8)))
    }

    /// Whether a key is that of the file, or of something in it, and not that of a folder around it.
    fn is_within_file(&self, key: &str, file: FileId) -> bool {
        let name = self.site.sources.file(file).path.strip_prefix("data/");
        let name = name.map(|name| file_key(name, &self.site.config));
        let rest = name.and_then(|name| key.strip_prefix(&*name));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}
