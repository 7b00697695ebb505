//! nginx: two maps for the block `http`, and what reads them for the block `server`.
//!
//! A `map` of texts is one look-up, however many there are (<https://nginx.org/en/docs/http/ngx_http_map_module.html>),
//! but blind to case. So one map tells the old address as it is written, which is compared with what was asked for, and
//! the other where it leads. Old addresses that differ from another one in case only have a `location` each.
//!
//! `$uri` is decoded and has no query; targets are encoded, and the query is put behind them. Nothing of a request
//! but its query gets into a `Location`, which begins with one slash. A word of a configuration has at most 4,095
//! bytes, and a bucket of a map less than 64 KB.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::address::encoded;
use super::super::table::forms;
use super::super::{Fault, Table};
use super::{Host, HostFile};

/// Bytes of a word in a configuration.
const WORD: usize = 4_095;
/// The largest bucket of a map that is asked for, in bytes.
const LARGEST_BUCKET: usize = 32 << 10;
/// Bytes that a map has for an entry besides its name.
const ENTRY: usize = 24;
/// Entries that a bucket has place for, where the map has place for two times as many entries as it has.
const IN_BUCKET: usize = 8;

const HTTP_HEAD: &str = "\
# Old addresses of the site: include this file once, in the block `http`.
# Where the configuration sets one of these two sizes already, keep the larger one.
";

const SERVER_HEAD: &str = "\
# Old addresses of the site: include this file in the block `server` of the site.
# Locations stay paths, so that they are right behind a proxy too.
absolute_redirect off;
if ($uri = $variorum_old) {
    return 301 $variorum_new$is_args$args;
}
";

/// A dollar sign begins a variable wherever a value can have one, and nothing takes that from it.
const DOLLAR: &str = "geo $variorum_dollar {\n    default \"$\";\n}\n";

pub(super) fn files(table: &Table) -> Result<Vec<HostFile>, Fault> {
    let (mapped, located) = parted(table);
    for word in mapped.iter().chain(&located).flat_map(|(from, to)| [value(from), encoded(to)]) {
        let what = format!("bytes of `{word}` in a configuration");
        Host::Nginx.within(&what, word.len(), WORD, "shorten the address")?;
    }
    let mut http = format!("{HTTP_HEAD}{}", sizes(&mapped));
    if mapped.keys().any(|from| from.contains('$')) {
        http.push_str(DOLLAR);
    }
    http.push_str(&map("variorum_old", mapped.keys().map(|from| (from, value(from)))));
    http.push_str(&map("variorum_new", mapped.iter().map(|(from, to)| (from, encoded(to)))));
    let mut server = SERVER_HEAD.to_owned();
    for (from, to) in &located {
        let (from, to) = (quoted(from), encoded(to));
        let _ = write!(server, "location = {from} {{\n    return 301 {to}$is_args$args;\n}}\n");
    }
    Ok(vec![
        HostFile { name: "redirects-http.conf", text: http },
        HostFile { name: "redirects-server.conf", text: server },
    ])
}

type Redirects = BTreeMap<String, String>;

/// The addresses that the maps have, and those that others hide there as they differ in case only.
fn parted(table: &Table) -> (Redirects, Redirects) {
    let (mut mapped, mut located) = (Redirects::new(), Redirects::new());
    let mut folded: BTreeMap<String, ()> = BTreeMap::new();
    for (from, to) in table.iter() {
        for form in forms(from) {
            let is_first = folded.insert(form.to_ascii_lowercase(), ()).is_none();
            let part = if is_first { &mut mapped } else { &mut located };
            part.insert(form, to.to_owned());
        }
    }
    (mapped, located)
}

/// Sizes that let nginx find a good table at once.
fn sizes(mapped: &Redirects) -> String {
    let longest = mapped.keys().map(String::len).max().unwrap_or_default();
    let bucket = ((longest + ENTRY) * IN_BUCKET).next_power_of_two().clamp(64, LARGEST_BUCKET);
    let size = (mapped.len() * 2).next_power_of_two().max(2_048);
    format!("map_hash_max_size {size};\nmap_hash_bucket_size {bucket};\n")
}

fn map<'a>(name: &str, entries: impl Iterator<Item = (&'a String, String)>) -> String {
    let mut text = format!("map $uri ${name} {{\n");
    for (from, value) in entries {
        let _ = writeln!(text, "    {} \"{value}\";", quoted(from));
    }
    text.push_str("}\n");
    text
}

/// An address as the name of an entry or a location, where variables are not looked for.
fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// An address as a value between quotes.
fn value(text: &str) -> String {
    escaped(text).replace('$', "${variorum_dollar}")
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
