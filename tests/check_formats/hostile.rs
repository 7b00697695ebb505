//! No text of a site is more than text in any format.

use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use variorum::check::formats::{Judgement, Paths, github, json, junit, markdown, sarif};
use variorum::check::{FailOn, rows};
use variorum::diagnostic::{Diagnostic, Finding, codes, is_hidden, visible};
use variorum::source::{SourceFile, Sources, Span, TextId};

/// What each format says of a finding with this message and hint, about the first line of this file.
struct Told {
    json: String,
    sarif: String,
    github: String,
    junit: String,
    markdown: String,
}

fn tell(file: &str, message: &str, hint: &str) -> Told {
    let mut sources = Sources::default();
    let id = sources.add(SourceFile::new(file, "text\n"));
    let span = Span::new(TextId::whole(id), 0..4);
    let findings: Vec<Finding> = vec![
        Diagnostic::new(codes::BROKEN_LINK, span, message).hint(hint).trace(vec![span]).into(),
    ];
    let rows = rows(&findings, &sources, None);
    let judgement = Judgement { rows, fail_on: FailOn::Errors, gone: None };
    let paths = Paths { site: "docs/".to_owned(), config: None };
    Told {
        json: json(&judgement),
        sarif: sarif(&judgement, &paths),
        github: github(&judgement, &paths),
        junit: junit(&judgement, &paths),
        markdown: markdown(&judgement),
    }
}

/// Pieces that mean something in one of the formats.
const PIECES: &[&str] = &[
    "`",
    "``",
    "\n",
    "\r",
    "%",
    "%0A",
    ":",
    "::error::",
    ",",
    "|",
    "<",
    ">",
    "&",
    "\"",
    "'",
    "]]>",
    "<!--",
    "-->",
    "<script>",
    "@name",
    "#1",
    "[a](/b)",
    "![a](/b)",
    "](",
    "\\",
    "*",
    "_",
    "~~",
    "http://a.example",
    "www.a.example",
    "{",
    "{0}",
    "\u{0}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{9b}",
    "\u{200b}",
    "\u{202e}",
    "\u{2028}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{e0041}",
    "中文",
    "a",
    "word",
    " ",
    "  ",
    "- ",
    "1. ",
    "GH-1",
    ":tada:",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..12).prop_map(|pieces| pieces.concat())
}

/// A command to a runner: name, properties and text, as runners read a line.
fn command(line: &str) -> (String, Vec<(String, String)>, String) {
    let rest = line.strip_prefix("::").expect("a command begins with colons");
    let (head, text) = rest.split_once("::").expect("a head ends with colons");
    let (name, properties) = head.split_once(' ').expect("a name ends with a space");
    let property = |pair: &str| {
        let (key, value) = pair.split_once('=').expect("a property has a value");
        (
            key.to_owned(),
            value
                .replace("%3A", ":")
                .replace("%2C", ",")
                .replace("%0D", "\r")
                .replace("%0A", "\n")
                .replace("%25", "%"),
        )
    };
    let text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    (name.to_owned(), properties.split(',').map(property).collect(), text)
}

/// The text of a page that is no code.
fn words(page: &str) -> Result<String, TestCaseError> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM;
    let mut words = String::new();
    for event in Parser::new_ext(page, options) {
        match event {
            Event::Text(text) => words.push_str(&text),
            Event::Html(_) | Event::InlineHtml(_) => prop_assert!(false, "HTML in {page}"),
            Event::Start(
                Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::Emphasis
                | Tag::Strikethrough
                | Tag::CodeBlock(_),
            ) => prop_assert!(false, "markup in {page}"),
            _ => {}
        }
    }
    Ok(words)
}

proptest! {
    #[test]
    fn runners_read_one_command(file in text(), message in text(), hint in text()) {
        let told = tell(&file, &message, &hint).github;
        let line = told.strip_suffix('\n').expect("a line ends");
        prop_assert!(!line.contains(['\n', '\r']), "{line}");
        let (name, properties, text) = command(line);
        prop_assert_eq!(name, "error");
        prop_assert_eq!(&properties[0], &("file".to_owned(), format!("docs/{file}")));
        prop_assert_eq!(text.lines().next().unwrap_or_default(), visible(&message));
        prop_assert_eq!(text.lines().count(), 3);
    }

    #[test]
    fn json_gives_back_what_went_in(file in text(), message in text(), hint in text()) {
        let told = tell(&file, &message, &hint);
        let hidden = |text: &str| text.contains(|character| is_hidden(character) && character != '\n');
        prop_assert!(!hidden(&told.json) && !hidden(&told.sarif));
        let row = super::json(&told.json)["findings"][0].clone();
        prop_assert_eq!(&row["file"], &*file);
        prop_assert_eq!(&row["message"], &*message);
        prop_assert_eq!(&row["hints"][0], &*hint);
        let result = super::json(&told.sarif)["runs"][0]["results"][0].clone();
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a text");
        prop_assert_eq!(percent_decode_str(uri).decode_utf8_lossy(), format!("docs/{file}"));
        let text = result["message"]["text"].as_str().expect("a text");
        prop_assert!(!text.replace("\\[", "").contains('[') || !text.contains("]("), "{}", text);
    }

    #[test]
    fn servers_read_one_test(file in text(), message in text(), hint in text()) {
        let told = tell(&file, &message, &hint).junit;
        let is_allowed = |character: char| {
            character == '\n' || (character >= ' ' && !matches!(character, '\u{fffe}' | '\u{ffff}'))
        };
        prop_assert!(told.chars().all(is_allowed), "{told}");
        let names = told.split('<').skip(1).map(|tag| tag.split([' ', '>']).next().unwrap_or_default());
        let expected = [
            "?xml", "testsuites", "testsuite", "testcase", "failure", "/failure", "/testcase", "/testsuite",
            "/testsuites",
        ];
        prop_assert_eq!(names.collect::<Vec<_>>(), expected);
        prop_assert!(!told.contains("]]>"), "{told}");
        for tag in told.split('<').skip(1) {
            let tag = &tag[..tag.find('>').expect("a tag ends")];
            prop_assert!(tag.matches('"').count() % 2 == 0, "{tag}");
        }
        let entities = ["amp;", "lt;", "gt;", "quot;"];
        let known = |rest: &str| entities.iter().any(|entity| rest.starts_with(entity));
        prop_assert!(told.split('&').skip(1).all(known), "{told}");
    }

    #[test]
    fn a_summary_has_no_markup_of_the_site(file in text(), message in text(), hint in text()) {
        let words = words(&tell(&file, &message, &hint).markdown)?;
        let is_plain = |character: char| character.is_ascii_alphanumeric() || " :;,()?'-".contains(character);
        prop_assert!(words.chars().all(is_plain), "{words}");
        prop_assert!(!words.contains("www") && !words.contains(":tada:") && !words.contains("GH-1"), "{words}");
    }
}

/// What is told of so many faults of each severity, each in a file of its own.
fn many(errors: usize, warnings: usize, message: &str) -> (String, String) {
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    for number in 0..errors + warnings {
        let id = sources.add(SourceFile::new(format!("content/{number:05}.md"), "text\n"));
        let code = if number < errors { codes::BROKEN_LINK } else { codes::UNKNOWN_ICON };
        let finding = Finding::from(Diagnostic::new(code, Span::start_of(id), message));
        // The last reach most.
        findings.push(Finding { pages: number + 1, ..finding });
    }
    let rows = rows(&findings, &sources, None);
    let judgement = Judgement { rows, fail_on: FailOn::Errors, gone: None };
    (github(&judgement, &Paths::default()), markdown(&judgement))
}

#[test]
fn runners_are_given_what_they_show() {
    let (told, _) = many(12, 31, "wrong");
    let count = |name: &str| told.lines().filter(|line| line.starts_with(name)).count();
    assert_eq!((count("::error "), count("::warning "), count("::notice ")), (10, 10, 1));
    assert!(told.starts_with("::error file=content/00011.md,line=1,"), "{told}");
    let last = "::notice title=variorum check::2 errors and 21 warnings more than are shown here: run \
                `variorum check` to see them all";
    assert_eq!(told.lines().last(), Some(last));
    assert!(!many(10, 10, "wrong").0.contains("::notice"));
}

#[test]
fn a_summary_fits_a_comment() {
    for message in ["wrong", "`中 文` is wrong", &"`".repeat(5_000)] {
        let (_, told) = many(2_000, 1_000, message);
        let characters = told.chars().count();
        assert!((60_000..=65_536).contains(&characters), "{characters}");
        let listed = told.lines().filter(|line| line.starts_with("- ")).count();
        let last = format!("and {} more: run `variorum check` to see them all.", 3_000 - listed);
        assert_eq!(told.lines().last(), Some(&*last));
    }
}
