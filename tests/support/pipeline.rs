//! The whole way of a site in this process: from files on disk to pages and findings in memory.

#![allow(dead_code, reason = "each test uses a part of it")]

#[path = "stages.rs"]
pub(crate) mod stages;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use variorum::check;
use variorum::diagnostic::{Diagnostic, Finding};
use variorum::model::Site;
use variorum::render::{self, Output, PageFacts, Twins};

/// The stack of every thread that a limit is tested on.
pub(crate) const SMALL_STACK: usize = 512 << 10;

/// A site with two languages and two versions.
pub(crate) const CONFIGURATION: &str = "\
title: Manual
languages:
  en: { name: English }
  zh: { name: Chinese, tag: zh-Hans, dir: translations/zh }
versions:
  - plan: product
    name: Product
    short_name: prod
    releases: ['2.0', '1.0']
";

/// A home page.
pub(crate) const HOME: &str = "---\ntitle: Home\nversions: '*'\n---\n";

/// What the program makes of a site.
pub(crate) struct Outcome {
    /// The files by path.
    pub(crate) outputs: BTreeMap<String, Vec<u8>>,
    /// The findings, as they are reported.
    pub(crate) findings: Vec<Finding>,
    /// What is known of the pages.
    pub(crate) facts: Vec<PageFacts>,
    /// What was read.
    pub(crate) site: Arc<Site>,
}

impl Outcome {
    /// The findings as `code: message`, at the places in front of them.
    pub(crate) fn shown(&self) -> Vec<String> {
        shown(&self.site, &self.findings)
    }

    /// A page as text.
    pub(crate) fn page(&self, path: &str) -> String {
        self.outputs
            .get(path)
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
            .unwrap_or_default()
    }
}

/// Findings as `code: message`, at the places in front of them.
pub(crate) fn shown(site: &Site, findings: &[Finding]) -> Vec<String> {
    let shown = |finding: &Finding| {
        let Finding { diagnostic, .. } = finding;
        let at = site.sources.locate(diagnostic.span);
        let code = diagnostic.code.name;
        format!("{}:{}:{} {code}: {}", at.path, at.line, at.column, diagnostic.message)
    };
    findings.iter().map(shown).collect()
}

/// Builds the site in `root` in both languages, on so many threads with small stacks.
pub(crate) fn build_on(threads: usize, root: &Path) -> Outcome {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(SMALL_STACK)
        .build()
        .expect("threads can be started")
        .install(|| build(root))
}

/// Builds the site in `root` on this thread and what it is part of.
pub(crate) fn build(root: &Path) -> Outcome {
    let mut found: Vec<Diagnostic> = Vec::new();
    let site = stages::read(root, &root.join("variorum.yml")).collect(&mut found);
    let today = jiff::civil::date(2020, 6, 1);
    let prepared = stages::prepared(&site, today, Twins::Written).collect(&mut found);
    let put = |output: Output| Ok::<_, Infallible>((output.path, output.bytes));
    let Ok(rendered) = render::site(&prepared, &put, &|_| {});
    let (mut rendered, outputs) = rendered.collect(&mut found);
    let findings = check::judged(&prepared, found, &mut rendered);
    let fallbacks = check::fallbacks(&site, prepared.languages());
    let report = check::report(&site, check::Counts::default(), &fallbacks, &findings);
    let mut outputs: BTreeMap<String, Vec<u8>> = outputs.into_iter().collect();
    outputs.insert("report.json".to_owned(), report);
    Outcome { outputs, findings, facts: rendered.facts, site }
}

/// Writes a site: these files, the configuration and the home page.
pub(crate) fn write<'f>(root: &Path, files: impl IntoIterator<Item = (&'f str, impl AsRef<[u8]>)>) {
    let put = |path: &str, bytes: &[u8]| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a new folder");
        fs::write(path, bytes).expect("a new file");
    };
    put("variorum.yml", CONFIGURATION.as_bytes());
    put("content/index.md", HOME.as_bytes());
    for (path, bytes) in files {
        put(path, bytes.as_ref());
    }
}
