//! Measures how long a site of 11,062 files takes to be written, beside a bare loop of folders and files.
//!
//! `cargo run --release --example write_speed -- FOLDER`, where FOLDER lies on the file system to measure.

#![allow(clippy::print_stdout, reason = "this is a program that prints what it measures")]

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use variorum::write::{Digest, Durability, OutputPath, Put, Stage, Target};

/// As many files as the larger corpus makes, one folder each.
const FILES: usize = 11_062;
/// About what a page with its navigation has.
const BYTES: usize = 25_000;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome<()> {
    let folder = std::env::args().nth(1).ok_or("name a folder")?;
    let root = Path::new(&folder).join("write-speed");
    fs::create_dir_all(&root)?;
    let pages: Vec<(String, Vec<u8>)> = (0..FILES).map(page).collect();
    for _ in 0..3 {
        let floor = timed("bare loop, one thread", || bare(&root.join("bare"), &pages))?;
        fs::remove_dir_all(root.join("bare"))?;
        let bare_parallel =
            timed("bare loop, all threads", || bare_parallel(&root.join("bare"), &pages))?;
        timed("removal by the standard library", || Ok(fs::remove_dir_all(root.join("bare"))?))?;
        timed("hashing alone", || Ok(pages.par_iter().map(hash).collect::<Vec<_>>()))?;
        let first = timed("first build", || build(&root, &pages, Durability::Fast))?;
        timed("nothing changed", || build(&root, &pages, Durability::Fast))?;
        let mut edited = pages.clone();
        edited[0].1[0] = b'!';
        timed("one file changed", || build(&root, &edited, Durability::Fast))?;
        edited.iter_mut().for_each(|(_, bytes)| bytes[1] = b'!');
        timed("every file changed", || build(&root, &edited, Durability::Fast))?;
        fs::remove_dir_all(root.join("out"))?;
        timed("first build, durable", || build(&root, &pages, Durability::Durable))?;
        fs::remove_dir_all(root.join("out"))?;
        println!(
            "first build / bare loop: {:.2} of one thread, {:.2} of all\n",
            first.as_secs_f64() / floor.as_secs_f64(),
            first.as_secs_f64() / bare_parallel.as_secs_f64()
        );
    }
    Ok(fs::remove_dir_all(root)?)
}

fn page(number: usize) -> (String, Vec<u8>) {
    let (version, category) = (number % 6, number / 6 % 40);
    let path = format!("en/product@{version}/category-{category}/guides/{number}/index.html");
    let seed = number.to_string();
    (path, seed.bytes().cycle().take(BYTES).collect())
}

fn hash((_, bytes): &(String, Vec<u8>)) -> Digest {
    Digest::of(bytes)
}

fn timed<T>(name: &str, run: impl FnOnce() -> Outcome<T>) -> Outcome<Duration> {
    let start = Instant::now();
    run()?;
    println!("{name:32} {:6.0} ms", start.elapsed().as_secs_f64() * 1000.0);
    Ok(start.elapsed())
}

fn bare(root: &Path, pages: &[(String, Vec<u8>)]) -> Outcome<()> {
    pages.iter().try_for_each(|page| bare_file(root, page))
}

fn bare_parallel(root: &Path, pages: &[(String, Vec<u8>)]) -> Outcome<()> {
    pages.par_iter().try_for_each(|page| bare_file(root, page))
}

/// Two calls where the parent is there, as a program would that knows nothing of what was published.
fn bare_file(root: &Path, (path, bytes): &(String, Vec<u8>)) -> Outcome<()> {
    let file = root.join(path);
    let parent = file.parent().ok_or("a path without a folder")?;
    if fs::create_dir(parent).is_err() {
        fs::create_dir_all(parent)?;
    }
    Ok(fs::write(file, bytes)?)
}

fn build(root: &Path, pages: &[(String, Vec<u8>)], durability: Durability) -> Outcome<()> {
    let out = root.join("out");
    let stage = Stage::open(&Target {
        folder: &out,
        site: &root.join("site"),
        inputs: &[],
        protected: &[],
        patience: Duration::from_secs(5),
        durability,
    })?;
    let put = |(path, bytes): &(String, Vec<u8>)| -> Outcome<Put> {
        Ok(stage.put(OutputPath::new(path)?, bytes)?)
    };
    let puts: Vec<Put> = pages.par_iter().map(put).collect::<Outcome<_>>()?;
    stage.publish(&puts)?;
    Ok(())
}
