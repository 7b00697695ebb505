//! The event stream of a page.

use std::time::{Duration, Instant};

use variorum::preview::server::Limits;

use crate::client::{Client, Expect};
use crate::map::Map;
use crate::running::Running;

/// How long nothing must come before it is taken for silence.
const SILENCE: Duration = Duration::from_millis(150);

#[test]
fn a_stream_begins_with_how_to_come_back() {
    let server = server("a.1");
    let mut client = Client::new(server.port);
    let path = "/_variorum/events?page=/page&token=a.1";
    let head = client.ask(path, "").answer(Expect::Head).unwrap();
    head.assert_whole();
    assert_eq!((head.status, head.header("content-type")), (200, Some("text/event-stream")));
    assert_eq!(client.chunk().unwrap().as_deref(), Some("retry: 300\n\n"));
    assert!(!client.is_closed_within(SILENCE));
}

#[test]
fn a_page_that_changes_is_told_with_its_new_token() {
    let server = server("a.1");
    let mut stream = stream(&server, "a.1");
    change(&server, "b.1");
    assert_eq!(event(&mut stream), changed("b.1"));
    change(&server, "c.1");
    assert_eq!(event(&mut stream), changed("c.1"));
}

#[test]
fn a_page_that_looks_the_same_is_told_as_such() {
    let server = server("a.1");
    let mut stream = stream(&server, "a.1");
    change(&server, "a.2");
    assert_eq!(event(&mut stream), told("a.2"));
    change(&server, "b.2");
    assert_eq!(event(&mut stream), changed("b.2"));
}

#[test]
fn changes_elsewhere_are_no_news() {
    let server = server("a.1");
    let mut stream = stream(&server, "a.1");
    for _ in 0..20 {
        server.map.set("/other", "x.1");
        server.map.say();
    }
    assert!(!stream.is_closed_within(SILENCE));
    change(&server, "b.1");
    assert_eq!(event(&mut stream), changed("b.1"), "and nothing before it");
}

#[test]
fn who_comes_back_late_hears_it_at_once() {
    let server = server("c.3");
    assert_eq!(event(&mut stream(&server, "a.1")), changed("c.3"));
    assert_eq!(event(&mut stream(&server, "c.1")), told("c.3"));
    assert_eq!(event(&mut stream(&server, "")), changed("c.3"));
}

#[test]
fn a_burst_ends_with_the_newest_and_is_not_told_step_by_step() {
    let server = server("a.0");
    let mut stream = stream(&server, "a.0");
    for step in 1..=1_000 {
        change(&server, &format!("a{step}.0"));
    }
    let mut events = 0;
    loop {
        events += 1;
        if event(&mut stream) == changed("a1000.0") {
            break;
        }
    }
    assert!(events < 500, "{events} events for 1,000 changes");
    assert!(!stream.is_closed_within(SILENCE));
}

#[test]
fn a_hundred_streams_hear_of_the_same_change() {
    let server = server("a.1");
    let mut streams: Vec<Client> = (0..100).map(|_| stream(&server, "a.1")).collect();
    change(&server, "b.1");
    for stream in &mut streams {
        assert_eq!(event(stream), changed("b.1"));
    }
}

#[test]
fn a_token_cannot_begin_another_event() {
    let token = "x\r\n\r\nevent: evil\rdata: \"}\n\ndata: \u{2028}\0</script>";
    let server = server(token);
    let event = event(&mut stream(&server, "a.1"));
    let data = event.strip_prefix("event: changed\ndata: ").and_then(|it| it.strip_suffix("\n\n"));
    let data = data.unwrap();
    assert!(!data.contains(['\n', '\r']), "{data:?}");
    let read: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(read, serde_json::json!({ "token": token }));
}

#[test]
fn what_is_asked_for_is_decoded_once() {
    let server = server("a.1");
    server.map.set("/zh/%E4%B8%AD", "\u{4e2d}+%.1");
    let path = "/_variorum/events?token=%E4%B8%AD%2B%25.1&page=%2Fzh%2F%25E4%25B8%25AD";
    let mut client = Client::new(server.port);
    client.ask(path, "").answer(Expect::Head).unwrap();
    client.chunk().unwrap();
    assert!(!client.is_closed_within(SILENCE), "the token is the one of now");
    server.map.set("/zh/%E4%B8%AD", "b.1");
    server.map.say();
    assert_eq!(event(&mut client), changed("b.1"));
}

#[test]
fn what_does_not_decode_is_refused() {
    let server = server("a.1");
    let long = "a".repeat(4_097);
    for query in [
        "",
        "?",
        "?page=/page",
        "?token=a",
        "?page=%&token=a",
        "?page=%zz&token=a",
        "?page=/page&token=%ff",
        "?page=%c0%af&token=a",
        "?page=/page&page=/page&token=a",
        "?page=/page&token=a&token=b",
        &format!("?page=/{long}&token=a"),
        &format!("?page=/page&token={long}"),
    ] {
        let answer = Client::new(server.port).get(&format!("/_variorum/events{query}"));
        answer.assert_whole();
        assert_eq!(answer.status, 400, "{query}");
    }
}

#[test]
fn a_page_that_cannot_be_looked_at_keeps_its_stream() {
    let server = server("a.1");
    let mut client = Client::new(server.port);
    client.ask("/_variorum/events?page=/panic&token=a", "").answer(Expect::Head).unwrap();
    client.chunk().unwrap();
    server.map.say();
    assert!(!client.is_closed_within(SILENCE));
}

#[test]
fn a_quiet_stream_says_that_it_lives() {
    let limits = Limits { heartbeat: Duration::from_millis(50), ..Limits::USUAL };
    let server = Running::within(Map::of(&["/page"]), limits);
    let mut stream = stream(&server, "a.1");
    let started = Instant::now();
    for _ in 0..3 {
        assert_eq!(stream.chunk().unwrap().as_deref(), Some(":\n\n"));
    }
    assert!(started.elapsed() >= Duration::from_millis(140), "{:?}", started.elapsed());
}

#[test]
fn a_stream_ends_when_its_client_has_left() {
    let server = server("a.1");
    let streams: Vec<Client> = (0..20).map(|_| stream(&server, "a.1")).collect();
    assert_eq!(server.map.waiting(), 20);
    drop(streams);
    let started = Instant::now();
    while server.map.waiting() > 0 {
        assert!(started.elapsed() < Duration::from_secs(2), "{} wait", server.map.waiting());
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn stopping_ends_streams_at_once() {
    let mut server = server("a.1");
    let mut streams: Vec<Client> = (0..20).map(|_| stream(&server, "a.1")).collect();
    let started = Instant::now();
    server.stop();
    for stream in &mut streams {
        assert_eq!(stream.chunk().unwrap(), None, "the stream ends as it should");
    }
    server.join();
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
}

/// A server whose page has this token.
fn server(token: &str) -> Running {
    let server = Running::new(Map::of(&["/page"]));
    server.map.set("/page", token);
    server
}

/// A stream of the page, with its greeting read.
fn stream(server: &Running, token: &str) -> Client {
    let mut client = Client::new(server.port);
    let path = format!("/_variorum/events?page=/page&token={token}");
    assert_eq!(client.ask(&path, "").answer(Expect::Head).unwrap().status, 200);
    assert_eq!(client.chunk().unwrap().as_deref(), Some("retry: 300\n\n"));
    client
}

fn change(server: &Running, token: &str) {
    server.map.set("/page", token);
    server.map.say();
}

fn event(stream: &mut Client) -> String {
    stream.chunk().unwrap().unwrap()
}

fn changed(token: &str) -> String {
    format!("event: changed\ndata: {{\"token\":\"{token}\"}}\n\n")
}

fn told(token: &str) -> String {
    format!("event: told\ndata: {{\"token\":\"{token}\"}}\n\n")
}
