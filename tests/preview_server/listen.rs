//! Where the server listens.

use std::net::{IpAddr, Ipv6Addr, TcpListener};

use variorum::preview::server::{Exposure, ListenError, Listeners, Notice, listen, runtime};

use crate::client::Client;
use crate::map::Map;
use crate::running::Running;

#[test]
fn a_free_port_is_taken_without_a_word() {
    let port = free();
    let listeners = on("127.0.0.1", port).unwrap();
    assert_eq!((listeners.port(), listeners.notices()), (port, &[][..]));
}

#[test]
fn where_the_port_is_taken_the_next_is_used_and_said() {
    let other = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let asked = other.local_addr().unwrap().port();
    let listeners = on("127.0.0.1", asked).unwrap();
    let took = listeners.port();
    assert!(took > asked && took < asked + 20, "{asked}, {took}");
    assert_eq!(listeners.notices(), [Notice::Taken { asked, took }]);
    assert_eq!(
        listeners.notices()[0].to_string(),
        format!("port {asked} is taken by another program: using port {took}")
    );
    assert!(listeners.url().ends_with(&format!(":{took}/")), "{}", listeners.url());
}

#[test]
fn two_previews_stand_side_by_side() {
    let first = on("localhost", free()).unwrap();
    let second = on("localhost", first.port()).unwrap();
    assert_ne!(first.port(), second.port());
}

#[test]
fn where_no_port_is_left_that_is_said() {
    // Whoever has it, it is taken.
    let _other = TcpListener::bind(("127.0.0.1", u16::MAX));
    let error = on("127.0.0.1", u16::MAX).unwrap_err();
    assert!(matches!(error, ListenError::Taken { first: u16::MAX, last: u16::MAX }), "{error}");
}

#[test]
fn localhost_leads_to_the_server_over_both_protocols() {
    let Ok(probe) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)) else { return };
    drop(probe);
    for host in ["localhost", "127.0.0.1", "::1", "[::1]", "LOCALHOST"] {
        let server =
            Running::on(host, Map::of(&["/page"]), variorum::preview::server::Limits::USUAL);
        for address in ["127.0.0.1", "::1"] {
            assert_eq!(
                Client::at(address, server.port).get("/page").status,
                200,
                "{host} {address}"
            );
        }
        assert_eq!(url(host), "http://localhost:PORT/");
    }
}

#[test]
fn where_another_program_has_the_other_address_the_name_is_not_used() {
    let Ok(other) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)) else { return };
    let port = other.local_addr().unwrap().port();
    let Ok(listeners) = on("localhost", port) else { return };
    if listeners.port() == port {
        assert_eq!(listeners.url(), format!("http://127.0.0.1:{port}/"));
    }
}

#[test]
fn other_machines_are_kept_out_unless_the_user_wants_them() {
    for host in ["0.0.0.0", "::", "[::]", "192.0.2.1", "10.0.0.1", "::ffff:127.0.0.1"] {
        let error = on(host, 0).unwrap_err();
        let bare = host.trim_matches(['[', ']']);
        assert_eq!(
            error.to_string(),
            format!(
                "`{bare}` is not an address of this machine alone: say `--host {bare}` if others \
                 are to reach the preview"
            )
        );
    }
}

#[test]
fn what_is_no_host_is_refused() {
    for host in [
        "",
        "127.1",
        "2130706433",
        "0x7f000001",
        "a b",
        "a/b",
        "http://localhost",
        "a:80",
        "user@a",
        "127.0.0.1.",
    ] {
        let error = on(host, 0).unwrap_err();
        assert!(matches!(error, ListenError::Host(_)), "{host}: {error}");
    }
}

#[test]
fn a_warning_says_who_can_read_the_site() {
    let notice = Notice::Exposed { host: "192.0.2.1".to_owned() };
    assert!(notice.to_string().contains("at the name `192.0.2.1` and at no other"), "{notice}");
}

fn on(host: &str, port: u16) -> Result<Listeners, ListenError> {
    runtime().unwrap().block_on(listen(host, port, Exposure::ThisMachine))
}

/// The address of a server on a free port, without the port.
fn url(host: &str) -> String {
    let listeners = on(host, 0).unwrap();
    listeners.url().replace(&listeners.port().to_string(), "PORT")
}

/// A port that nobody had a moment ago.
fn free() -> u16 {
    let address = IpAddr::from([127, 0, 0, 1]);
    TcpListener::bind((address, 0)).unwrap().local_addr().unwrap().port()
}
