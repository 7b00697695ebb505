//! One page, one language, one set of versions: HTML and facts. Pure: the same site gives the same bytes.

mod collate;
mod compose;
pub mod context;
mod dates;
mod facts;
mod foreign;
mod globals;
mod host;
pub mod icons;
mod links;
mod machines;
mod menu;
pub mod navigation;
mod notices;
mod permalinks;
mod plan;
mod prepare;
mod reads;
mod search;
mod single;
mod site;
mod slots;
mod strings;
pub mod theme;
mod timings;
mod titles;
mod tracks;
mod trust;
pub mod ui;

pub use compose::Marks;
pub use facts::{
    HeadingFact, ImageFact, LinkFact, PageFacts, Place, ShownText, TextFacts, VariantTexts,
};
pub use globals::camel_case;
pub use links::Leads;
pub use machines::{HeadingRecord, LanguageRecord, PageRecord, Twins, VersionRecord};
pub use plan::{Planned, PlannedKind, plan};
pub use prepare::{Before, Prepared, Settings, prepare, theme};
pub use reads::Reads;
pub use single::{Form, Frame, PageBodies, ProgramFile, Requested, Single};
pub use site::{Drafts, Output, Progress, Rendered, pages, site, survey};
pub use timings::{PageTime, Spent, Timings};

use context::{Direction, LanguageContext, SiteContext, VersionContext};
use globals::Globals;
pub use icons::Icons;
use strings::{Stage, Strings};
use ui::UiStrings;

use crate::diagnostic::Diagnostic;
use crate::liquid::Expansion;
use crate::markdown::Body;
use crate::model::Site;
use crate::timing::Clock;
use crate::variant::Variant;

/// What Liquid can ask of the site, apart from page and language.
#[derive(Clone, Copy)]
struct Context<'a> {
    site: &'a Site,
    globals: &'a Globals,
    icons: &'a Icons,
    strings: &'a Strings,
    /// The interface's strings by language; none while the strings of pages are made.
    ui: &'a [UiStrings],
    stage: Stage,
    clock: Option<&'a dyn Clock>,
}

/// What every template of a variant can read.
struct VariantFacts {
    site: SiteContext,
    language: LanguageContext,
    version: VersionContext,
    ui: UiStrings,
}

fn facts_of(prepared: &Prepared<'_>, variant: Variant) -> VariantFacts {
    let site = &prepared.site;
    let version = site.config.versions.get(variant.version);
    let home = site.tree.home().and_then(|home| {
        let version = site.nearest_version(home, variant.version)?;
        Some(prepared.href(home, Variant { version, ..variant }))
    });
    VariantFacts {
        site: SiteContext {
            title: site.config.title.clone(),
            base_path: site.config.base_path().to_owned(),
            search: search::address(prepared),
            home: home.unwrap_or_else(|| format!("{}/", site.config.base_path())),
        },
        language: language_context(prepared, variant),
        version: VersionContext {
            id: version.id.clone(),
            title: version.title.clone(),
            plan: site.config.versions.plan(variant.version).name.clone(),
            release: version.release.as_str().to_owned(),
            is_default: variant.version == site.config.default_version,
        },
        ui: prepared.ui[usize::from(variant.language.0)].clone(),
    }
}

fn language_context(prepared: &Prepared<'_>, variant: Variant) -> LanguageContext {
    let language = prepared.site.config.language(variant.language);
    LanguageContext {
        code: language.code.clone(),
        tag: language.tag.clone(),
        name: language.name.clone(),
        native_name: language.native_name.clone(),
        dir: direction(&language.tag),
    }
}

/// The direction in which the language with this BCP 47 tag is written.
fn direction(tag: &str) -> Direction {
    let right_to_left = ["ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"];
    let language = tag.split('-').next().unwrap_or(tag);
    if right_to_left.contains(&language) { Direction::Rtl } else { Direction::Ltr }
}

/// The faults of a body as findings at the places where its text was written.
fn markdown_faults(body: &Body, expansion: &Expansion) -> Vec<Diagnostic> {
    let finding = |fault: &crate::markdown::Fault| {
        let range = fault.at.start as usize..fault.at.end as usize;
        let (span, trace) = expansion.origin(range)?;
        let mut finding = Diagnostic::new(fault.code, span, fault.message.clone()).trace(trace);
        finding.hints.clone_from(&fault.hints);
        Some(finding)
    };
    body.faults.iter().filter_map(finding).collect()
}
