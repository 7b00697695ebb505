//! The command, and its findings.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use super::pipeline;
use super::program::{Files, program, put};
use super::{Reply, Server, settings};
use variorum::check;
use variorum::external::{Verdict, ask};

const CONFIGURATION: &str = "\
title: Kettles
languages:
  en: { name: English }
versions:
  - { plan: cloud, name: Cloud }
";

const HOME: &str = "---\ntitle: Home\nversions: '*'\n---\n\n";

/// A folder with a site whose home page has this text.
fn site(text: &str) -> tempfile::TempDir {
    let folder = crate::folder::tempdir().expect("a folder");
    let files =
        [("variorum.yml", CONFIGURATION.to_owned()), ("content/index.md", HOME.to_owned() + text)];
    let files: Files =
        files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
    put(folder.path(), &files);
    folder
}

/// Runs `check --external` on the first of June 2020: the exit code, standard output, standard error.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = program(folder)
        .args(["check", "--external", "--date", "2020-06-01"])
        .args(arguments)
        .output()
        .expect("the program can be started");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

#[test]
fn what_is_not_public_is_told_and_not_asked() {
    let server = Server::start(|_| Reply::status(404));
    let port = server.at.port();
    let site = site(&format!(
        "[a](http://127.0.0.1:{port}/) [b](http://localhost:{port}/) [c](https://docs.example.com/#top)\n"
    ));
    let (code, printed, words) = run(site.path(), &[]);
    assert_eq!((code, &*printed), (0, "0 errors, 0 warnings\n"));
    assert_eq!(
        words,
        "3 addresses of other sites: 0 answer, 0 do not\n3 are not public, and were not asked\n"
    );
    assert_eq!(server.asked(), [""; 0]);
}

#[test]
fn without_the_option_nothing_is_said_of_other_sites() {
    let site = site("[a](http://127.0.0.1:1/)\n");
    let output = program(site.path()).arg("check").output().expect("the program can be started");
    assert_eq!(output.stderr, b"");
    assert_eq!(output.stdout, b"0 errors, 0 warnings\n");
}

#[test]
fn what_was_not_asked_in_time_is_no_finding() {
    let site = site("[a](https://kettle.io/) [b](https://docs.kettle.io/)\n");
    let (code, printed, words) =
        run(site.path(), &["--external-time", "0", "--format", "json", "--fail-on", "warning"]);
    assert_eq!(code, 0);
    assert!(printed.starts_with("{\n  \"findings\": [],\n"), "{printed}");
    assert!(words.starts_with(
        "2 addresses of other sites: 0 answer, 0 do not\n\
         2 were not asked in time: raise `--external-time`\n"
    ));
}

#[test]
fn good_answers_are_kept_and_hold_for_a_week() {
    let site = site("[a](https://kettle.io/a#b) [b](https://kettle.io/b)\n");
    let file = site.path().join("links.json");
    let good = "{\"external_cache\": 1, \"good\": {\"https://kettle.io/b\": \"2020-05-25\", \
                \"https://kettle.io/a\": \"2020-05-26\", \"https://kettle.io/c\": \"2020-06-01\"}}";
    fs::write(&file, good).expect("a file");
    let (_, _, words) =
        run(site.path(), &["--external-time", "0", "--external-cache", "links.json"]);
    assert_eq!(
        words,
        "2 addresses of other sites: 1 answer, 0 do not\n\
         1 were not asked in time: raise `--external-time`\n"
    );
    assert_eq!(
        fs::read_to_string(&file).expect("it is there"),
        "{\n  \"external_cache\": 1,\n  \"good\": {\n    \"https://kettle.io/a\": \"2020-05-26\",\n    \
         \"https://kettle.io/c\": \"2020-06-01\"\n  }\n}\n"
    );
}

#[test]
fn a_cache_that_cannot_be_read_is_told_and_fails_nothing() {
    let site = site("[a](http://localhost/)\n");
    let file = site.path().join("links.json");
    fs::write(&file, "{\"external_cache\": 1, \"go").expect("a file");
    let arguments = ["--external-cache", "links.json"];
    let (code, _, words) = run(site.path(), &arguments);
    assert_eq!(code, 0);
    assert!(
        words.starts_with("`links.json` is damaged, or of another version: it is begun anew\n")
    );
    let begun = fs::read_to_string(&file).expect("it is there");
    assert_eq!(begun, "{\n  \"external_cache\": 1,\n  \"good\": {}\n}\n");
    assert!(!run(site.path(), &arguments).2.contains("links.json"));
}

#[test]
fn a_file_that_is_no_cache_is_left_as_it_is() {
    let site = site("[a](http://localhost/)\n");
    let (code, _, words) = run(site.path(), &["--external-cache", "variorum.yml"]);
    assert_eq!(code, 0);
    let told = "`variorum.yml` is no cache of addresses, and is left as it is: name another file\n";
    assert!(words.starts_with(told), "{words}");
    let kept = fs::read_to_string(site.path().join("variorum.yml")).expect("it is there");
    assert_eq!(kept, CONFIGURATION);
}

#[test]
fn with_a_commit_only_new_addresses_are_asked() {
    let site = site("[a](https://kettle.io/old)\n");
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(site.path()).args(["-c", "user.name=A", "-c", "user.email=a@b"]);
        command.args(arguments).output().is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "--quiet"]) {
        return say("skipped: there is no `git`");
    }
    assert!(git(&["add", "--all"]) && git(&["commit", "--quiet", "--message", "m"]));
    let text = format!("{HOME}[a](https://kettle.io/old) [b](https://kettle.io/new)\n");
    fs::write(site.path().join("content/index.md"), text).expect("a file");
    let (code, _, words) = run(site.path(), &["--external-time", "0", "--since", "HEAD"]);
    assert_eq!(code, 0, "{words}");
    assert!(words.starts_with("1 addresses of other sites"), "{words}");
}

fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

#[test]
fn arguments_that_do_not_go_together_are_refused() {
    let site = site("");
    for (arguments, told) in [
        (&["--external-cache", "a.json", "--format", "json=a.json"][..], "is named twice"),
        (&["--external-cache", "none/a.json"], "there is no folder `none`"),
        (&["--external-time", "soon"], "invalid digit"),
        (&["--diff"], "cannot be used with"),
    ] {
        let (code, _, words) = run(site.path(), arguments);
        assert_eq!(code, 2, "{arguments:?}");
        assert!(words.contains(told), "{arguments:?}: {words}");
    }
    let mut alone = program(site.path());
    let output = alone.args(["check", "--external-cache", "a.json"]).output();
    assert_eq!(output.expect("the program can be started").status.code(), Some(2));
}

#[test]
fn a_dead_address_is_found_at_each_of_its_links() {
    let server = Server::start(|request| match &*request.path {
        "/here" => Reply::status(200),
        _ => Reply::status(404),
    });
    let folder = crate::folder::tempdir().expect("a folder");
    let tea = "---\ntitle: Tea\nversions: '*'\n---\n\n\
               [a](http://kettle.io/here) [b](http://kettle.io/lost#top)\n\n{% data reusables.buy %}\n\n\
               [c](htps://kettle.io/typo) [d](mailto:a@kettle.io) [e](//gone.kettle.io)\n";
    pipeline::write(
        folder.path(),
        [
            ("content/tea.md", tea),
            ("data/reusables/buy.md", "Buy [cups](http://kettle.io/lost).\n"),
        ],
    );
    let outcome = pipeline::build(folder.path());
    let addresses = check::external_addresses(&outcome.facts);
    assert_eq!(
        addresses.iter().collect::<Vec<_>>(),
        ["http://kettle.io/here", "http://kettle.io/lost", "https://gone.kettle.io/"]
    );
    let mut settings = settings(&server);
    settings.places.insert("gone.kettle.io".to_owned(), None);
    let verdicts = ask(&addresses, &settings, &|_| {});
    let dead: BTreeMap<String, String> = verdicts
        .into_iter()
        .filter_map(|(address, verdict)| match verdict {
            Verdict::Dead(why) => Some((address, why.to_string())),
            _ => None,
        })
        .collect();
    let found = check::dead_external_links(&outcome.facts, &dead);
    let found = check::findings(&outcome.site, found);
    let shown: Vec<String> = pipeline::shown(&outcome.site, &found);
    assert_eq!(
        shown,
        [
            "content/tea.md:6:28 dead-external-link: `http://kettle.io/lost#top` does not answer: the site answers 404",
            "content/tea.md:10:52 dead-external-link: `//gone.kettle.io` does not answer: there is no host `gone.kettle.io`",
            "data/reusables/buy.md:1:5 dead-external-link: `http://kettle.io/lost` does not answer: the site answers 404",
        ]
    );
    // Two versions in two languages.
    assert!(found.iter().all(|finding| finding.pages == 4), "{found:?}");
}
