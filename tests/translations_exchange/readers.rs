//! What others say of the files: the schema of XLIFF, and gettext. Where they are missing, that is said.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::desk::Desk;

/// Where Debian's `php-symfony-translation` has the schema of OASIS, whose core XLIFF 2.1 shares.
const SCHEMAS: &str = "/usr/share/php/Symfony/Component/Translation/Resources/schemas";

/// Whether a program is there. Where it has to be and is not, the test fails.
pub(crate) fn is_there(name: &str, package: &str) -> bool {
    let there = Command::new(name).arg("--version").output().is_ok();
    needed(there, package);
    there
}

fn needed(there: bool, package: &str) {
    let is_required = std::env::var_os("VARIORUM_CONSUMERS").is_some();
    assert!(there || !is_required, "install the package {package}");
    if !there {
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "skipped: the package {package} is not installed");
    }
}

/// Holds a file against the schema of XLIFF; nothing where it is valid.
pub(crate) fn against_schema(file: &Path) -> Option<String> {
    let schema = Path::new(SCHEMAS).join("xliff-core-2.0.xsd");
    needed(schema.exists(), "php-symfony-translation");
    if !schema.exists() || !is_there("xmllint", "libxml2-utils") {
        return None;
    }
    // The schema names a file beside it that the package has elsewhere.
    let folder = crate::folder::tempdir().unwrap();
    let text = fs::read_to_string(&schema).unwrap();
    let text = text.replace("informativeCopiesOf3rdPartySchemas/w3c/xml.xsd", "xml.xsd");
    fs::write(folder.path().join("xliff.xsd"), text).unwrap();
    fs::copy(Path::new(SCHEMAS).join("xml.xsd"), folder.path().join("xml.xsd")).unwrap();
    let mut xmllint = Command::new("xmllint");
    xmllint.args(["--nonet", "--noout", "--schema"]).arg(folder.path().join("xliff.xsd")).arg(file);
    let output = xmllint.output().unwrap();
    (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Has gettext check a catalogue; nothing where all is well.
pub(crate) fn against_gettext(file: &Path) -> Option<String> {
    if !is_there("msgfmt", "gettext") {
        return None;
    }
    let output = Command::new("msgfmt").args(["--check", "-o", "/dev/null"]).arg(file).output();
    let output = output.unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    (!output.status.success() || !told.is_empty()).then_some(told)
}

#[test]
fn others_read_what_is_written() {
    let desk = Desk::new();
    // Letters that XML and gettext do not hold as they are.
    desk.edit("content/guides/new.md", "Begin.", "Begin\u{1} \\ \"&amp;\" ]]> {{ '<\u{2}' }}.");
    desk.export("xliff", &["--all"]);
    assert_eq!(against_schema(&desk.beside("out.xliff")), None);
    desk.export("po", &["--all"]);
    assert_eq!(against_gettext(&desk.beside("out.po")), None);
    for format in crate::translator::FORMATS {
        let before = desk.files();
        let file = desk.export(format, &["--all"]);
        let (code, told) = desk.import(format, &file, &[]);
        assert_eq!((code, desk.files()), (0, before), "{told}");
    }
}

#[test]
fn letters_that_xml_does_not_have_come_back() {
    let desk = Desk::new();
    desk.edit("content/guides/new.md", "Begin.", "Begin \u{1} now.");
    let file = desk.export("xliff", &["guides/new"]);
    assert!(file.contains("<cp hex=\"0001\"/>"), "{file}");
    let (code, told) = desk.import("xliff", crate::translator::translated("xliff", &file), &[]);
    assert_eq!(code, 0, "{told}");
    let page = desk.read("translations/zh/content/guides/new.md");
    assert!(page.contains("nigeB \u{1} won."), "{page}");
}
