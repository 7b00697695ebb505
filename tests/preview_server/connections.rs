//! The limits of a connection, and how it ends.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use variorum::preview::server::Limits;

use crate::client::{Client, Expect};
use crate::map::{Map, SLOW, text};
use crate::running::Running;

/// Limits that a test can wait for.
const QUICK: Limits = Limits {
    connections: 8,
    head_time: Duration::from_millis(400),
    grace: Duration::from_millis(20),
    farewell: Duration::from_millis(600),
    ..Limits::USUAL
};

/// Longer than nobody has to leave for others.
const BEYOND_GRACE: Duration = Duration::from_millis(60);

#[test]
fn a_head_may_have_16_kib_and_no_more() {
    let server = Running::new(Map::of(&["/page"]));
    let head = |length: usize| {
        let empty = format!("GET /page HTTP/1.1\r\nHost: localhost:{}\r\nX: \r\n\r\n", server.port);
        empty.replace("X: ", &format!("X: {}", "x".repeat(length - empty.len())))
    };
    for (length, expected) in
        [(16 << 10, 200), ((16 << 10) + 1, 431), (20_000, 431), (1_000_000, 431)]
    {
        let status = Client::new(server.port).send(head(length)).answer(Expect::Body);
        assert_eq!(status.unwrap().status, expected, "{length} bytes");
    }
    let many = "X: x\r\n".repeat(500);
    let answer = Client::new(server.port).ask("/page", &many).answer(Expect::Body).unwrap();
    assert_eq!(answer.status, 431);
}

#[test]
fn a_head_that_does_not_end_ends_the_connection() {
    let server = Running::within(Map::of(&["/page"]), QUICK);
    for start in ["", "G", "GET /page HTTP/1.1\r\nHost: localhost"] {
        let mut client = Client::new(server.port);
        let started = Instant::now();
        client.send(start);
        assert!(client.is_closed_within(QUICK.head_time * 4), "{start}");
        assert!(started.elapsed() >= QUICK.head_time / 2, "{start}: {:?}", started.elapsed());
    }
}

#[test]
fn a_byte_now_and_then_does_not_make_the_time_longer() {
    let server = Running::within(Map::of(&["/page"]), QUICK);
    let mut client = Client::new(server.port);
    client.send("GET /page HTTP/1.1\r\nX: ");
    let started = Instant::now();
    while !client.is_closed_within(Duration::from_millis(20)) {
        client.send("x");
        assert!(started.elapsed() < QUICK.head_time * 4, "it is still open");
    }
}

#[test]
fn an_idle_connection_ends_and_one_in_use_does_not() {
    let server = Running::within(Map::of(&["/page"]), QUICK);
    let mut client = Client::new(server.port);
    let started = Instant::now();
    while started.elapsed() < QUICK.head_time * 2 {
        assert_eq!(client.get("/page").status, 200);
        std::thread::sleep(QUICK.head_time / 8);
    }
    assert!(client.is_closed_within(QUICK.head_time * 4));
}

#[test]
fn a_body_of_a_request_is_not_waited_for() {
    let server = Running::new(Map::of(&["/page"]));
    for length in ["Content-Length: 1000000", "Transfer-Encoding: chunked"] {
        let mut client = Client::new(server.port);
        client.ask("/page", &format!("{length}\r\nExpect: 100-continue\r\n"));
        assert_eq!(client.answer(Expect::Body).unwrap().status, 200, "{length}");
        assert!(client.is_closed_within(Duration::from_secs(2)), "{length}");
    }
}

#[test]
fn what_is_no_http_is_refused_without_a_word() {
    let server = Running::new(Map::of(&["/page"]));
    for request in [
        "\u{1}\u{2}\u{3}\r\n\r\n",
        "GET\r\n\r\n",
        "GET /page\r\n\r\n",
        "GET /page HTTP/9.9\r\n\r\n",
    ] {
        let mut client = Client::new(server.port);
        let answer = client.send(request).answer(Expect::Body).unwrap();
        assert_eq!((answer.status, answer.body.len()), (400, 0), "{request:?}");
        assert!(client.is_closed_within(Duration::from_secs(2)));
    }
    assert_eq!(Client::new(server.port).get("/page").status, 200);
}

#[test]
fn when_all_places_are_taken_the_one_that_is_idle_for_longest_goes() {
    let server =
        Running::within(Map::of(&["/page"]), Limits { head_time: Duration::from_secs(9), ..QUICK });
    let mut idle: Vec<Client> = (0..QUICK.connections)
        .map(|_| {
            let mut client = Client::new(server.port);
            client.get("/page");
            std::thread::sleep(Duration::from_millis(5));
            client
        })
        .collect();
    std::thread::sleep(BEYOND_GRACE);
    assert_eq!(Client::new(server.port).get("/page").status, 200);
    assert!(idle[0].is_closed_within(Duration::from_secs(2)));
    assert!(!idle[1].is_closed_within(BEYOND_GRACE), "one place was enough");
    assert!(!idle[QUICK.connections - 1].is_closed_within(BEYOND_GRACE));
}

#[test]
fn half_requests_go_before_event_streams() {
    let server =
        Running::within(Map::of(&["/page"]), Limits { head_time: Duration::from_secs(9), ..QUICK });
    let mut streams: Vec<Client> = (0..QUICK.connections - 1)
        .map(|_| {
            let mut client = Client::new(server.port);
            client.ask("/_variorum/events?page=/page&token=a", "").answer(Expect::Head).unwrap();
            client.chunk().unwrap();
            client
        })
        .collect();
    let mut half = Client::new(server.port);
    half.send("GET /page HT");
    std::thread::sleep(BEYOND_GRACE);
    let mut guest = Client::new(server.port);
    assert_eq!(guest.get("/page").status, 200);
    assert!(half.is_closed_within(Duration::from_secs(2)));
    assert!(streams.iter_mut().all(|stream| !stream.is_closed_within(Duration::from_millis(10))));
}

#[test]
fn event_streams_cannot_take_all_places_for_good() {
    let server = Running::within(Map::of(&["/page"]), QUICK);
    let path = "/_variorum/events?page=/page&token=a";
    let streams: Vec<Client> = (0..QUICK.connections * 3)
        .map(|_| {
            let mut client = Client::new(server.port);
            assert_eq!(client.ask(path, "").answer(Expect::Head).unwrap().status, 200);
            client
        })
        .collect();
    assert_eq!(Client::new(server.port).get("/page").status, 200);
    drop(streams);
}

#[test]
fn clients_that_do_not_read_cannot_take_all_places_for_good() {
    let long = crate::map::html(&"word ".repeat(4_000_000));
    let map = Map::new([("/long".to_owned(), long), ("/page".to_owned(), crate::map::html("x"))]);
    let server = Running::within(map, QUICK);
    let mut deaf: Vec<Client> = (0..QUICK.connections).map(|_| Client::new(server.port)).collect();
    for client in &mut deaf {
        client.ask("/long", "");
    }
    std::thread::sleep(BEYOND_GRACE);
    let started = Instant::now();
    assert_eq!(Client::new(server.port).get("/page").status, 200);
    assert!(started.elapsed() < QUICK.head_time * 4, "{:?}", started.elapsed());
}

#[test]
fn a_client_that_reads_slowly_gets_all_of_a_long_page() {
    let long = crate::map::html(&"word ".repeat(4_000_000));
    let server = Running::within(Map::new([("/long".to_owned(), long)]), QUICK);
    let mut client = Client::new(server.port);
    client.ask("/long", "");
    std::thread::sleep(QUICK.head_time * 3 / 2);
    assert_eq!(client.answer(Expect::Body).unwrap().body.len(), 20_000_000);
}

#[test]
fn more_clients_than_places_are_all_answered() {
    let server = Running::within(Map::of(&["/slow"]), Limits { head_time: SLOW * 20, ..QUICK });
    let mut clients: Vec<Client> =
        (0..QUICK.connections * 2).map(|_| Client::new(server.port)).collect();
    for client in &mut clients {
        client.ask("/slow", "Connection: close\r\n");
    }
    for client in &mut clients {
        assert_eq!(client.answer(Expect::Body).unwrap().text(), text("/slow"));
    }
}

#[test]
fn stopping_lets_a_running_response_finish() {
    let mut server = Running::new(Map::of(&["/slow", "/page"]));
    let mut idle = Client::new(server.port);
    idle.get("/page");
    let mut slow = Client::new(server.port);
    slow.ask("/slow", "");
    std::thread::sleep(SLOW / 3);
    server.stop();
    assert!(idle.is_closed_within(Duration::from_secs(1)), "who has nothing to wait for goes");
    assert_eq!(slow.answer(Expect::Body).unwrap().text(), text("/slow"));
    server.join();
    assert!(TcpStream::connect(("127.0.0.1", server.port)).is_err());
}

#[test]
fn nobody_holds_up_the_end_for_long() {
    let mut server =
        Running::within(Map::of(&["/page"]), Limits { head_time: Duration::from_secs(9), ..QUICK });
    let mut half = Client::new(server.port);
    half.send("GET /page HTTP/1.1\r\nHo");
    std::thread::sleep(BEYOND_GRACE);
    let started = Instant::now();
    server.stop();
    server.join();
    assert!(started.elapsed() < QUICK.farewell * 3, "{:?}", started.elapsed());
    assert!(half.is_closed_within(Duration::from_secs(1)));
}
