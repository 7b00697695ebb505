//! `variorum versions`.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Outcome;
use super::args::{RetireArguments, VersionsArguments, VersionsCommand};
use super::changing::{Consent, Proposal, carry_out, new_findings};
use super::failure::Failure;
use super::locate::{Place, located};
use super::opened::{Opened, on_threads};
use super::settings::{Part, settings};
use crate::affected::{AffectedPage, Index, Stopped, TO_THE_END};
use crate::discover::Inventory;
use crate::edit::{Draft, Impossible, Retirement};
use crate::load::config_of;
use crate::model::Site;
use crate::render::{self, Before, Prepared, Settings, Twins};
use crate::source::FileId;

/// Changes the versions of a site.
pub(super) fn versions(arguments: &VersionsArguments) -> Outcome {
    match &arguments.command {
        VersionsCommand::Retire(arguments) => on_threads(None, || retire(arguments)),
    }
}

fn retire(arguments: &RetireArguments) -> Outcome {
    let place = inside(located(&arguments.place)?)?;
    let mut opened = Opened::new(&place)?;
    let before = opened.site()?;
    let retirement = Retirement::new(&before.value, &arguments.version).map_err(impossible)?;
    let mut then = Then::new(&opened, &before.value, &retirement, arguments)?;
    let there: BTreeSet<String> =
        then.inventory.inputs.iter().map(|input| input.path.clone()).collect();
    let mut draft =
        retirement.draft(&then.site, &|path| there.contains(path)).map_err(impossible)?;
    then.verify(&mut draft)?;
    let mut changes = draft.all().map_err(impossible)?;
    let mut after = then.opened.imagined(&then.inventory, &changes.texts())?;
    if draft.hold_ranges(&then.site, &after.value) {
        changes = draft.all().map_err(impossible)?;
        after = then.opened.imagined(&then.inventory, &changes.texts())?;
    }
    let rewrite = changes.rewrite(&place.root).map_err(|why| Failure::Io(why.to_string()))?;
    let mut notes = vec![format!("{} conditions are decided", draft.blocks())];
    notes.extend(draft.notes());
    let proposal = Proposal {
        rewrite,
        notes,
        findings: new_findings(&before.diagnostics, after.diagnostics),
        sources: &after.value.sources,
    };
    carry_out(&proposal, Consent::of(arguments.dry_run, arguments.yes))
}

fn impossible(why: Impossible) -> Failure {
    Failure::Usage(why.to_string())
}

/// The same place, the configuration called by its path below the site: it is one of the files that are changed.
fn inside(place: Place) -> Result<Place, Failure> {
    let real = |path: &std::path::Path| std::fs::canonicalize(path).ok();
    let below = real(&place.root).zip(real(&place.config));
    let below = below.and_then(|(root, file)| {
        file.strip_prefix(root).ok().map(|path| path.to_string_lossy().replace('\\', "/"))
    });
    let config_name = below.ok_or_else(|| {
        let file = place.config.display();
        let hint = "move it there, as it has to be changed with the other files";
        Failure::Usage(format!("`{file}` does not lie in the site's folder: {hint}"))
    })?;
    Ok(Place { config_name, ..place })
}

/// The site with the version retired, and the same files.
struct Then {
    opened: Opened,
    inventory: Inventory,
    settings: Settings,
    site: Arc<Site>,
}

impl Then {
    fn new(
        now: &Opened,
        site: &Site,
        retirement: &Retirement<'_>,
        arguments: &RetireArguments,
    ) -> Result<Self, Failure> {
        let mut changes = crate::edit::ChangeSet::new(&site.sources);
        for edit in retirement.configuration().map_err(impossible)? {
            changes.edit(&edit).map_err(|why| Failure::Usage(why.to_string()))?;
        }
        let text = changes.texts().into_values().flatten().next().unwrap_or_default();
        let (sources, read) = config_of(text.as_bytes(), &now.config_name);
        let config = read.value.ok_or_else(|| {
            Failure::Usage("the configuration would be faulty without the version".to_owned())
        })?;
        let part =
            Part { languages: &[], versions: &[], date: arguments.date, twins: Twins::LeftOut };
        let settings = settings(&config, &part)?;
        let mut opened = Opened::with(now.root.clone(), now.config_name.clone(), sources, config);
        let inventory = opened.inventory()?;
        let loaded = opened.load(&inventory)?;
        let site = opened.model(loaded).value;
        Ok(Self { opened, inventory, settings, site })
    }

    fn prepared(&self, site: Arc<Site>, before: Option<Before<'_>>) -> Prepared<'static> {
        let theme = Arc::new(render::theme(&site).value);
        render::prepare(site, theme, &self.settings, before).value
    }

    /// Has conditions give way until no page differs without them.
    fn verify(&mut self, draft: &mut Draft<'_>) -> Result<(), Failure> {
        let before = self.prepared(self.site.clone(), None);
        let index = Index::new(&before, TO_THE_END).map_err(stopped)?;
        loop {
            let changes = draft.conditions().map_err(impossible)?;
            let site = self.opened.imagined(&self.inventory, &changes.texts())?.value;
            let differences = site.changes_since(&self.site);
            let known = Before { prepared: &before, changes: &differences };
            let after = self.prepared(site, Some(known));
            let (_, pages) =
                index.after(&before, &after, &differences, TO_THE_END).map_err(stopped)?;
            let concerned = concerned(&index, &before, &draft.files(), &pages);
            if pages.is_empty() || !draft.give_way(&concerned) {
                return Ok(());
            }
        }
    }
}

/// The files among those that one of the pages reads.
fn concerned(
    index: &Index,
    prepared: &Prepared<'_>,
    files: &BTreeSet<FileId>,
    pages: &[AffectedPage],
) -> BTreeSet<FileId> {
    let differs: BTreeSet<&str> = pages.iter().map(|page| &*page.path).collect();
    let is_read = |file: &FileId| {
        let readers = index.readers(prepared, &BTreeSet::from([*file]));
        readers.iter().any(|page| differs.contains(&*page.path))
    };
    if pages.is_empty() { BTreeSet::new() } else { files.iter().copied().filter(is_read).collect() }
}

/// Nobody stops the command.
fn stopped(_: Stopped) -> Failure {
    Failure::Io("stopped".to_owned())
}
