//! Strings of the interface: what a translation of them has lost or added, and the forms that its language needs.

mod words;

use std::collections::BTreeMap;

use super::Judged;
use crate::diagnostic::{Diagnostic, Finding};
use crate::load::LiquidText;
use crate::model::{DatumValue, Site};
use crate::source::{Span, TextId};
use crate::variant::LanguageId;

pub(super) fn rule(judged: Judged<'_>) -> Vec<Finding> {
    let site = judged.site;
    let default = texts(site, LanguageId::DEFAULT);
    let theme = judged.prepared.theme_words();
    let mut source: BTreeMap<&str, &str> =
        theme.iter().map(|(key, text)| (&**key, &**text)).collect();
    // A word comes from one place with all of its forms.
    words::cover(&mut source, &shown(site, &default));
    let mut found = Vec::new();
    for (id, language) in site.config.languages() {
        let own = texts(site, id);
        let faults = if id.is_default() {
            words::form_faults(&shown(site, &own), &language.tag)
        } else {
            words::faults(&source, &shown(site, &own), &language.tag)
        };
        found.extend(faults.into_iter().filter_map(|fault| {
            let span = Span::new(*own.get(&*fault.key)?, fault.at);
            let finding = Diagnostic::new(fault.code, span, fault.message);
            Some(Finding::from(finding.hint(fault.hint)))
        }));
    }
    found
}

/// The strings that a language has of its own, as they are written. One that is damaged has its finding already.
fn texts(site: &Site, language: LanguageId) -> BTreeMap<&str, TextId> {
    let data = site.data.values().iter();
    let data = data.filter_map(|datum| Some((datum.key.strip_prefix("ui.")?, datum)));
    let own = data.filter_map(|(key, datum)| {
        let mut all = datum.all();
        let (.., value) = all.find(|(own, version, _)| *own == language && version.is_none())?;
        match value {
            DatumValue::Text(text) if is_shown(site, text) => {
                Some((key, site.sources.unedited(text.id)))
            }
            _ => None,
        }
    });
    own.collect()
}

fn is_shown(site: &Site, text: &LiquidText) -> bool {
    !text.damaged && !site.sources.text(text.id).trim().is_empty()
}

fn shown<'a>(site: &'a Site, texts: &BTreeMap<&'a str, TextId>) -> BTreeMap<&'a str, &'a str> {
    texts.iter().map(|(key, text)| (*key, site.sources.text(*text))).collect()
}
