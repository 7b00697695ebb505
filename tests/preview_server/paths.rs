//! Paths that try to be others: whatever is asked for, only what the map has under exactly that path comes back.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::client::{Answer, Client, Expect};
use crate::map::{Map, text};
use crate::running::{Running, print};

const PATHS: &[&str] = &[
    "/",
    "/en",
    "/en/",
    "/en/guides/page",
    "/en/guides/page.md",
    "/en/product@1.0/guides/page",
    "/zh-CN/%E4%B8%AD%E6%96%87",
    "/assets/site.css",
    "/assets/a%20b.png",
    "/_variorum/page",
    "/_variorum/blocks",
    "/..well-known",
    "/a;b=c",
    "/a%2Fb",
    "/a%252Fb",
];

/// What is put into a path at any place.
const PIECES: &[&str] = &[
    "../",
    "..",
    "/..",
    "./",
    "/.",
    "//",
    "/",
    "\\",
    "..\\",
    "%5c",
    "..%5c",
    "%2e",
    "%2e%2e",
    "%2e%2e%2f",
    "..%2f",
    "%2f",
    "%2F",
    "%252e%252e%252f",
    "%c0%af",
    "%c0%ae",
    "%e0%80%af",
    "%uff0e",
    "%00",
    "%0a",
    "%0d%0a",
    "%0d%0aSet-Cookie:%20a=b",
    "%09",
    "%20",
    "%",
    "%4",
    "%zz",
    "%ff",
    ";",
    ";jsessionid=1",
    "?",
    "?a=b",
    "#",
    "#/en",
    ":",
    "::$DATA",
    "@",
    "*",
    "~",
    "~1",
    "|",
    ".",
    "...",
    ".html",
    ".md",
    ".git/config",
    "etc/passwd",
    "C:",
    "C:\\Windows\\win.ini",
    "file:///etc/passwd",
    "proc/self/environ",
    "Cargo.toml",
    "'",
    "\"",
    "<script>",
    "{{7*7}}",
    "${a}",
    "\u{e4}",
    "\u{4e2d}",
    "\u{202e}",
    "\u{ff0f}",
    "\u{2215}",
];

/// What is sent where no text can be: bytes that are no UTF-8, and such as end a line or a word.
const RAW: &[&[u8]] =
    &[b"\xff", b"\xc0\xaf", b"\xe2\x28\xa1", b"\0", b"\t", b" ", b"\r", b"\n", b"\x7f", b"\x1b[0m"];

const FRONTS: &[&str] = &[
    "http://localhost:PORT",
    "http://127.0.0.1:PORT",
    "http://evil.example",
    "https://localhost:PORT",
    "//evil.example",
    "/\\evil.example",
    "localhost:PORT",
    "",
];

#[test]
fn twenty_thousand_paths_by_chance_bring_only_what_the_map_has() {
    let server = Running::new(Map::of(PATHS));
    let mut random = Random(6);
    let mut client = Client::new(server.port);
    let mut statuses = BTreeMap::new();
    for _ in 0..20_000 {
        let target = target(&mut random, server.port);
        let mut request = b"GET ".to_vec();
        request.extend(&target);
        request
            .extend(format!(" HTTP/1.1\r\nHost: localhost:{}\r\nX: \r\n\r\n", server.port).bytes());
        let answer = client.send(&request).answer(Expect::Body);
        let answer = answer.unwrap_or_else(|error| {
            panic!("no answer to {:?}: {error}", String::from_utf8_lossy(&target))
        });
        check(&target, server.port, &answer);
        *statuses.entry(answer.status).or_insert(0) += 1;
        let has_closed = answer.header("connection") == Some("close");
        // A line break in the target makes two requests of one: the second is not of interest.
        if has_closed || is_own(&answer) || target.contains(&b'\n') {
            client = Client::new(server.port);
        }
    }
    // The server still does what it is for.
    assert_eq!(Client::new(server.port).get("/en").text(), text("/en"));
    print(&format!("20,000 paths, by status: {statuses:?}"));
    assert!(statuses[&200] > 1_000 && statuses[&404] > 5_000, "{statuses:?}");
}

#[test]
fn paths_are_told_apart_letter_for_letter() {
    let server = Running::new(Map::of(PATHS));
    let mut client = Client::new(server.port);
    for path in PATHS {
        assert_eq!(client.get(path).text(), text(path));
        assert_eq!(client.get(&format!("{path}?a=/en")).text(), text(path));
    }
    for path in ["/EN", "/en/guides/../guides/page", "/en/guides/%70age", "/a/b", "//en", "/en//"] {
        assert_eq!(client.get(path).status, 404, "{path}");
    }
}

#[track_caller]
fn check(target: &[u8], port: u16, answer: &Answer) {
    let shown = String::from_utf8_lossy(&target[..target.len().min(200)]);
    if is_own(answer) {
        assert!(answer.body.is_empty(), "{shown}: {answer:?}");
        return;
    }
    answer.assert_whole();
    assert!(answer.header("set-cookie").is_none() && answer.header("location").is_none());
    assert!([200, 400, 403, 404].contains(&answer.status), "{shown}: {answer:?}");
    let path = path(target, port);
    let expected = path.filter(|path| PATHS.contains(&&**path));
    if answer.status == 200 {
        assert_eq!(Some(answer.text()), expected.map(|path| text(&path)).as_deref(), "{shown}");
    } else {
        assert_eq!(expected, None, "{shown}: {answer:?}");
    }
}

/// Whether the request was no HTTP at all, so that it is refused with a bare status before anybody has read it.
fn is_own(answer: &Answer) -> bool {
    [400, 414, 431].contains(&answer.status) && answer.header("content-type").is_none()
}

/// The path that a target asks this server for.
fn path(target: &[u8], port: u16) -> Option<String> {
    let target = str::from_utf8(target).ok()?;
    let own = format!("http://localhost:{port}");
    let path = target.strip_prefix(&own).unwrap_or(target);
    let path = path.split(['?', '#']).next()?;
    Some(if path.is_empty() { "/".to_owned() } else { path.to_owned() })
}

fn target(random: &mut Random, port: u16) -> Vec<u8> {
    let mut target = random.of(PATHS).as_bytes().to_vec();
    for _ in 0..random.below(4) {
        let at = random.below(target.len() + 1);
        match random.below(20) {
            0 => drop(target.splice(at..at, random.of(RAW).iter().copied())),
            1 => drop(target.splice(at..at, b"a".repeat(random.below(3_000)))),
            2 => drop(target.splice(at..at, b"../".repeat(random.below(300)))),
            3 => target.make_ascii_uppercase(),
            4 => target = encoded(&target).into_bytes(),
            5 => target.truncate(at.max(1)),
            _ => drop(target.splice(at..at, random.of(PIECES).bytes())),
        }
    }
    if random.below(8) == 0 {
        let front = random.of(FRONTS).replace("PORT", &port.to_string());
        target.splice(0..0, front.into_bytes());
    }
    if random.below(500) == 0 {
        target.extend(b"/a".repeat(10_000));
    }
    target
}

/// Every byte percent-encoded but the slashes, as gateways do to hide what they pass on.
fn encoded(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        match byte {
            b'/' => text.push('/'),
            _ => write!(text, "%{byte:02x}").unwrap(),
        }
        text
    })
}

/// Numbers by chance, the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}
