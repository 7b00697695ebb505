//! The summary, and what happens when the program itself fails on a page.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Parser;
use indicatif::ProgressBar;
use tempfile::TempDir;

use super::super::args::{Arguments, Command};
use super::*;
use crate::check::Refused;
use crate::write::Stage;

#[test]
fn thousands_are_grouped() {
    assert_eq!(grouped(0), "0");
    assert_eq!(grouped(999), "999");
    assert_eq!(grouped(11_062), "11,062");
    assert_eq!(grouped(1_234_567), "1,234,567");
}

const PAGES: usize = 130;

/// A site of `PAGES` pages and a home page, published once.
struct Yard {
    folder: TempDir,
}

impl Yard {
    fn new() -> Self {
        let yard = Self { folder: TempDir::new().expect("a folder for the test") };
        let text = "title: T\ndefault_language: en\nlanguages: { en: { name: English } }\n\
                    versions: [{ plan: cloud, name: Cloud }, { plan: server, name: Server }]\n\
                    default_version: cloud@latest\n";
        yard.write("variorum.yml", text);
        yard.write("content/index.md", "---\ntitle: Home\nversions: '*'\n---\n");
        yard.write("content/a/index.md", "---\ntitle: A\nversions: '*'\n---\n");
        for n in 0..PAGES {
            let page = format!("---\ntitle: P{n}x\nversions: '*'\n---\nText {n}.\n");
            yard.write(&format!("content/a/p{n}x.md"), &page);
        }
        yard
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Builds the site; the program fails on these pages. Also returns how many files of pages were taken.
    fn build(&self, faulty: &BTreeSet<usize>) -> (Built, BTreeSet<String>, usize) {
        let site = self.folder.path().display().to_string();
        let line = ["variorum", "build", "--quiet", "--date", "2020-06-01", "--site", &site];
        let line = Arguments::try_parse_from(line).expect("the line is right");
        let Command::Build(arguments) = line.command else { panic!("the line builds") };
        let place = located(&arguments.place).expect("the site is there");
        let mut opened = open(&place, &arguments).expect("it can be read");
        let settings = settings(&opened.config, &part(&arguments)).expect("they are right");
        let (mut stages, mut found) = (Stages::begin(None), Vec::new());
        let site = read(&mut opened, &mut stages).expect("it can be read").collect(&mut found);
        let theme = Arc::new(render::theme(&site).collect(&mut found));
        let prepared = render::prepare(site.clone(), theme, &settings, None).collect(&mut found);
        let taken = AtomicUsize::new(0);
        let put = |stage: &Stage, output: &render::Output, refused: &Refused| {
            if faulty.iter().any(|n| output.path.contains(&format!("/p{n}x"))) {
                // As a panic, without its words on standard error.
                resume_unwind(Box::new("the fault of the test".to_owned()));
            }
            // What is known for the search depends on all pages.
            taken.fetch_add(usize::from(!output.path.starts_with("search/")), Ordering::Relaxed);
            output::stage_file(stage, output, refused)
        };
        let out = place.root.join("public");
        let bar = ProgressBar::hidden();
        let built =
            output::build(&put, &place, &prepared, &out, found, &arguments, &bar, &mut stages);
        let built = built.expect("the disk is fine");
        let files = built.findings.iter().map(|finding| {
            let file = finding.diagnostic.span.text.file;
            format!("{} {}", finding.diagnostic.code.name, site.sources.file(file).path)
        });
        let files = files.collect();
        (built, files, taken.into_inner())
    }

    /// Everything in the folder of the site.
    fn tree(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = walkdir::WalkDir::new(self.folder.path()).into_iter();
        let files = entries.map(|entry| entry.expect("it is there").into_path());
        let files = files.filter(|path| path.is_file());
        files.map(|path| (path.display().to_string(), fs::read(&path).expect("a file"))).collect()
    }
}

#[test]
fn a_hundred_pages_that_the_program_fails_on_are_reported_and_the_old_site_stays() {
    let yard = Yard::new();
    let (built, none, all) = yard.build(&BTreeSet::new());
    assert_eq!((exit_code(&built), none.len()), (0, 0));
    assert!(matches!(built.publication, Publication::Done(_)));
    let pages = built.counts.pages;
    yard.write("content/a/index.md", "---\ntitle: Changed\nversions: '*'\n---\n");
    let before = yard.tree();
    // 37 and 130 have no common divisor: these are 100 pages here and there.
    let faulty: BTreeSet<usize> = (0..100).map(|n| n * 37 % PAGES).collect();
    let (built, reported, taken) = yard.build(&faulty);
    let wanted = faulty.iter().map(|n| format!("program-fault content/a/p{n}x.md")).collect();
    assert_eq!(reported, wanted);
    assert_eq!((built.findings.len(), built.counts.errors), (100, 100));
    assert!(built.findings[0].diagnostic.message.contains("the fault of the test"));
    // Each page has two versions, and each of them a twin and a record.
    assert_eq!((taken, built.counts.pages), (all - 600, pages - 200));
    assert!(matches!(built.publication, Publication::Faulty));
    assert_eq!(exit_code(&built), 101);
    assert!(yard.tree() == before, "the old site has changed, or something was left");
    let said = summary(&built, Path::new("out"), Duration::ZERO);
    assert!(said.starts_with("stopped by a fault of the program: "), "{said}");
    assert!(said.ends_with("out is as it was"), "{said}");
    let (built, none, _) = yard.build(&BTreeSet::new());
    assert_eq!((exit_code(&built), none.len()), (0, 0));
}
