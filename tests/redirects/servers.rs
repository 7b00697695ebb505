//! A thousand redirects and more, asked of real servers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::client::Client;
use crate::program::program;
use crate::server::{Kind, Server, said};
use crate::shared::corpus;
use crate::sites::{awkward, redirects};

/// How many redirects are asked at least.
const ASKED: usize = 1_000;

#[test]
fn nginx_answers_every_old_address() {
    ask_awkward(Kind::Nginx);
}

#[test]
fn apache_answers_every_old_address() {
    ask_awkward(Kind::Apache);
}

#[test]
#[ignore = "reads the corpus, where it is"]
fn nginx_answers_old_addresses_of_the_corpus() {
    ask_corpus(Kind::Nginx);
}

#[test]
#[ignore = "reads the corpus, where it is"]
fn apache_answers_old_addresses_of_the_corpus() {
    ask_corpus(Kind::Apache);
}

fn ask_awkward(kind: Kind) {
    let Some(server) = kind.installed() else { return };
    let site = awkward();
    for base in ["", "/docs"] {
        let url = format!("https://docs.example.com{base}");
        let more = ["--base-url", &url];
        let redirects = redirects(site.path(), &more);
        assert!(redirects.len() >= ASKED, "{} redirects", redirects.len());
        let folder = crate::folder::tempdir().expect("a temporary folder");
        let server = start(kind, &server, site.path(), &more, folder.path());
        ask(server.address, base, &redirects);
        assert_eq!(said(folder.path()), "", "the server has nothing to say");
        leave_alone(server.address, base);
    }
}

fn ask_corpus(kind: Kind) {
    let Some(server) = kind.installed() else { return };
    let Some((site, config)) = corpus() else { return };
    let config = config.to_str().expect("the project has a plain name");
    let more = ["--config", config];
    let all = redirects(&site, &more);
    let step = (all.len() / ASKED).max(1);
    let some: BTreeMap<String, String> = all.into_iter().step_by(step).collect();
    assert!(some.len() >= ASKED);
    let folder = crate::folder::tempdir().expect("a temporary folder");
    let server = start(kind, &server, &site, &more, folder.path());
    ask(server.address, "", &some);
}

/// Starts a server with the redirects of a site.
fn start(kind: Kind, server: &Path, site: &Path, more: &[&str], folder: &Path) -> Server {
    let mut command = program(site);
    command.args(["redirects", "--format", kind.format(), "--output"]).arg(folder);
    let output = command.arg("--site").arg(site).args(more).output().expect("it can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    kind.start(server, folder)
}

/// Asks for every old address in each spelling.
fn ask(server: std::net::SocketAddr, base: &str, redirects: &BTreeMap<String, String>) {
    let mut client = Client::new(server);
    let mut wrong = Vec::new();
    for (from, to) in redirects {
        let from = format!("{base}{from}");
        let from = from.strip_suffix('/').unwrap_or(&from);
        let location = encode(&format!("{base}{to}"), "-._~/@");
        for (path, query) in spellings(from) {
            let answer = client.get(&format!("{path}{query}"));
            let found = answer.locations.iter().map(|found| path_of(found, server));
            let found: Vec<String> = found.collect();
            let wanted = vec![format!("{location}{query}")];
            if answer.status != 301 || found != wanted || answer.names.contains(&"x-evil".into()) {
                wrong.push(format!("{path}{query}: {answer:?}, not {wanted:?}"));
            }
        }
    }
    let few: Vec<&String> = wrong.iter().take(10).collect();
    assert!(wrong.is_empty(), "{} of {}: {few:#?}", wrong.len(), redirects.len());
}

/// An old address as it may be asked for: as browsers write it, everything encoded, with a slash at the end, with a
/// query. The root has its slash always.
fn spellings(from: &str) -> [(String, &'static str); 4] {
    let browser = encode(from, "-._~/!$&'()+,;=:@[]|^");
    let all = encode(from, "/");
    let bare = |path: &str| if path.is_empty() { "/".to_owned() } else { path.to_owned() };
    let query = "?q=a%20b&x=%0d%0aX-Evil:%201&$y={z}";
    [
        (bare(&browser), ""),
        (format!("{browser}/"), ""),
        (bare(&all), query),
        (format!("{all}/"), query),
    ]
}

/// What is no old address is no redirect, least of all one to another host.
fn leave_alone(server: std::net::SocketAddr, base: &str) {
    let mut client = Client::new(server);
    let paths = [
        "/en/product@2.0/pages/page-1",
        "/plain-and",
        "/plain/deeper/still",
        "/plain%00",
        "/plain%0a",
        "/PLAIN",
        "/case/DIFFERS",
        "//evil.example",
        "//evil.example/plain",
        "/%5cevil.example",
        "/.%2e/plain",
        "/unknown",
        "/%25",
        "/$variorum_new",
        "/plain$",
    ];
    for path in paths {
        let answer = client.get(&format!("{base}{path}"));
        assert!(!(300..400).contains(&answer.status), "{path}: {answer:?}");
        assert_eq!(answer.locations, Vec::<String>::new(), "{path}");
    }
}

/// The path of a location, which may have the server's own scheme and host before it.
fn path_of(location: &str, server: std::net::SocketAddr) -> String {
    let own = format!("http://{server}");
    location.strip_prefix(&own).unwrap_or(location).to_owned()
}

/// Everything encoded but letters, digits and these characters.
fn encode(text: &str, plain: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        let letter = char::from(byte);
        if letter.is_ascii_alphanumeric() || (letter.is_ascii() && plain.contains(letter)) {
            encoded.push(letter);
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
