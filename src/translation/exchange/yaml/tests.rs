//! Texts that are put into YAML and JSON.

use super::*;

/// Sets texts, each by its way with slashes.
#[track_caller]
fn check(own: &str, source: &str, changes: &[(&str, &str)], expected: Option<&str>) {
    let changes = read(changes);
    let source = Tree::read(source, 0..source.len(), Notation::Yaml).expect("it parses");
    let tree = Tree::read(own, 0..own.len(), Notation::Yaml).expect("it parses");
    let after = tree.set(&changes, &source).map(|splices| spliced(own, &splices));
    assert_eq!(after.as_deref(), expected);
}

fn read(changes: &[(&str, &str)]) -> Vec<Change> {
    let step = |step: &str| step.parse().map_or_else(|_| Step::Key(step.into()), Step::Item);
    let change = |(path, value): &(&str, &str)| Change {
        path: path.split('/').map(step).collect(),
        value: (*value).to_owned(),
    };
    changes.iter().map(change).collect()
}

#[test]
fn a_text_takes_the_place_of_another() {
    check("a: x # y\nb: z\n", "a: 1\n", &[("a", "甲")], Some("a: 甲 # y\nb: z\n"));
    check("a: {b: 'x'}\n", "", &[("a/b", "it's")], Some("a: {b: 'it''s'}\n"));
    check(
        "a:\n- b: |\n    x\n  c: y\n",
        "",
        &[("a/0/b", "z\nz\n")],
        Some("a:\n- b: |\n    z\n    z\n  c: y\n"),
    );
    check(
        "a: >-\n  x\nb: >-\n  y\n",
        "",
        &[("a", "z"), ("b", "{% z %}")],
        Some("a: |-\n  z\nb: |-\n  {% z %}\n"),
    );
    check(
        "---\n-\n  a: 'x'\n  b: >-\n    y\n-\n  a: y\n",
        "",
        &[("0/b", "z")],
        Some("---\n-\n  a: 'x'\n  b: |-\n    z\n-\n  a: y\n"),
    );
    check("a: >\n  x\n  x\nb: y\n", "", &[("a", "z\n")], Some("a: |\n  z\nb: y\n"));
}

#[test]
fn a_text_without_a_place_is_put_behind_the_others() {
    check("a: x\n", "a: 1\nb: \"2\"\n", &[("b", "乙")], Some("a: x\nb: \"乙\"\n"));
    check(
        "a:\n  b: x\nd: y\n",
        "a:\n  b: 1\n  c: 2\n",
        &[("a/c", "丙")],
        Some("a:\n  b: x\n  c: 丙\nd: y\n"),
    );
    check("a: x", "b:\n  c:\n    d: 1\n", &[("b/c/d", "丁")], Some("a: x\nb:\n  c:\n    d: 丁\n"));
    check("a: x\n", "b: 1\nc: 2\n", &[("b", "乙"), ("c", "丙")], Some("a: x\nb: 乙\nc: 丙\n"));
}

#[test]
fn what_would_change_others_is_left_alone() {
    check("a: &x y\nb: *x\n", "", &[("a", "z")], None);
    check("a: &x y\nb: *x\n", "", &[("b", "z")], Some("a: &x y\nb: z\n"));
    check("a: {b: x}\n", "a:\n  b: 1\n  c: 2\n", &[("a/c", "z")], None);
    check("a: [x]\n", "a: [1, 2]\n", &[("a/1", "z")], None);
}

#[test]
fn a_new_file_has_what_is_translated() {
    let source = "a: 1\nb:\n  - c: x\n    d: y\n  - z\ne: |\n  f\n";
    let tree = Tree::read(source, 0..source.len(), Notation::Yaml).expect("it parses");
    let changes = read(&[("b/1", "乙"), ("e", "甲\n")]);
    assert_eq!(tree.fresh(&changes).as_deref(), Some("b:\n  - ~\n  - 乙\ne: |\n  甲\n"));
    let json = "{\"a\": \"x\", \"b\": \"y\"}\n";
    let tree = Tree::read(json, 0..json.len(), Notation::Json).expect("it parses");
    let fresh = tree.fresh(&read(&[("a", "甲\"")]));
    assert_eq!(fresh.as_deref(), Some("{\"a\": \"甲\\\"\", \"b\": \"y\"}\n"));
}
