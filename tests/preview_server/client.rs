//! A client that sends whatever it is told to, and reads what comes.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A connection.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
}

/// A response.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// Whether a response has a body, as the client knows what it has asked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expect {
    Body,
    /// Only the head is read: of `HEAD`, and of streams.
    Head,
}

impl Client {
    pub(crate) fn new(port: u16) -> Self {
        Self::at("127.0.0.1", port)
    }

    pub(crate) fn at(host: &str, port: u16) -> Self {
        let stream = TcpStream::connect((host, port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream: BufReader::new(stream) }
    }

    /// Sends these bytes. A server that has closed is noticed when its answer is read.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let _ = self.stream.get_mut().write_all(bytes.as_ref());
        self
    }

    /// Asks for a path, as a browser does, with these further headers.
    pub(crate) fn ask(&mut self, path: &str, headers: &str) -> &mut Self {
        let port = self.stream.get_ref().peer_addr().unwrap().port();
        self.send(format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{headers}\r\n"))
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.ask(path, "").answer(Expect::Body).unwrap()
    }

    /// Reads a response.
    pub(crate) fn answer(&mut self, expect: Expect) -> io::Result<Answer> {
        let first = self.line()?;
        let status = first.split(' ').nth(1).and_then(|status| status.parse().ok());
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let status = status.ok_or(ErrorKind::InvalidData)?;
        let mut answer = Answer { status, headers, body: Vec::new() };
        if expect == Expect::Body && status != 304 {
            let length = answer.header("content-length").map_or(0, |it| it.parse().unwrap());
            answer.body.resize(length, 0);
            self.stream.read_exact(&mut answer.body)?;
        }
        Ok(answer)
    }

    /// A line without its end.
    pub(crate) fn line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        if self.stream.read_until(b'\n', &mut line)? == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    /// The next part of a body of unknown length; nothing behind the last.
    pub(crate) fn chunk(&mut self) -> io::Result<Option<String>> {
        let length = usize::from_str_radix(&self.line()?, 16).map_err(io::Error::other)?;
        let mut chunk = vec![0; length + 2];
        self.stream.read_exact(&mut chunk)?;
        chunk.truncate(length);
        Ok((length > 0).then(|| String::from_utf8(chunk).unwrap()))
    }

    /// Whether the server has closed the connection, or does so within this time.
    pub(crate) fn is_closed_within(&mut self, time: Duration) -> bool {
        self.stream.get_ref().set_read_timeout(Some(time)).unwrap();
        match self.stream.fill_buf() {
            Ok(bytes) => bytes.is_empty(),
            Err(error) => error.kind() == ErrorKind::ConnectionReset,
        }
    }
}

impl Answer {
    /// The value of a header that stands once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(other, _)| other == name);
        let value = values.next().map(|(_, value)| &**value);
        assert!(values.next().is_none(), "{name} twice: {self:?}");
        value
    }

    pub(crate) fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }

    /// Checks that the headers are there that every response has, and none that lets other sites in.
    #[track_caller]
    pub(crate) fn assert_whole(&self) {
        let media_type = self.header("content-type").unwrap_or_default();
        let policy = self.header("content-security-policy").unwrap_or_default();
        let expected = if media_type.starts_with("text/html") {
            "default-src 'self'; "
        } else {
            "default-src 'none'"
        };
        assert!(policy.starts_with(expected), "{self:?}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", "no-cache"),
        ] {
            assert_eq!(self.header(name), Some(value), "{name}: {self:?}");
        }
        assert!(!self.headers.iter().any(|(name, _)| name.starts_with("access-control")));
    }
}
