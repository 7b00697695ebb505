//! The loop: messages in, answers and findings out, and the life of a session.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{self, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, InitializeParams, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::findings::{Published, Told};
use super::places::{normal, path};
use super::seen::{Abilities, Asked, Fault, answer, capabilities};
use super::wire::{self, Incoming};
use super::world::World;
use crate::preview::reader::{Choose, Place, Touched};

/// How long nobody types before findings are looked for.
const QUIET: Duration = Duration::from_millis(120);

/// How a session of the protocol has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The editor has said that it ends, and then ended it.
    InOrder,
    /// The editor has gone, or ended it without saying so before.
    WithoutShutdown,
}

/// The site that a folder of the editor is, or lies in; or why there is none.
pub type Locate = Arc<dyn Fn(&Path) -> Result<Place, String> + Send + Sync>;

/// How the site of a folder is found, and what of it is shown.
#[derive(Clone)]
pub struct Start {
    /// How it is found.
    pub locate: Locate,
    /// What is shown of a site.
    pub choose: Choose,
}

/// Serves an editor until it ends the session. An error is one of the output.
pub fn serve(
    input: impl Read + Send + 'static,
    output: impl Write + Send,
    start: Start,
) -> io::Result<Ended> {
    let (sender, events) = channel();
    let messages = sender.clone();
    std::thread::spawn(move || read_all(input, &messages));
    let mut server = Server::new(output, start, events, sender);
    let ended = server.run();
    server.watching.store(true, Ordering::Relaxed);
    ended
}

/// What the server hears of.
pub(super) enum Event {
    Message(Incoming),
    Touched(Touched),
    /// The editor has closed the input.
    End,
}

fn read_all(input: impl Read, events: &Sender<Event>) {
    let mut input = BufReader::new(input);
    while let Ok(Some(message)) = wire::read(&mut input) {
        if events.send(Event::Message(message)).is_err() {
            return;
        }
    }
    let _ = events.send(Event::End);
}

/// How far a session has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    Fresh,
    Running,
    ShutDown,
}

/// A document that is open in the editor.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) path: PathBuf,
    pub(super) text: String,
    pub(super) version: i32,
}

pub(super) struct Server<W> {
    pub(super) output: W,
    pub(super) start: Start,
    pub(super) events: Receiver<Event>,
    pub(super) sender: Sender<Event>,
    pub(super) life: Life,
    pub(super) abilities: Abilities,
    pub(super) folders: Vec<PathBuf>,
    /// By their addresses.
    pub(super) documents: BTreeMap<String, Document>,
    pub(super) world: Option<World>,
    /// Set where the thread that watches the files of the site is to end.
    pub(super) watching: Arc<AtomicBool>,
    /// Why there is no site, or not the one of now, and how that was said: once.
    pub(super) trouble: Option<(&'static str, String)>,
    /// The files that were touched since the last snapshot.
    pub(super) pending: Touched,
    /// When findings are to be looked for.
    pub(super) due: Option<Instant>,
    /// Whether findings were not looked for since the last snapshot.
    pub(super) is_new: bool,
    pub(super) published: Published,
    /// Requests that nobody waits for any more.
    pub(super) cancelled: BTreeSet<String>,
}

impl<W: Write> Server<W> {
    pub(super) fn new(
        output: W,
        start: Start,
        events: Receiver<Event>,
        sender: Sender<Event>,
    ) -> Self {
        Self {
            output,
            start,
            events,
            sender,
            life: Life::Fresh,
            abilities: Abilities::default(),
            folders: Vec::new(),
            documents: BTreeMap::new(),
            world: None,
            watching: Arc::default(),
            trouble: None,
            pending: Touched::default(),
            due: None,
            is_new: false,
            published: Published::default(),
            cancelled: BTreeSet::new(),
        }
    }

    pub(super) fn run(&mut self) -> io::Result<Ended> {
        let mut queue = VecDeque::new();
        loop {
            if queue.is_empty() {
                match self.next()? {
                    Some(event) => queue.push_back(event),
                    None => continue,
                }
            }
            // What was cancelled in the meantime is not begun.
            queue.extend(self.events.try_iter());
            self.note_cancelled(&queue);
            let Some(event) = queue.pop_front() else { continue };
            let ended = match event {
                Event::End => Some(Ended::WithoutShutdown),
                Event::Touched(touched) => {
                    self.touch(touched);
                    None
                }
                Event::Message(Incoming::Malformed(why)) => {
                    self.respond(&Value::Null, Err(Fault::new(Fault::PARSE, why)))?;
                    None
                }
                Event::Message(Incoming::Message(message)) => self.message(message)?,
            };
            if let Some(ended) = ended {
                return Ok(ended);
            }
        }
    }

    /// The next event; nothing where the time has come to look for findings instead.
    fn next(&mut self) -> io::Result<Option<Event>> {
        let Some(due) = self.due else {
            // The server holds a sender itself, so that there is always one.
            return Ok(Some(self.events.recv().unwrap_or(Event::End)));
        };
        match self.events.recv_timeout(due.saturating_duration_since(Instant::now())) {
            Ok(event) => Ok(Some(event)),
            Err(RecvTimeoutError::Disconnected) => Ok(Some(Event::End)),
            Err(RecvTimeoutError::Timeout) => {
                self.due = None;
                self.catch_up()?;
                self.publish(None)?;
                Ok(None)
            }
        }
    }

    fn note_cancelled(&mut self, queue: &VecDeque<Event>) {
        for event in queue {
            if let Event::Message(Incoming::Message(message)) = event
                && message["method"] == "$/cancelRequest"
            {
                self.cancelled.insert(message["params"]["id"].to_string());
            }
        }
    }

    fn message(&mut self, message: Value) -> io::Result<Option<Ended>> {
        let (method, id) = (message["method"].as_str(), message.get("id"));
        match (method, id) {
            (Some("exit"), _) => Ok(Some(match self.life {
                Life::ShutDown => Ended::InOrder,
                Life::Fresh | Life::Running => Ended::WithoutShutdown,
            })),
            (Some(method), Some(id)) => {
                let outcome = match self.cancelled.remove(&id.to_string()) {
                    true => Err(Fault::new(Fault::CANCELLED, "cancelled")),
                    false => self.request(method, message["params"].clone()),
                };
                self.respond(id, outcome)?;
                if method == "initialize" {
                    self.open()?;
                }
                Ok(None)
            }
            (Some(method), None) => {
                self.notification(method, message["params"].clone())?;
                Ok(None)
            }
            (None, Some(_)) if message.get("result").or(message.get("error")).is_some() => Ok(None),
            (None, id) => {
                let fault = Fault::new(Fault::INVALID_REQUEST, "the message has no method");
                self.respond(id.unwrap_or(&Value::Null), Err(fault))?;
                Ok(None)
            }
        }
    }

    fn request(&mut self, method: &str, params: Value) -> Result<Value, Fault> {
        match (self.life, method) {
            (Life::Fresh, "initialize") => self.initialize(params),
            (Life::Fresh, _) => {
                Err(Fault::new(Fault::NOT_INITIALIZED, "the first request is `initialize`"))
            }
            (Life::ShutDown, _) | (_, "initialize") => {
                let message = format!("`{method}` cannot be asked now");
                Err(Fault::new(Fault::INVALID_REQUEST, message))
            }
            (Life::Running, "shutdown") => {
                self.life = Life::ShutDown;
                Ok(Value::Null)
            }
            (Life::Running, _) => self.asked(method, params),
        }
    }

    /// Answers what is asked about the site. A panic costs the answer, not the session.
    fn asked(&mut self, method: &str, params: Value) -> Result<Value, Fault> {
        let failed =
            || Fault::new(Fault::INTERNAL, format!("variorum itself failed on `{method}`"));
        let is_typing = method == "textDocument/completion" || method == "completionItem/resolve";
        if !is_typing {
            // Where the site cannot be read now, the last one answers.
            catch_unwind(AssertUnwindSafe(|| self.catch_up())).map_err(|_| failed())?.map_err(
                |error| Fault::new(Fault::INTERNAL, format!("the editor cannot be told: {error}")),
            )?;
        }
        let asked = Asked {
            world: self.world.as_ref(),
            documents: &self.documents,
            published: &self.published,
            abilities: &self.abilities,
        };
        catch_unwind(AssertUnwindSafe(|| answer(&asked, method, params))).map_err(|_| failed())?
    }

    fn initialize(&mut self, params: Value) -> Result<Value, Fault> {
        let params: InitializeParams = parsed(params)?;
        self.abilities = Abilities::of(&params);
        let folders = params.workspace_folders.unwrap_or_default().into_iter();
        self.folders = folders.filter_map(|folder| path(&folder.uri)).collect();
        #[expect(deprecated, reason = "older editors say only this")]
        let root = params.root_uri;
        if self.folders.is_empty() {
            self.folders.extend(root.and_then(|root| path(&root)));
        }
        self.life = Life::Running;
        let capabilities = capabilities(self.abilities.encoding);
        let version = env!("CARGO_PKG_VERSION");
        Ok(json!({
            "capabilities": capabilities,
            "serverInfo": { "name": "variorum", "version": version },
        }))
    }

    fn notification(&mut self, method: &str, params: Value) -> io::Result<()> {
        if self.life != Life::Running {
            return Ok(());
        }
        match method {
            "textDocument/didOpen" => {
                let Ok(params) = parsed::<DidOpenTextDocumentParams>(params) else { return Ok(()) };
                let document = params.text_document;
                self.opened(document.uri, &document.text, document.version)
            }
            "textDocument/didChange" => {
                let Ok(params) = parsed::<DidChangeTextDocumentParams>(params) else {
                    return Ok(());
                };
                let Some(change) = params.content_changes.into_iter().next_back() else {
                    return Ok(());
                };
                let document = params.text_document;
                self.opened(document.uri, &change.text, document.version)
            }
            "textDocument/didClose" => {
                let Ok(params) = parsed::<DidCloseTextDocumentParams>(params) else {
                    return Ok(());
                };
                self.closed(params.text_document.uri.as_str())
            }
            "textDocument/didSave" => {
                let Ok(params) = parsed::<DidSaveTextDocumentParams>(params) else { return Ok(()) };
                self.saved(&params.text_document.uri)
            }
            "workspace/didChangeWatchedFiles" => {
                let Ok(params) = parsed::<DidChangeWatchedFilesParams>(params) else {
                    return Ok(());
                };
                let files = params.changes.iter().filter_map(|change| path(&change.uri));
                let files: BTreeSet<String> = files.filter_map(|path| self.below(&path)).collect();
                self.touch(Touched { files, everything: false });
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// A document was opened, or has another text.
    fn opened(&mut self, uri: Uri, text: &str, version: i32) -> io::Result<()> {
        // What is in no file is no part of a site.
        let Some(path) = path(&uri) else { return Ok(()) };
        let key = uri.as_str().to_owned();
        let text = normal(text);
        let below = self.held(&path);
        self.documents.insert(key.clone(), Document { path, text, version });
        if self.world.is_none() {
            return self.open();
        }
        if let (Some(below), Some(world)) = (below, &mut self.world) {
            world.hold(&below, Some(&self.documents[&key].text));
            self.touch(Touched { files: BTreeSet::from([below]), everything: false });
        }
        Ok(())
    }

    fn closed(&mut self, uri: &str) -> io::Result<()> {
        let Some(document) = self.documents.remove(uri) else { return Ok(()) };
        if let (Some(below), Some(world)) = (self.held(&document.path), &mut self.world) {
            world.hold(&below, None);
            self.touch(Touched { files: BTreeSet::from([below]), everything: false });
        }
        let cleared = self.published.cleared(uri);
        cleared.into_iter().try_for_each(|told| self.tell(told))
    }

    /// What a save reaches is told at once, also in files that are not open.
    fn saved(&mut self, uri: &Uri) -> io::Result<()> {
        let Some(below) = path(uri).and_then(|path| self.below(&path)) else {
            return if self.world.is_none() { self.open() } else { Ok(()) };
        };
        self.touch(Touched { files: BTreeSet::from([below.clone()]), everything: false });
        self.due = None;
        self.catch_up()?;
        self.publish(Some(&below))
    }

    fn below(&self, path: &Path) -> Option<String> {
        self.world.as_ref()?.below(path)
    }

    /// The path below the site's folder of a document that can stand for its file.
    fn held(&self, path: &Path) -> Option<String> {
        let world = self.world.as_ref()?;
        world.below(path).filter(|_| !world.is_configuration(path))
    }

    /// Files have changed: they are taken in when somebody asks, or when it has been quiet.
    fn touch(&mut self, touched: Touched) {
        self.pending = std::mem::take(&mut self.pending).and(touched);
        self.due = Some(Instant::now() + QUIET);
    }

    /// Tells what is wrong in open documents; behind a save of `saved` also in others.
    fn publish(&mut self, saved: Option<&str>) -> io::Result<()> {
        if !self.is_new && saved.is_none() {
            return Ok(());
        }
        let Some(world) = &self.world else { return Ok(()) };
        self.is_new = false;
        let (published, documents) = (&mut self.published, &self.documents);
        // A panic over findings costs them, until the next change.
        let told = catch_unwind(AssertUnwindSafe(|| published.next(world, documents, saved)));
        told.unwrap_or_default().into_iter().try_for_each(|told| self.tell(told))
    }

    pub(super) fn tell(&mut self, told: Told) -> io::Result<()> {
        let Told { uri, version, diagnostics } = told;
        let params = json!({ "uri": uri, "version": version, "diagnostics": diagnostics });
        self.notify("textDocument/publishDiagnostics", params)
    }

    pub(super) fn notify(&mut self, method: &str, params: Value) -> io::Result<()> {
        let message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        wire::write(&mut self.output, &message)
    }

    fn respond(&mut self, id: &Value, outcome: Result<Value, Fault>) -> io::Result<()> {
        let mut message = json!({ "jsonrpc": "2.0", "id": id });
        match outcome {
            Ok(result) => message["result"] = result,
            Err(Fault { code, message: why }) => {
                message["error"] = json!({ "code": code, "message": why });
            }
        }
        wire::write(&mut self.output, &message)
    }
}

/// Parameters, or the fault that they are none.
pub(super) fn parsed<T: DeserializeOwned>(params: Value) -> Result<T, Fault> {
    serde_json::from_value(params)
        .map_err(|error| Fault::new(Fault::INVALID_PARAMS, error.to_string()))
}
