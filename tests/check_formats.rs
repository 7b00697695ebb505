//! What `variorum check` tells to people and to programs, and what it takes for known.

#[path = "check_formats/baseline.rs"]
mod baseline;
#[path = "check_formats/consumers.rs"]
mod consumers;
#[path = "support/folder.rs"]
mod folder;
#[path = "check_formats/hostile.rs"]
mod hostile;
#[path = "support/program.rs"]
mod program;
#[path = "check_formats/site.rs"]
mod site;

use std::process::Stdio;

use serde_json::Value;

use site::{Site, Told};

/// Every format.
const FORMATS: [&str; 6] = ["human", "json", "sarif", "github", "junit", "markdown"];

/// What all formats tell of the site with faults.
fn snapshot(format: &str) {
    let Told { code, out, err } = Site::faulty().check(&["--format", format]);
    let out = out.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    insta::assert_snapshot!(format, out);
    assert_eq!((code, &*err), (1, if format == "human" { "" } else { "9 errors, 1 warnings\n" }));
}

#[test]
fn people_see_the_marked_lines() {
    snapshot("human");
}

#[test]
fn programs_read_json() {
    snapshot("json");
}

#[test]
fn services_read_sarif() {
    snapshot("sarif");
}

#[test]
fn runners_of_github_read_commands() {
    snapshot("github");
}

#[test]
fn servers_with_tests_read_junit() {
    snapshot("junit");
}

#[test]
fn a_pull_request_has_a_summary() {
    snapshot("markdown");
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

/// What is wrong with a value by a schema.
pub(crate) fn against(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).expect("the schema is one");
    let told =
        |error: jsonschema::ValidationError<'_>| format!("{}: {error}", error.instance_path());
    validator.iter_errors(value).map(told).collect()
}

fn schema() -> Value {
    json(include_str!("../assets/schemas/findings.schema.json"))
}

#[test]
fn json_is_as_its_schema_says() {
    for site in [Site::faulty(), Site::clean()] {
        let told = site.check(&["--format", "json"]);
        assert_eq!(against(&schema(), &json(&told.out)), Vec::<String>::new());
    }
    let mut other = json(&Site::faulty().check(&["--format", "json"]).out);
    other["findings"][0]["line"] = 0.into();
    other["findings"][1]["more"] = 1.into();
    assert_eq!(against(&schema(), &other).len(), 2);
}

#[test]
fn the_report_of_a_build_has_the_same_findings() {
    let site = Site::faulty();
    let mut program = program::program(site.repository());
    program.args(["build", "--site", "docs", "--out", "out", "--date", "2026-01-01", "--quiet"]);
    program.output().expect("the program can be started");
    let report = json(&site.read("out/report.json"));
    let mut told = json(&site.check(&["--format", "json"]).out);
    let rows = told["findings"].as_array_mut().expect("a list");
    for row in rows.iter_mut() {
        row.as_object_mut().expect("an object").remove("known");
    }
    assert_eq!(report["findings"], told["findings"]);
}

#[test]
fn formats_go_where_they_are_sent() {
    let site = Site::faulty();
    let alone = |format: &str| site.check(&["--format", format]).out;
    let told = site.check(&[
        "--format",
        "json=a.json",
        "--format",
        "markdown",
        "--format",
        "sarif=b.sarif",
        "--output",
        "c.md",
    ]);
    assert_eq!(site.read("a.json"), alone("json"));
    assert_eq!(site.read("b.sarif"), alone("sarif"));
    assert_eq!(site.read("c.md"), alone("markdown"));
    assert_eq!(told.out, alone("human"));
    assert_eq!(told.err, "");
    let told = site.check(&["--format", "github", "--format", "junit=a.xml"]);
    assert_eq!(told.out, alone("github"));
    assert_eq!(site.read("a.xml"), alone("junit"));
    let told = site.check(&["--output", "a.txt"]);
    assert_eq!(told.out, "9 errors, 1 warnings\n");
    assert_eq!(site.read("a.txt") + &told.out, alone("human"));
}

#[track_caller]
fn check_refused(site: &Site, arguments: &[&str], expected: &str) {
    let Told { code, out, err } = site.check(arguments);
    assert!(err.contains(expected), "{err}");
    assert_eq!((code, &*out), (2, ""));
}

#[test]
fn what_cannot_be_done_is_refused_before_anything_is() {
    let site = Site::faulty();
    let refused = |arguments: &[&str], expected| check_refused(&site, arguments, expected);
    refused(&["--format", "xml"], "`xml` is none of human, json, sarif, github, junit, markdown");
    refused(&["--format", "json="], "name a file behind `=`, or leave it out");
    let both = "`json` and `sarif` would go to one place: give one of them a file, as in `--format sarif=FILE`";
    refused(&["--format", "json", "--format", "sarif"], both);
    refused(
        &["--format", "json=a", "--output", "b"],
        "--output: every format has a file of its own",
    );
    refused(
        &["--format", "json=a", "--format", "sarif=a"],
        "`a` is named twice: name another file",
    );
    refused(&["--output", "a", "--baseline", "a", "--write-baseline"], "`a` is named twice");
    refused(&["--output", "no/a"], "cannot write `no/a`: there is no folder `no`: make it first");
    refused(&["--output", "docs"], "cannot write `docs`: it is a folder: name a file");
    refused(
        &["--rule", "brokn-link=off"],
        "there is no rule `brokn-link`: did you mean `broken-link`?",
    );
    refused(&["--rule", "broken-link"], "write it as in `broken-link=off`");
    refused(&["--write-baseline"], "--baseline <FILE>");
    refused(
        &["--fail-on", "new"],
        "--fail-on new: say beside what, with `--baseline FILE` or `--since REV`",
    );
    refused(&["--lang", "fr"], "--lang: `fr` is none of en, zh");
    refused(&["--baseline", "a", "--write-baseline", "--lang", "zh"], "--lang");
    let left: Vec<String> = program::files(site.repository()).into_keys().collect();
    assert!(left.iter().all(|path| path.starts_with("docs/")), "{left:?}");
}

#[test]
fn a_faulty_configuration_is_told_in_every_format() {
    let site = Site::clean();
    site.write("variorum.yml", "title: A\nlanguage: en\n");
    for format in FORMATS {
        let Told { code, out, err } = site.check(&["--format", format, "--format", "json=a.json"]);
        assert!(out.contains("unknown-key"), "{format}: {out}");
        assert_eq!((code, &*err), (2, ""), "{format}");
        let told = json(&site.read("a.json"));
        assert_eq!(told["findings"][0]["file"], "variorum.yml");
        assert_eq!(against(&schema(), &told), Vec::<String>::new());
    }
}

#[test]
fn a_configuration_elsewhere_is_named_from_the_repository() {
    let site = Site::clean();
    std::fs::create_dir(site.repository().join("etc")).expect("a new folder");
    std::fs::write(site.repository().join("etc/v.yml"), "titl: A\n").expect("a new file");
    let told = site.check(&["--config", "etc/v.yml", "--format", "github"]);
    assert!(told.out.contains("file=etc/v.yml,line=1"), "{}", told.out);
}

#[test]
fn rules_are_left_out_raised_and_lowered() {
    let site = Site::faulty();
    let count = |arguments: &[&str]| {
        let told = site.check(&[arguments, &["--format", "json"]].concat());
        let counts = json(&told.out)["counts"].clone();
        (told.code, counts["errors"].as_u64(), counts["warnings"].as_u64())
    };
    assert_eq!(count(&[]), (1, Some(9), Some(1)));
    assert_eq!(count(&["--rule", "broken-link=off"]), (1, Some(4), Some(0)));
    assert_eq!(count(&["--rule", "broken-link=warning"]), (1, Some(4), Some(6)));
    assert_eq!(count(&["--rule", "broken-link=error"]), (1, Some(10), Some(0)));
    assert_eq!(count(&["--rule", "broken-link=off", "--rule", "broken-link=error"]).1, Some(10));
}

#[test]
fn a_part_of_the_site_is_checked() {
    let site = Site::clean();
    site.write(
        "content/lamps.md",
        &site::page("Lamps", "{% if currentVersion == 'product@1.0' %}[x](/gone){% endif %}"),
    );
    let code = |arguments: &[&str]| site.check(arguments).code;
    assert_eq!(code(&[]), 1);
    assert_eq!(code(&["--version", "product@2.0"]), 0);
    assert_eq!(code(&["--version", "product@1.0", "--lang", "en"]), 1);
}

#[test]
fn what_fails_is_what_was_asked_for() {
    let site = Site::clean();
    let code = |arguments: &[&str]| site.check(arguments).code;
    assert_eq!(code(&["--fail-on", "warning"]), 0);
    site.write("translations/zh/content/lamps.md", "---\ntitle: 灯\n---\n\n[这里](/没有)\n");
    assert_eq!(code(&[]), 0);
    assert_eq!(code(&["--fail-on", "error"]), 0);
    assert_eq!(code(&["--fail-on", "warning"]), 1);
    assert_eq!(code(&["--rule", "broken-link=error"]), 1);
}

#[test]
fn a_file_that_cannot_be_written_leaves_the_others_as_they_were() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let site = Site::faulty();
    std::fs::write(site.repository().join("a.json"), "old").expect("a new file");
    let told = site.check(&["--format", "json=a.json", "--format", "sarif=/dev/full"]);
    assert_eq!((told.code, &*told.out), (3, ""));
    assert!(told.err.starts_with("error: cannot write `/dev/full`"), "{}", told.err);
    assert_eq!(site.read("a.json"), "old");
    assert!(!program::files(site.repository()).keys().any(|path| path.contains(".a.json")));
    let told = site.check(&["--format", "json=/dev/stdout"]);
    assert!(told.out.starts_with("{\n"), "{}", told.out);
}

#[test]
fn a_reader_who_leaves_is_no_failure() {
    let site = Site::faulty();
    for format in FORMATS {
        let mut program = site.program(&["--format", format]);
        let started = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = started.expect("the program can be started");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
