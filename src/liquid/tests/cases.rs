//! What each tag, condition and error does.

use super::host::World;
use super::{check, check_finding, expand, root, syntax};
use crate::liquid::{Source, parse};
use crate::source::{Span, TextId};

#[test]
fn text_is_printed_as_it_is() {
    check("a { b } % c < d > 中文 `x`", "a { b } % c < d > 中文 `x`");
    check("", "");
    check("a }} b %} c", "a }} b %} c");
}

#[test]
fn comments_are_dropped_before_anything_else() {
    check("a\n<!-- x -->\nb", "a\nb");
    check("a <!-- {% if %} {{ -->b", "a b");
    check("a\n<!-- x -->\n<!-- y -->\nb", "a\nb");
    check("a <!-- b", "a <!-- b");
    check("{% raw %}<!-- x -->{% endraw %}", "<!-- x -->");
}

#[test]
fn raw_and_comment_end_at_their_own_tag() {
    check("{% raw %}{{ x }}{% if %}{% endraw %}y", "{{ x }}{% if %}y");
    check("a{% comment %}{% nonsense %}{{{% endcomment %}b", "ab");
    check("a {%- raw %} x {% endraw -%} b", "a x b");
}

#[test]
fn hyphens_drop_white_space() {
    check("a \n {%- if true -%} \n b \n {%- endif -%} \n c", "abc");
    check("a {{- 'b' -}} c", "abc");
    check("a <!-- x --> {{- 'b' }}", "ab");
    check("a {{ 'b' }} c", "a b c");
}

#[test]
fn outputs_print_values() {
    check("{{ page.title }}", "Title");
    check("{{page.title}}|{{ 'x' }}|{{ 1.5 }}|{{ true }}|{{ nil }}", "Title|x|1.5|true|");
    check("{{ list }}{{ list[1] }}{{ list.size }}{{ list.last }}{{ list[-1] }}", "abcb3cc");
    check("{{ page['title'] }}{{ allVersions['free-pro-team@latest'].title }}", "TitleFPT");
    check("{{ site.data.nested }}{{ site.data.list[0] }}{{ site.data.list.size }}", "<Hello>a3");
}

#[test]
fn filters_are_those_of_the_standard_library_and_three_more() {
    check("{{ page.title | upcase | append: '!' }}", "TITLE!");
    check("{{ x | default: 'd' }}", "d");
    check("{{ list | join: ', ' }}", "a, b, c");
    check("{{ 'enterprise-server@2.22' | version_num }}", "2.22");
    check("{{ 'One, Two' | slugify }}", "one-two");
    check("{{ page | obj_size }}", "3");
    check("{{ site.data.nested | upcase }}", "<HELLO>");
    check("{{ '2020-11-12' | date: '%B %d, %Y' }}", "November 12, 2020");
}

#[test]
fn outputs_that_cannot_be_printed_are_findings() {
    check_finding("a{{ x.y }}b", "ab", "undefined-value 1..10 `x.y` is not defined");
    check_finding(
        "${{ !github.event }}",
        "$",
        "liquid-syntax 1..20 `!github.event` does not parse: unexpected `!github.event` \
         (wrap literal braces in `{% raw %}` and `{% endraw %}`)",
    );
    check_finding(
        "{{ always() }}",
        "",
        "liquid-syntax 0..14 `always()` does not parse: unexpected `()` \
         (wrap literal braces in `{% raw %}` and `{% endraw %}`)",
    );
    check_finding(
        "{{ page.title | upcas }}",
        "",
        "unknown-filter 0..24 there is no filter `upcas` (did you mean `upcase`?)",
    );
    check_finding(
        "{{ 'now' | date: '%Y' }}",
        "",
        "bad-value 0..24 `date` of the current time differs from build to build (write the date itself)",
    );
    check_finding(
        "{{ page }}",
        "",
        "data-not-text 0..10 `page` is or has a map, which cannot be printed",
    );
    check_finding(
        "{{ 1 | divided_by: 0 }}",
        "",
        "unknown-filter 0..23 `divided_by` cannot be applied: can't divide by zero",
    );
}

#[test]
fn unclosed_braces_are_never_printed() {
    let hint = "(close it with `%}`, or wrap it in `{% raw %}` and `{% endraw %}`)";
    check_finding(
        "a {% b\nc",
        "a \nc",
        &format!("liquid-syntax 2..6 `{{%` is not closed by `%}}` {hint}"),
    );
    check_finding(
        "{% a {% data hello %}",
        "Hello",
        &format!("liquid-syntax 0..5 `{{%` is not closed by `%}}` {hint}"),
    );
    check("{% data\n hello %}", "Hello");
    check_finding("{% %}", "", "liquid-syntax 0..5 a tag without a name");
}

#[test]
fn conditions_are_those_of_liquid() {
    for (condition, holds) in [
        ("true", true),
        ("false", false),
        ("nil", false),
        ("x", false),
        ("page.empty", true),
        ("page.no", false),
        ("0", true),
        ("page.title=='Title'", true),
        ("page.title != 'Title'", false),
        ("page.title <> 'Title'", false),
        ("1 < 2", true),
        ("2 <= 1", false),
        ("2 > 1.5", true),
        ("2 >= 2.0", true),
        ("'a' < 'b'", true),
        ("1 == '1'", false),
        ("x == nil", true),
        ("page.empty == empty", true),
        ("page.empty == blank", true),
        ("list contains 'b'", true),
        ("list contains 'z'", false),
        ("page.title contains 'itl'", true),
        ("page contains 'title'", true),
        ("x contains 'a'", false),
        ("false and false or true", false),
        ("true or true and false", true),
        ("false or true and true", true),
        ("not x", true),
        ("'enterprise-server@2.9' ver_lt 'enterprise-server@2.19'", true),
        ("'enterprise-server@2.22' ver_gt '2.21'", true),
        ("'free-pro-team@latest' ver_gt '2.21'", false),
        ("'github-ae@1' ver_gt 'enterprise-server@0.1'", false),
        ("page.title == 'Title' % ", true),
        ("\tpage.title\u{3000}== 'Title'", true),
        ("site.data.hello == 'Hello'", true),
        ("site.data.nothing", false),
    ] {
        let text = format!("{{% if {condition} %}}yes{{% else %}}no{{% endif %}}");
        check(&text, if holds { "yes" } else { "no" });
        let text = format!("{{% unless {condition} %}}no{{% else %}}yes{{% endunless %}}");
        check(&text, if holds { "yes" } else { "no" });
    }
}

#[test]
fn a_condition_that_does_not_parse_never_holds() {
    for (condition, fault) in [
        ("", "`if` does not parse: a condition is missing"),
        ("x foo bar", "`if x foo bar` does not parse: unexpected `foo`"),
        ("x == ", "`if x ==` does not parse: a value is missing at the end"),
        ("x == 'a", "`if x == 'a` does not parse: a quotation mark is not closed"),
        ("x or if y", "`if x or if y` does not parse: unexpected `y`"),
        ("x ＝ y", "`if x ＝ y` does not parse: unexpected `＝`"),
    ] {
        let opening = format!("{{% if {condition} %}}");
        let finding = format!("liquid-syntax 0..{} {fault}", opening.len());
        check_finding(&format!("{opening}yes{{% else %}}no{{% endif %}}"), "no", &finding);
    }
}

#[test]
fn the_first_branch_that_holds_is_taken() {
    check("{% if x %}1{% elsif true %}2{% elsif true %}3{% else %}4{% endif %}", "2");
    check("{% case 2 %}z{% when 1 %}a{% when 3, 2 %}b{% else %}c{% endcase %}", "b");
    check("{% case page.title %}{% when 'x' or 'Title' %}b{% else %}c{% endcase %}", "b");
    check("{% case x %}{% when 1 %}a{% else %}c{% endcase %}", "c");
}

#[test]
fn versions_that_answer_alike_share_an_expansion() {
    check("{% if currentVersion %}a{% endif %}", "a");
    check("{% if fpt %}f{% else %}o{% endif %}", "0: f\n1,2,3,4: o");
    check("{% if currentVersion ver_gt '2.20' %}n{% endif %}", "0,3,4: \n1,2: n");
    check("{% if onlyFirst %}a{% endif %}", "0: a\n1,2,3,4: ");
    check("{{ onlyFirst | default: 'b' }}", "0: true\n1,2,3,4: b");
    check("{% data versioned %}", "0,4: C\n1,2,3: S");
    check("{% data release %}", "0,4: latest\n1: 2.22\n2: 2.21\n3: 2.20");
    check(
        "{% assign v = currentVersion | version_num %}{{ v }}{% if v == '2.20' %}!{% endif %}",
        "0: latest\n1: 2.22\n2: 2.21\n3: 2.20!\n4: latest",
    );
    check(
        "{% link /a/{{ page.title }} %}",
        "0,4: (/a/Title latest)\n1: (/a/Title 2.22)\n2: (/a/Title 2.21)\n3: (/a/Title 2.20)",
    );
    check(
        "{% case currentVersion %}{% when 'github-ae@latest' %}ae{% else %}-{% endcase %}",
        "0,1,2,3: -\n4: ae",
    );
    check(
        "{{ allVersions[currentVersion].title | default: 'other' }}",
        "0: FPT\n1: GHES 2.22\n2,3,4: other",
    );
}

#[test]
fn ifversion_asks_for_plans_releases_and_features() {
    for (condition, expected) in [
        ("fpt", "0: y\n1,2,3,4: n"),
        ("not fpt", "0: n\n1,2,3,4: y"),
        ("ghes > 2.20", "0,3,4: n\n1,2: y"),
        ("ghes>2.20", "0,3,4: n\n1,2: y"),
        ("ghes = 2.21 or ghae", "0,1,3: n\n2,4: y"),
        ("fpt or ghes >= 2.21 or not ghes", "0,1,2,4: y\n3: n"),
        ("ghes <= 2.20", "0,1,2,4: n\n3: y"),
        ("ghes != 2.20", "0,3,4: n\n1,2: y"),
        ("not ghes < 2.21", "0,1,2,4: y\n3: n"),
        ("feature", "0,1: y\n2,3,4: n"),
        ("not feature", "0,1: n\n2,3,4: y"),
        ("feature and fpt", "0: y\n1,2,3,4: n"),
    ] {
        check(&format!("{{% ifversion {condition} %}}y{{% else %}}n{{% endif %}}"), expected);
    }
    check("{% ifversion ghae %}a{% elsif fpt %}b{% else %}c{% endif %}", "0: b\n1,2,3: c\n4: a");
    check_finding(
        "{% ifversion nothing %}y{% endif %}",
        "",
        "undefined-value 0..23 `nothing` is no plan and no feature",
    );
}

#[test]
fn loops_go_through_lists_maps_and_ranges() {
    check("{% for x in list %}{{ x }}{{ forloop.index }},{% endfor %}", "a1,b2,c3,");
    check("{% for x in list reversed limit:2 %}{{ x }}{% endfor %}", "ba");
    check("{% for x in list offset: 1 %}{{ x }}{% endfor %}", "bc");
    check("{% for i in (2..4) %}{{ i }}{% endfor %}", "234");
    check("{% for i in (1..list.size) %}{{ i }}{% endfor %}", "123");
    check("{% for x in site.data.list %}{{ x }}{% endfor %}", "abc");
    check("{% for x in nothing %}{{ x }}{% else %}none{% endfor %}", "none");
    check("{% for p in page %}{{ p[0] }}={{ p[1] }};{% endfor %}", "empty=;no=false;title=Title;");
    check("{% for x in list %}{% if x == 'b' %}{% continue %}{% endif %}{{ x }}{% endfor %}", "ac");
    check("{% for x in list %}{% if x == 'b' %}{% break %}{% endif %}{{ x }}{% endfor %}", "a");
    check(
        "{% for x in list %}{{ forloop.first }}{{ forloop.last }}{{ forloop.rindex }}{{ forloop.rindex0 }}{{ forloop.length }} {% endfor %}",
        "truefalse323 falsefalse213 falsetrue103 ",
    );
    check(
        "{% for x in list %}{% for y in list %}{{ y }}{% endfor %}{{ forloop.index }}{{ x }}{% endfor %}",
        "abc1aabc2babc3c",
    );
}

#[test]
fn names_are_given_by_assign_capture_and_counters() {
    check("{% assign a = 'x' | upcase %}{{ a }}", "X");
    check("{% capture c %}<{{ page.title }}>{% endcapture %}{{ c }}{{ c }}", "<Title><Title>");
    check("{% assign b = list %}{% for x in b %}{{ x }}{% endfor %}", "abc");
    check("{% increment i %}{% increment i %}{% decrement i %}", "011");
}

#[test]
fn data_references_are_evaluated_where_they_stand() {
    check("{% data hello %} {% data nested %}", "Hello <Hello>");
    check("{% data 2fa %}{% data number %}", "two7");
    check("  {% indented_data_reference site.data.lines spaces=3 %}", "     one\n   two");
    check("{% indented_data_reference lines %}", "  one\n  two");
    check("{% include card %}", "[Title]");
    check_finding(
        "{% data helo %}",
        "",
        "unknown-data-reference 0..15 `helo` is not defined (did you mean `hello`?)",
    );
    check_finding(
        "{% data list %}",
        "",
        "data-not-text 0..15 `list` is a list, which cannot be printed",
    );
    check_finding("{% data self %}", "", "data-cycle 0..15 `self → self` is a cycle of references");
    check_finding(
        "{% data a.one %}",
        "12",
        "data-cycle 1..17 `a.one → a.two → a.one` is a cycle of references",
    );
    check_finding("{% include none %}", "", "unknown-include 0..18 there is no include `none`");
    check_finding(
        "{% data %}",
        "",
        "liquid-syntax 0..10 `data` does not parse: a data key is missing",
    );
}

#[test]
fn blocks_and_tags_of_the_host_are_printed() {
    check("{% note %}\n\na\n\n{% endnote %}", "<div class=\"note\">\n\na\n\n</div>");
    check("{% note x %}{% data hello %}{% endnote %}", "<div class=\"note x\">Hello</div>");
    check("{% octicon \"gear\" aria-label=\"G\" %}", "<svg>");
    check("{% link_in_list /a/b %}", "(link_in_list /a/b)");
    check_finding("{% octicon x %}", "", "unknown-icon 0..15 there is no icon `x`");
}

#[test]
fn blocks_that_do_not_match_are_findings() {
    check_finding(
        "{% if true %}a",
        "a",
        "unclosed-block 0..13 `if` is not closed by `endif` (add `{% endif %}` behind its content)",
    );
    check_finding(
        "{% ifversion fpt or not fpt %}a",
        "a",
        "unclosed-block 0..30 `ifversion` is not closed by `endif` (add `{% endif %}` behind its content)",
    );
    check_finding("a{% endif %}b", "ab", "stray-tag 1..12 `endif` stands without its block");
    check_finding("a{% else %}b", "ab", "stray-tag 1..11 `else` stands without its block");
    check_finding(
        "{% note %}{% if true %}a{% endnote %}b",
        "<div class=\"note\">a</div>b",
        "unclosed-block 10..23 `if` is not closed by `endif` (add `{% endif %}` behind its content)",
    );
    check_finding(
        "{% raw %}{{ x }}",
        "{{ x }}",
        "unclosed-block 0..9 `raw` is not closed by `endraw` (add `{% endraw %}` behind its content)",
    );
    check_finding(
        "{% dat x %}",
        "",
        "unknown-tag 0..11 there is no tag `dat` (did you mean `data`?)",
    );
}

#[test]
fn a_template_lists_its_tags_without_evaluating() {
    let text = "a{% if false %}{% data a.b %}{% else %}{% link_in_list /x {{ y }} %}{% endif %}";
    let template = parse(root(), text, &syntax()).value;
    let source = Source { id: root(), text, template: &template };
    let listed: Vec<_> = source.tags().map(|tag| (tag.name, tag.arguments)).collect();
    assert_eq!(listed, [("if", "false"), ("data", "a.b"), ("link_in_list", "/x {{ y }}")]);
    let spans: Vec<_> = source.tags().map(|tag| &text[tag.span.range()]).collect();
    assert_eq!(spans[1], "{% data a.b %}");
}

#[test]
fn a_plain_text_expands_to_itself() {
    for (text, plain) in [("", true), ("a {b} <c>", true), ("{{ a }}", false), ("<!-- -->", false)]
    {
        assert_eq!(parse(root(), text, &syntax()).value.is_plain(), plain, "{text}");
    }
}

/// The origin of `part` in the expansion of `text`: what is written there, and the tags that led there.
#[track_caller]
fn check_origin(text: &str, part: &str, written: &str, trace: &[&str]) {
    let world = World::new();
    let (expansions, _) = expand(&world, text);
    let expansion = &expansions[0].1;
    let at = expansion.text.find(part).expect("the part is printed");
    let (span, led) = expansion.origin(at..at + part.len()).expect("an origin");
    let read = |span: Span| &world.text(span.text, text)[span.range()];
    assert_eq!(read(span), written, "{text}");
    assert_eq!(led.into_iter().map(read).collect::<Vec<_>>(), trace, "{text}");
}

#[test]
fn every_part_of_an_expansion_has_its_origin() {
    check_origin("one {{ page.title }} two", "two", "two", &[]);
    check_origin("one {{ page.title }} two", "itl", "{{ page.title }}", &[]);
    check_origin("a {% data nested %}", "ell", "ell", &["{% data nested %}", "{% data hello %}"]);
    check_origin(
        "{% indented_data_reference lines %}",
        "two",
        "two",
        &["{% indented_data_reference lines %}"],
    );
    check_origin("{% note %}x{% endnote %}", "<div", "{% note %}", &[]);
}

#[test]
fn texts_that_were_read_are_listed_once() {
    let text =
        "{% data nested %}{% data hello %}{% if site.data.lines %}{% endif %}{% include card %}";
    let world = World::new();
    let (expansions, _) = expand(&world, text);
    let read = |id: &TextId| world.text(*id, text).to_owned();
    let reads: Vec<_> = expansions[0].1.reads.iter().map(read).collect();
    assert_eq!(reads, ["<{% data hello %}>", "Hello", "one\ntwo", "[{{ page.title }}]"]);
}

#[test]
fn a_finding_in_a_data_text_names_the_way_there() {
    let world = World::new();
    let text = "{% data broken %}{% data broken %}";
    let (_, findings) = expand(&world, text);
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!(world.text(finding.span.text, text), "x{% data nothing.here %}");
    assert_eq!(finding.trace.len(), 1);
}
