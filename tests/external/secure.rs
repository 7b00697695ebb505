//! Sites with certificates.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};

use super::{Duration, Settings, addresses};
use variorum::external::{Certificate, Dead, Unclear, Verdict, ask};

/// A site with a certificate that it has given to itself.
fn own_certificate() -> SocketAddr {
    let made = rcgen::generate_simple_self_signed(["kettle.io".to_owned()]).expect("a certificate");
    let certificate = CertificateDer::from(made.cert);
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("there are versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("they belong together");
    let config = Arc::new(config);
    serve(move |mut stream| {
        let mut connection = ServerConnection::new(config.clone()).expect("a connection");
        let mut stream = Stream::new(&mut connection, &mut stream);
        let _ = stream.read(&mut [0; 1024]);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    })
}

/// Does something with each connection.
fn serve(work: impl Fn(std::net::TcpStream) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let at = listener.local_addr().expect("it has an address");
    thread::spawn(move || listener.incoming().map_while(Result::ok).for_each(work));
    at
}

/// What becomes of an address at this place.
#[track_caller]
fn check(at: SocketAddr, expected: &Verdict) {
    let settings = Settings {
        pause: Duration::from_millis(1),
        places: [("kettle.io".to_owned(), Some(at))].into(),
        ..Settings::within(Duration::from_secs(60))
    };
    let verdicts = ask(&addresses(["https://kettle.io/"]), &settings, &|_| {});
    assert_eq!(&verdicts["https://kettle.io/"], expected);
}

#[test]
fn a_certificate_of_nobody_known_is_not_valid() {
    check(own_certificate(), &Verdict::Dead(Dead::Certificate(Certificate::UnknownIssuer)));
}

#[test]
fn who_speaks_no_tls_gives_no_clear_answer() {
    let plain = serve(|mut stream| {
        let _ = stream.read(&mut [0; 1024]);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    });
    check(plain, &Verdict::Unclear(Unclear::Closed));
}
