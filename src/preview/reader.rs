//! Makes one snapshot of the site after another from its files, reading only what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::snapshot::Snapshot;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::discover::{Inventory, Role, Standing, discover, input, standing};
use crate::load::{Shelf, load, load_config};
use crate::model::{self, Changes, Memory, Site};
use crate::render::{self, Before, Settings};
use crate::source::Sources;

/// Where the site is.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its folder.
    pub root: PathBuf,
    /// Its configuration.
    pub config: PathBuf,
    /// How messages call the configuration.
    pub config_name: String,
}

/// What is to be shown, once the configuration is known: its settings, or why there are none.
pub type Choose = Arc<dyn Fn(&Config) -> Result<Settings, String> + Send + Sync>;

/// Why there is no snapshot.
#[derive(Debug)]
pub enum Trouble {
    /// A file or folder cannot be read.
    Unreadable(String),
    /// The arguments do not fit the configuration.
    Usage(String),
    /// The configuration is faulty.
    Configuration(Sources, Vec<Diagnostic>),
}

/// The files that changed, by their paths below the site's folder.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    /// The files.
    pub files: BTreeSet<String>,
    /// Whether anything else may have changed too.
    pub everything: bool,
}

impl Touched {
    /// These files and those.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.files.extend(other.files);
        Self { everything: self.everything || other.everything, ..self }
    }
}

/// Makes snapshots.
pub struct Reader {
    place: Place,
    choose: Choose,
    config: Arc<Config>,
    config_source: Sources,
    config_findings: Vec<Diagnostic>,
    settings: Settings,
    inventory: Inventory,
    shelf: Shelf,
    memory: Memory,
    /// How often each copied file has changed.
    stamps: BTreeMap<String, u64>,
    /// How often everything was read again.
    epoch: u64,
}

impl Reader {
    /// Reads the site for the first time.
    pub fn open(place: Place, choose: Choose) -> Result<(Self, Snapshot), Trouble> {
        let mut reader = Self::new(place, choose)?;
        let snapshot = reader.first()?;
        Ok((reader, snapshot))
    }

    /// The first snapshot. Whoever watches the files begins with that before it is made.
    pub fn first(&mut self) -> Result<Snapshot, Trouble> {
        self.inventory = self.list()?;
        let (site, found) = self.site()?;
        Ok(self.snapshot(0, site, found, None))
    }

    /// Reads the configuration, and nothing else yet.
    pub fn new(place: Place, choose: Choose) -> Result<Self, Trouble> {
        let (sources, read) = load_config(&place.config, &place.config_name)
            .map_err(|error| Trouble::Unreadable(error.to_string()))?;
        let Some(config) = read.value else {
            return Err(Trouble::Configuration(sources, read.diagnostics));
        };
        let settings = choose(&config).map_err(Trouble::Usage)?;
        Ok(Self {
            place,
            choose,
            config: Arc::new(config),
            config_source: sources,
            config_findings: read.diagnostics,
            settings,
            inventory: Inventory::default(),
            shelf: Shelf::default(),
            memory: Memory::default(),
            stamps: BTreeMap::new(),
            epoch: 0,
        })
    }

    /// Has an editor's text stand for a file, or gives the file back to the disk; the next snapshot after this file
    /// was touched shows it.
    pub fn hold(&mut self, path: &str, text: Option<&str>) {
        match text {
            Some(text) => self.shelf.hold(path, text),
            None => self.shelf.release(path),
        }
    }

    /// The folder of the site.
    pub fn root(&self) -> &Path {
        &self.place.root
    }

    /// The folders whose files belong to the site, below its folder.
    pub fn folders(&self) -> Vec<String> {
        let languages = self.config.languages.iter();
        let of = |dir: &str| match dir {
            "" => vec!["content".to_owned(), "data".to_owned()],
            // With the list of what its texts stand for.
            dir => vec![dir.to_owned()],
        };
        let own = ["templates".to_owned(), "assets".to_owned()];
        languages.flat_map(|language| of(&language.dir)).chain(own).collect()
    }

    /// The snapshot after these files have changed; nothing where nothing of the site did.
    pub fn next(
        &mut self,
        touched: &Touched,
        before: &Snapshot,
    ) -> Result<Option<Snapshot>, Trouble> {
        if touched.everything || touched.files.contains(&self.place.config_name) {
            return self.anew(before).map(Some);
        }
        if !self.take_in(touched)? {
            return Ok(None);
        }
        let (site, found) = match self.site() {
            Ok(read) => read,
            // A file has gone between the list and the reading.
            Err(_) => {
                self.inventory = self.list()?;
                self.site()?
            }
        };
        Ok(Some(self.snapshot(before.number + 1, site, found, Some(before))))
    }

    /// Everything is read again.
    fn anew(&mut self, before: &Snapshot) -> Result<Snapshot, Trouble> {
        let (place, choose) = (self.place.clone(), self.choose.clone());
        let (stamps, epoch) = (self.stamps.clone(), self.epoch + 1);
        let new = Self::new(place, choose)?;
        let shelf = std::mem::take(&mut self.shelf).emptied();
        *self = Self { stamps, epoch, shelf, ..new };
        self.inventory = self.list()?;
        let (site, found) = self.site()?;
        Ok(self.snapshot(before.number + 1, site, found, None))
    }

    /// Notes which files are to be read again; whether any is of the site.
    fn take_in(&mut self, touched: &Touched) -> Result<bool, Trouble> {
        let mut is_other_list = false;
        let mut is_touched = false;
        for path in &touched.files {
            let known = self.inventory.inputs.binary_search_by(|input| input.path.cmp(path));
            match (known, self.standing(path)) {
                (Ok(at), Standing::File) => {
                    if let Role::Asset(name) = &self.inventory.inputs[at].role {
                        *self.stamps.entry(name.clone()).or_default() += 1;
                    }
                    self.shelf.forget(path);
                    is_touched = true;
                }
                // A file that came and went, or a folder that has gone.
                (Err(_), Standing::Nothing) => is_other_list |= self.has_below(path),
                _ => is_other_list = true,
            }
        }
        if is_other_list {
            let inventory = self.list()?;
            is_touched |= inventory.inputs != self.inventory.inputs
                || inventory.refused != self.inventory.refused;
            self.inventory = inventory;
        }
        Ok(is_touched)
    }

    /// What is at a path; where an editor's text stands for a file, that is one.
    fn standing(&self, path: &str) -> Standing {
        match self.shelf.held().any(|held| held == path) {
            true => Standing::File,
            false => standing(&self.place.root, path),
        }
    }

    /// The files of the site, also those that only an editor has yet.
    fn list(&self) -> Result<Inventory, Trouble> {
        let mut inventory = list(&self.place.root, &self.config)?;
        for path in self.shelf.held() {
            let inputs = &mut inventory.inputs;
            if let Err(at) = inputs.binary_search_by(|input| (*input.path).cmp(path))
                && let Some(input) = input(path, &self.config)
                && !inventory.refused.iter().any(|refused| refused.path == path)
            {
                inputs.insert(at, input);
            }
        }
        Ok(inventory)
    }

    /// Whether files of the site were in this folder.
    fn has_below(&self, folder: &str) -> bool {
        let start = self.inventory.inputs.partition_point(|input| &*input.path < folder);
        let below =
            |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        // Between a folder and its files may stand names that go on with what sorts before a slash.
        self.inventory.inputs[start..]
            .iter()
            .take_while(|input| input.path.starts_with(folder))
            .any(|input| below(&input.path))
    }

    fn site(&mut self) -> Result<(Site, Vec<Diagnostic>), Trouble> {
        let sources = self.config_source.clone();
        let shelf = &mut self.shelf;
        let loaded = load(&self.place.root, &self.inventory, &self.config, sources, shelf)
            .map_err(|error| Trouble::Unreadable(error.to_string()))?;
        let mut found = self.config_findings.clone();
        let loaded = loaded.collect(&mut found);
        let site = model::build(loaded, self.config.clone(), &mut self.memory);
        Ok((site.collect(&mut found), found))
    }

    fn snapshot(
        &self,
        number: u64,
        site: Site,
        mut found: Vec<Diagnostic>,
        before: Option<&Snapshot>,
    ) -> Snapshot {
        let site = Arc::new(site);
        let changes = match before {
            Some(before) => site.changes_since(before.prepared.site()),
            None => Changes::all(),
        };
        let theme = match before.filter(|_| !changes.structure) {
            Some(before) => before.theme.clone(),
            None => Arc::new(render::theme(&site).collect(&mut found)),
        };
        if let Some(before) = before.filter(|_| !changes.structure) {
            found.extend(before.theme_findings.iter().cloned());
        }
        let theme_findings: Vec<Diagnostic> =
            found.iter().filter(|finding| is_of_theme(finding)).cloned().collect();
        let known = before.map(|before| Before { prepared: &before.prepared, changes: &changes });
        let prepared = render::prepare(site, theme.clone(), &self.settings, known);
        let prepared = prepared.collect(&mut found);
        let stamps = self.stamps.clone();
        Snapshot::new(
            (number, self.epoch),
            prepared,
            theme,
            theme_findings,
            found,
            stamps,
            changes,
            before,
        )
    }
}

pub(super) fn is_of_theme(finding: &Diagnostic) -> bool {
    finding.code.name == crate::diagnostic::codes::TEMPLATE.name
}

fn list(root: &Path, config: &Config) -> Result<Inventory, Trouble> {
    discover(root, config).map_err(|failure| {
        let folder = failure.path.display();
        Trouble::Unreadable(format!("cannot list `{folder}`: {}", failure.error))
    })
}
