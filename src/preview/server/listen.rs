//! Finds a port to listen on.

use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use tokio::net::{TcpListener, lookup_host};

use super::hosts::Hosts;

/// How many ports are tried.
const TRIES: usize = 20;
/// The loopback addresses. `localhost` is either, as the system likes.
const LOOPBACK: [IpAddr; 2] = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];

/// Who is to reach the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposure {
    /// The programs of this machine: other addresses than those of the loopback are refused.
    ThisMachine,
    /// Whoever reaches the address: the user has named it.
    Network,
}

/// The sockets of a server.
#[derive(Debug)]
pub struct Listeners {
    sockets: Vec<TcpListener>,
    hosts: Hosts,
    /// What the server is called in its own address.
    name: String,
    port: u16,
    notices: Vec<Notice>,
}

impl Listeners {
    /// The port that was free.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address for a browser on this machine, without a path: it ends in a slash.
    pub fn url(&self) -> String {
        format!("http://{}:{}/", self.name, self.port)
    }

    /// What the user should know.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    pub(super) fn hosts(&self) -> &Hosts {
        &self.hosts
    }

    pub(super) fn into_sockets(self) -> Vec<TcpListener> {
        self.sockets
    }
}

/// What the user should know of the sockets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Other programs listen on the port that was asked for.
    Taken {
        /// The port that was asked for.
        asked: u16,
        /// The one that was free.
        took: u16,
    },
    /// Other machines may reach the server.
    Exposed {
        /// The host that was asked for.
        host: String,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken { asked, took } => {
                write!(f, "port {asked} is taken by another program: using port {took}")
            }
            Self::Exposed { host } => write!(
                f,
                "whoever reaches this machine can read the site, at the name `{host}` and at no \
                 other: name the address that other machines use"
            ),
        }
    }
}

/// Why nothing can listen.
#[derive(Debug)]
pub enum ListenError {
    /// The host is neither an address nor a name.
    Host(String),
    /// Other machines would reach the server, and nobody has asked for that.
    NotLoopback(String),
    /// Other programs listen on all the ports that were tried.
    Taken {
        /// The first that was tried.
        first: u16,
        /// The last that was tried.
        last: u16,
    },
    /// The system has failed.
    Io {
        /// The host and the port that were tried.
        address: String,
        /// What the system says.
        source: io::Error,
    },
}

impl fmt::Display for ListenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Host(host) => {
                write!(f, "`{host}` is no host: write an address like `127.0.0.1`, or a name")
            }
            Self::NotLoopback(host) => write!(
                f,
                "`{host}` is not an address of this machine alone: say `--host {host}` if others \
                 are to reach the preview"
            ),
            Self::Taken { first, last } => write!(
                f,
                "the ports {first} to {last} are all taken by other programs: choose another \
                 with `--port`"
            ),
            Self::Io { address, source } => write!(f, "cannot listen on `{address}`: {source}"),
        }
    }
}

impl std::error::Error for ListenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Host(_) | Self::NotLoopback(_) | Self::Taken { .. } => None,
        }
    }
}

/// Listens on the first free port from `port` on; on any where it is 0. `host` is an address or a name; for each of the
/// loopback addresses the other is taken with it where it is free, so that `localhost` leads here either way.
///
/// # Errors
///
/// The host is not one, is not of this machine alone, or no port of it can be had.
pub async fn listen(host: &str, port: u16, exposure: Exposure) -> Result<Listeners, ListenError> {
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let addresses = addresses(host).await?;
    let is_exposed = addresses.iter().any(|address| !address.is_loopback());
    if is_exposed && exposure == Exposure::ThisMachine {
        return Err(ListenError::NotLoopback(host.to_owned()));
    }
    let (first, took) = bind(addresses[0], port).await?;
    let mut sockets = vec![first];
    for address in &addresses[1..] {
        sockets.extend(TcpListener::bind((*address, took)).await);
    }
    let mut notices = Vec::new();
    if took != port && port != 0 {
        notices.push(Notice::Taken { asked: port, took });
    }
    if is_exposed {
        notices.push(Notice::Exposed { host: host.to_owned() });
    }
    let name = name(host, addresses.len() == sockets.len());
    Ok(Listeners { hosts: Hosts::new(took, &spelled(host)), sockets, name, port: took, notices })
}

/// What the server is called in its own address. `localhost` needs both addresses, as another program may have the other.
fn name(host: &str, is_complete: bool) -> String {
    match host.parse::<IpAddr>() {
        Ok(address) if address.is_unspecified() => Ipv4Addr::LOCALHOST.to_string(),
        Ok(address) if LOOPBACK.contains(&address) && is_complete => "localhost".to_owned(),
        Err(_) if host.eq_ignore_ascii_case("localhost") && !is_complete => {
            Ipv4Addr::LOCALHOST.to_string()
        }
        _ => spelled(host),
    }
}

/// A host as browsers spell it.
fn spelled(host: &str) -> String {
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V6(address)) => format!("[{address}]"),
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => host.to_ascii_lowercase(),
    }
}

/// The addresses of a host, at least one, the one that must be had first. What is called `localhost` is not left to the
/// system's table of names.
async fn addresses(host: &str) -> Result<Vec<IpAddr>, ListenError> {
    if host.eq_ignore_ascii_case("localhost") {
        return Ok(LOOPBACK.to_vec());
    }
    if let Ok(address) = host.parse::<IpAddr>() {
        let others = LOOPBACK.into_iter().filter(|other| *other != address);
        let pair = LOOPBACK.contains(&address).then_some(others).into_iter().flatten();
        return Ok([address].into_iter().chain(pair).collect());
    }
    if !is_name(host) {
        return Err(ListenError::Host(host.to_owned()));
    }
    let failed = |source| ListenError::Io { address: host.to_owned(), source };
    let mut found: Vec<IpAddr> = Vec::new();
    for address in lookup_host((host, 0)).await.map_err(failed)? {
        if !found.contains(&address.ip()) {
            found.push(address.ip());
        }
    }
    if found.is_empty() {
        return Err(failed(ErrorKind::NotFound.into()));
    }
    Ok(found)
}

/// Whether a host is a name. One that ends in a number is taken for an address by browsers, whatever the system thinks
/// of it: `127.1` would never be called so.
fn is_name(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.' || c == '_';
    last.starts_with(|c: char| c.is_ascii_alphabetic()) && host.chars().all(is_plain)
}

/// Listens on the first port that no other program has.
async fn bind(address: IpAddr, port: u16) -> Result<(TcpListener, u16), ListenError> {
    let mut last = port;
    for candidate in (port..=u16::MAX).take(TRIES) {
        last = candidate;
        let failed = |source| ListenError::Io {
            address: format!("{}:{candidate}", spelled(&address.to_string())),
            source,
        };
        match TcpListener::bind((address, candidate)).await {
            Ok(socket) => {
                let took = socket.local_addr().map_err(failed)?.port();
                return Ok((socket, took));
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => return Err(failed(error)),
        }
    }
    Err(ListenError::Taken { first: port, last })
}
