//! Texts that nobody would write, and what must hold of them. The fuzz targets use this file too.

#![allow(dead_code, reason = "each test uses a part of it")]

use variorum::diagnostic::{Diagnostic, Finding};
use variorum::liquid::{self, Syntax};
use variorum::markdown::{Options, Paragraph, plain_text, to_body, to_inline};
use variorum::model::Site;
use variorum::source::{FileId, SourceFile, Sources, Span, TextId};
use variorum::yaml;

/// What means something to one of the parsers.
pub(crate) const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "\r",
    "\0",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "\u{2028}",
    "\u{fdd0}",
    "a",
    "中",
    "。",
    "é",
    "e\u{301}",
    "👩\u{200d}💻",
    "{% if a %}",
    "{% else %}",
    "{% elsif currentVersion == \"product@1.0\" %}",
    "{% endif %}",
    "{% for i in (1..3) %}",
    "{% endfor %}",
    "{% raw %}",
    "{% endraw %}",
    "{% comment %}",
    "{% endcomment %}",
    "{%",
    "%}",
    "{{",
    "}}",
    "{%-",
    "-%}",
    "{{ currentVersion | upcase }}",
    "{% data x.y %}",
    "{% data reusables.r %}",
    "{{ site.data.x }}",
    "{% for i in site.data.x %}{{ i }}{% endfor %}",
    "{% indented_data_reference reusables.r spaces=3 %}",
    "{% note %}",
    "{% endnote %}",
    "{% octicon \"gear\" %}",
    "{% link_in_list /b %}",
    "{% assign a = 'b' %}",
    "{% capture c %}",
    "{% endcapture %}",
    "{% case a %}",
    "{% when 1 %}",
    "{% endcase %}",
    "｛％ a ％｝",
    "{ % a %}",
    "# ",
    "## a\n",
    "{#b}",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "***",
    "**",
    "*",
    "_",
    "`",
    "```",
    "```js\n",
    "```yaml annotate copy\n",
    "~~~\n",
    "~~",
    "|",
    "|-|\n",
    "| a |\n|---|\n| b |\n",
    "[a](/b)",
    "[AUTOTITLE](/b)",
    "![a](/assets/c.png)",
    "[",
    "](",
    ")",
    "[^a]",
    "[^a]: b\n",
    "[d]: e\n",
    "<",
    ">",
    "<div>",
    "</div>",
    "<a href=\"",
    "\"",
    "'",
    "<!--",
    "-->",
    "<script>",
    "<b onclick=x>",
    "javascript:a",
    "&amp;",
    "&#0;",
    "&#x1F600;",
    "\\",
    "https://a.b/c",
    ":tada:",
    ":",
    ": ",
    "x: y\n",
    "y: z\n",
    "- a\n",
    "&a ",
    "*a ",
    "? ",
    "! ",
    "|\n",
    ">\n",
    "[a, b]",
    "{a: b}",
    "<<: *a\n",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "\"\\u00e9\"",
    "\"\\x\"",
    "redirect_from: /c\n",
    "children: [/b]\n",
    "versions: '*'\n",
    "intro: ",
    "featuredLinks:\n  a: [/b]\n",
    "3.10",
    "null",
    "true",
    "~",
];

/// Parses YAML; the places of all findings are in the file.
pub(crate) fn yaml(text: &str) {
    let mut file = SourceFile::new("a.yml", text);
    let range = 0..file.text.len();
    let parsed = yaml::parse(&mut file, FileId(0), range, yaml::Limits::default());
    let mut sources = Sources::default();
    sources.add(file);
    if let Some(node) = &parsed.value {
        check_span(&sources, node.span);
    }
    check_all(&sources, &parsed.diagnostics);
}

/// Parses Liquid; the places of all findings and tags are in the text.
pub(crate) fn liquid(text: &str) {
    let id = TextId::whole(FileId(0));
    let syntax = Syntax { blocks: vec!["note".to_owned()], ..Syntax::default() };
    let parsed = liquid::parse(id, text, &syntax);
    let mut sources = Sources::default();
    sources.add(SourceFile::new("a.md", text));
    let source = liquid::Source { id, text, template: &parsed.value };
    source.tags().for_each(|tag| check_span(&sources, tag.span));
    check_all(&sources, &parsed.diagnostics);
    for mark in liquid::marks(text) {
        assert!(text.get(mark.span.clone()).is_some(), "{mark:?} in {text:?}");
    }
}

/// Renders Markdown; slots are in the HTML, and all else is in the text.
pub(crate) fn markdown(text: &str) {
    let body = to_body(text, Options::default());
    for slot in &body.slots {
        assert!(body.html.is_char_boundary(slot.at as usize), "{slot:?} in {text:?}");
    }
    let headings = body.headings.iter().map(|heading| &heading.at);
    let targets = body.links.iter().chain(&body.images).map(|target| &target.at);
    let code = body.code.iter().map(|block| &block.at);
    for at in headings.chain(targets).chain(code).chain(body.faults.iter().map(|fault| &fault.at)) {
        let (start, end) = (at.start as usize, at.end as usize);
        assert!(text.get(start..end).is_some(), "{at:?} in {text:?}");
    }
    plain_text(&body.html);
    to_inline(text, Paragraph::Unwrapped, Options::default());
    let translated = Options { source_headings: Some(&body.headings), ..Options::default() };
    assert_eq!(to_body(text, translated).headings.len(), body.headings.len());
}

/// The places of all findings, and the ways there, are in their files.
pub(crate) fn checked_spans(site: &Site, findings: &[Finding]) {
    let diagnostics: Vec<Diagnostic> =
        findings.iter().map(|finding| finding.diagnostic.clone()).collect();
    check_all(&site.sources, &diagnostics);
}

fn check_all(sources: &Sources, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        check_span(sources, diagnostic.span);
        diagnostic.trace.iter().for_each(|span| check_span(sources, *span));
    }
}

fn check_span(sources: &Sources, span: Span) {
    let text = sources.text(span.text);
    assert!(text.get(span.range()).is_some(), "{span:?} of {} bytes", text.len());
    let at = sources.locate(span);
    let file = &sources.file(span.text.file).text;
    assert!(file.get(at.bytes.clone()).is_some(), "{at:?} of {} bytes", file.len());
}

/// Numbers that are the same in each run (SplitMix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end as u64).max(1)).expect("it is below a size")
    }

    /// The bytes with one to four things done to them that happen to files.
    pub(crate) fn damage(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let start = self.below(bytes.len());
            let end = (start + self.below(60)).min(bytes.len());
            match self.below(7) {
                0 => drop(bytes.drain(start..end)),
                1 => bytes.truncate(start),
                2 => {
                    let part = bytes[start..end].to_vec();
                    let at = self.below(bytes.len());
                    bytes.splice(at..at, part);
                }
                3 => {
                    if let Some(byte) = bytes.get_mut(start) {
                        *byte ^= 1 << self.below(8);
                    }
                }
                4 => bytes[start..end].reverse(),
                5 => {
                    // Translators' tools take special characters away.
                    let special =
                        bytes[start..].iter().position(|byte| b"{%}`'\":-[]()".contains(byte));
                    if let Some(at) = special {
                        bytes.remove(start + at);
                    }
                }
                _ => {
                    let piece = PIECES[self.below(PIECES.len())];
                    bytes.splice(start..start, piece.bytes());
                }
            }
        }
        bytes
    }
}
