//! A small site with faults everywhere, in a folder of a repository.

use std::path::Path;
use std::process::Command;

use super::program::{self, Files, put};

/// What a run of the program came to.
pub(crate) struct Told {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A repository with a site in its folder `docs`.
pub(crate) struct Site(tempfile::TempDir);

impl Site {
    /// The site with faults.
    pub(crate) fn faulty() -> Self {
        Self::of(faulty())
    }

    /// The site without its faults.
    pub(crate) fn clean() -> Self {
        let mut files = Files::new();
        add(&mut files, "variorum.yml", include_str!("../sites/variorum.yml"));
        add(&mut files, "content/index.md", &page("Home", "Welcome."));
        add(&mut files, "content/lamps.md", &page("Lamps", "On lamps."));
        Self::of(files)
    }

    fn of(files: Files) -> Self {
        let site = Self(crate::folder::tempdir().expect("a temporary folder"));
        std::fs::create_dir(site.repository().join(".git")).expect("a new folder");
        put(&site.repository().join("docs"), &files);
        site
    }

    /// The folder of the repository.
    pub(crate) fn repository(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file of the site.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let mut files = Files::new();
        add(&mut files, path, text);
        put(&self.repository().join("docs"), &files);
    }

    /// The text of a file in the repository.
    pub(crate) fn read(&self, path: &str) -> String {
        let text = std::fs::read_to_string(self.repository().join(path));
        text.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The program, to check the site from the folder of the repository.
    pub(crate) fn program(&self, arguments: &[&str]) -> Command {
        let mut program = program::program(self.repository());
        program.args(["check", "--site", "docs", "--date", "2026-01-01"]).args(arguments);
        program
    }

    /// Checks the site.
    pub(crate) fn check(&self, arguments: &[&str]) -> Told {
        let output = self.program(arguments).output().expect("the program can be started");
        let text = |bytes| String::from_utf8(bytes).expect("it prints text");
        Told {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

fn add(files: &mut Files, path: &str, text: &str) {
    files.insert(path.to_owned(), text.as_bytes().to_vec());
}

pub(crate) fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\nversions: '*'\n---\n\n{text}\n")
}

/// Faults in pages, a translation, a reusable and YAML, with text that is meant to break formats.
fn faulty() -> Files {
    let mut files = Files::new();
    add(&mut files, "variorum.yml", include_str!("../sites/variorum.yml"));
    add(&mut files, "content/index.md", &page("Home", "Welcome."));
    let lamps = "See [one](/gone), [two](/gone) and {% data reusables.inner %}.\n\n\
                 {% data reusables.iner %} [a](/n&#10;::error::100%25,a:b|]](x)&#9;<script>&#x202e;@me#1)";
    add(&mut files, "content/lamps.md", &page("Lamps", lamps));
    add(&mut files, "content/100%,a;b|<i>@me]].md", &page("Name", ""));
    add(&mut files, "content/glass.md", &page("Glass", "[y](</a`@me #1`b>)"));
    add(&mut files, "data/reusables/inner.md", "Inner: {% bogus %} [z](/nowhere)\n");
    add(&mut files, "data/variables/names.yml", "one: 'a\ntwo: b\n");
    add(
        &mut files,
        "translations/zh/content/lamps.md",
        "---\ntitle: 灯\n---\n\n见 [这里](/没有)。\n",
    );
    files
}
