//! Features: sets of versions with a name, from `data/features`.

use std::collections::BTreeMap;

use super::page::plan_versions;
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, codes};
use crate::load::{DataFile, DataNode};
use crate::source::{Sources, Span, Spanned};
use crate::variant::VersionSet;

/// The features of a site by name.
///
/// `data/features/NAME.yml` of the default language says with `versions` where NAME holds. A feature whose versions
/// cannot be read holds nowhere.
pub(super) fn features(
    files: &[DataFile],
    sources: &Sources,
    config: &Config,
) -> Checked<BTreeMap<String, VersionSet>> {
    let mut features = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for file in files.iter().filter(|file| file.language.is_default()) {
        if let Some(name) = feature_name(&file.name) {
            let versions = versions(file, sources, config).collect(&mut diagnostics);
            features.insert(name.to_owned(), versions);
        }
    }
    Checked { value: features, diagnostics }
}

/// `NAME` of `features/NAME.yml`.
fn feature_name(path: &str) -> Option<&str> {
    let name = path.strip_prefix("features/")?;
    let name = name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml"))?;
    (!name.contains('/')).then_some(name)
}

fn versions(file: &DataFile, sources: &Sources, config: &Config) -> Checked<VersionSet> {
    let fault = |code, message: &str| {
        let finding = Diagnostic::new(code, Span::start_of(file.file), message)
            .hint("write `versions:` and below it a range for each plan");
        Checked { value: VersionSet::EMPTY, diagnostics: vec![finding] }
    };
    let DataNode::Map(entries) = &*file.node else {
        return fault(codes::WRONG_TYPE, "a feature is a map with the key `versions`");
    };
    match entries.iter().find(|(key, ..)| key == "versions").map(|(.., node)| node) {
        None => fault(codes::MISSING_KEY, "`versions` is missing"),
        Some(DataNode::Map(plans)) => {
            let mut diagnostics = Vec::new();
            let each = plans.iter().map(|plan| of_plan(plan, sources, config));
            let add = |found: VersionSet, next: Checked<VersionSet>| {
                found.or(next.collect(&mut diagnostics))
            };
            Checked { value: each.fold(VersionSet::EMPTY, add), diagnostics }
        }
        Some(DataNode::Text(text)) if sources.text(text.id).trim() == "*" => {
            Checked::clean(config.versions.all())
        }
        Some(_) => fault(codes::WRONG_TYPE, "`versions` is a map of plan to range"),
    }
}

fn of_plan(
    (name, span, range): &(String, Span, DataNode),
    sources: &Sources,
    config: &Config,
) -> Checked<VersionSet> {
    let (value, range_span) = match range {
        DataNode::Text(text) => {
            let range = sources.text(text.id);
            (range.to_owned(), Span::new(text.id, 0..range.len()))
        }
        DataNode::Number(release, _) => (release.to_string(), *span),
        _ => (String::new(), *span),
    };
    let name = Spanned { value: name.clone(), span: *span };
    plan_versions(&name, &Spanned { value, span: range_span }, config)
}

#[cfg(test)]
mod tests {
    use super::feature_name;

    #[test]
    fn a_feature_is_called_by_its_file() {
        assert_eq!(feature_name("features/dark-mode.yml"), Some("dark-mode"));
        assert_eq!(feature_name("features/README.md"), None);
        assert_eq!(feature_name("features/old/a.yml"), None);
        assert_eq!(feature_name("variables/a.yml"), None);
    }
}
