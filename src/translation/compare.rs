//! Two pages side by side as a page of its own.

use std::collections::BTreeMap;

use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment};
use serde::Serialize;

use super::fronts::front_rows;
use super::ground::Ground;
use super::labels::{Labels, labels};
use super::likeness::Wording;
use super::place::Place;
use super::rows::{Row, Status, Text, rows};
use super::work::{Damaged, Reason};
use crate::markdown::plain_text;
use crate::source::{FileId, TextId};

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
    /// The address of the page itself, where there is one.
    pub href: Option<&'a str>,
    /// Its file.
    pub file: &'a Place,
    /// Why all of it is in the default language, where it is so.
    pub fallback: Option<Reason>,
    /// What it says; nothing of files that are no pages.
    pub text: Option<Text<'a>>,
}

/// Two pages to be compared.
pub struct Comparison<'a> {
    /// The one on the left: the source, where the other is a translation of it.
    pub left: Side<'a>,
    /// The one on the right.
    pub right: Side<'a>,
    /// The files that they were made from.
    pub ground: &'a Ground<'a>,
    /// The texts of the default language outside the body that are told as well, where translations are known.
    pub fronts: &'a [TextId],
    /// The file of the translation, whose damage outside its texts is told; none where no translation is compared.
    pub own: Option<FileId>,
    /// What is to be known of all of it.
    pub notices: &'a [String],
    /// The address of the page that leads to this one.
    pub contents: Option<&'a str>,
    /// What browsers may load for the page, where that is limited.
    pub policy: Option<&'a str>,
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
    contents: Option<&'a str>,
    policy: Option<&'a str>,
    notices: &'a [String],
    damage: Vec<Damaged>,
    is_translation: bool,
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
    href: Option<&'a str>,
    file: &'a Place,
    fallback: Option<Reason>,
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
    /// What stands beside what.
    pub fn rows(&self) -> Vec<Row> {
        let wording = if self.is_translation() { Wording::Translated } else { Wording::Same };
        let standing = self.ground.standing();
        let fronts = standing.map(|standing| front_rows(self.fronts, standing, self.ground));
        let texts = self.left.text.zip(self.right.text);
        let bodies = texts.map(|(left, right)| rows(left, right, wording, self.ground));
        fronts.into_iter().chain(bodies).flatten().collect()
    }

    /// The HTML of the page. The only error is one of the program's own template.
    pub fn html(&self) -> Result<String, minijinja::Error> {
        self.html_of(self.rows())
    }

    /// The HTML of the page with these rows.
    pub fn html_of(&self, rows: Vec<Row>) -> Result<String, minijinja::Error> {
        let standing = self.ground.standing();
        let damage = standing.zip(self.own).map(|(standing, own)| standing.loose(own, self.ground));
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.add_template("compare", TEMPLATE)?;
        environment.get_template("compare")?.render(Value::from(Serde(View {
            words: labels(self.interface),
            title: plain_text(self.left.title),
            left: head(&self.left),
            right: head(&self.right),
            contents: self.contents,
            policy: self.policy,
            notices: self.notices,
            damage: damage.unwrap_or_default(),
            is_translation: self.is_translation(),
            counts: counts(&rows),
            differences: rows.iter().filter(|row| row.status.differs()).count(),
            rows,
            styles: self.styles,
            scripts: self.scripts,
        })))
    }

    fn is_translation(&self) -> bool {
        self.left.tag != self.right.tag
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
