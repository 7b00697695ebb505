//! `translations`: how much of a translation may be missing, stale or damaged.

use std::collections::BTreeMap;

use super::Language;
use super::read::bad_value;
use crate::source::Spanned;
use crate::variant::LanguageId;
use crate::yaml::{Decoder, Fields, Node};

/// How much of a translation may be open. What is not limited is not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// What is not to be translated: files and folders of the source; with `*` at the end, all that begins so.
    pub ignore: Vec<String>,
    /// Sections and strings without a translation, or whose source is shown.
    pub max_missing: Option<Spanned<usize>>,
    /// Sections and strings whose source has changed since they were translated.
    pub max_stale: Option<Spanned<usize>>,
    /// Places where a translation is damaged.
    pub max_damaged: Option<Spanned<usize>>,
}

impl Budget {
    /// Whether the file of the source with this path is not to be translated.
    pub fn ignores(&self, path: &str) -> bool {
        self.ignore.iter().any(|ignored| match ignored.strip_suffix('*') {
            Some(beginning) => path.starts_with(beginning),
            None => {
                let rest = path.strip_prefix(ignored.trim_end_matches('/'));
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
        })
    }
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
        let ignore = fields.take("ignore").map(|node| decoder.texts(node, "ignore"));
        let mut limit = |name| {
            let node = fields.take(name)?;
            let value = usize::try_from(decoder.number(node, name)?).ok()?;
            Some(Spanned { value, span: node.span })
        };
        let budget = Budget {
            ignore: ignore.into_iter().flatten().map(|path| path.value).collect(),
            max_missing: limit("max_missing"),
            max_stale: limit("max_stale"),
            max_damaged: limit("max_damaged"),
        };
        fields.finish(decoder);
        budgets.insert(LanguageId(number), budget);
    }
    budgets
}
