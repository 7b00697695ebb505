//! Files of the site that are no pages, in words.

use super::asked::Asked;
use crate::render::{Prepared, Requested};

/// The file that the build tells its findings in.
const REPORT: &str = "report.json";

/// What a file is; nothing where there is none.
pub(super) fn described(
    prepared: &Prepared<'_>,
    asked: &Asked,
    requested: Option<Requested>,
) -> Option<String> {
    let path = asked.below();
    let config = &prepared.site().config;
    match requested {
        Some(Requested::Asset(name)) => Some(format!("`assets/{name}`, as it is")),
        Some(Requested::NotFound(language)) => {
            let code = &config.language(language).code;
            Some(format!("the page in `{code}` for addresses that nothing answers"))
        }
        Some(Requested::RedirectTable) => Some("all old addresses as JSON".to_owned()),
        Some(Requested::Program(_)) => Some("made by the build for other programs".to_owned()),
        Some(Requested::Search(_)) => searched(prepared, path),
        Some(Requested::Page(..) | Requested::Redirect(_)) => None,
        None if path == REPORT => Some("what the build found".to_owned()),
        None => prepared
            .theme_assets()
            .any(|(own, _)| own.trim_start_matches('/') == path)
            .then(|| "a file of the theme".to_owned()),
    }
}

/// A file of the search index. Those that readers begin with are known; the others are called by what is in them.
fn searched(prepared: &Prepared<'_>, path: &str) -> Option<String> {
    let name = path.strip_prefix("search/")?;
    let config = &prepared.site().config;
    let code = name.strip_suffix(".json").unwrap_or(name);
    match config.find_language(code) {
        Some(_) if name.ends_with(".json") => {
            Some(format!("where the search of readers in `{code}` begins"))
        }
        _ => {
            let known =
                ["a part of the search index", "only a build knows whether there is this one"];
            let is_part = name.bytes().any(|byte| byte.is_ascii_hexdigit()) && name.contains('.');
            is_part.then(|| known.join(": "))
        }
    }
}
