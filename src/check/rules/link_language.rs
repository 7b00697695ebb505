//! Links that name a language, so that readers of another one leave theirs.

use super::gather::{Gathered, links};
use crate::diagnostic::{Diagnostic, Edit, Finding, Fix, codes};
use crate::model::Site;
use crate::render::{Leads, LinkFact, PageFacts};
use crate::source::Span;

pub(super) fn rule(site: &Site, facts: &[PageFacts]) -> Vec<Finding> {
    let mut named = Gathered::new();
    for (text, link) in links(facts) {
        if matches!(link.leads, Leads::Page { .. } | Leads::Retired)
            && let Some(written) = link.written
            && let Some((code, rest)) = language(site, link)
        {
            named.add(&link.place, (code, &*link.address, rest, written), text);
        }
    }
    named.findings(|span, (code, address, rest, written), _| {
        let message = format!("`{address}` names the language `{code}`");
        let what = format!("write `{rest}`: links stay in the language of the reader");
        let finding = Diagnostic::new(codes::LINK_NAMES_LANGUAGE, span, message).hint(&*what);
        finding.fix(replacing(*written, rest, what))
    })
}

/// The language that an address names, and the address without it.
fn language<'a>(site: &Site, link: &'a LinkFact) -> Option<(&'a str, &'a str)> {
    let path = link.address.strip_prefix('/')?;
    let (code, _) = path.split_once('/')?;
    site.config.find_language(code)?;
    Some((code, &path[code.len()..]))
}

fn replacing(span: Span, text: &str, what: String) -> Fix {
    Fix { what, edits: vec![Edit { span, text: text.to_owned() }] }
}
