//! Vercel: the key `redirects` of `vercel.json`, or a file of bulk redirects.
//!
//! `redirects` takes 2,048 rules, and 4,096 characters an address
//! (<https://vercel.com/docs/routing/redirects/configuration-redirects>). A source is a pattern in the syntax of
//! path-to-regexp, in which a backslash takes its meaning from a character, and `{/}?` is a slash that may be there. The
//! query string goes with it.
//!
//! Bulk redirects are plain paths of 2,048 characters, at most 1,000,000 a project; what is included depends on the
//! plan (<https://vercel.com/docs/routing/redirects/bulk-redirects>).

use serde::Serialize;

use super::super::address::{encoded, requested};
use super::super::table::forms;
use super::super::{Fault, Table};
use super::{Host, HostFile};

/// Rules of `vercel.json`.
const RULES: usize = 2_048;
/// Characters of an address there.
const RULE: usize = 4_096;
/// Bulk redirects of a project.
const BULK: usize = 1_000_000;
/// Characters of an address there.
const BULK_ADDRESS: usize = 2_048;

#[derive(Serialize)]
struct Configuration {
    redirects: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    source: String,
    destination: String,
    status_code: u16,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bulk {
    source: String,
    destination: String,
    status_code: u16,
    case_sensitive: bool,
    /// Whether the query string goes with it.
    query: bool,
}

pub(super) fn file(table: &Table) -> Result<HostFile, Fault> {
    let host = Host::Vercel;
    let hint = "write `--format vercel-bulk` instead, or leave the redirects to the pages of the \
                build (`redirects.pages`)";
    host.within("rules of `vercel.json`", table.len(), RULES, hint)?;
    let mut redirects = Vec::new();
    for (from, to) in table.iter() {
        let rule = Rule { source: pattern(from), destination: encoded(to), status_code: 301 };
        let longest = rule.source.len().max(rule.destination.len());
        let what = format!("characters of the rule for `{from}`");
        host.within(&what, longest, RULE, "shorten the address")?;
        redirects.push(rule);
    }
    let text = serde_json::to_string_pretty(&Configuration { redirects }).unwrap_or_default();
    Ok(HostFile { name: "vercel.json", text: text + "\n" })
}

pub(super) fn bulk(table: &Table) -> Result<HostFile, Fault> {
    let host = Host::VercelBulk;
    let mut redirects = Vec::new();
    for (from, to) in table.iter() {
        for form in forms(from) {
            let (source, destination) = (requested(&form), encoded(to));
            let longest = source.len().max(destination.len());
            let what = format!("characters of the redirect for `{form}`");
            host.within(&what, longest, BULK_ADDRESS, "shorten the address")?;
            let (status_code, case_sensitive, query) = (301, true, true);
            redirects.push(Bulk { source, destination, status_code, case_sensitive, query });
        }
    }
    let hint = "leave the redirects to the pages of the build (`redirects.pages`)";
    host.within("bulk redirects, two an address", redirects.len(), BULK, hint)?;
    let text = serde_json::to_string_pretty(&redirects).unwrap_or_default();
    Ok(HostFile { name: "bulk-redirects.json", text: text + "\n" })
}

/// The pattern of an address with or without a slash at its end.
fn pattern(from: &str) -> String {
    let mut pattern = String::new();
    for character in requested(from).chars() {
        if matches!(character, '(' | ')' | '+' | '*' | ':' | '?' | '{' | '}' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    if from != "/" {
        pattern.push_str("{/}?");
    }
    pattern
}
