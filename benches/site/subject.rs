//! The site that is built: the corpus where it is, else the manual; and larger and smaller editions of both.

use std::fs;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::shared;
use super::tree;

/// What is built and measured.
#[derive(Debug)]
pub(crate) struct Subject {
    /// What it is, in a line.
    pub(crate) description: &'static str,
    /// Its folder.
    pub(crate) root: PathBuf,
    /// The day of the build.
    pub(crate) date: &'static str,
    configuration: String,
    /// The versions, reduced to one.
    one_version: &'static str,
    /// The folder of its one translation.
    pub(crate) translation: &'static str,
}

/// Whether old addresses have pages of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RedirectPages {
    Off,
    On,
}

impl RedirectPages {
    /// As a word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
        }
    }
}

/// Folders of a site that are read besides its translation.
const FOLDERS: [&str; 4] = ["content", "data", "assets", "templates"];

impl Subject {
    /// The manual of this program.
    pub(crate) fn manual() -> Self {
        Self {
            description: "the manual of this program: small, good only to see that all works",
            root: project().to_owned(),
            date: "2020-11-13",
            configuration: include_str!("../../variorum.yml").to_owned(),
            one_version: "versions:\n  - plan: variorum\n    name: Variorum\n    releases: [\"0.2\"]\n",
            translation: "translations/zh-CN",
        }
    }

    /// The corpus beside this folder or in the folder that `VARIORUM_SHARED` names.
    pub(crate) fn corpus_or_manual() -> Outcome<Self> {
        let Some((root, configuration)) = shared::corpus() else {
            println!("the corpus is not there, so that the manual is measured instead");
            return Ok(Self::manual());
        };
        Ok(Self {
            description: "the corpus: GitHub Docs of November 2020, English and Chinese, six versions",
            root,
            date: "2020-11-13",
            configuration: fs::read_to_string(configuration)?,
            one_version: "versions:\n  - plan: free-pro-team\n    name: Free, Pro, and Team\n    short_name: fpt\n",
            translation: "translations/zh-CN",
        })
    }

    /// Its configuration, with or without pages for old addresses.
    pub(crate) fn configuration(&self, redirects: RedirectPages) -> String {
        let pages = redirects == RedirectPages::On;
        with_block(&self.configuration, "redirects", &format!("redirects:\n  pages: {pages}\n"))
    }

    /// Its configuration with one version only.
    pub(crate) fn one_version(&self) -> String {
        let configuration = self.configuration(RedirectPages::Off);
        with_block(&configuration, "versions", self.one_version)
    }

    /// Its configuration with the default language and so many translations.
    pub(crate) fn languages(&self, translations: usize) -> String {
        let mut block = "languages:\n  en: { name: English }\n".to_owned();
        for number in 0..translations {
            let dir = translation_folder(number);
            block += &format!("  t{number}: {{ name: T{number}, tag: zh-Hans, dir: {dir} }}\n");
        }
        // Budgets name languages that are not there any more.
        let configuration = with_block(&self.configuration(RedirectPages::Off), "translations", "");
        with_block(&configuration, "languages", &block)
    }

    /// Copies the site, with its translation, into a new folder.
    pub(crate) fn copy(&self, to: &Path) -> Outcome<()> {
        for folder in FOLDERS.iter().chain([&self.translation]) {
            tree::copy(&self.root.join(folder), &to.join(folder))?;
        }
        Ok(())
    }

    /// Copies the site into a new folder, its translation so many times.
    pub(crate) fn copy_with_translations(&self, to: &Path, translations: usize) -> Outcome<()> {
        for folder in FOLDERS {
            tree::copy(&self.root.join(folder), &to.join(folder))?;
        }
        for number in 0..translations {
            tree::copy(&self.root.join(self.translation), &to.join(translation_folder(number)))?;
        }
        Ok(())
    }

    /// Adds one more copy of each product's pages to a copy of the site, under other names. Data is shared. Old
    /// addresses stay with the first: they can lead to one page only.
    pub(crate) fn add_pages(&self, to: &Path, prefix: &str) -> Outcome<()> {
        for below in [PathBuf::from("content"), Path::new(self.translation).join("content")] {
            let from = self.root.join(&below);
            for entry in tree::list(&from)? {
                let mut parts = entry.path.components();
                let product = parts.next().ok_or("a file without a name")?;
                let product = product.as_os_str().to_string_lossy();
                if parts.as_path().as_os_str().is_empty() {
                    continue;
                }
                let folder = to.join(&below).join(format!("{prefix}-{product}"));
                let file = folder.join(parts.as_path());
                fs::create_dir_all(file.parent().ok_or("a file without a folder")?)?;
                fs::write(file, without_redirects(&fs::read(from.join(&entry.path))?))?;
            }
        }
        Ok(())
    }
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn translation_folder(number: usize) -> String {
    format!("translations/t{number}")
}

/// A configuration with the block of one key replaced, or added.
fn with_block(configuration: &str, key: &str, block: &str) -> String {
    let mut text = String::new();
    let mut is_inside = false;
    for line in configuration.lines() {
        if !line.starts_with([' ', '#']) {
            is_inside = line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'));
        }
        if !is_inside {
            text += line;
            text.push('\n');
        }
    }
    text + block
}

/// A page without the old addresses in its front matter.
fn without_redirects(page: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    let mut is_inside = false;
    for line in page.split_inclusive(|byte| *byte == b'\n') {
        if !line.starts_with(b" ") && !line.starts_with(b"- ") {
            is_inside = line.starts_with(b"redirect_from:");
        }
        if !is_inside {
            text.extend_from_slice(line);
        }
    }
    text
}
