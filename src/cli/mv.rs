//! `variorum mv`.

use std::path::Path;

use super::Outcome;
use super::args::MvArguments;
use super::changing::{Consent, Proposal, carry_out, new_findings};
use super::failure::Failure;
use super::locate::located;
use super::opened::{Opened, on_threads};
use crate::edit::{Impossible, Moving, follow};

/// Moves a page with all that belongs to it.
pub(super) fn mv(arguments: &MvArguments) -> Outcome {
    on_threads(None, || mv_here(arguments))
}

fn mv_here(arguments: &MvArguments) -> Outcome {
    let place = located(&arguments.place)?;
    let mut opened = Opened::new(&place)?;
    let inventory = opened.inventory()?;
    let loaded = opened.load(&inventory)?;
    let before = opened.model(loaded);
    let (from, to) = (&*arguments.page, &*arguments.to);
    let (from, to) = (below(&place.root, from), below(&place.root, to));
    let mut moving = Moving::new(&before.value, &from, &to).map_err(impossible)?;
    let mut changes = moving.changes(&place.root).map_err(impossible)?;
    let after = opened.imagined(&inventory, &changes.texts())?;
    follow(&moving, &after.value, &mut changes).map_err(impossible)?;
    let after = opened.imagined(&inventory, &changes.texts())?;
    let rewrite = changes.rewrite(&place.root).map_err(|why| Failure::Io(why.to_string()))?;
    let proposal = Proposal {
        rewrite,
        notes: moving.notes().to_vec(),
        findings: new_findings(&before.diagnostics, after.diagnostics),
        sources: &after.value.sources,
    };
    carry_out(&proposal, Consent::of(arguments.dry_run, arguments.yes))
}

fn impossible(why: Impossible) -> Failure {
    Failure::Usage(why.to_string())
}

/// A path from here as one below the site's folder; an address, or a path that is one already, stays.
fn below(root: &Path, name: &str) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let from_root = |path: &Path| {
        let below = path.strip_prefix(absolute(root)).ok()?;
        Some(below.to_string_lossy().replace('\\', "/"))
    };
    let is_content = |path: &String| {
        let inside = path.split('/').any(|name| name == "content");
        inside && !path.split('/').any(|name| name == "..")
    };
    let slash = if name.ends_with('/') { "/" } else { "" };
    let found = from_root(&absolute(Path::new(name))).filter(is_content);
    found.map_or_else(|| name.to_owned(), |path| format!("{}{slash}", path.trim_end_matches('/')))
}
