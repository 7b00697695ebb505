//! The Liquid globals of a site: what templates know about its versions (design, section 1).

use liquid_core::model::{Array, Object, Value};

use crate::config::Config;
use crate::variant::{Plan, Variant, Version, VersionId, VersionSet, Versions};

/// The globals, made once for a site.
#[derive(Debug)]
pub(super) struct Globals {
    fixed: Object,
    languages: Vec<Value>,
    versions: Vec<VersionValues>,
}

/// The globals that depend on the version.
#[derive(Debug)]
struct VersionValues {
    id: Value,
    release: Value,
    short_name: Value,
}

/// A global of a variant.
pub(super) enum Found<'a> {
    /// The same in every version.
    Fixed(&'a Value),
    /// Of this version.
    Versioned(&'a Value),
}

impl Globals {
    /// The globals of a site. `today` decides which release retires next.
    pub(super) fn new(config: &Config, today: jiff::civil::Date) -> Self {
        let versions = &config.versions;
        let mut fixed = Object::new();
        fixed.insert("allVersions".into(), Value::Object(all_versions(versions)));
        for plan in versions.plans() {
            let name = camel_case(&plan.name);
            let ids = plan.versions.iter().map(|version| text(&versions.get(*version).id));
            fixed.insert(format!("{name}Versions").into(), Value::Array(ids.collect()));
            let releases = releases(plan, versions, today);
            fixed.insert(format!("{name}Releases").into(), Value::Object(releases));
        }
        let values = |(_, version): (VersionId, &Version)| VersionValues {
            id: text(&version.id),
            release: text(version.release.as_str()),
            short_name: text(&versions.plans()[version.plan].short_name),
        };
        Self {
            fixed,
            languages: config.languages.iter().map(|language| text(&language.code)).collect(),
            versions: versions.iter().map(values).collect(),
        }
    }

    /// The global of this name.
    pub(super) fn get(&self, name: &str, variant: Variant) -> Option<Found<'_>> {
        let of_version = &self.versions[variant.version.index()];
        Some(match name {
            "currentVersion" => Found::Versioned(&of_version.id),
            "currentRelease" => Found::Versioned(&of_version.release),
            "currentVersionShortName" => Found::Versioned(&of_version.short_name),
            "currentLanguage" => Found::Fixed(&self.languages[usize::from(variant.language.0)]),
            name => Found::Fixed(self.fixed.get(name)?),
        })
    }
}

/// What `page` is in a template.
pub(super) fn page_value(path: &str, language: &str, version: &str) -> Value {
    let mut page = Object::new();
    page.insert("version".into(), text(version));
    page.insert("languageCode".into(), text(language));
    page.insert("relativePath".into(), text(path));
    Value::Object(page)
}

/// The versions whose release compares so to `release`, and, for `!=`, those of other plans.
pub(super) fn compared(
    versions: &Versions,
    name: &str,
    operator: &str,
    release: &str,
) -> Option<VersionSet> {
    let plan = versions.find_plan(name)?;
    let release = match release {
        // Without a release that is to come, `next` stands behind all that there are.
        "next" => plan.next.clone().unwrap_or_else(|| crate::variant::Release::new("99999")),
        other => crate::variant::Release::new(other),
    };
    if !release.is_number() {
        return None;
    }
    let holds = |wanted: fn(std::cmp::Ordering) -> bool| -> VersionSet {
        let numbered = plan.versions.iter().copied().filter(|_| plan.numbered);
        numbered.filter(|version| wanted(versions.get(*version).release.cmp(&release))).collect()
    };
    Some(match operator {
        "=" | "==" => holds(std::cmp::Ordering::is_eq),
        "!=" | "<>" => versions.all().minus(holds(std::cmp::Ordering::is_eq)),
        ">" => holds(std::cmp::Ordering::is_gt),
        ">=" => holds(std::cmp::Ordering::is_ge),
        "<" => holds(std::cmp::Ordering::is_lt),
        "<=" => holds(std::cmp::Ordering::is_le),
        _ => return None,
    })
}

/// `allVersions`: by id, what the version is called.
fn all_versions(versions: &Versions) -> Object {
    let mut all = Object::new();
    for (number, version) in versions.iter() {
        let plan = versions.plan(number);
        let mut object = Object::new();
        object.insert("version".into(), text(&version.id));
        object.insert("versionTitle".into(), text(&version.title));
        object.insert("plan".into(), text(&plan.name));
        object.insert("planTitle".into(), text(&plan.title));
        object.insert("shortName".into(), text(&plan.short_name));
        object.insert("currentRelease".into(), text(version.release.as_str()));
        all.insert(version.id.clone().into(), Value::Object(object));
    }
    all
}

/// `PLANReleases`: latest, oldestSupported, supported, deprecated, nextDeprecationDate.
fn releases(plan: &Plan, versions: &Versions, today: jiff::civil::Date) -> Object {
    let supported: Vec<&Version> =
        plan.versions.iter().map(|version| versions.get(*version)).collect();
    let name = |version: Option<&&Version>| {
        version.map_or(Value::Nil, |version| text(version.release.as_str()))
    };
    let mut object = Object::new();
    object.insert("latest".into(), name(supported.first()));
    object.insert("oldestSupported".into(), name(supported.last()));
    let names: Array = supported.iter().map(|version| text(version.release.as_str())).collect();
    object.insert("supported".into(), Value::Array(names));
    let retired: Array = plan.retired.iter().map(|release| text(release.as_str())).collect();
    object.insert("deprecated".into(), Value::Array(retired));
    if let Some(next) = &plan.next {
        object.insert("next".into(), text(next.as_str()));
    }
    let dates = supported.iter().filter_map(|version| version.deprecated);
    let next = dates.clone().filter(|date| *date >= today).min().or_else(|| dates.max());
    let next = next.map_or(Value::Nil, |date| text(&date.to_string()));
    object.insert("nextDeprecationDate".into(), next);
    object
}

fn text(value: &str) -> Value {
    Value::scalar(value.to_owned())
}

/// `enterprise-server` as `enterpriseServer`, which the names of globals begin with.
pub fn camel_case(name: &str) -> String {
    let mut parts = name.split(['-', '_']);
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        result.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        result.push_str(letters.as_str());
    }
    result
}

#[cfg(test)]
mod tests {
    use super::camel_case;

    #[test]
    fn names_of_plans_in_camel_case() {
        assert_eq!(camel_case("enterprise-server"), "enterpriseServer");
        assert_eq!(camel_case("github-ae"), "githubAe");
        assert_eq!(camel_case("product"), "product");
    }
}
