//! A client that asks one thing after the other on one connection, and takes no redirect.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

/// What a server answered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// All headers named `Location`, as they are.
    pub(crate) locations: Vec<String>,
    /// The names of all headers, in lower case.
    pub(crate) names: Vec<String>,
}

/// A connection, made anew where the server ends it.
pub(crate) struct Client {
    address: SocketAddr,
    connection: Option<BufReader<TcpStream>>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self { address, connection: None }
    }

    /// Asks for a path, which is sent as it is.
    pub(crate) fn get(&mut self, path: &str) -> Answer {
        let mut connection = self.connection.take().unwrap_or_else(|| {
            BufReader::new(TcpStream::connect(self.address).expect("the server listens"))
        });
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        connection.get_mut().write_all(request.as_bytes()).expect("the server reads");
        let (answer, stays) = read(&mut connection);
        self.connection = stays.then_some(connection);
        answer
    }
}

/// An answer with its body, and whether the connection stays.
fn read(connection: &mut BufReader<TcpStream>) -> (Answer, bool) {
    let first = line(connection);
    let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.unwrap_or_else(|| panic!("`{first}` has a status"));
    let mut answer = Answer { status, locations: Vec::new(), names: Vec::new() };
    let (mut length, mut stays) = (0, true);
    loop {
        let header = line(connection);
        let Some((name, value)) = header.split_once(':') else { break };
        let (name, value) = (name.to_ascii_lowercase(), value.trim());
        match &*name {
            "location" => answer.locations.push(value.to_owned()),
            "content-length" => length = value.parse().expect("a length is a number"),
            "connection" => stays = !value.eq_ignore_ascii_case("close"),
            "transfer-encoding" => panic!("the servers send lengths"),
            _ => {}
        }
        answer.names.push(name);
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body).expect("the body is as long as was said");
    (answer, stays)
}

fn line(connection: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    connection.read_line(&mut line).expect("the server answers");
    line.trim_end().to_owned()
}
