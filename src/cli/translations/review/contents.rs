//! The first page of a review: its pages, and how much there is to do in each.

use std::collections::BTreeMap;

use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment};
use serde::Serialize;

use super::super::Desk;
use crate::cli::build::grouped;
use crate::cli::failure::Failure;
use crate::messages::Message;
use crate::translation::{ReviewPage, encoded};
use crate::variant::LanguageId;

const TEMPLATE: &str = include_str!("../../../../templates/translations/review.html");

const SCRIPT: &str = include_str!("../../../../templates/translations/filter.js");

const STYLE: &str = include_str!("../../../../templates/translations/status.css");

#[derive(Serialize)]
struct View<'a> {
    /// What the page itself speaks.
    tag: &'static str,
    style: &'static str,
    script: &'static str,
    words: BTreeMap<&'static str, String>,
    language: &'a str,
    native_name: &'a str,
    native_tag: &'a str,
    site: &'a str,
    to_do: String,
    pages: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    href: String,
    title: Option<&'a str>,
    source: &'a str,
    places: String,
    words: String,
}

/// The page. The only error is one of the program's own template.
pub(super) fn contents(
    desk: &Desk,
    language: LanguageId,
    pages: &[ReviewPage],
) -> Result<String, Failure> {
    let config = &desk.site.config;
    let settings = config.language(language);
    let words = [
        "review-title",
        "review-page",
        "review-places",
        "review-search",
        "review-help",
        "status-words-open",
    ];
    let sum = |count: fn(&ReviewPage) -> usize| pages.iter().map(count).sum::<usize>();
    let to_do = Message::new("review-to-do").with("pages", pages.len());
    let to_do = to_do.with("places", grouped(sum(|page| page.places)));
    let mut rows: Vec<&ReviewPage> = pages.iter().collect();
    // Of those with as much to do, the first by its path stands first.
    rows.sort_by_key(|page| std::cmp::Reverse((page.words, page.places)));
    let view = View {
        tag: desk.catalog.language().tag(),
        style: STYLE,
        script: SCRIPT,
        words: words.iter().map(|id| (*id, desk.say(&Message::new(id)))).collect(),
        language: &settings.name,
        native_name: &settings.native_name,
        native_tag: &settings.tag,
        site: &config.title,
        to_do: desk.say(&to_do.with("words", grouped(sum(|page| page.words)))),
        pages: rows.into_iter().map(row).collect(),
    };
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment
        .add_template("review", TEMPLATE)
        .and_then(|()| environment.get_template("review")?.render(Value::from(Serde(view))))
        .map_err(|error| Failure::Io(error.to_string()))
}

fn row(page: &ReviewPage) -> Row<'_> {
    Row {
        href: encoded(&page.path),
        title: page.title.as_deref(),
        source: &page.source,
        places: grouped(page.places),
        words: grouped(page.words),
    }
}
