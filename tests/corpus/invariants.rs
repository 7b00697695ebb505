//! What holds for every page of a built site, whatever its sources say.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::compare::{between, heading};
use super::facts::{Ids, facts_of};

/// How many pages there are below a folder, and what is wrong with them.
pub(crate) fn faults(out: &Path, languages: &[&str]) -> (usize, Vec<String>) {
    let checked: Vec<Vec<String>> = languages
        .iter()
        .flat_map(|language| files(&out.join(language)))
        .collect::<Vec<_>>()
        .par_iter()
        .filter_map(|file| of_file(file, out))
        .collect();
    (checked.len(), checked.into_iter().flatten().collect())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = files.filter(|file| file.file_type().is_file());
    let pages = files.filter(|file| file.file_name() == "index.html");
    pages.map(walkdir::DirEntry::into_path).collect()
}

/// What is wrong with a page; nothing for a file that only leads elsewhere.
fn of_file(file: &Path, out: &Path) -> Option<Vec<String>> {
    let html = fs::read_to_string(file).expect("the file was just found");
    if html.contains("http-equiv=\"refresh\"") {
        return None;
    }
    let name = file.strip_prefix(out).unwrap_or(file).display().to_string();
    Some(of_page(&html).into_iter().map(|fault| format!("{name}: {fault}")).collect())
}

/// What is wrong with a page.
fn of_page(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if heading(html).concat().is_empty() {
        faults.push("no heading".to_owned());
    }
    if between(html, "<title>", "</title>").trim().is_empty() {
        faults.push("no title".to_owned());
    }
    if !html.contains(" id=\"article-contents\"") {
        faults.push("no article".to_owned());
    }
    let text = facts_of(html, "theme-main", Ids::Ignored).unwrap_or_default().prose;
    if text.trim().is_empty() {
        faults.push("nothing to read".to_owned());
    }
    if let Some(at) = ["{%", "{{", "[object"].into_iter().find_map(|raw| text.find(raw)) {
        let shown: String = text[at..].chars().take(60).collect();
        faults.push(format!("reaches a reader: {shown:?}"));
    }
    faults
}
