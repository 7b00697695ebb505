//! Many clients, slow ones and quick ones. What is printed are the figures of `tests/README.md`.

use std::fs;
use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::client::{Client, Expect};
use crate::map::{Map, html};
use crate::running::{Running, print};

/// How many clients are slow.
const SLOW: usize = 500;
/// The bytes of a page of some length.
const PAGE: usize = 20_000;

#[test]
fn five_hundred_slow_clients_lock_nobody_out() {
    slow_clients(Duration::from_millis(1_500));
}

#[test]
#[ignore = "takes half a minute, and is right on a quiet machine only"]
fn five_hundred_slow_clients_cost_others_little() {
    let load = slow_clients(Duration::from_secs(25));
    assert!(load.p99 <= Duration::from_millis(50), "{:?}", load.p99);
    assert!(load.grown.unwrap_or(0) <= 64 << 10, "{:?} KiB", load.grown);
}

#[test]
#[ignore = "takes half a minute, and is right on a quiet machine only"]
fn two_thousand_requests_a_second_and_no_memory() {
    const CLIENTS: usize = 8;
    const REQUESTS: usize = 100_000;
    let server = server();
    requests(server.port, CLIENTS, REQUESTS / 10);
    let before = resident();
    let took = requests(server.port, CLIENTS, REQUESTS);
    let rate = REQUESTS as f64 / took.as_secs_f64();
    let (before, after) = (before.unwrap_or(0), resident().unwrap_or(0));
    print(&format!(
        "{rate:.0} requests/s of {PAGE} bytes; resident {before} KiB before, {after} KiB after \
         {REQUESTS} requests"
    ));
    assert!(rate >= 2_000.0);
    assert!(after <= before + (4 << 10), "memory grows");
}

/// What others notice of slow clients.
struct Load {
    p99: Duration,
    /// By how many KiB the memory has grown, clients and all.
    grown: Option<u64>,
}

fn slow_clients(time: Duration) -> Load {
    let server = server();
    requests(server.port, 4, 400);
    let before = resident();
    let is_over = Arc::new(AtomicBool::new(false));
    let dribbling = thread::spawn({
        let (port, is_over) = (server.port, is_over.clone());
        move || dribble(port, &is_over)
    });
    // Until all of them are there.
    thread::sleep(Duration::from_millis(300));
    let mut times = Vec::new();
    let mut grown = None;
    let started = Instant::now();
    let mut kept = Client::new(server.port);
    while started.elapsed() < time {
        let is_new = times.len() % 2 == 0;
        let asked = Instant::now();
        let answer = if is_new {
            Client::new(server.port).get("/page")
        } else {
            again(&mut kept, server.port)
        };
        times.push(asked.elapsed());
        assert_eq!((answer.status, answer.body.len()), (200, PAGE));
        grown = grown.max(resident().zip(before).map(|(now, before)| now.saturating_sub(before)));
        thread::sleep(Duration::from_millis(2));
    }
    is_over.store(true, Ordering::Relaxed);
    dribbling.join().unwrap();
    times.sort();
    let p99 = times[times.len() * 99 / 100];
    let (count, p50, most) = (times.len(), times[times.len() / 2], times[times.len() - 1]);
    let grown_kib = grown.unwrap_or(0);
    print(&format!(
        "{SLOW} slow clients: {count} requests of others, p50 {p50:?}, p99 {p99:?}, at most \
         {most:?}; resident + {grown_kib} KiB"
    ));
    Load { p99, grown }
}

/// Asks on a connection that the server may have closed in the meantime, as browsers do.
fn again(client: &mut Client, port: u16) -> crate::client::Answer {
    client.ask("/page", "").answer(Expect::Body).unwrap_or_else(|_| {
        *client = Client::new(port);
        client.get("/page")
    })
}

/// Sends a byte of each request now and then, and begins anew where the server has lost its patience.
fn dribble(port: u16, is_over: &AtomicBool) {
    let request = format!("GET /page HTTP/1.1\r\nHost: localhost:{port}\r\nX: {}", "x".repeat(900));
    let connect = || TcpStream::connect(("127.0.0.1", port)).unwrap();
    let mut clients: Vec<(TcpStream, usize)> =
        (0..SLOW).map(|at| (connect(), at % request.len())).collect();
    for (client, sent) in &mut clients {
        let _ = client.write_all(&request.as_bytes()[..*sent]);
    }
    while !is_over.load(Ordering::Relaxed) {
        for (client, sent) in &mut clients {
            let byte = [request.as_bytes()[*sent % request.len()]];
            *sent += 1;
            if client.write_all(&byte).is_err() {
                let _ = client.shutdown(Shutdown::Both);
                (*client, *sent) = (connect(), 0);
            }
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// Sends this many requests over this many connections, and tells how long that took.
fn requests(port: u16, clients: usize, count: usize) -> Duration {
    let started = Instant::now();
    thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(|| {
                let mut client = Client::new(port);
                for _ in 0..count / clients {
                    assert_eq!(client.get("/page").body.len(), PAGE);
                }
            });
        }
    });
    started.elapsed()
}

fn server() -> Running {
    Running::new(Map::new([("/page".to_owned(), html(&"x".repeat(PAGE)))]))
}

/// The memory of this process in KiB, where the system tells.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().split(' ').next()?.parse().ok()
}
