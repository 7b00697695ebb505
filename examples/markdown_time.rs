//! Measures how the time for Markdown grows with its length, pattern by pattern: `markdown_time [KILOBYTES]`.
//!
//! Prints the patterns whose time more than doubles twice over from one size to the next.

use std::time::{Duration, Instant};

use variorum::markdown::{Options, to_body};

const PATTERNS: &[&str] = &[
    ">",
    "> ",
    "- ",
    "* a\n",
    "1. a\n",
    "1. ",
    "[",
    "]",
    "[a](",
    "[a](b",
    "![](",
    "![",
    "[^",
    "[^a]: ",
    "[^a]\n",
    "[^a]:\n",
    "[a]: b\n",
    "[a][",
    "[]",
    "*a_",
    "**a ",
    "*a **b ",
    "__a ",
    "_a*",
    "a**b",
    "。**a",
    "**。a",
    "_中",
    "中_a_",
    "~~a~",
    "~",
    "`",
    "`a``",
    "``` ",
    "```\n",
    "```a\n",
    "1. a\n  ```x\n",
    "~~~\n",
    "<",
    "<!--",
    "<!-- a --",
    "<?",
    "<![CDATA[",
    "<a ",
    "<a href=\"",
    "<a a=1 ",
    "</a",
    "<div>\n",
    "<div>",
    "</div>\n\n",
    "<em>",
    "</em>",
    "<li>",
    "<a>",
    "<b><i>",
    "<p>",
    "<table><tr><td>",
    "<script>",
    "<pre>\n",
    "<pre>\n\n",
    "<user>",
    "&",
    "&amp;",
    "&#",
    ":a:",
    "::",
    ":tada:",
    "http://a ",
    "http://",
    "xhttp://",
    "mailto:",
    "http://)",
    "(http://a)",
    "|",
    "|a|b\n|-|-\n",
    "|-",
    "a|b\n-|-\n",
    "# a\n",
    "# a {#b}\n",
    "#",
    "a\n=\n",
    "a\n-\n",
    "\\",
    "\\*",
    "  \n",
    "    a\n",
    "\t",
    "a  \n",
    "\n",
    "- a\n\n  ",
    "  - a\n",
    " ",
    "***",
    "* * ",
    "- - ",
    "<div>\n```\n",
    "> [!NOTE]\n",
    "- [ ] ",
    "a\u{fdd0}*",
    "![a](b)",
    "[![",
    "](",
    "\"](<",
    "[a](<b",
    "[a](b \"",
    "<a@b",
    "<http://a",
    "`*_[<&",
    "** a ** ",
    "\u{a0}",
    "\0",
];

fn main() {
    let kilobytes = std::env::args().nth(1).and_then(|size| size.parse().ok()).unwrap_or(50);
    let mut slow = 0;
    for pattern in PATTERNS {
        let times: Vec<Duration> =
            [1, 2, 4].iter().map(|factor| time(pattern, kilobytes * 1024 * factor)).collect();
        let ratio = |at: usize| times[at + 1].as_secs_f64() / times[at].as_secs_f64();
        if times[2] > Duration::from_secs(1) || ratio(0) > 2.5 && ratio(1) > 2.5 {
            slow += 1;
            report(&format!("{pattern:?} {times:?}"));
        }
    }
    report(&format!("{slow} of {} patterns are slow", PATTERNS.len()));
}

fn time(pattern: &str, bytes: usize) -> Duration {
    let text = pattern.repeat(bytes / pattern.len());
    let measure = || {
        let start = Instant::now();
        let body = to_body(&text, Options::default());
        let spent = start.elapsed();
        drop(body);
        spent
    };
    (0..3).map(|_| measure()).min().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "an example speaks to its user")]
fn report(line: &str) {
    println!("{line}");
}
