//! The language server as an editor meets it: messages in, messages out.

#[path = "lsp/anywhere.rs"]
mod anywhere;
#[path = "lsp/client.rs"]
mod client;
#[path = "lsp/figures.rs"]
mod figures;
#[path = "support/folder.rs"]
mod folder;
#[path = "lsp/life.rs"]
mod life;
#[path = "lsp/node.rs"]
mod node;
#[path = "support/program.rs"]
mod program;
#[path = "support/shared.rs"]
mod shared;
#[path = "lsp/writing.rs"]
mod writing;

use std::fs;
use std::path::Path;

use client::Client;
use program::{Files, put};
use serde_json::{Value, json};

const CONFIGURATION: &str = "\
title: Manual
languages:
  en: { name: English }
  zh: { name: Chinese, tag: zh-Hans, dir: translations/zh }
versions:
  - plan: free
    name: Free
    short_name: fr
  - plan: product
    name: Product
    short_name: prod
    releases: ['2.0', '1.0']
";

const SITE: [(&str, &str); 14] = [
    ("variorum.yml", CONFIGURATION),
    ("content/index.md", "---\ntitle: Home\nversions: '*'\n---\n"),
    (
        "content/guides/index.md",
        "---\ntitle: Guides\nversions: '*'\nchildren:\n  - /lamps\n  - /ropes\n---\n",
    ),
    (
        "content/guides/lamps.md",
        "---\ntitle: Lamps\nversions: '*'\ntopics: [light]\n---\n\n# One\n\n\
         🏮灯 {% data variables.store.name %} and {% data reusables.lamps.oil %}\n\n\
         ## Two\n\n{% ifversion night %}At night.{% elsif prod < 2.0 %}Before.{% endif %}\n\
         [Ropes](/guides/ropes#a) ![Lamp](/assets/lamp.png)\n",
    ),
    (
        "content/guides/ropes.md",
        "---\ntitle: Ropes\nversions:\n  product: '>1.0'\n---\n{% data variables.store.name %}\n",
    ),
    (
        "translations/zh/content/guides/lamps.md",
        "---\ntitle: 灯\n---\n\n# 一\n\n{% data variables.store.name %} {% data reusables.lamps.oil %}\n",
    ),
    (
        "data/variables/store.yml",
        "other: x\nname: The {% ifversion prod %}Store{% else %}Shop{% endif %}\n",
    ),
    ("translations/zh/data/variables/store.yml", "name: 商店\n"),
    ("data/reusables/lamps/oil.md", "Oil of {% data variables.store.name %}.\n"),
    ("translations/zh/data/reusables/lamps/oil.md", "{% data variables.store.name %}的油。\n"),
    ("data/reusables/lamps/wick.md", "A wick.\n"),
    ("data/features/night.yml", "versions:\n  product: '>=2.0'\n"),
    ("templates/includes/box.html", "<b>box</b>\n"),
    ("assets/lamp.png", "no picture"),
];

/// The site, and more files.
fn site(more: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = folder::tempdir().expect("a temporary folder");
    let files = SITE.iter().chain(more);
    let files = files.map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    put(folder.path(), &files.collect::<Files>());
    folder
}

/// The place of a part of a text, in lines and units of UTF-16; `|` in the part is where the cursor is.
fn place(text: &str, part: &str) -> (u64, u64) {
    let ahead = part.find('|').unwrap_or(0);
    let at = text.find(&part.replacen('|', "", 1)).expect("the part is in the text") + ahead;
    let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let lines = text[..at].matches('\n').count();
    (lines as u64, text[line..at].encode_utf16().count() as u64)
}

const LAMPS: &str = "content/guides/lamps.md";

/// The words that are said over a part of a page.
fn hover(path: &str, part: &str) -> String {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    let text = client.open_file(path);
    let hover = client.ask_at("textDocument/hover", path, place(&text, part)).expect("an answer");
    hover["contents"]["value"].as_str().unwrap_or("nothing").to_owned()
}

#[test]
fn a_reference_says_its_value_in_each_variant() {
    insta::assert_snapshot!(hover(LAMPS, "variables.st|ore.name"), @r"
    `variables.store.name`

    - **en** free@latest

    ```markdown
    The Shop
    ```

    - **en** product@2.0, product@1.0

    ```markdown
    The Store
    ```

    - **zh** all versions

    ```markdown
    商店
    ```
    ");
    insta::assert_snapshot!(hover(LAMPS, "reusables.lamps|.oil"), @r"
    `reusables.lamps.oil`

    - **en** free@latest

    ```markdown
    Oil of The Shop.
    ```

    - **en** product@2.0, product@1.0

    ```markdown
    Oil of The Store.
    ```

    - **zh** all versions

    ```markdown
    商店的油。
    ```
    ");
}

#[test]
fn a_link_says_the_title_of_its_page_and_where_that_exists() {
    insta::assert_snapshot!(hover(LAMPS, "/guides/ro|pes"), @r"
    **Ropes**

    `content/guides/ropes.md`

    product@2.0; written in en
    ");
}

#[test]
fn conditions_say_in_which_versions_they_hold() {
    insta::assert_snapshot!(hover(LAMPS, "ifver|sion night"), @r"
    `ifversion night`

    holds in product@2.0
    ");
    insta::assert_snapshot!(hover(LAMPS, "elsif prod <| 2.0"), @r"
    `elsif prod < 2.0`

    holds in product@1.0
    ");
    insta::assert_snapshot!(hover(LAMPS, "nigh|t %}"), @r"
    feature `night`

    product@2.0
    ");
}

#[test]
fn front_matter_says_what_its_keys_are_and_which_versions_they_come_to() {
    insta::assert_snapshot!(hover("content/guides/ropes.md", "produ|ct: '>1.0'"), @r"
    `versions`

    The versions of the page: `'*'`, or a map of plan to range. `feature: a` adds the versions of a feature.

    This page: product@2.0
    ");
    insta::assert_snapshot!(hover(LAMPS, "top|ics"), @r"
    `topics`

    What a guide is about: a list of words.
    ");
    assert_eq!(hover(LAMPS, "At ni|ght."), "nothing");
}

/// The places that a request about a part of a file tells, as path, line and column from 1.
fn places(method: &str, path: &str, part: &str) -> Vec<String> {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    let text = client.open_file(path);
    let found = client.ask_at(method, path, place(&text, part)).expect("an answer");
    let root = client.uri("");
    let root = root.as_str().expect("an address");
    let shown = |location: &Value| {
        let path = location["uri"].as_str().expect("an address").trim_start_matches(root);
        let start = &location["range"]["start"];
        let number = |key: &str| start[key].as_u64().expect("a number") + 1;
        format!("{path}:{}:{}", number("line"), number("character"))
    };
    found.as_array().expect("a list").iter().map(shown).collect()
}

#[test]
fn definitions_are_in_the_language_at_hand_and_then_in_the_source() {
    let definition = |path, part| places("textDocument/definition", path, part);
    assert_eq!(definition(LAMPS, "variables.st|ore.name"), ["data/variables/store.yml:2:1"]);
    assert_eq!(
        definition("translations/zh/content/guides/lamps.md", "variables.st|ore.name"),
        ["translations/zh/data/variables/store.yml:1:1", "data/variables/store.yml:2:1"]
    );
    assert_eq!(definition(LAMPS, "reusables.l|amps.oil"), ["data/reusables/lamps/oil.md:1:1"]);
    assert_eq!(definition(LAMPS, "/guides/ro|pes"), ["content/guides/ropes.md:1:1"]);
    assert_eq!(definition(LAMPS, "lamp|.png"), ["assets/lamp.png:1:1"]);
    assert_eq!(definition(LAMPS, "ni|ght %}"), ["data/features/night.yml:1:1"]);
    assert_eq!(definition("content/guides/index.md", "/la|mps"), ["content/guides/lamps.md:1:1"]);
    assert!(definition(LAMPS, "At ni|ght").is_empty());
}

#[test]
fn references_are_found_in_all_languages() {
    let expected = [
        "content/guides/lamps.md:9:13",
        "content/guides/ropes.md:6:9",
        "data/reusables/lamps/oil.md:1:16",
        "translations/zh/content/guides/lamps.md:7:9",
        "translations/zh/data/reusables/lamps/oil.md:1:9",
    ];
    let references = |path, part| places("textDocument/references", path, part);
    assert_eq!(references(LAMPS, "variables.st|ore.name"), expected);
    assert_eq!(references("data/variables/store.yml", "na|me"), expected);
    let oil = ["content/guides/lamps.md:9:49", "translations/zh/content/guides/lamps.md:7:41"];
    assert_eq!(references("data/reusables/lamps/oil.md", "Oi|l of"), oil);
    let lamps = ["content/guides/index.md:5:5"];
    assert_eq!(references(LAMPS, "At ni|ght"), lamps);
}

/// The edits of a rename at a part of a file, or why there are none.
fn renamed(path: &str, part: &str, name: &str) -> String {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    let text = client.open_file(path);
    let mut params = client.at(path, place(&text, part));
    params["newName"] = json!(name);
    match client.ask("textDocument/rename", params) {
        Err(error) => error["message"].as_str().unwrap_or_default().to_owned(),
        Ok(edit) => changes(&client, &edit),
    }
}

/// What an edit does, a line each.
fn changes(client: &Client, edit: &Value) -> String {
    let root = client.uri("");
    let root = root.as_str().expect("an address");
    let path = |uri: &Value| uri.as_str().expect("an address").trim_start_matches(root).to_owned();
    let mut lines = Vec::new();
    for change in edit["documentChanges"].as_array().expect("a list") {
        if change["kind"] == "rename" {
            lines.push(format!("{} → {}", path(&change["oldUri"]), path(&change["newUri"])));
        }
        for one in change["edits"].as_array().into_iter().flatten() {
            let (start, end) = (&one["range"]["start"], &one["range"]["end"]);
            let file = path(&change["textDocument"]["uri"]);
            let text = one["newText"].as_str().expect("a text");
            let (line, from, to) = (&start["line"], &start["character"], &end["character"]);
            lines.push(format!("{file}:{line}:{from}-{to} {text}"));
        }
    }
    lines.join("\n")
}

#[test]
fn a_variable_is_renamed_in_all_languages() {
    let expected = "\
content/guides/lamps.md:8:12-32 variables.store.title
content/guides/ropes.md:5:8-28 variables.store.title
data/reusables/lamps/oil.md:0:15-35 variables.store.title
data/variables/store.yml:1:0-4 title
translations/zh/content/guides/lamps.md:6:8-28 variables.store.title
translations/zh/data/reusables/lamps/oil.md:0:8-28 variables.store.title
translations/zh/data/variables/store.yml:0:0-4 title";
    assert_eq!(renamed(LAMPS, "variables.st|ore.name", "variables.store.title"), expected);
    assert_eq!(renamed("data/variables/store.yml", "na|me", "title"), expected);
}

#[test]
fn a_reusable_is_renamed_with_its_files() {
    let expected = "\
content/guides/lamps.md:8:48-67 reusables.oils.lamp
translations/zh/content/guides/lamps.md:6:40-59 reusables.oils.lamp
data/reusables/lamps/oil.md → data/reusables/oils/lamp.md
translations/zh/data/reusables/lamps/oil.md → translations/zh/data/reusables/oils/lamp.md";
    assert_eq!(renamed(LAMPS, "reusables.l|amps.oil", "reusables.oils.lamp"), expected);
}

#[test]
fn what_cannot_be_renamed_is_refused() {
    let check =
        |name, expected| assert_eq!(renamed(LAMPS, "variables.st|ore.name", name), expected);
    check("other", "there is `variables.store.other` already");
    check(
        "variables.store.",
        "`variables.store.` is no key: use letters, digits, `-`, `_`, and dots between",
    );
    check(
        "a b",
        "`variables.store.a b` is no key: use letters, digits, `-`, `_`, and dots between",
    );
    check(
        "variables.shop.name",
        "only the last part of `variables.store.name` can be other: it is written in the file of `variables.store`",
    );
    check("variables.store.name.x", "`variables.store.name.x` would be inside of itself");
    assert_eq!(renamed(LAMPS, "/guides/ro|pes", "x"), "only keys of the data can be renamed");
    assert_eq!(
        renamed(LAMPS, "reusables.l|amps.oil", "reusables.lamps.wick"),
        "there is `reusables.lamps.wick` already"
    );
}

#[test]
fn what_is_going_to_be_renamed_is_marked() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    let text = client.open_file(LAMPS);
    let mut prepare = |part: &str| {
        client.ask_at("textDocument/prepareRename", LAMPS, place(&text, part)).expect("an answer")
    };
    let found = prepare("variables.st|ore.name");
    assert_eq!(found["placeholder"], "variables.store.name");
    assert_eq!(found["range"]["start"], json!({ "line": 8, "character": 12 }));
    assert_eq!(prepare("/guides/ro|pes"), Value::Null);
}

#[test]
fn headings_and_keys_are_symbols() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    let mut symbols = |path: &str| {
        let document = json!({ "textDocument": { "uri": client.uri(path) } });
        let found = client.ask("textDocument/documentSymbol", document).expect("an answer");
        names(&found)
    };
    assert_eq!(symbols(LAMPS), "One(Two)");
    assert_eq!(symbols("data/variables/store.yml"), "other name");
    assert_eq!(symbols("data/features/night.yml"), "versions(product)");
    let mut found = |query: &str| {
        let found = client.ask("workspace/symbol", json!({ "query": query })).expect("an answer");
        names(&found)
    };
    assert_eq!(found("lamp"), "Lamps reusables.lamps.oil reusables.lamps.wick");
    assert_eq!(found("no such thing"), "");
}

fn names(symbols: &Value) -> String {
    let name = |symbol: &Value| {
        let name = symbol["name"].as_str().expect("a name");
        match names(&symbol["children"]) {
            below if below.is_empty() => name.to_owned(),
            below => format!("{name}({below})"),
        }
    };
    let symbols = symbols.as_array().map_or(&[][..], Vec::as_slice);
    symbols.iter().map(name).collect::<Vec<_>>().join(" ")
}

#[test]
fn links_can_be_followed() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    client.open_file(LAMPS);
    let document = json!({ "textDocument": { "uri": client.uri(LAMPS) } });
    let found = client.ask("textDocument/documentLink", document).expect("an answer");
    let targets = found.as_array().expect("a list").iter().map(|link| link["target"].clone());
    let expected = ["content/guides/ropes.md", "assets/lamp.png"].map(|path| client.uri(path));
    assert_eq!(targets.collect::<Vec<_>>(), expected);
}

/// Writes a file of a site.
fn write(root: &Path, path: &str, text: &str) {
    fs::write(root.join(path), text).expect("the file can be written");
}
