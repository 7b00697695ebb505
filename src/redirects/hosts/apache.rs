//! Apache httpd: a map as text, and the directives that look an address up in it.
//!
//! `RewriteMap` is for the server or a virtual host, not for `.htaccess`
//! (<https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritemap>). In `.htaccess` every redirect would be a
//! directive of its own, `Redirect` with all that begins alike and `RedirectMatch` with a regular expression, and all
//! of them be read for each request; so there is no such file.
//!
//! A line of the map is two words and has at most 1,023 bytes; what is longer has a rule of its own. What was asked for is decoded by the server; it is encoded again by its own function
//! `escape`, so that every spelling of an address is one word. The target is encoded already (`NE`), and the query goes
//! with it. Nothing of a request but its query gets into a `Location`.

use std::collections::BTreeSet;

use super::super::Table;
use super::super::address::{encoded, keeping};
use super::HostFile;

/// What the server's function `escape` leaves as it is, besides letters and digits; its codes are in lower case. Releases
/// differ over `;`.
const KEPT: [&[u8]; 2] = [b"$-_.+!*'(),:@&=/~", b"$-_.+!*'(),:@&=/~;"];

/// Bytes of a line of the map.
const LINE: usize = 1_000;

const DIRECTIVES: &str = r#"# Old addresses of the site: include this file in the site's `VirtualHost`, or in the server's configuration where
# there is none. It needs mod_rewrite. Before the line with `Include`, name the folder of `redirects.map`:
#   Define VARIORUM_REDIRECTS /etc/apache2/variorum
RewriteEngine On
RewriteMap variorum-escape "int:escape"
RewriteMap variorum-redirects "txt:${VARIORUM_REDIRECTS}/redirects.map"
RewriteCond "%{REQUEST_URI}" "^(/.*?)/?$"
RewriteCond "${variorum-redirects:${variorum-escape:%1}}" "^(/.+)$"
RewriteRule "^" "%1" [R=301,NE,L]
"#;

pub(super) fn files(table: &Table) -> Vec<HostFile> {
    let mut map = "# Old address, new address: read by `redirects.conf`.\n".to_owned();
    let mut directives = DIRECTIVES.to_owned();
    for (from, to) in table.iter() {
        let keys: BTreeSet<String> = KEPT.into_iter().map(|kept| keeping(from, kept)).collect();
        for key in keys {
            let line = format!("{key} {}\n", encoded(to));
            if line.len() <= LINE {
                map.push_str(&line);
            } else {
                directives.push_str(&rule(&key, &encoded(to)));
            }
        }
    }
    vec![
        HostFile { name: "redirects.conf", text: directives },
        HostFile { name: "redirects.map", text: map },
    ]
}

/// A rule for one address. A percent sign before a digit would be a reference to what a condition has matched.
fn rule(key: &str, target: &str) -> String {
    let target = target.replace('%', "\\%");
    format!(
        "RewriteCond \"%{{REQUEST_URI}}\" \"^(/.*?)/?$\"\n\
         RewriteCond \"${{variorum-escape:%1}}\" \"={key}\"\n\
         RewriteRule \"^\" \"{target}\" [R=301,NE,L]\n"
    )
}
