//! Which conditions stand around a place.

use super::{root, syntax};
use crate::liquid::{Source, parse};

/// The conditions around the first `X` of a text, outermost first.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let template = parse(root(), text, &syntax()).value;
    let at = text.find('X').expect("the text has an X");
    let found: Vec<String> = Source { id: root(), text, template: &template }
        .surroundings(at)
        .iter()
        .map(|found| format!("{} at {}", found.words(text), &text[found.tag.range()]))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_text_stands_in_the_branch_that_let_it_in() {
    check("{% if a %}X{% elsif b %}{% endif %}", &["if a at {% if a %}"]);
    check("{% if a %}x{% elsif b %}X{% endif %}", &["elsif b at {% elsif b %}"]);
    check("{% ifversion early %}{{ X }}{% endif %}", &["ifversion early at {% ifversion early %}"]);
    check("{% unless a %}X{% endunless %}", &["unless a at {% unless a %}"]);
}

#[test]
fn what_is_behind_else_is_what_no_condition_let_in() {
    check("{% if a %}{% else %}X{% endif %}", &["not if a at {% else %}"]);
    check(
        "{%- if a -%}x{% elsif b %}y{%- else -%} X{% endif %}",
        &["not if a, not elsif b at {%- else -%}"],
    );
}

#[test]
fn a_value_needs_what_it_is_compared_with() {
    check(
        "{% case a %}{% when 'b' %}X{% else %}{% endcase %}",
        &["case a, when 'b' at {% when 'b' %}"],
    );
    check(
        "{% case a %}{% when 'b' %}{% else %}X{% endcase %}",
        &["case a, not when 'b' at {% else %}"],
    );
}

#[test]
fn the_outermost_condition_comes_first() {
    check(
        "{% if a %}{% note %}{% for x in y %}{% if b %}X{% endif %}{% endfor %}{% endnote %}{% endif %}",
        &["if a at {% if a %}", "if b at {% if b %}"],
    );
}

#[test]
fn outside_of_all_there_is_no_condition() {
    check("X{% if a %}b{% endif %}", &[]);
    check("{% if a %}b{% endif %}X", &[]);
    check("{% if a %}b{% endif %}\n{% note %}X{% endnote %}", &[]);
}

#[test]
fn the_tag_itself_is_not_in_its_block() {
    check("{% if X %}a{% endif %}", &[]);
    check("{% if a %}{% if X %}b{% endif %}{% endif %}", &["if a at {% if a %}"]);
}
