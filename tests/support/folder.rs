//! Temporary folders of tests: in memory where there is room, as tests write and remove many thousands of small files.

use std::io;
use std::path::Path;

use tempfile::TempDir;

/// Where Linux has a file system in memory.
const MEMORY: &str = "/dev/shm";

/// As much as all tests that run at a time may need, several times over.
const ROOM: u64 = 2 << 30;

/// A new folder, which is removed with the value.
pub(crate) fn tempdir() -> io::Result<TempDir> {
    let memory = Path::new(MEMORY);
    let room = rustix::fs::statvfs(memory).map_or(0, |free| free.f_bavail * free.f_frsize);
    if room >= ROOM
        && let Ok(folder) = TempDir::new_in(memory)
    {
        return Ok(folder);
    }
    tempfile::tempdir()
}
