//! A small site with a translation, and the program run over it.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::program::{Files, files, program, put};

const SITE: &[(&str, &str)] = &[
    (
        "variorum.yml",
        "title: T\ndefault_language: en\nlanguages:\n  en: { name: English }\n  zh: { name: Chinese, tag: zh-Hans, dir: translations/zh }\nversions:\n  - { plan: p, name: P }\n",
    ),
    ("content/index.md", "---\ntitle: Home\nversions: '*'\nchildren: [/guides]\n---\n"),
    (
        "content/guides/index.md",
        "---\ntitle: Guides\nversions: '*'\nchildren: [/start, /new]\n---\n",
    ),
    (
        "content/guides/start.md",
        "---\ntitle: First steps\nintro: 'It''s easy: {% data variables.things.key %}.'\nversions: '*'\n---\n\n## Enter\n\nOpen the door\nand go in.\n\n- Turn the {% data variables.things.key %}, see [the door](/guides/new).\n- Push:\n\n  > Push *hard*\n  > and wait.\n\n| Key | Lock |\n|-----|------|\n| big | `a|b` <kbd>x</kbd> |\n\n{% data reusables.end %}\n",
    ),
    (
        "content/guides/new.md",
        "---\ntitle: \"New: a page\"\nversions: '*'\n---\n\nBegin.\n\n{% note %}\n\n**Note**: Look around.\n\n{% endnote %}\n\n```sh\nls\n```\n",
    ),
    (
        "data/variables/things.yml",
        "key: key\nlock: |\n  the lock\n  of the door\nlist:\n  - { name: 'One', url: 'x' }\n  - name: Two\n",
    ),
    ("data/reusables/end.md", "Close the door.\n\nGo home.\n"),
    (
        "translations/zh/content/guides/start.md",
        "---\ntitle: 第一步\nversions: '*'\n---\n\n## 进入\n\n打开门，\n进去。\n\n| 钥匙 | 锁 |\n|-----|------|\n| 大 | `a|b` <kbd>x</kbd> |\n\n{% data reusables.end %}\n",
    ),
    ("translations/zh/data/variables/things.yml", "# names\nkey: 钥匙\n"),
];

/// A site on disk.
pub(crate) struct Desk {
    _folder: TempDir,
    root: PathBuf,
}

impl Desk {
    /// The small site.
    pub(crate) fn new() -> Self {
        let files = SITE.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        Self::with(&files.collect())
    }

    /// A site of these files.
    pub(crate) fn with(site: &Files) -> Self {
        let folder = crate::folder::tempdir().unwrap();
        let root = folder.path().join("site").canonicalize().unwrap_or_else(|_| {
            fs::create_dir(folder.path().join("site")).unwrap();
            folder.path().join("site").canonicalize().unwrap()
        });
        put(&root, site);
        Self { _folder: folder, root }
    }

    pub(crate) fn files(&self) -> Files {
        files(&self.root)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    /// Replaces a piece of a file.
    pub(crate) fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{text}");
        fs::write(self.root.join(path), text.replace(old, new)).unwrap();
    }

    /// All files below a folder, one after the other.
    pub(crate) fn shown(&self, folder: &str) -> String {
        let mut shown = String::new();
        for (path, bytes) in self.files() {
            if path.starts_with(folder) {
                shown.push_str(&format!("=== {path}\n{}", String::from_utf8(bytes).unwrap()));
            }
        }
        shown
    }

    /// Runs the program: the exit code, and all that was printed.
    pub(crate) fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output = program(&self.root).args(arguments).output().unwrap();
        let printed = [output.stdout, output.stderr].map(|out| String::from_utf8(out).unwrap());
        (output.status.code().unwrap(), printed.concat())
    }

    /// A file beside the site.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.root.join("..").join(name)
    }

    /// The exported file.
    pub(crate) fn export(&self, format: &str, arguments: &[&str]) -> String {
        let file = self.beside(&format!("out.{format}"));
        let fixed = ["translations", "export", "zh", "--format", format, "--out"];
        let (code, told) = self.run(&[&fixed[..], &[file.to_str().unwrap()], arguments].concat());
        assert_eq!(code, 0, "{told}");
        fs::read_to_string(file).unwrap()
    }

    /// Imports this text as a file of the format.
    pub(crate) fn import(
        &self,
        format: &str,
        text: impl AsRef<[u8]>,
        more: &[&str],
    ) -> (i32, String) {
        let file = self.beside(&format!("in.{format}"));
        fs::write(&file, text).unwrap();
        let fixed = ["translations", "import", "zh", Path::to_str(&file).unwrap()];
        let english = ["--message-language", "en"];
        let language = if more.contains(&english[0]) { &[][..] } else { &english };
        self.run(&[&fixed[..], language, more].concat())
    }
}
