//! The list of what is published: each path with the hash and length of its bytes. No dates, so that equal
//! sites have equal manifests.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{OutputPath, Put, WriteError};

/// The first line of a manifest; its number changes with the format.
const HEADER: &str = "variorum output 1";

/// What a file's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest {
    /// BLAKE3 of the bytes.
    pub hash: blake3::Hash,
    /// Their number.
    pub length: u64,
}

/// The files of a published site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    files: BTreeMap<OutputPath, Digest>,
}

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { hash: blake3::hash(bytes), length: bytes.len() as u64 }
    }
}

impl Manifest {
    /// The files that a build has put; a path that was put twice is an error.
    pub(super) fn of(puts: &[Put]) -> Result<Self, WriteError> {
        let files: BTreeMap<_, _> = puts.iter().map(|put| (put.path.clone(), put.digest)).collect();
        if files.len() == puts.len() {
            return Ok(Self { files });
        }
        let mut paths: Vec<_> = puts.iter().map(|put| &put.path).collect();
        paths.sort();
        let twice = paths.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone());
        twice.map_or(Ok(Self { files }), |path| Err(WriteError::Taken { path }))
    }

    /// Reads what [`Manifest::to_text`] has written; nothing if this is no manifest.
    ///
    /// A line that is damaged is passed over: its file counts as foreign and is kept.
    pub fn parse(text: &str) -> Option<Self> {
        let (_, lines) = text.split_once('\n').filter(|(header, _)| *header == HEADER)?;
        Some(Self { files: lines.lines().filter_map(entry).collect() })
    }

    /// The manifest as text, one file a line.
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for (path, digest) in &self.files {
            let _ = writeln!(text, "{} {} {path}", digest.hash.to_hex(), digest.length);
        }
        text
    }

    /// The digest of the file with this path.
    pub fn get(&self, path: &OutputPath) -> Option<&Digest> {
        self.files.get(path)
    }

    /// The paths, in order.
    pub fn paths(&self) -> impl Iterator<Item = &OutputPath> {
        self.files.keys()
    }
}

fn entry(line: &str) -> Option<(OutputPath, Digest)> {
    let mut parts = line.splitn(3, ' ');
    let hash = blake3::Hash::from_hex(parts.next()?).ok()?;
    let length = parts.next()?.parse().ok()?;
    let path = OutputPath::new(parts.next()?).ok()?;
    Some((path, Digest { hash, length }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let path = OutputPath::new("a b/中.html").expect("the path is fine");
        let manifest = Manifest { files: [(path, Digest::of(b"x"))].into() };
        assert_eq!(Manifest::parse(&manifest.to_text()), Some(manifest));
    }

    #[test]
    fn what_is_no_manifest_is_none() {
        for text in ["", "variorum output 1", "variorum output 2\n", "\n"] {
            assert_eq!(Manifest::parse(text), None);
        }
    }

    #[test]
    fn damaged_lines_are_passed_over() {
        let hash = "0".repeat(64);
        let text = format!("{HEADER}\n{hash} 1 ../a\n{hash} x a\nshort\n{hash} 1 b\n");
        let manifest = Manifest::parse(&text).expect("the header is right");
        assert_eq!(manifest.paths().map(OutputPath::as_str).collect::<Vec<_>>(), ["b"]);
    }
}
