//! Amazon S3: a bucket that is a website, with routing rules or with an object for each address.
//!
//! An object with `x-amz-website-redirect-location` answers with 301 and that location, which begins with `/`, `http://`
//! or `https://` and has at most 2 KB (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html>). A key has 1,024 bytes. `a/` is answered by
//! `a/index.html`. So this is exact, whatever the number, and the query string is lost.
//!
//! Routing rules are 50 for a bucket, and look at the beginning of a key only, which is why they are made to apply
//! where there is no object, the longest first. A rule for the address of the site itself would be one for whatever is
//! not there, so there is none.

use std::cmp::Reverse;

use serde::Serialize;

use super::super::address::encoded;
use super::super::{Fault, Table};
use super::{Host, HostFile};

/// Routing rules of a bucket.
const RULES: usize = 50;
/// Bytes of a location.
const LOCATION: usize = 2 << 10;
/// Bytes of a key.
const KEY: usize = 1_024;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Rule<'a> {
    condition: Condition<'a>,
    redirect: Redirect<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Condition<'a> {
    key_prefix_equals: &'a str,
    http_error_code_returned_equals: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Redirect<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    protocol: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host_name: Option<&'a str>,
    http_redirect_code: &'static str,
    replace_key_with: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Object {
    key: String,
    website_redirect_location: String,
}

pub(super) fn rules(table: &Table) -> Result<HostFile, Fault> {
    let host = Host::S3;
    let hint = "write `--format s3-objects` instead";
    let own = || table.iter().filter(|(from, _)| *from != table.root());
    host.within("routing rules", own().count(), RULES, hint)?;
    let (protocol, host_name) = table.origin().split_once("://").unzip();
    let mut rules = Vec::new();
    for (from, to) in own() {
        let (key, target) = (key(from), key(to));
        let condition =
            Condition { key_prefix_equals: key, http_error_code_returned_equals: "404" };
        let redirect =
            Redirect { protocol, host_name, http_redirect_code: "301", replace_key_with: target };
        rules.push(Rule { condition, redirect });
    }
    rules.sort_by_key(|rule| Reverse(rule.condition.key_prefix_equals.len()));
    let text = serde_json::to_string_pretty(&rules).unwrap_or_default();
    Ok(HostFile { name: "routing-rules.json", text: text + "\n" })
}

pub(super) fn advice(table: &Table) -> Option<String> {
    let root = table.root();
    table.iter().any(|(from, _)| from == root).then(|| {
        format!("routing rules cannot be for `{root}` alone: it is left to the `index.html` of the build")
    })
}

pub(super) fn objects(table: &Table) -> Result<HostFile, Fault> {
    let host = Host::S3Objects;
    let mut objects = Vec::new();
    for (from, to) in table.iter() {
        let location = encoded(to);
        let what = format!("bytes of the location for `{from}`");
        host.within(&what, location.len(), LOCATION, "shorten the address of the page")?;
        for key in keys(key(from)) {
            let what = format!("bytes of the key for `{from}`");
            host.within(&what, key.len(), KEY, "shorten the old address")?;
            objects.push(Object { key, website_redirect_location: location.clone() });
        }
    }
    let text = serde_json::to_string_pretty(&objects).unwrap_or_default();
    Ok(HostFile { name: "objects.json", text: text + "\n" })
}

/// The key of a path.
fn key(path: &str) -> &str {
    path.trim_start_matches('/')
}

/// The objects that answer an address with and without a slash at its end.
fn keys(key: &str) -> impl Iterator<Item = String> {
    let folder = if key.is_empty() { String::new() } else { format!("{key}/") };
    let own = (!key.is_empty()).then(|| key.to_owned());
    own.into_iter().chain([format!("{folder}index.html")])
}
