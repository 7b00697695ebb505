//! Findings that are known: what each is known by, and how much of it there is.

use std::collections::BTreeMap;

/// Findings that are known by keys of this kind. More of a finding than is known is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownFindings<K>(BTreeMap<K, usize>);

impl<K: Ord> KnownFindings<K> {
    /// Takes so much of a finding for known.
    fn add(&mut self, key: K, weight: usize) {
        let count = self.0.entry(key).or_default();
        *count = count.saturating_add(weight);
    }

    /// Whether so much of a finding is known; it is counted once.
    pub fn take(&mut self, key: &K, weight: usize) -> bool {
        match self.0.get_mut(key) {
            Some(count) if *count >= weight => {
                *count -= weight;
                true
            }
            _ => false,
        }
    }

    /// The keys in their order, each with how much is left of it.
    pub fn iter(&self) -> impl Iterator<Item = (&K, usize)> {
        self.0.iter().map(|(key, count)| (key, *count))
    }
}

impl<K: Ord> FromIterator<(K, usize)> for KnownFindings<K> {
    fn from_iter<I: IntoIterator<Item = (K, usize)>>(findings: I) -> Self {
        let mut known = Self(BTreeMap::new());
        findings.into_iter().for_each(|(key, weight)| known.add(key, weight));
        known
    }
}
