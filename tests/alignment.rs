//! Alignment of a real site with itself and with its translation, how long it takes, and the pages that show two
//! variants side by side.
//!
//! The corpus is in `../shared`, or in the folder that `VARIORUM_SHARED` names; without it only a generated page is
//! aligned. `VARIORUM_COMPARED=FOLDER` writes pages side by side there, to be looked at.

#[path = "support/shared.rs"]
mod shared;
#[path = "support/stages.rs"]
mod stages;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use shared::say;
use variorum::liquid::Expansion;
use variorum::markdown::{self, Body, Highlighter, Options, SlotKind};
use variorum::model::{Page, Site};
use variorum::render::{Prepared, Twins};
use variorum::source::{FileId, Location, Span};
use variorum::translation::{
    Alignment, Comparison, Ground, Outline, Place, STYLE, Side, Text, Wording, align,
};
use variorum::variant::{LanguageId, Variant, VersionId};

/// A text with its body.
struct Made {
    expansion: Expansion,
    body: Body,
}

impl Made {
    fn new(expansion: Expansion, source: Option<&Body>) -> Self {
        let source_headings = source.map(|source| &*source.headings);
        let options = Options { source_headings, ..Options::default() };
        Self { body: markdown::to_body(&expansion.text, options), expansion }
    }

    fn outline<'t>(&self, written: impl Fn(Span) -> &'t str) -> Outline {
        Outline::new(&self.body, &self.expansion, written)
    }
}

#[test]
fn three_thousand_blocks_are_aligned_in_no_time() {
    let paragraph = |number: usize| {
        let word = ["one", "two", "three", "four", "five"][number * 7 % 5];
        format!("This is {word} of the sentences that all look alike, whatever they may say.\n\n")
    };
    let text = |step: usize| -> String { (0..3_000).step_by(step).map(paragraph).collect() };
    let made = |text: String| Made::new(Expansion { text, ..Expansion::default() }, None);
    let whole = made(text(1));
    for (name, other) in [("itself", made(text(1))), ("a third of it", made(text(3)))] {
        let started = Instant::now();
        let outlines = (whole.outline(|_| ""), other.outline(|_| ""));
        let read = started.elapsed();
        for wording in [Wording::Same, Wording::Translated] {
            let started = Instant::now();
            let alignment = align(&outlines.0, &outlines.1, wording);
            let spent = started.elapsed();
            say(&format!(
                "3,000 blocks with {name}, {wording:?}: read in {read:?}, aligned in {spent:?}"
            ));
            let paired = paired(&alignment);
            assert_eq!(paired, other.body.blocks.len());
            assert!(cfg!(debug_assertions) || spent < Duration::from_millis(50), "{spent:?}");
        }
    }
}

fn paired(alignment: &Alignment) -> usize {
    alignment.pairs.iter().filter(|pair| pair.left.is_some() && pair.right.is_some()).count()
}

#[test]
fn the_corpus_is_aligned() {
    with_corpus(|site, prepared| {
        let written = |span: Span| &site.sources.text(span.text)[span.range()];
        let (mut blocks, mut found, mut pages) = (0, 0, 0);
        let (mut shown, mut longest) = (Vec::new(), Duration::ZERO);
        for page in &site.pages {
            let Some(version) = page.versions.lowest() else { continue };
            let english = made(prepared, page, LanguageId::DEFAULT, version, None);
            let outline = english.outline(written);
            let itself = align(&outline, &outline, Wording::Same);
            assert!(itself.pairs.iter().all(|pair| pair.left == pair.right), "{}", page.route);
            let chinese = page.translations.keys().next().copied();
            let Some(chinese) = chinese else { continue };
            let chinese = made(prepared, page, chinese, version, Some(&english.body));
            let other = chinese.outline(written);
            let started = Instant::now();
            let alignment = align(&outline, &other, Wording::Translated);
            longest = longest.max(started.elapsed());
            pages += 1;
            blocks += english.body.blocks.len();
            found += paired(&alignment);
            for pair in
                alignment.pairs.iter().filter(|pair| pair.right.is_none() || pair.left.is_none())
            {
                let (side, made, number) = match (pair.left, pair.right) {
                    (Some(left), _) => ("<", &english, left),
                    (None, Some(right)) => (">", &chinese, right),
                    (None, None) => continue,
                };
                let block = &made.body.blocks[number as usize];
                let at = block.at.start as usize..block.at.end as usize;
                let text: String = made.expansion.text[at].chars().take(90).collect();
                shown.push(format!("{} {side} {:?} {:?}", page.route, block.kind, text));
            }
        }
        let share = 100.0 * found as f64 / blocks as f64;
        say(&format!(
            "{pages} pages: {found} of {blocks} blocks have a translation: {share:.2} %; {longest:?} at most"
        ));
        for line in shown.iter().step_by(shown.len() / 40 + 1) {
            say(line);
        }
        assert!(share > 98.0, "{share}");
    });
}

#[test]
fn pages_are_shown_side_by_side() {
    let (Some(shared), Some(out)) = (shared::folder(), std::env::var_os("VARIORUM_COMPARED"))
    else {
        return say("skipped: there is no corpus, or no folder to write to");
    };
    let out = PathBuf::from(out);
    fs::create_dir_all(&out).expect("the folder can be made");
    fs::write(out.join("compare.css"), STYLE).expect("a file can be written");
    with_corpus(|site, prepared| {
        let (english, chinese) = ("en", "cn");
        let (free, server) = ("free-pro-team@latest", "enterprise-server@2.19");
        for (name, route, left, right) in COMPARED {
            let variant = |word: &str| match word {
                "fpt" => (english, free),
                "ghes" => (english, server),
                _ => (chinese, free),
            };
            let html = compared((site, prepared), route, variant(left), variant(right), &shared);
            fs::write(out.join(format!("{name}.html")), html).expect("a file can be written");
        }
    });
}

const COMPARED: &[(&str, &str, &str, &str)] = &[
    ("versions", "github/authenticating-to-github/about-authentication-to-github", "fpt", "ghes"),
    ("versions2", "github/getting-started-with-github/signing-up-for-github", "fpt", "ghes"),
    ("versions3", "github/getting-started-with-github/fork-a-repo", "fpt", "ghes"),
    ("versions4", "github/administering-a-repository/about-protected-branches", "fpt", "ghes"),
    ("workflow", "actions/reference/workflow-syntax-for-github-actions", "fpt", "cn"),
    ("start", "github/getting-started-with-github/set-up-git", "fpt", "cn"),
    ("start2", "github/getting-started-with-github/fork-a-repo", "fpt", "cn"),
    ("start3", "github/getting-started-with-github/githubs-products", "fpt", "cn"),
];

fn compared(
    (site, prepared): (&Site, &Prepared<'_>),
    route: &str,
    left: (&str, &str),
    right: (&str, &str),
    shared: &Path,
) -> String {
    let page = site.find_page(route).unwrap_or_else(|| panic!("there is no {route}"));
    let page = site.page(page);
    let variant = |(language, version): (&str, &str)| Variant {
        language: site.config.find_language(language).expect("the language is there"),
        version: site.config.versions.find(version).expect("the version is there"),
    };
    let (left, right) = (variant(left), variant(right));
    let english = made(prepared, page, LanguageId::DEFAULT, right.version, None);
    let one = made(prepared, page, left.language, left.version, None);
    let other = made(prepared, page, right.language, right.version, Some(&english.body));
    let is_source = |file: FileId| site.language_of(file).is_default();
    let edit =
        |at: &Location<'_>| Some(format!("vscode://file/{}:{}:{}", at.path, at.line, at.column));
    let expansions = [&one.expansion, &other.expansion];
    let ground = Ground::new(&site.sources, &site.config.syntax(), &expansions, &is_source, &edit);
    let (left_html, right_html) = (filled(&one.body, shared), filled(&other.body, shared));
    let theme = format!("{}/templates/assets/theme.css", env!("CARGO_MANIFEST_DIR"));
    let side = |variant: Variant, made, html, file| -> Side<'_> {
        let language = site.config.language(variant.language);
        let text = text(made, html);
        let version = &site.config.versions.get(variant.version).title;
        Side {
            title: route,
            language: &language.name,
            tag: &language.tag,
            version,
            href: Some("#"),
            file,
            fallback: None,
            text: Some(text),
        }
    };
    let file = |variant: Variant| {
        let edition = page.translations.get(&variant.language).unwrap_or(&page.source);
        ground.place(Span::start_of(edition.file))
    };
    let files: [Place; 2] = [file(left), file(right)];
    let comparison = Comparison {
        left: side(left, &one, &left_html, &files[0]),
        right: side(right, &other, &right_html, &files[1]),
        ground: &ground,
        fronts: &[],
        own: None,
        notices: &[],
        contents: None,
        policy: None,
        styles: &[&theme, "compare.css"],
        scripts: &[],
        interface: "en",
    };
    comparison.html().expect("the template is right")
}

fn text<'a>(made: &'a Made, html: &'a str) -> Text<'a> {
    Text { html, body: &made.body, expansion: &made.expansion }
}

/// The HTML of a body with addresses as they are written.
fn filled(body: &Body, shared: &Path) -> String {
    let highlighter = Highlighter::new();
    let mut html = String::new();
    let mut done = 0;
    for slot in &body.slots {
        let at = slot.at as usize;
        html.push_str(&body.html[done..at]);
        done = at;
        match &slot.kind {
            SlotKind::Block(number) => html.push_str(&format!(" data-block=\"{number}\"")),
            SlotKind::Link(number) => {
                html.push_str(&body.links[*number as usize].address.replace('"', ""))
            }
            SlotKind::Image(number) => {
                let folder = shared.join("corpus/github-docs-2020");
                let address = &body.images[*number as usize].address;
                html.push_str(&format!("{}{address}", folder.display()));
            }
            SlotKind::Code(number) => {
                html.push_str(&highlighter.highlight(&body.code[*number as usize]))
            }
            SlotKind::Ui(key) => html.push_str(key),
            SlotKind::ImageSize(_) | SlotKind::LinkTitle(_) => {}
        }
    }
    html.push_str(&body.html[done..]);
    html
}

fn made(
    prepared: &Prepared<'_>,
    page: &Page,
    language: LanguageId,
    version: VersionId,
    source: Option<&Body>,
) -> Made {
    let expansions = prepared.expansions(page, language).value;
    let found = expansions.into_iter().find(|(versions, _)| versions.contains(version));
    Made::new(found.map(|(_, expansion)| expansion).unwrap_or_default(), source)
}

fn with_corpus(act: impl FnOnce(&Site, &Prepared<'_>)) {
    let Some((root, config)) = shared::corpus() else { return };
    let site = stages::read(&root, &config).value;
    let today = jiff::civil::date(2020, 11, 13);
    act(&site, &stages::prepared(&site, today, Twins::LeftOut).value);
}
