//! The versions that an entry of the data says with its key `versions` that it applies to.

use std::collections::BTreeMap;

use super::page::{feature_versions, plan_versions};
use super::{Branch, Data, DataId, DatumValue};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources, Span, Spanned};
use crate::variant::VersionSet;

/// The entry of a map.
pub(super) fn entry<'a>(branch: &'a Branch, name: &str) -> Option<&'a Branch> {
    let Branch::Map(entries) = branch else { return None };
    entries.iter().find(|(key, _)| key == name).map(|(_, branch)| branch)
}

/// Reads sets of versions out of data.
pub(super) struct Reader<'a> {
    pub(super) data: &'a Data,
    pub(super) sources: &'a Sources,
    pub(super) config: &'a Config,
    pub(super) features: &'a BTreeMap<String, VersionSet>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// What `versions` says: `'*'`, or a map of plan to range.
    pub(super) fn versions(&mut self, branch: &Branch) -> VersionSet {
        match branch {
            Branch::Map(plans) => {
                let each = plans.iter().map(|(plan, range)| self.plan(plan, range));
                each.fold(VersionSet::EMPTY, VersionSet::or)
            }
            Branch::Leaf(id) if self.text(*id).is_some_and(|all| all.value == "*") => {
                self.config.versions.all()
            }
            _ => VersionSet::EMPTY,
        }
    }

    fn plan(&mut self, plan: &str, range: &Branch) -> VersionSet {
        let id = match range {
            Branch::Leaf(id) => *id,
            Branch::List(ranges) => {
                let each = ranges.iter().map(|range| self.plan(plan, range));
                return each.fold(VersionSet::EMPTY, VersionSet::or);
            }
            Branch::Map(_) => return VersionSet::EMPTY,
        };
        let Some(range) = self.text(id) else { return VersionSet::EMPTY };
        let found = if plan == "feature" {
            feature_versions(&range, self.features)
        } else {
            let plan = Spanned { value: plan.to_owned(), span: range.span };
            plan_versions(&plan, &range, self.config)
        };
        found.collect(&mut self.diagnostics)
    }

    /// The text of a value as it is written.
    pub(super) fn text(&self, id: DataId) -> Option<Spanned<String>> {
        match self.data.get(id).source()? {
            DatumValue::Text(text) => {
                let value = self.sources.text(text.id).to_owned();
                let span = Span::new(text.id, 0..value.len());
                Some(Spanned { value, span })
            }
            // A whole number has no place of its own, and needs none: it is always a range.
            DatumValue::Number(number, _) => {
                let span = Span::start_of(FileId(0));
                Some(Spanned { value: number.to_string(), span })
            }
            DatumValue::Boolean(..) => None,
        }
    }
}
