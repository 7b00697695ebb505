//! What holds for every text: no panic, places inside the text, limits in time, and one truth for all versions.

use std::cell::Cell;

use proptest::prelude::*;

use super::host::{Counted, World};
use super::{expand, root, syntax};
use crate::diagnostic::codes::{DATA_CYCLE, LIQUID_LIMIT};
use crate::liquid::filter::names;
use crate::liquid::{Limits, Live, Source, collate, evaluate, parse};
use crate::variant::VersionSet;

/// Pieces of templates that open, close, decide and read, in good order or not.
const FRAGMENTS: [&str; 47] = [
    "{% if onlyFirst %}",
    "{{ onlyFirst }}",
    "{% ifversion onlyFirst %}",
    "{% if fpt %}",
    "{% if currentVersion ver_gt '2.20' %}",
    "{% ifversion ghes > 2.20 or fpt %}",
    "{% if page.title == 'Title' and currentVersion contains 'server' %}",
    "{% elsif ghae %}",
    "{% else %}",
    "{% endif %}",
    "{% unless feature %}",
    "{% endunless %}",
    "{% case currentVersion %}",
    "{% when 'github-ae@latest' %}",
    "{% endcase %}",
    "{% for x in list %}",
    "{% break %}",
    "{% continue %}",
    "{% endfor %}",
    "{{ x }}",
    "{{ currentVersion }}",
    "{{ currentVersion | version_num }}",
    "{% assign v = currentVersion %}",
    "{% if v == 'enterprise-server@2.21' %}",
    "{{ v }}",
    "{% capture c %}",
    "{% endcapture %}",
    "{{ c | size }}",
    "{% data versioned %}",
    "{% data nested %}",
    "{% data a.one %}",
    "{% data release %}",
    "{{ site.data.release }}",
    "{% link {{ page.title }} %}",
    "{% note %}",
    "{% endnote %}",
    "{% raw %}",
    "{% endraw %}",
    "{% comment %}",
    "{% endcomment %}",
    "<!--",
    "-->",
    "{{",
    "%}",
    "\n",
    "中",
    " -",
];

/// Templates in good order: conditions inside conditions, loops and captures.
fn orderly() -> impl Strategy<Value = String> {
    const TESTS: [&str; 10] = [
        "fpt",
        "ghae or currentVersion ver_lt '2.22'",
        "currentVersion contains 'server' and feature",
        "onlyFirst",
        "v",
        "v contains '2.2'",
        "c contains 'S'",
        "site.data.release == '2.21'",
        "allVersions[currentVersion]",
        "not feature or page.no",
    ];
    const LEAVES: [&str; 9] = [
        "a",
        "{{ currentVersion }}",
        "{{ v }}",
        "{{ c }}",
        "{% assign v = currentVersion | version_num %}",
        "{% assign v = page.title %}",
        "{% data versioned %}",
        "{{ site.data.release }}",
        "{% break %}",
    ];
    let test = || proptest::sample::select(&TESTS[..]);
    let leaf = proptest::sample::select(&LEAVES[..]).prop_map(str::to_owned);
    leaf.prop_recursive(4, 40, 4, move |inner| {
        let body = || proptest::collection::vec(inner.clone(), 0..4).prop_map(|parts| parts.concat());
        prop_oneof![
            (test(), body(), body()).prop_map(|(t, a, b)| format!("{{% if {t} %}}{a}{{% else %}}{b}{{% endif %}}")),
            (test(), test(), body(), body())
                .prop_map(|(t, u, a, b)| format!("{{% unless {t} %}}{a}{{% elsif {u} %}}{b}{{% endunless %}}")),
            body().prop_map(|a| format!("{{% for x in list %}}{a}{{% endfor %}}")),
            body().prop_map(|a| format!("{{% capture c %}}{a}{{% endcapture %}}")),
            body().prop_map(|a| {
                format!("{{% case v %}}{{% when '2.21', currentVersion %}}{a}{{% else %}}e{{% endcase %}}")
            }),
            body(),
        ]
    })
}

fn template() -> impl Strategy<Value = String> {
    prop_oneof![orderly(), disorderly()]
}

fn disorderly() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => proptest::sample::select(&FRAGMENTS[..]).prop_map(str::to_owned),
        1 => "[a-z{}%<> .|'-]{0,8}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn orderly_templates_parse_clean(text in orderly()) {
        prop_assert!(parse(root(), &text, &syntax()).diagnostics.is_empty());
    }

    /// What stands for several versions is what each of them gets by itself.
    #[test]
    fn collation_gives_each_version_its_own_text(text in template()) {
        let world = World::new();
        let parsed = parse(root(), &text, &syntax()).value;
        let source = Source { id: root(), text: &text, template: &parsed };
        let all = collate(source, &world, world.versions(), &Limits::default()).value;
        let mut covered = VersionSet::EMPTY;
        for (versions, expansion) in &all {
            prop_assert!(covered.and(*versions).is_empty());
            covered = covered.or(*versions);
            for version in versions.iter() {
                let mut live = Live::new(VersionSet::only(version)).expect("one version");
                let alone = evaluate(source, &world, &mut live, &Limits::default()).value;
                prop_assert_eq!(&alone.text, &expansion.text);
            }
        }
        prop_assert_eq!(covered, world.versions());
    }

    /// Findings and segments lie inside the texts they name, and every printed byte has an origin.
    #[test]
    fn places_lie_inside_their_texts(text in template()) {
        let world = World::new();
        let (expansions, findings) = expand(&world, &text);
        let inside = |span: crate::source::Span| {
            world.text(span.text, &text).get(span.range()).is_some()
        };
        for finding in &findings {
            prop_assert!(inside(finding.span), "{}", finding.message);
            prop_assert!(finding.trace.iter().all(|span| inside(*span)));
        }
        for (_, expansion) in &expansions {
            prop_assert!(expansion.segments.iter().all(|segment| inside(segment.source)));
            prop_assert!(expansion.segments.is_sorted_by_key(|segment| segment.start));
            for (at, c) in expansion.text.char_indices() {
                let (span, trace) = expansion.origin(at..at + c.len_utf8()).expect("an origin");
                prop_assert!(inside(span) && trace.iter().all(|span| inside(*span)));
            }
        }
    }

    /// Where nothing is literal on purpose, no opening of a tag is printed.
    #[test]
    fn no_tag_is_printed_raw(text in template()) {
        if !text.contains("raw") {
            let (expansions, _) = expand(&World::new(), &text);
            prop_assert!(expansions.iter().all(|(_, one)| !one.text.contains("{% ")), "{}", text);
        }
    }

    #[test]
    fn any_text_is_accepted(text in "\\PC{0,60}") {
        expand(&World::new(), &text);
        expand(&World::new(), &format!("{{{{ {text} }}}}{{% if {text} %}}{{% for {text} %}}"));
    }
}

#[test]
fn a_version_that_differs_in_nothing_costs_no_evaluation() {
    for (text, evaluations) in [
        ("{% octicon \"gear\" %}{{ page.title }}{% if currentVersion %}{% endif %}", 1),
        ("{% octicon \"gear\" %}{% if currentVersion ver_gt '2.20' %}a{% endif %}", 2),
        ("{% octicon \"gear\" %}{% if fpt or ghae or ghes %}a{% endif %}", 1),
        ("{% octicon \"gear\" %}{{ currentVersion }}", 5),
    ] {
        let world = Counted { world: World::new(), calls: Cell::new(0) };
        let parsed = parse(root(), text, &syntax()).value;
        let source = Source { id: root(), text, template: &parsed };
        collate(source, &world, world.world.versions(), &Limits::default());
        assert_eq!(world.calls.get(), evaluations, "{text}");
    }
}

/// Refused with one finding of a limit, soon.
#[track_caller]
fn check_refused(world: &World, text: &str, message: &str) {
    let (_, findings) = expand(world, text);
    let found: Vec<_> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(found, [message], "{}", &text[..text.len().min(80)]);
    assert_eq!(findings[0].code.name, LIQUID_LIMIT.name);
}

const STEPS: &str = "evaluation takes more than 100000 steps (`limits.steps`)";
const OUTPUT: &str = "the text expands to more than 8388608 bytes (`limits.page_bytes`)";

#[test]
fn what_runs_too_long_is_refused() {
    check_refused(&World::new(), "{% for i in (1..100000000) %}{% endfor %}", STEPS);
    check_refused(
        &World::new(),
        "{% for i in (-9223372036854775808..9223372036854775807) reversed %}{% endfor %}",
        STEPS,
    );
    let doubling =
        "{% assign a = 'aaaaaaaa' %}".to_owned() + &"{% assign a = a | append: a %}".repeat(40);
    check_refused(&World::new(), &doubling, OUTPUT);
    let lists = "{% assign a = list %}".to_owned() + &"{% assign a = a | concat: a %}".repeat(60);
    check_refused(&World::new(), &lists, OUTPUT);
    let product = "`replace` makes a value larger than a page may be (`limits.page_bytes`)";
    let text = format!("{{% assign a = '{0}' %}}{{{{ a | replace: 'a', a }}}}", "a".repeat(10_000));
    check_refused(&World::new(), &text, product);
}

#[test]
fn references_that_double_are_refused() {
    let mut world = World::new();
    for level in 0..25 {
        world.add(
            &format!("d{}", level + 1),
            &format!("{{% data d{level} %}}{{% data d{level} %}}"),
        );
    }
    world.add("d0", "x");
    check_refused(&world, "{% data d25 %}", STEPS);
    world.add("d0", &"long ".repeat(400));
    check_refused(&world, "{% data d25 %}", OUTPUT);
}

#[test]
fn references_that_nest_too_deep_are_refused() {
    let mut world = World::new();
    for level in 1..40 {
        world.add(&format!("c{level}"), &format!("{{% data c{} %}}", level - 1));
    }
    let message = "`c7`: references nest deeper than 32 (`limits.data_depth`)";
    check_refused(&world, "{% data c39 %}", message);
}

#[test]
fn a_long_cycle_is_found() {
    let mut world = World::new();
    for level in 0..10 {
        world.add(&format!("r{level}"), &format!("{{% data r{} %}}", (level + 1) % 10));
    }
    let (_, findings) = expand(&world, "{% data r0 %}");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].code.name, DATA_CYCLE.name);
    assert_eq!(findings[0].trace.len(), 10);
}

/// Runs `work` on a stack of 512 KiB.
fn on_a_small_stack(work: impl FnOnce() + Send) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(512 << 10);
        thread.spawn_scoped(scope, work).expect("a thread").join().expect("no panic");
    });
}

#[test]
fn a_million_blocks_inside_one_another_are_one_finding() {
    on_a_small_stack(|| {
        let deep = "blocks nest deeper than 100 (`limits.liquid_nesting`)";
        check_refused(&World::new(), &"{% if a %}".repeat(1_000_000), deep);
        check_refused(&World::new(), &"{% if true %}".repeat(1_000_000), deep);
        let closed = "{% if true %}".repeat(1000) + &"{% endif %}".repeat(1000);
        check_refused(&World::new(), &closed, deep);
    });
}

#[test]
fn the_deepest_legal_nesting_fits_a_small_stack() {
    on_a_small_stack(|| {
        let mut world = World::new();
        let blocks = |inner: &str| "{% if true %}".repeat(3) + inner + &"{% endif %}".repeat(3);
        world.add("n0", "end");
        for level in 1..32 {
            world.add(&format!("n{level}"), &blocks(&format!("{{% data n{} %}}", level - 1)));
        }
        let (expansions, findings) = expand(&world, "{% data n31 %}");
        assert_eq!((expansions[0].1.text.as_str(), findings.len()), ("end", 0));
    });
}

#[test]
fn long_conditions_and_indexes_are_read_without_recursion() {
    on_a_small_stack(|| {
        let mut text = "{% if a".to_owned();
        (0..100_000).for_each(|_| text.push_str(" or a"));
        text.push_str(" %}{% endif %}");
        assert!(expand(&World::new(), &text).1.is_empty());
        let indexes = format!("{{{{ {} }}}}", "a[".repeat(100_000));
        assert_eq!(expand(&World::new(), &indexes).1.len(), 1);
    });
}

#[test]
fn no_filter_panics_on_extreme_values() {
    let inputs =
        ["'a<b>c d'", "-9223372036854775808", "list", "page", "'2020-11-12 10:00:00'", "nil"];
    let arguments = [
        "",
        ": 'a'",
        ": 2",
        ": 'a', 'b'",
        ": -9223372036854775808",
        ": 0",
        ": 9223372036854775807, 9223372036854775807",
        ": 1.5",
        ": list",
        ": '%999999999Y'",
    ];
    for filter in names() {
        for input in inputs {
            let outputs = arguments.map(|given| format!("{{{{ {input} | {filter}{given} }}}}"));
            expand(&World::new(), &outputs.concat());
        }
    }
}
