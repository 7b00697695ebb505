//! The manual holds what the program says of itself, and what it tells readers to type works.
//!
//! `UPDATE_MANUAL=1 cargo test --test manual` writes the generated pieces anew.

#[path = "support/folder.rs"]
mod folder;
#[path = "manual/rules.rs"]
mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use clap::CommandFactory;
use variorum::cli::args::Arguments;
use variorum::config::{BLOCKS, Limits, PLATFORMS, TOOLS};
use variorum::diagnostic::codes;
use variorum::load::WITHOUT_EFFECT;
use variorum::render::icons::Icons;
use variorum::render::theme::Theme;

const GENERATED: &str = "data/reusables/generated";
const CHINESE: &str = "translations/zh-CN";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Compares a generated piece with its file, or writes it.
#[track_caller]
fn check(name: &str, expected: &str) {
    generated(&format!("{GENERATED}/{name}"), expected);
}

/// Compares a generated file with what it should be, or writes it.
#[track_caller]
fn generated(name: &str, expected: &str) {
    let path = root().join(name);
    if std::env::var_os("UPDATE_MANUAL").is_some() {
        let folder = path.parent().expect("a file is in a folder");
        std::fs::create_dir_all(folder).expect("the folder can be made");
        std::fs::write(&path, expected).expect("the file can be written");
        return;
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    let hint = "run `UPDATE_MANUAL=1 cargo test --test manual`, and look at its translation";
    assert!(found == expected, "{name} is out of date: {hint}");
}

/// Text that Liquid prints as it stands.
fn literal(text: &str) -> String {
    text.replace("{%", "{{ '{' }}%").replace("{{ '{' }}{{", "{{ '{' }}{")
}

#[test]
fn checks_are_those_of_the_program() {
    let mut page = String::new();
    for code in codes::all() {
        let severity = match code.severity.name() {
            "error" => "Error",
            _ => "Warning",
        };
        let (summary, cure) = (literal(code.summary), literal(code.cure));
        let _ = write!(page, "### `{}`\n\n*{severity}.* {summary} {cure}\n\n", code.name);
    }
    check("checks.md", &page);
}

#[test]
fn blocks_are_those_of_the_program() {
    let all = [BLOCKS, PLATFORMS, TOOLS].concat();
    check("blocks.md", &(listed(all.into_iter()) + "\n"));
}

#[test]
fn keys_without_effect_are_those_of_the_program() {
    check("keys-without-effect.md", &(listed(WITHOUT_EFFECT.iter().copied()) + "\n"));
}

#[test]
fn icons_are_those_of_the_theme() {
    let icons = Icons::built_in();
    check("icons.md", &(listed(icons.names()) + "\n"));
}

/// Names as code, with commas.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[test]
fn help_is_what_the_program_prints() {
    let mut arguments = Arguments::command().term_width(80);
    arguments.build();
    check("help.md", &help("variorum --help", &arguments.render_long_help().to_string()));
    for command in arguments.get_subcommands_mut() {
        let name = command.get_name().to_owned();
        let text = command.render_long_help().to_string();
        check(&format!("help-{name}.md"), &help(&format!("variorum {name} --help"), &text));
        for below in command.get_subcommands_mut() {
            let (below, text) = (below.get_name().to_owned(), below.render_long_help().to_string());
            let shown = help(&format!("variorum {name} {below} --help"), &text);
            check(&format!("help-{name}-{below}.md"), &shown);
        }
    }
}

fn help(command: &str, text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    format!("## {command}\n\n```text\n{}\n```\n", lines.join("\n").trim_end())
}

#[test]
fn limits_are_those_of_the_program() {
    let limits = Limits::default();
    let rows = [
        ("file_bytes", limits.file_bytes, "Bytes of one source file."),
        ("yaml_depth", limits.yaml.depth as u64, "Lists and maps inside one another in YAML."),
        ("yaml_nodes", limits.yaml.nodes as u64, "Values of one YAML file, aliases expanded."),
        ("liquid_nesting", limits.liquid.nesting as u64, "Liquid blocks inside one another."),
        ("data_depth", limits.liquid.depth as u64, "Data references inside one another."),
        ("steps", limits.liquid.steps as u64, "Steps of Liquid for one page."),
        ("page_bytes", limits.liquid.output as u64, "Bytes that one page may expand to."),
        (
            "markdown_nesting",
            limits.markdown_nesting as u64,
            "Blocks and emphasis inside one another in Markdown; of raw HTML twice as many.",
        ),
    ];
    let mut page = String::from("| Key | Default | What it limits |\n| --- | --: | --- |\n");
    for (key, value, what) in rows {
        let _ = writeln!(page, "| `{key}` | {value} | {what} |");
    }
    check("limits.md", &page);
}

#[test]
fn interface_strings_are_those_of_the_theme() {
    let theme = Theme::new(Vec::new()).expect("the built-in theme works");
    let strings = |tag| theme.ui_strings(tag, BTreeMap::new());
    let (english, chinese) = (strings("en"), strings("zh-Hans"));
    let mut page = String::from("| Name | English | Chinese |\n| --- | --- | --- |\n");
    for key in english.keys() {
        let text = |string: Option<&str>| literal(string.unwrap_or_default()).replace('|', "\\|");
        let (english, chinese) = (text(english.get(key)), text(chinese.get(key)));
        let _ = writeln!(page, "| `{key}` | {english} | {chinese} |");
    }
    check("interface-strings.md", &page);
}

#[test]
fn contexts_are_those_of_the_templates() {
    check("contexts.md", &contexts(include_str!("../src/render/context.rs")));
}

#[test]
fn fields_of_page_json_are_those_of_the_program() {
    let page = contexts(include_str!("../src/render/machines/record.rs"));
    // As readers of JSON call what the program holds.
    let types = [
        ("Record<'a>", ""),
        ("&'a str", "string"),
        ("String", "string"),
        ("PageKind", "string"),
        ("`Option<string>`", "string or `null`"),
        ("`u8`", "number"),
        ("`bool`", "boolean"),
        ("`string`", "string"),
        ("`Vec<string>`", "list of strings"),
        ("`Vec<Heading>`", "list of `Heading`"),
        ("`Vec<Version>`", "list of `Version`"),
        ("`Vec<Language>`", "list of `Language`"),
    ];
    let page = types.iter().fold(page, |page, (own, shown)| page.replace(own, shown));
    check("page-json.md", &page);
}

/// The public types of the contexts as tables, from their documentation.
fn contexts(source: &str) -> String {
    let mut page = String::new();
    let (mut words, mut open, mut kebab) = (String::new(), false, "kebab-case");
    for line in source.lines() {
        let code = line.trim();
        if let Some(text) = code.strip_prefix("///") {
            words.push_str(if text.is_empty() { "\n" } else { text });
        } else if let Some(name) = opening(line) {
            open = name != "Html";
            if open {
                let what = if line.contains(" enum ") { "Value" } else { "Field | Type" };
                let rule = if line.contains(" enum ") { "---" } else { "--- | ---" };
                let _ = write!(page, "### `{name}`\n\n{}\n\n", plain(&words));
                let _ = write!(page, "| {what} | What it is |\n| {rule} | --- |\n");
            }
            words.clear();
        } else if line == "}" && open {
            open = false;
            page.push('\n');
        } else if open && !code.starts_with("#[") && !code.is_empty() {
            let _ = writeln!(page, "{}", row(code, kebab, &plain(&words)));
            words.clear();
        } else if let Some(rename) = code.strip_prefix("#[serde(rename_all = \"") {
            kebab = if rename.starts_with("lower") { "lowercase" } else { "kebab-case" };
        } else if !code.starts_with("#[") {
            words.clear();
        }
    }
    page
}

/// The name of the type that a line begins to declare.
fn opening(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
    rest.strip_suffix(" {")
}

fn row(code: &str, case: &str, words: &str) -> String {
    match code.strip_prefix("pub ").and_then(|field| field.split_once(": ")) {
        Some((name, kind)) => {
            format!("| `{name}` | `{}` | {words} |", kind.trim_end_matches(','))
        }
        None => {
            let mut value = String::new();
            for letter in code.trim_end_matches(',').chars() {
                if letter.is_uppercase() && !value.is_empty() && case == "kebab-case" {
                    value.push('-');
                }
                value.extend(letter.to_lowercase());
            }
            format!("| `{value}` | {words} |")
        }
    }
}

/// The first paragraph of a documentation comment, its links as code.
fn plain(words: &str) -> String {
    let first = words.split('\n').next().unwrap_or_default().trim();
    let mut text = first.replace("[`", "`").replace("`]", "`");
    while let Some(start) = text.find("`(").filter(|start| text[*start..].contains(')')) {
        let end = start + text[start..].find(')').expect("it was found");
        text.replace_range(start + 1..=end, "");
    }
    literal(&text)
}

/// Headings and the first two cells of rows that begin with code: what a translation takes over as it is.
fn skeleton(page: &str) -> Vec<String> {
    let of = |line: &str| match line.strip_prefix("| `") {
        Some(row) => Some(row.splitn(3, " | ").take(2).collect::<Vec<_>>().join(" | ")),
        None => line.starts_with('#').then(|| line.to_owned()),
    };
    page.lines().filter_map(of).collect()
}

#[test]
fn translated_pieces_have_the_rows_of_their_sources() {
    for name in ["checks.md", "limits.md"] {
        let path = format!("{GENERATED}/{name}");
        let (english, chinese) = (read(&path), read(format!("{CHINESE}/{path}")));
        assert_eq!(skeleton(&chinese), skeleton(&english), "{CHINESE}/{path}");
    }
}

/// Runs the program on a site.
fn build(site: &Path, out: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
    command.args(["build", "--date", "2026-01-01", "--site"]).arg(site).arg("--out").arg(out);
    command.args(more).output().expect("the program starts")
}

#[track_caller]
fn assert_clean(output: &Output) {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{}\n{errors}", output.status);
}

#[test]
fn the_manual_has_no_findings_and_is_translated() {
    let out = folder::tempdir().expect("a folder");
    let out = out.path().join("public");
    assert_clean(&build(&root(), &out, &["--strict", "--quiet"]));
    let report = std::fs::read_to_string(out.join("report.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let fallbacks = report["fallbacks"].as_array().expect("a list").iter();
    let subjects: BTreeSet<&str> = fallbacks.filter_map(|row| row["subject"].as_str()).collect();
    let untranslated: Vec<_> = subjects
        .into_iter()
        .filter(|subject| !subject.starts_with("reusables.generated."))
        .collect();
    assert_eq!(untranslated, Vec::<&str>::new());
}

/// The files that a page of the tutorial shows: a line `**`path`**`, then a block of code.
fn files(page: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let (mut path, mut text) = (None, None::<String>);
    for line in page.lines() {
        let named = line.strip_prefix("**`").and_then(|rest| rest.strip_suffix("`**"));
        if let Some(name) = named {
            path = Some(name.to_owned());
        } else if let Some(code) = &mut text {
            if line == "```" {
                files.extend(path.take().zip(text.take()));
            } else {
                *code += line;
                code.push('\n');
            }
        } else if line.starts_with("```") && path.is_some() {
            text = Some(String::new());
        }
    }
    files
}

/// Follows the tutorial in one language of the manual, and builds after each page.
#[track_caller]
fn follow_tutorial(content: &str) {
    let site = folder::tempdir().expect("a folder");
    for page in ["first-site", "add-a-version", "add-a-language"] {
        let shown = files(&read(format!("{content}/get-started/{page}.md")));
        assert!(!shown.is_empty(), "{page} shows no files");
        for (path, text) in shown {
            let path = site.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        assert_clean(&build(site.path(), &site.path().join("public"), &["--strict", "--quiet"]));
    }
    let report = std::fs::read_to_string(site.path().join("public/report.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["counts"]["fallbacks"], 3, "the last page names three fallbacks");
}

/// The first block of code that begins with `start`, as Liquid leaves it.
fn shown(page: &str, start: &str) -> String {
    let at = page.find(start).expect("the page shows it");
    let end = page[at..].find("```").expect("the block ends") + at;
    page[at..end].replace("{% raw %}", "").replace("{% endraw %}", "")
}

#[test]
fn the_mistake_of_the_tutorial_is_found_as_shown() {
    for content in ["content", &format!("{CHINESE}/content")] {
        let page = read(format!("{content}/get-started/first-site.md"));
        let site = folder::tempdir().expect("a folder");
        for (path, text) in files(&page) {
            let path = site.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            let text = text.replace("variables.kettle.name %} on", "variables.kettle.nam %} on");
            std::fs::write(path, text).expect("a file");
        }
        let output = build(site.path(), &site.path().join("public"), &["--quiet"]);
        assert_eq!(output.status.code(), Some(1));
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(errors.trim_end(), shown(&page, "error[").trim_end());
    }
}

#[test]
fn the_tutorial_works() {
    follow_tutorial("content");
}

#[test]
fn the_chinese_tutorial_works() {
    follow_tutorial(&format!("{CHINESE}/content"));
}
