//! Terms with the sections that they are in, as bytes.
//!
//! Numbers are of variable length: seven bits a byte, the lowest first, the highest bit set on all but the last. A shard is
//! a row of terms, sorted by their bytes: how many bytes a term shares with the one before it, how many follow, these;
//! how many bytes its sections take, these. A section is how far its number is behind that of the one before, times
//! four, plus one if the term is in its heading, plus two if the term occurs more than once: then how often follows.

use super::draft::Weight;

/// The sections that a term is in.
#[derive(Debug, Default)]
pub(super) struct Postings {
    bytes: Vec<u8>,
    /// One more than the section added last.
    next: u32,
}

impl Postings {
    /// Adds a section, whose number is higher than that of all before.
    pub(super) fn add(&mut self, section: u32, weight: Weight) {
        let often = weight.count > 1;
        let flags = u64::from(weight.in_heading) | u64::from(often) << 1;
        number(&mut self.bytes, u64::from(section - self.next) << 2 | flags);
        if often {
            self.bytes.push(weight.count);
        }
        self.next = section + 1;
    }
}

/// Bytes of a shard that is full. A query reads one for each of its terms.
const FULL: usize = 16 << 10;

/// A file of terms.
#[derive(Debug)]
pub(super) struct Shard {
    /// The first of its terms.
    pub(super) first: String,
    pub(super) bytes: Vec<u8>,
}

/// Terms, which are sorted, in shards.
pub(super) fn shards(terms: &[(Box<str>, Postings)]) -> Vec<Shard> {
    let mut shards: Vec<Shard> = Vec::new();
    let mut before = "";
    for (term, postings) in terms {
        let room =
            shards.last().is_some_and(|shard| shard.bytes.len() + postings.bytes.len() <= FULL);
        if !room {
            shards.push(Shard { first: term.to_string(), bytes: Vec::new() });
            before = "";
        }
        let Some(shard) = shards.last_mut() else { continue };
        let shared = before.bytes().zip(term.bytes()).take_while(|(left, right)| left == right);
        let shared = shared.count();
        number(&mut shard.bytes, shared as u64);
        number(&mut shard.bytes, (term.len() - shared) as u64);
        shard.bytes.extend(&term.as_bytes()[shared..]);
        number(&mut shard.bytes, postings.bytes.len() as u64);
        shard.bytes.extend(&postings.bytes);
        before = term;
    }
    shards
}

/// Writes a number.
pub(super) fn number(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 127 {
        bytes.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}
