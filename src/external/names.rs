//! Names of hosts to addresses: the one place where it is decided what a connection may go to.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::public::is_public;

/// What the systems say of a name that there is not; else the name server has not answered.
const NO_SUCH_NAME: &[&str] = &[
    // glibc
    "Name or service not known",
    "No address associated with hostname",
    // musl
    "Name does not resolve",
    // macOS
    "nodename nor servname provided",
    // Windows
    "os error 11001",
    "os error 11004",
];

/// That all addresses of a host are those of one network, or of none.
#[derive(Debug)]
pub(super) struct NotPublic;

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the host is not public")
    }
}

impl std::error::Error for NotPublic {}

/// Resolves names to public addresses only. Connections go to these very addresses, so a name server that says
/// something else the next time changes nothing.
#[derive(Debug)]
pub(super) struct Names {
    /// Hosts for which no name server is asked.
    pub(super) places: BTreeMap<String, Option<SocketAddr>>,
    pub(super) servers: DefaultResolver,
}

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let mut public = self.empty();
        if let Some(place) = self.places.get(uri.host().unwrap_or_default()) {
            public.push(place.ok_or(Error::HostNotFound)?);
            return Ok(public);
        }
        let found = self.servers.resolve(uri, config, timeout).map_err(unknown)?;
        for address in found.iter().filter(|address| is_public(address.ip())) {
            public.push(*address);
        }
        if public.is_empty() {
            return Err(Error::Other(Box::new(NotPublic)));
        }
        Ok(public)
    }
}

/// Tells a host that does not exist from a name server that does not answer.
fn unknown(error: Error) -> Error {
    let text = error.to_string();
    match NO_SUCH_NAME.iter().any(|words| text.contains(words)) {
        true => Error::HostNotFound,
        false => error,
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use ureq::Timeout;
    use ureq::unversioned::transport::time::Duration;

    use super::*;

    /// What a host of this machine is resolved to.
    fn resolved(
        uri: &str,
        places: &[(&str, Option<SocketAddr>)],
    ) -> Result<Vec<SocketAddr>, Error> {
        let places = places.iter().map(|(host, at)| ((*host).to_owned(), *at)).collect();
        let names = Names { places, servers: DefaultResolver::default() };
        let uri: Uri = uri.parse().expect("an address");
        let timeout = NextTimeout {
            after: Duration::NotHappening,
            reason: Timeout::Resolve,
            ..NextTimeout::default()
        };
        names.resolve(&uri, &Config::default(), timeout).map(|found| found.to_vec())
    }

    #[test]
    fn a_name_of_private_addresses_only_is_refused() {
        for uri in ["http://localhost/", "https://127.0.0.1/", "http://[::1]:8080/"] {
            let refused = resolved(uri, &[]);
            assert!(matches!(&refused, Err(Error::Other(why)) if why.is::<NotPublic>()), "{uri}");
        }
    }

    #[test]
    fn public_addresses_are_what_is_connected_to() {
        let found = resolved("https://1.1.1.1/", &[]).expect("it is an address");
        assert_eq!(found, ["1.1.1.1:443".parse().expect("an address")]);
    }

    #[test]
    fn a_known_place_is_not_judged() {
        let at = "127.0.0.1:4000".parse().expect("an address");
        let places = [("kettle.io", Some(at)), ("gone.kettle.io", None)];
        assert_eq!(resolved("http://kettle.io:80/", &places).expect("it is known"), [at]);
        let gone = resolved("http://gone.kettle.io/", &places);
        assert!(matches!(gone, Err(Error::HostNotFound)));
    }

    #[test]
    fn a_name_that_there_is_not_is_told_from_a_server_that_does_not_answer() {
        let lookup = |what: &str| {
            let text = format!("failed to lookup address information: {what}");
            unknown(Error::Io(io::Error::other(text)))
        };
        assert!(matches!(lookup("Name or service not known"), Error::HostNotFound));
        assert!(matches!(lookup("Name does not resolve"), Error::HostNotFound));
        assert!(matches!(lookup("Temporary failure in name resolution"), Error::Io(_)));
        assert!(matches!(lookup("Try again"), Error::Io(_)));
    }
}
