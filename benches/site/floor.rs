//! The floor under a build's time: as many new files of the same sizes in the same folders, and nothing else.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::Outcome;
use super::tree::Entry;

/// How long as many threads as a build has need to write these files below `root`, which is new.
pub(crate) fn time(entries: &[Entry], root: &Path) -> Outcome<Duration> {
    let longest = entries.iter().map(|entry| entry.bytes).max().unwrap_or_default();
    let text: Vec<u8> = (0..=u8::MAX).cycle().take(usize::try_from(longest)?).collect();
    fs::create_dir_all(root)?;
    let start = Instant::now();
    entries.par_iter().try_for_each(|entry| write(root, entry, &text))?;
    Ok(start.elapsed())
}

/// Two calls where the parent is there, as a program would that knows nothing of what was published.
fn write(root: &Path, entry: &Entry, text: &[u8]) -> Outcome<()> {
    let file = root.join(&entry.path);
    let parent = file.parent().ok_or("a path without a folder")?;
    if fs::create_dir(parent).is_err() {
        fs::create_dir_all(parent)?;
    }
    let length = usize::try_from(entry.bytes)?;
    fs::write(&file, &text[..length])?;
    Ok(())
}
