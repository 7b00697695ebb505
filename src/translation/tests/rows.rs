//! Two texts in, rows out: what stands beside what, and which conditions make the difference.

use std::fmt::Write;

use crate::liquid::{Expansion, Segment, Syntax};
use crate::markdown::{Body, Options, SlotKind, plain_text, to_body};
use crate::source::{FileId, SourceFile, Sources, Span, TextId};
use crate::translation::{Cell, Comparison, Ground, Place, Side, Status, Text, Wording, rows};

/// The text of a file without its tags. What stands in a block is there where the block's condition is `wanted`.
fn expansion(sources: &Sources, id: TextId, wanted: &str) -> Expansion {
    let source = sources.text(id);
    let mut expansion = Expansion::default();
    let (mut at, mut is_shown) = (0, true);
    while at < source.len() {
        let next = source[at..].find("{%").map_or(source.len(), |length| at + length);
        if is_shown && next > at {
            let start = u32::try_from(expansion.text.len()).expect("texts are short");
            expansion.segments.push(Segment {
                start,
                source: Span::new(id, at..next),
                frame: None,
            });
            expansion.text.push_str(&source[at..next]);
        }
        let Some(end) = source[next..].find("%}").map(|length| next + length + 2) else { break };
        let tag = &source[next..end];
        is_shown = if tag.contains("else") {
            !is_shown
        } else {
            tag.contains(wanted) || tag.contains("endif")
        };
        at = end;
    }
    expansion
}

/// The HTML of a body with the numbers of its blocks.
fn filled(body: &Body) -> String {
    let mut html = body.html.clone();
    for slot in body.slots.iter().rev() {
        let text = match slot.kind {
            SlotKind::Block(number) => format!(" data-block=\"{number}\""),
            SlotKind::Link(number) => body.links[number as usize].address.clone(),
            _ => String::new(),
        };
        html.insert_str(slot.at as usize, &text);
    }
    html
}

/// A side as it is read: the words, and the conditions in brackets.
fn shown(cell: Option<&Cell>) -> String {
    let Some(cell) = cell else { return "-".to_owned() };
    let html = ["ins", "del"].into_iter().fold(cell.html.clone(), |html, name| {
        html.replace(&format!("<{name}>"), &format!("[{name} ")).replace(&format!("</{name}>"), "]")
    });
    let mut shown = plain_text(&html).split_whitespace().collect::<Vec<_>>().join(" ");
    for condition in &cell.conditions {
        let _ = write!(shown, " ({} at line {})", condition.text, condition.place.line);
    }
    shown
}

/// Shows both texts, a row a line.
#[track_caller]
fn check(left: &str, right: &str, wording: Wording, expected: &[&str]) {
    let mut sources = Sources::default();
    let ids = [left, right].map(|text| TextId::whole(sources.add(SourceFile::new("a.md", text))));
    let expansions = ids.map(|id| expansion(&sources, id, ""));
    let bodies = [0, 1].map(|side| to_body(&expansions[side].text, Options::default()));
    let html = [filled(&bodies[0]), filled(&bodies[1])];
    let is_source = |file: FileId| file == ids[0].file;
    let ground = Ground::new(
        &sources,
        &Syntax::default(),
        &[&expansions[0], &expansions[1]],
        &is_source,
        &|_| None,
    );
    let text =
        |side: usize| Text { html: &html[side], body: &bodies[side], expansion: &expansions[side] };
    let found: Vec<String> = rows(text(0), text(1), wording, &ground)
        .iter()
        .map(|row| {
            let status = format!("{:?}", row.status).to_lowercase();
            let remarks: String = row.remarks.iter().map(|remark| format!(" {remark:?}")).collect();
            format!(
                "{status}{remarks}: {} | {}",
                shown(row.left.as_ref()),
                shown(row.right.as_ref())
            )
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn words_that_changed_are_marked() {
    check(
        "You can run it.\n\nThe end.",
        "You can see it.\n\nThe end.",
        Wording::Same,
        &["changed: You can [del run] it. | You can [ins see] it.", "same: The end. | The end."],
    );
}

#[test]
fn items_stand_in_rows_of_their_own() {
    check(
        "1. One thing\n2. Two things",
        "1. One thing\n2. More things\n3. Two things",
        Wording::Same,
        &["same: One thing | One thing", "added: - | More things", "same: Two things | Two things"],
    );
}

#[test]
fn the_condition_that_makes_the_difference_is_named() {
    let text =
        "Before it.\n\n{% if a %}Only in a.\n\n{% else %}Just for b now.\n\n{% endif %}After it.";
    let mut sources = Sources::default();
    let id = TextId::whole(sources.add(SourceFile::new("a.md", text)));
    let expansions = [expansion(&sources, id, "if a"), expansion(&sources, id, "no such")];
    let bodies = [0, 1].map(|side| to_body(&expansions[side].text, Options::default()));
    let html = [filled(&bodies[0]), filled(&bodies[1])];
    let both = [&expansions[0], &expansions[1]];
    let ground = Ground::new(&sources, &Syntax::default(), &both, &|_| true, &|_| None);
    let side =
        |side: usize| Text { html: &html[side], body: &bodies[side], expansion: &expansions[side] };
    let found: Vec<String> = rows(side(0), side(1), Wording::Same, &ground)
        .iter()
        .map(|row| format!("{} | {}", shown(row.left.as_ref()), shown(row.right.as_ref())))
        .collect();
    let expected = [
        "Before it. | Before it.",
        "Only in a. (if a at line 3) | -",
        "- | Just for b now. (not if a at line 5)",
        "After it. | After it.",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_link_that_leads_elsewhere_is_a_change() {
    check(
        "See [this](/a).",
        "See [this](/b).",
        Wording::Same,
        &["changed Target: See this. | See this."],
    );
}

#[test]
fn a_paragraph_without_a_translation_is_a_gap() {
    check(
        "See [one](/1).\n\nSee [two](/2).",
        "参见[二](/2)。\n\n- 三",
        Wording::Translated,
        &["missing: See one. | -", "translated: See two. | 参见二。", "added: - | 三"],
    );
}

#[test]
fn a_paragraph_in_the_default_language_is_a_fallback() {
    let mut sources = Sources::default();
    let texts = ["One is [here](/1).\n\nTwo is [there](/2).", "一在[这里](/1)。\n\n"];
    let ids = texts.map(|text| TextId::whole(sources.add(SourceFile::new("a.md", text))));
    let english = expansion(&sources, ids[0], "");
    let mut mixed = expansion(&sources, ids[1], "");
    let rest = texts[0].find("Two").expect("it is there")..texts[0].len();
    mixed.append(&texts[0][rest.clone()], Span::new(ids[0], rest));
    let bodies = [&english, &mixed].map(|made| to_body(&made.text, Options::default()));
    let html = [filled(&bodies[0]), filled(&bodies[1])];
    let is_source = |file: FileId| file == ids[0].file;
    let both = [&english, &mixed];
    let ground = Ground::new(&sources, &Syntax::default(), &both, &is_source, &|_| None);
    let side = |side: usize| Text { html: &html[side], body: &bodies[side], expansion: both[side] };
    let found = rows(side(0), side(1), Wording::Translated, &ground);
    let found: Vec<Status> = found.iter().map(|row| row.status).collect();
    assert_eq!(found, [Status::Translated, Status::Fallback]);
}

#[test]
fn what_is_missing_inside_a_block_is_said() {
    check(
        "> See [one](/1).\n>\n> See [two](/2).",
        "> 参见[二](/2)。",
        Wording::Translated,
        &["translated Partial: See one. See two. | 参见二。"],
    );
}

#[test]
fn text_before_the_first_block_is_a_row() {
    check("<b>a</b>\n\nb", "<b>a</b>\n\nb", Wording::Same, &["same: a | a", "same: b | b"]);
}

#[test]
fn an_attribute_of_an_author_is_no_block() {
    check(
        "<div><p data-block=\"1\">a</p></div>\n\nb c",
        "<div><p data-block=\"1\">a</p></div>\n\nb d",
        Wording::Same,
        &["same: a | a", "changed: b [del c] | b [ins d]"],
    );
}

#[test]
fn the_page_escapes_what_is_not_its_own() {
    let mut sources = Sources::default();
    let id = TextId::whole(sources.add(SourceFile::new("<a>.md", "b")));
    let expansion = expansion(&sources, id, "");
    let body = to_body(&expansion.text, Options::default());
    let html = filled(&body);
    let ground = Ground::new(&sources, &Syntax::default(), &[&expansion], &|_| true, &|_| None);
    let file = Place { file: "<a>.md".to_owned(), line: 1, column: 1, edit: None };
    let text = Text { html: &html, body: &body, expansion: &expansion };
    let side = Side {
        title: "A &amp; B",
        language: "<English>",
        tag: "en",
        version: "1",
        href: Some("/\"x"),
        file: &file,
        fallback: None,
        text: Some(text),
    };
    let page = |interface| {
        let (styles, scripts) = (&["/s.css"][..], &["/s.js"][..]);
        let comparison = Comparison {
            left: side,
            right: side,
            ground: &ground,
            fronts: &[],
            own: None,
            notices: &["<notice>".to_owned()],
            contents: None,
            policy: None,
            styles,
            scripts,
            interface,
        };
        comparison.html()
    };
    let english = page("en").expect("the template is right");
    assert!(english.contains("&lt;English&gt;") && english.contains("&lt;a&gt;.md:1"), "{english}");
    assert!(english.contains("A &amp; B") && english.contains("No differences"), "{english}");
    assert!(english.contains("<div class=\"pair\" data-status=\"same\">"), "{english}");
    assert!(english.contains("&lt;notice&gt;"), "{english}");
    let chinese = page("zh-Hans").expect("the template is right");
    assert!(chinese.contains("没有差异"), "{chinese}");
}
