//! `variorum rules`.

use std::fmt::Write as _;
use std::io::Write;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::Outcome;
use super::args::{RulesArguments, RulesFormat};
use super::message_language::catalog;
use crate::diagnostic::{CodeRef, Severity, codes, nearest, visible};
use crate::messages::{Catalog, Message};

/// Tells what the rules are, or what one of them means.
pub(super) fn rules(arguments: &RulesArguments) -> Outcome {
    let catalog = catalog(&arguments.language);
    let text = match &arguments.code {
        None => match arguments.format {
            RulesFormat::Human => list(&catalog),
            RulesFormat::Json => {
                let rules: Vec<Value> = codes::all().map(|code| record(&catalog, code)).collect();
                printed(&json!({ "language": catalog.language().tag(), "rules": rules }))
            }
        },
        Some(name) => match (codes::all().find(|code| code.name == name), arguments.format) {
            (None, _) => return Ok(unknown(&catalog, name)),
            (Some(code), RulesFormat::Human) => explained(&catalog, code),
            (Some(code), RulesFormat::Json) => printed(&record(&catalog, code)),
        },
    };
    // A reader who has left is no failure.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
    Ok(ExitCode::SUCCESS)
}

fn printed(value: &Value) -> String {
    format!("{value:#}\n")
}

/// A line for each rule, in the order of the manual.
fn list(catalog: &Catalog) -> String {
    let name = codes::all().map(|code| code.name.len()).max().unwrap_or_default();
    let words = [Severity::Error, Severity::Warning].map(|severity| word(catalog, severity));
    // Words of one language are of one script, so that characters will do.
    let wide = words.map(|word| word.chars().count()).into_iter().max().unwrap_or_default();
    let mut text = String::new();
    for code in codes::all() {
        let severity = word(catalog, code.severity);
        let summary = catalog.rule(code).summary;
        let _ = writeln!(text, "{:name$}  {severity:wide$}  {summary}", code.name);
    }
    let count = catalog.say(&Message::new("rules-count").with("count", codes::all().count()));
    let _ = writeln!(text, "\n{count}\n{}", catalog.say(&Message::new("rules-more")));
    text
}

fn word(catalog: &Catalog, severity: Severity) -> String {
    catalog.say(&match severity {
        Severity::Error => Message::new("severity-error"),
        Severity::Warning => Message::new("severity-warning"),
    })
}

/// A rule with all that is said of it.
fn explained(catalog: &Catalog, code: CodeRef) -> String {
    let said = catalog.rule(code);
    let heading = Message::new("rules-heading")
        .with("code", code.name)
        .with("severity", word(catalog, code.severity));
    let mut text = format!("{}\n\n{}\n", catalog.say(&heading), said.summary);
    let why = catalog.say(&Message::new("rules-why"));
    let _ = writeln!(text, "\n{why}\n  {}", said.why);
    if !code.example.is_empty() {
        let _ = writeln!(text, "\n{}", catalog.say(&Message::new("rules-example")));
    }
    for (path, example) in code.example {
        let _ = writeln!(text, "  {path}");
        for line in example.lines() {
            let _ = writeln!(text, "{}", format!("    {}", visible(line)).trim_end());
        }
    }
    let cure = catalog.say(&Message::new("rules-cure"));
    let _ = writeln!(text, "\n{cure}\n  {}", said.cure);
    text
}

/// The same for programs.
fn record(catalog: &Catalog, code: CodeRef) -> Value {
    let said = catalog.rule(code);
    let example = code.example.iter().map(|(path, text)| json!({ "path": path, "text": text }));
    json!({
        "code": code.name,
        "severity": code.severity.name(),
        "summary": said.summary,
        "why": said.why,
        "cure": said.cure,
        "example": example.collect::<Vec<_>>(),
    })
}

/// Says that there is no such rule, and which may have been meant.
fn unknown(catalog: &Catalog, name: &str) -> ExitCode {
    let near = nearest(name, codes::all().map(|code| code.name));
    let hint = match near {
        Some(near) => Message::new("rules-near").with("code", near),
        None => Message::new("rules-list"),
    };
    let what = catalog.say(&Message::new("rules-unknown").with("code", visible(name)));
    // Nobody is left to be told where standard error is gone.
    let _ = writeln!(std::io::stderr(), "error: {what}: {}", catalog.say(&hint));
    ExitCode::FAILURE
}
