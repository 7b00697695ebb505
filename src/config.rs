//! `variorum.yml`: the configuration, resolved and validated. How it is written is in `read`.

mod budgets;
mod read;
mod web;

pub use budgets::Budget;
pub use read::read;
pub(crate) use web::check_base_url;

use std::collections::BTreeMap;

use crate::diagnostic::Levels;
use crate::liquid;
use crate::markdown::{self, Dollars};
use crate::source::{Span, Spanned};
use crate::variant::{LanguageId, VersionId, Versions};
use crate::yaml;

/// The name of the configuration file.
pub const FILE_NAME: &str = "variorum.yml";

/// What stands in `edit_url` for the path of a file.
pub const EDITED_PATH: &str = "{path}";

/// The blocks that every site has besides those for platforms and tools: notes, what is for all platforms, tables
/// whose rows have headers, and questions for an assistant.
pub const BLOCKS: &[&str] = &["note", "tip", "warning", "danger", "all", "prompt", "rowheaders"];

/// The blocks for one platform.
pub const PLATFORMS: &[&str] = &["mac", "windows", "linux"];

/// The blocks for one tool that every site has.
pub const TOOLS: &[&str] = &[
    "cli",
    "desktop",
    "webui",
    "curl",
    "api",
    "codespaces",
    "vscode",
    "jetbrains",
    "bash",
    "powershell",
];

/// What a site is made of.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// Where the site is published, without a slash at the end; empty where it is not known.
    pub base_url: String,
    /// The languages, the default language first.
    pub languages: Vec<Language>,
    /// Plans and versions.
    pub versions: Versions,
    /// The version that addresses without one mean.
    pub default_version: VersionId,
    /// How addresses are formed.
    pub urls: Urls,
    /// What becomes of old addresses.
    pub redirects: Redirects,
    /// Data references for banners.
    pub notices: Notices,
    /// Where a page's file is edited, with `{path}` for its path in the site's folder.
    pub edit_url: Option<String>,
    /// Where it is read when a file was last changed.
    pub last_changed: LastChanged,
    /// Names of the blocks that wrap their content: the built-in ones and those of the site.
    pub blocks: Vec<String>,
    /// Those of them that are for one tool.
    pub tools: Vec<String>,
    /// Whether readers can search the site.
    pub search: bool,
    /// What `$…$` is in the text of pages.
    pub dollars: Dollars,
    /// How much of each translation may be missing, stale or damaged.
    pub budgets: BTreeMap<LanguageId, Budget>,
    /// How serious kinds of findings are taken here.
    pub rules: Levels,
    /// How much a site may use.
    pub limits: Limits,
}

/// A language of the site.
#[derive(Clone, Debug)]
pub struct Language {
    /// The segment of URLs.
    pub code: String,
    /// The BCP 47 tag.
    pub tag: String,
    /// The English name.
    pub name: String,
    /// The name in the language itself.
    pub native_name: String,
    /// The folder of the translation, relative to the site; empty for the default language.
    pub dir: String,
}

impl Language {
    /// Whether people may mean it by `name`: its code, its tag, its folder or the last part of that.
    pub fn is_called(&self, name: &str) -> bool {
        let folder = self.dir.rsplit('/').next().unwrap_or_default();
        let name = name.trim_end_matches('/');
        let names = [&*self.code, &*self.tag, &*self.dir, folder];
        names.into_iter().any(|own| !own.is_empty() && own.eq_ignore_ascii_case(name))
    }
}

/// How addresses are formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Urls {
    /// Whether the default version is part of its addresses.
    pub default_version: DefaultVersionUrls,
    /// The file that an address stands for.
    pub style: UrlStyle,
}

/// Whether the default version is part of its addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultVersionUrls {
    /// `/en/free-pro-team@latest/a`.
    Keep,
    /// `/en/a`.
    Omit,
}

/// The file that an address stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlStyle {
    /// `a/index.html`.
    Directory,
    /// `a.html`.
    File,
}

/// What becomes of old addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redirects {
    /// Whether each gets an HTML page that leads on.
    pub pages: bool,
}

/// Where it is read when a file was last changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LastChanged {
    /// Nowhere: pages have no dates.
    #[default]
    Unknown,
    /// From the history of the git repository that the site lies in.
    Git {
        /// Where that is asked for.
        asked: Span,
    },
}

/// Data references for banners; the theme's words where there is none.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    /// On every page of a translation.
    pub translation: Option<Spanned<String>>,
    /// On the oldest version of a plan before its last day.
    pub version_will_retire: Option<Spanned<String>>,
    /// On the oldest version of a plan after its last day.
    pub version_retired: Option<Spanned<String>>,
    /// Behind the day of either.
    pub retirement_details: Option<Spanned<String>>,
}

/// How much a site may use; each has an error that names it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one source file.
    pub file_bytes: u64,
    /// Of YAML documents.
    pub yaml: yaml::Limits,
    /// Of Liquid.
    pub liquid: liquid::Limits,
    /// Blocks and emphasis inside one another in Markdown.
    pub markdown_nesting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 4 << 20,
            yaml: yaml::Limits::default(),
            liquid: liquid::Limits::default(),
            markdown_nesting: markdown::NESTING,
        }
    }
}

impl Config {
    /// How Liquid is read on this site.
    pub fn syntax(&self) -> liquid::Syntax {
        liquid::Syntax { blocks: self.blocks.clone(), nesting: self.limits.liquid.nesting }
    }

    /// The language with this number.
    pub fn language(&self, language: LanguageId) -> &Language {
        &self.languages[usize::from(language.0)]
    }

    /// The languages with their numbers.
    pub fn languages(&self) -> impl Iterator<Item = (LanguageId, &Language)> {
        (0_u8..).map(LanguageId).zip(&self.languages)
    }

    /// The language with this code.
    pub fn find_language(&self, code: &str) -> Option<LanguageId> {
        self.languages().find(|(_, language)| language.code == code).map(|(id, _)| id)
    }

    /// Scheme and host of the base URL, without a slash at the end; empty where it is not known.
    pub fn origin(&self) -> &str {
        self.base_url.strip_suffix(self.base_path()).unwrap_or_default()
    }

    /// The path part of the base URL, without a slash at the end: `/docs` of `https://example.com/docs`.
    pub fn base_path(&self) -> &str {
        let behind_scheme = self.base_url.find("://").map_or(0, |scheme| scheme + 3);
        let host = &self.base_url[behind_scheme..];
        host.find('/').map_or("", |slash| &host[slash..])
    }
}

/// The names of plan short names and plans, for messages.
pub(crate) fn plan_names(versions: &Versions) -> Vec<String> {
    let names =
        versions.plans().iter().flat_map(|plan| [plan.name.clone(), plan.short_name.clone()]);
    let mut names: Vec<String> = names.collect();
    names.dedup();
    names
}
