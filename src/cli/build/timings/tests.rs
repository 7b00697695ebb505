//! What `--timings` prints, by clocks that go on whenever somebody looks.

use std::convert::Infallible;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::{Clocks, Report, Stages};
use crate::discover::discover;
use crate::load::{Shelf, load, load_config};
use crate::model::{self, Memory};
use crate::render::{self, Settings, Twins};
use crate::timing::Clock;

/// A look at a thread's clock takes a millisecond, one at the others ten.
#[derive(Default)]
struct Ticks(AtomicU64);

impl Ticks {
    fn tick(&self, milliseconds: u64) -> Duration {
        Duration::from_millis(self.0.fetch_add(milliseconds, Ordering::Relaxed))
    }
}

impl Clock for Ticks {
    fn now(&self) -> Duration {
        self.tick(1)
    }
}

impl Clocks for Ticks {
    fn wall(&self) -> Duration {
        self.tick(10)
    }

    fn process(&self) -> Duration {
        self.tick(10)
    }
}

const FILES: &[(&str, &str)] = &[
    ("content/index.md", "---\ntitle: Home\nversions: '*'\n---\n{% data variables.a %}\n"),
    (
        "content/b.md",
        "---\ntitle: B\nversions: '*'\n---\n{% data reusables.c %}\n\n```json\n1\n```\n",
    ),
    ("content/d.md", "---\ntitle: D\nversions: '>1'\nredirect_from: /e\n---\nD\n"),
    ("data/variables.yml", "z: Z\na: A\n"),
    ("data/reusables/c.md", "C {% data variables.a %} {% data variables.z %}\n"),
    (
        "variorum.yml",
        "title: T\ndefault_language: en\nlanguages:\n  en: { name: English }\nversions:\n  - plan: p\n    \
         name: P\n    releases: ['2', '1']\ndefault_version: p@2\n",
    ),
];

/// The times of a small site.
fn report(clocks: &Ticks) -> Report {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in FILES {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    }
    let mut stages = Stages::begin(Some(clocks));
    let read = load_config(&folder.path().join("variorum.yml"), "variorum.yml");
    let (sources, config) = read.expect("the configuration was just written");
    let config = config.value.expect("the configuration is right");
    let inventory = discover(folder.path(), &config).expect("the files were just written");
    let loaded = load(folder.path(), &inventory, &config, sources, &mut Shelf::default())
        .expect("they can be read");
    let site = model::build(loaded.value, Arc::new(config), &mut Memory::default()).value;
    stages.done("load");
    let site = Arc::new(site);
    let theme = Arc::new(render::theme(&site).value);
    let settings = Settings {
        languages: site.languages().collect(),
        versions: site.config.versions.all(),
        today: jiff::civil::date(2020, 6, 1),
        twins: Twins::Written,
    };
    let prepared = render::prepare(site.clone(), theme, &settings, None).value.clocked(clocks);
    stages.done("strings");
    let put = |_| Ok::<(), Infallible>(());
    let Ok(rendered) = render::site(&prepared, &put, &|_| ());
    stages.done("render");
    stages.report(&rendered.value.0, &site).expect("there are clocks")
}

/// On one thread, as ticks are counted in the order in which threads look.
fn on_one_thread() -> Report {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    pool.expect("a thread can be started").install(|| report(&Ticks::default()))
}

#[test]
fn people_read_a_table() {
    insta::assert_snapshot!(on_one_thread().table());
}

#[test]
fn programs_read_json() {
    insta::assert_snapshot!(String::from_utf8_lossy(&on_one_thread().json()));
}

#[test]
fn without_clocks_nothing_is_noted() {
    let mut stages = Stages::begin(None);
    stages.done("render");
    assert!(stages.done.is_empty());
}
