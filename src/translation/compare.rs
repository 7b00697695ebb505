//! Two pages side by side as a page of its own.

use std::collections::BTreeMap;

use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment};
use serde::Serialize;

use super::ground::Ground;
use super::labels::{Labels, labels};
use super::likeness::Wording;
use super::place::Place;
use super::rows::{Row, Status, Text, rows};
use crate::markdown::plain_text;

/// The style of the page; the theme's has to be linked before it.
pub const STYLE: &str = include_str!("../../templates/preview/compare.css");

const TEMPLATE: &str = include_str!("../../templates/preview/compare.html");

/// One of the two pages.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// Its title, as HTML.
    pub title: &'a str,
    /// What people call the language.
    pub language: &'a str,
    /// The BCP 47 tag of the language.
    pub tag: &'a str,
    /// What people call the version.
    pub version: &'a str,
    /// The address of the page itself.
    pub href: &'a str,
    /// Its file.
    pub file: &'a Place,
    /// Why all of it is in the default language, where it is so.
    pub fallback: Option<&'a str>,
    /// What it says.
    pub text: Text<'a>,
}

/// Two pages to be compared.
pub struct Comparison<'a> {
    /// The one on the left: the source, where the other is a translation of it.
    pub left: Side<'a>,
    /// The one on the right.
    pub right: Side<'a>,
    /// The files that they were made from.
    pub ground: &'a Ground<'a>,
    /// The addresses of style sheets, in order.
    pub styles: &'a [&'a str],
    /// The addresses of scripts, in order.
    pub scripts: &'a [&'a str],
    /// The BCP 47 tag of the language that the page itself speaks: Chinese, or else English.
    pub interface: &'a str,
}

/// What the template reads.
#[derive(Serialize)]
struct View<'a> {
    words: &'static Labels,
    /// The title of the left page, as text.
    title: String,
    left: Head<'a>,
    right: Head<'a>,
    counts: Vec<Count>,
    differences: usize,
    rows: Vec<Row>,
    styles: &'a [&'a str],
    scripts: &'a [&'a str],
}

/// What it reads of a side.
#[derive(Serialize)]
struct Head<'a> {
    title: &'a str,
    language: &'a str,
    tag: &'a str,
    version: &'a str,
    href: &'a str,
    file: &'a Place,
    fallback: Option<&'a str>,
}

/// How many rows have a status.
#[derive(Serialize)]
struct Count {
    status: Status,
    count: usize,
    /// Whether it is a difference.
    differs: bool,
}

impl Comparison<'_> {
    /// The HTML of the page. The only error is one of the program's own template.
    pub fn html(&self) -> Result<String, minijinja::Error> {
        let is_same = self.left.tag == self.right.tag;
        let wording = if is_same { Wording::Same } else { Wording::Translated };
        let rows = rows(self.left.text, self.right.text, wording, self.ground);
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.add_template("compare", TEMPLATE)?;
        environment.get_template("compare")?.render(Value::from(Serde(View {
            words: labels(self.interface),
            title: plain_text(self.left.title),
            left: head(&self.left),
            right: head(&self.right),
            counts: counts(&rows),
            differences: rows.iter().filter(|row| row.status.differs()).count(),
            rows,
            styles: self.styles,
            scripts: self.scripts,
        })))
    }
}

impl Status {
    /// Whether a reader who looks for differences wants to see the row.
    pub fn differs(self) -> bool {
        !matches!(self, Self::Same | Self::Translated)
    }
}

fn head<'a>(side: &Side<'a>) -> Head<'a> {
    let Side { title, language, tag, version, href, file, fallback, .. } = *side;
    Head { title, language, tag, version, href, file, fallback }
}

/// The number of rows of each status that there is.
fn counts(rows: &[Row]) -> Vec<Count> {
    let mut counts: BTreeMap<Status, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.status).or_default() += 1;
    }
    let count =
        |(status, count): (Status, usize)| Count { status, count, differs: status.differs() };
    counts.into_iter().map(count).collect()
}
