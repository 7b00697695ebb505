//! An address as people type or copy it, taken apart.

use percent_encoding::percent_decode_str;

use super::super::address::decoded;
use super::Reason;
use crate::config::Config;

/// An address of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// The path below the base path, decoded, with a slash at the beginning.
    pub(super) path: String,
    /// What follows `#`, decoded.
    pub(super) fragment: Option<String>,
    /// What is to say about the address itself.
    pub(super) notes: Vec<String>,
}

/// An address of something else.
pub(super) struct Elsewhere(pub(super) Reason);

impl Asked {
    /// The path without the slash at its beginning.
    pub(super) fn below(&self) -> &str {
        &self.path[1..]
    }
}

/// Takes an address apart.
pub(super) fn asked(config: &Config, address: &str) -> Result<Asked, Elsewhere> {
    let mut notes = Vec::new();
    let address = address.trim();
    let (path, host) = match scheme(address) {
        Some("http" | "https" | "") => {
            let behind = address.split_once("//").map_or("", |(_, behind)| behind);
            let end = behind.find(['/', '?', '#']).unwrap_or(behind.len());
            (&behind[end..], Some(&behind[..end]))
        }
        Some(scheme) => {
            let reason = Reason::new(format!("an address with `{scheme}:` is none of a web site"));
            return Err(Elsewhere(reason));
        }
        None => (address, None),
    };
    if let Some(host) = host {
        compare(config, host, &mut notes)?;
    }
    let (path, fragment) = match path.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (path, None),
    };
    let (path, query) =
        path.split_once('?').map_or((path, None), |(path, rest)| (path, Some(rest)));
    if query.is_some_and(|query| !query.is_empty()) {
        notes.push("the query changes nothing".to_owned());
    }
    let path = decoded(path).ok_or_else(|| {
        Elsewhere(Reason::new("the codes in the path are no text").hint("encode it as UTF-8"))
    })?;
    let path = below(config, &format!("/{}", path.trim_start_matches('/')), host)?;
    let fragment = fragment.filter(|fragment| !fragment.is_empty());
    let fragment = fragment.map(|text| percent_decode_str(text).decode_utf8_lossy().into_owned());
    Ok(Asked { path, fragment, notes })
}

/// The scheme of an address; nothing where it is a path, empty where it begins with the host.
fn scheme(address: &str) -> Option<&str> {
    if address.starts_with("//") {
        return Some("");
    }
    let (scheme, _) = address.split_once(':')?;
    let is_scheme = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_scheme.then_some(scheme)
}

/// Whether a host is that of the site.
fn compare(config: &Config, host: &str, notes: &mut Vec<String>) -> Result<(), Elsewhere> {
    let own = config.origin().split_once("//").map_or("", |(_, host)| host);
    if own.is_empty() {
        notes.push("the site has no `base_url`, so the host is not compared".to_owned());
        return Ok(());
    }
    if host.eq_ignore_ascii_case(own) {
        return Ok(());
    }
    let reason = format!("`{host}` is not the host of this site, which is `{own}`");
    Err(Elsewhere(Reason::new(reason).hint("ask for a path to leave the host out")))
}

/// The path below the base path. A path without it is one already, unless a host stood before it.
fn below(config: &Config, path: &str, host: Option<&str>) -> Result<String, Elsewhere> {
    let base = decoded(config.base_path()).unwrap_or_default();
    let rest = path.strip_prefix(&*base).filter(|rest| rest.is_empty() || rest.starts_with('/'));
    match rest {
        Some("") => Ok("/".to_owned()),
        Some(rest) => Ok(rest.to_owned()),
        None if host.is_some() => {
            let reason = format!("`{path}` is not below `{base}`, where this site is");
            Err(Elsewhere(Reason::new(reason)))
        }
        None => Ok(path.to_owned()),
    }
}
