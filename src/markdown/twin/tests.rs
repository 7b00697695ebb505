//! Markdown in, its twin out: what authors write, as every reader of Markdown understands it.

use super::{escape_markdown, to_markdown, twin};
use crate::markdown::{Options, SlotKind, to_body};

/// The twin of a text, with addresses and titles as they are written.
fn written(text: &str) -> String {
    let body = to_body(text, Options::default());
    let twin = twin(&body);
    let mut filled = String::new();
    let mut done = 0;
    for slot in &twin.slots {
        let at = slot.at as usize;
        filled.push_str(&twin.text[done..at]);
        done = at;
        filled.push_str(&match &slot.kind {
            SlotKind::Link(number) => super::destination(&body.links[*number as usize].address),
            SlotKind::Image(number) => super::destination(&body.images[*number as usize].address),
            SlotKind::LinkTitle(number) => format!("title of {number}"),
            SlotKind::Code(_) | SlotKind::ImageSize(_) | SlotKind::Ui(_) | SlotKind::Block(_) => {
                panic!("no twin has such a slot")
            }
        });
    }
    filled + &twin.text[done..]
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(written(text).trim_end(), expected);
}

#[track_caller]
fn stays(text: &str) {
    check(text, text);
}

#[test]
fn plain_markdown_stays_as_it_is() {
    stays("# A\n\nText with *some* **words** and `code`.\n\n## B\n\nMore.");
    stays("- a\n- b\n  - c\n- d");
    stays("1. a\n2. b");
    stays("3. a\n4. b");
    stays("- a\n\n  b\n\n- c");
    stays("> a\n>\n> b");
    stays("```js\nlet a = '<b>';\n\n  c\n```");
    stays("| a | b |\n| :-- | --: |\n| `c` | d |");
    stays("[a](/b \"c\") ![d](/e.png)");
    stays("a\\\nb");
    stays("***");
    stays("- [x] a\n- [ ] b");
    stays("a[^1]\n\n[^1]: b");
}

#[test]
fn what_means_something_in_markdown_is_escaped() {
    stays("a * b\\*c \\_d\\_ \\[e\\] \\`f\\` \\\\ 2 * 3 snake_case");
    stays("\\# a");
    stays("1\\. a");
    stays("\\- a");
    stays("\\> a");
    stays("\\--");
    check("a &lt;b> &amp;lt; 1 < 2 &", "a \\<b> \\&lt; 1 < 2 \\&");
    check("## C\\#", "## C\\#");
    check("a\\\n\\- b", "a\\\n\\- b");
    stays("wow\\![a](/b)");
    stays("[a \\[b\\]](/c)");
}

#[test]
fn white_space_that_goes_uncovers_no_item() {
    check("<i></i>\n<b></b>* # a", "\\* # a");
}

#[test]
fn marks_of_footnotes_stay_apart_from_what_follows() {
    let note = "\n\n[^1]: j";
    let follows = |text: &str, expected: &str| {
        check(&format!("{text}{note}"), &format!("{expected}{note}"));
    };
    follows("# [^1]<https://h.i>", "# [^1]<!-- -->[https://h.i](https://h.i)");
    follows("a[^1]<i></i>[b](/c)", "a[^1]<!-- -->[b](/c)");
    follows("a[^1] [b](/c)", "a[^1] [b](/c)");
    follows("a[^1]![b](/c)", "a[^1]![b](/c)");
    follows("a[^1]<i></i>(b)", "a[^1]\\(b)");
    follows("<br>[^1]: b", "[^1]\\: b");
    follows("a[^1]: b", "a[^1]: b");
    check("\\[b\\]<https://h.i>", "\\[b\\][https://h.i](https://h.i)");
}

#[test]
fn notes_are_alerts() {
    check(
        "<div class=\"extended-markdown note\">\n\n**Note:** a\n\nb\n\n</div>",
        "> [!NOTE]\n> **Note:** a\n>\n> b",
    );
    check("<div class=\"extended-markdown danger\">\n\na\n\n</div>", "> [!CAUTION]\n> a");
    stays("> [!WARNING]\n> a");
}

#[test]
fn blocks_for_a_platform_say_which() {
    let mac = "<div class=\"extended-markdown mac\" data-platform=\"mac\" data-label=\"macOS\">";
    check(&format!("{mac}\n\n1. a\n\n</div>"), "**macOS**\n\n1. a");
}

#[test]
fn wrappers_leave_nothing_behind() {
    check("<div class=\"a\"><span id=\"b\">c</span></div>", "c");
    check("<details><summary>a</summary>\n\nb\n\n</details>", "**a**\n\nb");
    check("<dl><dt>a</dt><dd>b</dd></dl>", "**a**\n\nb");
    check("``` js{:copy}\na\n```", "```js\na\n```");
}

#[test]
fn emphasis_that_delimiters_cannot_mark_has_tags() {
    check("**必须。**版本", "<strong>必须。</strong>版本");
    check("<b>a</b><b>b</b>", "<strong>a</strong>**b**");
    check("***a***", "<em>**a**</em>");
    check("<b> a </b>b", "**a** b");
}

#[test]
fn lists_in_a_row_stay_apart() {
    check("- a\n\n\n\n- b", "- a\n\n+ b");
    check("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n+ b");
    check("- a\n\n```\nb\n```", "- a\n\n```\nb\n```");
}

#[test]
fn what_is_in_a_step_stays_in_it() {
    check("1. a\n  ```\n  b\n  ```\n2. c", "1. a\n\n   ```\n   b\n   ```\n\n2. c");
    check("1. a\n   > b\n2. c", "1. a\n\n   > b\n\n2. c");
}

#[test]
fn cells_of_tables_are_lines() {
    check("| a |\n| --- |\n| `b\\|c` d\\|e |", "| a |\n| --- |\n| `b\\|c` d\\|e |");
    check(
        "<table><tr><td>a<br>b<ul><li>c</li><li>d</li></ul></td><td><p>e</p></td></tr></table>",
        "|  |  |\n| --- | --- |\n| a<br>b<br>- c<br>- d | e |",
    );
}

#[test]
fn code_keeps_its_letters() {
    check("`` a`b ``", "``a`b``");
    check("````\n```\n````", "````\n```\n````");
    check("<code>a <a href=\"/b\">c</a></code>", "`a `[`c`](/b)");
    check("<pre>\na\n</pre>", "```\na\n```");
    check("<a name=\"x\"><h2>a</h2>", "## a");
    check("```shell\n$ <em>a</em> &lt;b>\n```", "```shell\n$ a <b>\n```");
}

#[test]
fn links_keep_addresses_and_titles() {
    check("[AUTOTITLE](/a)", "[title of 0](/a)");
    check("[a](</b (c>)", "[a](/b%20\\(c)");
    check(
        "<a class=\"link-with-intro\" href=\"/a\">\n<h4 class=\"link-with-intro-title\">b<span class=\"link-arrow\">→</span></h4>\n</a>\n<p>c</p>",
        "[b](/a)\n\nc",
    );
    check("## a [b](/c)", "## a [b](/c)");
    check("[![a](/b)](/c)", "[![a](/b)](/c)");
}

#[test]
fn icons_say_what_they_mean() {
    let icon = "<svg aria-label=\"The gear\"><path d=\"M0\"/></svg>";
    check(&format!("Click {icon}."), "Click The gear.");
}

#[test]
fn no_text_makes_a_slot() {
    check("a \u{fdd1}L0\u{fdd1} b", "a \u{fffd}L0\u{fffd} b");
    check("`\u{fdd1}L0\u{fdd1}`", "`\u{fffd}L0\u{fffd}`");
}

#[test]
fn addresses_can_be_made_whole() {
    let address = |address: &str| format!("https://example.com{address}");
    assert_eq!(to_markdown("<a href=\"/a\">b</a>", &address), "[b](https://example.com/a)\n");
}

#[test]
fn plain_text_is_read_as_it_is() {
    assert_eq!(escape_markdown("- a | [b] *c*"), "\\- a \\| \\[b\\] \\*c\\*");
}
