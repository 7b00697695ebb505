//! What becomes of the service's answers: headers, tags, redirects, panics.

use axum::body::Bytes;
use variorum::preview::service::Response;

use crate::client::{Client, Expect};
use crate::map::{Map, html, text};
use crate::running::Running;

#[test]
fn a_page_comes_with_its_type_its_length_and_the_policy_of_pages() {
    let server = Running::new(Map::of(&["/page"]));
    let answer = Client::new(server.port).get("/page");
    answer.assert_whole();
    assert_eq!((answer.status, answer.text()), (200, &*text("/page")));
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(
        answer.header("content-security-policy"),
        Some(
            "default-src 'self'; img-src 'self' https: http: data:; media-src 'self' https: \
             http:; style-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; \
             form-action 'self'; frame-ancestors 'none'"
        )
    );
}

#[test]
fn other_types_may_load_nothing_and_pictures_only_have_styles() {
    let none = "default-src 'none'";
    let styles = "default-src 'none'; style-src 'unsafe-inline'";
    for (media_type, policy) in [
        ("text/css", none),
        ("application/json", none),
        ("application/xhtml+xml", none),
        ("text/htmlx", none),
        ("", none),
        ("image/svg+xml", styles),
        ("IMAGE/SVG+XML ; charset=utf-8", styles),
    ] {
        let page = Response { media_type: media_type.to_owned(), ..html("x") };
        let server = Running::new(Map::new([("/x".to_owned(), page)]));
        let answer = Client::new(server.port).get("/x");
        assert_eq!(answer.header("content-security-policy"), Some(policy), "{media_type}");
    }
}

#[test]
fn a_page_that_is_not_there_has_the_headers_too() {
    let server = Running::new(Map::of(&[]));
    let answer = Client::new(server.port).get("/page");
    answer.assert_whole();
    assert_eq!(answer.status, 404);
}

#[test]
fn head_is_get_without_the_body() {
    let long = html(&"word ".repeat(50_000));
    let server = Running::new(Map::new([("/long".to_owned(), long)]));
    let mut client = Client::new(server.port);
    let whole = client.get("/long");
    client.send(format!("HEAD /long HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", server.port));
    let head = client.answer(Expect::Head).unwrap();
    head.assert_whole();
    for name in ["content-length", "content-type", "etag"] {
        assert_eq!(head.header(name), whole.header(name), "{name}");
    }
    // Had there been a body, it would stand in the way of the next answer.
    assert_eq!(client.get("/long").body.len(), 250_000);
}

#[test]
fn what_a_browser_has_is_not_sent_again() {
    let long = "word ".repeat(50_000);
    let pages = [("/a", "a"), ("/b", "b"), ("/long", &*long)];
    let server = Running::new(Map::new(pages.map(|(path, text)| (path.to_owned(), html(text)))));
    let mut client = Client::new(server.port);
    for path in ["/a", "/long"] {
        let tag = client.get(path).header("etag").unwrap().to_owned();
        assert_eq!(client.get(path).header("etag"), Some(&*tag), "the same bytes, the same tag");
        assert_ne!(client.get("/b").header("etag"), Some(&*tag));
        for (known, expected) in [
            (tag.clone(), 304),
            (format!("W/{tag}"), 304),
            (format!("\"x\", {tag}"), 304),
            ("*".to_owned(), 304),
            ("\"x\"".to_owned(), 200),
            (tag.trim_matches('"').to_owned(), 200),
        ] {
            client.ask(path, &format!("If-None-Match: {known}\r\n"));
            let answer = client.answer(Expect::Body).unwrap();
            answer.assert_whole();
            assert_eq!(answer.status, expected, "{known}");
            assert_eq!(answer.header("etag"), Some(&*tag));
            assert_eq!(answer.body.is_empty(), expected == 304);
        }
    }
}

#[test]
fn a_missing_page_is_sent_whatever_the_browser_has() {
    let server = Running::new(Map::of(&[]));
    let mut client = Client::new(server.port);
    client.ask("/missing", "If-None-Match: *\r\n");
    assert_eq!(client.answer(Expect::Body).unwrap().status, 404);
}

#[test]
fn redirects_lead_to_paths_of_this_server_only() {
    for location in ["/", "/en", "/en/a%20b?c=d#e", "/en//a", "/%5Cevil", "/a/..", "/.."] {
        assert_eq!(redirect(location), (302, Some(location.to_owned())));
    }
    for location in [
        "",
        "en",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/a\\..",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " /en",
        "/en ",
        "/a b",
        "http://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/en\r\nSet-Cookie: a=b",
        "/en\nSet-Cookie: a=b",
        "/en\0",
        "/en\u{7f}",
        "/\u{4e2d}",
        "/\u{2028}",
    ] {
        assert_eq!(redirect(location), (500, None), "{location:?}");
    }
}

/// What a redirect to this place becomes.
fn redirect(location: &str) -> (u16, Option<String>) {
    let page = Response { status: 302, location: Some(location.to_owned()), ..html("") };
    let server = Running::new(Map::new([("/old".to_owned(), page)]));
    let answer = Client::new(server.port).get("/old");
    answer.assert_whole();
    assert_eq!(answer.header("set-cookie"), None);
    (answer.status, answer.header("location").map(str::to_owned))
}

#[test]
fn a_type_that_is_no_header_is_that_of_any_bytes() {
    let page = Response { media_type: "text/html\r\nSet-Cookie: a=b".to_owned(), ..html("x") };
    let server = Running::new(Map::new([("/x".to_owned(), page)]));
    let answer = Client::new(server.port).get("/x");
    answer.assert_whole();
    assert_eq!(answer.header("content-type"), Some("application/octet-stream"));
    assert_eq!(answer.header("set-cookie"), None);
}

#[test]
fn a_status_that_is_none_is_a_failure() {
    for status in [0, 99, 100, 101, 1000, u16::MAX] {
        let page = Response { status, ..html("x") };
        let server = Running::new(Map::new([("/x".to_owned(), page)]));
        assert_eq!(Client::new(server.port).get("/x").status, 500, "{status}");
    }
}

#[test]
fn a_panic_is_a_failure_of_this_page_alone() {
    let server = Running::new(Map::of(&["/page"]));
    let mut client = Client::new(server.port);
    for _ in 0..5 {
        let answer = client.get("/panic");
        answer.assert_whole();
        assert_eq!(
            (answer.status, answer.text()),
            (500, "The preview has failed on this address.\n")
        );
    }
    assert_eq!(client.get("/page").status, 200);
}

#[test]
fn a_slow_page_holds_nobody_up() {
    let server = Running::new(Map::of(&["/page", "/slow"]));
    let mut slow = Client::new(server.port);
    slow.ask("/slow", "");
    let started = std::time::Instant::now();
    assert_eq!(Client::new(server.port).get("/page").status, 200);
    assert!(started.elapsed() < crate::map::SLOW, "{:?}", started.elapsed());
    assert_eq!(slow.answer(Expect::Body).unwrap().text(), text("/slow"));
}

#[test]
fn nothing_is_made_for_clients_that_have_left() {
    let server = Running::new(Map::of(&["/page", "/slow"]));
    for _ in 0..200 {
        Client::new(server.port).ask("/slow", "");
    }
    let started = std::time::Instant::now();
    assert_eq!(Client::new(server.port).get("/page").status, 200);
    // One after the other they would take a minute, on four threads fifteen seconds.
    assert!(started.elapsed() < crate::map::SLOW * 10, "{:?}", started.elapsed());
}

#[test]
fn requests_that_come_together_are_answered_in_their_order() {
    let server = Running::new(Map::of(&["/a", "/b", "/c"]));
    let mut client = Client::new(server.port);
    client.ask("/a", "").ask("/b", "").ask("/c", "");
    for path in ["/a", "/b", "/c"] {
        assert_eq!(client.answer(Expect::Body).unwrap().text(), text(path));
    }
}

#[test]
fn a_long_body_arrives_whole() {
    let bytes: Vec<u8> = (0..5_000_000_u32).map(|at| at.to_le_bytes()[at as usize % 3]).collect();
    let body = Bytes::from(bytes.clone());
    let media_type = "application/octet-stream".to_owned();
    let page = Response { status: 200, media_type, location: None, body };
    let server = Running::new(Map::new([("/long".to_owned(), page)]));
    assert!(Client::new(server.port).get("/long").body == bytes);
}
