//! Other sites: whether the addresses that a site links to answer.
//!
//! Addresses are untrusted text, and the machine that asks may stand in a network with more than the internet. So only
//! the web is asked, only at public addresses, and each hop of a redirect is judged like the first.

mod board;
mod cache;
mod client;
mod fault;
mod names;
mod public;
mod question;
mod schedule;
mod verdict;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

pub use cache::{Cache, Damage};
pub use public::is_public;
pub use schedule::ask;
pub use verdict::{Certificate, Dead, Unclear, Verdict};

/// How other sites are asked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long all of it may take. What was not asked by then is not asked.
    pub time: Duration,
    /// How long a connection may take.
    pub connect: Duration,
    /// How long a request may take, with its connection.
    pub request: Duration,
    /// How long to wait before the first retry; before the second it is four times as long.
    pub pause: Duration,
    /// The longest wait that a site can ask for.
    pub patience: Duration,
    /// How many hosts are asked at a time.
    pub hosts: usize,
    /// Hosts whose places are known, or which are known not to exist. No name server is asked for them, and where they
    /// are need not be public: tests name servers of their own here.
    pub places: BTreeMap<String, Option<SocketAddr>>,
}

impl Settings {
    /// What is good manners on the internet, within this time.
    pub fn within(time: Duration) -> Self {
        Self {
            time,
            connect: Duration::from_secs(10),
            request: Duration::from_secs(30),
            pause: Duration::from_secs(1),
            patience: Duration::from_secs(30),
            hosts: 16,
            places: BTreeMap::new(),
        }
    }
}
