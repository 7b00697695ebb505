//! What is written when little or nothing has changed.

use std::fs;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::measures::{Scratch, TARGETS, cost};
use super::options::Options;
use super::program;
use super::results::Section;
use super::subject::{RedirectPages, Subject};
use super::tree::{self, Entry};

/// Builds again when nothing has changed, and when one page has.
pub(crate) fn rebuild(subject: &Subject, options: &Options) -> Outcome<Section> {
    let scratch = Scratch::new(&options.out_memory)?;
    let (root, out) = (scratch.join("site"), scratch.join("out"));
    subject.copy(&root)?;
    let configuration = subject.configuration(RedirectPages::On);
    let first = program::build(subject, &root, &configuration, &out)?;
    let before = tree::list(&out)?;
    let again = program::build(subject, &root, &configuration, &out)?;
    let after = tree::list(&out)?;
    let touched = touched(&before, &after);
    let lead = "A first build, one without a change, one after a change in one English page:";
    let head = ["build", "pages", "CPU µs a page", "wall s", "peak MiB"];
    let mut section = Section::new("rebuild", lead, &head);
    let mut targets = Section::new("rebuild", String::new(), &TARGETS);
    let is_still = again.written == 0 && touched.is_empty();
    let measured = format!("{} written, {} touched", again.written, touched.len());
    targets.target(
        "files of a rebuild without a change",
        "0 written, 0 touched",
        measured,
        is_still,
    );
    let page = page_to_edit(subject, &root)?;
    edit(&root.join("content").join(&page))?;
    let edited = program::build(subject, &root, &configuration, &out)?;
    let (own, others) = changed(&after, &tree::list(&out)?, &page);
    let measured = format!("{own} of the page; {}", listed(&others));
    let wanted = "those of the page and the program's own";
    let is_one = own > 0 && others.iter().all(|path| is_of_program(path));
    targets.target("files after a change in one page", wanted, measured, is_one);
    for (name, run) in [("first", first), ("no change", again), ("one page", edited)] {
        section.row(cost(name, &[run]));
    }
    section.lead = format!("{}\n{}", targets.text(), section.lead);
    Ok(section)
}

/// What was written since, even if with the same bytes; not the program's own list of files.
fn touched<'a>(before: &[Entry], after: &'a [Entry]) -> Vec<&'a Entry> {
    let is_new = |entry: &&Entry| before.binary_search(entry).is_err();
    after.iter().filter(is_new).filter(|entry| !entry.path.starts_with(".variorum")).collect()
}

/// How many files of a page were written since, and the paths of the others.
fn changed(before: &[Entry], after: &[Entry], page: &Path) -> (usize, Vec<PathBuf>) {
    let route = page.with_extension("");
    let is_own = |path: &Path| path.with_extension("").ends_with(route.join("index"));
    let touched: Vec<&Path> =
        touched(before, after).into_iter().map(|entry| &*entry.path).collect();
    let (own, others): (Vec<&Path>, Vec<&Path>) =
        touched.into_iter().partition(|path| is_own(path));
    (own.len(), others.into_iter().map(Path::to_owned).collect())
}

/// Whether a file says something of the whole site.
fn is_of_program(path: &Path) -> bool {
    path.parent().is_some_and(|parent| parent.as_os_str().is_empty())
}

fn listed(paths: &[PathBuf]) -> String {
    let names: Vec<String> =
        paths.iter().take(5).map(|path| format!("`{}`", path.display())).collect();
    match paths.len() - names.len() {
        0 if names.is_empty() => "no others".to_owned(),
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// An article with a translation, from the middle of the site.
fn page_to_edit(subject: &Subject, root: &Path) -> Outcome<PathBuf> {
    let pages = tree::list(&root.join("content"))?;
    let is_article = |path: &PathBuf| {
        let translation = root.join(subject.translation).join("content").join(path);
        path.components().count() > 1 && !path.ends_with("index.md") && translation.is_file()
    };
    let mut articles: Vec<PathBuf> = pages.into_iter().map(|entry| entry.path).collect();
    articles.retain(is_article);
    let middle = articles.len() / 2;
    articles.into_iter().nth(middle).ok_or_else(|| "no article has a translation".into())
}

fn edit(page: &Path) -> Outcome<()> {
    let text = fs::read_to_string(page)?;
    Ok(fs::write(page, format!("{text}\n\nOne more paragraph.\n"))?)
}
