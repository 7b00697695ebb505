//! What the preview shows is what a build writes: after every change of any file, for every file of the site.

#[path = "support/edits.rs"]
mod edits;
#[path = "support/folder.rs"]
mod folder;
#[path = "support/pipeline.rs"]
mod pipeline;
#[path = "support/program.rs"]
mod program;
#[path = "support/shared.rs"]
mod shared;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use edits::{Dice, Edit, edit};
use program::{Files, files, put};
use serde_json::Value;
use shared::say;
use variorum::config::Config;
use variorum::diagnostic::Diagnostic;
use variorum::preview::follow::{Listener, follow};
use variorum::preview::reader::{Place, Reader, Touched};
use variorum::preview::service::{News, Request, Service};
use variorum::preview::watch::Watch;
use variorum::preview::{Editor, Session, Snapshot};
use variorum::render::{Form, Requested, Settings, Twins};
use variorum::source::Sources;
use variorum::variant::{LanguageId, VersionSet};

/// The day of all builds.
const TODAY: jiff::civil::Date = jiff::civil::date(2020, 6, 1);

#[test]
fn what_is_shown_is_what_a_build_writes() {
    walk(&sample(), 40, 7);
}

#[test]
fn a_narrowed_preview_begins_where_there_is_a_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/preview-site");
    let config = root.join("variorum.yml");
    let preview = Preview::narrowed(&root, &config, TODAY, |config| {
        let chinese = config.find_language("zh").expect("the site has Chinese pages");
        let old = config.versions.find("harbour@1.0").expect("the site has an old version");
        (vec![chinese], VersionSet::only(old))
    });
    let snapshot = preview.session.snapshot();
    assert_eq!(snapshot.first_address(), "/zh/harbour@1.0");
    let ropes = snapshot.address_of("content/guides/ropes.md");
    assert_eq!(ropes.as_deref(), Some("/zh/harbour@1.0/guides/ropes"));
    assert_eq!(preview.get("/zh/harbour@1.0").status, 200);
    assert_eq!(Preview::open(&root, &config, TODAY).session.snapshot().first_address(), "/");
}

#[test]
#[ignore = "hundreds of builds"]
fn what_is_shown_is_what_a_build_writes_at_length() {
    for seed in 0..10 {
        walk(&sample(), 200, seed);
    }
}

#[test]
fn a_burst_of_changes_ends_in_what_a_build_writes() {
    let mut dice = Dice::new(5);
    let mut burst = |root: &Path| {
        for _ in 0..1_000 {
            edit(root, &mut dice);
        }
    };
    let time = followed(Preview::of(&sample()), &mut [&mut burst]);
    say(&format!("after 1,000 changes at once all is shown as it is built in {time:.0} ms"));
}

#[test]
fn a_language_that_comes_while_it_is_previewed_is_followed() {
    let configure = |root: &Path| {
        let path = root.join("variorum.yml");
        let text = fs::read_to_string(&path).expect("the site has a configuration");
        let french = "languages:\n  fr: { name: French, dir: other/languages/fr }";
        let new = text.replacen("languages:", french, 1);
        assert_ne!(text, new);
        fs::write(path, new).expect("the folder is there");
    };
    let make = |folder: &'static str| {
        move |root: &Path| fs::create_dir(root.join(folder)).expect("a new folder")
    };
    let translate = |root: &Path| {
        let text = "---\ntitle: Accueil\nversions: '*'\n---\nBonjour.\n";
        let pages = Files::from([("content/index.md".to_owned(), text.as_bytes().to_vec())]);
        put(&root.join("other/languages/fr"), &pages);
    };
    let correct = |root: &Path| {
        let path = root.join("other/languages/fr/content/index.md");
        let text = fs::read_to_string(&path).expect("the page is there");
        fs::write(path, text.replace("Bonjour", "Salut")).expect("the page is there");
    };
    let (mut one, mut two) = (make("other"), make("other/languages"));
    let steps: &mut [&mut dyn FnMut(&Path)] =
        &mut [&mut { configure }, &mut one, &mut two, &mut { translate }, &mut { correct }];
    followed(Preview::of(&sample()), steps);
}

/// Follows the files of a site. After each step all is shown as a build of the site writes it; how long that took after
/// the last, in milliseconds.
fn followed(preview: Preview, steps: &mut [&mut dyn FnMut(&Path)]) -> f64 {
    let Preview { root, session, reader, _folder, .. } = preview;
    let watch = Watch::new(reader.root(), reader.folders()).expect("files can be watched");
    let (stop, mut nobody) = (AtomicBool::new(false), Nobody);
    let editor = Editor { address: None, root: String::new() };
    std::thread::scope(|scope| {
        scope.spawn(|| follow(&session, &editor, reader, watch, &mut nobody, &stop));
        let (mut time, mut others) = (0.0, Vec::new());
        for step in steps {
            step(&root);
            (time, others) = shown_as_built(&root, &session);
            if !others.is_empty() {
                break;
            }
        }
        stop.store(true, Ordering::Relaxed);
        assert!(others.is_empty(), "{}", others.join("\n"));
        time
    })
}

/// Waits until everything is shown as a build writes it: how many milliseconds, and what is not after all.
fn shown_as_built(root: &Path, session: &Session) -> (f64, Vec<String>) {
    let begun = Instant::now();
    let built = pipeline::build(root);
    let building = begun.elapsed();
    loop {
        let others = differing(session, &built);
        // Whoever builds at the same time on the same processors is in the way.
        if others.is_empty() || begun.elapsed() > Duration::from_secs(2) + 4 * building {
            return (milliseconds(begun.elapsed()), others);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Whoever does not listen.
struct Nobody;

impl Listener for Nobody {
    fn changed(&mut self, _: &Touched, _: &Arc<Snapshot>, _: &Arc<Snapshot>) {}
    fn faulty(&mut self, _: &Sources, _: &[Diagnostic]) {}
    fn failed(&mut self, _: &str) {}
}

#[test]
fn a_change_that_changes_nothing_is_no_news() {
    let mut preview = Preview::of(&sample());
    let now = preview.session.snapshot();
    let touched = Touched { files: ["content/index.md".to_owned()].into(), everything: false };
    let next = preview.reader.next(&touched, &now).expect("it can be read").expect("it was read");
    assert!(next.changes.is_empty(), "{:?}", next.changes);
}

#[test]
fn a_browser_that_asks_for_an_icon_learns_that_there_is_none() {
    let preview = Preview::of(&sample());
    let Got { status, body } = preview.get("/favicon.ico");
    assert_eq!((status, body.len()), (204, 0));
}

#[test]
fn an_address_without_a_page_comes_to_life_with_its_page() {
    let mut preview = Preview::of(&sample());
    let base = preview.base();
    let address = format!("{base}/en/station@2.0/station/guides/new");
    let shown = preview.get(&address);
    assert_eq!(shown.status, 404);
    preview.write("content/station/guides/other.md", PAGE);
    assert_eq!(preview.news(&address, &shown), News::None);
    preview.write("content/station/guides/new.md", PAGE);
    assert!(matches!(preview.news(&address, &shown), News::Changed(_)));
    let page = preview.get(&address);
    assert_eq!((page.status, preview.news(&address, &page)), (200, News::None));
    fs::remove_file(preview.root.join("content/station/guides/new.md")).expect("it was there");
    preview.touch("content/station/guides/new.md");
    assert!(matches!(preview.news(&address, &page), News::Changed(_)));
}

#[test]
fn what_cannot_be_shown_says_why_and_comes_to_life_when_it_can() {
    let mut preview = Preview::of(&sample());
    let base = preview.base();
    let address = format!("{base}/en/nowhere");
    let whole = preview.get(&address);
    preview.write("templates/404.html", "{{ t(\"a<b\") }}");
    assert!(matches!(preview.news(&address, &whole), News::Changed(_)));
    let broken = preview.get(&address);
    assert_eq!(broken.status, 500);
    let text = broken.text();
    assert!(
        text.contains("404.html") && text.contains("a&lt;b") && !text.contains("a<b"),
        "{text}"
    );
    assert_eq!(preview.news(&address, &broken), News::None);
    preview.write("templates/404.html", "<p>Nothing</p>");
    assert!(matches!(preview.news(&address, &broken), News::Changed(_)));
    assert_eq!(preview.get(&address).status, 404);
}

#[test]
fn a_file_that_cannot_be_read_comes_to_life_when_it_can() {
    let mut preview = Preview::of(&sample());
    let address = format!("{}/assets/a%26b.txt", preview.base());
    preview.write("assets/a&b.txt", "c");
    let whole = preview.get(&address);
    assert_eq!((whole.status, &*whole.body), (200, &b"c"[..]));
    // Not told: it has gone a moment ago.
    let file = preview.root.join("assets/a&b.txt");
    fs::remove_file(&file).expect("it was there");
    let broken = preview.get(&address);
    assert_eq!(broken.status, 500);
    assert!(broken.text().contains("assets/a&amp;b.txt"), "{}", broken.text());
    assert_eq!(preview.news(&address, &broken), News::None);
    fs::write(file, "c").expect("it can be written");
    assert!(matches!(preview.news(&address, &broken), News::Changed(_)));
}

#[test]
fn a_fault_that_both_languages_lead_to_is_told_in_both_and_one_of_the_source_in_it_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/preview-site");
    let mut preview = Preview::of(&root);
    let told = |preview: &Preview, language: &str| {
        let query = format!("path=/{language}/harbour@2.0/guides/moor");
        let request = Request { path: "/_variorum/page".to_owned(), query };
        let response = preview.session.response(&request);
        let info: Value = serde_json::from_slice(&response.body).expect("the answer is JSON");
        let findings = info["findings"].as_array().expect("a list").iter();
        let messages = findings.map(|finding| finding["message"].as_str().map(str::to_owned));
        (info["overlay"] == true, messages.flatten().collect::<Vec<_>>())
    };
    for language in ["en", "zh"] {
        assert_eq!(told(&preview, language), (false, Vec::new()));
    }
    preview.write("data/reusables/lamps/gloves.md", "Gloves from {% data variables.a.b %}.\n");
    for language in ["en", "zh"] {
        let shared = "`variables.a.b` is not defined".to_owned();
        assert_eq!(told(&preview, language), (true, vec![shared]), "{language}");
    }
    preview.write("data/reusables/lamps/gloves.md", "Gloves.\n");
    let page = fs::read_to_string(preview.root.join("content/guides/moor.md")).expect("a page");
    preview.write("content/guides/moor.md", &format!("{page}\n{{% data variables.a.c %}}\n"));
    let own = "`variables.a.c` is not defined".to_owned();
    assert_eq!(told(&preview, "en"), (true, vec![own]));
    assert_eq!(told(&preview, "zh"), (false, Vec::new()));
}

#[test]
fn a_comparison_says_that_a_page_is_not_to_be_translated() {
    let mut preview = Preview::of(&sample());
    let address = format!("{}/en/station@3.0/station/setup/tower", preview.base());
    let is_told = |preview: &Preview| {
        let request = Request { path: address.clone(), query: "compare=zh".to_owned() };
        let response = preview.session.response(&request);
        assert_eq!(response.status, 200);
        String::from_utf8_lossy(&response.body).contains("无需翻译")
    };
    assert!(!is_told(&preview));
    let text = fs::read_to_string(preview.root.join("variorum.yml")).expect("it is there");
    let ignore = "translations:\n  zh: { ignore: [content/station] }\n";
    preview.write("variorum.yml", &(text + ignore));
    assert!(is_told(&preview));
}

#[test]
fn an_open_comparison_hears_of_both_files_and_of_what_was_accepted() {
    let mut preview = Preview::of(&sample());
    let path = format!("{}/en/station@3.0/station/setup/tower", preview.base());
    let address = format!("{path}?compare=zh");
    let look = |preview: &Preview| {
        let request = Request { path: path.clone(), query: "compare=zh".to_owned() };
        let response = preview.session.response(&request);
        Got { status: response.status, body: response.body.to_vec() }
    };
    for file in ["content", "translations/zh/content"] {
        let shown = look(&preview);
        assert_eq!(preview.news(&address, &shown), News::None);
        let file = format!("{file}/station/setup/tower.md");
        let text = fs::read_to_string(preview.root.join(&file)).expect("it is there");
        preview.write(&file, &format!("{text}\nOne more.\n"));
        assert!(matches!(preview.news(&address, &shown), News::Changed(_)));
    }
    let shown = look(&preview);
    preview.write("translations/zh/variorum.lock", "no lock");
    assert!(matches!(preview.news(&address, &shown), News::Changed(_)));
    assert_eq!(preview.news(&address, &look(&preview)), News::None);
}

#[test]
fn a_file_of_the_site_in_html_is_sent_as_it_is() {
    let mut preview = Preview::of(&sample());
    let html = "<body>\u{fe}</body>";
    preview.write("assets/a.html", html);
    let sent = preview.get(&format!("{}/assets/a.html", preview.base()));
    assert_eq!(sent.text(), html);
}

#[test]
#[ignore = "reads the corpus, where it is; prints how long things take"]
fn the_corpus_is_shown_at_once() {
    let Some((root, config)) = shared::corpus() else { return };
    let folder = folder::tempdir().expect("a temporary folder");
    copy(&root, folder.path());
    let begun = Instant::now();
    let mut preview = Preview::open(folder.path(), &config, jiff::civil::date(2020, 11, 13));
    say(&format!("read in {:.0} ms", milliseconds(begun.elapsed())));
    let first = "/en/free-pro-team@latest/actions/reference/workflow-syntax-for-github-actions";
    for address in [first, "/en/free-pro-team@latest/actions", "/cn/enterprise-server@2.20/admin"] {
        let begun = Instant::now();
        let status = preview.get(address).status;
        say(&format!("{status} {address} in {:.1} ms", milliseconds(begun.elapsed())));
    }
    let page = "/en/free-pro-team@latest/github/getting-started-with-github/set-up-git";
    for (kind, path, from) in [
        ("page", "content/github/getting-started-with-github/set-up-git.md", "### "),
        ("variable", "data/variables/product.yml", "GitHub"),
        ("reusable", "data/reusables/repositories/navigate-to-repo.md", "main page"),
        (
            "translation",
            "translations/zh-CN/content/github/getting-started-with-github/set-up-git.md",
            "### ",
        ),
        ("title", "content/github/getting-started-with-github/set-up-git.md", "title: "),
        ("template", "templates/page.html", "page-head"),
    ] {
        let file = folder.path().join(path);
        if kind == "template" {
            fs::create_dir_all(file.parent().expect("a folder")).expect("a new folder");
            let own = include_str!("../templates/page.html");
            fs::write(&file, own).expect("it can be written");
            preview.touch(path);
        }
        let mut taken: Vec<f64> = Vec::new();
        for round in 0..20 {
            let text = fs::read_to_string(&file).expect("it is there");
            let text = text.replacen(from, &format!("{from}{round}"), 1);
            fs::write(&file, text).expect("it can be written");
            let begun = Instant::now();
            preview.touch(path);
            let read = begun.elapsed();
            let status = preview.get(page).status;
            assert_eq!(status, 200);
            if round == 10 {
                say(&format!("{kind}: read in {:.1} ms", milliseconds(read)));
            }
            taken.push(milliseconds(begun.elapsed()));
        }
        taken.sort_by(f64::total_cmp);
        say(&format!("{kind}: p50 {:.1} ms, p95 {:.1} ms", taken[10], taken[18]));
    }
}

/// Edits a site by chance, and compares what is shown with a build after each edit.
#[track_caller]
fn walk(site: &Path, steps: usize, seed: u64) {
    let mut preview = Preview::of(site);
    let mut dice = Dice::new(seed);
    for step in 0..steps {
        let Edit { touched, told } = edit(&preview.root, &mut dice);
        // Now and then several changes come together.
        preview.touched.extend(touched);
        if dice.roll(4) == 0 {
            continue;
        }
        preview.take_in();
        if step % 4 == 0 {
            preview.compare(&format!("seed {seed}, step {step}: {told}"));
        } else {
            preview.look(&mut dice);
        }
    }
    preview.take_in();
    preview.compare(&format!("seed {seed}, at the end"));
}

/// A page that stands by itself.
const PAGE: &str = "---\ntitle: New\nversions:\n  station: '*'\n---\n\nText.\n";

/// A preview of a site in a folder of its own.
struct Preview {
    root: PathBuf,
    session: Session,
    reader: Reader,
    touched: BTreeSet<String>,
    /// Where copies of sites are.
    _folder: Option<tempfile::TempDir>,
}

struct Got {
    status: u16,
    body: Vec<u8>,
}

impl Got {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("it is UTF-8")
    }

    /// What the script in it asks for news with.
    fn token(&self) -> &str {
        let (_, behind) = self.text().split_once("data-token=\"").expect("it has a token");
        behind.split('"').next().unwrap_or_default()
    }
}

impl Preview {
    /// Of a copy of a site.
    fn of(site: &Path) -> Self {
        let folder = folder::tempdir().expect("a temporary folder");
        copy(site, folder.path());
        let config = folder.path().join("variorum.yml");
        let preview = Self::open(folder.path(), &config, TODAY);
        Self { _folder: Some(folder), ..preview }
    }

    fn open(root: &Path, config: &Path, today: jiff::civil::Date) -> Self {
        Self::narrowed(root, config, today, |config| {
            (config.languages().map(|(language, _)| language).collect(), config.versions.all())
        })
    }

    /// Of the languages and versions that `part` chooses.
    fn narrowed(
        root: &Path,
        config: &Path,
        today: jiff::civil::Date,
        part: impl Fn(&Config) -> (Vec<LanguageId>, VersionSet) + Send + Sync + 'static,
    ) -> Self {
        let place = Place {
            root: root.to_owned(),
            config: config.to_owned(),
            config_name: "variorum.yml".to_owned(),
        };
        let choose = move |config: &Config| {
            let (languages, versions) = part(config);
            Ok(Settings { languages, versions, today, twins: Twins::Written })
        };
        let opened = Reader::open(place, Arc::new(choose));
        let Ok((reader, snapshot)) = opened else { panic!("the site can be read") };
        let editor = Editor { address: None, root: String::new() };
        let session = Session::new(root.to_owned(), editor, snapshot);
        let (root, touched) = (root.to_owned(), BTreeSet::new());
        Self { root, session, reader, touched, _folder: None }
    }

    fn touch(&mut self, path: &str) {
        self.touched.insert(path.to_owned());
        self.take_in();
    }

    fn write(&mut self, path: &str, text: &str) {
        let file = self.root.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a new folder");
        fs::write(&file, text).expect("it can be written");
        self.touch(path);
    }

    fn base(&self) -> String {
        self.session.snapshot().prepared.site().config.base_path().to_owned()
    }

    /// What has become of what was shown at an address.
    fn news(&self, address: &str, shown: &Got) -> News {
        self.session.news(address, shown.token())
    }

    /// Takes in what was touched.
    fn take_in(&mut self) {
        let files = std::mem::take(&mut self.touched);
        let touched = Touched { files, everything: false };
        let before = self.session.snapshot();
        match self.reader.next(&touched, &before) {
            Ok(Some(snapshot)) => self.session.show(Arc::new(snapshot)),
            Ok(None) => {}
            Err(trouble) => panic!("{trouble:?}"),
        }
    }

    fn get(&self, path: &str) -> Got {
        get(&self.session, path)
    }

    /// Asks for some pages, so that the next snapshot has something to take over.
    fn look(&self, dice: &mut Dice) {
        let snapshot = self.session.snapshot();
        let site = snapshot.prepared.site();
        for _ in 0..8 {
            let page = &site.pages[dice.roll(site.pages.len())];
            for language in site.languages() {
                for version in page.versions.iter() {
                    let variant = variorum::variant::Variant { language, version };
                    drop(snapshot.page(page.id, variant));
                }
            }
        }
    }

    /// Every file that a build writes is shown as it is written, but for what is the preview's own.
    #[track_caller]
    fn compare(&self, when: &str) {
        let built = pipeline::build(&self.root);
        let others = differing(&self.session, &built);
        assert!(others.is_empty(), "{when}\n{}", others.join("\n"));
    }
}

/// The files that are not shown as they were built, some of them.
fn differing(session: &Session, built: &pipeline::Outcome) -> Vec<String> {
    let base = built.site.config.base_path();
    let differing = |(path, bytes): (&String, &Vec<u8>)| {
        let got = now(session, path)
            .unwrap_or_else(|| get(session, &format!("{base}/{}", encoded(path))));
        let shown = if path.ends_with(".html") { without_own(&got.body) } else { got.body };
        let (written, shown) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&shown));
        let status = got.status;
        (shown != written).then(|| format!("{path} ({status}): {}", difference(&written, &shown)))
    };
    let files = built.outputs.iter().filter(|(path, _)| *path != "report.json");
    files.filter_map(differing).take(5).collect()
}

fn get(session: &Session, path: &str) -> Got {
    let request = Request { path: path.to_owned(), query: String::new() };
    let response = session.response(&request);
    Got { status: response.status, body: response.body.to_vec() }
}

/// A page as it is now: what a browser gets is the last one that was whole, where this one is not.
fn now(session: &Session, path: &str) -> Option<Got> {
    let snapshot = session.snapshot();
    let Requested::Page(page, variant, Form::Html) = snapshot.prepared.requested(path)? else {
        return None;
    };
    let shown = snapshot.page(page, variant)?;
    Some(Got { status: 200, body: shown.text.clone().into_bytes() })
}

/// A page without what the preview puts into it.
fn without_own(html: &[u8]) -> Vec<u8> {
    let html = String::from_utf8_lossy(html);
    let mut clean = String::with_capacity(html.len());
    let mut rest = &*html;
    let marks = [(" data-block=\"", "\""), ("<script src=\"/_variorum/", "</script>")];
    while let Some((at, (start, end))) = marks
        .iter()
        .filter_map(|mark| Some((rest.find(mark.0)?, *mark)))
        .min_by_key(|found| found.0)
    {
        clean.push_str(&rest[..at]);
        let behind = &rest[at + start.len()..];
        let length = behind.find(end).expect("what begins ends");
        rest = &behind[length + end.len()..];
    }
    clean.push_str(rest);
    clean.into_bytes()
}

fn difference(one: &str, other: &str) -> String {
    let pairs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    match pairs {
        Some((one, other)) => format!("\n  built: {one}\n  shown: {other}"),
        None => format!("{} bytes and {} bytes", one.len(), other.len()),
    }
}

fn encoded(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, percent_encoding::NON_ALPHANUMERIC)
        .to_string()
        .replace("%2F", "/")
}

/// The site with every kind of page.
fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/site")
}

fn copy(from: &Path, to: &Path) {
    put(to, &files(from));
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
