//! Which pages the program says to have repaired the translation of: in their own file, or in data that they show.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

const CORPUS: &str = "corpus/github-docs-2020";
const TRANSLATION: &str = "translations/zh-CN";
const REUSABLES: &str = "data/reusables/";

/// The paths of the pages, below the folder of contents.
pub(crate) struct Repairs {
    files: BTreeSet<String>,
    /// For each reusable, the reusables it shows.
    shown: BTreeMap<String, BTreeSet<String>>,
    corpus: std::path::PathBuf,
}

impl Repairs {
    /// Reads the report of a build, and the reusables of the corpus.
    pub(crate) fn read(shared: &Path, out: &Path) -> Self {
        let report = fs::read(out.join("report.json")).expect("there is a report");
        let report: Value = serde_json::from_slice(&report).expect("the report is JSON");
        let findings = report["findings"].as_array().cloned().unwrap_or_default();
        let repaired = findings.iter().filter(|finding| finding["code"] == "translation-repaired");
        let file = |finding: &Value| {
            let file = finding["file"].as_str()?.strip_prefix(TRANSLATION)?;
            Some(file.trim_start_matches('/').to_owned())
        };
        let corpus = shared.join(CORPUS);
        Self { files: repaired.filter_map(file).collect(), shown: reusables(&corpus), corpus }
    }

    /// Whether the translation of this page, or of a reusable that it shows, was repaired.
    pub(crate) fn reach(&self, language: &str, page: &str) -> bool {
        if language == "en" {
            return false;
        }
        let path = format!("content/{page}");
        let mut open: Vec<String> = [TRANSLATION, ""]
            .iter()
            .filter_map(|folder| fs::read_to_string(self.corpus.join(folder).join(&path)).ok())
            .flat_map(|text| named(&text))
            .collect();
        let mut seen: BTreeSet<String> = open.iter().cloned().collect();
        while let Some(key) = open.pop() {
            let more = self.shown.get(&key).into_iter().flatten();
            open.extend(more.filter(|key| seen.insert((*key).clone())).cloned());
        }
        let file = |key: &String| format!("data/{}.md", key.replace('.', "/"));
        self.files.contains(&path) || seen.iter().any(|key| self.files.contains(&file(key)))
    }
}

/// What each translated reusable shows.
fn reusables(corpus: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let folder = corpus.join(TRANSLATION);
    let files = walkdir::WalkDir::new(folder.join(REUSABLES)).into_iter().filter_map(Result::ok);
    let entry = |file: walkdir::DirEntry| {
        let path = file.path().strip_prefix(folder.join("data")).ok()?.with_extension("");
        let key = path.to_string_lossy().replace('/', ".");
        Some((key, named(&fs::read_to_string(file.path()).ok()?)))
    };
    files.filter(|file| file.file_type().is_file()).filter_map(entry).collect()
}

/// The keys of the data references in a text.
fn named(text: &str) -> BTreeSet<String> {
    let references = text.split("{% data ").skip(1);
    references.filter_map(|rest| rest.split_whitespace().next()).map(str::to_owned).collect()
}
