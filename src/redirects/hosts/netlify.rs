//! Netlify: `_redirects` in the folder that is published.
//!
//! The format is that of <https://docs.netlify.com/manage/routing/redirects/overview/>: one rule a line, words with
//! white space between them, special characters of paths encoded. One rule answers an address with and without a
//! slash at its end, and the query string goes with it
//! (<https://docs.netlify.com/manage/routing/redirects/redirect-options/>).

use super::super::Table;
use super::HostFile;
use super::lines::line;

/// From here on Netlify recommends other ways than single rules; there is no number that it refuses.
const RECOMMENDED: usize = 10_000;

/// The status; `!` lets the rule win over the page that a build writes at the old address.
const STATUS: &str = "301!";

pub(super) fn file(table: &Table) -> HostFile {
    let lines = table.iter().map(|(from, to)| line(from, to, STATUS) + "\n");
    HostFile { name: "_redirects", text: lines.collect() }
}

pub(super) fn advice(table: &Table) -> Option<String> {
    (table.len() >= RECOMMENDED).then(|| {
        format!(
            "netlify has no fixed limit, but a deploy with {} redirects may fail: it recommends fewer \
             than {RECOMMENDED}",
            table.len()
        )
    })
}
