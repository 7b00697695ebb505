//! Markdown in, HTML out: the cases in `tests/markdown/*.md`, and what holds for any text.
//!
//! A case is a heading, a block of `md`, and one of `html` or of `blocks`; a block of `facts` may follow. Slots are shown
//! in braces. Four backticks let a case hold three.

use std::collections::BTreeMap;
use std::fmt::Write;

use proptest::prelude::*;
use variorum::markdown::{
    Body, Highlighter, Options, Paragraph, SlotKind, plain_text, to_body, to_inline,
};

#[test]
fn cases() {
    let mut failures = String::new();
    let mut paths: Vec<_> = std::fs::read_dir("tests/markdown")
        .expect("the folder is part of the repository")
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("cases are UTF-8");
        for case in parse(&text) {
            check(&case, &mut failures);
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// A case: its name, and its blocks by their info strings.
struct Case<'a> {
    name: &'a str,
    blocks: Vec<(&'a str, String)>,
}

impl Case<'_> {
    fn block(&self, info: &str) -> Option<&str> {
        self.blocks.iter().find(|(own, _)| *own == info).map(|(_, text)| text.as_str())
    }
}

fn parse(text: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    let mut fence = "";
    for line in text.lines() {
        let block = cases.last_mut().and_then(|case| case.blocks.last_mut());
        let marks = &line[..line.len() - line.trim_start_matches('`').len()];
        if !fence.is_empty() {
            if line == fence {
                fence = "";
            } else if let Some((_, text)) = block {
                text.push_str(line);
                text.push('\n');
            }
        } else if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case { name, blocks: Vec::new() });
        } else if let (Some(case), true) = (cases.last_mut(), marks.len() >= 3) {
            fence = marks;
            case.blocks.push((&line[marks.len()..], String::new()));
        }
    }
    cases
}

fn check(case: &Case<'_>, failures: &mut String) {
    let name = case.name;
    let (html, blocks) = (case.block("html"), case.block("blocks"));
    let Some(source) = case.block("md").filter(|_| html.or(blocks).is_some()) else {
        let _ = writeln!(failures, "## {name}\nhas no md, or neither html nor blocks\n");
        return;
    };
    let body = to_body(source, Options::default());
    for (shown, expected) in [(with_slots(&body), html), (shown_blocks(&body, source), blocks)] {
        if expected.is_some_and(|expected| shown.trim() != expected.trim()) {
            let _ = writeln!(failures, "## {name}\n{}\n", shown.trim());
        }
    }
    let facts = facts(&body);
    if case.block("facts").is_some_and(|expected| facts.trim() != expected.trim()) {
        let _ = writeln!(failures, "## {name}\n{facts}\n");
    }
}

fn with_slots(body: &Body) -> String {
    let mut html = body.html.clone();
    for slot in body.slots.iter().rev() {
        let filled = match slot.kind {
            SlotKind::Link(number) => format!("{{{}}}", body.links[number as usize].address),
            SlotKind::Image(number) => format!("{{{}}}", body.images[number as usize].address),
            SlotKind::Code(number) => format!("{{{}}}", body.code[number as usize].text),
            SlotKind::LinkTitle(number) => {
                format!("{{title of {}}}", body.links[number as usize].address)
            }
            SlotKind::ImageSize(_) | SlotKind::Block(_) => String::new(),
            SlotKind::Ui(key) => format!("{{{key}}}"),
        };
        html.insert_str(slot.at as usize, &filled);
    }
    html
}

/// Each block in a line: its depth, what it is, and what it was written in.
fn shown_blocks(body: &Body, source: &str) -> String {
    let mut shown = String::new();
    for block in &body.blocks {
        let written = source[block.at.start as usize..block.at.end as usize].trim();
        let written = written.replace('\n', "\\n");
        let _ = writeln!(shown, "{} {:?} `{written}`", block.depth, block.kind);
    }
    shown
}

fn facts(body: &Body) -> String {
    let mut facts = String::new();
    for heading in &body.headings {
        let _ = writeln!(
            facts,
            "heading {} {} [{}] {}",
            heading.level, heading.id, heading.platform, heading.html
        );
    }
    for link in &body.links {
        let _ = writeln!(facts, "link {} {}", link.address, link.text);
    }
    for image in &body.images {
        let _ = writeln!(facts, "image {} {}", image.address, image.text);
    }
    for code in &body.code {
        let _ = writeln!(facts, "code {} [{}]", code.language, code.words);
    }
    for anchor in &body.anchors {
        let _ = writeln!(facts, "anchor {anchor}");
    }
    for fault in &body.faults {
        let _ = writeln!(facts, "{} {}", fault.code.name, fault.message);
    }
    facts
}

#[test]
fn a_title_has_no_paragraph() {
    let title = |text| with_slots(&to_inline(text, Paragraph::Unwrapped, Options::default()));
    assert_eq!(title("a *b* [c](d)"), "a <em>b</em> <a href=\"{d}\">c</a>");
    assert_eq!(title("a\n\nb"), "<p>a</p>\n<p>b</p>\n");
    assert_eq!(with_slots(&to_inline("a", Paragraph::Wrapped, Options::default())), "<p>a</p>\n");
}

#[test]
fn a_translation_has_the_ids_of_its_source() {
    let source = to_body("## One\n\n### Two\n\n## Three", Options::default());
    let options = Options { source_headings: Some(&source.headings), ..Options::default() };
    let ids = |text| -> Vec<String> {
        to_body(text, options).headings.into_iter().map(|heading| heading.id).collect()
    };
    assert_eq!(ids("## 一\n\n### 二\n\n## 三"), ["one", "two", "three"]);
    assert_eq!(ids("## 一\n\n## 三"), ["one", "three"]);
}

#[test]
fn deep_nesting_is_flattened_with_a_fault() {
    for mark in [">", "> - ", "- "] {
        let body = to_body(&format!("{}x", mark.repeat(1000)), Options::default());
        assert_eq!(body.faults.len(), 1, "{mark}");
        assert!(body.html.contains('x'), "{mark}");
        assert_balanced(&body.html);
    }
}

/// Elements without an end tag.
const VOID: [&str; 14] = [
    "area", "br", "col", "hr", "img", "input", "param", "source", "track", "wbr", "embed", "base",
    "link", "meta",
];

/// Panics where tags do not match.
fn assert_balanced(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let end = rest[start..].find('>').expect("each tag ends") + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        let name = tag.split_whitespace().next().expect("each tag has a name");
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
        } else if !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} {html}");
}

fn assert_sound(text: &str) {
    let body = to_body(text, Options::default());
    assert_balanced(&body.html);
    assert!(body.slots.is_sorted_by_key(|slot| slot.at));
    for slot in &body.slots {
        assert!(body.html.is_char_boundary(slot.at as usize));
    }
    let mut ids: Vec<&str> = body.headings.iter().map(|heading| heading.id.as_str()).collect();
    ids.sort_unstable();
    assert!(ids.is_sorted_by(|one, other| one < other), "{ids:?}");
    let places = (body.headings.iter().map(|heading| &heading.at))
        .chain(body.links.iter().chain(&body.images).map(|target| &target.at))
        .chain(body.code.iter().map(|code| &code.at))
        .chain(body.blocks.iter().map(|block| &block.at))
        .chain(body.faults.iter().map(|fault| &fault.at));
    for at in places {
        assert!(text.get(at.start as usize..at.end as usize).is_some(), "{at:?} in {text:?}");
    }
    for heading in &body.headings {
        assert_balanced(&heading.html);
        plain_text(&heading.html);
    }
    assert_harmless(&body);
    assert_blocks(&body);
}

/// Each block has one slot, behind the name of its element, and knows how many elements are around it.
fn assert_blocks(body: &Body) {
    let html = &*body.html;
    let slots = body.slots.iter().filter_map(|slot| match slot.kind {
        SlotKind::Block(number) => Some((number as usize, slot.at as usize)),
        _ => None,
    });
    let slots: Vec<(usize, usize)> = slots.collect();
    assert_eq!(slots.len(), body.blocks.len(), "{html}");
    let mut depths = BTreeMap::new();
    let mut depth = 0;
    for (start, _) in html.match_indices('<') {
        depths.insert(start, depth);
        let name: String =
            html[start + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
        if html[start..].starts_with("</") {
            depth -= 1;
        } else if !VOID.contains(&&*name) {
            depth += 1;
        }
    }
    for (place, (number, at)) in slots.into_iter().enumerate() {
        let block = &body.blocks[number];
        assert_eq!(place, number, "{html}");
        let name = html[block.html as usize..at].strip_prefix('<').expect("a tag begins");
        assert!(!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        assert!(html[at..].starts_with([' ', '>']), "{html}");
        assert_eq!(depths.get(&(block.html as usize)), Some(&block.depth), "{block:?} {html}");
    }
}

fn assert_harmless(body: &Body) {
    let html = body.html.to_ascii_lowercase();
    for tag in ["<script", "<style", "<object", "<embed", "<base", "<meta", "<link", "<plaintext"] {
        assert!(!html.contains(tag), "{html}");
    }
    for (start, _) in html.match_indices('<') {
        let tag = &html[start..start + html[start..].find('>').expect("each tag ends")];
        let outside = tag.split('"').step_by(2).collect::<String>();
        assert!(!outside.contains(" on") && !outside.contains("srcdoc"), "{tag}");
        let inside = tag.split('"').skip(1).step_by(2);
        assert!(inside.clone().all(|value| !value.trim().starts_with("javascript:")), "{tag}");
    }
    for target in body.links.iter().chain(&body.images) {
        let address = target.address.trim().to_ascii_lowercase();
        assert!(!address.starts_with("javascript:"), "{address}");
    }
}

#[test]
fn nothing_runs_scripts() {
    for text in [
        "<img src=x onerror=alert(1)>",
        "<IMG SRC=x OnError=\"alert(1)\">",
        "<svg/onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
        "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
        "<svg><set attributeName=onmouseover to=alert(1)>",
        "<math><a xlink:href=javascript:alert(1)>x",
        "<a href=\"java&#09;script:alert(1)\">x</a>",
        "<a href=\"&#x6A;avascript&colon;alert(1)\">x</a>",
        "<a href=\" &#14; javascript:alert(1)\">x</a>",
        "<iframe src=javascript:alert(1)></iframe>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x",
        "<object data=javascript:alert(1)><embed src=javascript:alert(1)>",
        "<base href=javascript:/><meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
        "<link rel=stylesheet href=x>",
        "<style>@import 'x'</style>",
        "<plaintext><script>x",
        "<textarea><script>alert(1)</script></textarea>",
        "<title><img src=\"</title><img src=x onerror=alert(1)>\">",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
        "<!--><img src=x onerror=alert(1)>-->",
        "<![CDATA[<img src=x onerror=alert(1)>]]>",
        "<a \"><img src=x onerror=alert(1)>\">",
        "<p title='\" onclick=alert(1) x=\"'>x</p>",
        "[x](javascript:alert(1)) [x](<java\nscript:alert(1)>) <javascript:alert(1)>",
        "[x][y]\n\n[y]: JaVaScRiPt:alert(1)",
        "![x\" onerror=alert(1)](y \"z\" )",
        "![x](\"onerror=alert(1)\")",
        "```js\" onclick=alert(1)\nx\n```",
        "```shell\n<em onclick=alert(1)>x</em><a href=javascript:alert(1)>y</a>\n```",
        "# x {#y\"onclick=alert(1)}",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<script\n>alert(1)</script\n>",
        "<<script>alert(1)//<</script>",
        "x<script>alert(1)",
        "<em>```shell\n```](javascript:x)",
    ] {
        assert_sound(text);
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\n",
        "\n\n",
        "  ",
        "    ",
        "# ",
        "## ",
        "a",
        "b c",
        "必须",
        "。",
        "**",
        "*",
        "_",
        "__",
        "~~",
        "~",
        "`",
        "```",
        "```shell\n",
        "```js{:copy}\n",
        "<em>",
        "</em>",
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<a href=\"/x\">",
        "</a>",
        "<li>",
        "<td>",
        "<script>",
        "</script>",
        "<img src=x>",
        "<b",
        "<!--",
        "-->",
        "&amp;",
        "&lt;",
        "[",
        "](/y)",
        "](javascript:x)",
        "![",
        "1. ",
        "1. ![a](b)",
        "2) ",
        "- ",
        "* ",
        "> ",
        "> [!NOTE]\n",
        "| a | b |\n|---|---|\n",
        "|",
        ":tada:",
        "https://a.b/c",
        "[^1]",
        "[^1]: ",
        "{#id}",
        "\\",
        "<pre>",
        "</pre>",
        "<user>",
        "\t",
        "- [x] ",
        "\"",
        "'",
        "<svg><path d=\"\"/></svg>",
        "<h2>",
        "</h2>",
        "\u{fdd0}",
        "\u{a0}",
        "<table>",
        "<tr>",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn pieces_of_markdown_are_sound(text in pieces()) {
        assert_sound(&text);
    }

    #[test]
    fn any_text_is_sound(text in "\\PC{0,80}") {
        assert_sound(&text);
    }
}

#[test]
fn highlighting_keeps_the_text() {
    let highlighter = Highlighter::new();
    let body = to_body("```js\nlet a = '<b>';\n```\n", Options::default());
    let html = highlighter.highlight(&body.code[0]);
    assert_eq!(plain_text(&html), "let a = '<b>';");
}
