//! Sites on loopback that answer as a test says, and remember what they were asked.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A request, and how often the same was made before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) host: String,
    pub(crate) path: String,
    pub(crate) before: usize,
}

/// How a request is answered.
pub(crate) enum Reply {
    /// With this status, these further lines of the head, and nothing behind it.
    Status(u16, String),
    /// With these bytes; then the connection is closed.
    Bytes(&'static [u8]),
    /// Not at all, while the other side waits.
    Silence,
    /// With a page that has no end.
    Endless,
}

impl Reply {
    pub(crate) fn status(status: u16) -> Self {
        Self::Status(status, String::new())
    }

    pub(crate) fn onward(status: u16, location: &str) -> Self {
        Self::Status(status, format!("Location: {location}\r\n"))
    }
}

/// What sites decide by.
pub(crate) type Answer = fn(&Request) -> Reply;

/// What was seen of requests.
#[derive(Default)]
struct Seen {
    requests: Vec<Request>,
    /// By host, how many requests are there now.
    now: BTreeMap<String, usize>,
    /// The most that were there for one host at a time, and for all hosts.
    most: (usize, usize),
    /// How many bytes of pages without an end were sent.
    sent: usize,
}

/// Sites on loopback, for as long as the test runs.
pub(crate) struct Server {
    pub(crate) at: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

impl Server {
    pub(crate) fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let at = listener.local_addr().expect("it has an address");
        let seen = Arc::new(Mutex::new(Seen::default()));
        let shared = seen.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let seen = shared.clone();
                thread::spawn(move || serve(&stream, answer, &seen));
            }
        });
        Self { at, seen }
    }

    /// The requests, as `METHOD host/path`, sorted.
    pub(crate) fn asked(&self) -> Vec<String> {
        let seen = self.seen.lock().expect("nobody has failed");
        let shown = |it: &Request| format!("{} {}{}", it.method, it.host, it.path);
        let mut asked: Vec<String> = seen.requests.iter().map(shown).collect();
        asked.sort();
        asked
    }

    /// How many requests were there at a time: for one host, and for all.
    pub(crate) fn most(&self) -> (usize, usize) {
        self.seen.lock().expect("nobody has failed").most
    }

    /// How many bytes of pages without an end were sent.
    pub(crate) fn sent(&self) -> usize {
        self.seen.lock().expect("nobody has failed").sent
    }
}

/// Answers one request after the other, until the other side leaves.
fn serve(stream: &TcpStream, answer: Answer, seen: &Mutex<Seen>) {
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    while let Some(request) = request(&mut reader, seen) {
        // Whoever else would ask this host meanwhile is seen.
        thread::sleep(Duration::from_millis(1));
        let reply = answer(&request);
        if let Some(now) = seen.lock().expect("nobody has failed").now.get_mut(&request.host) {
            *now -= 1;
        }
        match reply {
            Reply::Status(status, lines) => {
                let head = format!("HTTP/1.1 {status} So\r\nContent-Length: 0\r\n{lines}\r\n");
                if writer.write_all(head.as_bytes()).is_err() {
                    return;
                }
            }
            Reply::Bytes(bytes) => {
                let _ = writer.write_all(bytes);
                return;
            }
            Reply::Silence => {
                let _ = reader.read(&mut [0]);
                return;
            }
            Reply::Endless => return endless(writer, seen),
        }
    }
}

fn endless(mut writer: &TcpStream, seen: &Mutex<Seen>) {
    let mut bytes: &[u8] = b"HTTP/1.1 200 So\r\nContent-Length: 1099511627776\r\n\r\n";
    while writer.write_all(bytes).is_ok() {
        seen.lock().expect("nobody has failed").sent += bytes.len();
        bytes = &[b'a'; 1 << 16];
    }
}

/// The next request; nothing where the other side has left.
fn request(reader: &mut impl BufRead, seen: &Mutex<Seen>) -> Option<Request> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let mut words = lines.first()?.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let host = lines.iter().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("host").then(|| value.to_owned())
    })?;
    let mut request = Request { method, host, path, before: 0 };
    let mut seen = seen.lock().expect("nobody has failed");
    let is_same = |other: &&Request| {
        (&other.method, &other.host, &other.path) == (&request.method, &request.host, &request.path)
    };
    request.before = seen.requests.iter().filter(is_same).count();
    seen.requests.push(request.clone());
    *seen.now.entry(request.host.clone()).or_default() += 1;
    let (one, all) = (seen.now[&request.host], seen.now.values().sum());
    seen.most = (seen.most.0.max(one), seen.most.1.max(all));
    Some(request)
}
