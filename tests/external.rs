//! Other sites, asked whether they answer: sites on loopback stand for them.

#[path = "external/command.rs"]
mod command;
#[path = "support/folder.rs"]
mod folder;
#[path = "support/pipeline.rs"]
mod pipeline;
#[path = "support/program.rs"]
mod program;
#[path = "external/secure.rs"]
mod secure;
#[path = "external/server.rs"]
mod server;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use server::{Reply, Request, Server};
use variorum::external::{Dead, Settings, Unclear, Verdict, ask};

/// The hosts that stand on loopback; `gone.kettle.io` does not exist.
const HOSTS: &[&str] = &["kettle.io", "docs.kettle.io", "shop.kettle.io", "cups.kettle.io"];

/// Settings for tests: the hosts are at this server, and nobody waits long.
fn settings(server: &Server) -> Settings {
    let places = HOSTS.iter().map(|host| ((*host).to_owned(), Some(server.at)));
    let gone = ("gone.kettle.io".to_owned(), None);
    Settings {
        connect: Duration::from_secs(5),
        pause: Duration::from_millis(1),
        places: places.chain([gone]).collect(),
        ..Settings::within(Duration::from_secs(60))
    }
}

fn addresses<'a>(addresses: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    addresses.into_iter().map(str::to_owned).collect()
}

/// What became of one address.
#[track_caller]
fn verdict(settings: &Settings, address: &str) -> Verdict {
    let mut verdicts = ask(&addresses([address]), settings, &|_| {});
    assert_eq!(verdicts.len(), 1);
    verdicts.remove(address).expect("it was asked")
}

/// What becomes of an address where sites answer so.
#[track_caller]
fn check(answer: server::Answer, address: &str, expected: Verdict) -> Server {
    let server = Server::start(answer);
    assert_eq!(verdict(&settings(&server), address), expected, "{address}");
    server
}

/// Answers with the status that the path names.
fn named(request: &Request) -> Reply {
    Reply::status(request.path.trim_start_matches('/').parse().unwrap_or(200))
}

#[test]
fn statuses_are_told_apart() {
    let server = Server::start(named);
    let settings = settings(&server);
    let unclear = |status| Verdict::Unclear(Unclear::Status(status));
    for (status, expected) in [
        (200, Verdict::Good),
        (204, Verdict::Good),
        (206, Verdict::Good),
        (304, unclear(304)),
        (400, unclear(400)),
        (401, unclear(401)),
        (403, unclear(403)),
        (404, Verdict::Dead(Dead::Status(404))),
        (405, unclear(405)),
        (410, Verdict::Dead(Dead::Status(410))),
        (429, unclear(429)),
        (451, unclear(451)),
        (500, unclear(500)),
        (501, unclear(501)),
        (503, unclear(503)),
        (999, unclear(999)),
    ] {
        let address = format!("http://kettle.io/{status}");
        assert_eq!(verdict(&settings, &address), expected, "{status}");
    }
}

#[test]
fn what_answers_head_is_not_asked_for_its_page() {
    let server = check(named, "http://kettle.io/", Verdict::Good);
    assert_eq!(server.asked(), ["HEAD kettle.io/"]);
}

#[test]
fn where_head_is_refused_the_page_is_asked_for() {
    for status in [403, 404, 405, 500, 501] {
        let address = format!("http://kettle.io/{status}");
        let answer = |request: &Request| match &*request.method {
            "HEAD" => named(request),
            _ => Reply::status(200),
        };
        let server = check(answer, &address, Verdict::Good);
        assert_eq!(
            server.asked(),
            [format!("GET kettle.io/{status}"), format!("HEAD kettle.io/{status}")]
        );
    }
}

#[test]
fn where_head_closes_the_connection_the_page_is_asked_for() {
    let answer = |request: &Request| match &*request.method {
        "HEAD" => Reply::Bytes(b""),
        _ => Reply::status(200),
    };
    check(answer, "http://kettle.io/", Verdict::Good);
}

#[test]
fn what_may_pass_is_asked_twice_again() {
    let server =
        check(|_| Reply::status(502), "http://kettle.io/a", Verdict::Unclear(Unclear::Status(502)));
    assert_eq!(
        server.asked(),
        ["GET kettle.io/a", "GET kettle.io/a", "GET kettle.io/a", "HEAD kettle.io/a"]
    );
    let passing = |request: &Request| match (&*request.method, request.before) {
        ("GET", 2) => Reply::status(200),
        _ => Reply::status(503),
    };
    check(passing, "http://kettle.io/a", Verdict::Good);
}

#[test]
fn a_site_that_wants_to_be_left_alone_is_asked_after_that() {
    let answer = |request: &Request| match &*request.method {
        "HEAD" => Reply::Status(429, "Retry-After: 1\r\n".to_owned()),
        _ => Reply::status(200),
    };
    let server = check(answer, "http://kettle.io/", Verdict::Good);
    assert_eq!(server.asked(), ["GET kettle.io/", "HEAD kettle.io/"]);
}

#[test]
fn a_site_that_wants_to_be_left_alone_for_long_is() {
    let answer = |_: &Request| Reply::Status(429, "Retry-After: 3600\r\n".to_owned());
    let server = check(answer, "http://kettle.io/", Verdict::Unclear(Unclear::Status(429)));
    assert_eq!(server.asked(), ["HEAD kettle.io/"]);
}

#[test]
fn redirects_are_followed_to_other_hosts() {
    let answer = |request: &Request| match (&*request.host, &*request.path) {
        ("kettle.io", "/a") => Reply::onward(301, "b?c=%20d#place"),
        ("kettle.io", "/b?c=%20d") => Reply::onward(308, "http://docs.kettle.io/"),
        ("docs.kettle.io", "/") => Reply::onward(302, "//me:secret@shop.kettle.io/é"),
        ("shop.kettle.io", "/%C3%A9") => Reply::status(200),
        _ => Reply::status(404),
    };
    let server = check(answer, "http://kettle.io/a", Verdict::Good);
    assert_eq!(
        server.asked(),
        [
            "HEAD docs.kettle.io/",
            "HEAD kettle.io/a",
            "HEAD kettle.io/b?c=%20d",
            "HEAD shop.kettle.io/%C3%A9"
        ]
    );
}

#[test]
fn what_is_dead_behind_a_redirect_is_dead() {
    let answer = |request: &Request| match &*request.path {
        "/a" => Reply::onward(307, "/b"),
        "/c" => Reply::onward(307, "http://gone.kettle.io/"),
        _ => Reply::status(410),
    };
    check(answer, "http://kettle.io/a", Verdict::Dead(Dead::Status(410)));
    let gone = Dead::NoHost("gone.kettle.io".to_owned());
    check(answer, "http://kettle.io/c", Verdict::Dead(gone));
}

#[test]
fn redirects_without_an_end_are_dead() {
    let circle = |request: &Request| match &*request.path {
        "/a" => Reply::onward(302, "/b#x"),
        _ => Reply::onward(302, "/a#y"),
    };
    let server = check(circle, "http://kettle.io/a", Verdict::Dead(Dead::Circle));
    assert_eq!(server.asked(), ["HEAD kettle.io/a", "HEAD kettle.io/b"]);
    let longer = |request: &Request| Reply::onward(302, &format!("{}a", request.path));
    let server = check(longer, "http://kettle.io/", Verdict::Dead(Dead::Redirects));
    assert_eq!(server.asked().len(), 11);
}

#[test]
fn ten_redirects_are_not_too_many() {
    let answer = |request: &Request| match request.path.len() {
        11.. => Reply::status(200),
        _ => Reply::onward(302, &format!("{}a", request.path)),
    };
    check(answer, "http://kettle.io/", Verdict::Good);
}

#[test]
fn a_circle_for_those_who_keep_no_cookies_is_not_dead() {
    let answer =
        |_: &Request| Reply::Status(302, "Location: /\r\nSet-Cookie: seen=1\r\n".to_owned());
    check(answer, "http://kettle.io/", Verdict::Unclear(Unclear::Cookies));
}

#[test]
fn a_redirect_that_leads_out_of_the_web_or_nowhere_is_not_followed() {
    let out = |_: &Request| Reply::onward(302, "file:///etc/passwd");
    check(out, "http://kettle.io/", Verdict::Unclear(Unclear::NotWeb));
    check(|_| Reply::status(302), "http://kettle.io/", Verdict::Unclear(Unclear::Status(302)));
    let broken = |_: &Request| Reply::onward(302, "http://[");
    check(broken, "http://kettle.io/", Verdict::Unclear(Unclear::Status(302)));
}

#[test]
fn what_is_not_public_is_not_asked() {
    let server = Server::start(named);
    let settings = settings(&server);
    let port = server.at.port();
    for address in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://0x7f.1:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://LOCALHOST.:{port}/"),
        "http://169.254.169.254/latest/meta-data".to_owned(),
        "http://printer.local/".to_owned(),
        "http://hostname/".to_owned(),
        "https://example.com/".to_owned(),
        "http://kettle.io:0/".to_owned(),
    ] {
        assert_eq!(verdict(&settings, &address), Verdict::NotPublic, "{address}");
    }
    assert_eq!(server.asked(), [""; 0]);
}

#[test]
fn a_redirect_to_what_is_not_public_is_not_followed() {
    // The second server would answer.
    static INSIDE: std::sync::OnceLock<u16> = std::sync::OnceLock::new();
    let inside = Server::start(|_| Reply::status(200));
    INSIDE.get_or_init(|| inside.at.port());
    let answer = |request: &Request| match (&*request.path, INSIDE.get()) {
        ("/local", Some(port)) => Reply::onward(302, &format!("http://127.0.0.1:{port}/")),
        ("/name", Some(port)) => Reply::onward(301, &format!("http://localhost:{port}/")),
        ("/mapped", Some(port)) => Reply::onward(308, &format!("http://[::ffff:7f00:1]:{port}/")),
        _ => Reply::onward(302, "http://10.0.0.1/"),
    };
    for path in ["local", "name", "mapped", "private"] {
        check(answer, &format!("http://kettle.io/{path}"), Verdict::NotPublic);
    }
    assert_eq!(inside.asked(), [""; 0]);
}

#[test]
fn a_host_that_there_is_not_is_dead_with_all_its_addresses() {
    let server = Server::start(named);
    let asked = addresses(["http://gone.kettle.io/a", "http://gone.kettle.io/b"]);
    let verdicts = ask(&asked, &settings(&server), &|_| {});
    let dead = Verdict::Dead(Dead::NoHost("gone.kettle.io".to_owned()));
    assert!(verdicts.values().all(|verdict| *verdict == dead), "{verdicts:?}");
}

#[test]
fn slow_answers_are_no_findings_and_a_silent_host_is_left_alone() {
    let server = Server::start(|_| Reply::Silence);
    let settings = Settings { request: Duration::from_millis(50), hosts: 1, ..settings(&server) };
    let asked = addresses(["http://kettle.io/a", "http://kettle.io/b", "http://kettle.io/c"]);
    let verdicts = ask(&asked, &settings, &|_| {});
    let slow = Verdict::Unclear(Unclear::Slow);
    assert!(verdicts.values().all(|verdict| *verdict == slow), "{verdicts:?}");
    // Two silences are enough.
    assert!(server.asked().iter().all(|asked| !asked.ends_with("/c")));
}

#[test]
fn answers_that_break_off_or_are_no_answers_are_no_findings() {
    check(|_| Reply::Bytes(b""), "http://kettle.io/", Verdict::Unclear(Unclear::Closed));
    let broken = |_: &Request| Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-");
    check(broken, "http://kettle.io/", Verdict::Unclear(Unclear::Closed));
    for garbage in [
        |_: &Request| Reply::Bytes(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
        |_: &Request| Reply::Bytes(b"\x00\xff\xfe\x01 garbage\r\n\r\n\r\n"),
        |_: &Request| Reply::Bytes(b"HTTP/1.1 twohundred OK\r\n\r\n"),
        |_: &Request| Reply::Bytes(b"HTTP/9.9 200 OK\r\n: no name\r\n\r\n"),
    ] {
        let server = Server::start(garbage);
        let verdict = verdict(&settings(&server), "http://kettle.io/");
        assert_eq!(verdict, Verdict::Unclear(Unclear::NotHttp));
    }
}

#[test]
fn nobody_listens() {
    let server = Server::start(named);
    let mut settings = settings(&server);
    // A port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let closed = listener.local_addr().expect("it has an address");
    drop(listener);
    settings.places.insert("kettle.io".to_owned(), Some(closed));
    let closed = verdict(&settings, "http://kettle.io/");
    assert_eq!(closed, Verdict::Unclear(Unclear::Closed));
}

#[test]
fn pages_are_not_read() {
    let answer = |request: &Request| match &*request.method {
        "HEAD" => Reply::status(405),
        _ => Reply::Endless,
    };
    let server = check(answer, "http://kettle.io/", Verdict::Good);
    // What fits into the buffers of two sockets, and not a page of a terabyte.
    assert!(server.sent() < 64 << 20, "{}", server.sent());
}

#[test]
fn a_head_without_an_end_is_no_answer() {
    let endless = |_: &Request| Reply::Status(200, "X-Long: yes\r\n".repeat(100_000));
    check(endless, "http://kettle.io/", Verdict::Unclear(Unclear::NotHttp));
}

#[test]
fn a_thousand_links_to_a_host_are_asked_once_each_and_one_at_a_time() {
    let answer = |request: &Request| match &*request.path {
        path if path.ends_with('7') => Reply::onward(301, "http://docs.kettle.io/one"),
        path if path.ends_with('8') => Reply::onward(301, "/0"),
        _ => Reply::status(200),
    };
    let server = Server::start(answer);
    let paths = (0..1000).map(|number| format!("http://kettle.io/{number}"));
    let others = (0..100).flat_map(|number| {
        ["docs", "shop", "cups"].map(|host| format!("http://{host}.kettle.io/{number}"))
    });
    let asked: BTreeSet<String> = paths.chain(others).collect();
    let steps = std::cell::RefCell::new(Vec::new());
    let verdicts = ask(&asked, &settings(&server), &|done| steps.borrow_mut().push(done));
    assert!(verdicts.values().all(|verdict| *verdict == Verdict::Good));
    assert_eq!(verdicts.len(), 1300);
    let requests = server.asked();
    let distinct: BTreeSet<&String> = requests.iter().collect();
    assert_eq!(requests.len(), distinct.len(), "something was asked twice");
    // Those, and where they lead.
    assert_eq!(requests.len(), 1301);
    assert_eq!(server.most().0, 1, "a host was asked for two things at a time");
    assert!(server.most().1 <= 4);
    let steps = steps.into_inner();
    assert!(steps.is_sorted());
    assert_eq!(steps.last(), Some(&1300));
}

#[test]
fn what_is_not_asked_in_time_is_told_as_such() {
    let server = Server::start(named);
    let settings = Settings { time: Duration::ZERO, ..settings(&server) };
    let asked = addresses(["http://kettle.io/404", "http://docs.kettle.io/"]);
    let verdicts = ask(&asked, &settings, &|_| {});
    assert!(verdicts.values().all(|verdict| *verdict == Verdict::NotInTime), "{verdicts:?}");
    assert_eq!(server.asked(), [""; 0]);
}

#[test]
fn what_is_under_way_when_the_time_is_over_is_not_broken() {
    let server = Server::start(|_| Reply::Silence);
    let settings = Settings { time: Duration::from_millis(50), ..settings(&server) };
    let asked = addresses(["http://kettle.io/a", "http://docs.kettle.io/"]);
    let verdicts = ask(&asked, &settings, &|_| {});
    assert!(verdicts.values().all(|verdict| *verdict == Verdict::NotInTime), "{verdicts:?}");
}

#[test]
fn nothing_is_asked_where_there_is_nothing_to_ask() {
    let server = Server::start(named);
    assert_eq!(ask(&BTreeSet::new(), &settings(&server), &|_| {}), BTreeMap::new());
}
