//! When pages were last changed, read from repositories that the tests make. Skipped where there is no `git`.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use program::{Ran, run};

const CONFIGURATION: &str = "\
title: T
base_url: https://example.com
languages: { en: {}, zh: {} }
versions: [{ plan: p }]
last_changed: git
";

/// A repository in a folder of its own. Its commits are a day apart.
struct Repository {
    folder: tempfile::TempDir,
    day: u32,
}

impl Repository {
    /// An empty one; nothing where there is no `git`.
    fn new() -> Option<Self> {
        let new = Self { folder: folder::tempdir().expect("a temporary folder"), day: 0 };
        let works = Command::new("git").arg("--version").stdout(Stdio::null()).status();
        if !works.is_ok_and(|status| status.success()) {
            say("skipped: there is no `git`");
            return None;
        }
        new.git(&["init", "--quiet", "--initial-branch=main"]);
        Some(new)
    }

    fn path(&self) -> PathBuf {
        self.folder.path().canonicalize().expect("it was made")
    }

    fn git(&self, arguments: &[&str]) {
        let date = format!("2020-01-{:02}T12:00:00Z", self.day.max(1));
        let output = Command::new("git")
            .args(["-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"])
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_DATE"), date.clone())))
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "N")))
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "n@example.com")))
            .output()
            .expect("git was there");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {told}");
    }

    fn write(&self, path: &str, text: &str) {
        write(&self.path(), path, text);
    }

    /// Writes a page and commits all.
    fn commit(&mut self, path: &str, text: &str) {
        self.write(path, &page(text));
        self.commit_all();
    }

    fn commit_all(&mut self) {
        self.day += 1;
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "m"]);
    }

    /// Merges a branch; on conflict the file is what this branch has.
    fn merge(&mut self, branch: &str) {
        self.day += 1;
        self.git(&["merge", "--quiet", "--no-ff", "-X", "ours", "--message", "m", branch]);
    }
}

fn page(text: &str) -> String {
    format!("---\ntitle: '{text}'\nversions: '*'\n---\n{text}\n")
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("it can be made");
    std::fs::write(path, text).expect("it can be written");
}

/// A site with a home page, committed on the first day.
fn site() -> Option<Repository> {
    let mut repository = Repository::new()?;
    repository.write("variorum.yml", CONFIGURATION);
    repository.write(".gitignore", "public\n");
    repository.commit("content/index.md", "Home");
    Some(repository)
}

/// The days on the pages of a site, by path.
fn days(site: &Path) -> (Ran, BTreeMap<String, String>) {
    let ran = run(site, &["build", "--quiet", "--date", "2020-06-01"]);
    let files = program::files(&site.join("public"));
    let day = |text: &str| {
        let (_, behind) = text.split_once("<time datetime=\"")?;
        Some(behind.split('"').next()?.to_owned())
    };
    let pages = files.iter().filter_map(|(path, bytes)| {
        let page = path.strip_suffix("/index.html")?.replace("/p@latest", "");
        Some((page, day(&String::from_utf8_lossy(bytes))?))
    });
    (ran, pages.collect())
}

#[track_caller]
fn check(repository: &Repository, page: &str, expected: Option<&str>) {
    let (ran, days) = days(&repository.path());
    assert_eq!((ran.code, &*ran.printed), (0, ""));
    assert_eq!(days.get(page).map(String::as_str), expected, "{days:?}");
}

#[test]
fn a_page_has_the_day_of_the_commit_that_made_it_what_it_is() {
    let Some(mut site) = site() else { return };
    site.commit("content/a.md", "one");
    site.commit("content/a.md", "two");
    site.commit("content/b.md", "one");
    check(&site, "en/a", Some("2020-01-03"));
    check(&site, "en/b", Some("2020-01-04"));
    check(&site, "en", Some("2020-01-01"));
}

#[test]
fn a_page_in_fallback_has_the_day_of_the_file_that_is_shown() {
    let Some(mut site) = site() else { return };
    site.commit("content/a.md", "one");
    site.commit("translations/zh/content/index.md", "首页");
    check(&site, "zh", Some("2020-01-03"));
    check(&site, "zh/a", Some("2020-01-02"));
}

#[test]
fn a_file_that_is_not_committed_has_no_day() {
    let Some(site) = site() else { return };
    site.write("content/a.md", &page("one"));
    check(&site, "en/a", None);
    check(&site, "en", Some("2020-01-01"));
}

#[test]
fn a_repository_without_commits_has_no_days() {
    let Some(repository) = Repository::new() else { return };
    repository.write("variorum.yml", CONFIGURATION);
    repository.write("content/index.md", &page("Home"));
    check(&repository, "en", None);
}

#[test]
fn a_merge_changes_nothing_that_a_parent_has() {
    let Some(mut site) = site() else { return };
    site.commit("content/a.md", "one");
    site.git(&["checkout", "--quiet", "-b", "side"]);
    site.commit("content/a.md", "two");
    site.git(&["checkout", "--quiet", "main"]);
    site.commit("content/b.md", "one");
    site.merge("side");
    check(&site, "en/a", Some("2020-01-03"));
    check(&site, "en/b", Some("2020-01-04"));
}

#[test]
fn what_a_merge_threw_away_counts_for_nothing() {
    let Some(mut site) = site() else { return };
    site.commit("content/a.md", "one");
    site.git(&["checkout", "--quiet", "-b", "side"]);
    site.commit("content/a.md", "thrown away");
    site.git(&["checkout", "--quiet", "main"]);
    site.day = 1;
    site.commit("content/a.md", "kept");
    site.day = 5;
    site.merge("side");
    check(&site, "en/a", Some("2020-01-02"));
}

#[test]
fn a_merge_that_is_like_no_parent_changes_the_page() {
    let Some(mut site) = site() else { return };
    site.commit("content/a.md", "one");
    site.git(&["checkout", "--quiet", "-b", "side"]);
    site.commit("content/a.md", "two");
    site.git(&["checkout", "--quiet", "main"]);
    site.commit("content/b.md", "one");
    site.git(&["merge", "--quiet", "--no-ff", "--no-commit", "side"]);
    site.commit("content/a.md", "three");
    check(&site, "en/a", Some("2020-01-05"));
    check(&site, "en/b", Some("2020-01-04"));
}

#[test]
fn a_page_that_comes_back_has_the_day_of_its_return() {
    let Some(mut site) = site() else { return };
    site.commit("content/a.md", "one");
    std::fs::remove_file(site.path().join("content/a.md")).expect("it is there");
    site.commit_all();
    site.commit("content/a.md", "one");
    check(&site, "en/a", Some("2020-01-04"));
}

#[test]
fn clocks_that_go_wrong_hide_no_commit() {
    let Some(mut site) = site() else { return };
    site.commit("content/a.md", "one");
    site.day = 20;
    site.commit("content/b.md", "one");
    site.day = 2;
    site.commit("content/a.md", "two");
    check(&site, "en/a", Some("2020-01-03"));
    check(&site, "en/b", Some("2020-01-21"));
}

#[test]
fn a_site_can_lie_in_a_folder_of_its_repository() {
    let Some(mut repository) = Repository::new() else { return };
    repository.write("docs/site/variorum.yml", CONFIGURATION);
    repository.write("content/index.md", &page("another"));
    repository.commit("docs/site/content/index.md", "Home");
    repository.commit("content/index.md", "changed");
    repository.commit("docs/site/content/a.md", "one");
    let (ran, days) = days(&repository.path().join("docs/site"));
    assert_eq!((ran.code, &*ran.printed), (0, ""));
    assert_eq!(days["en"], "2020-01-01");
    assert_eq!(days["en/a"], "2020-01-03");
}

#[test]
fn packed_objects_and_worktrees_are_read() {
    let Some(mut site) = site() else { return };
    site.commit("content/a.md", "one");
    site.git(&["gc", "--quiet"]);
    site.git(&["worktree", "add", "--quiet", "--detach", "other"]);
    let (ran, days) = days(&site.path().join("other"));
    assert_eq!((ran.code, &*ran.printed), (0, ""));
    assert_eq!(days["en/a"], "2020-01-02");
}

#[test]
fn dates_are_in_sitemaps_records_and_feeds() {
    let Some(mut site) = site() else { return };
    site.commit("content/a.md", "one & <two>");
    site.commit("translations/zh/content/a.md", "甲");
    site.write("content/b.md", &page("not committed"));
    let _ = days(&site.path());
    let files = program::files(&site.path().join("public"));
    let text = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    assert!(text("en/sitemap.xml").contains("en/p@latest/a</loc><lastmod>2020-01-02</lastmod>"));
    assert!(text("en/sitemap.xml").contains("en/p@latest/b</loc></url>"));
    assert!(text("zh/sitemap.xml").contains("zh/p@latest/a</loc><lastmod>2020-01-03</lastmod>"));
    assert!(text("en/p@latest/a/page.json").contains("\"last_changed\": \"2020-01-02\""));
    assert!(text("en/p@latest/b/page.json").contains("\"last_changed\": null"));
    let link = "type=\"application/atom+xml\" title=\"T\" href=\"/en/p@latest/feed.xml\"";
    assert!(text("en/p@latest/b/index.html").contains(link));
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">
<title>T: p</title>
<id>https://example.com/en/p@latest/feed.xml</id>
<link rel=\"self\" href=\"https://example.com/en/p@latest/feed.xml\"/>
<link href=\"https://example.com/en/p@latest\"/>
<author><name>T</name></author>
<updated>2020-01-02T12:00:00Z</updated>
<entry>
<title>one &amp; &lt;two&gt;</title>
<id>https://example.com/en/p@latest/a</id>
<link href=\"https://example.com/en/p@latest/a\"/>
<updated>2020-01-02T12:00:00Z</updated>
</entry>
<entry>
<title>Home</title>
<id>https://example.com/en/p@latest</id>
<link href=\"https://example.com/en/p@latest\"/>
<updated>2020-01-01T12:00:00Z</updated>
</entry>
</feed>
";
    assert_eq!(text("en/p@latest/feed.xml"), expected);
    // Only what is written in the language is news in it.
    assert_eq!(text("zh/p@latest/feed.xml").matches("<entry>").count(), 1);
}

#[test]
fn a_shallow_clone_is_no_history() {
    let Some(mut site) = site() else { return };
    site.commit("content/a.md", "one");
    let clones = folder::tempdir().expect("a temporary folder");
    let (from, to) = (format!("file://{}", site.path().display()), clones.path().join("clone"));
    let to = to.to_str().expect("its name is plain");
    site.git(&["clone", "--quiet", "--depth=1", &from, to]);
    let (ran, days) = days(Path::new(to));
    assert!(ran.printed.contains("warning[no-history]"), "{}", ran.printed);
    assert!(ran.printed.contains("fetch --unshallow"), "{}", ran.printed);
    assert_eq!((ran.code, days.len()), (0, 0));
}

#[test]
fn a_folder_without_repository_has_no_history() {
    let folder = folder::tempdir().expect("a temporary folder");
    let folder = folder.path().canonicalize().expect("it was made");
    write(&folder, "variorum.yml", CONFIGURATION);
    write(&folder, "content/index.md", &page("Home"));
    let (ran, days) = days(&folder);
    assert!(ran.printed.contains("no-history"), "{}", ran.printed);
    assert_eq!(days.len(), 0);
}

#[test]
fn a_repository_that_is_not_asked_changes_no_byte() {
    let Some(site) = site() else { return };
    let plain = CONFIGURATION.replace("last_changed: git\n", "");
    site.write("variorum.yml", &plain);
    let inside =
        (run(&site.path(), &["build", "--quiet"]), program::files(&site.path().join("public")));
    std::fs::remove_dir_all(site.path().join(".git")).expect("it is there");
    std::fs::remove_dir_all(site.path().join("public")).expect("it is there");
    let outside =
        (run(&site.path(), &["build", "--quiet"]), program::files(&site.path().join("public")));
    assert!(inside == outside);
}

#[test]
#[ignore = "makes a repository of 10,000 commits"]
fn ten_thousand_commits_are_read_in_one_pass() {
    let Some(repository) = Repository::new() else { return };
    let folder = repository.path();
    let mut stream = String::new();
    for commit in 0..10_000_u32 {
        let date = 1_577_880_000 + commit * 60;
        stream += &format!(
            "commit refs/heads/main\ncommitter N <n@example.com> {date} +0000\ndata 1\nm\n"
        );
        let page_of = |number: u32| format!("content/d{}/p{number}.md", number % 40);
        let mut file = |path: &str, text: &str| {
            stream += &format!("M 100644 inline {path}\ndata {}\n{text}\n", text.len());
        };
        if commit == 0 {
            file("variorum.yml", CONFIGURATION);
            file("content/index.md", &page("Home"));
            (0..2_000).for_each(|number| file(&page_of(number), &page("first")));
        }
        // Every seventh page is changed last in the first third, so that all of the history has to be looked at.
        let number = (commit * 7_919) % 2_000;
        if number % 7 != 0 || commit < 3_000 {
            file(&page_of(number), &page(&format!("commit {commit}")));
        }
    }
    let mut import = Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .spawn()
        .expect("git was there");
    import.stdin.take().expect("it is piped").write_all(stream.as_bytes()).expect("git reads");
    assert!(import.wait().expect("it ends").success());
    repository.git(&["reset", "--quiet", "--hard", "main"]);
    let timed = || {
        let started = std::time::Instant::now();
        let (ran, days) = days(&folder);
        assert_eq!((ran.code, &*ran.printed), (0, ""));
        (started.elapsed(), days)
    };
    let (with, days) = timed();
    assert!(days.len() > 4_000, "{} pages have a day", days.len());
    repository.write("variorum.yml", &CONFIGURATION.replace("last_changed: git\n", ""));
    std::fs::remove_dir_all(folder.join("public")).expect("it was built");
    let (without, _) = timed();
    say(&format!("10,000 commits, 2,000 files: {with:?} with the history, {without:?} without"));
}

fn say(words: &str) {
    writeln!(std::io::stdout(), "{words}").expect("standard output is open");
}
