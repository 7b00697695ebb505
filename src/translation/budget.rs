//! How much of a translation is open, beside how much may be.

use super::status::LanguageStatus;
use crate::config::{Budget, Config};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Spanned;
use crate::variant::LanguageId;

impl LanguageStatus {
    /// What there is more of than the budget of the language lets there be. Each finding has the whole number as its
    /// measure, so that where it was known, only more of it is new.
    pub fn over_budget(&self, config: &Config, language: LanguageId) -> Vec<Diagnostic> {
        let Some(budget) = config.budgets.get(&language) else { return Vec::new() };
        let Budget { max_missing, max_stale, max_damaged, ignore: _ } = budget;
        let sections = &self.all.sections;
        let limits = [
            (max_missing, sections.missing + sections.fallback, "missing sections", "max_missing"),
            (max_stale, sections.stale, "stale sections", "max_stale"),
            (max_damaged, self.damage(), "damaged places", "max_damaged"),
        ];
        let over = limits.into_iter().filter_map(|(limit, count, what, key)| {
            let limit = limit.filter(|limit| count > limit.value)?;
            Some(self.over(limit, count, what, key))
        });
        over.collect()
    }

    /// How many places of the translation are damaged.
    pub fn damage(&self) -> usize {
        self.files.iter().map(|file| file.damage).sum()
    }

    fn over(&self, limit: Spanned<usize>, count: usize, what: &str, key: &str) -> Diagnostic {
        let code = &self.language;
        let message = format!("`{code}` has more {what} than `{key}` lets it");
        let command = match key {
            "max_damaged" => format!("translations check {code}"),
            _ => format!("translations status {code} --files"),
        };
        Diagnostic::new(codes::TRANSLATION_BUDGET, limit.span, message)
            .hint(format!(
                "there are {count}, and {} may be: run `variorum {command}`",
                limit.value
            ))
            .measured(count)
    }
}

/// A budget for what is stale, where nobody can tell what is.
pub fn untold_staleness(config: &Config, language: LanguageId, why: &str) -> Option<Diagnostic> {
    let limit = config.budgets.get(&language)?.max_stale?;
    let code = &config.language(language).code;
    let message = format!("what is stale in `{code}` cannot be told: {why}");
    let finding = Diagnostic::new(codes::TRANSLATION_BUDGET, limit.span, message).softened();
    Some(finding.hint(format!(
        "fetch the whole history, or run `variorum translations accept {code} --all` once"
    )))
}
