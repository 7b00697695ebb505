//! The twin of a page, read as Markdown by another program, has the headings, links, images and code of the page.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/program.rs"]
mod program;
#[path = "support/shared.rs"]
mod shared;

use std::collections::BTreeMap;
use std::path::Path;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use program::{Files, files};
use proptest::prelude::*;
use pulldown_cmark::{Options as Syntax, Parser, html};
use serde_json::Value;
use shared::say;
use variorum::markdown::{self, Body, Options, Slot, SlotKind};

/// What a reader can see and follow, in order.
#[derive(Debug, Default, PartialEq, Eq)]
struct Facts {
    headings: Vec<String>,
    links: Vec<String>,
    images: Vec<String>,
    code: Vec<String>,
}

/// The facts of HTML, below the element with an id where one is given.
fn facts(html: &str, id: Option<&str>) -> Facts {
    let dom: RcDom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut facts = Facts::default();
    let root = match id {
        Some(id) => find(&dom.document, id).expect("the page has an article"),
        None => dom.document.clone(),
    };
    add(&root, &mut facts);
    facts
}

fn find(node: &Handle, id: &str) -> Option<Handle> {
    if attribute(node, "id").as_deref() == Some(id) {
        return Some(node.clone());
    }
    node.children.borrow().iter().find_map(|child| find(child, id))
}

fn attribute(node: &Handle, name: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    let attributes = attrs.borrow();
    let found = attributes.iter().find(|attribute| *attribute.name.local == *name);
    found.map(|attribute| attribute.value.to_string())
}

fn add(node: &Handle, facts: &mut Facts) {
    add_in(node, Around::default(), facts);
}

/// What is around a node.
#[derive(Clone, Copy, Default)]
struct Around {
    in_link: bool,
    in_cell: bool,
}

fn add_in(node: &Handle, mut around: Around, facts: &mut Facts) {
    let class = attribute(node, "class").unwrap_or_default();
    let name = match &node.data {
        NodeData::Element { name, .. } => &*name.local,
        _ => "",
    };
    match name {
        // A heading in a link or a cell is a part of their line.
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !around.in_link && !around.in_cell => {
            facts.headings.push(format!("{name} {}", squeezed(&text(node))));
        }
        // A heading's link to itself, and marks of footnotes, are what each reader makes of them.
        "a" if class != "anchor-link" && class != "footnote" => {
            let href = attribute(node, "href");
            around.in_link |= href.is_some();
            facts.links.extend(href.map(|href| encoded(&href)));
        }
        "sup" if class == "footnote-reference" => return,
        "img" => facts.images.extend(attribute(node, "src").map(|address| encoded(&address))),
        "pre" => {
            // Code holds no links in Markdown, and a cell of a table no lines.
            let code = text(node).trim_matches('\n').trim_end().to_owned();
            facts.code.extend((!around.in_cell).then_some(code));
            return;
        }
        "td" | "th" => around.in_cell = true,
        _ => {}
    }
    node.children.borrow().iter().for_each(|child| add_in(child, around, facts));
}

fn text(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        NodeData::Element { name, .. } if *name.local == *"svg" => {
            attribute(node, "aria-label").unwrap_or_default()
        }
        _ => node.children.borrow().iter().map(text).collect(),
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// An address in one of its spellings.
fn encoded(address: &str) -> String {
    let keeps = |byte: u8| byte.is_ascii_graphic() && !b"\"<>[]\\^`{|}()".contains(&byte);
    address.bytes().fold(String::new(), |all, byte| {
        if keeps(byte) { all + &char::from(byte).to_string() } else { format!("{all}%{byte:02X}") }
    })
}

/// Markdown as another program shows it.
fn shown(markdown: &str) -> String {
    let syntax = Syntax::ENABLE_TABLES
        | Syntax::ENABLE_FOOTNOTES
        | Syntax::ENABLE_STRIKETHROUGH
        | Syntax::ENABLE_TASKLISTS
        | Syntax::ENABLE_GFM;
    let mut page = String::new();
    html::push_html(&mut page, Parser::new_ext(markdown, syntax));
    page
}

/// A text with addresses as they are written.
fn filled(text: &str, slots: &[Slot], body: &Body, escape: fn(&str) -> String) -> String {
    let (mut filled, mut done) = (String::new(), 0);
    for slot in slots {
        filled.push_str(&text[done..slot.at as usize]);
        done = slot.at as usize;
        filled.push_str(&match &slot.kind {
            SlotKind::Link(number) => escape(&encoded(&body.links[*number as usize].address)),
            SlotKind::Image(number) => escape(&encoded(&body.images[*number as usize].address)),
            SlotKind::Code(number) => escape(&body.code[*number as usize].text),
            SlotKind::LinkTitle(_) => "title".to_owned(),
            SlotKind::ImageSize(_) | SlotKind::Ui(_) | SlotKind::Block(_) => String::new(),
        });
    }
    filled + &text[done..]
}

fn in_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// The facts of a body and those of its twin.
fn both(source: &str) -> (Facts, Facts, String) {
    let body = markdown::to_body(source, Options::default());
    let twin = markdown::twin(&body);
    let page = filled(&body.html, &body.slots, &body, in_html);
    let twin = filled(&twin.text, &twin.slots, &body, markdown::destination);
    (facts(&page, None), facts(&shown(&twin), None), twin)
}

/// What pages are made of.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\n\n",
    " ",
    "a",
    "b c",
    "必须。",
    "1. ",
    "- ",
    "* ",
    "> ",
    "# ",
    "### ",
    "  ",
    "   ",
    "*",
    "**",
    "_",
    "`",
    "``",
    "~~",
    "[a](/b)",
    "[",
    "]",
    "(",
    ")",
    "![c](/d.png)",
    "!",
    "[必](/e#f \"g\")",
    "<https://h.i>",
    "```\n",
    "~~~js\n",
    "| a | b |\n| - | -: |\n| c | d |\n",
    "|",
    "\\",
    "&amp;",
    "&lt;i>",
    "<b>",
    "</b>",
    "<div>\n\n",
    "\n</div>\n",
    "<br>",
    "---\n",
    "===\n",
    "<div class=\"extended-markdown note\">\n\n",
    "[^1]",
    "\n[^1]: j\n",
    "k_l",
    "+ ",
    "2) ",
    "{",
    "$",
    "<kbd>m</kbd>",
    "<table><tr><td>n</td><td><a href=\"/o\">p</a></td></tr></table>",
    "<ul><li>q</li></ul>",
    "> [!NOTE]\n> r\n",
    "#",
    "=",
    "1.",
    ":",
    "<sup>2</sup>",
    "- [ ] s\n",
];

#[test]
fn texts_that_were_read_otherwise_once_are_read_alike() {
    for source in ["\n[^1]: j\n# [^1]<https://h.i>", "\n\n</div>\n</b>* # "] {
        let (page, read, twin) = both(source);
        assert_eq!(page, read, "{source:?} became {twin:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_500) })]

    #[test]
    fn any_text_has_a_twin_that_is_read_alike(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 1..24)
    ) {
        let source = pieces.concat();
        let (page, read, twin) = both(&source);
        prop_assert_eq!(page, read, "{:?} became {:?}", source, twin);
    }
}

/// Builds a site; what was written.
fn built(site: &Path, arguments: &[&str]) -> Files {
    let out = folder::tempdir().expect("a temporary folder");
    let out = out.path().join("out");
    let mut command = program::program(site);
    command.args(["build", "--date", "2020-11-13", "--site"]).arg(site).arg("--out").arg(&out);
    let output = command.args(arguments).output().expect("the program can be started");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{told}");
    files(&out)
}

/// What is wrong with the twins of a site, and how many there are.
fn wrong(site: &Files, origin: &str) -> (Vec<String>, usize) {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (path, markdown) in site.iter().filter(|(path, _)| path.ends_with("/index.md")) {
        count += 1;
        let folder = path.trim_end_matches("/index.md");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("pages are UTF-8");
        let page = facts(&text(&site[&format!("{folder}/index.html")]), Some("article-contents"));
        let twin = facts(&shown(&text(markdown)), None);
        let whole = |address: &String| match address.as_bytes() {
            [b'/', b'/', ..] => address.clone(),
            [b'/', ..] => format!("{origin}{address}"),
            [b'#' | b'?', ..] | [] => encoded(&format!("{origin}/{folder}{address}")),
            _ => address.clone(),
        };
        let links: Vec<String> = page.links.iter().map(whole).collect();
        let images: Vec<String> = page.images.iter().map(whole).collect();
        let pairs = [
            ("headings", &page.headings, &twin.headings),
            ("links", &links, &twin.links),
            ("images", &images, &twin.images),
            ("code", &page.code, &twin.code),
        ];
        for (what, page, twin) in pairs {
            // Around the text a twin has the title, the lead and the pages below.
            let is_in = page.is_empty() || twin.windows(page.len()).any(|some| some == page);
            if !is_in {
                let lost = page.iter().find(|one| !twin.contains(one));
                wrong.push(format!("{path}: {what}: {lost:?}"));
            }
        }
    }
    (wrong, count)
}

#[test]
fn the_manual_has_twins_that_are_read_alike() {
    let site = built(Path::new(env!("CARGO_MANIFEST_DIR")), &["--base-url", "https://example.com"]);
    let (wrong, count) = wrong(&site, "https://example.com");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 50, "{count} twins");
}

#[test]
fn without_twins_nothing_tells_of_them() {
    let manual = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (with, without) = (built(manual, &[]), built(manual, &["--no-twins"]));
    let is_twin = |path: &str| {
        path.ends_with("/index.md") || path.ends_with("/page.json") || path.ends_with("llms.txt")
    };
    for (path, bytes) in &without {
        assert!(!is_twin(path), "{path}");
        if path.ends_with(".html") {
            assert!(
                !String::from_utf8_lossy(bytes)
                    .contains("<link rel=\"alternate\" type=\"text/markdown\""),
                "{path}"
            );
        }
    }
    let rest = with.keys().filter(|path| !is_twin(path));
    assert!(rest.eq(without.keys()), "other files are the same");
}

#[test]
#[ignore = "builds the corpus; in release only"]
fn the_corpus_has_twins_that_are_read_alike() {
    let Some((corpus, configuration)) = shared::corpus() else { return };
    let configuration = configuration.to_str().expect("the path is plain");
    let base = "https://docs.example.com";
    let site = built(&corpus, &["--config", configuration, "--base-url", base]);
    let (wrong, count) = wrong(&site, base);
    say(&format!("{count} twins, {} differences", wrong.len()));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 10_000, "{count} twins");
}

/// What is wrong with a value by a schema, of which a part is understood: types, properties, items, enumerations.
fn against(schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        several => several.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
    };
    let own = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !types.contains(&own) {
        return wrong.push(format!("{at} is of the type {own}, not {types:?}"));
    }
    if let Some(values) = schema["enum"].as_array().filter(|values| !values.contains(value)) {
        wrong.push(format!("{at} is none of {values:?}"));
    }
    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
        against(&schema["items"], item, &format!("{at}[{number}]"), wrong);
    }
    let Some(object) = value.as_object() else { return };
    let properties = schema["properties"].as_object().expect("an object has properties");
    let required = schema["required"].as_array().expect("an object names what is required");
    for name in required.iter().filter_map(Value::as_str).filter(|name| !object.contains_key(*name))
    {
        wrong.push(format!("{at} has no {name}"));
    }
    for (name, value) in object {
        match properties.get(name) {
            Some(schema) => against(schema, value, &format!("{at}.{name}"), wrong),
            None => wrong.push(format!("{at} has {name}, which the schema does not know")),
        }
    }
}

#[test]
fn records_are_as_their_schema_says() {
    let manual = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema =
        std::fs::read(manual.join("assets/schemas/page.schema.json")).expect("it is there");
    let schema: Value = serde_json::from_slice(&schema).expect("the schema is JSON");
    let site = built(manual, &["--base-url", "https://example.com/docs"]);
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<String, bool> = BTreeMap::new();
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with("/page.json")) {
        let record: Value = serde_json::from_slice(bytes).expect("a record is JSON");
        against(&schema, &record, path, &mut wrong);
        for (name, value) in record.as_object().expect("a record is an object") {
            *seen.entry(name.clone()).or_default() |= !value.is_null();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let known = schema["properties"].as_object().expect("a record has properties");
    assert!(known.keys().all(|name| seen.contains_key(name)), "{seen:?}");
}
