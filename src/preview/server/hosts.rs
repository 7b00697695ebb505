//! The names that the preview may be called by. Whoever calls it otherwise was led here by somebody else.

/// The port that browsers leave out.
const DEFAULT_PORT: u16 = 80;
/// The names that always lead to this machine and nowhere else.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// The hosts, each with its port.
#[derive(Clone, Debug)]
pub(super) struct Hosts {
    authorities: Vec<String>,
}

impl Hosts {
    /// The hosts of a server on this port: those of every preview, and the one that the user has asked for, in the
    /// spelling of addresses.
    pub(super) fn new(port: u16, asked: &str) -> Self {
        let mut authorities = Vec::new();
        for host in LOOPBACK.into_iter().chain([asked]) {
            authorities.push(format!("{host}:{port}"));
            if port == DEFAULT_PORT {
                authorities.push(host.to_owned());
            }
        }
        Self { authorities }
    }

    /// Whether this is one of them, letter for letter. Upper and lower case are the same in names.
    pub(super) fn has(&self, host: &[u8]) -> bool {
        self.authorities.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(host))
    }

    /// Whether a page of this origin is a page of the preview.
    pub(super) fn has_origin(&self, origin: &[u8]) -> bool {
        let Some(host) = origin.strip_prefix(b"http://") else { return false };
        self.authorities.iter().any(|known| known.as_bytes() == host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_left_out_where_browsers_leave_it_out() {
        let hosts = Hosts::new(80, "127.0.0.1");
        assert!(hosts.has(b"localhost") && hosts.has(b"localhost:80") && hosts.has(b"[::1]"));
        assert!(hosts.has_origin(b"http://127.0.0.1"));
        assert!(!Hosts::new(8080, "127.0.0.1").has(b"localhost"));
        assert!(!Hosts::new(8080, "127.0.0.1").has_origin(b"http://localhost"));
    }

    #[test]
    fn a_host_that_was_asked_for_is_one_more() {
        let hosts = Hosts::new(4000, "192.0.2.1");
        assert!(hosts.has(b"192.0.2.1:4000") && hosts.has(b"localhost:4000"));
        assert!(!hosts.has(b"192.0.2.1") && !hosts.has(b"192.0.2.2:4000"));
        assert!(hosts.has_origin(b"http://192.0.2.1:4000"));
    }

    #[test]
    fn all_addresses_of_the_machine_are_one_name_only() {
        let hosts = Hosts::new(4000, "0.0.0.0");
        assert!(hosts.has(b"0.0.0.0:4000") && !hosts.has(b"192.0.2.1:4000"));
    }
}
