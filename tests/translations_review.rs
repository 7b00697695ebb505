//! `variorum translations review`: what stands beside what in the folder, what it needs, and what it never touches.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/dom.rs"]
mod dom;
#[path = "support/folder.rs"]
mod folder;
#[path = "support/payloads.rs"]
mod payloads;
#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use program::{Files, files, program, put};
use tempfile::TempDir;
use variorum::markdown::plain_text;

const CONFIGURATION: &str = "title: Kettles\nlanguages:\n  en: { name: English }\n  zh: { name: Chinese, native_name: 中文, tag: zh-Hans, dir: translations/zh }\nversions:\n  - { plan: cloud, name: Cloud, releases: ['2.0', '1.0'] }\n";

const START: &str = "---\ntitle: Start\nintro: How to begin.\nversions: '*'\n---\nWelcome, see [the end](/end) and [the web](https://example.com/a).\n\n## Fill\n\nFill the kettle with water.\n\n![Kettle](/assets/images/kettle.png)\n\nWait `five` minutes.\n\n{% data reusables.bell %}\n\nGo.\n";

const START_ZH: &str = "---\ntitle: 开始\n---\n欢迎，见[结尾](/end)和[网站](https://example.com/a)。\n\n## 加水\n\n给水壶加水。\n\n![水壶](/assets/images/kettle.png)\n\n等 `five` 分钟。\n\n{% data reusables.bell %}\n";

/// A site in a repository, and what is beside it.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: folder::tempdir().unwrap() };
        let end = "---\ntitle: End\nversions: '*'\n---\nDone.\n";
        desk.put("variorum.yml", CONFIGURATION);
        desk.put("content/index.md", "---\ntitle: Home\nversions: '*'\n---\n");
        desk.put("content/start.md", START);
        desk.put("content/end.md", end);
        desk.put("data/reusables/bell.md", "Wait for the bell.\n");
        desk.put("data/variables/names.yml", "pot: Pot\n");
        desk.put("assets/images/kettle.png", "a picture");
        desk.put("assets/images/unseen.png", "another");
        desk.put("translations/zh/content/start.md", START_ZH);
        desk.put("translations/zh/content/index.md", "---\ntitle: 首页\n---\n");
        desk.put("translations/zh/content/end.md", "---\ntitle: 结尾\n---\n完成。\n");
        desk.put("translations/zh/data/reusables/bell.md", "等待铃声。\n");
        desk.commit();
        desk.edit(
            "content/start.md",
            "kettle with water",
            "kettle with fresh cold water from the tap",
        );
        desk.commit();
        desk
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("review")
    }

    fn put(&self, path: &str, text: &str) {
        put(&self.site(), &Files::from([(path.to_owned(), text.as_bytes().to_vec())]));
    }

    fn edit(&self, path: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.site().join(path)).unwrap();
        assert!(text.contains(old), "{text}");
        self.put(path, &text.replace(old, new));
    }

    fn commit(&self) {
        if !self.site().join(".git").exists() {
            self.git(&["init", "--quiet"]);
        }
        self.git(&["add", "."]);
        let name = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        self.git(&[&name[..], &["commit", "--quiet", "-m", "a"]].concat());
    }

    fn git(&self, arguments: &[&str]) {
        let done = Command::new("git").args(arguments).current_dir(self.site()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// Runs the command: the exit code, and what was printed.
    fn run(&self, more: &[&str]) -> (i32, String) {
        let out = self.out();
        let fixed = ["translations", "review", "zh", "--out", out.to_str().unwrap()];
        let arguments = [&fixed[..], more].concat();
        let output = program(&self.site()).args(arguments).env("LC_ALL", "C").output().unwrap();
        let printed = [output.stdout, output.stderr].map(|out| String::from_utf8(out).unwrap());
        (output.status.code().unwrap(), printed.concat())
    }

    /// The files of the folder.
    fn review(&self, more: &[&str]) -> Files {
        let (code, printed) = self.run(more);
        assert_eq!(code, 0, "{printed}");
        files(&self.out())
    }

    /// The rows of a page, one after the other.
    fn rows(&self, page: &str) -> String {
        shown(&text(&self.review(&[]), page))
    }
}

fn text(files: &Files, path: &str) -> String {
    let known: Vec<_> = files.keys().collect();
    let bytes = files.get(path).unwrap_or_else(|| panic!("no {path} in {known:?}"));
    // Templates write slashes as entities.
    String::from_utf8(bytes.clone()).unwrap().replace("&#x2f;", "/")
}

/// Each row: its status, what is to do, and both sides, with what has changed in brackets.
fn shown(html: &str) -> String {
    let part = |row: &str, class: &str| {
        let at = row.find(&format!("<div class=\"{class}"));
        let found = at.map(|at| row[at..].to_owned()).unwrap_or_default();
        let end = ["<div class=\"left", "<div class=\"right"]
            .iter()
            .filter_map(|next| found[1.min(found.len())..].find(next))
            .min();
        let found = &found[..end.map_or(found.len(), |end| end + 1)];
        let found = found.replace("<del>", "[-").replace("</del>", "-]");
        plain_text(&found.replace("<ins>", "[+").replace("</ins>", "+]"))
    };
    let mut shown = String::new();
    for row in html.split("<div class=\"pair\" data-status=\"").skip(1) {
        let status = row.split('"').next().unwrap();
        let (work, left, right) = (part(row, "work"), part(row, "left"), part(row, "right"));
        shown.push_str(&format!("{status}\n  {work}\n  {left}\n  {right}\n").replace("  \n", ""));
    }
    shown
}

#[test]
fn each_block_stands_beside_its_translation_with_what_is_to_do() {
    insta::assert_snapshot!(Desk::new().rows("content/start.html"));
}

#[test]
fn data_stand_beside_their_translations_too() {
    insta::assert_snapshot!(Desk::new().rows("data/variables/names.yml.html"));
}

#[test]
fn only_what_has_something_to_do_is_in_the_folder() {
    let desk = Desk::new();
    let pages = |files: &Files| {
        let pages = files.keys().filter(|path| path.ends_with(".html"));
        pages.cloned().collect::<Vec<_>>()
    };
    let open = desk.review(&[]);
    assert_eq!(pages(&open), ["content/start.html", "data/variables/names.yml.html", "index.html"]);
    let all = desk.review(&["--all"]);
    assert!(pages(&all).contains(&"content/end.html".to_owned()), "{:?}", pages(&all));
    let one = desk.review(&["end.md", "--all"]);
    assert_eq!(pages(&one), ["content/end.html", "index.html"]);
}

#[test]
fn the_first_page_tells_how_much_there_is_to_do() {
    let files = Desk::new().review(&[]);
    let index = text(&files, "index.html");
    assert!(index.contains("<a href=\"content/start.html\">Start</a>"), "{index}");
    let words = plain_text(&index[index.find("<tbody>").unwrap()..index.find("</tbody>").unwrap()]);
    // In the page: an intro, a paragraph that has changed, and one that is new to the translation.
    assert_eq!(words, "Start content/start.md 3 14 data/variables/names.yml 1 1");
}

#[test]
fn what_a_page_shows_comes_along_and_nothing_is_asked_of_others() {
    let files = Desk::new().review(&["--all"]);
    assert_eq!(text(&files, "pictures/images/kettle.png"), "a picture");
    assert!(!files.keys().any(|path| path.contains("unseen")));
    for page in files.keys().filter(|path| path.ends_with(".html")) {
        let html = text(&files, page);
        for (attribute, address) in addresses(&html) {
            if attribute == "href" && address.starts_with("https://") {
                // A link is followed by whoever clicks on it.
                continue;
            }
            let path = match address.split('#').next().unwrap() {
                "" => page.clone(),
                path => resolved(page, path),
            };
            assert!(files.contains_key(&path), "{page}: {address}");
        }
    }
    let start = text(&files, "content/start.html");
    assert!(start.contains("href=\"../content/end.html\""), "{start}");
    assert!(start.contains("default-src &#x27;none&#x27;"), "{start}");
    // A page that is not in the folder is no link.
    let start = text(&Desk::new().review(&[]), "content/start.html");
    assert!(!start.contains("end.html") && start.contains("<a>the end</a>"), "{start}");
}

/// The addresses in a page, with their attributes.
fn addresses(html: &str) -> Vec<(&str, &str)> {
    let of = |attribute: &'static str| {
        let pattern = format!(" {attribute}=\"");
        let found = html.match_indices(&pattern).map(|(at, _)| at + pattern.len());
        let found: Vec<_> = found.collect();
        found.into_iter().map(move |at| (attribute, html[at..].split('"').next().unwrap()))
    };
    ["href", "src", "srcset", "poster"].into_iter().flat_map(of).collect()
}

/// A relative address on a page, as a path of the folder.
fn resolved(page: &str, address: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            ".." => drop(parts.pop().expect("no address leaves the folder")),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    let desk = Desk::new();
    let first = desk.review(&["--all"]);
    fs::remove_dir_all(desk.out()).unwrap();
    assert_eq!(desk.review(&["--all"]), first);
}

#[test]
fn a_folder_of_others_is_left_alone() {
    let desk = Desk::new();
    put(&desk.out(), &Files::from([("mine.txt".to_owned(), b"mine".to_vec())]));
    let (code, printed) = desk.run(&[]);
    assert_eq!(code, 2, "{printed}");
    assert!(printed.contains("cannot publish into"), "{printed}");
    assert_eq!(files(&desk.out()).len(), 1);
}

#[test]
fn a_built_site_is_not_given_up_for_a_review() {
    let desk = Desk::new();
    let out = desk.out();
    let built = program(&desk.site()).args(["build", "--out", out.to_str().unwrap()]).output();
    assert!(built.unwrap().status.success());
    let before = files(&out);
    let (code, printed) = desk.run(&[]);
    assert_eq!(code, 2, "{printed}");
    assert!(printed.contains("holds a site that was built"), "{printed}");
    assert_eq!(files(&out), before);
}

#[test]
fn what_an_earlier_review_has_written_is_replaced() {
    let desk = Desk::new();
    desk.review(&["--all"]);
    put(&desk.out(), &Files::from([("mine.txt".to_owned(), b"mine".to_vec())]));
    let files = desk.review(&[]);
    assert!(!files.contains_key("content/end.html"));
    assert_eq!(text(&files, "mine.txt"), "mine");
}

#[test]
fn wrong_names_are_refused_with_what_there_is() {
    let desk = Desk::new();
    let (code, printed) = desk.run(&["--version", "cloud@3"]);
    assert_eq!(
        (code, &*printed),
        (2, "error: there is no version `cloud@3`: known are cloud@2.0, cloud@1.0\n")
    );
    let (code, printed) = desk.run(&["strat.md"]);
    assert_eq!(code, 2, "{printed}");
    assert!(printed.contains("`strat.md` is no page"), "{printed}");
    assert!(!desk.out().exists());
}

#[test]
fn a_page_is_shown_in_the_version_that_is_asked_for() {
    let desk = Desk::new();
    desk.edit("content/end.md", "versions: '*'", "versions: { cloud: '>1.0' }");
    desk.edit(
        "content/start.md",
        "Go.",
        "Go.\n\n{% ifversion cloud > 1.0 %}\n\nNow.\n\n{% endif %}",
    );
    let new = text(&desk.review(&["--all"]), "content/start.html");
    assert!(new.contains("Now.") && new.contains("Cloud 2.0"), "{new}");
    let files = desk.review(&["--all", "--version", "cloud@1.0"]);
    assert!(!files.contains_key("content/end.html"), "the version does not have it");
    let old = text(&files, "content/start.html");
    assert!(!old.contains("Now.") && old.contains("Cloud 1.0"), "{old}");
}

#[test]
fn damage_is_told_with_its_place() {
    let desk = Desk::new();
    desk.edit("translations/zh/content/start.md", "等 `five` 分钟。", "等 ** five ** 分钟。");
    let rows = desk.rows("content/start.html");
    assert!(rows.contains("damaged\n"), "{rows}");
    assert!(rows.contains("is shown to readers"), "{rows}");
    assert!(rows.contains("start.md:12"), "{rows}");
}

#[test]
fn a_translation_that_gives_way_is_told_with_its_reason() {
    let desk = Desk::new();
    desk.put("translations/zh/data/reusables/bell.md", "{% ifversion cloud %}等待铃声。\n");
    let rows = desk.rows("content/start.html");
    assert!(
        rows.contains("fallback\n  its translation is so damaged that readers get the source"),
        "{rows}"
    );
}

#[test]
fn an_empty_translation_is_told_as_such() {
    let desk = Desk::new();
    desk.put("translations/zh/content/start.md", "---\ntitle: 开始\n---\n");
    let rows = desk.rows("content/start.html");
    assert!(rows.contains("missing\n  its translation is empty"), "{rows}");
}

#[test]
fn without_a_repository_the_lock_tells_what_is_stale() {
    let desk = Desk::new();
    let accepted =
        program(&desk.site()).args(["translations", "accept", "zh", "start.md"]).output();
    assert!(accepted.unwrap().status.success());
    fs::remove_dir_all(desk.site().join(".git")).unwrap();
    assert!(!desk.rows("content/start.html").contains("stale\n"));
    desk.edit("content/start.md", "fresh cold", "hot");
    let rows = desk.rows("content/start.html");
    assert!(rows.contains("stale\n  the source has changed since it was translated; nobody knows what it said before"), "{rows}");
}

#[test]
fn what_was_accepted_and_changed_is_shown_from_the_history() {
    let desk = Desk::new();
    let accepted =
        program(&desk.site()).args(["translations", "accept", "zh", "start.md"]).output();
    assert!(accepted.unwrap().status.success());
    desk.edit("content/start.md", "fresh cold", "hot");
    let rows = desk.rows("content/start.html");
    assert!(rows.contains("with [-fresh cold-] water"), "{rows}");
}

#[test]
fn a_change_is_told_once_where_a_value_stands_in_the_sentence() {
    let desk = Desk::new();
    let page = "---\ntitle: Pot\nversions: '*'\n---\nFill the {% data variables.names.pot %} with water now.\n";
    desk.put("content/pot.md", page);
    let own = "---\ntitle: 壶\n---\n把 {% data variables.names.pot %} 加满水。\n";
    desk.put("translations/zh/content/pot.md", own);
    desk.commit();
    desk.edit("content/pot.md", "water now", "milk now");
    let rows = desk.rows("content/pot.html");
    assert_eq!(rows.matches("[-water-]").count(), 1, "{rows}");
}

#[test]
fn the_pages_speak_the_language_of_messages() {
    let desk = Desk::new();
    let files = desk.review(&["--message-language", "zh-CN"]);
    assert!(text(&files, "index.html").contains("译文审阅"));
    let page = text(&files, "content/start.html");
    assert!(
        page.contains("翻译之后原文有改动") && page.contains("<html lang=\"zh-Hans\">"),
        "{page}"
    );
}

#[test]
fn what_translators_write_runs_nothing() {
    let desk = Desk::new();
    let payloads = payloads::payloads();
    let body: Vec<String> = payloads.iter().map(|payload| format!("{payload}\n\n")).collect();
    let body = body.concat();
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''").replace(['\n', '\r'], " "));
    let title = quoted("<script>alert(1)</script> `<img src=x onerror=alert(1)>`");
    desk.put(
        "translations/zh/content/start.md",
        &format!("---\ntitle: {title}\nintro: {title}\n---\n{body}"),
    );
    desk.put("translations/zh/data/variables/names.yml", &format!("pot: {title}\n"));
    let plain = Desk::new();
    let allowed = |path: &str| text(&plain.review(&["--all"]), path);
    let files = desk.review(&["--all"]);
    for page in ["content/start.html", "data/variables/names.yml.html", "index.html"] {
        let html = text(&files, page);
        let live = |html: &str| dom::page(html.as_bytes()).live();
        assert_eq!(live(&html), live(&allowed(page)), "{page}");
    }
}

#[test]
fn the_manual_can_be_reviewed() {
    let folder = folder::tempdir().unwrap();
    let out = folder.path().join("review");
    let site = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments = ["translations", "review", "zh", "guides/preview.md", "--all", "--out"];
    let output = program(site).args(arguments).arg(&out).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = files(&out);
    let html = text(&files, "content/guides/preview.html");
    assert!(html.matches("data-status=\"translated\"").count() > 20);
    assert!(files.keys().any(|path| path.starts_with("pictures/")), "{:?}", files.keys());
}
