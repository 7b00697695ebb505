//! Variants as messages name them.

use crate::model::Site;
use crate::variant::{VariantSet, VersionSet};

/// How many are named.
const NAMED: usize = 6;

/// Where something holds that does not hold in all of `all`: ` in …`, or nothing where it holds in all.
pub(super) fn only_in(site: &Site, some: &VariantSet, all: &VariantSet) -> String {
    if some == all {
        return String::new();
    }
    let part = |(language, own): (_, VersionSet)| {
        let whole = all.iter().find(|(other, _)| *other == language)?.1;
        Some((language, own, own == whole))
    };
    let parts: Vec<_> = some.iter().filter_map(part).collect();
    let code = |language| format!("`{}`", site.config.language(language).code);
    // Whole languages, or the same versions in every language: the usual cases.
    if parts.iter().all(|(.., is_whole)| *is_whole) {
        return format!(" in {}", listed(parts.iter().map(|(language, ..)| code(*language))));
    }
    let languages = |set: &VariantSet| set.iter().map(|(language, _)| language).collect::<Vec<_>>();
    let first = parts.first().map(|(_, versions, _)| *versions).unwrap_or_default();
    if languages(some) == languages(all) && parts.iter().all(|(_, own, _)| *own == first) {
        return format!(" in {}", versions(site, first));
    }
    let each = parts.iter().map(|(language, own, is_whole)| match is_whole {
        true => code(*language),
        false => format!("{} of {}", code(*language), versions(site, *own)),
    });
    format!(" in {}", listed(each))
}

/// The ids of versions; a plan with all its versions is called by its name.
pub(super) fn versions(site: &Site, versions: VersionSet) -> String {
    let all = &site.config.versions;
    let mut names = Vec::new();
    for plan in all.plans() {
        let of_plan: VersionSet = plan.versions.iter().copied().collect();
        if of_plan.len() > 1 && versions.contains_all(of_plan) {
            names.push(format!("every version of `{}`", plan.name));
        } else {
            let own = versions.and(of_plan).iter();
            names.extend(own.map(|version| format!("`{}`", all.get(version).id)));
        }
    }
    listed(names.into_iter())
}

/// `a, b and c`; of many the first ones.
pub(super) fn listed(names: impl Iterator<Item = String>) -> String {
    let mut names: Vec<String> = names.collect();
    if names.len() > NAMED {
        let more = names.len() - (NAMED - 1);
        names.truncate(NAMED - 1);
        names.push(format!("{more} more"));
    }
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
