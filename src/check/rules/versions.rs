//! The versions of a site and those to come, as conditions see them without a page.

use std::cmp::Ordering;

use liquid_core::model::Value;

use crate::liquid::VersionFacts;
use crate::load::{LiquidText, VersionsField};
use crate::model::{Data, DatumValue, Page, Site};
use crate::render::camel_case;
use crate::variant::{MAX_VERSIONS, Plan, Release, VersionId, VersionSet, takes_in_next};

/// The versions of a site, and behind them the next release of each plan that has one.
#[derive(Debug)]
pub struct Facts<'a> {
    site: &'a Site,
    next: Vec<(&'a Plan, &'a Release)>,
}

impl<'a> Facts<'a> {
    /// The facts about the versions of a site.
    pub fn new(site: &'a Site) -> Self {
        let plans = site.config.versions.plans();
        let next = plans.iter().filter_map(|plan| Some((plan, plan.next.as_ref()?)));
        let room = MAX_VERSIONS - site.versions().len();
        Self { site, next: next.take(room).collect() }
    }

    /// The next releases with the numbers that they have here.
    fn next(&self) -> impl Iterator<Item = (VersionId, &'a Plan, &'a Release)> {
        let first = self.site.versions().len();
        let next = self.next.iter().enumerate();
        next.map(move |(number, (plan, release))| {
            (VersionId::from_index(first + number), *plan, *release)
        })
    }

    /// The versions that a page has, and those that it will have.
    pub fn of_page(&self, page: &Page) -> VersionSet {
        let comes = |plan: &Plan| match &page.source.front.versions {
            Some(VersionsField::Plans(ranges)) => ranges.iter().any(|(name, range)| {
                // Nobody knows what versions a feature will have.
                &*name.value == "feature"
                    || (*name.value == plan.name || *name.value == plan.short_name)
                        && takes_in_next(&range.value, plan)
            }),
            _ => true,
        };
        let next = self.next().filter(|(_, plan, _)| comes(plan));
        next.fold(page.versions, |all, (version, ..)| all.with(version))
    }

    /// Plan and release of a version.
    fn parts(&self, version: VersionId) -> Option<(&'a Plan, &'a Release)> {
        let versions = &self.site.config.versions;
        if self.site.versions().contains(version) {
            return Some((versions.plan(version), &versions.get(version).release));
        }
        self.next().find(|(id, ..)| *id == version).map(|(_, plan, release)| (plan, release))
    }

    /// The ids of a plan's versions, the retired ones left out as in templates.
    fn ids(&self, plan: &Plan) -> Value {
        let id = |release: &Release| Value::scalar(format!("{}@{release}", plan.name));
        let built =
            plan.versions.iter().map(|version| &self.site.config.versions.get(*version).release);
        Value::Array(built.chain(&plan.next).map(id).collect())
    }
}

impl VersionFacts for Facts<'_> {
    fn all(&self) -> VersionSet {
        self.next().fold(self.site.versions(), |all, (version, ..)| all.with(version))
    }

    fn named(&self, name: &str) -> Option<VersionSet> {
        // A feature may hold in releases to come, so that nothing can be said about it.
        let plan = self.site.config.versions.find_plan(name)?;
        let is_of_plan = |version: &VersionId| {
            self.parts(*version).is_some_and(|(own, _)| own.name == plan.name)
        };
        Some(self.all().iter().filter(is_of_plan).collect())
    }

    fn compared(&self, plan: &str, operator: &str, release: &str) -> Option<VersionSet> {
        let plan = self.site.config.versions.find_plan(plan)?;
        let release = match release {
            "next" => plan.next.clone()?,
            other => Some(Release::new(other)).filter(Release::is_number)?,
        };
        let holds: fn(Ordering) -> bool = match operator {
            "=" | "!=" => Ordering::is_eq,
            ">" => Ordering::is_gt,
            ">=" => Ordering::is_ge,
            "<" => Ordering::is_lt,
            "<=" => Ordering::is_le,
            _ => return None,
        };
        let holds = |version: &VersionId| {
            self.parts(*version).is_some_and(|(own, of_version)| {
                own.numbered && own.name == plan.name && holds(of_version.cmp(&release))
            })
        };
        let found: VersionSet = self.all().iter().filter(holds).collect();
        Some(if operator == "!=" { self.all().minus(found) } else { found })
    }

    fn value(&self, name: &str, version: VersionId) -> Option<Value> {
        let (plan, release) = self.parts(version)?;
        Some(match name {
            "currentVersion" => Value::scalar(format!("{}@{release}", plan.name)),
            "currentRelease" => Value::scalar(release.as_str().to_owned()),
            "currentVersionShortName" => Value::scalar(plan.short_name.clone()),
            _ => {
                let plans = self.site.config.versions.plans();
                let is_list = |plan: &&Plan| format!("{}Versions", camel_case(&plan.name)) == name;
                self.ids(plans.iter().find(is_list)?)
            }
        })
    }

    fn default_plan(&self) -> &str {
        let plans = self.site.config.versions.plans();
        plans.iter().find(|plan| plan.numbered).map_or("", |plan| &plan.name)
    }
}

/// The texts of the default language with the versions that show them, as far as that is known without rendering.
pub(super) fn texts<'a>(
    site: &'a Site,
    facts: &Facts<'_>,
) -> impl Iterator<Item = (&'a LiquidText, VersionSet)> {
    let all = facts.all();
    let pages = site.pages.iter().flat_map(move |page| {
        let come = facts.of_page(page);
        of_page(page).map(move |text| (text, come))
    });
    pages.chain(of_data(&site.data).chain(site.includes.values()).map(move |text| (text, all)))
}

fn of_page(page: &Page) -> impl Iterator<Item = &LiquidText> {
    let front = &page.source.front;
    let strings =
        [&front.title, &front.short_title, &front.intro, &front.product, &front.permissions];
    strings.into_iter().flatten().chain([&page.source.body])
}

fn of_data(data: &Data) -> impl Iterator<Item = &LiquidText> {
    data.values().iter().filter_map(|datum| match datum.source() {
        Some(DatumValue::Text(text)) => Some(text),
        _ => None,
    })
}
