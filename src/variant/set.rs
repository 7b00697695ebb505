//! Sets of versions, as bits.

/// The most versions a site can have.
pub const MAX_VERSIONS: usize = 128;

/// A version, by its position in the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionId(u8);

impl VersionId {
    /// The version at this position, which is below [`MAX_VERSIONS`].
    pub fn from_index(index: usize) -> Self {
        debug_assert!(index < MAX_VERSIONS);
        Self(u8::try_from(index).unwrap_or(u8::MAX))
    }

    /// Its position in the configuration.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A set of versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionSet(u128);

impl VersionSet {
    /// No version.
    pub const EMPTY: Self = Self(0);

    /// The first `count` versions of the configuration.
    pub fn first(count: usize) -> Self {
        Self(
            u32::try_from(count)
                .ok()
                .and_then(|count| 1_u128.checked_shl(count))
                .map_or(u128::MAX, |bit| bit - 1),
        )
    }

    /// Just this version.
    pub fn only(version: VersionId) -> Self {
        Self(1 << version.0)
    }

    /// Whether `version` is in it.
    pub fn contains(self, version: VersionId) -> bool {
        self.0 & (1 << version.0) != 0
    }

    /// Whether every version of `other` is in it.
    pub fn contains_all(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Whether it has no version.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many versions it has.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The first version in the order of the configuration.
    pub fn lowest(self) -> Option<VersionId> {
        self.iter().next()
    }

    /// The set with `version` too.
    pub fn with(self, version: VersionId) -> Self {
        Self(self.0 | 1 << version.0)
    }

    /// The set without `version`.
    pub fn without(self, version: VersionId) -> Self {
        Self(self.0 & !(1 << version.0))
    }

    /// Versions in both.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Versions in either.
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Versions that `other` does not have.
    pub fn minus(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Its versions, in the order of the configuration.
    pub fn iter(self) -> impl Iterator<Item = VersionId> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let next = u8::try_from(rest.trailing_zeros()).ok().filter(|bit| *bit < 128)?;
            rest &= rest - 1;
            Some(VersionId(next))
        })
    }
}

impl FromIterator<VersionId> for VersionSet {
    fn from_iter<I: IntoIterator<Item = VersionId>>(versions: I) -> Self {
        versions.into_iter().fold(Self::EMPTY, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_lists_its_versions_in_order() {
        let set: VersionSet = [5, 0, 127].map(VersionId::from_index).into_iter().collect();
        let listed: Vec<_> = set.iter().map(VersionId::index).collect();
        assert_eq!(listed, [0, 5, 127]);
    }

    #[test]
    fn the_first_of_all_and_of_none() {
        assert_eq!(VersionSet::first(MAX_VERSIONS).len(), MAX_VERSIONS);
        assert!(VersionSet::first(0).is_empty());
        assert_eq!(VersionSet::first(3).len(), 3);
    }
}
