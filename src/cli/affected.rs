//! `variorum affected`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::Outcome;
use super::args::{AffectedArguments, AffectedFormat};
use super::failure::Failure;
use super::locate::{Place, located};
use super::opened::{Opened, on_threads};
use super::settings::{Part, settings};
use crate::affected::{AffectedPage, Index, Report, Stopped, TO_THE_END};
use crate::discover::Inventory;
use crate::model::{Changes, Site};
use crate::render::{self, Before, Prepared, Settings, Twins};
use crate::source::FileId;
use crate::variant::Variant;

/// What the site is compared with where nothing is named.
const HEAD: &str = "HEAD";

/// Tells which pages a change reaches.
pub(super) fn affected(arguments: &AffectedArguments) -> Outcome {
    on_threads(None, || affected_here(arguments))
}

fn affected_here(arguments: &AffectedArguments) -> Outcome {
    let place = located(&arguments.place)?;
    let mut asked = Asked::new(&place, arguments)?;
    let (site, pages) = if arguments.files.is_empty() {
        asked.since(arguments.since.as_deref().unwrap_or(HEAD))?
    } else {
        asked.readers(&arguments.files)?
    };
    let report = Report::new(&site, pages);
    let text = match arguments.format {
        AffectedFormat::Human => report.human(),
        AffectedFormat::Markdown => report.markdown(),
        AffectedFormat::Json => {
            let json = serde_json::to_string_pretty(&report).unwrap_or_default();
            format!("{json}\n")
        }
    };
    // A reader who has left is no failure.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
    Ok(ExitCode::SUCCESS)
}

/// The pages that differ between two sites; `today` says which variant of today one of then is.
fn compared(
    before: &Prepared<'_>,
    now: &Prepared<'_>,
    changes: &Changes,
    today: &dyn Fn(Variant) -> Option<Variant>,
) -> Result<Vec<AffectedPage>, Failure> {
    let index = Index::new(before, TO_THE_END).map_err(stopped)?.renamed(today);
    let (_, pages) = index.after(before, now, changes, TO_THE_END).map_err(stopped)?;
    Ok(pages)
}

/// Nobody stops the command.
fn stopped(_: Stopped) -> Failure {
    Failure::Io("stopped".to_owned())
}

/// A site that is asked about.
struct Asked {
    opened: Opened,
    settings: Settings,
    inventory: Inventory,
}

impl Asked {
    fn new(place: &Place, arguments: &AffectedArguments) -> Result<Self, Failure> {
        let opened = Opened::new(place)?;
        let part =
            Part { languages: &[], versions: &[], date: arguments.date, twins: Twins::LeftOut };
        let settings = settings(&opened.config, &part)?;
        let inventory = opened.inventory()?;
        Ok(Self { opened, settings, inventory })
    }

    fn site(&mut self, inventory: &Inventory) -> Result<Arc<Site>, Failure> {
        let loaded = self.opened.load(inventory)?;
        Ok(self.opened.model(loaded).value)
    }

    fn prepared(&self, site: Arc<Site>, before: Option<Before<'_>>) -> Prepared<'static> {
        let theme = Arc::new(render::theme(&site).value);
        render::prepare(site, theme, &self.settings, before).value
    }

    /// The pages that are other than they were in a commit.
    fn since(&mut self, name: &str) -> Result<(Arc<Site>, Vec<AffectedPage>), Failure> {
        let now = std::mem::take(&mut self.inventory);
        let then = self.opened.revision(name, &now)?;
        let Some(configuration) = then.bytes(&self.opened.config_name) else {
            let before = self.opened.past(&then)?.value;
            self.opened.shelf.return_to_now();
            let site = self.site(&now)?;
            let changes = site.changes_since(&before);
            let before = self.prepared(before, None);
            let known = Before { prepared: &before, changes: &changes };
            let now = self.prepared(site.clone(), Some(known));
            return Ok((site, compared(&before, &now, &changes, &Some)?));
        };
        let mut past = self.configured(configuration)?;
        let before = past.opened.past(&then)?.value;
        let before = past.prepared(before, None);
        let site = self.site(&now)?;
        let now = self.prepared(site.clone(), None);
        let (old, new) = (past.opened.config.clone(), self.opened.config.clone());
        let today = |variant: Variant| {
            let language = new.find_language(&old.language(variant.language).code)?;
            let version = new.versions.find(&old.versions.get(variant.version).id)?;
            Some(Variant { language, version })
        };
        Ok((site, compared(&before, &now, &Changes::all(), &today)?))
    }

    /// The same with another configuration.
    fn configured(&self, bytes: &[u8]) -> Result<Self, Failure> {
        let opened = self.opened.configured(bytes)?;
        let part = Part {
            languages: &[],
            versions: &[],
            date: Some(self.settings.today),
            twins: Twins::LeftOut,
        };
        let settings = settings(&opened.config, &part)?;
        Ok(Self { opened, settings, inventory: Inventory::default() })
    }

    /// The pages that read these files.
    fn readers(
        &mut self,
        files: &[std::path::PathBuf],
    ) -> Result<(Arc<Site>, Vec<AffectedPage>), Failure> {
        let inventory = std::mem::take(&mut self.inventory);
        let site = self.site(&inventory)?;
        let wanted: Result<BTreeSet<FileId>, Failure> =
            files.iter().map(|file| self.file(&site, file)).collect();
        let prepared = self.prepared(site.clone(), None);
        let index = Index::new(&prepared, TO_THE_END).map_err(stopped)?;
        let wanted = wanted?;
        // Templates make every page.
        let mut templates = site.templates.iter().chain(&site.icons).map(|(_, file)| file);
        let pages = if templates.any(|file| wanted.contains(file)) {
            index.all(&prepared)
        } else {
            index.readers(&prepared, &wanted)
        };
        Ok((site, pages))
    }

    /// A file of the site by its path below the site's folder, or from here.
    fn file(&self, site: &Site, file: &Path) -> Result<FileId, Failure> {
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let root = absolute(&self.opened.root);
        let below = |path: &Path| {
            path.strip_prefix(&root).ok().map(|path| path.to_string_lossy().replace('\\', "/"))
        };
        let names = [Some(file.to_string_lossy().replace('\\', "/")), below(&absolute(file))];
        // What assets are is not read.
        let mut files =
            site.sources.files().filter(|(_, known)| !known.path.starts_with("assets/"));
        let found = files.find(|(_, known)| names.iter().flatten().any(|name| *name == known.path));
        found.map(|(id, _)| id).ok_or_else(|| {
            let name = file.display();
            Failure::Usage(format!(
                "`{name}` is no text of the site: name pages, data or templates"
            ))
        })
    }
}
