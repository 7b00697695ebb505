//! Data, features, includes and assets that nothing comes to from a page, a template or the configuration.

use std::collections::HashMap;

use super::Judged;
use crate::diagnostic::{CodeRef, Diagnostic, Finding, codes};
use crate::references::{Target, Unused, unused};
use crate::source::{FileId, Span};

pub(super) fn rule(judged: Judged<'_>) -> Vec<Finding> {
    let site = judged.site;
    let files: HashMap<&str, FileId> =
        site.sources.files().map(|(id, file)| (&*file.path, id)).collect();
    let of_asset = |name: &str| files.get(&*format!("assets/{name}")).copied().map(Span::start_of);
    let found = unused(site, judged.references).into_iter().filter_map(|unused| {
        let Unused { target, span } = unused;
        let (code, what): (CodeRef, String) = match &target {
            Target::Data(key) if is_for_texts(key) => (codes::UNUSED_DATA, format!("`{key}`")),
            Target::Feature(name) => (codes::UNUSED_FEATURE, format!("the feature `{name}`")),
            Target::Include(name) => (codes::UNUSED_INCLUDE, format!("the include `{name}`")),
            Target::Asset(name) => (codes::UNUSED_ASSET, format!("`assets/{name}`")),
            Target::Data(_) | Target::Page(_) => return None,
        };
        let asset = || match &target {
            Target::Asset(name) => of_asset(name),
            _ => None,
        };
        let span = span.or_else(asset)?;
        let finding = Diagnostic::new(code, span, format!("nothing uses {what}"));
        Some(finding.hint("remove it").into())
    });
    found.collect()
}

/// Whether data is there to be named in texts. Other data may be read by other programs.
fn is_for_texts(key: &str) -> bool {
    ["variables", "reusables"].iter().any(|tree| {
        key.strip_prefix(tree).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}
