//! Text in, text out: a small world, and tables of cases.

mod branches;
mod cases;
mod host;
mod laws;
mod surroundings;

use self::host::World;
use super::{Expansion, Limits, Source, Syntax, collate, parse};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, TextId};

fn syntax() -> Syntax {
    Syntax { blocks: vec!["note".to_owned(), "mac".to_owned()], nesting: Limits::default().nesting }
}

fn root() -> TextId {
    TextId::whole(FileId(0))
}

/// Everything that a text expands to: one entry for each set of versions, and the findings of both stages.
fn expand(world: &World, text: &str) -> (Vec<(String, Expansion)>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let template = parse(root(), text, &syntax()).collect(&mut findings);
    let source = Source { id: root(), text, template: &template };
    let expansions = collate(source, world, world.versions(), &Limits::default());
    let expansions = expansions.collect(&mut findings);
    let named = expansions.into_iter().map(|(set, one)| (world.name_of(set), one)).collect();
    (named, findings)
}

/// The texts by versions, and the findings, one a line.
fn shown(world: &World, text: &str) -> (String, String) {
    let (expansions, findings) = expand(world, text);
    let texts: Vec<String> = match expansions.as_slice() {
        [(_, only)] => vec![only.text.clone()],
        several => several.iter().map(|(set, one)| format!("{set}: {}", one.text)).collect(),
    };
    let findings: Vec<String> = findings
        .iter()
        .map(|f| {
            let hints: String = f.hints.iter().map(|hint| format!(" ({hint})")).collect();
            let place = format!("{}..{}", f.span.start, f.span.end);
            format!("{} {place} {}{hints}", f.code.name, f.message)
        })
        .collect();
    (texts.join("\n"), findings.join("\n"))
}

/// A text without findings.
#[track_caller]
fn check(text: &str, expected: &str) {
    let (shown, findings) = shown(&World::new(), text);
    assert_eq!((shown.as_str(), findings.as_str()), (expected, ""), "{text}");
}

/// A text with findings.
#[track_caller]
fn check_finding(text: &str, expected: &str, finding: &str) {
    let (shown, findings) = shown(&World::new(), text);
    assert_eq!((shown.as_str(), findings.as_str()), (expected, finding), "{text}");
}
