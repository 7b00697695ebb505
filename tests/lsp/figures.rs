//! How long a writer waits on a large site. Nothing is judged by a clock: the figures are printed. `VARIORUM_PROGRAM`
//! names a program that was built to be fast.

use std::io::Write;
use std::time::{Duration, Instant};

use serde_json::json;

use super::client::Client;
use super::program::{Files, put};

/// How often each thing is measured.
const ROUNDS: usize = 20;

#[test]
#[ignore = "measures with the corpus, where it is"]
fn figures_of_the_corpus() {
    let Some((corpus, config)) = crate::shared::corpus() else { return };
    let folder = crate::folder::tempdir().expect("a temporary folder");
    put(folder.path(), &super::program::files(&corpus));
    let config = std::fs::read(config).expect("it is there");
    put(folder.path(), &Files::from([("variorum.yml".to_owned(), config)]));
    let page = "content/github/authenticating-to-github/about-authentication-to-github.md";
    let text = std::fs::read_to_string(folder.path().join(page)).expect("the page is there");
    let begun = Instant::now();
    let mut client = Client::open(folder.path());
    client.open_text(page, &text);
    client.ask_at("textDocument/hover", page, (0, 0)).expect("an answer");
    say(&format!("opened in {:?}", begun.elapsed()));
    let typed = format!("{text}\n{{% data ");
    let line = typed.matches('\n').count() as u64;
    client.change(page, &typed);
    let mut items = 0;
    measure("completion of all keys", || {
        let found = client.ask_at("textDocument/completion", page, (line, 8)).expect("an answer");
        items = found.as_array().map_or(0, Vec::len);
    });
    say(&format!("  {items} keys"));
    client.change(page, &format!("{typed}reusables.two_fa."));
    measure("completion of the keys of a folder", || {
        client.ask_at("textDocument/completion", page, (line, 25)).expect("an answer");
    });
    let key = "{% data variables.product.product_name %}";
    client.change(page, &format!("{text}\n{key}"));
    measure("hover over a variable", || {
        client.ask_at("textDocument/hover", page, (line, 15)).expect("an answer");
    });
    measure("references of a variable", || {
        client.ask_at("textDocument/references", page, (line, 15)).expect("an answer");
    });
    let mut round = 0;
    measure("findings behind a key stroke, with 120 ms of quiet", || {
        round += 1;
        let wrong = format!("{text}\n{{% data variables.none.number{round} %}}\n");
        client.change(page, &wrong);
        let name = format!("number{round}`");
        client.findings(page, |found| found.iter().any(|one| one.contains(&name)));
    });
    let reusable = "data/variables/product.yml";
    let variables = std::fs::read_to_string(folder.path().join(reusable)).expect("it is there");
    client.open_text(reusable, &variables);
    measure("hover behind a change of a file of variables", || {
        round += 1;
        client.change(reusable, &format!("{variables}\nnew_{round}: x\n"));
        client.ask_at("textDocument/hover", page, (line, 15)).expect("an answer");
    });
    client.tell("$/done", json!({}));
}

fn measure(what: &str, mut work: impl FnMut()) {
    let times = (0..ROUNDS).map(|_| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    });
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    say(&format!("{what}: median {:?}, worst {:?}", times[ROUNDS / 2], times[ROUNDS - 1]));
}

fn say(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("standard error");
}
