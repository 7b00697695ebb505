//! Disks on which the n-th operation fails: whatever fails, the old site or the new is there.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::super::disk::{Disk, RealDisk};
use super::*;

/// What happens after the operation that fails.
#[derive(Clone, Copy, Debug)]
enum After {
    /// The next ones work.
    Works,
    /// Nothing works any more: the power is gone.
    Dead,
}

/// Whether the file system can exchange folders.
#[derive(Clone, Copy, Debug)]
enum Exchange {
    Supported,
    Unsupported,
}

struct FaultyDisk {
    left: AtomicUsize,
    failed: Arc<AtomicBool>,
    /// A file that somebody writes at the last moment.
    late: Option<PathBuf>,
    after: After,
    exchange: Exchange,
}

impl FaultyDisk {
    fn step(&self) -> io::Result<()> {
        let next = |left: usize| match (left, self.after) {
            (1, After::Dead) => Some(1),
            (0, _) => None,
            (left, _) => Some(left - 1),
        };
        match self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, next) {
            Ok(1) => {
                self.failed.store(true, Ordering::SeqCst);
                Err(ErrorKind::StorageFull.into())
            }
            _ => Ok(()),
        }
    }
}

impl Disk for FaultyDisk {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.create_folder(folder))
    }
    fn write_new(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        // A disk that fills up has taken a part of the file.
        self.step().inspect_err(|_| drop(RealDisk.write_new(file, &bytes[..bytes.len() / 2])))?;
        RealDisk.write_new(file, bytes)
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.link(from, to))
    }
    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.copy_permissions(from, to))
    }
    fn open_folder(&self, folder: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.open_folder(folder))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.rename(from, to))
    }
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.step()?;
        self.late.iter().for_each(|late| fs::write(late, "t").expect("a file"));
        match self.exchange {
            Exchange::Supported => RealDisk.exchange(one, other),
            Exchange::Unsupported => Err(ErrorKind::Unsupported.into()),
        }
    }
    fn sync_tree(&self, _: &Path) -> io::Result<()> {
        self.step()
    }
    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        self.step()
    }
    fn remove_file(&self, file: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.remove_file(file))
    }
    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.remove_folder(folder))
    }
}

/// Lets each operation of a second build fail in turn, until a build has fewer operations.
fn check(after: After, exchange: Exchange) {
    let old = files(&[("a/x", "1"), ("a/y", "1"), ("b/z", "1"), ("gone", "1")]);
    let new = files(&[("a/x", "1"), ("a/y", "2"), ("c/d", "2"), ("theirs", "t")]);
    let ours: Files = new.clone().into_iter().filter(|(path, _)| path != "theirs").collect();
    let with_theirs = |site: &Files| {
        let mut site = site.clone();
        site.insert("theirs".into(), "t".into());
        site
    };
    for n in 1.. {
        let yard = Yard::new();
        yard.build(&old);
        yard.write("out/theirs", "t");
        let failed = Arc::new(AtomicBool::new(false));
        let (left, told) = (AtomicUsize::new(n), Arc::clone(&failed));
        let disk = FaultyDisk { left, failed: told, late: None, after, exchange };
        let built = yard
            .with_target("out", |target| Stage::open_on(Box::new(disk), target))
            .and_then(|stage| fill(stage, &ours, Durability::Durable));
        if matches!(exchange, Exchange::Unsupported) {
            // The next build begins with putting back what two renames have left.
            drop(yard.open().expect("the disk is fine"));
        }
        let published = yard.published();
        let is_one = published == with_theirs(&old) || published == new;
        assert!(is_one, "operation {n}, {after:?}, {exchange:?}: {published:?}");
        assert!(built.is_err() || published == new, "operation {n}: success without the new site");
        yard.build(&ours);
        assert_eq!(
            (yard.published(), yard.names()),
            (new.clone(), vec!["out".into(), "site".into()])
        );
        if !failed.load(Ordering::SeqCst) {
            assert!(built.is_ok());
            assert!(n > 20, "only {n} operations were tried");
            return;
        }
    }
}

#[test]
fn one_failure_leaves_the_old_site_or_the_new() {
    check(After::Works, Exchange::Supported);
    check(After::Works, Exchange::Unsupported);
}

#[test]
fn a_disk_that_goes_away_leaves_the_old_site_or_the_new() {
    check(After::Dead, Exchange::Supported);
    check(After::Dead, Exchange::Unsupported);
}

#[test]
fn a_file_of_others_that_comes_at_the_last_moment_is_kept() {
    late(Exchange::Supported);
    late(Exchange::Unsupported);
}

fn late(exchange: Exchange) {
    let yard = Yard::new();
    yard.build(&files(&[("a/x", "1"), ("b", "1")]));
    for late in ["late", "a/late"] {
        let disk = FaultyDisk {
            left: AtomicUsize::new(usize::MAX),
            failed: Arc::default(),
            late: Some(yard.path("out").join(late)),
            after: After::Works,
            exchange,
        };
        let stage = yard.with_target("out", |target| Stage::open_on(Box::new(disk), target));
        let site = files(&[("b", late)]);
        fill(stage.expect("the output is free"), &site, Durability::Fast).expect("it is published");
        assert_eq!(yard.published().get(late).map(String::as_str), Some("t"), "{late}");
        yard.build(&files(&[("a/x", "1"), ("b", "1")]));
    }
    assert_eq!(yard.names(), ["out", "site"]);
}
