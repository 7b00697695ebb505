//! What cannot be brought about from outside: the order in which messages arrive, and faults of the program.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;

use serde_json::{Value, json};

use super::server::{Event, Server};
use super::wire::{Incoming, read};
use super::{Ended, Start};
use crate::config::Config;
use crate::preview::reader::Place;
use crate::render::{Settings, Twins};

/// A site of the browser tests, which is only read here.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/site")
}

/// What is said where all of these messages are there before the first one is looked at.
fn session(
    choose: impl Fn(&Config) -> Result<Settings, String> + Send + Sync + 'static,
    messages: &[Value],
) -> (Ended, Vec<Value>) {
    let (sender, events) = channel();
    for message in messages {
        let message = Incoming::Message(message.clone());
        sender.send(Event::Message(message)).expect("the receiver is there");
    }
    sender.send(Event::End).expect("the receiver is there");
    let place = |folder: &Path| {
        let config = folder.join("variorum.yml");
        Ok(Place { root: folder.to_owned(), config, config_name: "variorum.yml".to_owned() })
    };
    let start = Start { locate: Arc::new(place), choose: Arc::new(choose) };
    let mut said = Vec::new();
    let ended = Server::new(&mut said, start, events, sender).run().expect("memory can be written");
    let (mut said, mut all) = (&*said, Vec::new());
    while let Some(Incoming::Message(message)) = read(&mut said).expect("memory can be read") {
        all.push(message);
    }
    (ended, all)
}

fn settings(config: &Config) -> Result<Settings, String> {
    Ok(Settings {
        languages: config.languages().map(|(language, _)| language).collect(),
        versions: config.versions.all(),
        today: jiff::civil::date(2020, 6, 1),
        twins: Twins::LeftOut,
    })
}

fn initialize() -> Value {
    let uri = super::places::address(&root()).expect("a folder has an address");
    json!({ "id": 1, "method": "initialize", "params": { "capabilities": {}, "rootUri": uri } })
}

#[test]
fn what_was_cancelled_before_its_turn_is_not_answered() {
    let ask = |id: u64| json!({ "id": id, "method": "workspace/symbol", "params": { "query": "no such thing" } });
    let cancel = json!({ "method": "$/cancelRequest", "params": { "id": 3 } });
    let messages = [initialize(), ask(2), ask(3), ask(4), cancel];
    let (ended, said) = session(settings, &messages);
    assert_eq!(ended, Ended::WithoutShutdown);
    let answer = |id: u64| said.iter().find(|message| message["id"] == id).expect("an answer");
    assert_eq!(answer(2)["result"], json!([]));
    assert_eq!(answer(3)["error"]["code"], -32800);
    assert_eq!(answer(4)["result"], json!([]));
}

#[test]
fn a_fault_of_the_program_is_said_and_ends_nothing() {
    let ask =
        json!({ "id": 2, "method": "workspace/symbol", "params": { "query": "no such thing" } });
    let fails = |_: &Config| -> Result<Settings, String> { panic!("this test wants a panic") };
    let (_, said) = session(fails, &[initialize(), ask]);
    let told = said.iter().find(|message| message["method"] == "window/showMessage");
    let told = told.expect("somebody is told");
    assert_eq!(told["params"]["message"], "variorum itself failed on the site");
    let answer = said.iter().find(|message| message["id"] == 2).expect("an answer");
    assert_eq!(answer["result"], Value::Null);
}
