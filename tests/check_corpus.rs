//! What `check` finds in the corpus, counted by rule for COMPATIBILITY.md; and one page taken out of one version.
//!
//! Run it with `--release`. `UPDATE_COMPATIBILITY=1` writes the table anew. Without the corpus nothing is done.

#[path = "support/shared.rs"]
mod shared;
#[path = "support/stages.rs"]
mod stages;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use variorum::check;
use variorum::diagnostic::Finding;
use variorum::discover::Inventory;
use variorum::load::Shelf;
use variorum::model::Site;
use variorum::render::{self, Output, Prepared, Twins};

const START: &str =
    "<!-- findings: UPDATE_COMPATIBILITY=1 cargo test --release --test check_corpus -->\n";
const END: &str = "<!-- end of findings -->\n";

/// A page that other pages lead to, and the version that it is taken out of.
const PAGE: &str = "content/github/getting-started-with-github/fork-a-repo.md";
const VERSION: &str = "enterprise-server@2.20";

/// A site that was looked at as a whole.
struct Judged {
    site: Arc<Site>,
    findings: Vec<Finding>,
    /// How many links of pages in one version lead to the page in it.
    leading: usize,
}

/// The corpus, with the texts of `held` in the place of those of files.
fn judged(root: &Path, config: &Path, held: &[(&str, &str)]) -> Judged {
    let mut found = Vec::new();
    let hold = |_: &Inventory, shelf: &mut Shelf| {
        held.iter().for_each(|(path, text)| shelf.hold(path, text));
    };
    let site = stages::read_with(root, config, hold).collect(&mut found);
    let today = jiff::civil::date(2020, 11, 13);
    let prepared = stages::prepared(&site, today, Twins::LeftOut).collect(&mut found);
    let put = |output: Output| Ok::<_, Infallible>(leading(&prepared, &output));
    let Ok(rendered) = render::site(&prepared, &put, &|_| {});
    let (mut rendered, leading) = rendered.collect(&mut found);
    let findings = check::judged(&prepared, found, &mut rendered);
    Judged { site, findings, leading: leading.into_iter().sum() }
}

/// How often the text of a page of the version leads to the page in the version.
fn leading(prepared: &Prepared<'_>, output: &Output) -> usize {
    if !output.path.ends_with("index.html") || !output.path.contains(VERSION) {
        return 0;
    }
    let html = String::from_utf8_lossy(&output.bytes);
    // What the theme shows around the text is no link of the text.
    let start = html.find("id=\"article-intro\"").or_else(|| html.find("id=\"article-contents\""));
    let text = start.map_or("", |start| &html[start..]);
    let text = text.split_once("</article>").map_or(text, |(text, _)| text);
    let route = PAGE.trim_start_matches("content/").trim_end_matches(".md");
    let languages = prepared.site().config.languages();
    let addresses =
        languages.map(|(_, language)| format!("href=\"/{}/{VERSION}/{route}", language.code));
    let own = output.path.trim_end_matches("/index.html");
    addresses
        .filter(|address| !address.ends_with(&format!("/{own}")))
        .map(|address| {
            let behind = |found: &str| found.starts_with(['"', '#', '?']);
            let found = text.match_indices(&address).map(|(at, _)| at);
            let found = found.filter(|at| behind(&text[at + address.len()..]));
            found.filter(|at| !is_listed(text, *at)).count()
        })
        .sum()
}

/// Whether the link at this place was made by a link tag, which leaves out what a version does not have.
fn is_listed(text: &str, at: usize) -> bool {
    let start = text[..at].rfind("<a ").unwrap_or(at);
    let tag = text[start..].split_once('>').map_or("", |(tag, _)| tag);
    ["article-link", "topic-link", "link-title", "link-with-intro"]
        .iter()
        .any(|class| tag.contains(class))
}

/// The links that leave their version for the page, with the number of pages that show each.
fn leaving(judged: &Judged) -> BTreeMap<String, usize> {
    let is_it = |finding: &&Finding| {
        let Finding { diagnostic, .. } = finding;
        diagnostic.code.name == "link-leaves-version"
            && diagnostic.message.contains(&format!("`{PAGE}`"))
    };
    let place = |finding: &Finding| {
        let at = judged.site.sources.locate(finding.diagnostic.span);
        (format!("{}:{}:{}", at.path, at.line, at.column), finding.pages)
    };
    judged.findings.iter().filter(is_it).map(place).collect()
}

#[test]
fn a_page_taken_out_of_one_version_brings_exactly_the_links_to_it_in_that_version() {
    let Some((root, config)) = shared::corpus_for_long() else { return };
    let text = std::fs::read_to_string(root.join(PAGE)).expect("the page is there");
    let without = text.replacen("enterprise-server: '*'", "enterprise-server: '<2.20 || >2.20'", 1);
    assert_ne!(text, without, "the page is in every version of its plan");
    let (before, now) = (judged(&root, &config, &[]), judged(&root, &config, &[(PAGE, &without)]));
    assert_eq!(leaving(&before), BTreeMap::new());
    let lost = leaving(&now);
    assert!(before.leading > 0, "nothing leads to the page");
    assert_eq!(lost.values().sum::<usize>(), before.leading, "{lost:#?}");
    assert_eq!(now.leading, 0);
    // Nothing else is said that was not said before.
    let said = |judged: &Judged| -> BTreeSet<String> {
        let other = judged
            .findings
            .iter()
            .filter(|finding| finding.diagnostic.code.name != "link-leaves-version");
        other
            .map(|finding| {
                format!("{} {}", finding.diagnostic.code.name, finding.diagnostic.message)
            })
            .collect()
    };
    assert_eq!(said(&before), said(&now));
}

#[test]
fn the_findings_are_as_many_as_the_page_on_compatibility_says() {
    let Some((root, config)) = shared::corpus_for_long() else { return };
    let table = table(&judged(&root, &config, &[]));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("COMPATIBILITY.md");
    let page = std::fs::read_to_string(&path).expect("there is COMPATIBILITY.md");
    let (head, rest) = page.split_once(START).expect("the page has the table");
    let (_, tail) = rest.split_once(END).expect("the table ends");
    let expected = format!("{head}{START}\n{table}\n{END}{tail}");
    if std::env::var_os("UPDATE_COMPATIBILITY").is_some() {
        std::fs::write(&path, expected).expect("COMPATIBILITY.md can be written");
        return;
    }
    assert!(
        page == expected,
        "run `UPDATE_COMPATIBILITY=1 cargo test --release --test check_corpus`:\n{table}"
    );
}

/// Findings by rule, in the default language and in translations.
fn table(judged: &Judged) -> String {
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for Finding { diagnostic, .. } in &judged.findings {
        let is_translated = !judged.site.language_of(diagnostic.span.text.file).is_default();
        counts.entry(diagnostic.code.name).or_default()[usize::from(is_translated)] += 1;
    }
    let mut text = String::from("| Rule | English | Chinese |\n| --- | --: | --: |\n");
    for (code, [english, chinese]) in counts {
        let _ = writeln!(text, "| `{code}` | {english} | {chinese} |");
    }
    text
}
