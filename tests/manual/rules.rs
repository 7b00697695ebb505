//! A page for each kind of finding, made from what the program says of it, in both languages of the manual.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use variorum::diagnostic::{Code, codes};

use super::{CHINESE, GENERATED, generated, literal, read};

const FOLDER: &str = "content/reference/rules";

/// What a language calls the parts of a page.
struct Words {
    error: &'static str,
    warning: &'static str,
    why: &'static str,
    example: &'static str,
    cure: &'static str,
    title: &'static str,
    intro: &'static str,
}

const ENGLISH_WORDS: Words = Words {
    error: "Error",
    warning: "Warning",
    why: "Why it matters",
    example: "For example",
    cure: "How to fix it",
    title: "Rules",
    intro: "Every kind of finding on a page of its own: why it matters, an example, and how to fix it.",
};

const CHINESE_WORDS: Words = Words {
    error: "错误",
    warning: "警告",
    why: "为什么重要",
    example: "示例",
    cure: "如何修复",
    title: "规则",
    intro: "每种问题类型各有一页：为什么重要、示例，以及如何修复。",
};

/// What is said of a kind of finding in one language.
struct Said<'a> {
    summary: &'a str,
    why: &'a str,
    cure: &'a str,
}

#[test]
fn every_kind_of_finding_has_a_page() {
    generated(&format!("{FOLDER}/index.md"), &index(&ENGLISH_WORDS, true));
    for code in codes::all() {
        let said = Said { summary: code.summary, why: code.why, cure: code.cure };
        generated(&format!("{FOLDER}/{}.md", code.name), &page(code, &said, &ENGLISH_WORDS, true));
    }
}

#[test]
fn every_kind_of_finding_has_a_chinese_page() {
    let texts = read("locales/zh-CN/rules.yml");
    let texts = texts_of(&texts);
    let folder = format!("{CHINESE}/{FOLDER}");
    generated(&format!("{folder}/index.md"), &index(&CHINESE_WORDS, false));
    let names: Vec<&str> = codes::all().map(|code| code.name).collect();
    let known: Vec<&str> = texts.iter().map(|(name, _)| &**name).collect();
    assert_eq!(known, names, "locales/zh-CN/rules.yml");
    let mut list = String::new();
    for (code, (_, text)) in codes::all().zip(&texts) {
        let part = |key: &str| {
            let text = text.get(key).map(String::as_str);
            text.unwrap_or_else(|| panic!("{} has no `{key}` in Chinese", code.name))
        };
        let said = Said { summary: part("summary"), why: part("why"), cure: part("cure") };
        generated(&format!("{folder}/{}.md", code.name), &page(code, &said, &CHINESE_WORDS, false));
        let (severity, summary) = (severity(code, &CHINESE_WORDS), literal(said.summary));
        let _ = write!(
            list,
            "### `{}`\n\n*{severity}*：{summary}{}\n\n",
            code.name,
            literal(said.cure)
        );
    }
    generated(&format!("{CHINESE}/{GENERATED}/checks.md"), &list);
}

#[test]
fn no_page_is_there_for_a_rule_that_is_not() {
    for folder in [FOLDER.to_owned(), format!("{CHINESE}/{FOLDER}")] {
        for entry in std::fs::read_dir(super::root().join(&folder)).expect("the folder is there") {
            let name = entry.expect("it can be read").file_name().to_string_lossy().into_owned();
            let stem = name.strip_suffix(".md").unwrap_or(&name);
            let is_known = stem == "index" || codes::all().any(|code| code.name == stem);
            assert!(is_known, "{folder}/{name} is of no rule");
        }
    }
}

fn index(words: &Words, is_source: bool) -> String {
    let mut text = format!("---\ntitle: {}\nintro: '{}'\n", words.title, words.intro);
    if is_source {
        text += "versions:\n  variorum: '>0.1'\nchildren:\n";
        for code in codes::all() {
            let _ = writeln!(text, "  - /{}", code.name);
        }
    }
    text + "---\n"
}

fn severity(code: &Code, words: &Words) -> &'static str {
    match code.severity.name() {
        "error" => words.error,
        _ => words.warning,
    }
}

fn page(code: &Code, said: &Said<'_>, words: &Words, is_source: bool) -> String {
    let severity = severity(code, words);
    let quoted = said.summary.replace('\'', "''");
    let mut text = format!("---\ntitle: '`{}`'\nintro: '{}'\n", code.name, literal(&quoted));
    if is_source {
        text += "versions:\n  variorum: '>0.1'\n";
    }
    let _ = write!(text, "---\n\n*{severity}*\n\n## {}\n\n{}\n", words.why, literal(said.why));
    if !code.example.is_empty() {
        let _ = write!(text, "\n## {}\n", words.example);
    }
    for (path, example) in code.example {
        // What nobody sees is shown as what it is.
        let example = example.replace('\u{200b}', "[U+200B]");
        let language = match path.rsplit('.').next() {
            Some("yml") => "yaml",
            Some("html") => "html",
            Some("md") => "markdown",
            _ => "text",
        };
        let _ = write!(
            text,
            "\n`{path}`:\n\n{{% raw %}}\n````{language}\n{example}````\n{{% endraw %}}\n"
        );
    }
    let _ = write!(text, "\n## {}\n\n{}\n", words.cure, literal(said.cure));
    text
}

/// The entries of the table of texts, in order: names, and texts by key.
fn texts_of(yaml: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut entries: Vec<(String, BTreeMap<String, String>)> = Vec::new();
    for line in yaml.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        match line.strip_prefix("  ") {
            None => entries.push((line.trim_end_matches(':').to_owned(), BTreeMap::new())),
            Some(text) => {
                let (key, value) = text.split_once(": ").expect("a key and its text");
                let value = value.strip_prefix('\'').and_then(|value| value.strip_suffix('\''));
                let value = value.expect("texts are quoted").replace("''", "'");
                let (_, texts) = entries.last_mut().expect("texts stand below a name");
                texts.insert(key.to_owned(), value);
            }
        }
    }
    entries
}
