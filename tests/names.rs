//! Names: whatever a file is called and whatever an address says, nothing outside the site is read, nothing outside the
//! output is written, and no two sources write one file.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/program.rs"]
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;

use program::{Files, files, program, put, run};
use serde_json::Value;
use variorum::name;

const CONFIGURATION: &str = "\
title: Manual
languages:
  en: { name: English }
  cn: { name: Chinese, tag: zh-Hans, dir: translations/zh-CN }
versions:
  - plan: product
    releases: ['2.0', '1.0']
default_version: product@2.0
";
const SECRET: &str = "the canary sings";

#[test]
fn names_by_chance_read_and_write_nothing_outside() {
    let folder = folder::tempdir().expect("a temporary folder");
    let names = names(folder.path(), 5_000);
    put(folder.path(), &outside());
    put(&folder.path().join("site"), &site_of(&names));
    let before = files(folder.path());
    let ran = run(&folder.path().join("site"), &["build", "--quiet", "--date", "2020-11-01"]);
    assert!((0..=1).contains(&ran.code), "{}", ran.printed);
    let out = folder.path().join("site/public");
    let written = files(&out);
    check_output(&written);
    fs::remove_dir_all(&out).expect("the output is there");
    assert_eq!(files(folder.path()), before, "files outside the output have changed");
    say(&format!("{} names, {} files, none of them outside", names.len(), written.len()));
}

#[test]
#[ignore = "needs strace"]
fn names_by_chance_open_nothing_outside() {
    let folder = folder::tempdir().expect("a temporary folder");
    let names = names(folder.path(), 5_000);
    put(folder.path(), &outside());
    put(&folder.path().join("site"), &site_of(&names));
    let trace = folder.path().join("trace");
    let traced = std::process::Command::new("strace")
        .args(["-f", "-e", "trace=file", "-o"])
        .arg(&trace)
        .arg(program(folder.path()).get_program())
        .args(["build", "--quiet", "--site"])
        .arg(folder.path().join("site"))
        .output();
    if traced.is_err() {
        return say("skipped: there is no strace");
    }
    let trace = fs::read_to_string(trace).expect("a trace");
    // Names of files inside the site have the word too.
    let site = folder.path().join("site").display().to_string();
    let canary = |line: &&str| {
        let path = line.split('"').nth(1).unwrap_or_default();
        let inside = path.starts_with(&site) && !path.split('/').any(|step| step == "..");
        path.contains("canary") && !inside && !line.contains("ENOENT")
    };
    let opened: Vec<&str> = trace.lines().filter(canary).take(10).collect();
    assert!(opened.is_empty(), "{opened:#?}");
}

#[cfg(unix)]
#[test]
fn links_that_leave_the_site_bring_nothing_in() {
    use std::os::unix::fs::symlink;
    let places = [
        "content/a.md",
        "content/folder",
        "data/a.yml",
        "data/folder",
        "data/reusables",
        "assets/a.txt",
        "assets/folder",
        "templates/includes/a.html",
        "templates/page.html",
        "templates/icons/a.svg",
        "translations/zh-CN/content",
        "translations/zh-CN/data/a.yml",
    ];
    for place in places {
        let folder = folder::tempdir().expect("a temporary folder");
        put(folder.path(), &outside());
        let root = folder.path().join("site");
        put(&root, &base());
        let link = root.join(place);
        fs::create_dir_all(link.parent().expect("a folder")).expect("a new folder");
        let target = if link.extension().is_some() { "canary.md" } else { "canary" };
        for target in [folder.path().join(target), Path::new("../../../..").join(target)] {
            let _ = fs::remove_file(&link);
            symlink(&target, &link).expect("a new link");
            let ran = run(&root, &["build", "--quiet"]);
            let named = ran.printed.contains("symlink-outside") && ran.printed.contains(place);
            assert!(named, "{place}: {}", ran.printed);
            check_output(&files(&root.join("public")));
        }
    }
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_to_what_is_hidden_are_refused() {
    use std::os::unix::fs::symlink;
    let folder = folder::tempdir().expect("a temporary folder");
    put(folder.path(), &base());
    let secret = BTreeMap::from([(".git/config".to_owned(), SECRET.as_bytes().to_vec())]);
    put(folder.path(), &secret);
    fs::create_dir_all(folder.path().join("assets")).expect("a new folder");
    for (target, link) in [
        ("b.md", "content/a.md"),
        ("a.md", "content/b.md"),
        ("../.git/config", "assets/config"),
        ("..", "assets/up"),
    ] {
        symlink(target, folder.path().join(link)).expect("a new link");
    }
    let ran = run(folder.path(), &["build", "--quiet"]);
    for link in ["content/a.md", "content/b.md", "assets/config", "assets/up"] {
        assert!(ran.printed.contains(link), "{link}: {}", ran.printed);
    }
    check_output(&files(&folder.path().join("public")));
}

#[test]
fn two_hundred_collisions_are_found_before_anything_is_written() {
    let folder = folder::tempdir().expect("a temporary folder");
    let (mut site, mut wanted) = (base(), Vec::new());
    for number in 0..200 {
        collision(number, &mut site, &mut wanted);
    }
    put(folder.path(), &site);
    let ran = run(folder.path(), &["build", "--quiet", "--strict"]);
    assert_eq!(ran.code, 1, "{}", ran.printed);
    assert!(!folder.path().join("public").exists(), "a site with errors was to be refused");
    let ran = run(folder.path(), &["build", "--quiet"]);
    assert_eq!(ran.code, 1, "{}", ran.printed);
    let written = files(&folder.path().join("public"));
    check_output(&written);
    let report: Value = serde_json::from_slice(&written["report.json"]).expect("it is JSON");
    let messages: Vec<&str> = report["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|finding| finding["message"].as_str())
        .collect();
    let missed: Vec<_> = wanted
        .iter()
        .filter(|sources| {
            !messages.iter().any(|message| sources.iter().all(|source| message.contains(source)))
        })
        .collect();
    assert!(missed.is_empty(), "{missed:#?}\n{} of {} missed", missed.len(), wanted.len());
    say(&format!("{} collisions, all found", wanted.len()));
}

#[test]
fn old_addresses_lead_to_pages_at_once() {
    const GRAPHS: usize = 1_000;
    let mut site = base();
    let configuration = format!("{CONFIGURATION}redirects: {{ pages: false }}\n");
    site.insert("variorum.yml".to_owned(), configuration.into_bytes());
    let mut random = Random(7);
    for graph in 0..GRAPHS {
        for page in 0..3 {
            let entries: Vec<String> = (0..1 + random.below(3))
                .map(|_| match random.below(3) {
                    0 => format!("/g{graph}/p{}", random.below(3)),
                    1 => format!("/en/product@2.0/g{graph}/p{}", random.below(3)),
                    _ => format!("/old/g{graph}/{}", random.below(4)),
                })
                .collect();
            site.insert(format!("content/g{graph}/p{page}.md"), moved(&entries));
        }
    }
    let written = build(&site);
    let redirects = redirects(&written);
    assert!(redirects.len() > GRAPHS);
    for (from, to) in &redirects {
        assert!(!redirects.contains_key(to), "{from} leads to {to}, which leads on");
        let page = &written[&format!("{}/index.html", to.trim_matches('/'))];
        assert!(!String::from_utf8_lossy(page).contains("http-equiv=\"refresh\""), "{from} {to}");
    }
}

#[test]
fn old_addresses_lead_to_no_other_host() {
    let forms = foreign();
    assert!(forms.len() >= 300, "{} forms", forms.len());
    let mut site = base();
    for (number, form) in forms.iter().enumerate() {
        site.insert(format!("content/p{number}.md"), moved(std::slice::from_ref(form)));
        let own = moved(std::slice::from_ref(form));
        site.insert(format!("translations/zh-CN/content/p{number}.md"), own);
    }
    let written = build(&site);
    check_output(&written);
    for (from, to) in &redirects(&written) {
        let is_local = |address: &str| {
            address.starts_with('/')
                && !address.starts_with("//")
                && !address.contains(['\\', ':'])
                && !address.contains(char::is_control)
        };
        assert!(is_local(from) && is_local(to), "{from:?} {to:?}");
        assert!(to.starts_with("/en/") || to.starts_with("/cn/"), "{from:?} {to:?}");
    }
}

/// The output holds no secret, and names that every system can hold and tells apart.
fn check_output(written: &Files) {
    let mut seen = BTreeSet::new();
    for (path, bytes) in written {
        assert_eq!(name::check(path), Ok(()), "{path:?}");
        assert!(seen.insert(name::folded(path)), "{path:?} is another file on some systems");
        let secret = SECRET.as_bytes();
        let leaks = bytes.windows(secret.len()).any(|part| part == secret);
        assert!(!leaks, "{path:?} has what lies outside");
    }
    for path in &seen {
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        assert!(above.into_iter().all(|folder| !seen.contains(folder)), "{path:?}");
    }
}

fn base() -> Files {
    let home = "---\ntitle: Home\nversions: '*'\n---\n";
    let files = [("variorum.yml", CONFIGURATION), ("content/index.md", home)];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

/// What must not be read.
fn outside() -> Files {
    let page = format!("---\ntitle: {SECRET}\nversions: '*'\n---\n{SECRET}\n");
    let names = [
        "canary.md",
        "canary.yml",
        "canary.html",
        "canary/canary.md",
        "canary/index.md",
        "canary/a.yml",
    ];
    names.into_iter().map(|name| (name.to_owned(), page.clone().into_bytes())).collect()
}

/// A page with old addresses.
fn moved(entries: &[String]) -> Vec<u8> {
    let entries = serde_json::to_string(entries).expect("texts");
    format!("---\ntitle: A\nversions: '*'\nredirect_from: {entries}\n---\nText.\n").into_bytes()
}

/// The names in all places where a name can stand; where the system takes them, as names of files too.
fn site_of(names: &[String]) -> Files {
    let mut site = base();
    for (number, some) in names.chunks(50).enumerate() {
        let json = serde_json::to_string(some).expect("texts");
        let tags: String = some
            .iter()
            .map(|name| {
                let plain = name.replace(['\0', '\n'], "");
                format!("{{% include {plain} %}} {{% data {plain} %}} [a]({plain}) ![b](</assets/{plain}>)\n\n{{% link {plain} %}}\n\n")
            })
            .collect();
        let text = format!(
            "---\ntitle: A\nversions: '*'\nredirect_from: {json}\nchildren: {json}\nincludeGuides: {json}\n---\n{tags}"
        );
        site.insert(format!("content/n{number}.md"), text.clone().into_bytes());
        site.insert(format!("translations/zh-CN/content/n{number}.md"), text.into_bytes());
    }
    for name in names.iter().filter(|name| can_be_file(name)) {
        for place in ["content/f/", "data/f/", "assets/f/", "templates/includes/f/"] {
            let ending = if place.starts_with("data") { "yml" } else { "md" };
            let path = format!("{place}{name}.{ending}");
            if is_free(&site, &path) {
                site.insert(path, moved(&[]));
            }
        }
    }
    site
}

/// Whether the test can make a file of this name without leaving the folder itself.
fn can_be_file(name: &str) -> bool {
    let parts = name.split('/');
    let steps = parts.clone().any(|part| matches!(part, "" | "." | ".."));
    !steps && !name.contains('\0') && parts.clone().all(|part| part.len() < 200) && name.len() < 800
}

/// Whether no file needs the path as a folder, nor the path a file as one.
fn is_free(site: &Files, path: &str) -> bool {
    let below = format!("{path}/");
    let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
    let is_folder =
        site.range(below.clone()..).next().is_some_and(|(other, _)| other.starts_with(&below));
    !is_folder && above.all(|folder| !site.contains_key(folder))
}

/// Names put together from what is dangerous, always the same.
fn names(outside: &Path, count: usize) -> Vec<String> {
    let absolute = outside.join("canary.md").to_string_lossy().into_owned();
    let long = "l".repeat(130);
    let parts = [
        "..",
        ".",
        "/",
        "\\",
        "%2e%2e",
        "%2E",
        "%2f",
        "%5c",
        "%00",
        "\0",
        "canary",
        "canary.md",
        "canary.html",
        "a",
        "A",
        "é",
        "e\u{301}",
        "con",
        "NUL",
        "aux.md",
        "com1",
        "lpt9.txt",
        "c:",
        "C:\\",
        "\\\\host\\share",
        "//host/",
        "file:",
        "?",
        "*",
        "|",
        "<",
        ">",
        "\"",
        " ",
        ". ",
        ".",
        "~",
        "$HOME",
        "\u{202e}",
        "\u{200b}",
        "\t",
        "\n",
        "...",
        "..;",
        "%252e",
        "\u{ff0e}\u{ff0e}",
        "\u{2215}",
        ".git",
        "ſ",
        "K",
        "ß",
        "SS",
        &absolute,
        &long,
    ];
    let mut random = Random(1);
    let mut names = BTreeSet::new();
    while names.len() < count {
        let name: String = (0..1 + random.below(6))
            .map(|_| {
                let part = parts[random.below(parts.len())];
                if random.below(2) == 0 { format!("{part}/") } else { part.to_owned() }
            })
            .collect();
        names.insert(if random.below(3) == 0 { format!("/{name}") } else { name });
    }
    names.into_iter().collect()
}

/// Adds sources that collide; what a finding must name.
fn collision(number: usize, site: &mut Files, wanted: &mut Vec<Vec<String>>) {
    let page = || moved(&[]);
    let mut put = |path: String, bytes: Vec<u8>| drop(site.insert(path, bytes));
    let n = number;
    let sources = match number % 8 {
        0 => {
            put(format!("content/a{n}.md"), page());
            put(format!("content/A{n}.md"), page());
            [format!("content/a{n}.md"), format!("content/A{n}.md")]
        }
        1 => {
            put(format!("content/b{n}\u{e9}.md"), page());
            put(format!("content/b{n}e\u{301}.md"), page());
            [format!("content/b{n}\u{e9}.md"), format!("content/b{n}e\u{301}.md")]
        }
        2 => {
            put(format!("content/c{n}.md"), page());
            put(format!("content/c{n}/index.md"), page());
            [format!("content/c{n}.md"), format!("content/c{n}/index.md")]
        }
        3 => {
            put(format!("content/d{n}.md"), page());
            put(format!("content/e{n}.md"), moved(&[format!("/d{n}")]));
            [format!("content/d{n}.md"), format!("/d{n}`")]
        }
        4 => {
            put(format!("content/f{n}.md"), moved(&[format!("/old{n}")]));
            put(format!("content/g{n}.md"), moved(&[format!("/OLD{n}")]));
            [format!("content/f{n}.md"), format!("content/g{n}.md")]
        }
        5 => {
            put(format!("content/h{n}.md"), moved(&[format!("/assets/x{n}")]));
            put(format!("assets/x{n}/index.html"), b"x".to_vec());
            [format!("content/h{n}.md"), format!("assets/x{n}/index.html")]
        }
        6 => {
            put(format!("content/i{n}.md"), page());
            put(format!("content/i{n}/index.html/j.md"), page());
            [format!("content/i{n}.md"), format!("content/i{n}/index.html/j.md")]
        }
        _ => {
            put(format!("assets/k{n}.txt"), b"k".to_vec());
            put(format!("content/k{n}.md"), moved(&[format!("/assets/K{n}.TXT/a")]));
            [format!("content/k{n}.md"), format!("assets/k{n}.txt")]
        }
    };
    wanted.push(sources.to_vec());
}

/// Old addresses that try to lead to another host.
fn foreign() -> Vec<String> {
    let starts = [
        "//",
        "///",
        "////",
        "/\\",
        "\\\\",
        "\\/",
        "/\t/",
        "/\n/",
        "/\r\n/",
        "/\u{b}/",
        "\t//",
        " //",
        "https:",
        "https:/",
        "https://",
        "HTTPS://",
        "http:\\\\",
        "javascript:",
        "data:",
        "/.//",
        "/..//",
        "/%2f",
        "/%2F%2f",
        "/%5c",
        "/%09/",
        "/%0d%0a/",
        "/\u{2215}/",
        "/\u{ff0f}/",
        "/;//",
        "/?//",
        "/#//",
        "/@",
        "//@",
        "/\u{200b}/",
    ];
    let hosts = [
        "evil.example",
        "evil.example/",
        "evil.example/%2e%2e",
        "evil.example:80",
        "user@evil.example",
        "[::1]",
        "127.0.0.1",
        "evil.example\\a",
        "evil.example?a",
        "evil.example#a",
    ];
    starts.iter().flat_map(|start| hosts.iter().map(move |host| format!("{start}{host}"))).collect()
}

fn redirects(written: &Files) -> BTreeMap<String, String> {
    serde_json::from_slice(&written["redirects.json"]).expect("a map of addresses")
}

/// Builds the site; what was written.
fn build(site: &Files) -> Files {
    let folder = folder::tempdir().expect("a temporary folder");
    put(folder.path(), site);
    let ran = run(folder.path(), &["build", "--quiet", "--date", "2020-11-01"]);
    assert!((0..=1).contains(&ran.code), "{}", ran.printed);
    files(&folder.path().join("public"))
}

fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("standard output is open");
}

/// Numbers that look like chance and are always the same.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}
