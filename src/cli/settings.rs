//! What arguments ask for, resolved against the configuration.

use super::failure::Failure;
use crate::config::Config;
use crate::render::{Settings, Twins};
use crate::variant::{LanguageId, VersionSet};

/// Which part of a site arguments name.
pub(super) struct Part<'a> {
    /// The codes of languages; all languages where there are none.
    pub(super) languages: &'a [String],
    /// The ids of versions or plans; all versions where there are none.
    pub(super) versions: &'a [String],
    /// The day; else that of the clock.
    pub(super) date: Option<jiff::civil::Date>,
    /// Whether pages have twins.
    pub(super) twins: Twins,
}

/// What is to be built: all of it, or what the arguments name.
pub(super) fn settings(config: &Config, part: &Part<'_>) -> Result<Settings, Failure> {
    let all: Vec<LanguageId> = config.languages().map(|(language, _)| language).collect();
    let named: Result<Vec<LanguageId>, Failure> =
        part.languages.iter().map(|code| language(config, code)).collect();
    let mut languages = named?;
    languages.sort_unstable();
    languages.dedup();
    let versions: Result<Vec<VersionSet>, Failure> =
        part.versions.iter().map(|id| versions(config, id)).collect();
    let versions = versions?.into_iter().reduce(VersionSet::or);
    Ok(Settings {
        languages: if languages.is_empty() { all } else { languages },
        versions: versions.unwrap_or_else(|| config.versions.all()),
        today: part.date.unwrap_or_else(today),
        twins: part.twins,
    })
}

/// The day of the clock, in UTC.
fn today() -> jiff::civil::Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn language(config: &Config, code: &str) -> Result<LanguageId, Failure> {
    config.find_language(code).ok_or_else(|| {
        let codes: Vec<&str> = config.languages.iter().map(|language| &*language.code).collect();
        Failure::Usage(format!("--lang: `{code}` is none of {}", codes.join(", ")))
    })
}

/// A version by its id, with the plan's long or short name, or all versions of a plan.
fn versions(config: &Config, id: &str) -> Result<VersionSet, Failure> {
    let versions = &config.versions;
    let found = versions.find(id).map(VersionSet::only).or_else(|| {
        let (plan, release) =
            id.split_once('@').map_or((id, None), |(plan, rest)| (plan, Some(rest)));
        let plan = versions.find_plan(plan)?;
        let of_release = |release: &str| versions.find(&format!("{}@{release}", plan.name));
        match release {
            Some(release) => of_release(release).map(VersionSet::only),
            None => Some(plan.versions.iter().copied().collect()),
        }
    });
    found.ok_or_else(|| {
        let ids: Vec<&str> = versions.iter().map(|(_, version)| &*version.id).collect();
        Failure::Usage(format!("--version: `{id}` is none of {}", ids.join(", ")))
    })
}
