//! What the reference made of half the pages of the corpus.

use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use serde_json::{Map, Value};

/// The languages of the expectations, with their files.
pub(crate) const FILES: [(&str, &str); 2] = [
    ("en", "expected/github-docs-2020.en.jsonl.gz"),
    ("cn", "expected/github-docs-2020.cn.jsonl.gz"),
];

/// A page as the reference made it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row {
    pub(crate) href: String,
    pub(crate) language: String,
    pub(crate) relative_path: String,
    pub(crate) title: Option<String>,
    pub(crate) intro: Option<String>,
    pub(crate) body_html: String,
    /// The steps of the way to the page, in order.
    pub(crate) breadcrumbs: Option<Map<String, Value>>,
    pub(crate) mini_toc_items: Option<Vec<Item>>,
    /// Whether the body came from API schemas, which are no part of the corpus.
    #[serde(default)]
    pub(crate) generated: bool,
}

/// An entry of the list of headings beside a page.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Item {
    pub(crate) contents: String,
    pub(crate) indentation_level: u8,
    pub(crate) platform: Option<String>,
}

/// The pages in a file of expectations whose text was in the corpus.
pub(crate) fn rows(shared: &Path, file: &str) -> Vec<Row> {
    let text = unpacked(&shared.join(file));
    let rows = text.lines().map(|line| serde_json::from_str(line).expect("a row is JSON"));
    rows.filter(|row: &Row| !row.generated).collect()
}

/// The text of a packed file.
pub(crate) fn unpacked(path: &Path) -> String {
    let unpacked = Command::new("gzip").arg("-dc").arg(path).output().expect("there is gzip");
    String::from_utf8(unpacked.stdout).expect("expectations are UTF-8")
}
