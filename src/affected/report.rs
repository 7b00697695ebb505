//! What a change reaches, for people and programs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{AffectedPage, Effect};
use crate::model::Site;
use crate::variant::Variant;

/// A step of the way from a page to what changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// What a change reaches.
#[derive(Debug, Serialize)]
pub struct Report {
    /// How many pages it reaches.
    pub pages: usize,
    /// In how many variants.
    pub outputs: usize,
    /// How many of these by version, in the order of the configuration.
    pub versions: Vec<(String, usize)>,
    /// How many of these by language, in the order of the configuration.
    pub languages: Vec<(String, usize)>,
    /// The pages by their paths.
    pub affected: Vec<ReportedPage>,
}

/// A page that a change reaches.
#[derive(Debug, Serialize)]
pub struct ReportedPage {
    /// Its file.
    pub file: String,
    /// The way from the page to what changed.
    pub chain: Vec<Step>,
    /// Its variants that the change reaches.
    pub outputs: Vec<ReportedOutput>,
}

/// A page in a variant that a change reaches.
#[derive(Debug, Serialize)]
pub struct ReportedOutput {
    /// The code of the language.
    pub language: String,
    /// The id of the version.
    pub version: String,
    /// The address.
    pub address: String,
    /// `changed`, `added` or `removed`.
    pub effect: &'static str,
}

impl Effect {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

impl Report {
    /// The report of these pages of a site.
    pub fn new(site: &Site, affected: Vec<AffectedPage>) -> Self {
        let variants = || affected.iter().flat_map(|page| page.variants.keys());
        let count =
            |is_one: &dyn Fn(&Variant) -> bool| variants().filter(|one| is_one(one)).count();
        let versions = site
            .config
            .versions
            .iter()
            .map(|(id, version)| (version.id.clone(), count(&|variant| variant.version == id)));
        let languages = site.config.languages().map(|(id, language)| {
            (language.code.clone(), count(&|variant| variant.language == id))
        });
        let (versions, languages) = (versions.collect(), languages.collect());
        let outputs = variants().count();
        let pages = affected.len();
        let affected = affected.into_iter().map(|page| reported(site, page)).collect();
        Self { pages, outputs, versions, languages, affected }
    }

    /// One line: `41 pages, 187 outputs: product@2.0 94, product@1.0 93 (en 187)`.
    pub fn summary(&self) -> String {
        if self.outputs == 0 {
            return "no page looks otherwise".to_owned();
        }
        let list = |counts: &[(String, usize)]| {
            let some = counts.iter().filter(|(_, count)| *count > 0);
            some.map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
        };
        let plural = |count: usize, word: &str| {
            format!("{count} {word}{}", if count == 1 { "" } else { "s" })
        };
        let (pages, outputs) = (plural(self.pages, "page"), plural(self.outputs, "output"));
        format!("{pages}, {outputs}: {} ({})", list(&self.versions), list(&self.languages))
    }

    /// For a terminal: the summary, and each page with its variants and the way to what changed.
    pub fn human(&self) -> String {
        let mut text = format!("{}\n", self.summary());
        for page in &self.affected {
            text += &format!("\n{}\n", page.file);
            for (what, versions) in page.by_language() {
                text += &format!("  {what}: {versions}\n");
            }
            let way: Vec<String> = page.chain.iter().skip(1).map(Step::to_string).collect();
            if !way.is_empty() {
                text += &format!("  through {}\n", way.join(" → "));
            }
        }
        text
    }

    /// For a pull request.
    pub fn markdown(&self) -> String {
        let mut text = format!("**{}**\n", self.summary());
        if !self.affected.is_empty() {
            text += "\n| Page | Outputs | Through |\n| --- | --- | --- |\n";
        }
        for page in &self.affected {
            let outputs: Vec<String> = page
                .by_language()
                .into_iter()
                .map(|(what, versions)| format!("{what}: {versions}"))
                .collect();
            let way: Vec<String> =
                page.chain.iter().skip(1).map(|step| code(&step.to_string())).collect();
            text += &format!(
                "| {} | {} | {} |\n",
                code(&page.file),
                cell(&outputs.join("; ")),
                way.join(" → ")
            );
        }
        text
    }
}

impl ReportedPage {
    /// The versions by language, and what became of them where they are not just other than before.
    fn by_language(&self) -> BTreeMap<String, String> {
        let mut lists: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for output in &self.outputs {
            let what = match output.effect {
                "changed" => output.language.clone(),
                effect => format!("{} {effect}", output.language),
            };
            lists.entry(what).or_default().push(&output.version);
        }
        lists.into_iter().map(|(what, versions)| (what, versions.join(", "))).collect()
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// Text as code in Markdown, inside a table.
fn code(text: &str) -> String {
    format!("`{}`", cell(&text.replace('`', "'")))
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn reported(site: &Site, page: AffectedPage) -> ReportedPage {
    let outputs = page.variants.iter().map(|(variant, effect)| ReportedOutput {
        language: site.config.language(variant.language).code.clone(),
        version: site.config.versions.get(variant.version).id.clone(),
        address: site.address(&crate::model::route(&page.path), *variant),
        effect: effect.name(),
    });
    let outputs = outputs.collect();
    ReportedPage { file: format!("content/{}", page.path), chain: page.chain, outputs }
}
