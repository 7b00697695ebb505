//! Two hundred pages of a real site and its data: what goes out comes back.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::program::{files, program, run};
use crate::readers::{against_gettext, against_schema};
use crate::shared::folder_for_long;
use crate::translator::{FORMATS, targets, translated};

/// How many pages are exchanged.
const PAGES: usize = 200;

struct Corpus {
    _folder: TempDir,
    root: std::path::PathBuf,
    pages: Vec<String>,
}

impl Corpus {
    /// A copy that can be changed, if there is a corpus.
    fn new() -> Option<Self> {
        let from = folder_for_long()?.join("corpus/github-docs-2020");
        let folder = crate::folder::tempdir().unwrap();
        let root = folder.path().join("site");
        for part in ["content", "data", "translations"] {
            for entry in walkdir::WalkDir::new(from.join(part)).into_iter().filter_map(Result::ok) {
                let to = root.join(entry.path().strip_prefix(&from).unwrap());
                if entry.file_type().is_dir() {
                    fs::create_dir_all(to).unwrap();
                } else {
                    fs::copy(entry.path(), to).unwrap();
                }
            }
        }
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/variorum.yml");
        fs::copy(config, root.join("variorum.yml")).unwrap();
        let is_page = |path: &String| path.ends_with(".md") && !path.ends_with("README.md");
        let all: Vec<String> = files(&root.join("content")).into_keys().filter(is_page).collect();
        let step = all.len() / PAGES;
        let pages = all.into_iter().step_by(step).take(PAGES);
        let pages = pages.map(|path| format!("content/{path}"));
        Some(Self { _folder: folder, pages: pages.collect(), root })
    }

    fn export(&self, format: &str) -> String {
        let out = self.root.join(format!("../out.{format}"));
        let mut command = program(&self.root);
        command.args(["translations", "export", "cn", "--all", "--format", format, "--out"]);
        let output = command.arg(&out).args(&self.pages).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fs::read_to_string(out).unwrap()
    }

    fn import(&self, format: &str, text: &str) -> (i32, String) {
        let file = self.root.join(format!("../in.{format}"));
        fs::write(&file, text).unwrap();
        let fixed = ["translations", "import", "cn", "--message-language", "en"];
        let ran = run(&self.root, &[&fixed[..], &[file.to_str().unwrap()]].concat());
        (ran.code, ran.printed)
    }
}

#[test]
fn pages_of_the_corpus_come_back_as_they_went() {
    let Some(corpus) = Corpus::new() else { return };
    let before = files(&corpus.root);
    for format in FORMATS {
        let file = corpus.export(format);
        let (code, told) = corpus.import(format, &file);
        assert_eq!(code, 0, "{told}");
        assert!(files(&corpus.root) == before, "{format}: {told}");
    }
    assert_eq!(against_schema(&corpus.root.join("../out.xliff")), None);
    assert_eq!(against_gettext(&corpus.root.join("../out.po")), None);
}

#[test]
fn translations_of_pages_of_the_corpus_are_taken() {
    for format in FORMATS {
        let Some(corpus) = Corpus::new() else { return };
        let file = translated(format, &corpus.export(format));
        let (_, told) = corpus.import(format, &file);
        let refused: BTreeSet<&str> =
            told.lines().filter(|line| line.starts_with("error: ")).collect();
        let wanted = targets(format, &file);
        // A text that a translation has no place for is refused: its blocks are others than those of the source.
        assert!(refused.len() * 100 < wanted.len(), "{told}");
        assert!(refused.iter().all(|line| line.contains("has no place for it")), "{told}");
        let found = targets(format, &corpus.export(format));
        let other = wanted.iter().filter(|(key, target)| found.get(*key) != Some(target)).count();
        // Where much of a page was missing, a few blocks are aligned otherwise once it is there.
        assert!(other * 200 < wanted.len(), "{other} of {}: {told}", wanted.len());
    }
}
