//! A site taken through the stages of the program up to where its pages are rendered.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::path::Path;
use std::sync::Arc;

use variorum::diagnostic::Checked;
use variorum::discover::{Inventory, discover};
use variorum::load::{Shelf, load, load_config};
use variorum::model::{self, Memory, Site};
use variorum::render::{self, Prepared, Settings, Twins};

/// The site in this folder by this configuration.
pub(crate) fn read(root: &Path, config: &Path) -> Checked<Arc<Site>> {
    read_with(root, config, |_, _| {})
}

/// The same, with what `hold` puts in the place of files.
pub(crate) fn read_with(
    root: &Path,
    config: &Path,
    hold: impl FnOnce(&Inventory, &mut Shelf),
) -> Checked<Arc<Site>> {
    let mut diagnostics = Vec::new();
    let (sources, read) = load_config(config, "variorum.yml").expect("the file can be read");
    let config = read.collect(&mut diagnostics).expect("the configuration is right");
    let inventory = discover(root, &config).expect("the folders can be listed");
    let mut shelf = Shelf::default();
    hold(&inventory, &mut shelf);
    let loaded = load(root, &inventory, &config, sources, &mut shelf);
    let loaded = loaded.expect("the files can be read").collect(&mut diagnostics);
    let site = model::build(loaded, Arc::new(config), &mut Memory::default());
    Checked { value: Arc::new(site.collect(&mut diagnostics)), diagnostics }
}

/// All languages and versions of a site, on this day.
pub(crate) fn all(site: &Site, today: jiff::civil::Date, twins: Twins) -> Settings {
    Settings { languages: site.languages().collect(), versions: site.versions(), today, twins }
}

/// A site ready to be rendered as a whole.
pub(crate) fn prepared(
    site: &Arc<Site>,
    today: jiff::civil::Date,
    twins: Twins,
) -> Checked<Prepared<'static>> {
    let mut diagnostics = Vec::new();
    let theme = Arc::new(render::theme(site).collect(&mut diagnostics));
    let settings = all(site, today, twins);
    let prepared = render::prepare(site.clone(), theme, &settings, None);
    Checked { value: prepared.collect(&mut diagnostics), diagnostics }
}
