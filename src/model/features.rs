//! Features: named sets of versions, each in a file `data/features/NAME.yml` with the key `versions`.

use std::collections::BTreeMap;

use super::page::plan_versions;
use super::{Branch, Data, DataId, DatumValue};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::variant::VersionSet;

/// The versions of each feature, by name.
pub(super) fn features(
    data: &Data,
    sources: &Sources,
    config: &Config,
) -> Checked<BTreeMap<String, VersionSet>> {
    let mut reader = Reader { data, sources, config, diagnostics: Vec::new() };
    let mut features = BTreeMap::new();
    if let Some(Branch::Map(entries)) = data.branch("features") {
        for (name, branch) in entries {
            let versions = reader.feature(branch);
            features.insert(name.clone(), versions);
        }
    }
    Checked { value: features, diagnostics: reader.diagnostics }
}

struct Reader<'a> {
    data: &'a Data,
    sources: &'a Sources,
    config: &'a Config,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// A feature without `versions` is one that no version has.
    fn feature(&mut self, branch: &Branch) -> VersionSet {
        let Branch::Map(keys) = branch else { return VersionSet::EMPTY };
        match keys.iter().find(|(key, _)| key == "versions") {
            Some((_, Branch::Map(plans))) => {
                let each = plans.iter().map(|(plan, range)| self.plan(plan, range));
                each.fold(VersionSet::EMPTY, VersionSet::or)
            }
            Some((_, Branch::Leaf(id))) if self.text(*id).is_some_and(|all| all.value == "*") => {
                self.config.versions.all()
            }
            _ => VersionSet::EMPTY,
        }
    }

    fn plan(&mut self, plan: &str, range: &Branch) -> VersionSet {
        let Branch::Leaf(id) = range else { return VersionSet::EMPTY };
        let Some(range) = self.text(*id) else { return VersionSet::EMPTY };
        let plan = Spanned { value: plan.to_owned(), span: range.span };
        plan_versions(&plan, &range, self.config).collect(&mut self.diagnostics)
    }

    fn text(&self, id: DataId) -> Option<Spanned<String>> {
        match self.data.get(id).source()? {
            DatumValue::Text(text) => {
                let value = self.sources.text(text.id).to_owned();
                let span = Span::new(text.id, 0..value.len());
                Some(Spanned { value, span })
            }
            // A whole number has no place of its own: it always parses as a range.
            DatumValue::Number(number) => {
                let span = Span::start_of(FileId(0));
                Some(Spanned { value: number.to_string(), span })
            }
            DatumValue::Boolean(_) => None,
        }
    }
}
