//! What is offered and told while somebody writes.

use serde_json::{Value, json};

use super::client::Client;
use super::{LAMPS, place, site, write};

/// What is offered at the `|` of a page with this text: the first labels, and the text behind the first one's edit.
fn offered(path: &str, text: &str) -> (Vec<String>, String) {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    let at = text.find('|').expect("a cursor");
    let text = text.replacen('|', "", 1);
    client.open_text(path, &text);
    let line = text[..at].matches('\n').count() as u64;
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let column = text[start..at].encode_utf16().count() as u64;
    let found = client.ask_at("textDocument/completion", path, (line, column)).expect("an answer");
    let items = found.as_array().cloned().unwrap_or_default();
    let labels = items.iter().map(|item| item["label"].as_str().unwrap_or_default().to_owned());
    let edited = items.first().map_or_else(String::new, |item| edited(&text, &item["textEdit"]));
    (labels.collect(), edited)
}

/// The line of an edit after it was made.
fn edited(text: &str, edit: &Value) -> String {
    let (start, end) = (&edit["range"]["start"], &edit["range"]["end"]);
    let line = text.lines().nth(start["line"].as_u64().unwrap_or(0) as usize).unwrap_or_default();
    let units: Vec<u16> = line.encode_utf16().collect();
    let unit = |place: &Value| place["character"].as_u64().unwrap_or(0) as usize;
    let part = |units: &[u16]| String::from_utf16_lossy(units);
    let new = edit["newText"].as_str().unwrap_or_default();
    format!("{}{new}{}", part(&units[..unit(start)]), part(&units[unit(end)..]))
}

fn page(body: &str) -> String {
    format!("---\ntitle: A\nversions: '*'\n---\n{body}")
}

#[track_caller]
fn check(text: &str, labels: &[&str], line: &str) {
    let (found, edited) = offered(LAMPS, text);
    assert_eq!(found, labels);
    assert_eq!(edited, line);
}

#[test]
fn keys_take_the_place_of_what_is_typed() {
    let keys = ["reusables.lamps.oil", "reusables.lamps.wick"];
    check(&page("🏮 {% data reusables.la| %}"), &keys, "🏮 {% data reusables.lamps.oil %}");
    check(
        &page("{{ site.data.reusables.lamps.w|ick }}"),
        &keys,
        "{{ site.data.reusables.lamps.oil }}",
    );
    let (all, _) = offered(LAMPS, &page("{% data |"));
    assert!(all.contains(&"variables.store.name".to_owned()), "{all:?}");
}

#[test]
fn a_key_says_its_value() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    let text = page("{% data variables.store. %}");
    client.open_text(LAMPS, &text);
    let at = place(&text, "store.| %}");
    let found = client.ask_at("textDocument/completion", LAMPS, at).expect("an answer");
    let item = found[1].clone();
    assert_eq!(item["detail"], "The Shop");
    let resolved = client.ask("completionItem/resolve", item).expect("an answer");
    insta::assert_snapshot!(resolved["documentation"]["value"].as_str().unwrap_or_default(), @r"
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
}

#[test]
fn tags_conditions_and_releases_are_offered() {
    let (tags, line) = offered(LAMPS, &page("{% ifversion prod %}{% e| %}"));
    assert_eq!((tags[0].as_str(), line.as_str()), ("endif", "{% ifversion prod %}{% endif %}"));
    let (words, _) = offered(LAMPS, &page("{% ifversion fr or n| %}"));
    assert_eq!(
        words,
        ["free", "fr", "product", "prod", "night", "and", "or", "not", "currentVersion"]
    );
    check(&page("{% ifversion prod > | %}"), &["2.0", "1.0"], "{% ifversion prod > 2.0 %}");
    check(&page("{% include b| %}"), &["box.html", "featured-link"], "{% include box.html %}");
    let (icons, _) = offered(LAMPS, &page("{% octicon \"gea| %}"));
    assert!(icons.contains(&"gear".to_owned()));
    let (fences, _) = offered(LAMPS, &page("```ya|"));
    assert!(fences.contains(&"yaml".to_owned()), "{fences:?}");
}

#[test]
fn pages_and_pictures_are_offered_in_addresses() {
    let all = ["/guides", "/guides/lamps", "/guides/ropes", "/", "/assets/lamp.png"];
    check(&page("[a](/gui|"), &all, "[a](/guides");
    check(&page("![a](/assets/|)"), &["/assets/lamp.png"], "![a](/assets/lamp.png)");
    let (links, _) = offered(LAMPS, &page("{% link_in_list /| %}"));
    assert_eq!(links, ["/guides", "/lamps", "/ropes", "/"]);
}

#[test]
fn front_matter_has_its_keys_and_values() {
    let (keys, _) = offered(LAMPS, "---\ntitle: A\nvers|\n---\n");
    assert_eq!(keys[..4], ["shortTitle: ", "intro: ", "product: ", "permissions: "]);
    check(
        "---\nversions:\n  prod: '>|'\n---\n",
        &["*", ">=2.0", ">2.0", "<2.0", ">=1.0", ">1.0", "<1.0"],
        "  prod: '*'",
    );
    check("---\nversions:\n  feature: |\n---\n", &["night"], "  feature: night");
    check("---\nhidden: |\n---\n", &["true", "false"], "hidden: true");
    let (children, _) =
        offered("content/guides/index.md", "---\ntitle: A\nchildren:\n  - |\n---\n");
    assert_eq!(children, ["/lamps", "/ropes"]);
    let (topics, _) = offered("content/guides/ropes.md", "---\ntitle: A\ntopics: [|]\n---\n");
    assert_eq!(topics, ["light"]);
}

#[test]
fn what_is_wrong_is_told_while_it_is_written() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    client.open_text(LAMPS, &page("🏮 {% data variables.store.nmae %} [a](/guides/rope)\n"));
    let found = client.findings(LAMPS, |found| !found.is_empty());
    assert_eq!(
        found,
        [
            "4:3 \"unknown-data-reference\" `variables.store.nmae` is not defined\ndid you mean `variables.store.name`?",
            "4:35 \"broken-link\" `/guides/rope` leads nowhere on this site\ndid you mean `/guides/ropes`?",
        ]
    );
    client.change(LAMPS, &page("mended\n"));
    assert!(client.findings(LAMPS, |found| found.is_empty()).is_empty());
}

#[test]
fn a_mistake_can_be_mended_at_its_place() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    let text = page("🏮 {% data variables.store.nmae %}\n");
    client.open_text(LAMPS, &text);
    client.findings(LAMPS, |found| !found.is_empty());
    let (line, character) = place(&text, "nmae");
    let range = json!({ "start": { "line": line, "character": character }, "end": { "line": line, "character": character } });
    let params = json!({
        "textDocument": { "uri": client.uri(LAMPS) }, "range": range, "context": { "diagnostics": [] },
    });
    let found = client.ask("textDocument/codeAction", params).expect("an answer");
    assert_eq!(found[0]["title"], "change to `variables.store.name`");
    let changes = super::changes(&client, &found[0]["edit"]);
    assert_eq!(changes, "content/guides/lamps.md:4:11-31 variables.store.name");
}

#[test]
fn the_text_of_the_editor_stands_for_the_file() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    let text = client.open_file("content/guides/ropes.md");
    client.open_text("data/variables/store.yml", "name: Depot\n");
    let at = place(&text, "variables.st|ore");
    let said = |client: &mut Client| {
        let found =
            client.ask_at("textDocument/hover", "content/guides/ropes.md", at).expect("words");
        found["contents"]["value"].as_str().unwrap_or_default().contains("Depot")
    };
    assert!(said(&mut client));
    let document = json!({ "uri": client.uri("data/variables/store.yml") });
    client.tell("textDocument/didClose", json!({ "textDocument": document }));
    assert!(!said(&mut client));
}

#[test]
fn a_file_that_is_not_saved_yet_is_one_of_the_site() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    client.open_text("data/reusables/lamps/new.md", "New.\n");
    client.open_text(LAMPS, &page("{% data reusables.lamps.new %}\n"));
    assert!(client.findings(LAMPS, |_| true).is_empty());
}

#[test]
fn a_reusable_tells_what_is_wrong_with_it_and_a_page_through_what() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    client.open_text("data/reusables/lamps/oil.md", "Oil {% data variables.none %}.\n");
    let found = client.findings("data/reusables/lamps/oil.md", |found| !found.is_empty());
    assert_eq!(found.len(), 1, "{found:?}");
    client.open_file(LAMPS);
    client.save("data/reusables/lamps/oil.md");
    let uri = client.uri("data/reusables/lamps/oil.md");
    client.change("data/reusables/lamps/oil.md", "Oil of {% data variables.none %}.\n");
    let told = client.hear("textDocument/publishDiagnostics", |params| {
        params["uri"] == uri && params["diagnostics"][0]["range"]["start"]["character"] == 7
    });
    let related = &told["diagnostics"][0]["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], client.uri(LAMPS));
    assert_eq!(related["location"]["range"]["start"]["line"], 8);
}

#[test]
fn what_a_save_breaks_elsewhere_is_told_too() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    client.open_text("data/variables/store.yml", "other: y\n");
    write(folder.path(), "data/variables/store.yml", "other: y\n");
    client.save("data/variables/store.yml");
    let found = client.findings("data/reusables/lamps/oil.md", |found| !found.is_empty());
    assert!(found[0].contains("`variables.store.name` is not defined"), "{found:?}");
}

#[test]
fn translations_are_judged_as_translations() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    let path = "translations/zh/content/guides/lamps.md";
    client.open_text(path, "---\ntitle: 灯\n---\n\n{% data variables.store.name %} {% 数据 x %}\n");
    let found = client.findings(path, |found| !found.is_empty());
    assert!(found[0].starts_with("4:"), "{found:?}");
}
