//! `translations`: how much of a translation may be missing, stale or damaged.

use std::collections::BTreeMap;

use super::Language;
use super::read::bad_value;
use crate::source::Spanned;
use crate::variant::LanguageId;
use crate::yaml::{Decoder, Fields, Node};

/// How much of a translation may be open. What is not limited is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// Sections and strings without a translation, or whose source is shown.
    pub max_missing: Option<Spanned<usize>>,
    /// Sections and strings whose source has changed since they were translated.
    pub max_stale: Option<Spanned<usize>>,
    /// Places where a translation is damaged.
    pub max_damaged: Option<Spanned<usize>>,
}

/// The budgets, by languages. A language goes by its key, its tag or its folder.
pub(super) fn budgets(
    node: Option<&Node>,
    languages: Option<&[Language]>,
    decoder: &mut Decoder<'_>,
) -> BTreeMap<LanguageId, Budget> {
    let mut budgets = BTreeMap::new();
    let Some(languages) = languages else { return budgets };
    for entry in node.and_then(|node| decoder.map(node, "translations")).unwrap_or_default() {
        let others = languages.iter().enumerate().skip(1);
        let found = others.clone().find(|(_, language)| language.is_called(&entry.key));
        let found = found.and_then(|(number, _)| u8::try_from(number).ok());
        let Some(number) = found else {
            let codes: Vec<&str> = others.map(|(_, language)| &*language.code).collect();
            let message = format!("`{}` is none of the languages of translations", entry.key);
            let hint = match &*codes {
                [] => "remove it: there is no other language".to_owned(),
                codes => format!("use one of {}", codes.join(", ")),
            };
            bad_value(decoder, entry.key_span, message, &hint);
            continue;
        };
        let entries = decoder.map(&entry.value, &entry.key).unwrap_or_default();
        let mut fields = Fields::new(entries);
        let mut limit = |name| {
            let node = fields.take(name)?;
            let value = usize::try_from(decoder.number(node, name)?).ok()?;
            Some(Spanned { value, span: node.span })
        };
        let budget = Budget {
            max_missing: limit("max_missing"),
            max_stale: limit("max_stale"),
            max_damaged: limit("max_damaged"),
        };
        fields.finish(decoder);
        budgets.insert(LanguageId(number), budget);
    }
    budgets
}
