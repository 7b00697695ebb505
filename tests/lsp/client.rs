//! An editor, as far as the language server can tell: it starts the program and speaks the protocol.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Stdio};
use std::str::FromStr;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::program::program;

/// How long an answer is waited for before the test gives up.
const PATIENCE: Duration = Duration::from_secs(120);

const IN_ADDRESSES: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'/');

pub(crate) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    root: PathBuf,
    next: i64,
    version: i64,
    /// Notifications that came while an answer was waited for.
    pub(crate) heard: Vec<Value>,
}

impl Client {
    /// An editor that has the folder open and counts in UTF-16.
    pub(crate) fn open(root: &Path) -> Self {
        let mut client = Self::start(root, &[]);
        client.initialize(json!({
            "workspace": { "workspaceEdit": {
                "documentChanges": true, "resourceOperations": ["create", "rename", "delete"],
            } },
        }));
        client
    }

    /// The program, that nothing was said to.
    pub(crate) fn start(root: &Path, arguments: &[&str]) -> Self {
        let mut command = program(root);
        command.arg("lsp").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().expect("the program can be started");
        let output = child.stdout.take().expect("it is a pipe");
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        let (next, version, heard) = (0, 0, Vec::new());
        Self { child, input, messages, root: root.to_owned(), next, version, heard }
    }

    pub(crate) fn initialize(&mut self, capabilities: Value) -> Value {
        let folder = json!({ "uri": address(&self.root), "name": "site" });
        let params = json!({
            "processId": null, "rootUri": address(&self.root), "capabilities": capabilities,
            "workspaceFolders": [folder],
        });
        let result = self.ask("initialize", params).expect("the server can be initialized");
        self.tell("initialized", json!({}));
        result
    }

    /// Writes bytes as they are.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the input is open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.write(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The result of a request, or its error.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        self.next += 1;
        let id = json!(self.next);
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.answer(&id)
    }

    /// The answer to the request with this number.
    pub(crate) fn answer(&mut self, id: &Value) -> Result<Value, Value> {
        loop {
            let message = self.message();
            if message.get("id") == Some(id) {
                return match message.get("error") {
                    Some(error) => Err(error.clone()),
                    None => Ok(message["result"].clone()),
                };
            }
            self.heard.push(message);
        }
    }

    pub(crate) fn message(&mut self) -> Value {
        self.messages.recv_timeout(PATIENCE).expect("the server says something")
    }

    /// The next notification of this method for which something holds; those before it are forgotten.
    pub(crate) fn hear(&mut self, method: &str, holds: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = if self.heard.is_empty() { self.message() } else { self.heard.remove(0) };
            if message["method"] == method && holds(&message["params"]) {
                return message["params"].clone();
            }
        }
    }

    /// What is wrong in a file, as soon as something is told of it that `holds`: line, code and message of each.
    pub(crate) fn findings(
        &mut self,
        path: &str,
        holds: impl Fn(&[String]) -> bool,
    ) -> Vec<String> {
        let uri = self.uri(path);
        let shown = |params: &Value| -> Vec<String> {
            let diagnostics = params["diagnostics"].as_array().cloned().unwrap_or_default();
            let line = |one: &Value| {
                let start = &one["range"]["start"];
                let message = one["message"].as_str().unwrap_or_default();
                format!("{}:{} {} {message}", start["line"], start["character"], one["code"])
            };
            diagnostics.iter().map(line).collect()
        };
        let is_it = |params: &Value| params["uri"] == uri && holds(&shown(params));
        shown(&self.hear("textDocument/publishDiagnostics", is_it))
    }

    pub(crate) fn uri(&self, path: &str) -> Value {
        json!(address(&self.root.join(path)))
    }

    /// Opens a document as its file is.
    pub(crate) fn open_file(&mut self, path: &str) -> String {
        let text = std::fs::read_to_string(self.root.join(path)).expect("the file is there");
        self.open_text(path, &text);
        text
    }

    pub(crate) fn open_text(&mut self, path: &str, text: &str) {
        self.version += 1;
        let document = json!({
            "uri": self.uri(path), "languageId": "markdown", "version": self.version, "text": text,
        });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(crate) fn change(&mut self, path: &str, text: &str) {
        self.version += 1;
        let document = json!({ "uri": self.uri(path), "version": self.version });
        let changes = json!([{ "text": text }]);
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.tell("textDocument/didChange", params);
    }

    pub(crate) fn save(&mut self, path: &str) {
        let document = json!({ "uri": self.uri(path) });
        self.tell("textDocument/didSave", json!({ "textDocument": document }));
    }

    /// Asks about a place in a document: the `part` of its text, and so many characters behind its beginning.
    pub(crate) fn ask_at(
        &mut self,
        method: &str,
        path: &str,
        at: (u64, u64),
    ) -> Result<Value, Value> {
        let mut params = self.at(path, at);
        if method == "textDocument/references" {
            params["context"] = json!({ "includeDeclaration": false });
        }
        self.ask(method, params)
    }

    pub(crate) fn at(&self, path: &str, (line, character): (u64, u64)) -> Value {
        json!({
            "textDocument": { "uri": self.uri(path) },
            "position": { "line": line, "character": character },
        })
    }

    /// Ends the session; the exit code.
    pub(crate) fn end(mut self) -> i32 {
        self.ask("shutdown", Value::Null).expect("the server can be shut down");
        self.tell("exit", Value::Null);
        self.code()
    }

    pub(crate) fn close_input(&mut self) {
        self.input = None;
    }

    pub(crate) fn code(&mut self) -> i32 {
        self.child.wait().expect("it ends").code().unwrap_or(-1)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address of a file, as an editor writes it.
pub(crate) fn address(path: &Path) -> String {
    let path = path.to_str().expect("temporary folders have plain names");
    let text = format!("file://{}", utf8_percent_encode(path, IN_ADDRESSES));
    Uri::from_str(&text).expect("it is an address");
    text
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some((_, value)) => length = value.parse().ok(),
            None => break,
        }
    }
    let mut bytes = vec![0; length?];
    output.read_exact(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}
