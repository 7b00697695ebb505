//! Who may come in: every host with every origin, every method with every kind of sender, at every address.

use variorum::preview::server::Limits;

use crate::client::{Client, Expect};
use crate::map::Map;
use crate::running::{Running, print};

/// What a rule says of a request; the first row that does not let it in decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    In,
    /// Only as a page of its own: `GET`.
    Opened,
    Out,
}
use Rule::{In, Opened, Out};

/// `Host`, `PORT` being the server's and `NEXT` another; `|` stands between two headers.
const HOSTS: &[(&str, Rule)] = &[
    ("localhost:PORT", In),
    ("LOCALHOST:PORT", In),
    ("LocalHost:PORT", In),
    ("127.0.0.1:PORT", In),
    ("[::1]:PORT", In),
    ("", Out),
    ("localhost", Out),
    ("127.0.0.1", Out),
    ("[::1]", Out),
    ("localhost:", Out),
    ("localhost:80", Out),
    ("localhost:NEXT", Out),
    ("localhost:0PORT", Out),
    ("localhost.:PORT", Out),
    ("sub.localhost:PORT", Out),
    ("localhost:PORT:PORT", Out),
    ("localhost:PORT.evil.example", Out),
    ("localhost:PORT/", Out),
    ("localhost:PORT#", Out),
    ("localhost:PORT, localhost:PORT", Out),
    ("localhost:PORT|localhost:PORT", Out),
    ("localhost:PORT|evil.example", Out),
    ("evil.example|localhost:PORT", Out),
    ("user@localhost:PORT", Out),
    ("localhost:PORT@evil.example", Out),
    ("evil.example", Out),
    ("evil.example:PORT", Out),
    ("127.0.0.1.nip.io:PORT", Out),
    ("localhost.evil.example:PORT", Out),
    ("127.1:PORT", Out),
    ("127.0.1:PORT", Out),
    ("127.0.0.01:PORT", Out),
    ("127.0.0.1.:PORT", Out),
    ("0177.0.0.1:PORT", Out),
    ("0x7f.0.0.1:PORT", Out),
    ("0x7f000001:PORT", Out),
    ("2130706433:PORT", Out),
    ("127.0.0.2:PORT", Out),
    ("0.0.0.0:PORT", Out),
    ("0:PORT", Out),
    ("::1:PORT", Out),
    ("[::1%25lo]:PORT", Out),
    ("[0:0:0:0:0:0:0:1]:PORT", Out),
    ("[::ffff:127.0.0.1]:PORT", Out),
    ("[::ffff:7f00:1]:PORT", Out),
    ("[::]:PORT", Out),
    ("localh\u{f6}st:PORT", Out),
    ("\u{ff11}27.0.0.1:PORT", Out),
    ("http://localhost:PORT", Out),
];

/// `Origin`.
const ORIGINS: &[(&str, Rule)] = &[
    ("", In),
    ("http://localhost:PORT", In),
    ("http://127.0.0.1:PORT", In),
    ("http://[::1]:PORT", In),
    ("null", Out),
    ("NULL", Out),
    ("*", Out),
    ("http://", Out),
    ("localhost:PORT", Out),
    ("//localhost:PORT", Out),
    ("https://localhost:PORT", Out),
    ("HTTP://localhost:PORT", Out),
    ("http://LOCALHOST:PORT", Out),
    ("http://localhost", Out),
    ("http://localhost:NEXT", Out),
    ("http://localhost:PORT/", Out),
    ("http://localhost:PORT.evil.example", Out),
    ("http://localhost.:PORT", Out),
    ("http://user@localhost:PORT", Out),
    ("http://localhost:PORT@evil.example", Out),
    ("http://localhost:PORT, http://evil.example", Out),
    ("http://localhost:PORT http://evil.example", Out),
    ("http://localhost:PORT|http://localhost:PORT", Out),
    ("http://localhost:PORT|http://evil.example", Out),
    ("http://evil.example", Out),
    ("http://evil.example:PORT", Out),
    ("http://127.1:PORT", Out),
    ("http://2130706433:PORT", Out),
    ("http://127.0.0.1.nip.io:PORT", Out),
    ("http://[::ffff:127.0.0.1]:PORT", Out),
    ("file://", Out),
    ("chrome-extension://abcdef", Out),
];

/// `Sec-Fetch-Site`, `-Mode` and `-Dest`.
const SENDERS: &[([&str; 3], Rule)] = &[
    (["", "", ""], In),
    (["none", "navigate", "document"], In),
    (["same-origin", "navigate", "document"], In),
    (["same-origin", "cors", "empty"], In),
    (["same-origin", "no-cors", "script"], In),
    (["cross-site", "navigate", "document"], Opened),
    (["same-site", "navigate", "document"], Opened),
    (["cross-site", "navigate", "iframe"], Out),
    (["cross-site", "navigate", "object"], Out),
    (["cross-site", "navigate", ""], Out),
    (["cross-site", "", "document"], Out),
    (["cross-site", "", ""], Out),
    (["cross-site", "no-cors", "document"], Out),
    (["cross-site", "no-cors", "image"], Out),
    (["cross-site", "cors", "empty"], Out),
    (["cross-site", "websocket", "websocket"], Out),
    (["cross-site", "navigate|navigate", "document"], Out),
    (["same-site", "no-cors", "script"], Out),
    (["same-site", "cors", "empty"], Out),
    (["same-site", "navigate", "frame"], Out),
    (["Same-Origin", "cors", "empty"], Out),
    (["same-origin, cross-site", "cors", "empty"], Out),
    (["same-origin|cross-site", "cors", "empty"], Out),
    (["elsewhere", "cors", "empty"], Out),
];

/// The methods, and whether there is an answer.
const METHODS: &[(&str, Rule)] = &[
    ("GET", In),
    ("HEAD", In),
    ("OPTIONS", Out),
    ("POST", Out),
    ("PUT", Out),
    ("PATCH", Out),
    ("DELETE", Out),
    ("TRACE", Out),
    ("PROPFIND", Out),
    ("get", Out),
];

/// The addresses, and what is there for those who may come in.
const ADDRESSES: &[(&str, u16)] = &[
    ("/page", 200),
    ("/_variorum/page?path=/page", 200),
    ("/_variorum/events?page=/page&token=a.1", 200),
    ("/_variorum/events", 400),
    ("/_variorum/events/", 404),
    ("/missing", 404),
];

#[test]
fn every_host_with_every_origin_gets_what_the_table_says() {
    let server = server();
    let mut count = Count::default();
    for host in HOSTS {
        for origin in ORIGINS {
            // What is there makes no difference to who is let in.
            for address in &ADDRESSES[..3] {
                count.check(server.port, ("GET", In), host, origin, &SENDERS[0], address);
            }
        }
    }
    count.print("hosts and origins");
}

#[test]
fn every_method_with_every_sender_gets_what_the_table_says() {
    let server = server();
    let mut count = Count::default();
    let hosts = [HOSTS[0], HOSTS[3], ("evil.example", Out)];
    let origins = [ORIGINS[0], ORIGINS[1], ("null", Out)];
    for method in METHODS {
        for sender in SENDERS {
            for address in ADDRESSES {
                for (host, origin) in hosts.iter().zip(&origins) {
                    count.check(server.port, *method, host, origin, sender, address);
                }
                count.check(server.port, *method, &hosts[0], &origins[2], sender, address);
            }
        }
    }
    count.print("methods and senders");
}

#[test]
fn a_target_with_a_host_must_name_the_same_host() {
    let server = server();
    for (method, target, host, expected) in [
        ("GET", "http://localhost:PORT/page", "localhost:PORT", 200),
        ("GET", "http://LOCALHOST:PORT/page", "localhost:PORT", 200),
        ("GET", "http://[::1]:PORT/page", "[::1]:PORT", 200),
        ("GET", "http://localhost:PORT", "localhost:PORT", 404),
        ("GET", "http://127.0.0.1:PORT/page", "localhost:PORT", 403),
        ("GET", "http://localhost:NEXT/page", "localhost:PORT", 403),
        ("GET", "http://evil.example/page", "localhost:PORT", 403),
        ("GET", "http://evil.example/page", "evil.example", 403),
        ("GET", "http://user@localhost:PORT/page", "localhost:PORT", 403),
        ("GET", "http://localhost:PORT@evil.example/page", "localhost:PORT", 403),
        ("GET", "https://localhost:PORT/page", "localhost:PORT", 403),
        ("GET", "file://localhost:PORT/page", "localhost:PORT", 403),
        ("GET", "http://localhost:PORT/page", "", 403),
        ("GET", "*", "localhost:PORT", 400),
        ("OPTIONS", "*", "localhost:PORT", 405),
        ("OPTIONS", "*", "evil.example", 403),
        ("CONNECT", "localhost:PORT", "localhost:PORT", 405),
        ("CONNECT", "evil.example:443", "localhost:PORT", 403),
        ("CONNECT", "evil.example:443", "evil.example:443", 403),
    ] {
        let request = format!("{method} {target} HTTP/1.1\r\n{}\r\n", header("Host", host));
        let status = answer(server.port, &request, Expect::Head).status;
        assert_eq!(status, expected, "{request}");
    }
}

#[test]
fn a_refusal_says_what_to_do_and_nothing_that_was_sent() {
    let server = server();
    let evil = "GET /evil?evil HTTP/1.1\r\nHost: evil\r\nOrigin: http://evil\r\n\r\n";
    let foreign = "GET /evil HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: http://evil\r\n\r\n";
    for request in [evil, foreign] {
        let answer = answer(server.port, request, Expect::Body);
        answer.assert_whole();
        assert_eq!(answer.status, 403);
        assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
        assert!(answer.text().contains(&format!("Open http://localhost:{}/", server.port)));
        assert!(!format!("{answer:?}{}", answer.text()).contains("evil"), "{answer:?}");
    }
    let post = "POST /page HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 900\r\n\r\n";
    let answer = answer(server.port, post, Expect::Body);
    answer.assert_whole();
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")));
}

#[test]
#[cfg(target_os = "linux")]
fn a_host_that_was_asked_for_may_be_named_and_no_other() {
    let server = Running::on("127.0.0.2", Map::of(&["/page"]), Limits::USUAL);
    for (host, expected) in
        [("127.0.0.2:PORT", 200), ("localhost:PORT", 200), ("127.0.0.3:PORT", 403), ("evil", 403)]
    {
        let mut client = Client::at("127.0.0.2", server.port);
        let request = format!("GET /page HTTP/1.1\r\n{}\r\n", header("Host", host));
        client.send(numbered(&request, server.port));
        assert_eq!(client.answer(Expect::Body).unwrap().status, expected, "{host}");
    }
}

fn server() -> Running {
    Running::new(Map::of(&["/page", "/_variorum/page"]))
}

/// How many cases there were.
#[derive(Default)]
struct Count {
    all: usize,
    let_in: usize,
}

impl Count {
    fn check(
        &mut self,
        port: u16,
        (method, method_rule): (&str, Rule),
        (host, host_rule): &(&str, Rule),
        (origin, origin_rule): &(&str, Rule),
        ([site, mode, dest], sender_rule): &([&str; 3], Rule),
        (address, status): &(&str, u16),
    ) {
        let is_out = [*host_rule, *origin_rule, *sender_rule].contains(&Out)
            || (*sender_rule == Opened && method != "GET");
        let expected = match method_rule {
            _ if is_out => 403,
            In => *status,
            Opened | Out => 405,
        };
        let headers = [
            header("Host", host),
            header("Origin", origin),
            header("Sec-Fetch-Site", site),
            header("Sec-Fetch-Mode", mode),
            header("Sec-Fetch-Dest", dest),
        ];
        let request = format!("{method} {address} HTTP/1.1\r\n{}\r\n", headers.concat());
        let answer = answer(port, &request, Expect::Head);
        assert_eq!(answer.status, expected, "{request}");
        answer.assert_whole();
        self.all += 1;
        self.let_in += usize::from(answer.status == 200);
    }

    fn print(&self, what: &str) {
        let Self { all, let_in } = self;
        print(&format!("{what}: {all} cases, {let_in} let in, none wrongly"));
        assert!(*all >= 400);
    }
}

/// A header, none where there is no value, and several where `|` stands between values.
fn header(name: &str, value: &str) -> String {
    let values = value.split('|').filter(|value| !value.is_empty());
    values.map(|value| format!("{name}: {value}\r\n")).collect()
}

fn numbered(request: &str, port: u16) -> String {
    request.replace("PORT", &port.to_string()).replace("NEXT", &port.wrapping_add(1).to_string())
}

fn answer(port: u16, request: &str, expect: Expect) -> crate::client::Answer {
    Client::new(port).send(numbered(request, port)).answer(expect).unwrap()
}
