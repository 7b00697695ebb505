//! What mends a finding: the fix that it carries, or the name that may have been meant.

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Diagnostic as Shown,
    Location, Range,
};

use super::edits::Edits;
use super::places::{Lines, address};
use super::seen::{Abilities, Asked, Fault};
use super::world::World;
use crate::diagnostic::{Diagnostic, Edit, Fix};

/// What mends the findings in a range.
pub(super) fn actions(
    asked: &Asked<'_>,
    world: &World,
    params: CodeActionParams,
) -> Result<Vec<CodeActionOrCommand>, Fault> {
    let uri = params.text_document.uri.as_str();
    let findings = asked.published.of(uri).iter();
    let here = findings.filter(|(shown, _)| overlap(&shown.range, &params.range));
    let mut found = Vec::new();
    for (shown, finding) in here {
        if let Some(fix) = &finding.fix {
            let edit = fixed(world, fix);
            found.extend(action(&fix.what, shown, edit, (true, asked.abilities)));
        }
        for hint in &finding.hints {
            let Some((name, edit)) = meant(world, finding, hint) else { continue };
            let title = format!("change to `{name}`");
            let how = (finding.hints.len() == 1, asked.abilities);
            found.extend(action(&title, shown, Some(edit), how));
        }
    }
    Ok(found)
}

fn overlap(one: &Range, other: &Range) -> bool {
    one.start <= other.end && other.start <= one.end
}

fn action(
    title: &str,
    shown: &Shown,
    edit: Option<Edits>,
    (is_preferred, abilities): (bool, &Abilities),
) -> Option<CodeActionOrCommand> {
    Some(CodeActionOrCommand::CodeAction(CodeAction {
        title: title.to_owned(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![shown.clone()]),
        edit: Some(edit?.workspace_edit(abilities)),
        is_preferred: Some(is_preferred),
        ..CodeAction::default()
    }))
}

/// The edits of a fix, all of them or none.
fn fixed(world: &World, fix: &Fix) -> Option<Edits> {
    let edit = |edit: &Edit| Some((world.location(edit.span)?, edit.text.clone()));
    let texts: Option<Vec<_>> = fix.edits.iter().map(edit).collect();
    Some(Edits { texts: texts?, renames: Vec::new() })
}

/// "did you mean `x`?" as an edit: the name that the message is about is replaced where it stands.
fn meant(world: &World, finding: &Diagnostic, hint: &str) -> Option<(String, Edits)> {
    let name = hint.strip_prefix("did you mean `")?.strip_suffix("`?")?;
    let wrong = finding.message.split('`').nth(1).filter(|wrong| !wrong.is_empty())?;
    let site = world.site();
    let bytes = site.sources.locate(finding.span).bytes;
    let text = &site.sources.file(finding.span.text.file).text;
    let marked = &text[bytes.clone()];
    // Where it stands twice, nobody can tell which one is meant.
    let mut places = marked.match_indices(wrong);
    let (at, _) = places.next()?;
    if places.next().is_some() {
        return None;
    }
    let start = bytes.start + at;
    let range = Lines::new(text, world.encoding).range(start..start + wrong.len());
    let place = Location { uri: address(&world.path(finding.span.text.file))?, range };
    let texts = vec![(place, name.to_owned())];
    Some((name.to_owned(), Edits { texts, renames: Vec::new() }))
}
