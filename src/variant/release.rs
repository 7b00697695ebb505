//! Releases: strings that compare by their numbers.

use std::cmp::Ordering;
use std::fmt;

/// A release such as `2.22`, `3.10` or `latest`. Always a string: `3.10` is not `3.1`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Release(Box<str>);

impl Release {
    /// The release with this name.
    pub fn new(name: impl Into<Box<str>>) -> Self {
        Self(name.into())
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is made of numbers: `2`, `2.22`, `2.22.1`.
    pub fn is_number(&self) -> bool {
        self.0.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    }

    fn numbers(&self) -> impl Iterator<Item = u64> {
        self.0.split('.').map(|part| part.parse().unwrap_or(u64::MAX))
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialOrd for Release {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By number, part by part, a missing part being zero; then by name, so that the order is total.
impl Ord for Release {
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut left, mut right) = (self.numbers(), other.numbers());
        loop {
            match (left.next(), right.next()) {
                (None, None) => return self.0.cmp(&other.0),
                (left, right) => match left.unwrap_or(0).cmp(&right.unwrap_or(0)) {
                    Ordering::Equal => {}
                    unequal => return unequal,
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Release;

    #[test]
    fn releases_compare_by_number() {
        assert!(Release::new("2.9") < Release::new("2.19"));
        assert!(Release::new("3.10") > Release::new("3.1"));
        assert!(Release::new("3.0") > Release::new("2.22"));
    }

    #[test]
    fn only_numbers_are_numbers() {
        assert!(Release::new("2.22").is_number());
        assert!(!Release::new("latest").is_number());
        assert!(!Release::new("2.").is_number());
    }
}
