//! Everything is asked everywhere, also in texts that end in the middle: nothing may fail.

use serde_json::{Value, json};

use super::client::Client;
use super::{SITE, site};

/// How far apart the places are that are asked about. A prime, so that they fall into all parts of words.
const STRIDE: usize = 5;

const METHODS: [&str; 6] = [
    "textDocument/completion",
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/prepareRename",
    "textDocument/rename",
];

#[test]
fn no_question_fails_wherever_the_text_ends() {
    let folder = site(&[]);
    let mut client = Client::open(folder.path());
    for (path, text) in
        SITE.iter().filter(|(path, _)| path.ends_with(".md") || path.ends_with(".yml"))
    {
        client.open_text(path, text);
        for at in (0..text.len()).step_by(STRIDE).map(|at| text.floor_char_boundary(at)) {
            client.change(path, &text[..at]);
            ask_all(&mut client, path, &text[..at]);
        }
        client.change(path, text);
    }
    assert_eq!(client.end(), 0);
}

fn ask_all(client: &mut Client, path: &str, text: &str) {
    let line = text.matches('\n').count() as u64;
    let last = text.rsplit('\n').next().unwrap_or_default();
    let column = last.encode_utf16().count() as u64;
    for method in METHODS {
        // Beyond the end of a line is its end.
        for column in [column, column + 9] {
            let mut params = client.at(path, (line, column));
            params["newName"] = json!("other");
            // What completion and references want to know besides.
            params["context"] = json!({ "includeDeclaration": true, "triggerKind": 1 });
            check(method, path, text, client.ask(method, params));
        }
    }
    let document = json!({ "textDocument": { "uri": client.uri(path) } });
    for method in ["textDocument/documentSymbol", "textDocument/documentLink"] {
        check(method, path, text, client.ask(method, document.clone()));
    }
    client.heard.clear();
}

/// An answer may be a refusal, but no fault of the program, and nothing that the server did not understand.
fn check(method: &str, path: &str, text: &str, answer: Result<Value, Value>) {
    if let Err(error) = answer {
        assert_eq!(error["code"], -32803, "{method} in {path} behind {text:?}: {error}");
    }
}
