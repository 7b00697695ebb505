//! What a block is known by: the things in it that have no language, and its words.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::markdown::BlockKind;

/// How many marks of a block are compared; of more, those with the lowest hashes stand for all.
const MOST_MARKS: usize = 96;

/// Hashes of things, in order; a thing counts as often as it is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(Vec<u64>);

impl Marks {
    pub(super) fn add(&mut self, mark: u64) {
        self.0.push(mark);
    }

    pub(super) fn extend(&mut self, others: &Marks) {
        self.0.extend_from_slice(&others.0);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Puts the marks in order and leaves out those beyond the limit.
    pub(super) fn settle(&mut self) {
        self.0.sort_unstable();
        self.0.truncate(MOST_MARKS);
    }

    /// How many marks both have, and how many there are in both together.
    pub(super) fn shared(&self, other: &Marks) -> (usize, usize) {
        let (left, right) = (&self.0, &other.0);
        // Where one has been cut off, only what is below its last mark can be compared.
        let limit = match (left.last(), right.last()) {
            (Some(a), Some(b)) if left.len() == MOST_MARKS && right.len() == MOST_MARKS => {
                *a.min(b)
            }
            (Some(a), _) if left.len() == MOST_MARKS => *a,
            (_, Some(b)) if right.len() == MOST_MARKS => *b,
            _ => u64::MAX,
        };
        let ends = |marks: &[u64]| marks.partition_point(|mark| *mark <= limit);
        let (left, right) = (&left[..ends(left)], &right[..ends(right)]);
        let (mut at, mut to, mut both) = (0, 0, 0);
        while at < left.len() && to < right.len() {
            match left[at].cmp(&right[to]) {
                std::cmp::Ordering::Less => at += 1,
                std::cmp::Ordering::Greater => to += 1,
                std::cmp::Ordering::Equal => {
                    both += 1;
                    at += 1;
                    to += 1;
                }
            }
        }
        (both, left.len() + right.len())
    }
}

/// What a block is known by, with all that stands inside it.
#[derive(Clone, Debug)]
pub(super) struct Traits {
    pub(super) kind: BlockKind,
    /// Things that translators leave alone: data references, links, images, code, numbers.
    pub(super) things: Marks,
    /// Words, and characters of scripts without spaces.
    pub(super) words: Marks,
    /// How many words for translators it has itself, outside the blocks inside it.
    pub(super) said: usize,
    /// How many bytes of text it has.
    pub(super) length: usize,
    /// A hash of its kind and all that is in it.
    pub(super) whole: u64,
    /// A hash of its kind and its things in any order: translations say the same in another.
    pub(super) form: u64,
    /// A hash of its id, of a heading.
    pub(super) id: Option<u64>,
}

impl Traits {
    pub(super) fn new(kind: BlockKind) -> Self {
        let (things, words) = (Marks::default(), Marks::default());
        let start = hash(&kind);
        Self { kind, things, words, said: 0, length: 0, whole: start, form: start, id: None }
    }

    /// Adds a thing of this kind that readers see or follow.
    pub(super) fn thing(&mut self, kind: char, thing: &str, weight: u64) {
        let mark = self.mark(kind, thing, weight);
        self.whole = hash(&(self.whole, mark));
    }

    /// Adds a thing of this kind that readers do not see. One of more weight counts as several.
    pub(super) fn mark(&mut self, kind: char, thing: &str, weight: u64) -> u64 {
        let mark = hash(&(kind, thing));
        for repeated in 0..weight {
            self.things.add(mark.wrapping_add(repeated));
        }
        self.form = self.form.wrapping_add(hash(&mark));
        mark
    }

    /// Adds text: its words, and the numbers in it.
    pub(super) fn text(&mut self, text: &str) {
        for part in text.split_ascii_whitespace() {
            self.whole = hash(&(self.whole, part));
        }
        for word in words(text) {
            self.length += word.len();
            self.said += usize::from(word.contains(char::is_alphabetic));
            let mark = hash(word);
            self.words.add(mark);
            if word.bytes().all(|byte| byte.is_ascii_digit()) {
                self.thing('n', word, 1);
            }
        }
    }

    /// Adds code, whose lines are things.
    pub(super) fn code(&mut self, code: &str) {
        for line in code.lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.length += line.len();
            self.thing('k', line, 1);
        }
    }

    /// Adds what stands in a block inside this one.
    pub(super) fn inside(&mut self, child: &Traits) {
        self.things.extend(&child.things);
        self.words.extend(&child.words);
        self.length += child.length;
        self.whole = hash(&(self.whole, child.whole));
        self.form = self.form.wrapping_add(hash(&child.form));
    }

    pub(super) fn settle(&mut self) {
        self.things.settle();
        self.words.settle();
    }
}

/// A hash that is the same on every machine and in every run.
pub(super) fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The words of a text, numbers, and single characters where words have no spaces between them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(char::is_alphanumeric)?;
        rest = &rest[start..];
        let first = rest.chars().next()?;
        let length = if is_wide(first) {
            first.len_utf8()
        } else {
            let is_digit = first.is_ascii_digit();
            let ends = |other: char| {
                !other.is_alphanumeric() || is_wide(other) || other.is_ascii_digit() != is_digit
            };
            rest.find(ends).unwrap_or(rest.len())
        };
        let (word, behind) = rest.split_at(length);
        rest = behind;
        Some(word)
    })
}

/// Whether a character is of a script whose words have no spaces between them.
pub(super) fn is_wide(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'
        | '\u{0e00}'..='\u{0eff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_script() {
        let found: Vec<&str> = words("a b2, 甲乙 3.10 c-d").collect();
        assert_eq!(found, ["a", "b", "2", "甲", "乙", "3", "10", "c", "d"]);
    }

    #[test]
    fn marks_beyond_the_limit_still_tell_how_much_is_shared() {
        let marks = |range: std::ops::Range<u32>| {
            let mut marks = Marks::default();
            range.for_each(|number| marks.add(hash(&number)));
            marks.settle();
            marks
        };
        let (both, all) = marks(0..1_000).shared(&marks(500..1_500));
        let share = 2.0 * both as f64 / all as f64;
        assert!((0.3..0.7).contains(&share), "{both} of {all}");
    }
}
