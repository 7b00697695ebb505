//! What was there before does not stop anybody.

use super::site::{Site, Told, page};

const BASELINE: [&str; 2] = ["--baseline", "known.json"];

fn with_baseline(site: &Site, more: &[&str]) -> Told {
    site.check(&[&BASELINE, more].concat())
}

/// A site all of whose faults are known.
fn known() -> Site {
    let site = Site::faulty();
    let told = with_baseline(&site, &["--write-baseline"]);
    let expected = "0 errors, 0 warnings, 10 known\nwrote 10 findings into `known.json`\n";
    assert_eq!((told.code, &*told.out, &*told.err), (0, expected, ""));
    site
}

/// Checks with the baseline, and fails on anything new; the last lines of what is said.
#[track_caller]
fn check(site: &Site, code: i32, expected: &str) {
    let told = with_baseline(site, &["--fail-on", "new"]);
    assert!(told.out.ends_with(expected), "{}", told.out);
    assert_eq!(told.code, code, "{}", told.out);
}

#[test]
fn it_has_a_finding_a_line() {
    insta::assert_snapshot!("baseline", known().read("known.json"));
}

#[test]
fn what_is_known_is_counted_and_not_printed() {
    let site = known();
    let told = with_baseline(&site, &["--fail-on", "new"]);
    assert_eq!((told.code, &*told.out), (0, "0 errors, 0 warnings, 10 known\n"));
    let told = with_baseline(&site, &["--format", "github"]);
    assert_eq!((told.code, &*told.out), (0, ""));
    let told = with_baseline(&site, &["--format", "markdown"]);
    assert_eq!(told.out, "### variorum check: 0 errors and 0 warnings; 10 known\n");
}

#[test]
fn programs_are_told_of_what_is_known() {
    let site = known();
    site.write("content/index.md", &page("Home", "[new](/new)"));
    let told = super::json(&with_baseline(&site, &["--format", "json"]).out);
    assert_eq!(super::against(&super::schema(), &told), Vec::<String>::new());
    let rows = told["findings"].as_array().expect("a list");
    let new: Vec<_> = rows.iter().filter(|row| row["known"] == false).collect();
    assert_eq!((rows.len(), new.len(), &new[0]["file"]), (11, 1, &"content/index.md".into()));
    assert_eq!(
        told["counts"],
        super::json(r#"{"errors": 1, "warnings": 0, "known": 10, "gone": 0}"#)
    );
    let log = super::json(&with_baseline(&site, &["--format", "sarif"]).out);
    let results = log["runs"][0]["results"].as_array().expect("a list");
    let states = results.iter().filter(|result| result["baselineState"] == "unchanged");
    assert_eq!((results.len(), states.count()), (11, 10));
    let tests = with_baseline(&site, &["--format", "junit"]).out;
    assert_eq!(
        (tests.matches("<failure ").count(), tests.matches("message=\"known ").count()),
        (1, 10)
    );
}

#[test]
fn lines_that_move_stay_known() {
    let site = known();
    let text = site.read("docs/content/lamps.md");
    site.write(
        "content/lamps.md",
        &text.replace("See ", "A new paragraph.\n\nAnd another.\n\nSee "),
    );
    check(&site, 0, "0 errors, 0 warnings, 10 known\n");
}

#[test]
fn a_second_of_the_same_is_new() {
    let site = known();
    let text = site.read("docs/content/lamps.md");
    site.write("content/lamps.md", &(text + "\nA [third](/gone).\n"));
    let told = with_baseline(&site, &["--fail-on", "new"]);
    let expected =
        "error[broken-link]: `/gone` leads nowhere on this site\n  --> content/lamps.md:10:3\n";
    assert!(told.out.starts_with(expected), "{}", told.out);
    check(&site, 1, "1 errors, 0 warnings, 10 known\n");
}

#[test]
fn what_was_mended_can_be_taken_out() {
    let site = known();
    site.write("data/reusables/inner.md", "Inner.\n");
    let gone = "0 errors, 0 warnings, 8 known\n2 of `known.json` are gone: take them out with `--write-baseline`\n";
    check(&site, 0, gone);
    let told = with_baseline(&site, &["--rule", "unknown-tag=off"]);
    assert!(
        told.out.ends_with("1 of `known.json` are gone: take them out with `--write-baseline`\n")
    );
    // Of a part of the site nobody knows what is gone.
    let told = with_baseline(&site, &["--lang", "zh"]);
    assert!(!told.out.contains("gone:"), "{}", told.out);
    with_baseline(&site, &["--write-baseline"]);
    check(&site, 0, "0 errors, 0 warnings, 8 known\n");
    site.write("data/reusables/inner.md", "Inner: {% bogus %}\n");
    check(&site, 1, "1 errors, 0 warnings, 8 known\n");
}

#[test]
fn new_warnings_fail_where_that_is_asked_for() {
    let site = known();
    let text = site.read("docs/translations/zh/content/lamps.md");
    site.write("translations/zh/content/lamps.md", &(text + "\n[新](/新)\n"));
    assert_eq!(with_baseline(&site, &[]).code, 0);
    assert_eq!(with_baseline(&site, &["--fail-on", "warning"]).code, 1);
    assert_eq!(with_baseline(&site, &["--fail-on", "new"]).code, 1);
}

#[test]
fn what_is_no_baseline_is_told_with_its_place() {
    let site = Site::clean();
    let refused = |text: Option<&str>, more: &[&str], expected: &str| {
        let path = site.repository().join("known.json");
        match text {
            Some(text) => std::fs::write(path, text).expect("it can be written"),
            None => assert!(!path.exists()),
        }
        let told = with_baseline(&site, more);
        assert_eq!((told.code, &*told.out, &*told.err), (2, "", &*format!("error: {expected}\n")));
    };
    refused(None, &[], "there is no file `known.json`: write it with `--write-baseline`");
    let damaged =
        "known.json:3:1: key must be a string: mend it, or write it anew with `--write-baseline`";
    refused(Some("{\n  \"baseline\": 1,\n<<<<<<< HEAD\n"), &[], damaged);
    let later = "known.json:1:2: version 9 of baselines is not one that this program reads: use a newer \
                 program, or write it anew with `--write-baseline`";
    refused(Some("{\"baseline\": 9}"), &[], later);
    let other = "`known.json` is no baseline: name another file";
    refused(Some("---\ntitle: A page\n---\n"), &["--write-baseline"], other);
}

#[test]
fn a_damaged_baseline_can_be_written_anew() {
    let site = Site::clean();
    let path = site.repository().join("known.json");
    std::fs::write(path, "{\n  \"baseline\": 1,\n<<<<<<< HEAD\n").expect("it can be written");
    assert_eq!(with_baseline(&site, &["--write-baseline"]).code, 0);
    assert_eq!(site.read("known.json"), "{\n  \"baseline\": 1,\n  \"findings\": []\n}\n");
}
