//! Sessions from their beginning to their end, and everything that can go wrong in them.

use std::fs;

use serde_json::{Value, json};

use super::client::{Client, address};
use super::{LAMPS, place, site, write};

#[test]
fn a_session_ends_in_order() {
    let folder = site(&[]);
    assert_eq!(Client::open(folder.path()).end(), 0);
}

#[test]
fn who_leaves_without_a_word_is_told_by_the_exit_code() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    client.tell("exit", Value::Null);
    assert_eq!(client.code(), 1);
    let mut client = Client::open(folder.path());
    client.close_input();
    assert_eq!(client.code(), 1);
}

#[test]
fn nothing_is_answered_before_the_beginning_and_after_the_end() {
    let folder = site(&[]);
    let mut client = Client::start(folder.path(), &[]);
    let code = |answer: Result<Value, Value>| answer.expect_err("it is refused")["code"].clone();
    assert_eq!(code(client.ask("textDocument/hover", Value::Null)), -32002);
    client.initialize(json!({}));
    assert_eq!(code(client.ask("initialize", json!({ "capabilities": {} }))), -32600);
    client.ask("shutdown", Value::Null).expect("it is shut down");
    assert_eq!(code(client.ask("textDocument/hover", Value::Null)), -32600);
}

#[test]
fn what_nobody_knows_or_understands_is_an_error_and_no_more() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    let error = client.ask("textDocument/dance", json!({})).expect_err("there is no such method");
    assert_eq!(
        error,
        json!({ "code": -32601, "message": "there is no method `textDocument/dance`" })
    );
    let error = client.ask("textDocument/hover", json!({ "x": 1 })).expect_err("nothing is named");
    assert_eq!(error["code"], -32602);
    client.write(b"Content-Length: 5\r\n\r\n{no}}");
    assert_eq!(client.answer(&Value::Null).expect_err("no JSON")["code"], -32700);
    client.write(b"nonsense\r\n\r\n");
    assert_eq!(client.answer(&Value::Null).expect_err("no header")["code"], -32700);
    client.write(b"Content-Length: 9\r\n\r\n{\"id\": 7}");
    assert_eq!(client.answer(&json!(7)).expect_err("no method")["code"], -32600);
    client.tell("$/setTrace", json!({ "value": "off" }));
    client.tell("textDocument/didChange", json!({ "wrong": true }));
    assert_eq!(client.end(), 0);
}

#[test]
fn characters_are_counted_as_the_editor_wishes() {
    let folder = site(&[]);
    let mut client = Client::start(folder.path(), &[]);
    let general = json!({ "general": { "positionEncodings": ["utf-16", "utf-8"] } });
    let result = client.initialize(general);
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-8");
    client.open_file(LAMPS);
    let found = client.ask_at("textDocument/hover", LAMPS, (8, 20)).expect("an answer");
    // A lamp has four bytes, and a character three.
    assert_eq!(found["range"]["start"], json!({ "line": 8, "character": 16 }));
    let mut client = Client::start(folder.path(), &[]);
    assert_eq!(client.initialize(json!({}))["capabilities"]["positionEncoding"], "utf-16");
}

#[test]
fn names_beyond_ascii_are_right_in_addresses() {
    let folder = site(&[(
        "content/guides/灯 笼.md",
        "---\ntitle: 灯笼\nversions: '*'\n---\n{% data variables.store.name %}\n",
    )]);
    let mut client = Client::open(folder.path());
    let path = "content/guides/灯 笼.md";
    let text = client.open_file(path);
    let at = place(&text, "variables.st|ore");
    let found = client.ask_at("textDocument/references", path, at).expect("an answer");
    let uris: Vec<&Value> =
        found.as_array().expect("a list").iter().map(|one| &one["uri"]).collect();
    assert!(uris.contains(&&client.uri(path)), "{uris:?}");
}

#[test]
fn line_ends_and_a_byte_order_mark_move_nothing() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    client.open_text(
        LAMPS,
        "---\r\ntitle: A\r\nversions: '*'\r\n---\r\n\r\n{% data variables.none %}\r\n",
    );
    let found = client.findings(LAMPS, |found| !found.is_empty());
    assert!(found[0].starts_with("5:0 "), "{found:?}");
}

#[test]
fn files_outside_of_the_site_are_left_alone() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    let other = json!("file:///nowhere/a.md");
    let document =
        json!({ "uri": other, "languageId": "markdown", "version": 1, "text": "{% data x %}" });
    client.tell("textDocument/didOpen", json!({ "textDocument": document }));
    let untitled =
        json!({ "uri": "untitled:1", "languageId": "markdown", "version": 1, "text": "x" });
    client.tell("textDocument/didOpen", json!({ "textDocument": untitled }));
    for uri in ["file:///nowhere/a.md", "untitled:1"] {
        let at =
            json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } });
        assert_eq!(client.ask("textDocument/hover", at.clone()), Ok(Value::Null));
        assert_eq!(client.ask("textDocument/completion", at), Ok(json!([])));
    }
}

#[test]
fn a_folder_without_a_site_is_noted_in_the_log() {
    let folder = crate::folder::tempdir().expect("a temporary folder");
    let mut client = Client::open(folder.path());
    let told = client.hear("window/logMessage", |_| true);
    assert!(told["message"].as_str().is_some_and(|text| text.starts_with("no variorum.yml in")));
    let at = client.at("content/a.md", (0, 0));
    assert_eq!(client.ask("textDocument/hover", at), Ok(Value::Null));
}

#[test]
fn a_broken_configuration_is_told_once_and_mended_by_a_save() {
    let folder = site(&[]);
    let path = folder.path().join("variorum.yml");
    let right = fs::read_to_string(&path).expect("it is there");
    write(folder.path(), "variorum.yml", "title: [\n");
    let mut client = Client::open(folder.path());
    client.findings("variorum.yml", |found| !found.is_empty());
    client.hear("window/showMessage", |params| params["type"] == 1);
    client.open_file(LAMPS);
    write(folder.path(), "variorum.yml", &right);
    client.save("variorum.yml");
    client.findings("variorum.yml", |found| found.is_empty());
    let text = fs::read_to_string(folder.path().join(LAMPS)).expect("it is there");
    let at = place(&text, "variables.st|ore");
    let hover = client.ask_at("textDocument/hover", LAMPS, at).expect("an answer");
    assert!(hover["contents"]["value"].is_string(), "{hover}");
}

#[test]
fn a_site_whose_configuration_breaks_is_shown_as_it_was() {
    let folder = site(&[]);
    let right = fs::read_to_string(folder.path().join("variorum.yml")).expect("it is there");
    let mut client = Client::open(folder.path());
    let text = client.open_file(LAMPS);
    let at = place(&text, "variables.st|ore");
    // What is asked waits for the site: from here on there is one that can be shown.
    client.ask_at("textDocument/hover", LAMPS, at).expect("an answer");
    write(folder.path(), "variorum.yml", "title: [\n");
    client.save("variorum.yml");
    client.hear("window/showMessage", |params| params["type"] == 1);
    let hover = client.ask_at("textDocument/hover", LAMPS, at).expect("an answer");
    assert!(hover["contents"]["value"].is_string(), "{hover}");
    write(folder.path(), "variorum.yml", &right);
    client.save("variorum.yml");
    let told = client.hear("window/showMessage", |_| true);
    assert_eq!(told["message"], "the site can be read again");
}

#[test]
fn files_that_others_write_are_seen() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    let page = "---\ntitle: A\nversions: '*'\n---\n{% data reusables.lamps.later %}\n";
    client.open_text(LAMPS, page);
    client.findings(LAMPS, |found| !found.is_empty());
    write(folder.path(), "data/reusables/lamps/later.md", "Later.\n");
    // An editor may tell of it, and the system does.
    let change =
        json!({ "uri": address(&folder.path().join("data/reusables/lamps/later.md")), "type": 1 });
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
    client.findings(LAMPS, |found| found.is_empty());
}

#[test]
fn the_site_can_be_named_by_arguments() {
    let folder = site(&[]);
    let elsewhere = crate::folder::tempdir().expect("a temporary folder");
    let site = folder.path().to_str().expect("temporary folders have plain names");
    let mut client = Client::start(elsewhere.path(), &["--stdio", "--site", site]);
    client.initialize(json!({}));
    let found = client.ask("workspace/symbol", json!({ "query": "lamps" })).expect("an answer");
    assert_eq!(found[0]["name"], "Lamps");
}

#[test]
fn a_configuration_counts_when_it_is_saved() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    let text = client.open_file(LAMPS);
    client.open_text("variorum.yml", "title: [\n");
    let at = place(&text, "variables.st|ore");
    let hover = client.ask_at("textDocument/hover", LAMPS, at).expect("an answer");
    assert!(hover["contents"]["value"].is_string(), "{hover}");
    let is_told = |message: &serde_json::Value| message["method"] == "window/showMessage";
    assert!(!client.heard.iter().any(is_told));
}
