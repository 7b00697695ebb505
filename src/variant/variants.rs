//! Sets of variants: for each language a set of versions.

use std::collections::BTreeMap;

use super::{LanguageId, Variant, VersionId, VersionSet};

/// A set of variants.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct VariantSet(BTreeMap<LanguageId, VersionSet>);

impl VariantSet {
    /// These versions in one language.
    pub fn of(language: LanguageId, versions: VersionSet) -> Self {
        let mut set = Self::default();
        set.add(language, versions);
        set
    }

    /// Takes in these versions in a language.
    pub fn add(&mut self, language: LanguageId, versions: VersionSet) {
        if !versions.is_empty() {
            let known = self.0.entry(language).or_default();
            *known = known.or(versions);
        }
    }

    /// Takes in all that another set has.
    pub fn add_all(&mut self, other: &Self) {
        for (language, versions) in other.iter() {
            self.add(language, versions);
        }
    }

    /// Whether it has no variant.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many variants it has.
    pub fn len(&self) -> usize {
        self.0.values().map(|versions| versions.len()).sum()
    }

    /// Whether a variant is in it.
    pub fn contains(&self, variant: Variant) -> bool {
        self.0.get(&variant.language).is_some_and(|versions| versions.contains(variant.version))
    }

    /// The languages with their versions, none of which is empty.
    pub fn iter(&self) -> impl Iterator<Item = (LanguageId, VersionSet)> {
        self.0.iter().map(|(language, versions)| (*language, *versions))
    }

    /// The variants, by language and then by version.
    pub fn variants(&self) -> impl Iterator<Item = Variant> {
        let of = |language: LanguageId, version: VersionId| Variant { language, version };
        self.iter().flat_map(move |(language, versions)| {
            versions.iter().map(move |version| of(language, version))
        })
    }
}
