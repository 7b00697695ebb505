//! What hosts read, by their documentation: each format back to the addresses that it is about.
//!
//! A reader panics on whatever the host would refuse, or take for something else than an address.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// Old addresses with where they lead, decoded.
pub(crate) type Redirects = BTreeMap<String, String>;

/// `_redirects`: one rule a line, words with white space between them, the status behind the addresses; lines that
/// begin with `#` are comments.
pub(crate) fn lines(text: &str, status: &str) -> Redirects {
    let mut found = Redirects::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [from, to, code] = words[..] else { panic!("`{line}` has three words") };
        assert_eq!(code, status, "{line}");
        for address in [from, to] {
            assert_path(address);
            let special = |at: usize| address[at..].starts_with(['*', ':']);
            assert!(!(0..address.len()).any(special), "`{address}` has a wildcard or placeholder");
        }
        assert_eq!(found.insert(decoded(from), decoded(to)), None, "{from} is there twice");
    }
    found
}

/// A list of Bulk Redirects: values with commas between them, in quotes or not.
pub(crate) fn csv(text: &str, host: &str) -> Redirects {
    let mut found = Redirects::new();
    for line in text.lines() {
        let values = values(line);
        assert!((2..=7).contains(&values.len()), "{line}");
        let source = values[0].strip_prefix(host).expect("a source has a host and no scheme");
        let target = values[1].strip_prefix("https://").expect("a target is a whole address");
        let target = target.strip_prefix(host).expect("a target is on the same host");
        assert_eq!(values.get(2).map(String::as_str), Some("301"));
        assert_eq!(values.get(3).map(String::as_str), Some("TRUE"), "the query is kept");
        assert!(values[4..].iter().all(|value| value.is_empty() || value == "FALSE"));
        for path in [source, target] {
            assert_path(path);
        }
        assert_eq!(found.insert(decoded(source), decoded(target)), None, "{line}");
    }
    found
}

fn values(line: &str) -> Vec<String> {
    let (mut values, mut quoted) = (vec![String::new()], false);
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => values.push(String::new()),
            other => values.last_mut().expect("there is one").push(other),
        }
    }
    assert!(!quoted, "a quote is open in `{line}`");
    values
}

/// `redirects` of `vercel.json`, by the keys and types that its schema has for a redirect.
pub(crate) fn vercel(text: &str) -> Redirects {
    let value: Value = serde_json::from_str(text).expect("JSON");
    let keys: Vec<&String> = object(&value).keys().collect();
    assert_eq!(keys, ["redirects"]);
    let mut found = Redirects::new();
    for rule in list(&value["redirects"]) {
        let rule = object(rule);
        let known = ["source", "destination", "permanent", "statusCode", "has", "missing"];
        assert!(rule.keys().all(|key| known.contains(&&**key)), "{rule:?}");
        assert_eq!(rule["statusCode"], 301);
        let (source, target) = (text_of(rule, "source"), text_of(rule, "destination"));
        assert!(source.len() <= 4_096 && target.len() <= 4_096);
        assert!(!target.contains([':', '(', ')', '*', '+', '?', '{', '}', '$', '\\']), "{target}");
        let (path, slash) = pattern(source);
        assert!(slash || path == "/", "a slash may follow `{source}`");
        assert_path(&path);
        assert_path(target);
        assert_eq!(found.insert(decoded(&path), decoded(target)), None, "{source}");
    }
    found
}

/// The text that a pattern of path-to-regexp stands for, and whether a slash may follow it. Everything else that the
/// syntax has is refused.
fn pattern(source: &str) -> (String, bool) {
    let (body, slash) = match source.strip_suffix("{/}?") {
        Some(body) => (body, true),
        None => (source, false),
    };
    let mut text = String::new();
    let mut characters = body.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.push(characters.next().expect("something is escaped")),
            ':' | '(' | ')' | '*' | '+' | '?' | '{' | '}' => panic!("`{source}` is no plain path"),
            other => text.push(other),
        }
    }
    (text, slash)
}

/// A list of bulk redirects of Vercel.
pub(crate) fn vercel_bulk(text: &str) -> Redirects {
    let value: Value = serde_json::from_str(text).expect("JSON");
    let mut found = Redirects::new();
    for redirect in list(&value) {
        let redirect = object(redirect);
        let known = ["source", "destination", "permanent", "statusCode", "caseSensitive", "query"];
        assert!(redirect.keys().all(|key| known.contains(&&**key)), "{redirect:?}");
        assert_eq!(redirect["statusCode"], 301);
        assert!(redirect["caseSensitive"] == true && redirect["query"] == true);
        let (source, target) = (text_of(redirect, "source"), text_of(redirect, "destination"));
        assert_path(source);
        assert_path(target);
        assert_eq!(found.insert(decoded(source), decoded(target)), None, "{source}");
    }
    found
}

/// Routing rules of S3: for a key the first rule counts whose prefix it has.
pub(crate) struct Rules(Vec<(String, String)>);

impl Rules {
    pub(crate) fn read(text: &str) -> Self {
        let value: Value = serde_json::from_str(text).expect("JSON");
        let mut rules = Vec::new();
        for rule in list(&value) {
            let rule = object(rule);
            let keys: Vec<&String> = rule.keys().collect();
            assert_eq!(keys, ["Condition", "Redirect"]);
            let (condition, redirect) = (object(&rule["Condition"]), object(&rule["Redirect"]));
            assert_eq!(condition["HttpErrorCodeReturnedEquals"], "404");
            assert_eq!(redirect["HttpRedirectCode"], "301");
            assert!(redirect.get("ReplaceKeyPrefixWith").is_none(), "one of the two replaces");
            let hosts = ["Protocol", "HostName"].map(|key| redirect.get(key).is_some());
            assert_eq!(hosts[0], hosts[1]);
            rules.push((
                text_of(condition, "KeyPrefixEquals").to_owned(),
                text_of(redirect, "ReplaceKeyWith").to_owned(),
            ));
        }
        assert!(rules.len() <= 50);
        Self(rules)
    }

    /// The key that a key which is not there is redirected to.
    pub(crate) fn answer(&self, key: &str) -> Option<&str> {
        let rule = self.0.iter().find(|(prefix, _)| key.starts_with(&**prefix));
        rule.map(|(_, to)| &**to)
    }
}

/// Objects of S3 with a redirect, by what a website answers: a key, and the index of a folder.
pub(crate) fn objects(text: &str) -> Redirects {
    let value: Value = serde_json::from_str(text).expect("JSON");
    let mut found = Redirects::new();
    for redirect in list(&value) {
        let redirect = object(redirect);
        let names: Vec<&String> = redirect.keys().collect();
        assert_eq!(names, ["Key", "WebsiteRedirectLocation"]);
        let (key, location) = (text_of(redirect, "Key"), &redirect["WebsiteRedirectLocation"]);
        let location = location.as_str().expect("a text");
        assert!(key.len() <= 1_024 && location.len() <= 2_048);
        assert!(location.is_ascii(), "a header is ASCII");
        assert_path(location);
        let path = match key.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => key,
        };
        assert_eq!(found.insert(format!("/{path}"), decoded(location)), None, "{key}");
    }
    found
}

/// A path as it stands in a request: one slash at the beginning, nothing that ends it, nothing that is not ASCII.
#[track_caller]
fn assert_path(path: &str) {
    assert!(path.starts_with('/') && !path.starts_with("//"), "{path}");
    let plain = |letter: char| letter.is_ascii_graphic() && !"\"#<>?\\^`{}".contains(letter);
    assert!(path.chars().all(plain), "{path}");
}

fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8().expect("it is text").into_owned()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().expect("an object")
}

fn text_of<'a>(object: &'a Map<String, Value>, key: &str) -> &'a str {
    object[key].as_str().expect("a text")
}
