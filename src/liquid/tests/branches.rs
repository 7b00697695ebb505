//! Which versions come to which branch.

use super::{root, syntax};
use crate::liquid::{Source, VersionFacts, parse};
use crate::variant::{VersionId, VersionSet};
use liquid_core::model::Value;

/// Versions `a`, `b` and `c`, of which `early` names the first two.
struct Three;

impl VersionFacts for Three {
    fn all(&self) -> VersionSet {
        VersionSet::first(3)
    }

    fn named(&self, name: &str) -> Option<VersionSet> {
        (name == "early").then(|| VersionSet::first(2))
    }

    fn compared(&self, plan: &str, _: &str, _: &str) -> Option<VersionSet> {
        (plan == "early").then(|| VersionSet::first(1))
    }

    fn value(&self, name: &str, version: VersionId) -> Option<Value> {
        let id = ["a", "b", "c"][version.index()];
        (name == "currentVersion").then(|| Value::scalar(id.to_owned()))
    }

    fn default_plan(&self) -> &str {
        ""
    }
}

/// For each branch: its tag, the versions that come, and those of them in which it holds.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let template = parse(root(), text, &syntax()).value;
    let name = |set: VersionSet| -> String {
        set.iter().map(|version| ["a", "b", "c"][version.index()]).collect()
    };
    let found: Vec<String> = Source { id: root(), text, template: &template }
        .branches(&Three, Three.all())
        .iter()
        .map(|b| format!("{} {} {}", &text[b.span.range()], name(b.come), name(b.hold)))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn each_branch_takes_its_versions_from_those_behind_it() {
    check(
        "{% ifversion early = 1 %}{% elsif early %}{% else %}{% endif %}",
        &["{% ifversion early = 1 %} abc a", "{% elsif early %} bc b", "{% else %} c c"],
    );
    check("{% unless early %}{% endunless %}", &["{% unless early %} abc c"]);
    check(
        "{% if currentVersion == 'b' or currentVersion == 'x' %}{% endif %}",
        &["{% if currentVersion == 'b' or currentVersion == 'x' %} abc b"],
    );
}

#[test]
fn a_block_inside_a_branch_has_the_versions_of_the_branch() {
    check(
        "{% if early %}{% note %}{% if not early %}{% if early %}{% endif %}{% endif %}{% endnote %}{% endif %}",
        &["{% if early %} abc ab", "{% if not early %} ab "],
    );
}

#[test]
fn what_something_else_decides_on_is_left_alone() {
    check("{% if page.hidden %}{% endif %}", &[]);
    check("{% if early and page.hidden %}{% else %}{% endif %}", &[]);
    check("{% if other %}{% elsif early %}{% endif %}", &["{% elsif early %} abc ab"]);
    check("{% ifversion other > 1 %}{% endif %}", &[]);
}
