//! A site whose configuration is known: the way from its files to a site, for all commands alike.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::build::print_findings;
use super::failure::Failure;
use super::locate::Place;
use crate::config::Config;
use crate::diagnostic::{Checked, Finding};
use crate::discover::{Input, Inventory, discover, input};
use crate::load::{Loaded, Revision, Shelf, config_of, load, load_config, revision};
use crate::model::{self, Memory, Site};
use crate::source::Sources;

/// The stack of every thread that works on the site. Whatever the limits let through fits 512 KiB; the rest is
/// for sites that raise them, and what is not used costs nothing.
pub(super) const STACK: usize = 16 << 20;

/// Does `work` on threads whose stacks have a known size: so many, or one for each processor.
pub(super) fn on_threads<T: Send>(
    jobs: Option<std::num::NonZeroUsize>,
    work: impl FnOnce() -> Result<T, Failure> + Send,
) -> Result<T, Failure> {
    let jobs = jobs.map_or(0, std::num::NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK).build();
    pool.map_err(|error| Failure::Io(format!("cannot start threads: {error}")))?.install(work)
}

/// What is wrong with a configuration.
pub(super) struct Faults {
    pub(super) findings: Vec<Finding>,
    pub(super) sources: Sources,
}

/// A site whose configuration is known, and what was read of it.
pub(super) struct Opened {
    pub(super) root: PathBuf,
    pub(super) config: Arc<Config>,
    /// How messages call the configuration.
    pub(super) config_name: String,
    /// The configuration's file.
    pub(super) sources: Sources,
    pub(super) shelf: Shelf,
    pub(super) memory: Memory,
}

impl Opened {
    /// Reads the configuration. If it is faulty, its findings are printed.
    pub(super) fn new(place: &Place) -> Result<Self, Failure> {
        Self::or_faults(place)?.or_else(|Faults { findings, sources }| {
            print_findings(&findings, &sources, None)?;
            Err(Failure::Configuration)
        })
    }

    /// Reads the configuration; if it is faulty, what is wrong with it.
    pub(super) fn or_faults(place: &Place) -> Result<Result<Self, Faults>, Failure> {
        let (sources, read) = load_config(&place.config, &place.config_name)
            .map_err(|error| Failure::Io(error.to_string()))?;
        let Some(config) = read.value else {
            let findings = read.diagnostics.into_iter().map(Finding::from).collect();
            return Ok(Err(Faults { findings, sources }));
        };
        Ok(Ok(Self::with(place.root.clone(), place.config_name.clone(), sources, config)))
    }

    /// A site with this configuration, of which nothing else was read.
    pub(super) fn with(
        root: PathBuf,
        config_name: String,
        sources: Sources,
        config: Config,
    ) -> Self {
        let (shelf, memory) = (Shelf::default(), Memory::default());
        Self { root, config: Arc::new(config), config_name, sources, shelf, memory }
    }

    /// Lists the site's files.
    pub(super) fn inventory(&self) -> Result<Inventory, Failure> {
        discover(&self.root, &self.config).map_err(|failure| {
            let folder = failure.path.display();
            Failure::Io(format!("cannot list `{folder}`: {}", failure.error))
        })
    }

    /// Reads the files of the inventory that are not on the shelf.
    pub(super) fn load(&mut self, inventory: &Inventory) -> Result<Checked<Loaded>, Failure> {
        load(&self.root, inventory, &self.config, self.sources.clone(), &mut self.shelf)
            .map_err(|error| Failure::Io(error.to_string()))
    }

    /// Makes the site of what was read.
    pub(super) fn model(&mut self, loaded: Checked<Loaded>) -> Checked<Arc<Site>> {
        let mut diagnostics = loaded.diagnostics;
        let site = model::build(loaded.value, self.config.clone(), &mut self.memory);
        let value = Arc::new(site.collect(&mut diagnostics));
        Checked { value, diagnostics }
    }

    /// The site as it would be with other texts of files, by path: none where there would be no such file.
    pub(super) fn imagined(
        &mut self,
        now: &Inventory,
        texts: &BTreeMap<String, Option<String>>,
    ) -> Result<Checked<Arc<Site>>, Failure> {
        let stays = |input: &&Input| !texts.contains_key(&input.path);
        let mut inputs: Vec<Input> = now.inputs.iter().filter(stays).cloned().collect();
        let there = texts.iter().filter(|(_, text)| text.is_some());
        inputs.extend(there.filter_map(|(path, _)| input(path, &self.config)));
        inputs.sort_by(|left, right| left.path.cmp(&right.path));
        let bytes = |(path, text): (&String, &Option<String>)| {
            Some((path.clone(), text.clone()?.into_bytes()))
        };
        self.shelf.imagine(texts.iter().filter_map(bytes).collect());
        let loaded = self.load(&Inventory { inputs, refused: Vec::new() })?;
        Ok(self.model(loaded))
    }

    /// The site as its files are now, and what is wrong with them.
    pub(super) fn site(&mut self) -> Result<Checked<Arc<Site>>, Failure> {
        let inventory = self.inventory()?;
        let loaded = self.load(&inventory)?;
        Ok(self.model(loaded))
    }

    /// The same site, of which nothing was read yet.
    pub(super) fn again(self) -> Self {
        let (shelf, memory) = (Shelf::default(), Memory::default());
        Self { shelf, memory, ..self }
    }

    /// The site's files as they were in a commit; `now` is what there is now.
    pub(super) fn revision(&self, name: &str, now: &Inventory) -> Result<Revision, Failure> {
        // Folders of languages that there were only then are not looked into.
        let is_input = |path: &str| path == self.config_name || input(path, &self.config).is_some();
        let now = now.inputs.iter().map(|input| input.path.clone());
        let now: BTreeSet<String> = now.chain([self.config_name.clone()]).collect();
        revision(&self.root, name, &is_input, &now).map_err(Failure::Usage)
    }

    /// The site as it was in a commit. Before anything else is read, the shelf must return to now.
    pub(super) fn past(&mut self, then: &Revision) -> Result<Checked<Arc<Site>>, Failure> {
        let inputs = then.files.iter().filter_map(|path| input(path, &self.config)).collect();
        let past = Inventory { inputs, refused: Vec::new() };
        self.shelf.go_back(then);
        let loaded = self.load(&past)?;
        Ok(self.model(loaded))
    }

    /// The same site with another configuration, of which nothing was read yet.
    pub(super) fn configured(&self, bytes: &[u8]) -> Result<Self, Failure> {
        let name = &self.config_name;
        let (sources, read) = config_of(bytes, name);
        let config = read
            .value
            .ok_or_else(|| Failure::Usage(format!("`{name}` was faulty in that commit")))?;
        Ok(Self::with(self.root.clone(), name.clone(), sources, config))
    }
}
