//! What a change reaches is what differs between two builds: nothing less, and nothing more.

#[path = "support/edits.rs"]
mod edits;
#[path = "support/program.rs"]
mod program;
#[path = "support/shared.rs"]
mod shared;
#[path = "support/stages.rs"]
mod stages;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use edits::{Dice, edit};
use program::{Files, files, put};
use shared::say;
use variorum::affected::{Index, TO_THE_END};
use variorum::config::Config;
use variorum::model::{self};
use variorum::preview::Snapshot;
use variorum::preview::reader::{Place, Reader, Touched};
use variorum::render::{self, Output, Settings, Twins};

/// The day of all builds.
const TODAY: jiff::civil::Date = jiff::civil::date(2020, 11, 13);

#[test]
fn what_is_told_is_what_differs() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/site");
    let folder = tempfile::tempdir().expect("a temporary folder");
    put(folder.path(), &files(&sample));
    let mut dice = Dice::new(3);
    let mut site = Followed::open(folder.path(), &folder.path().join("variorum.yml"));
    for step in 0..40 {
        let edit = edit(folder.path(), &mut dice);
        site.check(edit.touched, &format!("step {step}: {}", edit.told));
    }
    site.told.over(1);
}

#[test]
#[ignore = "builds the corpus hundreds of times, where it is"]
fn what_is_told_of_the_corpus_is_what_differs() {
    let Some((corpus, config)) = shared::corpus() else { return };
    let edits = std::env::var("EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(300);
    let folder = tempfile::tempdir().expect("a temporary folder");
    put(folder.path(), &files(&corpus));
    with_features(folder.path());
    let mut dice = Dice::new(11);
    let mut site = Followed::open(folder.path(), &config);
    for step in 0..edits {
        let (kind, path) = word(folder.path(), step, &mut dice);
        let (told, differing) = site.check(vec![path.clone()], &format!("{kind} {path}"));
        say(&format!("{step}: {kind} {path}: {differing} differ, {told} told"));
    }
    site.told.over(1);
}

/// A site whose changes are followed, and built anew after each.
struct Followed {
    root: PathBuf,
    config: PathBuf,
    reader: Reader,
    snapshot: Snapshot,
    index: Index,
    built: BTreeMap<String, blake3::Hash>,
    told: Told,
}

/// How much was told.
#[derive(Default)]
struct Told {
    differing: usize,
    too_much: usize,
}

impl Told {
    /// Says how much was told besides what differs; that is at most so many per cent.
    fn over(&self, most: usize) {
        let Self { differing, too_much } = *self;
        let share = 100.0 * too_much as f64 / differing.max(1) as f64;
        say(&format!("{differing} pages differ, {too_much} more were told of: {share:.2} %"));
        assert!(too_much * 100 <= differing * most);
    }
}

impl Followed {
    fn open(root: &Path, config: &Path) -> Self {
        let place = Place {
            root: root.to_owned(),
            config: config.to_owned(),
            config_name: "variorum.yml".to_owned(),
        };
        let opened = Reader::open(place, Arc::new(|config: &Config| Ok(settings(config))));
        let Ok((reader, snapshot)) = opened else { panic!("the site can be read") };
        let index = Index::new(&snapshot.prepared, TO_THE_END).expect("nobody stops it");
        let built = build(root, config);
        let (root, config) = (root.to_owned(), config.to_owned());
        Self { root, config, reader, snapshot, index, built, told: Told::default() }
    }

    /// Compares what is told after a change with what differs. How many pages are told of, and how many differ.
    #[track_caller]
    fn check(&mut self, touched: Vec<String>, what: &str) -> (usize, usize) {
        let touched = Touched { files: touched.into_iter().collect(), everything: false };
        let next = self.reader.next(&touched, &self.snapshot).expect("the site can be read");
        let mut told = BTreeSet::new();
        if let Some(next) = next {
            let (before, now) = (&self.snapshot.prepared, &next.prepared);
            let after = self.index.after(before, now, &next.changes, TO_THE_END);
            let (index, affected) = after.expect("nobody stops it");
            for page in affected {
                for variant in page.variants.keys() {
                    let route = model::route(&page.path);
                    let address = now.site().address(&route, *variant);
                    told.insert(format!("{}/index.html", address.trim_start_matches('/')));
                }
            }
            self.index = index;
            self.snapshot = next;
        }
        let built = build(&self.root, &self.config);
        let paths: BTreeSet<&String> = self.built.keys().chain(built.keys()).collect();
        let differing: BTreeSet<String> = paths
            .into_iter()
            .filter(|path| self.built.get(*path) != built.get(*path))
            // The root of a language is the home page once more.
            .filter(|path| path.matches('/').count() > 1)
            .cloned()
            .collect();
        let missed: Vec<&String> = differing.difference(&told).take(5).collect();
        assert!(missed.is_empty(), "{what}: nobody was told of {missed:?}");
        self.told.differing += differing.len();
        self.told.too_much += told.difference(&differing).count();
        self.built = built;
        (told.len(), differing.len())
    }
}

fn settings(config: &Config) -> Settings {
    Settings {
        languages: config.languages().map(|(language, _)| language).collect(),
        versions: config.versions.all(),
        today: TODAY,
        twins: Twins::LeftOut,
    }
}

/// All pages of a site, made from nothing.
fn build(root: &Path, config: &Path) -> BTreeMap<String, blake3::Hash> {
    let site = stages::read(root, config).value;
    let prepared = stages::prepared(&site, TODAY, Twins::LeftOut).value;
    let put = |output: Output| Ok::<_, Infallible>((output.path, blake3::hash(&output.bytes)));
    let Ok(pages) = render::pages(&prepared, &|_| true, &put);
    pages.into_iter().collect()
}

/// Gives some pages conditions with features, as the corpus is older than these.
fn with_features(root: &Path) {
    for number in 0..3 {
        let path = root.join(format!("data/features/new-{number}.yml"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, "versions: { fpt: '*' }\n").expect("it can be written");
    }
    let pages = texts(root, "content", ".md");
    for (number, page) in pages.iter().step_by(97).enumerate() {
        let text = fs::read_to_string(page).expect("it was just found");
        let feature = format!("new-{}", number % 3);
        let more = format!("{text}\n\n{{% ifversion {feature} %}}A feature.{{% endif %}}\n");
        fs::write(page, more).expect("it can be written");
    }
}

/// Writes a word into a file of the next kind; the kind, and the file.
fn word(root: &Path, step: usize, dice: &mut Dice) -> (&'static str, String) {
    let name = |path: &Path| {
        let below = path.strip_prefix(root).expect("it was found below");
        below.to_string_lossy().into_owned()
    };
    let word = format!("word{step}");
    let (kind, path, text) = match step % 6 {
        0 => {
            let path = dice.pick(&texts(root, "data/variables", ".yml")).clone();
            let text = fs::read_to_string(&path).expect("it was just found");
            ("variable", path, in_a_value(&text, &word, dice))
        }
        1 => {
            let path = dice.pick(&texts(root, "data/reusables", ".md")).clone();
            let text = fs::read_to_string(&path).expect("it was just found");
            ("reusable", path, format!("{} {word}\n", text.trim_end()))
        }
        2 => {
            let path = root.join(format!("data/features/new-{}.yml", dice.roll(3)));
            let plan = ["fpt: '*'", "ghes: '*'", "ghae: '*'", "ghes: '>=2.21'"][dice.roll(4)];
            ("feature", path, format!("versions: {{ {plan} }}\n"))
        }
        3 => {
            let path = dice.pick(&texts(root, "content", ".md")).clone();
            let text = fs::read_to_string(&path).expect("it was just found");
            ("title", path, text.replacen("title: ", &format!("title: {word} "), 1))
        }
        4 => {
            let path = dice.pick(&texts(root, "translations", ".md")).clone();
            let text = fs::read_to_string(&path).expect("it was just found");
            ("translation", path, format!("{text}\n{word}\n"))
        }
        _ => {
            let path = root.join("templates/partials/footer.html");
            fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
            ("template", path, format!("<p>{word}</p>\n"))
        }
    };
    fs::write(&path, text).expect("it can be written");
    (kind, name(&path))
}

/// A word in one of the values of a YAML file.
fn in_a_value(text: &str, word: &str, dice: &mut Dice) -> String {
    let values: Vec<usize> = text.match_indices(": '").map(|(at, _)| at + 3).collect();
    let values = if values.is_empty() {
        text.match_indices(": ").map(|(at, _)| at + 2).collect()
    } else {
        values
    };
    let at = *dice.pick(&values);
    format!("{}{word} {}", &text[..at], &text[at..])
}

fn texts(root: &Path, folder: &str, ending: &str) -> Vec<PathBuf> {
    let is_one =
        |path: &PathBuf| path.to_string_lossy().ends_with(ending) && !path.ends_with("README.md");
    let entries = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name().into_iter();
    entries.filter_map(Result::ok).map(walkdir::DirEntry::into_path).filter(is_one).collect()
}

#[test]
fn a_commit_is_compared_with_the_files_of_today() {
    let folder = repository();
    let root = folder.path();
    fs::write(root.join("data/reusables/inner.md"), "Inner *new* text.\n").expect("written");
    fs::remove_file(root.join("content/lamps/oil.md")).expect("it was there");
    fs::write(root.join("content/lamps/wax.md"), page("Wax", "A new page.")).expect("written");
    let (code, told) = told(root, &["affected", "--date", "2020-06-01"]);
    insta::assert_snapshot!("human", told);
    assert_eq!(code, 0);
    let (_, told) = self::told(root, &["affected", "--date", "2020-06-01", "--format", "markdown"]);
    insta::assert_snapshot!("markdown", told);
    let (_, told) = self::told(root, &["affected", "--date", "2020-06-01", "--format", "json"]);
    insta::assert_snapshot!("json", told);
}

#[test]
fn a_configuration_is_compared_too() {
    let folder = repository();
    let path = folder.path().join("variorum.yml");
    let text = fs::read_to_string(&path).expect("it is there");
    let lines = text.lines().filter(|line| !line.starts_with("title:"));
    let other: Vec<&str> = std::iter::once("title: Another title").chain(lines).collect();
    fs::write(path, other.join("\n")).expect("it can be written");
    let (code, told) = told(folder.path(), &["affected"]);
    let expected =
        "5 pages, 30 outputs: product@2.0 10, product@1.0 10, cloud@latest 10 (en 15, zh 15)";
    assert_eq!((code, told.lines().next()), (0, Some(expected)));
}

#[test]
fn templates_make_every_page() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    put(folder.path(), &site());
    let template = folder.path().join("templates/partials/footer.html");
    fs::create_dir_all(template.parent().expect("a folder")).expect("a new folder");
    fs::write(template, "<p>Foot</p>").expect("it can be written");
    let (_, told) = told(folder.path(), &["affected", "templates/partials/footer.html"]);
    assert!(told.starts_with("5 pages, 30 outputs"), "{told}");
}

#[test]
fn nothing_is_told_where_nothing_differs() {
    let folder = repository();
    let (code, told) = told(folder.path(), &["affected"]);
    assert_eq!((code, told.trim()), (0, "no page looks otherwise"));
}

#[test]
fn who_reads_a_file_is_told_without_a_repository() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    put(folder.path(), &site());
    let arguments = ["affected", "data/reusables/inner.md", "--date", "2020-06-01"];
    let (code, told) = told(folder.path(), &arguments);
    insta::assert_snapshot!("readers", told);
    assert_eq!(code, 0);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = repository();
    let check = |arguments: &[&str], expected: &str| {
        let ran = program::run(folder.path(), arguments);
        assert!(ran.printed.contains(expected), "{}", ran.printed);
        assert_eq!(ran.code, 2);
    };
    check(&["affected", "--since", "nowhere"], "`nowhere` is no commit of the repository");
    check(&["affected", "data/nothing.md"], "`data/nothing.md` is no text of the site");
}

/// A site in a repository, all of it committed.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    put(folder.path(), &site());
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "."],
        &["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "a"],
    ] {
        let mut git = Command::new("git");
        let done = git.args(arguments).current_dir(folder.path()).output();
        assert!(done.expect("git is there").status.success(), "git {arguments:?}");
    }
    folder
}

fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\nversions: '*'\n---\n\n{text}\n")
}

fn site() -> Files {
    let mut site = Files::new();
    let mut add =
        |path: &str, text: &str| drop(site.insert(path.to_owned(), text.as_bytes().to_vec()));
    add("variorum.yml", include_str!("sites/variorum.yml"));
    add("content/index.md", &page("Home", "Welcome."));
    add("content/lamps/index.md", &page("Lamps", "On lamps."));
    add("content/lamps/oil.md", &page("Oil", "On oil."));
    let wick =
        "{% if currentVersion ver_gt \"product@1.0\" %}{% data reusables.outer %}{% endif %}";
    add("content/lamps/wick.md", &page("Wick", wick));
    add("content/lamps/glass.md", &page("Glass", "Nothing is included."));
    add("data/reusables/outer.md", "Around. {% data reusables.inner %}");
    add("data/reusables/inner.md", "Inner text.\n");
    site
}

/// What the program prints to standard output.
fn told(root: &Path, arguments: &[&str]) -> (i32, String) {
    let output = program::program(root).args(arguments).output().expect("it can be started");
    let printed = String::from_utf8_lossy(&output.stderr);
    assert_eq!(printed, "");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stdout).into_owned())
}
