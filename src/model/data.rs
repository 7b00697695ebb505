//! What data references stand for: one value per key, with its texts by language and version.
//!
//! A value is looked up as (language, version) → (default language, version) → (language) → (default language).
//! A fact that belongs to one version is never replaced by an older translation of the general text.

mod orphans;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use self::orphans::Stray;

use super::Orphan;
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, codes, nearest};
use crate::load::{DataFile, DataNode, LiquidText};
use crate::source::{Span, TextId};
use crate::variant::{LanguageId, VersionId};

/// A value of the data directory, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DataId(pub u32);

/// All data of a site.
#[derive(Debug, Default)]
pub struct Data {
    values: Vec<Datum>,
    index: HashMap<String, DataId>,
    root: Arc<Branch>,
    broken: Vec<String>,
}

/// A place in the tree of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Branch {
    /// A value.
    Leaf(DataId),
    /// A list.
    List(Vec<Branch>),
    /// A map, in the order of the files.
    Map(Vec<(String, Branch)>),
}

impl Default for Branch {
    fn default() -> Self {
        Self::Map(Vec::new())
    }
}

/// A value: its texts by language, and those that only a version has.
#[derive(Debug)]
pub struct Datum {
    /// Its key, such as `variables.product.name`.
    pub key: String,
    general: BTreeMap<LanguageId, DatumValue>,
    versioned: BTreeMap<(LanguageId, VersionId), DatumValue>,
}

/// One of the values of a datum.
#[derive(Debug)]
pub enum DatumValue {
    /// A text with Liquid in it.
    Text(LiquidText),
    /// `true` or `false`.
    Boolean(bool, TextId),
    /// A whole number.
    Number(i64, TextId),
}

/// A value that was looked up, and the step down that it took.
#[derive(Clone, Copy, Debug)]
pub struct Resolved<'a> {
    /// The value.
    pub value: &'a DatumValue,
    /// The language it is in.
    pub language: LanguageId,
    /// Why it is not in the language asked for, where it is not.
    pub fallback: Option<Fallback>,
}

/// Why something is shown in the default language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fallback {
    /// There is no translation.
    Missing,
    /// The translation is empty.
    Empty,
    /// The translation does not parse.
    Damaged,
    /// The default language has a value for this very version, the translation only a general one.
    VersionFact,
}

impl Fallback {
    /// The word for it in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Empty => "empty",
            Self::Damaged => "damaged",
            Self::VersionFact => "version-fact",
        }
    }
}

impl DatumValue {
    /// Where it is written.
    pub fn text(&self) -> TextId {
        match self {
            Self::Text(text) => text.id,
            Self::Boolean(_, text) | Self::Number(_, text) => *text,
        }
    }

    fn is_damaged(&self) -> bool {
        matches!(self, Self::Text(text) if text.damaged)
    }
}

impl Datum {
    /// The value for a variant. `is_empty` tells whether a text has nothing in it.
    pub fn resolve(
        &self,
        language: LanguageId,
        version: VersionId,
        is_empty: &dyn Fn(&LiquidText) -> bool,
    ) -> Option<Resolved<'_>> {
        let default = LanguageId::DEFAULT;
        let fact = self.versioned.get(&(default, version));
        let general = self.general.get(&default);
        if language.is_default() {
            let value = fact.or(general)?;
            return Some(Resolved { value, language, fallback: None });
        }
        let source = fact.or(general);
        let own_fact = self.versioned.get(&(language, version));
        let own_general = self.general.get(&language);
        let unusable = |value: &DatumValue| unusable(value, source, is_empty);
        if let Some(value) = own_fact.filter(|value| unusable(value).is_none()) {
            return Some(Resolved { value, language, fallback: None });
        }
        let usable_general = own_general.filter(|value| unusable(value).is_none());
        // A fact of this version in the default language comes before the general translation.
        if let (None, Some(_), Some(value)) = (fact, general, usable_general) {
            return Some(Resolved { value, language, fallback: None });
        }
        let reason = match (fact, usable_general) {
            (Some(_), Some(_)) => Fallback::VersionFact,
            _ => own_fact.or(own_general).and_then(unusable).unwrap_or(Fallback::Missing),
        };
        Some(Resolved { value: source?, language: default, fallback: Some(reason) })
    }

    /// The general value in the default language.
    pub fn source(&self) -> Option<&DatumValue> {
        self.general.get(&LanguageId::DEFAULT)
    }

    /// All values with their languages, and the version that alone has the value.
    pub fn all(&self) -> impl Iterator<Item = (LanguageId, Option<VersionId>, &DatumValue)> {
        let general = self.general.iter().map(|(language, value)| (*language, None, value));
        let versioned = self.versioned.iter();
        let versioned =
            versioned.map(|((language, version), value)| (*language, Some(*version), value));
        general.chain(versioned)
    }

    /// The value that only this version has in the default language.
    pub(super) fn fact(&self, version: VersionId) -> Option<&DatumValue> {
        self.versioned.get(&(LanguageId::DEFAULT, version))
    }

    /// The values in other languages, those of all versions first.
    pub(super) fn translations(
        &self,
    ) -> impl Iterator<Item = (LanguageId, Option<VersionId>, &DatumValue)> {
        self.all().filter(|(language, ..)| !language.is_default())
    }

    /// Whether some version has a value of its own, so that versions can differ.
    pub fn is_versioned(&self) -> bool {
        !self.versioned.is_empty()
    }
}

/// Why a translation is not to be used instead of `source`. A damaged one is as good as a damaged source.
fn unusable(
    value: &DatumValue,
    source: Option<&DatumValue>,
    is_empty: &dyn Fn(&LiquidText) -> bool,
) -> Option<Fallback> {
    match value {
        value if value.is_damaged() && !source.is_some_and(DatumValue::is_damaged) => {
            Some(Fallback::Damaged)
        }
        DatumValue::Text(text) if is_empty(text) => Some(Fallback::Empty),
        _ => None,
    }
}

impl Data {
    /// The value with this number.
    pub fn get(&self, id: DataId) -> &Datum {
        &self.values[id.0 as usize]
    }

    /// The value with this key.
    pub fn find(&self, key: &str) -> Option<&Datum> {
        self.index.get(key).map(|id| self.get(*id))
    }

    /// The place in the tree with this key, which may be a list or a map.
    pub fn branch(&self, key: &str) -> Option<&Branch> {
        key.split('.').try_fold(&*self.root, |branch, part| match branch {
            Branch::Map(entries) => {
                entries.iter().find(|(name, _)| name == part).map(|(_, branch)| branch)
            }
            Branch::List(items) => items.get(part.parse::<usize>().ok()?),
            Branch::Leaf(_) => None,
        })
    }

    /// Whether two sites have data under the same keys, in the same order.
    pub(super) fn same_keys(&self, other: &Self) -> bool {
        let same = |(one, other): (&Datum, &Datum)| one.key == other.key;
        self.values.len() == other.values.len() && self.values.iter().zip(&other.values).all(same)
    }

    /// The files that could not be read, as keys.
    pub(super) fn broken(&self) -> &[String] {
        &self.broken
    }

    /// The tree of all of it.
    pub fn tree(&self) -> &Arc<Branch> {
        &self.root
    }

    /// Whether the file that would have this key could not be read. Then that file has the finding.
    pub fn is_broken(&self, key: &str) -> bool {
        let inside = |file: &String| {
            key.strip_prefix(&**file).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.broken.iter().any(inside)
    }

    /// The key that is most like `key`.
    pub fn nearest(&self, key: &str) -> Option<&str> {
        nearest(key, self.values.iter().map(|datum| &*datum.key))
    }

    /// The text of a value, to be repaired.
    pub(super) fn text_mut(
        &mut self,
        datum: usize,
        language: LanguageId,
        version: Option<VersionId>,
    ) -> Option<&mut LiquidText> {
        let datum = self.values.get_mut(datum)?;
        let value = match version {
            Some(version) => datum.versioned.get_mut(&(language, version)),
            None => datum.general.get_mut(&language),
        };
        match value? {
            DatumValue::Text(text) => Some(text),
            DatumValue::Boolean(..) | DatumValue::Number(..) => None,
        }
    }

    /// All values, in the order of the files.
    pub fn values(&self) -> &[Datum] {
        &self.values
    }
}

/// Gathers the data files: the default language gives the structure, translations and versions fill it. What
/// translations have without a source comes along.
pub(super) fn build(
    files: Vec<DataFile>,
    broken: &[String],
    config: &Config,
) -> Checked<(Data, Vec<Orphan>)> {
    let broken = broken.iter().map(|name| key_of(name)).collect();
    let data = Data { broken, ..Data::default() };
    let mut builder = Builder { data, root: Branch::default(), diagnostics: Vec::new() };
    let mut later = Vec::new();
    for file in files {
        let (version, name) = match overlay(&file.name, config) {
            Overlay::General => (None, file.name.clone()),
            Overlay::Of(version, name) => (Some(version), name),
            // What is retired or not built yet is left alone.
            Overlay::NotBuilt => continue,
        };
        if file.language.is_default() && version.is_none() {
            builder.add(&key_of(&name), &file.node, Span::start_of(file.file));
        } else {
            later.push((file.language, version, key_of(&name), file));
        }
    }
    for (language, version, key, file) in &later {
        builder.fill(key, *language, *version, &file.node);
    }
    let Builder { data, root, mut diagnostics } = builder;
    let data = Data { root: Arc::new(root), ..data };
    let mut orphans = Vec::new();
    for (language, version, key, file) in &later {
        if !language.is_default() && version.is_none() {
            orphans.extend(data.orphans(key, file).collect(&mut diagnostics));
        }
    }
    Checked { value: (data, orphans), diagnostics }
}

impl Data {
    /// What a translated file has without a source.
    fn orphans(&self, key: &str, file: &DataFile) -> Checked<Vec<Orphan>> {
        // Words of the interface have findings of their own, and of a source that cannot be read nothing is known.
        if key == INTERFACE || is_interface(key) || self.is_broken(key) {
            return Checked { value: Vec::new(), diagnostics: Vec::new() };
        }
        let strays = self.strays(key, &file.node, Span::start_of(file.file));
        let diagnostics = strays.iter().map(|stray| stray.finding(key)).collect();
        let orphan = |Stray { key: stray, .. }| Orphan {
            language: file.language,
            file: file.file,
            key: (stray != key).then_some(stray),
        };
        Checked { value: strays.into_iter().map(orphan).collect(), diagnostics }
    }
}

/// The key that everything in a data file has in front, by the file's path below `data`.
pub fn file_key(name: &str, config: &Config) -> String {
    match overlay(name, config) {
        Overlay::Of(_, name) => key_of(&name),
        Overlay::General | Overlay::NotBuilt => key_of(name),
    }
}

/// Whether a data file belongs to one version.
enum Overlay {
    General,
    Of(VersionId, String),
    NotBuilt,
}

/// `versions/<plan@release>/…` holds the values that only this version has.
fn overlay(name: &str, config: &Config) -> Overlay {
    let Some((id, rest)) = name.strip_prefix("versions/").and_then(|rest| rest.split_once('/'))
    else {
        return Overlay::General;
    };
    match config.versions.find(id) {
        Some(version) => Overlay::Of(version, rest.to_owned()),
        None if id.contains('@') => Overlay::NotBuilt,
        None => Overlay::General,
    }
}

/// The key of a file: its path without extension, `/` as `.`.
fn key_of(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.replace('/', ".")
}

struct Builder {
    data: Data,
    root: Branch,
    diagnostics: Vec<Diagnostic>,
}

impl Builder {
    /// Puts a file of the default language into the tree.
    fn add(&mut self, key: &str, node: &DataNode, span: Span) {
        let branch = self.branch_of(key.to_owned(), node);
        if !insert(&mut self.root, key, branch) {
            let message = format!("the key `{key}` is taken by another file");
            self.diagnostics.push(
                Diagnostic::new(codes::DATA_COLLISION, span, message)
                    .hint("rename one of the files"),
            );
        }
    }

    fn branch_of(&mut self, key: String, node: &DataNode) -> Branch {
        match node {
            DataNode::List(nodes) => {
                let item = |(number, node)| self.branch_of(format!("{key}.{number}"), node);
                Branch::List(nodes.iter().enumerate().map(item).collect())
            }
            DataNode::Map(entries) => {
                let entry = |(name, _, node): &(String, _, _)| {
                    let branch = self.branch_of(format!("{key}.{name}"), node);
                    (name.clone(), branch)
                };
                Branch::Map(entries.iter().map(entry).collect())
            }
            leaf => {
                let id = self.datum(&key);
                if let Some(value) = value_of(leaf) {
                    let datum = &mut self.data.values[id.0 as usize];
                    datum.general.entry(LanguageId::DEFAULT).or_insert(value);
                }
                Branch::Leaf(id)
            }
        }
    }

    /// Fills values in from a translation or from the file of a version. A translation adds no keys, but to the strings
    /// of the interface, which the theme may have where the default language has none.
    fn fill(
        &mut self,
        key: &str,
        language: LanguageId,
        version: Option<VersionId>,
        node: &DataNode,
    ) {
        match node {
            DataNode::List(nodes) => {
                for (number, node) in nodes.iter().enumerate() {
                    self.fill(&format!("{key}.{number}"), language, version, node);
                }
            }
            DataNode::Map(entries) => {
                for (name, _, node) in entries {
                    self.fill(&format!("{key}.{name}"), language, version, node);
                }
            }
            leaf => {
                let known = self.data.index.contains_key(key);
                let may_add = language.is_default() || version.is_some() || is_interface(key);
                if !known && !may_add {
                    return;
                }
                let id = self.datum(key);
                let Some(value) = value_of(leaf) else { return };
                let datum = &mut self.data.values[id.0 as usize];
                match version {
                    Some(version) => {
                        datum.versioned.entry((language, version)).or_insert(value);
                    }
                    None => {
                        datum.general.entry(language).or_insert(value);
                    }
                }
            }
        }
    }

    /// The number of the value with this key, made if it is new.
    fn datum(&mut self, key: &str) -> DataId {
        if let Some(id) = self.data.index.get(key) {
            return *id;
        }
        let id = DataId(u32::try_from(self.data.values.len()).unwrap_or(u32::MAX));
        self.data.index.insert(key.to_owned(), id);
        self.data.values.push(Datum {
            key: key.to_owned(),
            general: BTreeMap::new(),
            versioned: BTreeMap::new(),
        });
        id
    }
}

/// The key of the file with the interface's strings.
const INTERFACE: &str = "ui";

/// Whether a key is of the interface's strings.
fn is_interface(key: &str) -> bool {
    key.strip_prefix(INTERFACE).is_some_and(|rest| rest.starts_with('.'))
}

fn value_of(node: &DataNode) -> Option<DatumValue> {
    match node {
        DataNode::Text(text) => Some(DatumValue::Text(text.clone())),
        DataNode::Boolean(value, text) => Some(DatumValue::Boolean(*value, *text)),
        DataNode::Number(value, text) => Some(DatumValue::Number(*value, *text)),
        DataNode::Null | DataNode::List(_) | DataNode::Map(_) => None,
    }
}

/// Puts a branch at `key`, merging maps; whether its place was free.
fn insert(root: &mut Branch, key: &str, branch: Branch) -> bool {
    let Branch::Map(entries) = root else { return false };
    let (name, rest) = match key.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (key, None),
    };
    let at = entries.iter().position(|(known, _)| known == name);
    match (at, rest) {
        (Some(at), Some(rest)) => insert(&mut entries[at].1, rest, branch),
        (None, Some(rest)) => {
            let mut inner = Branch::default();
            let free = insert(&mut inner, rest, branch);
            entries.push((name.to_owned(), inner));
            free
        }
        (None, None) => {
            entries.push((name.to_owned(), branch));
            true
        }
        (Some(at), None) => match (&mut entries[at].1, branch) {
            (Branch::Map(known), Branch::Map(new)) => {
                let free = new.iter().all(|(name, _)| known.iter().all(|(other, _)| other != name));
                known.extend(new);
                free
            }
            _ => false,
        },
    }
}
